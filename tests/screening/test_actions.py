"""Screening, held against a real database of each kind."""

import asyncio
import json
from contextvars import copy_context
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from awards.accounts.tables import Session
from awards.audit.tables import Audit
from awards.db import Database
from awards.errors import NotFound, RuleBroken
from awards.names import normalise
from awards.nominations import actions as nominations
from awards.nominations.drafts import start_draft
from awards.nominations.entry import enter_nomination
from awards.nominations.rules import Answers
from awards.nominations.tables import Nomination
from awards.outbox.tables import Mail
from awards.rounds.queries import criteria_of
from awards.rounds.tables import Prize, Round
from awards.screening import actions, dossiers
from awards.screening.actions import Judgement
from awards.screening.queries import case_of
from awards.screening.tables import Candidate, Decision, Placement, Shortlist, Verdict
from awards.web.identity import Actor
from tests.builders import Cast, FakeClock, a_cast, a_council, a_prize, a_round

pytestmark = pytest.mark.usefixtures("db")

BEFORE_DEADLINE = datetime(2026, 11, 4, 10, 59, 59, tzinfo=UTC)
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


async def reference_of(nomination: UUID) -> str:
    found = await Nomination.objects().get(Nomination.id == nomination)
    assert found is not None
    return found.reference


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
    await dossiers.merge(second, into.candidate, by=scene.secretary, clock=clock)
    assert await Candidate.count() == 1
    assert await Placement.count() == 2
    assert {row.story for row in await Nomination.objects()} == {"De reparerer cykler sammen."}
    await dossiers.part(second, by=scene.secretary, clock=clock)
    assert await Candidate.count() == 2


async def test_nominators_hear_that_their_nominations_are_gathered_and_parted_but_not_with_whom(
    scene: Scene, clock: FakeClock
) -> None:
    known = {"confirmed_at": BEFORE_DEADLINE}
    first = await an_accepted(scene, clock, email="a@example.dk", **known)
    second = await an_accepted(scene, clock, email="b@example.dk", **known)
    third = await an_accepted(scene, clock, email="typo@example.dk")
    into = await Placement.objects().get(Placement.nomination == first)
    assert into is not None
    for nomination in (second, third):
        await dossiers.merge(nomination, into.candidate, by=scene.secretary, clock=clock)
    mails = await Mail.objects().order_by(Mail.created_at)
    assert {(mail.template, mail.recipient) for mail in mails} == {
        ("screening/merged", "a@example.dk"),
        ("screening/merged", "b@example.dk"),
    }, "nobody hears twice, and an address that may be mistyped hears nothing"
    own = {"a@example.dk": first, "b@example.dk": second}
    assert {mail.recipient: json.loads(mail.context) for mail in mails} == {
        address: {"nomination": str(id)} for address, id in own.items()
    }
    await dossiers.part(second, by=scene.secretary, clock=clock)
    parted = [mail.recipient for mail in await Mail.objects().where(Mail.template == "screening/parted")]
    assert parted == ["b@example.dk"]


async def test_a_dossier_takes_the_candidates_address_from_whoever_knew_it_and_gives_it_back(
    scene: Scene, clock: FakeClock
) -> None:
    first = await an_accepted(scene, clock)
    second = await an_accepted(scene, clock, nominee_email="cykel@example.dk")
    into = await Placement.objects().get(Placement.nomination == first)
    assert into is not None

    async def address() -> list[str]:
        return await Candidate.select(Candidate.email).where(Candidate.id == into.candidate).output(as_list=True)

    await dossiers.merge(second, into.candidate, by=scene.secretary, clock=clock)
    assert await address() == ["cykel@example.dk"]
    await dossiers.part(second, by=scene.secretary, clock=clock)
    assert await address() == [""]


async def test_a_dossier_of_another_prize_is_not_there(scene: Scene, clock: FakeClock) -> None:
    nomination = await an_accepted(scene, clock)
    foreign = Candidate(id=uuid4(), prize=scene.other.id, name="Karlsvognen")
    await foreign.save()
    with pytest.raises(NotFound):
        await dossiers.merge(nomination, foreign.id, by=scene.secretary, clock=clock)


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


async def changed_by_nominator(nomination: UUID, clock: FakeClock) -> None:
    columns = {str(column._meta.name): "" for column in nominations.EDITABLE} | {"nominee": "Cykelkøkkenet i Herfølge"}
    await nominations.edit_nomination(
        nomination, Answers(columns), added=[], removed=[], seen=0, by=Actor(), clock=clock
    )


async def test_what_the_nominator_changes_leaves_its_dossier_and_is_gone_through_again(
    scene: Scene, clock: FakeClock
) -> None:
    clock.set(BEFORE_DEADLINE)
    nomination = await an_accepted(scene, clock)
    await changed_by_nominator(nomination, clock)
    assert await Candidate.count() == 0
    case = await case_of(scene.round.id, await reference_of(nomination))
    assert case.nomination.state == "received"
    assert [row["outcome"] for row in case.decisions] == ["accepted", "reopened"]
    assert all(row["verdict"] == "met" for row in case.criteria), "the verdicts stay to look at"
    await actions.accept(nomination, by=scene.secretary, clock=clock)
    candidate = await Candidate.objects().first()
    assert candidate is not None
    assert candidate.name == "Cykelkøkkenet i Herfølge"


async def test_withdrawing_an_accepted_nomination_takes_its_candidate_off_the_list(
    scene: Scene, clock: FakeClock
) -> None:
    clock.set(BEFORE_DEADLINE)
    nomination = await an_accepted(scene, clock)
    await nominations.withdraw_nomination(nomination, by=Actor(), clock=clock)
    assert await Candidate.count() == 0


async def test_nothing_is_typed_in_once_the_candidates_are_confirmed(scene: Scene, clock: FakeClock) -> None:
    await an_accepted(scene, clock)
    await actions.confirm_shortlist(scene.prize.id, by=scene.secretary, clock=clock)
    with pytest.raises(RuleBroken, match="candidates of this prize are confirmed"):
        await enter_nomination(
            uuid4(),
            scene.prize.id,
            Answers({"nominee": "Kom på papir"}),
            [],
            source="paper",
            received_at=BEFORE_DEADLINE,
            by=scene.secretary,
            clock=clock,
        )
    assert await Nomination.count() == 1


async def test_a_submission_that_was_in_time_is_seen_by_whoever_confirms(
    scene: Scene, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last submission has read the clock in time, and is stored only after somebody has begun to confirm."""
    await an_accepted(scene, clock)
    session = Session(token_hash="s", created_at=clock.now(), expires_at=clock.now() + timedelta(days=1))
    await session.save()
    draft = await start_draft(uuid4(), scene.prize.id, {}, session=session.id, clock=clock)
    outside = copy_context()
    confirming: list[asyncio.Task[None]] = []

    async def meanwhile_somebody_confirms(*_asked: object) -> None:
        confirms = actions.confirm_shortlist(scene.prize.id, by=scene.secretary, clock=clock)
        confirming.append(asyncio.create_task(confirms, context=outside))
        # It ends here only where nothing holds it up.
        await asyncio.wait(confirming, timeout=0.3)

    monkeypatch.setattr(nominations.changing, "_listeners", [meanwhile_somebody_confirms])
    answers = Answers({"nominee": "I sidste øjeblik", "nominator": "Nadia", "email": "nadia@example.dk"})
    await nominations.submit_nomination(draft, answers, by=Actor(), clock=FakeClock(BEFORE_DEADLINE))
    with pytest.raises(RuleBroken, match="Accept or reject every nomination"):
        await confirming[0]
