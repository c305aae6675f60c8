"""Screening, held against a real database of each kind."""

import json
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from awards.audit.tables import Audit
from awards.db import Database
from awards.errors import NotFound, RuleBroken
from awards.names import normalise
from awards.nominations.tables import Nomination
from awards.outbox.tables import Mail
from awards.rounds.queries import criteria_of
from awards.rounds.tables import Prize, Round
from awards.screening import actions
from awards.screening.actions import Judgement
from awards.screening.tables import Candidate, Decision, Placement, Shortlist, Verdict
from awards.web.identity import Actor
from tests.builders import Cast, FakeClock, a_cast, a_council, a_prize, a_round

pytestmark = pytest.mark.usefixtures("db")

AFTER_DEADLINE = datetime(2026, 11, 5, 9, tzinfo=UTC)


class Scene:
    """A council whose round is past its deadline, with two prizes."""

    cast: Cast
    round: Round
    prize: Prize
    other: Prize
    secretary: Actor


@pytest.fixture
async def scene(db: Database, clock: FakeClock) -> Scene:
    clock.set(AFTER_DEADLINE)
    made = Scene()
    council = await a_council()
    made.cast = await a_cast(council)
    made.round = await a_round(council)
    made.prize = await a_prize(made.round)
    made.other = await a_prize(made.round, "erhvervsprisen", position=2)
    made.secretary = Actor(person_id=made.cast.secretary.id, name="secretary")
    return made


async def a_nomination(prize: Prize, nominee: str = "Cykelkøkkenet", **columns: object) -> UUID:
    id = uuid4()
    given = {
        "reference": f"2026-{id.hex[:4].upper()}",
        "kind": "association",
        "nominator": "Nadia",
        "email": "nadia@example.dk",
        "story": "De reparerer cykler sammen.",
        "received_at": datetime(2026, 10, 3, 12, tzinfo=UTC),
    } | columns
    await Nomination(id=id, prize=prize.id, nominee=nominee, search=normalise(nominee), **given).save()
    return id


async def assess_all(prize: Prize, nomination: UUID, scene: Scene, clock: FakeClock, verdict: str = "met") -> None:
    criteria = (await criteria_of([prize.id]))[prize.id]
    await actions.assess(
        nomination,
        {criterion.id: Judgement(verdict, "") for criterion in criteria},
        by=scene.secretary,
        clock=clock,
    )


async def an_accepted(scene: Scene, clock: FakeClock, nominee: str = "Cykelkøkkenet", **columns: object) -> UUID:
    nomination = await a_nomination(scene.prize, nominee, **columns)
    await assess_all(scene.prize, nomination, scene, clock)
    await actions.accept(nomination, by=scene.secretary, clock=clock)
    return nomination


async def test_a_nomination_is_accepted_only_when_every_criterion_is_assessed(scene: Scene, clock: FakeClock) -> None:
    nomination = await a_nomination(scene.prize)
    with pytest.raises(RuleBroken, match="Assess every criterion"):
        await actions.accept(nomination, by=scene.secretary, clock=clock)
    await assess_all(scene.prize, nomination, scene, clock)
    candidate = await actions.accept(nomination, by=scene.secretary, clock=clock)
    found = await Candidate.objects().get(Candidate.id == candidate)
    assert found is not None
    assert found.name == "Cykelkøkkenet"


async def test_a_criterion_not_met_keeps_it_from_going_on(scene: Scene, clock: FakeClock) -> None:
    nomination = await a_nomination(scene.prize)
    await assess_all(scene.prize, nomination, scene, clock, "not_met")
    with pytest.raises(RuleBroken, match="does not meet the criteria"):
        await actions.accept(nomination, by=scene.secretary, clock=clock)
    assert await Candidate.count() == 0


async def test_doubt_is_left_to_the_council(scene: Scene, clock: FakeClock) -> None:
    nomination = await a_nomination(scene.prize)
    await assess_all(scene.prize, nomination, scene, clock, "unsure")
    assert await actions.accept(nomination, by=scene.secretary, clock=clock)


async def test_accepting_twice_is_refused_and_makes_one_candidate(scene: Scene, clock: FakeClock) -> None:
    nomination = await an_accepted(scene, clock)
    with pytest.raises(RuleBroken, match="already settled"):
        await actions.accept(nomination, by=scene.secretary, clock=clock)
    assert await Candidate.count() == 1


async def test_a_rejection_is_mailed_with_its_case_and_not_its_text(scene: Scene, clock: FakeClock) -> None:
    nomination = await a_nomination(scene.prize)
    await actions.reject(
        nomination,
        reason="indsatsen ligger i en anden kommune",
        answer_by=date(2026, 11, 12),
        by=scene.secretary,
        clock=clock,
    )
    mail = await Mail.objects().first()
    assert mail is not None
    assert (mail.template, mail.recipient) == ("screening/rejected", "nadia@example.dk")
    assert json.loads(mail.context)["nomination"] == str(nomination)
    assert "anden kommune" not in mail.context
    decision = await Decision.objects().first()
    assert decision is not None
    assert decision.reason == "indsatsen ligger i en anden kommune"


