"""What happens to drafts and nominations, on both databases, also when two act at once."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

import pytest

from awards.accounts.tables import Link
from awards.audit.tables import Audit
from awards.db import Database
from awards.errors import DeadlinePassed, NotFound, RuleBroken
from awards.nominations import actions, drafts, reminders, rules
from awards.nominations.tables import Answer, Attachment, Draft, DraftHolder, Nomination, Revision
from awards.outbox.tables import Mail
from awards.pictures import Ready
from awards.rounds.tables import Prize, Round
from awards.settings import Settings
from awards.web.identity import Actor
from tests.builders import FakeClock, a_council, a_prize, a_round
from tests.nominations.builders import a_draft, a_nomination, a_session, answers_to, the_nomination

DEADLINE = datetime(2026, 11, 4, 11, tzinfo=UTC)
ANYBODY = Actor()
PDF = Ready("plakat.pdf", "application/pdf", b"%PDF-1.7")


class TickingClock(FakeClock):
    """Passes the deadline between one reading and the next."""

    def now(self) -> datetime:
        seen = super().now()
        self.set(DEADLINE)
        return seen


@pytest.fixture
async def prize(db: Database) -> Prize:
    return await a_prize(await a_round(await a_council()))


async def mails() -> list[str]:
    return sorted(row["template"] for row in await Mail.select(Mail.template))


async def audited() -> list[str]:
    rows = await Audit.select(Audit.body).order_by(Audit.seq)
    return [json.loads(row["body"])["what"] for row in rows]


async def test_a_submission_is_received_mailed_and_audited_at_once(prize: Prize, clock: FakeClock) -> None:
    nomination = await a_nomination(prize, clock)
    assert nomination.state == "received"
    assert nomination.received_at == clock.now()
    names = f"{nomination.reference.lower().replace('-', ' ')} faellesspisning i karlemosen amira holm"
    assert nomination.search.startswith(names)
    assert "naboer" in nomination.search
    assert await Answer.count().where(Answer.nomination == nomination.id) == 4
    assert await mails() == ["nominations/confirm"]
    assert await audited() == ["nominations.received"]


async def test_the_candidate_is_not_named_where_mails_and_audit_are_kept(prize: Prize, clock: FakeClock) -> None:
    nomination = await a_nomination(prize, clock)
    mail, link = await Mail.objects().first(), await Link.objects().first()
    audit = await Audit.objects().first()
    assert mail is not None
    assert link is not None
    assert audit is not None
    assert link.subject == nomination.id
    for kept in (mail.context, mail.reference, audit.body):
        assert "Karlemosen" not in kept
        assert "Amira" not in kept


async def test_a_sent_draft_keeps_no_copy_of_what_was_written(prize: Prize, clock: FakeClock) -> None:
    nomination = await a_nomination(prize, clock)
    draft = await Draft.objects().get(Draft.id == nomination.id)
    assert draft is not None
    assert draft.answers == "{}"


async def test_two_tabs_that_send_at_once_make_one_nomination(prize: Prize, clock: FakeClock) -> None:
    draft, answers = await a_draft(prize, clock), await answers_to(prize)
    references = await asyncio.gather(
        *(actions.submit_nomination(draft, answers, by=ANYBODY, clock=clock) for _tab in range(5))
    )
    assert len(set(references)) == 1
    assert await Nomination.count() == 1
    assert await mails() == ["nominations/confirm"]


async def test_many_nominations_at_once_have_different_references(prize: Prize, clock: FakeClock) -> None:
    await asyncio.gather(*(a_nomination(prize, clock) for _one in range(12)))
    rows = await Nomination.select(Nomination.reference)
    assert len({row["reference"] for row in rows}) == 12


async def test_a_taken_reference_is_not_given_again(
    prize: Prize, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = iter([7, 7, 7, 8])
    monkeypatch.setattr(actions, "randbelow", lambda _below: next(numbers))
    first, second = await a_nomination(prize, clock), await a_nomination(prize, clock)
    assert (first.reference, second.reference) == (rules.reference(2026, 7), rules.reference(2026, 8))


async def test_the_deadline_is_exclusive(prize: Prize, clock: FakeClock) -> None:
    clock.set(DEADLINE - timedelta(microseconds=1))
    await a_nomination(prize, clock)
    draft = await a_draft(prize, clock)
    clock.set(DEADLINE)
    with pytest.raises(DeadlinePassed):
        await actions.submit_nomination(draft, await answers_to(prize), by=ANYBODY, clock=clock)
    assert await Nomination.count() == 1


async def test_submissions_that_race_with_the_deadline_are_in_or_refused(prize: Prize, clock: FakeClock) -> None:
    ids = [await a_draft(prize, clock) for _one in range(4)]
    answers = await answers_to(prize)
    ticking = TickingClock(DEADLINE - timedelta(seconds=1))
    outcomes = await asyncio.gather(
        *(actions.submit_nomination(id, answers, by=ANYBODY, clock=ticking) for id in ids), return_exceptions=True
    )
    assert sum(isinstance(outcome, str) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, DeadlinePassed) for outcome in outcomes) == 3
    assert await Nomination.count() == 1
    assert await Mail.count() == 1


async def test_nothing_is_received_before_nominations_open(prize: Prize, clock: FakeClock) -> None:
    await Round.update({Round.opens_at: clock.now() + timedelta(days=1)}, force=True)
    draft = await a_draft(prize, clock)
    with pytest.raises(RuleBroken, match="not open yet"):
        await actions.submit_nomination(draft, await answers_to(prize), by=ANYBODY, clock=clock)


async def test_confirming_twice_keeps_the_first_time(prize: Prize, clock: FakeClock) -> None:
    nomination = await a_nomination(prize, clock)
    first = clock.now()
    await actions.confirm_address(nomination.id, by=ANYBODY, clock=clock)
    clock.advance(timedelta(days=60))
    await actions.confirm_address(nomination.id, by=ANYBODY, clock=clock)
    assert (await the_nomination(nomination.id)).confirmed_at == first
    assert await audited() == ["nominations.received", "nominations.confirmed"]


async def test_a_corrected_address_gets_the_mail_and_the_old_link_is_dead(prize: Prize, clock: FakeClock) -> None:
    nomination = await a_nomination(prize, clock, email="amria@example.dk")
    await actions.correct_address(nomination.id, "amira@example.dk", by=ANYBODY, clock=clock)
    recipients = {row["recipient"] for row in await Mail.select(Mail.recipient)}
    assert recipients == {"amria@example.dk", "amira@example.dk"}
    assert await Link.count().where(Link.used_at.is_null()) == 1


async def test_a_confirmed_address_is_not_corrected(prize: Prize, clock: FakeClock) -> None:
    nomination = await a_nomination(prize, clock)
    await actions.confirm_address(nomination.id, by=ANYBODY, clock=clock)
    with pytest.raises(RuleBroken):
        await actions.correct_address(nomination.id, "other@example.dk", by=ANYBODY, clock=clock)


async def edit(nomination: Nomination, prize: Prize, clock: FakeClock, seen: int = 0, **changes: str) -> None:
    answers = await answers_to(prize, **changes)
    await actions.edit_nomination(nomination.id, answers, added=[], removed=[], seen=seen, by=ANYBODY, clock=clock)


async def test_an_edit_keeps_how_it_stood(prize: Prize, clock: FakeClock) -> None:
    nomination = await a_nomination(prize, clock)
    await edit(nomination, prize, clock, nominee="Karlemosens Fællesspisning", email="thief@example.dk")
    now = await the_nomination(nomination.id)
    assert now.nominee == "Karlemosens Fællesspisning"
    assert "karlemosens" in now.search
    assert now.email == "amira@example.dk", "the address that was proved stays"
    kept = await Revision.objects().first()
    assert kept is not None
    assert json.loads(kept.body)["nominee"] == "Fællesspisning i Karlemosen"
    assert len(json.loads(kept.body)["answers"]) == 4


async def test_of_two_windows_that_edit_the_second_is_told(prize: Prize, clock: FakeClock) -> None:
    nomination = await a_nomination(prize, clock)
    outcomes = await asyncio.gather(
        edit(nomination, prize, clock, story="Den ene"),
        edit(nomination, prize, clock, story="Den anden"),
        return_exceptions=True,
    )
    assert sum(isinstance(outcome, RuleBroken) for outcome in outcomes) == 1
    assert await Revision.count() == 1


async def test_editing_ends_at_the_deadline(prize: Prize, clock: FakeClock) -> None:
    nomination = await a_nomination(prize, clock)
    clock.set(DEADLINE)
    with pytest.raises(DeadlinePassed):
        await edit(nomination, prize, clock)
    with pytest.raises(DeadlinePassed):
        await actions.withdraw_nomination(nomination.id, by=ANYBODY, clock=clock)


@pytest.mark.parametrize("state", ["accepted", "rejected"])
async def test_what_the_secretariat_has_settled_waits_again_after_an_edit(
    prize: Prize, clock: FakeClock, state: str
) -> None:
    nomination = await a_nomination(prize, clock)
    await Nomination.update({Nomination.state: state}).where(Nomination.id == nomination.id)
    await edit(nomination, prize, clock, story="Nu med flere eksempler")
    assert (await the_nomination(nomination.id)).state == "received"


async def test_withdrawing_twice_is_fine_and_sending_again_does_not_bring_it_back(
    prize: Prize, clock: FakeClock
) -> None:
    nomination = await a_nomination(prize, clock)
    for _click in range(2):
        await actions.withdraw_nomination(nomination.id, by=ANYBODY, clock=clock)
    answers = await answers_to(prize)
    again = await actions.submit_nomination(nomination.id, answers, by=ANYBODY, clock=clock)
    assert again == nomination.reference
    assert (await the_nomination(nomination.id)).state == "withdrawn"
    assert await audited() == ["nominations.received", "nominations.withdrawn"]


async def test_sending_and_withdrawing_at_once_end_withdrawn(prize: Prize, clock: FakeClock) -> None:
    nomination = await a_nomination(prize, clock)
    answers = await answers_to(prize)
    await asyncio.gather(
        actions.submit_nomination(nomination.id, answers, by=ANYBODY, clock=clock),
        actions.withdraw_nomination(nomination.id, by=ANYBODY, clock=clock),
        edit(nomination, prize, clock),
        return_exceptions=True,
    )
    assert (await the_nomination(nomination.id)).state == "withdrawn"
    assert await Nomination.count() == 1


async def test_a_draft_of_somebody_else_is_left_alone(prize: Prize, clock: FakeClock) -> None:
    draft = await a_draft(prize, clock, {"nominee": "Min"})
    stranger = await a_session(clock)
    other = await drafts.start_draft(draft, prize.id, {"nominee": "Din"}, session=stranger, clock=clock)
    assert other != draft
    mine = await Draft.objects().get(Draft.id == draft)
    assert mine is not None
    assert json.loads(mine.answers) == {"nominee": "Min"}


async def test_two_windows_on_different_steps_keep_both(prize: Prize, clock: FakeClock) -> None:
    draft = await a_draft(prize, clock)
    await asyncio.gather(
        drafts.save_draft(draft, {"nominee": "Karlemosen"}, clock=clock),
        drafts.save_draft(draft, {"story": "De laver mad"}, clock=clock),
    )
    kept = await Draft.objects().get(Draft.id == draft)
    assert kept is not None
    assert json.loads(kept.answers) == {"nominee": "Karlemosen", "story": "De laver mad"}


async def test_there_are_at_most_three_files_also_when_sent_at_once(prize: Prize, clock: FakeClock) -> None:
    draft = await a_draft(prize, clock)
    outcomes = await asyncio.gather(
        *(drafts.attach(draft, [PDF, PDF], clock=clock) for _tab in range(2)), return_exceptions=True
    )
    assert sum(isinstance(outcome, RuleBroken) for outcome in outcomes) == 1
    assert await Attachment.count() == 2


async def test_joining_a_draft_twice_holds_it_once(prize: Prize, clock: FakeClock) -> None:
    draft, session = await a_draft(prize, clock), await a_session(clock)
    link = Link(purpose=drafts.RESUME, subject=draft, created_at=clock.now(), expires_at=DEADLINE)
    for _click in range(2):
        await drafts.join_draft(link, session)
    assert await DraftHolder.count().where(DraftHolder.draft == draft) == 2


async def test_a_draft_that_is_gone_is_not_joined(prize: Prize, clock: FakeClock) -> None:
    link = Link(purpose=drafts.RESUME, created_at=clock.now(), expires_at=DEADLINE)
    with pytest.raises(NotFound):
        await drafts.join_draft(link, await a_session(clock))


async def test_unconfirmed_nominators_are_reminded_once_before_the_deadline(
    prize: Prize, clock: FakeClock, settings: Settings
) -> None:
    await a_nomination(prize, clock, email="forgot@example.dk")
    confirmed = await a_nomination(prize, clock, email="confirmed@example.dk")
    await actions.confirm_address(confirmed.id, by=ANYBODY, clock=clock)
    withdrawn = await a_nomination(prize, clock, email="withdrawn@example.dk")
    await actions.withdraw_nomination(withdrawn.id, by=ANYBODY, clock=clock)

    await reminders.remind_unconfirmed(clock=clock, settings=settings)
    assert "nominations/reminder" not in await mails(), "there is time yet"
    clock.set(DEADLINE - timedelta(days=2))
    await a_nomination(prize, clock, email="just_now@example.dk")
    await asyncio.gather(*(reminders.remind_unconfirmed(clock=clock, settings=settings) for _process in range(2)))
    reminded = await Mail.select(Mail.recipient).where(Mail.template == "nominations/reminder")
    assert [row["recipient"] for row in reminded] == ["forgot@example.dk"]


async def test_nobody_is_reminded_after_the_deadline(prize: Prize, clock: FakeClock, settings: Settings) -> None:
    await a_nomination(prize, clock)
    clock.set(DEADLINE)
    await reminders.remind_unconfirmed(clock=clock, settings=settings)
    assert await mails() == ["nominations/confirm"]


async def test_a_lost_link_is_sent_to_its_own_address_only(prize: Prize, clock: FakeClock) -> None:
    await a_nomination(prize, clock)
    await a_nomination(prize, clock, nominee="Gartneriet")
    await reminders.send_links_again("amira@example.dk", by=ANYBODY, clock=clock)
    await reminders.send_links_again("nobody@example.dk", by=ANYBODY, clock=clock)
    sent = await Mail.select(Mail.recipient).where(Mail.template == "nominations/link")
    assert [row["recipient"] for row in sent] == ["amira@example.dk"] * 2
