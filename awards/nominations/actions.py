"""From a draft to a nomination received, confirmed, edited or withdrawn. Each action is one transaction."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from secrets import randbelow
from typing import Any
from uuid import UUID

from awards import audit, outbox
from awards.accounts.links import make_link
from awards.accounts.tables import Link
from awards.clock import Clock
from awards.db import Duplicate, fetch, insert, lock, row, savepoint, transaction
from awards.errors import DeadlinePassed, NotFound, RuleBroken
from awards.finding import findable
from awards.hooks import Hook
from awards.nominations import rules
from awards.nominations.drafts import add_attachments
from awards.nominations.tables import Answer, Attachment, Draft, Nomination, Revision
from awards.pictures import Ready
from awards.rounds.rules import is_open
from awards.rounds.tables import Prize, Round
from awards.web.identity import Actor

# Asked before a nomination comes, changes or goes, with the nomination as it stood, by whom and when; its prize is
# locked.
changing: Hook[[Nomination, Actor, datetime]] = Hook()

OWN_PAGE = "nomination"  # the purpose of the link by which a nominator sees, edits and withdraws
OWN_PAGE_LASTS = timedelta(days=400)  # until the winners are long known
# What a nominator may change: not the address, which they proved to read.
EDITABLE = (
    Nomination.written_in,
    Nomination.kind,
    Nomination.nominee,
    Nomination.cvr,
    Nomination.nominee_email,
    Nomination.nominee_phone,
    Nomination.tie,
    Nomination.aware,
    Nomination.story,
    Nomination.nominator,
    Nomination.phone,
    Nomination.organisation,
    Nomination.relation,
)


async def submit_nomination(draft_id: UUID, answers: rules.Answers, *, by: Actor, clock: Clock) -> str:
    """Receive the nomination that a draft has become; returns its reference. Twice gives the same one.

    Raises DeadlinePassed at or after the deadline, RuleBroken before nominations are open.
    """
    async with transaction():
        draft = await lock(Draft, Draft.id == draft_id)
        if draft is None:
            raise NotFound
        sent = await fetch("SELECT reference FROM nomination WHERE id = {}", draft_id)
        if sent:
            return str(sent[0]["reference"])
        # Whoever confirms the candidates waits for a submission that was in time, and then sees it.
        await lock(Prize, Prize.id == draft.prize, shared=True)
        round = await round_of(draft.prize)
        now = clock.now()
        _must_be_open(round, now)
        known: dict[str, Any] = {"id": draft_id, "prize": draft.prize, "language": draft.language, "received_at": now}
        known["written_in"] = draft.language
        nomination = Nomination(**known | answers.columns)
        await changing.ask(nomination, by, now)
        await receive(nomination, answers.criteria, round.year)
        await fetch("UPDATE draft SET answers = {} WHERE id = {}", "{}", draft_id)
        await send_link(nomination, "nominations/confirm", round.council, now=now)
        await audit.append("nominations.received", by=by, at=now, nomination=draft_id, reference=nomination.reference)
        return nomination.reference


async def receive(nomination: Nomination, criteria: Mapping[UUID, str], year: int) -> None:
    """Write a new nomination with its answers under a reference nobody else has, inside the caller's transaction."""
    for _attempt in range(20):
        nomination.reference = rules.reference(year, randbelow(rules.REFERENCES))
        nomination.search = searchable(nomination, criteria.values())
        try:
            async with savepoint():
                await insert(nomination)
        except Duplicate:
            continue
        break
    else:
        raise RuntimeError("no free reference: the year's are used up")
    await _write_answers(nomination.id, criteria)


async def confirm_address(nomination_id: UUID, *, by: Actor, clock: Clock) -> None:
    """The nominator reads mail at the address given. Confirming twice is fine, also after the deadline."""
    async with transaction():
        nomination = await _locked(nomination_id)
        if nomination.confirmed_at is not None:
            return
        now = clock.now()
        await Nomination.update({Nomination.confirmed_at: now}).where(Nomination.id == nomination_id)
        await audit.append("nominations.confirmed", by=by, at=now, nomination=nomination_id)


async def correct_address(nomination_id: UUID, email: str, *, by: Actor, clock: Clock) -> None:
    """Send the confirmation to another address: the first one was mistyped. Raises RuleBroken once one is confirmed."""
    async with transaction():
        nomination = await _locked(nomination_id)
        if nomination.confirmed_at is not None:
            raise RuleBroken("The e-mail address has been confirmed already.")
        round = await round_of(nomination.prize)
        now = clock.now()
        nomination.email = email
        await Nomination.update({Nomination.email: email}).where(Nomination.id == nomination_id)
        # Whoever reads mail at the mistyped address must not reach the nomination.
        await Link.update({Link.used_at: now}).where(Link.purpose == OWN_PAGE, Link.subject == nomination_id)
        await send_link(nomination, "nominations/confirm", round.council, now=now)
        await audit.append("nominations.address_corrected", by=by, at=now, nomination=nomination_id)


