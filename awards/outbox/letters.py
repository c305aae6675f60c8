"""What a mail's templates are given: each room registers a loader per template, run when the mail is made.

A letter is `templates/mail/<template>.subject` and `.text`. Paragraphs stand apart by an empty line; one that is a
label, a colon and an address becomes a button in the HTML part. A letter that wants HTML of its own adds
`<template>.html`, which extends `mail/layout.html`. All are given what the loader returns, and:

name: of the recipient, or empty.   reference: such as a nomination's number, or empty.
sender: a `Sender`.                 base_url: without a trailing slash.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from awards.settings import Settings
from awards.web.i18n import href

Loader = Callable[[dict[str, Any], Settings], Awaitable[dict[str, Any]]]
LOADERS: dict[str, Loader] = {}


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that a loader returns in its list `attachments`; `media_type` such as `text/calendar`."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: a council, or the installation itself. `email` gets the answers."""

    name: str = ""
    email: str = ""
    phone: str = ""
    municipality: str = ""


SenderLoader = Callable[[UUID], Awaitable[Sender]]
_sender_loaders: list[SenderLoader] = []


def letter(template: str) -> Callable[[Loader], Loader]:
    """Register `async def load(context, settings) -> variables` for `templates/mail/<template>`.

    The loader turns the ids of the outbox row into what the templates show, links with their tokens included. It runs
    in the recipient's language. When it raises NotFound, what the mail is about is gone, and it is not sent.
    """

    def register(loader: Loader) -> Loader:
        LOADERS[template] = loader
        return loader

    return register


def sender_of_council(loader: SenderLoader) -> SenderLoader:
    """Register how a council's id becomes its `Sender`."""
    _sender_loaders[:] = [loader]
    return loader


async def load_sender(council: UUID | None) -> Sender:
    """The sender of a council's mails; an empty one for the installation's own."""
    if council is None or not _sender_loaders:
        return Sender()
    return await _sender_loaders[0](council)


def address(settings: Settings, path: str) -> str:
    """The whole address of `path` in the language of the mail being made."""
    return f"{settings.base_url}{href(path)}"
