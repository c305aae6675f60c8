"""The same act on several nominations, with a plan first and a word about each afterwards."""

import re
from datetime import timedelta

import httpx
import pytest

from awards.nominations.tables import Nomination
from awards.outbox.tables import Mail
from awards.screening import actions, inquiries
from awards.screening.tables import Candidate
from tests.builders import FakeClock
from tests.queries import count_queries
from tests.screening.builders import HERE, Desk, a_nomination, assess_all

NAMES = ("Cykelkøkkenet", "Sprogcaféen", "Nattevandrerne")
REFERENCES = ("2026-AAAA", "2026-BBBB", "2026-CCCC")


async def three(desk: Desk) -> list[Nomination]:
    return [
        await a_nomination(desk, reference, nominee=name) for reference, name in zip(REFERENCES, NAMES, strict=True)
    ]


async def planned(secretary: httpx.AsyncClient, act: str) -> tuple[str, dict[str, str | list[str]]]:
    """The plan's page, and what its button sends."""
    page = await secretary.get(f"{HERE}/flere", params={"handling": act, "valgt": list(REFERENCES)})
    assert page.status_code == 200
    sent: dict[str, str | list[str]] = dict(re.findall(r'name="(seen-[^"]+)" value="([^"]*)"', page.text))
    chosen = re.findall(r'name="valgt\[\]" value="([^"]*)"', page.text)
    return page.text, sent | {"handling": act, "valgt[]": chosen}


async def test_several_are_accepted_and_the_others_skipped_with_the_reason(
    desk: Desk, secretary: httpx.AsyncClient, clock: FakeClock
) -> None:
    first, second, third = await three(desk)
    await assess_all(desk, first, clock)
    await assess_all(desk, second, clock)
    await assess_all(desk, third, clock, "not_met")
    for choosing, boxes in (("1", 0), ("alle", 3)):
        inbox = (await secretary.get(HERE, params={"vaelg": choosing})).text
        assert inbox.count('name="valgt"') == 3
        assert len(re.findall(r'value="2026-\w+" checked', inbox)) == boxes
    page, sent = await planned(secretary, "godkend")
    assert "Det kan gøres for 2 af 3." in page
    assert "Opfylder ikke kriterierne" in page
    assert await Candidate.count() == 0

    await actions.move(second.id, desk.other.id, by=desk.secretary, clock=clock)
    await actions.move(second.id, desk.prize.id, by=desk.secretary, clock=clock)
    done = await secretary.post(f"{HERE}/flere", data=sent)
    assert "Gjort for 1 af 2." in done.text
    assert "En anden kom først" in done.text
    assert await Candidate.select(Candidate.name).output(as_list=True) == ["Cykelkøkkenet"]
    again = await secretary.post(f"{HERE}/flere", data=sent)
    assert "Er afgjort eller trukket tilbage" in again.text
    assert await Candidate.count() == 1


async def test_one_that_looks_like_another_is_decided_by_itself(
    desk: Desk, secretary: httpx.AsyncClient, clock: FakeClock
) -> None:
    for reference, name in zip(REFERENCES, ("Cykelkøkkenet", "Cykelkoekkenet", "Sprogcaféen"), strict=True):
        await assess_all(desk, await a_nomination(desk, reference, nominee=name), clock)
    page, sent = await planned(secretary, "godkend")
    assert page.count("Ligner en anden: Afgør den for sig") == 2
    assert sent["valgt[]"] == ["2026-CCCC"]


async def test_one_whose_nominator_has_still_time_to_answer_is_not_accepted_among_others(
    desk: Desk, secretary: httpx.AsyncClient, clock: FakeClock
) -> None:
    for nomination in await three(desk):
        await assess_all(desk, nomination, clock)
    until = clock.now() + timedelta(days=3)
    await inquiries.ask(nomination.id, "Hvor mange?", until, by=desk.secretary, clock=clock)
    page, sent = await planned(secretary, "godkend")
    assert "Venter på svar" in page
    assert sent["valgt[]"] == list(REFERENCES[:2])


async def test_several_move_to_another_prize(desk: Desk, secretary: httpx.AsyncClient) -> None:
    await three(desk)
    _page, sent = await planned(secretary, "flyt")
    refused = await secretary.post(f"{HERE}/flere", data=sent)
    assert refused.status_code == 422
    done = await secretary.post(f"{HERE}/flere", data=sent | {"prize": desk.other.slug})
    assert "Gjort for 3 af 3." in done.text
    assert await Nomination.count().where(Nomination.prize == desk.other.id) == 3


async def test_those_who_were_asked_or_have_not_confirmed_are_reminded_but_not_twice_in_a_day(
    desk: Desk, secretary: httpx.AsyncClient, clock: FakeClock
) -> None:
    first, second, _third = await three(desk)
    clock.set(desk.round.closes_at - timedelta(minutes=20))  # while the secretary stays signed in
    await Nomination.update({Nomination.confirmed_at: None}).where(Nomination.id == second.id)
    earlier = FakeClock(clock.now() - timedelta(days=2))
    until = clock.now() + timedelta(days=3)
    await inquiries.ask(first.id, "Hvor mange?", until, by=desk.secretary, clock=earlier)
    page, sent = await planned(secretary, "paamind")
    assert "Intet at minde om" in page
    assert "Gjort for 2 af 2." in (await secretary.post(f"{HERE}/flere", data=sent)).text
    sent_mails = await Mail.select(Mail.template).output(as_list=True)
    assert sorted(sent_mails) == ["nominations/reminder", "screening/question", "screening/question_reminder"]
    assert (await planned(secretary, "paamind"))[0].count("Har fået mail inden for det sidste døgn") == 2


@pytest.mark.parametrize("act", ["godkend", "flyt", "paamind"])
async def test_a_plan_for_thirty_asks_no_more_than_one_for_three(
    desk: Desk, secretary: httpx.AsyncClient, act: str
) -> None:
    references: list[str] = []
    counts = []
    for numbers in (range(3), range(3, 30)):
        for n in numbers:
            references.append(f"2026-N{n:03}")
            await a_nomination(desk, references[-1], nominee=f"{chr(65 + n)}foreningen {n * 7919}")
        with count_queries() as queries:
            page = await secretary.get(f"{HERE}/flere", params={"handling": act, "valgt": references})
        assert page.text.count("2026-N") >= len(references)
        counts.append(queries.number)
    assert counts[0] == counts[1]


async def test_nothing_chosen_an_unknown_act_and_strange_references_do_no_harm(
    desk: Desk, secretary: httpx.AsyncClient
) -> None:
    assert "Du har ikke valgt nogen" in (await secretary.get(f"{HERE}/flere?handling=godkend")).text
    strange = await secretary.get(f"{HERE}/flere", params={"handling": "godkend", "valgt": ["x' OR 1=1", "2026-ZZZZ"]})
    assert "Du har ikke valgt nogen" in strange.text
    assert (await secretary.get(f"{HERE}/flere?handling=slet")).status_code == 404