async def edit_nomination(
    nomination_id: UUID,
    answers: rules.Answers,
    *,
    added: list[Ready],
    removed: list[UUID],
    seen: int,
    by: Actor,
    clock: Clock,
) -> None:
    """Change what the nominator wrote; how the words stood is kept. `seen`: the number of changes the editor knew of.

    One that the secretariat had settled already waits to be gone through again, in its new words.
    Raises DeadlinePassed, or RuleBroken when it was withdrawn or somebody changed it meanwhile.
    """
    async with transaction():
        nomination = await _locked(nomination_id)
        now = await _changing(nomination, clock)
        if await changes_of(nomination_id) != seen:
            raise RuleBroken("The nomination has been changed in another window.")
        await changing.ask(nomination, by, now)
        await _keep(nomination, "edited", by, now)
        nomination.state = "received"
        for column in EDITABLE:
            name = column._meta.name
            setattr(nomination, name, answers.columns.get(name, getattr(nomination, name)))
        nomination.search = searchable(nomination, answers.criteria.values())
        await nomination.save([*EDITABLE, Nomination.search, Nomination.state])
        await Answer.delete().where(Answer.nomination == nomination_id)
        await _write_answers(nomination_id, answers.criteria)
        if removed:
            await Attachment.delete().where(Attachment.owner == nomination_id, Attachment.id.is_in(removed))
        await add_attachments(nomination_id, added, now=now)
        await audit.append("nominations.edited", by=by, at=now, nomination=nomination_id)


async def withdraw_nomination(nomination_id: UUID, *, by: Actor, clock: Clock) -> None:
    """Take the nomination back; twice is fine. Raises DeadlinePassed."""
    async with transaction():
        nomination = await _locked(nomination_id)
        if nomination.state == "withdrawn":
            return
        now = await _changing(nomination, clock)
        await changing.ask(nomination, by, now)
        await _keep(nomination, "withdrawn", by, now)
        await Nomination.update({Nomination.state: "withdrawn", Nomination.withdrawn_at: now}).where(
            Nomination.id == nomination_id
        )
        await audit.append("nominations.withdrawn", by=by, at=now, nomination=nomination_id)


async def changes_of(nomination_id: UUID) -> int:
    """How often the nomination was changed: a second window that knows of fewer is behind."""
    return int(await Revision.count().where(Revision.nomination == nomination_id))


async def send_link(nomination: Nomination, template: str, council: UUID, *, now: datetime) -> None:
    """Mail the nominator the link to their own page, inside the caller's transaction."""
    link = await make_link(OWN_PAGE, nomination.id, now=now, expires_at=now + OWN_PAGE_LASTS)
    await outbox.enqueue(
        template,
        to=nomination.email,
        name=nomination.nominator,
        language=nomination.language,
        council=council,
        reference=nomination.reference,
        now=now,
        nomination=nomination.id,
        link=link,
    )


def searchable(nomination: Nomination, answers: Iterable[str]) -> str:
    """Names, reference and all that was written, in the one folded column that the secretariat searches."""
    names = (nomination.reference, nomination.nominee, nomination.cvr, nomination.nominator, nomination.organisation)
    return findable([*names, nomination.relation, nomination.story, *answers])


async def _write_answers(nomination_id: UUID, criteria: Mapping[UUID, str]) -> None:
    if criteria:
        await insert(
            *(Answer(nomination=nomination_id, criterion=criterion, text=text) for criterion, text in criteria.items())
        )


async def _keep(nomination: Nomination, what: str, by: Actor, now: datetime) -> None:
    """Keep how the nomination stood before a change."""
    body: dict[str, Any] = {column._meta.name: getattr(nomination, column._meta.name) for column in EDITABLE}
    answers = await Answer.select(Answer.criterion, Answer.text).where(Answer.nomination == nomination.id)
    body["answers"] = {str(row["criterion"]): row["text"] for row in answers}
    await Revision(
        nomination=nomination.id, at=now, by=by.person_id, what=what, body=json.dumps(body, sort_keys=True)
    ).save()


async def _locked(nomination_id: UUID) -> Nomination:
    nomination = await lock(Nomination, Nomination.id == nomination_id)
    if nomination is None:
        raise NotFound
    return nomination


async def _changing(nomination: Nomination, clock: Clock) -> datetime:
    """The moment of the change. Raises DeadlinePassed, or RuleBroken for a nomination that was withdrawn."""
    await lock(Prize, Prize.id == nomination.prize, shared=True)
    round = await round_of(nomination.prize)
    now = clock.now()
    if nomination.state == "withdrawn":
        raise RuleBroken("The nomination has been withdrawn.")
    if not rules.can_change(nomination.state, round.closes_at, now):
        raise DeadlinePassed("The deadline has passed, so the nomination can no longer be changed.")
    return now


async def round_of(prize: UUID) -> Round:
    """The round of a prize as it is now: its deadline may have been extended. Raises NotFound."""
    found = await row(Round, "WHERE id = (SELECT round FROM prize WHERE id = {})", prize)
    if found is None:
        raise NotFound
    return found


def _must_be_open(round: Round, now: datetime) -> None:
    if is_open(round, now):
        return
    if round.closes_at is not None and now >= round.closes_at:
        raise DeadlinePassed("The deadline has passed.")
    raise RuleBroken("Nominations are not open yet.")
