"""How a room has a say in what another does that it builds on, and that may not import it."""

from collections.abc import Awaitable, Callable
from typing import Generic, ParamSpec

P = ParamSpec("P")


class Hook(Generic[P]):
    """`await hook.ask(…)` calls everybody who said `@hook.listen`, inside the asker's transaction.

    A listener changes its own room's rows, or raises RuleBroken to refuse the whole act.
    """

    def __init__(self) -> None:
        self._listeners: list[Callable[P, Awaitable[None]]] = []

    def listen(self, listener: Callable[P, Awaitable[None]]) -> Callable[P, Awaitable[None]]:
        self._listeners.append(listener)
        return listener

    async def ask(self, *args: P.args, **kwargs: P.kwargs) -> None:
        for listener in self._listeners:
            await listener(*args, **kwargs)
