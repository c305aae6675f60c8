"""One person's data: what the council has about an e-mail address, as a file, and its erasure.

The General Data Protection Regulation, articles 15 (access), 17 (erasure) and 20 (portability). Whoever asks has to be
known to the secretariat first: the address alone proves nothing. What the council decided, and the names it decided
about, stay as its record (article 17(3)); accounts are closed on the page of people.
"""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from awards import audit
from awards.accounts.tables import Link
from awards.clock import Clock
from awards.db import transaction
from awards.finding import findable
from awards.nominations.actions import searchable
from awards.nominations.tables import Answer, Draft, Nomination, Revision
from awards.outbox.tables import Mail
from awards.rounds.tables import Prize
from awards.screening.redaction import danish_part
from awards.screening.tables import Candidate, DanishText, Inquiry, Redaction
from awards.web.identity import Actor

OF_NOMINATOR = ("nominator", "email", "phone", "organisation", "relation")
OF_NOMINEE = ("nominee_email", "nominee_phone")


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a council has about an address: nominations written from it, nominations and candidates that it is the
    contact of, unsent drafts, and mails to it."""

    written: list[Nomination]
    about: list[Nomination]
    candidates: list[Candidate]
    drafts: list[Draft]
    mails: list[Mail]

    def __bool__(self) -> bool:
        return bool(self.written or self.about or self.candidates or self.drafts or self.mails)


async def holdings(council: UUID, email: str) -> Holdings:
    """`email` in small letters, as addresses are kept."""
    prizes = await Prize.select(Prize.id).where(Prize.round.council == council).output(as_list=True) or [council]
    drafts = await Draft.objects().where(Draft.prize.is_in(prizes))
    return Holdings(
        written=await Nomination.objects().where(Nomination.prize.is_in(prizes), Nomination.email == email),
        about=await Nomination.objects().where(Nomination.prize.is_in(prizes), Nomination.nominee_email == email),
        candidates=await Candidate.objects().where(Candidate.prize.is_in(prizes), Candidate.email == email),
        drafts=[one for one in drafts if str(json.loads(one.answers).get("email", "")).strip().lower() == email],
        mails=await Mail.objects().where(Mail.council == council, Mail.recipient == email).order_by(Mail.created_at),
    )


async def export(council: UUID, email: str, *, by: Actor, clock: Clock) -> bytes:
    """All of it as JSON, for the person to keep; the chain notes that it was taken out, not whose it was."""
    found = await holdings(council, email)
    nominations = {one.id: one for one in (*found.written, *found.about)}
    answers = (
        await Answer.select(Answer.nomination, Answer.criterion.text.as_alias("criterion"), Answer.text).where(
            Answer.nomination.is_in(list(nominations))
        )
        if nominations
        else []
    )
    asked = (
        await Inquiry.select(Inquiry.nomination, Inquiry.question, Inquiry.answer).where(
            Inquiry.nomination.is_in([one.id for one in found.written])
        )
        if found.written
        else []
    )
    told = {
        "email": email,
        "written": [_nomination(one, answers) for one in found.written],
        # Who nominated somebody is the nominator's; the person asks the secretariat for it.
        "about": [_without(_nomination(one, answers), OF_NOMINATOR) for one in found.about],
        "candidate": [_plain(one.to_dict(), without=("id", "prize")) for one in found.candidates],
        "inquiries": [_plain(one, without=("nomination",)) for one in asked],
        "drafts": [json.loads(one.answers) for one in found.drafts],
        "mails": [
            {"about": one.template, "reference": one.reference, "state": one.state, "written": one.created_at}
            for one in found.mails
        ],
    }
    async with transaction():
        await audit.append("administration.person_exported", by=by, at=clock.now(), council=council)
    return json.dumps(told, ensure_ascii=False, indent=2, default=str).encode()


async def erase(council: UUID, email: str, *, by: Actor, clock: Clock) -> None:
    """Forget the address and whoever wrote from it. Twice is fine.

    A nomination stays, without its nominator: it is about somebody else. One whose candidate asks to be forgotten
    loses its address; the secretariat deletes the nomination itself, or the candidate withdraws, by the rules of the
    round. Links to the nominations end, unsent drafts and mails go.
    """
    async with transaction():
        found = await holdings(council, email)
        for one in found.written:
            await _forget(one, OF_NOMINATOR)
            await Link.delete().where(Link.subject == one.id)
        for one in found.about:
            await _forget(one, OF_NOMINEE)
        for candidate in found.candidates:
            await Candidate.update({Candidate.email: "", Candidate.phone: ""}).where(Candidate.id == candidate.id)
            await Link.delete().where(Link.subject == candidate.id)
        if found.drafts:
            await Draft.delete().where(Draft.id.is_in([one.id for one in found.drafts]))
        await Mail.delete().where(Mail.council == council, Mail.recipient == email)
        if found:
            n = len(found.written) + len(found.about) + len(found.candidates)
            await audit.append("administration.person_erased", by=by, at=clock.now(), council=council, n=n)


async def _forget(nomination: Nomination, names: tuple[str, ...]) -> None:
    """Empty these columns of a nomination, of all that it was before, and what was made from them for the council."""
    for name in names:
        setattr(nomination, name, "")
    answers = await Answer.select(Answer.text).where(Answer.nomination == nomination.id).output(as_list=True)
    answered = await Inquiry.select(Inquiry.answer).where(Inquiry.nomination == nomination.id).output(as_list=True)
    nomination.search = findable([searchable(nomination, answers), *answered])
    await nomination.save()
    parts = [part for name in names for part in (name, danish_part(name))]
    for made in (Redaction, DanishText):
        await made.delete().where(made.nomination == nomination.id, made.part.is_in(parts))
    for revision in await Revision.objects().where(Revision.nomination == nomination.id):
        body = json.loads(revision.body)
        cleaned = json.dumps(body | {name: "" for name in names if name in body})
        await Revision.update({Revision.body: cleaned}).where(Revision.id == revision.id)


def _nomination(one: Nomination, answers: list[dict[str, Any]]) -> dict[str, Any]:
    told = _plain(one.to_dict(), without=("id", "prize", "search", "entered_by"))
    own = [row for row in answers if row["nomination"] == one.id]
    return told | {"answers": {row["criterion"]: row["text"] for row in own}}


def _without(told: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if name not in names}


def _plain(row: dict[str, Any], *, without: tuple[str, ...]) -> dict[str, Any]:
    return _without({name: value for name, value in row.items() if value not in ("", None)}, without)
