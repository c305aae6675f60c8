"""What is done with a draft before it is sent. Each action is one transaction."""

import json
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from awards import audit, outbox
from awards.accounts.links import make_link
from awards.accounts.tables import Link
from awards.clock import Clock
from awards.db import fetch, insert, lock, transaction
from awards.errors import NotFound, RuleBroken
from awards.nominations import rules
from awards.nominations.queries import Terms
from awards.nominations.tables import Attachment, Draft, DraftHolder
from awards.pictures import Ready
from awards.web.i18n import language
from awards.web.identity import Actor

RESUME = "draft"  # the purpose of a link that opens a draft in another browser


async def start_draft(draft: UUID, prize: UUID, typed: Mapping[str, str], *, session: UUID, clock: Clock) -> UUID:
    """Make a draft held by `session`, or write on when that session holds it already; returns its id.

    `draft` came from the form. One that somebody else holds is left alone: the new draft gets another id.
    """
    async with transaction():
        now = clock.now()
        known = await lock(Draft, Draft.id == draft)
        if known is not None:
            if await _is_held(draft, session):
                await _write(known, typed, now, prize=prize)
                return draft
            draft = uuid4()
        await insert(
            Draft(
                id=draft,
                prize=prize,
                answers=json.dumps(typed),
                language=language(),
                created_at=now,
                updated_at=now,
            )
        )
        await insert(DraftHolder(draft=draft, session=session))
        return draft


async def save_draft(draft: UUID, typed: Mapping[str, str], *, prize: UUID | None = None, clock: Clock) -> None:
    """Keep what was typed in some fields, and the prize chosen. A draft that was sent stays as it is."""
    async with transaction():
        known = await _locked(draft)
        if not await _was_sent(draft):
            await _write(known, typed, clock.now(), prize=prize)


async def mail_draft(draft: UUID, to: str, terms: Terms, *, by: Actor, clock: Clock) -> None:
    """Mail a link that opens the draft in another browser until the deadline. Raises RuleBroken once it was sent."""
    async with transaction():
        await _locked(draft)
        await _not_sent(draft)
        now = clock.now()
        link = await make_link(RESUME, draft, now=now, expires_at=terms.round.closes_at or now)
        await outbox.enqueue(
            "nominations/draft",
            to=to,
            language=language(),
            council=terms.council.id,
            now=now,
            draft=draft,
            link=link,
        )
        await audit.append("nominations.draft_mailed", by=by, at=now, draft=draft)


async def join_draft(link: Link, session: UUID) -> UUID:
    """Let `session` hold the draft that a mailed link is about; returns its id. Raises NotFound when it is gone."""
    async with transaction():
        await _locked(link.subject)
        if not await _is_held(link.subject, session):
            await DraftHolder(draft=link.subject, session=session).save()
        return link.subject


async def attach(owner: UUID, files: list[Ready], *, clock: Clock) -> None:
    """Add files to a draft. Raises RuleBroken when there would be more than three, or once it was sent."""
    async with transaction():
        await _locked(owner)
        await _not_sent(owner)
        await add_attachments(owner, files, now=clock.now())


async def detach(owner: UUID, attachment: UUID) -> None:
    """Remove a file from a draft; removing it twice is fine."""
    async with transaction():
        await _locked(owner)
        await _not_sent(owner)
        await Attachment.delete().where(Attachment.id == attachment, Attachment.owner == owner)


async def add_attachments(owner: UUID, files: list[Ready], *, now: datetime) -> None:
    """Inside the caller's transaction, which holds the owner's row."""
    if not files:
        return
    if await Attachment.count().where(Attachment.owner == owner) + len(files) > rules.MOST_ATTACHMENTS:
        raise RuleBroken("There can be at most %(n)s files.", n=rules.MOST_ATTACHMENTS)
    await Attachment.insert(
        *(
            Attachment(
                owner=owner,
                name=file.name,
                media_type=file.media_type,
                size=len(file.data),
                data=file.data,
                added_at=now,
            )
            for file in files
        )
    )


async def _locked(draft: UUID) -> Draft:
    known = await lock(Draft, Draft.id == draft)
    if known is None:
        raise NotFound
    return known


async def _write(draft: Draft, typed: Mapping[str, str], now: datetime, *, prize: UUID | None) -> None:
    await fetch(
        "UPDATE draft SET answers = {}, prize = {}, updated_at = {} WHERE id = {}",
        json.dumps(json.loads(draft.answers) | dict(typed)),
        prize or draft.prize,
        now,
        draft.id,
    )


async def _is_held(draft: UUID, session: UUID) -> bool:
    return bool(await fetch("SELECT id FROM draft_holder WHERE draft = {} AND session = {}", draft, session))


async def _was_sent(draft: UUID) -> bool:
    return bool(await fetch("SELECT id FROM nomination WHERE id = {}", draft))


async def _not_sent(draft: UUID) -> None:
    if await _was_sent(draft):
        raise RuleBroken("The nomination has been sent already.")
