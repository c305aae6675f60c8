"""What a mail's templates are given: each room registers a loader per template, run when the mail is made."""

from collections.abc import Awaitable, Callable
from typing import Any

from awards.settings import Settings

Loader = Callable[[dict[str, Any], Settings], Awaitable[dict[str, Any]]]
LOADERS: dict[str, Loader] = {}


def letter(template: str) -> Callable[[Loader], Loader]:
    """Register `async def load(context, settings) -> variables` for `templates/mail/<template>.{subject,text,html}`.

    The loader turns the ids of the outbox row into what the templates show, links with their tokens included.
    """

    def register(loader: Loader) -> Loader:
        LOADERS[template] = loader
        return loader

    return register
