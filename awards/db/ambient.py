"""Which transaction the running task is in.

A context variable alone would let a task started inside a transaction inherit it: that task would write into
somebody else's transaction, or into one that has long ended. Here a transaction belongs to the task that opened it.
"""

import asyncio
from contextvars import ContextVar
from typing import Any

from piccolo.engine.base import Engine
from piccolo.engine.exceptions import TransactionError

# One for all engines: a context variable is never freed.
_ambient: ContextVar[Any] = ContextVar("transaction", default=None)


class CurrentTransaction:
    """Stands where Piccolo expects the context variable of an engine."""

    def __init__(self, engine: Engine[Any]) -> None:
        self._engine = engine

    def get(self) -> Any:
        """The open transaction of this task and engine, or None.

        Raises TransactionError in a task that was started inside a transaction which is still open: it can neither
        join (two tasks would share one connection) nor stand beside it (its parent may be waiting for it).
        """
        transaction = _ambient.get()
        if transaction is None or transaction.engine is not self._engine or transaction.owner is None:
            return None
        if transaction.owner is not asyncio.current_task():
            raise TransactionError(
                "This task was started inside a transaction that is still open. "
                "Await the queries one after the other, or start the task after the transaction."
            )
        return transaction

    def enter(self, transaction: Any) -> None:
        transaction.owner = asyncio.current_task()
        _ambient.set(transaction)

    def leave(self, transaction: Any) -> None:
        """Forget it, also in the contexts that tasks copied while it was open."""
        transaction.owner = None
        _ambient.set(None)
