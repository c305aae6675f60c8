"""Personal data is hidden from the council; the secretariat keeps the original."""

import re
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from awards.ballots.dossiers import dossier_file, dossiers_of, rejected_of
from awards.errors import NotFound, RuleBroken
from awards.nominations import actions as nominations
from awards.nominations.rules import Answers
from awards.nominations.tables import Attachment, Nomination
from awards.screening import actions, rules
from awards.screening.danish import write_danish
from awards.screening.tables import Redaction
from awards.web.identity import Actor
from tests.builders import FakeClock
from tests.screening.builders import HERE, Desk, a_nomination, assess_all

CASE = f"{HERE}/2026-AAAA"
STORY = "Hun hjælper Fatima på Møllevej 12, 4600 Køge. Ring på 56 67 67 67."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Skriv til ada.b@example.dk i dag", ["ada.b@example.dk"]),
        ("Ring 56676767 eller +45 56 67 67 67.", ["56676767", "+45 56 67 67 67"]),
        ("Bor Søndre Allé 4B, 2. tv., 4600 Køge", []),
        ("Bor på Lærkevej 4B, 2. tv., 4600 Køge.", ["Lærkevej 4B, 2. tv., 4600 Køge"]),
        ("Født 010190-1234", ["010190-1234"]),
        ("I 2024 kom 1.234.567 gæster, 10.000 kr.", []),
        ("", []),
    ],
)
def test_what_has_the_shape_of_personal_data_is_found(text: str, found: list[str]) -> None:
    assert rules.personal_data(text) == found


def test_a_longer_find_is_replaced_before_a_shorter_one_inside_it() -> None:
    assert rules.without("ab abc", ["ab", "abc"], "x") == "x x"


def fields_in(page: str) -> dict[str, str]:
    originals = dict(re.findall(r'name="(of-[^"]+)" value="([^"]*)"', page))
    texts = re.findall(r'<textarea id="[^"]+" name="([^"]+)"[^>]*>\n(.*?)</textarea>', page, flags=re.DOTALL)
    return originals | dict(texts)


async def test_the_council_reads_what_the_secretary_left_and_the_secretary_the_original_too(
    desk: Desk, secretary: httpx.AsyncClient, clock: FakeClock
) -> None:
    nomination = await a_nomination(desk, story=STORY, relation="Hendes læge")
    file = Attachment(
        owner=nomination.id, name="cv.pdf", media_type="application/pdf", size=1, data=b"x", added_at=clock.now()
    )
    await file.save()
    assert "Ligner personoplysninger" in (await secretary.get(CASE)).text
    fields = fields_in((await secretary.get(f"{CASE}/skjul")).text)
    assert fields["story"] == "Hun hjælper Fatima på [udeladt]. Ring på [udeladt]."
    fields["story"] = "Hun hjælper en nabo."
    fields["relation"] = ""
    saved = await secretary.post(f"{CASE}/skjul", data=fields | {"files[]": str(file.id)})
    assert saved.status_code == 303
    page = (await secretary.get(CASE)).text
    assert "Møllevej 12" in page
    assert "Hun hjælper en nabo." in page
    assert "Skjult for rådet" in page

    await assess_all(desk, nomination, clock)
    await actions.accept(nomination.id, by=desk.secretary, clock=clock)
    await actions.confirm_shortlist(desk.prize.id, by=desk.secretary, clock=clock)
    [dossier] = await dossiers_of(desk.prize.id)
    [text] = dossier.texts
    assert text.nomination.story == "Hun hjælper en nabo."
    assert text.nomination.relation == ""
    assert text.attachments == []
    assert text.answers[0]["answer"] == "Sådan gør de."
    with pytest.raises(NotFound):
        await dossier_file(desk.prize.id, file.id)
    kept = await Nomination.objects().get(Nomination.id == nomination.id)
    assert kept is not None
    assert kept.story == STORY

    fields = fields_in((await secretary.get(f"{CASE}/skjul")).text)
    assert fields["story"] == "Hun hjælper en nabo."
    await secretary.post(f"{CASE}/skjul", data=fields | {"story": STORY, "relation": "Hendes læge"})
    assert await Redaction.count() == 0
    [dossier] = await dossiers_of(desk.prize.id)
    assert dossier.texts[0].nomination.story == STORY
    assert len(dossier.texts[0].attachments) == 1


