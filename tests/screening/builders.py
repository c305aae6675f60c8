"""What the tests of screening begin with."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

from awards.clock import Clock
from awards.nominations.actions import searchable
from awards.nominations.tables import Answer, Nomination
from awards.rounds.tables import Prize, Round
from awards.screening import actions
from awards.screening.actions import Judgement
from awards.web.identity import Actor
from tests.builders import Cast

ANSWER = "Sådan gør de."
HERE = "/integrationsraad/2026/indstillinger"


@dataclass
class Desk:
    cast: Cast
    round: Round
    prize: Prize
    other: Prize
    criteria: list[UUID]
    secretary: Actor


async def a_nomination(desk: Desk, reference: str = "2026-AAAA", **columns: object) -> Nomination:
    given = {
        "prize": desk.prize.id,
        "kind": "association",
        "nominee": "Cykelkøkkenet",
        "nominator": "Nadia",
        "email": "nadia@example.dk",
        "story": "De reparerer cykler sammen.",
        "received_at": datetime(2026, 10, 3, 12, tzinfo=UTC),
        "confirmed_at": datetime(2026, 10, 3, 12, 5, tzinfo=UTC),
    } | columns
    nomination = Nomination(id=uuid4(), reference=reference, **given)
    nomination.search = searchable(nomination, [ANSWER])
    await nomination.save()
    await Answer(id=uuid4(), nomination=nomination.id, criterion=desk.criteria[0], text=ANSWER).save()
    return nomination


async def assess_all(desk: Desk, nomination: Nomination, clock: Clock, verdict: str = "met") -> None:
    judged = {criterion: Judgement(verdict, "") for criterion in desk.criteria}
    await actions.assess(nomination.id, judged, by=desk.secretary, clock=clock)


async def an_accepted(desk: Desk, clock: Clock, reference: str = "2026-AAAA", **columns: object) -> Nomination:
    nomination = await a_nomination(desk, reference, **columns)
    await assess_all(desk, nomination, clock)
    await actions.accept(nomination.id, by=desk.secretary, clock=clock)
    return nomination
