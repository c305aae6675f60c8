"""Asking the nominator for more, with a deadline."""

import re
from datetime import timedelta

import httpx
import pytest

from awards.clock import Clock
from awards.errors import DeadlinePassed, RuleBroken
from awards.nominations.reminders import send_links_again
from awards.outbox.rendering import compose
from awards.outbox.tables import Mail
from awards.screening import actions, inquiries
from awards.screening.rules import inquiry_state
from awards.screening.tables import Inquiry
from awards.settings import Settings
from awards.web.identity import Actor
from tests.builders import FakeClock
from tests.screening.builders import HERE, Desk, a_nomination, an_accepted

CASE = f"{HERE}/2026-AAAA"
QUESTION = "Hvor mange kommer der?"


async def asked(desk: Desk, clock: FakeClock, lasts: timedelta = timedelta(days=7), **columns: object) -> Inquiry:
    nomination = await a_nomination(desk, **columns)
    until = clock.now() + lasts
    id = await inquiries.ask(nomination.id, QUESTION, until, by=desk.secretary, clock=clock)
    return await again(id)


async def again(id: object) -> Inquiry:
    found = await Inquiry.objects().get(Inquiry.id == id)
    assert found is not None
    return found


async def mailed_link(settings: Settings, template: str = "screening/question") -> str:
    mail = await Mail.objects().where(Mail.template == template).first()
    assert mail is not None
    text = (await compose(mail, settings)).get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert QUESTION not in text, "what is asked stands behind the link"
    assert "Cykelkøkkenet" not in text
    found = re.search(r"/svar/\S+", text)
    assert found
    return found[0]


def test_the_deadline_of_a_question_is_exclusive() -> None:
    clock = FakeClock()
    until = clock.now()
    assert inquiry_state(None, until, until - timedelta(seconds=1)) == "asked"
    assert inquiry_state(None, until, until) == "overdue"
    assert inquiry_state(until, until, until + timedelta(days=1)) == "answered"


async def test_a_question_goes_out_is_answered_and_shows_in_the_inbox_and_on_the_case(
    desk: Desk, secretary: httpx.AsyncClient, settings: Settings
) -> None:
    await a_nomination(desk)
    refused = await secretary.post(f"{CASE}/spoergsmaal", data={"question": "Hvor?", "reply_by_date": "1.1.2026"})
    assert refused.status_code == 422
    assert "Hvor?" in refused.text
    data = {"question": QUESTION, "reply_by_date": "12.11.2026", "reply_by_time": "12.00"}
    assert (await secretary.post(f"{CASE}/spoergsmaal", data=data)).status_code == 303
    twice = await secretary.post(f"{CASE}/spoergsmaal", data=data)
    assert twice.status_code == 409
    assert "Det sidste spørgsmål er ikke besvaret endnu." in twice.text
    assert "Venter på svar" in (await secretary.get(f"{HERE}?status=asked")).text
    assert "Cykelkøkkenet" not in (await secretary.get(f"{HERE}?status=answered")).text

    page = await mailed_link(settings)
    shown = await secretary.get(page)
    assert QUESTION in shown.text
    assert "12. november 2026 kl. 12.00" in shown.text
    assert (await secretary.post(page, data={"answer": "010190-1112 kommer"})).status_code == 422
    assert (await secretary.post(f"{page}/kladde", data={"answer": "Cirka hund"})).status_code == 204
    assert "Cirka hund" in (await secretary.get(page)).text, "there again on another device"
    assert (await secretary.post(page, data={"answer": "Cirka hundrede."})).status_code == 303
    assert (await secretary.post(page, data={"answer": "Noget andet."})).status_code == 303
    assert "Tak for dit svar" in (await secretary.get(page)).text
    case = await secretary.get(CASE)
    assert "Har svaret" in case.text
    assert "Cirka hundrede." in case.text
    assert "Cykelkøkkenet" in (await secretary.get(f"{HERE}?status=answered")).text
    assert (await secretary.get("/svar/AAAA")).status_code == 404


