"""Two people go through the same nomination: the second hears what the first did, and loses nothing."""

import asyncio
import re
from contextvars import copy_context
from datetime import timedelta

import httpx
import pytest

from awards.errors import Stale
from awards.outbox.tables import Mail
from awards.screening import actions, steps
from awards.screening.actions import Judgement
from awards.screening.tables import Candidate, Decision
from tests.builders import FakeClock
from tests.conftest import SignIn
from tests.screening.builders import HERE, Desk, a_nomination, assess_all

CASE = f"{HERE}/2026-AAAA"
REASON = {"reason": "det ligger uden for kommunen", "answer_by": "12.11.2026"}


def seen_in(page: str) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', page)
    assert found
    return found[1]


async def test_who_rejects_what_another_has_accepted_hears_it_and_keeps_the_reason(
    desk: Desk, secretary: httpx.AsyncClient, sign_in_as: SignIn, clock: FakeClock
) -> None:
    nomination = await a_nomination(desk)
    await assess_all(desk, nomination, clock)
    clock.set(clock.now() + timedelta(minutes=1))
    seen = seen_in((await secretary.get(CASE)).text)
    first = secretary.cookies
    secretary.cookies = await sign_in_as(desk.cast.deputy)
    assert (await secretary.post(f"{CASE}/godkendelse", data={"seen": seen})).status_code == 303
    secretary.cookies = first
    answer = await secretary.post(f"{CASE}/afvisning", data=REASON | {"seen": seen})
    assert answer.status_code == 409
    told = answer.text[answer.text.index('id="meanwhile"') :]
    assert "Godkendt" in told
    assert desk.cast.deputy.name in told
    assert "det ligger uden for kommunen" in told
    assert await Candidate.count() == 1
    assert not await Mail.exists().where(Mail.template == "screening/rejected")


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("godkendelse", {}),
        ("afvisning", REASON),
        ("flytning", {"prize": "other"}),
        ("vurdering", {"verdict": "not_met"}),
    ],
)
async def test_nothing_is_done_on_a_page_older_than_what_another_did(
    desk: Desk, secretary: httpx.AsyncClient, clock: FakeClock, path: str, data: dict[str, str]
) -> None:
    nomination = await a_nomination(desk)
    await assess_all(desk, nomination, clock)
    seen = seen_in((await secretary.get(CASE)).text)
    clock.set(clock.now() + timedelta(minutes=1))
    await assess_all(desk, nomination, clock, "unsure")
    given = {"prize": str(desk.other.id)} if "prize" in data else data
    if "verdict" in data:
        given = {f"verdict-{desk.criteria[0]}": "not_met", f"note-{desk.criteria[0]}": "Min egen note"}
    answer = await secretary.post(f"{CASE}/{path}", data=given | {"seen": seen})
    assert answer.status_code == 409
    assert "Kriterium 1: I tvivl – vurderes af rådet (før: Opfyldt)" in answer.text
    if "verdict" in data:
        assert "Min egen note" in answer.text
    assert await Decision.count().where(Decision.outcome != "assessed") == 0


async def test_a_question_to_a_nomination_that_was_settled_meanwhile_is_not_lost(
    desk: Desk, secretary: httpx.AsyncClient, clock: FakeClock
) -> None:
    nomination = await a_nomination(desk)
    await assess_all(desk, nomination, clock)
    clock.set(clock.now() + timedelta(minutes=1))
    await actions.accept(nomination.id, by=desk.secretary, clock=clock)
    asked = {"question": "Hvor mange kommer der?", "reply_by_date": "12.11.2026"}
    answer = await secretary.post(f"{CASE}/spoergsmaal", data=asked)
    assert answer.status_code == 409
    assert "Hvor mange kommer der?" in answer.text
    assert "Godkendt" in answer.text


async def test_of_two_at_the_same_moment_one_is_first(desk: Desk, clock: FakeClock) -> None:
    nomination = await a_nomination(desk)
    seen = await steps.state_seen(nomination.id)

    async def judge(verdict: str) -> None:
        judged = {criterion: Judgement(verdict, verdict) for criterion in desk.criteria}
        await actions.assess(nomination.id, judged, seen=seen, by=desk.secretary, clock=clock)

    tasks = [asyncio.create_task(judge(verdict), context=copy_context()) for verdict in ("met", "not_met")]
    done = await asyncio.gather(*tasks, return_exceptions=True)
    assert {type(one) for one in done} == {type(None), Stale}
