"""What the secretariat's pages read, in a constant number of queries."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from piccolo.custom_types import Combinable
from piccolo.query.functions import Count

from awards.errors import NotFound
from awards.finding import excerpt, sought
from awards.nominations.tables import Answer, Attachment, Nomination, Revision
from awards.rounds.rules import criteria_met
from awards.rounds.tables import Criterion, Prize
from awards.screening import rules
from awards.screening.duplicates import Lookalike, lookalikes_of
from awards.screening.inquiry_queries import newest_inquiries
from awards.screening.steps import state_seen
from awards.screening.tables import Candidate, Decision, Placement, Shortlist, Verdict

PAGE = 30
STATES = (rules.WAITING, rules.ACCEPTED, rules.REJECTED, rules.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the inbox is shown: a state, how it stands with a question to the nominator (`inquiry`), a prize (slug)
    and words to find; empty means all."""

    state: str = ""
    inquiry: str = ""
    prize: str = ""
    words: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Inbox:
    """One page of nominations, how many there are in each state, and how far the prizes have come."""

    rows: list[dict[str, Any]]
    found: int
    counts: dict[str, int]
    inquiries: dict[str, int]
    prizes: list[dict[str, Any]]

    @property
    def total(self) -> int:
        return sum(count for state, count in self.counts.items() if state != rules.WITHDRAWN)

    @property
    def settled(self) -> int:
        return self.counts.get(rules.ACCEPTED, 0) + self.counts.get(rules.REJECTED, 0)


async def inbox(round_id: UUID, shown: Filter, now: datetime) -> Inbox:
    """The nominations of a round that fit the filter, oldest first, so that nobody waits longest unseen."""
    prizes = await (
        Prize.select(Prize.id, Prize.slug, Prize.title).where(Prize.round == round_id).order_by(Prize.position)
    )
    ids = [prize["id"] for prize in prizes]
    if not ids:
        return Inbox([], 0, {}, {}, [])
    counts: dict[str, int] = {}
    by_prize: dict[UUID, dict[str, int]] = {id: {} for id in ids}
    for row in (
        await Nomination.select(Nomination.prize, Nomination.state, Count())
        .where(Nomination.prize.is_in(ids))
        .group_by(Nomination.prize, Nomination.state)
    ):
        counts[row["state"]] = counts.get(row["state"], 0) + row["count"]
        by_prize[row["prize"]][row["state"]] = row["count"]
    confirmed = {row["prize"] for row in await Shortlist.select(Shortlist.prize).where(Shortlist.prize.is_in(ids))}
    for prize in prizes:
        prize["counts"] = by_prize[prize["id"]]
        prize["is_confirmed"] = prize["id"] in confirmed

    fits: Combinable = Nomination.prize.is_in(
        [prize["id"] for prize in prizes if shown.prize in ("", prize["slug"])] or ids
    )
    if shown.state:
        fits = fits & (Nomination.state == shown.state)
    inquiries = await newest_inquiries(round_id, now)
    if shown.inquiry:
        of_these = [id for id, state in inquiries.items() if state == shown.inquiry]
        fits = fits & Nomination.id.is_in(of_these or [round_id])  # which is no nomination's: a list may not be empty
    for word in sought(shown.words):
        fits = fits & Nomination.search.like(f"%{word}%")
    rows = await (
        Nomination.select(
            Nomination.id,
            Nomination.reference,
            Nomination.nominee,
            Nomination.kind,
            Nomination.nominator,
            Nomination.state,
            Nomination.source,
            Nomination.received_at,
            Nomination.confirmed_at,
            Nomination.prize,
            Nomination.email,
            *([Nomination.story] if shown.words else []),
        )
        .where(fits)
        .order_by(Nomination.received_at, Nomination.reference)
        .limit(PAGE)
        .offset((max(shown.page, 1) - 1) * PAGE)
    )
    open_rows = [row["id"] for row in rows if row["state"] in (rules.WAITING, rules.ACCEPTED)]
    alike = await lookalikes_of(round_id, open_rows) if rows else {}
    titles = {prize["id"]: prize["title"] for prize in prizes}
    for row in rows:
        row["prize_title"] = titles[row["prize"]]
        row["inquiry"] = inquiries.get(row["id"], "")
        row["excerpt"] = ""
        row["alike"] = alike.get(row["id"], [])
    if shown.words:
        await _excerpts(rows, sought(shown.words))
    found = await Nomination.count().where(fits)
    return Inbox(rows, found, counts, dict(Counter(inquiries.values())), prizes)


async def _excerpts(rows: list[dict[str, Any]], words: list[str]) -> None:
    """Where in what was written a search found its words; empty where it was in a name or a number."""
    answers: dict[UUID, list[str]] = {}
    ids = [row["id"] for row in rows]
    if ids:
        for told in await Answer.select(Answer.nomination, Answer.text).where(Answer.nomination.is_in(ids)):
            answers.setdefault(told["nomination"], []).append(told["text"])
    for row in rows:
        row["excerpt"] = excerpt(words, [row["story"], *answers.get(row["id"], [])])


@dataclass(frozen=True, slots=True)
class Case:
    """One nomination with everything the secretariat weighs.

    other_answers: to the criteria of a prize that it was nominated for first, before it was moved.
    alike: nominations that may be about the same candidate; lookalikes: the dossiers of its prize that hold one.
    """

    nomination: Nomination
    prize: Prize
    criteria: list[dict[str, Any]]
    other_answers: list[dict[str, Any]]
    attachments: list[dict[str, Any]]
    decisions: list[dict[str, Any]]
    revisions: int
    seen: str
    candidate: Candidate | None
    companions: list[dict[str, Any]]
    alike: list[Lookalike]
    lookalikes: list[Candidate]
    other_prizes: list[dict[str, Any]]
    shortlist_confirmed: bool
    next_waiting: dict[str, Any] | None

    @property
    def can_be_accepted(self) -> bool:
        met = [rules.IS_MET.get(row["verdict"]) for row in self.criteria]
        required = [row["required"] for row in self.criteria]
        return (
            None not in met
            and criteria_met(self.prize.criteria_rule, self.prize.criteria_minimum, required, met) is True
        )


