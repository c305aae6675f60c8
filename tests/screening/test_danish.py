"""Staff write a Danish text beside what was written in another language; the council reads it, and the original."""

import re
from datetime import UTC, datetime

import httpx

from awards.ballots.dossier_pdf import dossier_pdf
from awards.ballots.dossiers import Text, dossiers_of
from awards.nominations import actions as nominations
from awards.nominations.rules import Answers
from awards.nominations.tables import Nomination
from awards.screening import actions
from awards.screening.tables import DanishText, Decision
from awards.web.identity import Actor
from awards.web.templates import environment
from tests.builders import FakeClock
from tests.pdfs import words_of
from tests.screening.builders import ANSWER, HERE, Desk, a_nomination, assess_all
from tests.screening.test_redaction import fields_in

CASE = f"{HERE}/2026-AAAA"
STORY = "محمد يطبخ لمئة جار كل شهر."
DANISH = "Mohamed laver hver måned mad til hundrede naboer."


async def in_arabic(desk: Desk) -> Nomination:
    return await a_nomination(desk, nominee="محمد", story=STORY, relation="جاري", written_in="ar")


async def dossier_text(desk: Desk, nomination: Nomination, clock: FakeClock) -> Text:
    """As the council gets it."""
    await assess_all(desk, nomination, clock)
    await actions.accept(nomination.id, by=desk.secretary, clock=clock)
    await actions.confirm_shortlist(desk.prize.id, by=desk.secretary, clock=clock)
    [dossier] = await dossiers_of(desk.prize.id)
    [text] = dossier.texts
    return text


def council_reads(text: Text) -> str:
    texts = environment().get_template("ballots/_texts.html").module
    return str(texts.written(text, {}, {"met": "Met"}, {"met": "good"}, ""))  # type: ignore[attr-defined]


async def test_the_council_reads_the_danish_text_and_can_unfold_the_original(
    desk: Desk, secretary: httpx.AsyncClient, clock: FakeClock
) -> None:
    nomination = await in_arabic(desk)
    page = (await secretary.get(CASE)).text
    assert "Rådet mangler en dansk tekst" in page
    assert f'lang="ar" dir="auto">{STORY}' in page
    fields = fields_in((await secretary.get(f"{CASE}/dansk")).text)
    written = fields | {"story": DANISH, "relation": "Min nabo"}
    assert (await secretary.post(f"{CASE}/dansk", data=written)).status_code == 303
    page = (await secretary.get(CASE)).text
    assert "Rådet mangler en dansk tekst" not in page
    assert DANISH in page
    assert STORY in page

    read = council_reads(await dossier_text(desk, nomination, clock))
    assert read.index(DANISH) < read.index("<details>") < read.index(f'lang="ar" dir="auto">{STORY}')
    assert read.index("Min nabo") < read.index("جاري")
    assert ANSWER in read, "what needs no Danish stands as it was written"


async def test_saving_the_same_twice_is_told_once_and_an_emptied_text_is_gone(
    desk: Desk, secretary: httpx.AsyncClient, clock: FakeClock
) -> None:
    clock.set(clock.now().replace(microsecond=123456))
    await in_arabic(desk)
    fields = fields_in((await secretary.get(f"{CASE}/dansk")).text) | {"story": DANISH}
    for _time in range(2):
        await secretary.post(f"{CASE}/dansk", data=fields)
    assert await Decision.count().where(Decision.outcome == "translated") == 1
    for path in (CASE, f"{CASE}/forloeb"):
        shown = re.findall(r'datetime="([^"]+)"', (await secretary.get(path)).text)
        assert shown
        assert not any("." in moment for moment in shown), "HTML knows no microseconds"
    assert fields_in((await secretary.get(f"{CASE}/dansk")).text)["story"] == DANISH
    await secretary.post(f"{CASE}/dansk", data=fields | {"story": ""})
    assert await DanishText.count() == 0


async def test_what_the_nominator_changed_since_is_no_longer_told_in_the_old_words(
    desk: Desk, secretary: httpx.AsyncClient, clock: FakeClock
) -> None:
    after = clock.now()
    nomination = await in_arabic(desk)
    fields = fields_in((await secretary.get(f"{CASE}/dansk")).text) | {"story": DANISH}
    await secretary.post(f"{CASE}/dansk", data=fields)
    clock.set(datetime(2026, 11, 4, 10, tzinfo=UTC))
    kept = {column._meta.name: getattr(nomination, column._meta.name) for column in nominations.EDITABLE}
    await nominations.edit_nomination(
        nomination.id, Answers(kept | {"story": "نص جديد"}), added=[], removed=[], seen=0, by=Actor(), clock=clock
    )
    clock.set(after)
    stale = await secretary.post(f"{CASE}/dansk", data=fields)
    assert stale.status_code == 409
    assert DANISH in stale.text, "what was typed is kept"
    assert "Ændret, siden den danske tekst blev skrevet" in (await secretary.get(CASE)).text
    read = council_reads(await dossier_text(desk, nomination, clock))
    assert DANISH not in read
    assert "نص جديد" in read


async def test_on_paper_the_danish_text_stands_above_the_nominators_own_words(
    desk: Desk, secretary: httpx.AsyncClient, clock: FakeClock
) -> None:
    nomination = await a_nomination(desk, story="Es kochen alle für alle.", relation="Nachbar", written_in="de")
    fields = fields_in((await secretary.get(f"{CASE}/dansk")).text)
    await secretary.post(f"{CASE}/dansk", data=fields | {"story": DANISH, "relation": "Nabo"})
    await dossier_text(desk, nomination, clock)
    dossiers = await dossiers_of(desk.prize.id)
    pdf = await dossier_pdf(desk.cast.council, desk.round, desk.prize, dossiers, reader="Ada", now=clock.now())
    printed = words_of(pdf)
    assert printed.index("Mohamed laver") < printed.index("De oprindelige ord") < printed.index("Es kochen alle")
    assert "Nabo (Nachbar)" in printed
