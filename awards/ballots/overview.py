"""What the secretary sees of the votes of a round: answers about inhabilitet, the roll, and who took part after close.

Never who has voted while a vote is open: nobody computes it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from awards.accounts.tables import Person
from awards.ballots.queries import PrizeCase, is_by, nominations_of
from awards.ballots.recusals import DOUBT, HABILE, RECUSED, answered
from awards.ballots.reminders import last_mailed
from awards.ballots.tables import Elector, Poll, Recusal, TookPart
from awards.ballots.words import finalists_of
from awards.councils.tables import Council
from awards.rounds.tables import Round
from awards.screening.tables import Candidate


@dataclass(frozen=True, slots=True)
class PollLine:
    """One prize. Lists hold names of members.

    finalists: between whom there is a second round. silent: have not answered. recused: take no part.
    doubtful: the council has not decided yet. own: nominated a candidate themselves.
    gone: candidates who have withdrawn.
    turnout: ballots in the box, once the vote has closed; a vote that was ended before has none.
    """

    case: PrizeCase
    candidates: int
    finalists: list[str]
    silent: list[str]
    recused: list[str]
    doubtful: list[str]
    own: list[str]
    gone: list[str]
    electors: int
    turnout: int | None
    reminded_at: datetime | None


async def lines_of(
    council: Council, round: Round, cases: Sequence[PrizeCase], members: Sequence[Person]
) -> list[PollLine]:
    """One line for each prize that the reader takes part in."""
    mine = [case for case in cases if not case.is_out]
    ids = [case.prize.id for case in mine]
    if not ids:
        return []
    done = await answered(ids)
    replies = await Recusal.objects().where(Recusal.prize.is_in(ids), Recusal.answer.is_in([RECUSED, DOUBT]))
    listed = await (
        Candidate.select(Candidate.id, Candidate.prize, Candidate.name, Candidate.state)
        .where(Candidate.prize.is_in(ids), Candidate.state.is_in(["shortlisted", "withdrawn"]))
        .order_by(Candidate.name)
    )
    candidates = [row for row in listed if row["state"] == "shortlisted"]
    nominations = await nominations_of(ids)
    polls = [case.poll.id for case in mine if case.poll is not None]
    electors = await _per_poll(Elector, polls)
    present = await _per_poll(TookPart, polls)
    reminded = await last_mailed("ballots/reminder", council.id, *(_reference(case, round) for case in mine))
    return [
        PollLine(
            case=case,
            candidates=len(_finalists(case)) or sum(row["prize"] == case.prize.id for row in candidates),
            finalists=_finalists(case),
            silent=[member.name for member in members if member.id not in done[case.prize.id]],
            recused=_named(members, _members_of(replies, case, {RECUSED})),
            doubtful=_named(members, _members_of(replies, case, {DOUBT})),
            own=[
                member.name
                for member in members
                if any(
                    is_by(nomination, member)
                    for row in candidates
                    if row["prize"] == case.prize.id
                    for nomination in nominations.get(row["id"], [])
                )
            ],
            gone=[row["name"] for row in listed if row["prize"] == case.prize.id and row["state"] == "withdrawn"],
            electors=electors.get(case.poll.id, 0) if case.poll else 0,
            turnout=_turnout(case.poll, present),
            reminded_at=reminded.get(_reference(case, round)) if case.state == "open" else None,
        )
        for case in mine
    ]


def _finalists(case: PrizeCase) -> list[str]:
    return finalists_of(case.before) if case.before is not None else []


def _reference(case: PrizeCase, round: Round) -> str:
    """What stands in the subject of a reminder, and so in its row."""
    return f"{case.prize.title} {round.year}"


def _turnout(poll: Poll | None, took_part: dict[UUID, int]) -> int | None:
    if poll is None or poll.opens_at is None or poll.state in ("armed", "open"):
        return None
    return took_part.get(poll.id, None if poll.state == "void" else 0)


def _members_of(replies: Sequence[Recusal], case: PrizeCase, answers: set[str]) -> set[UUID]:
    """Who stands with one of `answers`, the council's decisions counted in: a settled doubt is no doubt."""
    found = set()
    for reply in replies:
        standing = reply.decision or reply.answer
        if reply.prize == case.prize.id and standing in answers and standing != HABILE:
            found.add(reply.member)
    return found


def _named(members: Sequence[Person], ids: set[UUID]) -> list[str]:
    return [member.name for member in members if member.id in ids]


async def _per_poll(table: Any, polls: list[UUID]) -> dict[UUID, int]:
    counted: dict[UUID, int] = {}
    if polls:
        for row in await table.select(table.poll).where(table.poll.is_in(polls)):
            counted[row["poll"]] = counted.get(row["poll"], 0) + 1
    return counted