async def case_of(round_id: UUID, reference: str) -> Case:
    """The nomination with this reference in the round. Raises NotFound."""
    nomination = await Nomination.objects().get(Nomination.reference == reference)
    prizes = {prize.id: prize for prize in await Prize.objects().where(Prize.round == round_id)}
    if nomination is None or nomination.prize not in prizes:
        raise NotFound
    prize = prizes[nomination.prize]
    criteria = await (
        Criterion.select(Criterion.id, Criterion.text, Criterion.question, Criterion.required)
        .where(Criterion.prize == prize.id)
        .order_by(Criterion.position)
    )
    answers = {
        row["criterion"]: row
        for row in await Answer.select(
            Answer.criterion, Answer.text, Answer.criterion.text.as_alias("criterion_text")
        ).where(Answer.nomination == nomination.id)
    }
    verdicts = {
        row["criterion"]: row
        for row in await Verdict.select(
            Verdict.criterion, Verdict.verdict, Verdict.note, Verdict.at, Verdict.by.name.as_alias("by_name")
        ).where(Verdict.nomination == nomination.id)
    }
    for row in criteria:
        verdict = verdicts.get(row["id"], {})
        row["answer"] = answers.pop(row["id"], {}).get("text", "")
        row["verdict"], row["note"] = verdict.get("verdict", ""), verdict.get("note", "")
        row["by_name"] = verdict.get("by_name") or ""
    candidates = await Candidate.objects().where(Candidate.prize == prize.id)
    placements = await Placement.select(
        Placement.candidate,
        Placement.nomination,
        Placement.nomination.reference.as_alias("reference"),
        Placement.nomination.nominator.as_alias("nominator"),
    ).where(Placement.candidate.prize == prize.id)
    own = next((row["candidate"] for row in placements if row["nomination"] == nomination.id), None)
    alike = (await lookalikes_of(round_id, [nomination.id]))[nomination.id]
    by_id = {candidate.id: candidate for candidate in candidates}
    return Case(
        nomination=nomination,
        prize=prize,
        criteria=criteria,
        other_answers=[{"id": id, "text": row["criterion_text"], "answer": row["text"]} for id, row in answers.items()],
        attachments=await Attachment.select(Attachment.id, Attachment.name, Attachment.size, Attachment.media_type)
        .where(Attachment.owner == nomination.id)
        .order_by(Attachment.added_at),
        decisions=await Decision.select(
            Decision.outcome, Decision.reason, Decision.at, Decision.by.name.as_alias("by_name")
        )
        .where(Decision.nomination == nomination.id, Decision.outcome != "assessed")
        .order_by(Decision.at),
        revisions=await Revision.count().where(Revision.nomination == nomination.id),
        seen=await state_seen(nomination.id),
        candidate=by_id.get(own) if own else None,
        companions=[
            row for row in placements if own and row["candidate"] == own and row["nomination"] != nomination.id
        ],
        alike=alike,
        lookalikes=[by_id[id] for id in dict.fromkeys(one.candidate for one in alike) if id in by_id],
        other_prizes=[{"id": other.id, "title": other.title} for other in prizes.values() if other.id != prize.id],
        next_waiting=await _next_waiting(nomination, list(prizes)),
        shortlist_confirmed=await Shortlist.exists().where(Shortlist.prize == prize.id),
    )


async def _next_waiting(nomination: Nomination, prizes: list[UUID]) -> dict[str, Any] | None:
    """The one that has waited longest after this, or from the beginning when this was the last."""
    waiting = await (
        Nomination.select(Nomination.id, Nomination.reference, Nomination.nominee)
        .where(Nomination.prize.is_in(prizes), Nomination.state == rules.WAITING)
        .order_by(Nomination.received_at, Nomination.reference)
    )
    places = [row["id"] for row in waiting]
    at = places.index(nomination.id) + 1 if nomination.id in places else 0
    following = [row for row in [*waiting[at:], *waiting[:at]] if row["id"] != nomination.id]
    return following[0] if following else None


async def dossiers(prize_ids: list[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """Per prize its candidates by name, each with its accepted nominations (reference, nominator)."""
    grouped: dict[UUID, list[dict[str, Any]]] = {id: [] for id in prize_ids}
    if not prize_ids:
        return grouped
    candidates = await (
        Candidate.select(
            Candidate.id, Candidate.prize, Candidate.name, Candidate.kind, Candidate.state, Candidate.email
        )
        .where(Candidate.prize.is_in(prize_ids))
        .order_by(Candidate.name)
    )
    placements = await Placement.select(
        Placement.candidate,
        Placement.nomination.reference.as_alias("reference"),
        Placement.nomination.nominator.as_alias("nominator"),
        Placement.nomination.state.as_alias("state"),
    ).where(Placement.candidate.prize.is_in(prize_ids))
    for candidate in candidates:
        candidate["nominations"] = [
            row for row in placements if row["candidate"] == candidate["id"] and row["state"] == rules.ACCEPTED
        ]
        if candidate["nominations"]:
            grouped[candidate["prize"]].append(candidate)
    return grouped