async def test_an_answer_that_comes_late_is_refused_kindly_with_its_text(
    desk: Desk, secretary: httpx.AsyncClient, settings: Settings, clock: FakeClock
) -> None:
    inquiry = await asked(desk, clock, timedelta(minutes=20))  # while the secretary stays signed in
    page = await mailed_link(settings)
    clock.set(inquiry.answer_by)
    late = await secretary.post(page, data={"answer": "Hundrede kommer."})
    assert late.status_code == 410
    assert "Hundrede kommer." in late.text
    assert "Din indstilling er stadig med" in late.text
    assert "Hundrede kommer." in (await secretary.get(page)).text
    assert "Har ikke svaret i tide" in (await secretary.get(CASE)).text
    assert (await again(inquiry.id)).answered_at is None
    with pytest.raises(DeadlinePassed):
        await inquiries.answer(inquiry.id, "x", by=Actor(), clock=clock)


async def test_whoever_has_not_answered_is_reminded_once_before_the_deadline(
    desk: Desk, clock: FakeClock, settings: Settings
) -> None:
    inquiry = await asked(desk, clock)

    async def reminders() -> int:
        await inquiries.remind_unanswered(clock=clock, settings=settings)
        return int(await Mail.count().where(Mail.template == "screening/question_reminder"))

    assert await reminders() == 0
    clock.set(inquiry.answer_by - timedelta(days=2))
    assert await reminders() == 1
    assert await reminders() == 1
    assert await mailed_link(settings, "screening/question_reminder")


async def test_who_has_answered_is_not_reminded(desk: Desk, clock: FakeClock, settings: Settings) -> None:
    inquiry = await asked(desk, clock)
    await inquiries.answer(inquiry.id, "Hundrede", by=Actor(), clock=clock)
    clock.set(inquiry.answer_by - timedelta(hours=1))
    await inquiries.remind_unanswered(clock=clock, settings=settings)
    assert not await Mail.exists().where(Mail.template == "screening/question_reminder")


async def test_nobody_is_asked_who_cannot_be_reached_or_whose_nomination_is_settled(desk: Desk, clock: Clock) -> None:
    until = clock.now() + timedelta(days=7)
    without = await a_nomination(desk, "2026-BBBB", email="")
    with pytest.raises(RuleBroken, match="no e-mail"):
        await inquiries.ask(without.id, QUESTION, until, by=desk.secretary, clock=clock)
    settled = await an_accepted(desk, clock)
    with pytest.raises(RuleBroken, match="settled"):
        await inquiries.ask(settled.id, QUESTION, until, by=desk.secretary, clock=clock)


async def test_no_answer_changes_what_the_council_reads_once_the_candidates_are_confirmed(
    desk: Desk, clock: FakeClock, secretary: httpx.AsyncClient, settings: Settings
) -> None:
    inquiry = await asked(desk, clock)
    nomination = inquiry.nomination
    await actions.assess(
        nomination, {c: actions.Judgement("met", "") for c in desk.criteria}, by=desk.secretary, clock=clock
    )
    await actions.accept(nomination, by=desk.secretary, clock=clock)
    await actions.confirm_shortlist(desk.prize.id, by=desk.secretary, clock=clock)
    refused = await secretary.post(await mailed_link(settings), data={"answer": "For sent, men i tide"})
    assert refused.status_code == 409
    assert "For sent, men i tide" in refused.text
    assert (await again(inquiry.id)).answer == ""


async def test_whoever_has_lost_their_links_gets_that_of_an_open_question_too(desk: Desk, clock: FakeClock) -> None:
    inquiry = await asked(desk, clock)

    async def questions() -> int:
        await send_links_again("nadia@example.dk", by=Actor(), clock=clock)
        return int(await Mail.count().where(Mail.template == "screening/question"))

    assert await questions() == 2
    await inquiries.answer(inquiry.id, "Hundrede", by=Actor(), clock=clock)
    assert await questions() == 2