async def test_members_read_the_redacted_text_of_a_rejected_nomination_too(
    desk: Desk, secretary: httpx.AsyncClient
) -> None:
    await a_nomination(desk, story=STORY)
    fields = fields_in((await secretary.get(f"{CASE}/skjul")).text)
    await secretary.post(f"{CASE}/skjul", data=fields)
    await secretary.post(f"{CASE}/afvisning", data={"reason": "x", "answer_by": "12.11.2026"})
    [rejected] = await rejected_of([desk.prize.id])
    assert "Møllevej" not in rejected.text.nomination.story


async def test_a_text_changed_after_it_was_redacted_is_looked_at_again_before_it_goes_on(
    desk: Desk, secretary: httpx.AsyncClient, clock: FakeClock
) -> None:
    after = clock.now()
    nomination = await a_nomination(desk, story=STORY)
    fields = fields_in((await secretary.get(f"{CASE}/skjul")).text)
    await secretary.post(f"{CASE}/skjul", data=fields)
    clock.set(datetime(2026, 11, 4, 10, tzinfo=UTC))
    kept = {column._meta.name: getattr(nomination, column._meta.name) for column in nominations.EDITABLE}
    await nominations.edit_nomination(
        nomination.id, Answers(kept | {"story": "Ny tekst"}), added=[], removed=[], seen=0, by=Actor(), clock=clock
    )
    clock.set(after)
    stale = await secretary.post(f"{CASE}/skjul", data=fields)
    assert stale.status_code == 409
    assert "Hun hjælper Fatima på [udeladt]" in stale.text, "what was typed is kept"
    await assess_all(desk, nomination, clock)
    with pytest.raises(RuleBroken, match="had hidden"):
        await actions.accept(nomination.id, by=desk.secretary, clock=clock)
    fields = fields_in((await secretary.get(f"{CASE}/skjul")).text)
    await secretary.post(f"{CASE}/skjul", data=fields | {"story": "Ny tekst"})
    assert await actions.accept(nomination.id, by=desk.secretary, clock=clock)


async def test_what_was_answered_about_the_first_prize_is_read_after_the_move(
    desk: Desk, secretary: httpx.AsyncClient, clock: FakeClock
) -> None:
    nomination = await a_nomination(desk)
    await actions.move(nomination.id, desk.other.id, by=desk.secretary, clock=clock)
    assert "Sådan gør de." in (await secretary.get(CASE)).text
    await actions.reject(nomination.id, reason="x", answer_by=clock.now().date(), by=desk.secretary, clock=clock)
    [rejected] = await rejected_of([desk.other.id])
    assert "Sådan gør de." in [row["answer"] for row in rejected.text.answers]


async def test_the_danish_text_of_what_was_redacted_is_hidden_too_until_both_were_looked_at(
    desk: Desk, secretary: httpx.AsyncClient, clock: FakeClock
) -> None:
    nomination = await a_nomination(desk, story="أعمل مع Fatima", written_in="ar")
    danish = {"story": "Arbejder med Fatima"}
    await write_danish(nomination.id, {"story": nomination.story}, danish, by=desk.secretary, clock=clock)
    fields = fields_in((await secretary.get(f"{CASE}/skjul")).text)
    assert fields["danish-story"] == "Arbejder med Fatima"
    await secretary.post(f"{CASE}/skjul", data=fields | {"story": "أعمل", "danish-story": "Arbejder"})
    await secretary.post(f"{CASE}/afvisning", data={"reason": "x", "answer_by": "12.11.2026"})

    async def read() -> tuple[str, str]:
        [rejected] = await rejected_of([desk.prize.id])
        return rejected.text.nomination.story, rejected.text.danish["story"]

    assert await read() == ("أعمل", "Arbejder")
    clock.set(clock.now() + timedelta(minutes=1))
    later = {"story": "Arbejder stadig med Fatima"}
    await write_danish(nomination.id, {"story": nomination.story}, later, by=desk.secretary, clock=clock)
    assert await read() == ("أعمل", ""), "nobody has looked at the new one yet"
    assert "Intet, før du har set begge tekster igennem" in (await secretary.get(CASE)).text
    fields = fields_in((await secretary.get(f"{CASE}/skjul")).text)
    await secretary.post(f"{CASE}/skjul", data=fields | {"danish-story": "Arbejder stadig"})
    assert await read() == ("أعمل", "Arbejder stadig")