async def test_the_audit_chain_holds_no_reason_and_no_name(scene: Scene, clock: FakeClock) -> None:
    nomination = await a_nomination(scene.prize)
    await actions.reject(
        nomination, reason="hemmelig grund", answer_by=date(2026, 11, 12), by=scene.secretary, clock=clock
    )
    bodies = " ".join(row["body"] for row in await Audit.select(Audit.body))
    assert "screening.rejected" in bodies
    assert "hemmelig" not in bodies
    assert "Cykel" not in bodies


async def test_a_rejected_nomination_can_be_taken_up_again(scene: Scene, clock: FakeClock) -> None:
    nomination = await a_nomination(scene.prize)
    await actions.reject(nomination, reason="x", answer_by=date(2026, 11, 12), by=scene.secretary, clock=clock)
    await actions.bring_back(nomination, reason="Rådet ser anderledes på det", by=scene.secretary, clock=clock)
    await assess_all(scene.prize, nomination, scene, clock)
    assert await actions.accept(nomination, by=scene.secretary, clock=clock)


async def test_taking_up_an_accepted_nomination_takes_its_candidate_away(scene: Scene, clock: FakeClock) -> None:
    nomination = await an_accepted(scene, clock)
    await actions.bring_back(nomination, reason="", by=scene.secretary, clock=clock)
    assert await Candidate.count() == 0


async def test_a_nomination_moves_to_the_other_prize_with_its_text(scene: Scene, clock: FakeClock) -> None:
    nomination = await a_nomination(scene.prize)
    await actions.move(nomination, scene.other.id, by=scene.secretary, clock=clock)
    moved = await Nomination.objects().get(Nomination.id == nomination)
    assert moved is not None
    assert moved.prize == scene.other.id
    assert moved.story == "De reparerer cykler sammen."


async def test_a_nomination_never_moves_to_another_round(scene: Scene, clock: FakeClock) -> None:
    other_council = await a_council("handicapraad")
    elsewhere = await a_prize(await a_round(other_council))
    nomination = await a_nomination(scene.prize)
    with pytest.raises(NotFound):
        await actions.move(nomination, elsewhere.id, by=scene.secretary, clock=clock)


async def test_two_nominations_of_one_candidate_become_one_dossier_and_can_be_parted(
    scene: Scene, clock: FakeClock
) -> None:
    first = await an_accepted(scene, clock)
    second = await an_accepted(scene, clock, "Cykelkøkkenet i Køge")
    into = await Placement.objects().get(Placement.nomination == first)
    assert into is not None
    await actions.merge(second, into.candidate, by=scene.secretary, clock=clock)
    assert await Candidate.count() == 1
    assert await Placement.count() == 2
    assert {row.story for row in await Nomination.objects()} == {"De reparerer cykler sammen."}
    await actions.part(second, by=scene.secretary, clock=clock)
    assert await Candidate.count() == 2


async def test_a_dossier_of_another_prize_is_not_there(scene: Scene, clock: FakeClock) -> None:
    nomination = await an_accepted(scene, clock)
    foreign = Candidate(id=uuid4(), prize=scene.other.id, name="Karlsvognen")
    await foreign.save()
    with pytest.raises(NotFound):
        await actions.merge(nomination, foreign.id, by=scene.secretary, clock=clock)


async def test_candidates_are_confirmed_only_after_the_deadline(scene: Scene, clock: FakeClock) -> None:
    await an_accepted(scene, clock)
    clock.set(scene.round.closes_at - timedelta(seconds=1))
    with pytest.raises(RuleBroken, match="deadline"):
        await actions.confirm_shortlist(scene.prize.id, by=scene.secretary, clock=clock)


async def test_candidates_are_confirmed_only_when_no_nomination_waits(scene: Scene, clock: FakeClock) -> None:
    await an_accepted(scene, clock)
    await a_nomination(scene.prize, "Sprogcaféen")
    with pytest.raises(RuleBroken, match="Accept or reject every nomination"):
        await actions.confirm_shortlist(scene.prize.id, by=scene.secretary, clock=clock)


async def test_confirming_tells_the_candidates_once(scene: Scene, clock: FakeClock) -> None:
    await an_accepted(scene, clock, nominee_email="cykel@example.dk")
    await an_accepted(scene, clock, "Sprogcaféen")
    for _again in range(2):
        await actions.confirm_shortlist(scene.prize.id, by=scene.secretary, clock=clock)
    assert await Shortlist.count() == 1
    assert [mail.recipient for mail in await Mail.objects()] == ["cykel@example.dk"]
    assert {candidate.state for candidate in await Candidate.objects()} == {"shortlisted"}


async def test_nothing_moves_after_the_candidates_are_confirmed(scene: Scene, clock: FakeClock) -> None:
    nomination = await an_accepted(scene, clock)
    await actions.confirm_shortlist(scene.prize.id, by=scene.secretary, clock=clock)
    with pytest.raises(RuleBroken, match="confirmed"):
        await actions.bring_back(nomination, reason="", by=scene.secretary, clock=clock)


async def test_a_withdrawn_nomination_is_left_alone(scene: Scene, clock: FakeClock) -> None:
    nomination = await a_nomination(scene.prize, state="withdrawn")
    with pytest.raises(RuleBroken, match="withdrawn"):
        await actions.assess(nomination, {}, by=scene.secretary, clock=clock)
    assert await Verdict.count() == 0
