"""The secretary's inbox: what it finds, and how fast it lists."""

from datetime import timedelta
from uuid import uuid4

import httpx

from awards.nominations.actions import EDITABLE, edit_nomination
from awards.nominations.rules import Answers
from awards.nominations.tables import Nomination
from awards.screening import inquiries
from awards.web.identity import Actor
from tests.builders import FakeClock
from tests.screening.builders import HERE, Desk, a_nomination


async def test_a_search_finds_every_word_that_was_written_and_shows_where(
    desk: Desk, secretary: httpx.AsyncClient, clock: FakeClock
) -> None:
    told = "De laver mad. Om fredagen tager de til Århus med Þór og محمد. Så hjem igen."
    nomination = await a_nomination(desk, story=told)
    await a_nomination(desk, "2026-BBBB", nominee="Sprogcaféen", email="")

    async def found(query: str) -> str:
        return (await secretary.get(HERE, params={"q": query})).text

    for query in ("Aarhus", "arhus fredag", "thor", "محمد", "cykelkoekkenet", "2026-aaaa"):
        page = await found(query)
        assert "Cykelkøkkenet" in page, query
        assert "Sprogcaféen" not in page, query
    assert "“Om fredagen tager de til Århus med Þór og محمد.”" in await found("aarhus")
    assert "Sprogcaféen" in await found("sådan gør"), "in an answer too"
    assert "Ingen passer" in await found("Odense")
    until = clock.now() + timedelta(days=3)
    asked = await inquiries.ask(nomination.id, "Hvor ellers?", until, by=desk.secretary, clock=clock)
    await inquiries.answer(asked, "I Odense.", by=Actor(), clock=clock)
    assert "Cykelkøkkenet" in await found("Odense"), "and in what was answered later"


async def test_a_search_finds_the_words_of_now_after_a_change(desk: Desk, clock: FakeClock) -> None:
    nomination = await a_nomination(desk)
    clock.set(desk.round.closes_at - timedelta(days=1))
    kept = {column._meta.name: getattr(nomination, column._meta.name) for column in EDITABLE}
    words = Answers(kept | {"story": "Nu i Ålborg."}, {desk.criteria[0]: "Øl."})
    await edit_nomination(nomination.id, words, added=[], removed=[], seen=0, by=Actor(), clock=clock)
    [column] = await Nomination.select(Nomination.search).output(as_list=True)
    assert "aalborg" in column
    assert "oel" in column
    assert "cykler" not in column


async def test_whoever_is_done_with_one_goes_on_to_the_next_that_waits(
    desk: Desk, secretary: httpx.AsyncClient
) -> None:
    first = await a_nomination(desk)
    await a_nomination(desk, "2026-BBBB", nominee="Sprogcaféen", received_at=first.received_at + timedelta(hours=1))
    await a_nomination(desk, "2026-CCCC", nominee="Afvist", state="rejected")
    for reference, following in (("2026-AAAA", "Sprogcaféen"), ("2026-BBBB", "Cykelkøkkenet")):
        assert f"Næste, der venter: {following}" in (await secretary.get(f"{HERE}/{reference}")).text
    assert "Cykelkøkkenet" in (await secretary.get(f"{HERE}/2026-CCCC")).text
    assert (await secretary.get(f"{HERE}/{uuid4()}")).status_code == 404
