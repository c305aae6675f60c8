"""The nominator's own page, by the link in the mail."""

import re
from datetime import UTC, datetime

import httpx
import pytest

from awards.nominations import actions
from awards.nominations.tables import Nomination
from awards.outbox.rendering import compose
from awards.outbox.tables import Mail
from awards.rounds.tables import Prize
from awards.settings import Settings
from awards.web.identity import Actor
from tests.builders import FakeClock, a_council, a_prize, a_round
from tests.nominations.builders import NOMINATOR, NOMINEE, STORY, a_nomination, fill, reasons, the_nomination

LATE = datetime(2026, 11, 4, 11, tzinfo=UTC)


@pytest.fixture
async def prize(app: object) -> Prize:
    return await a_prize(await a_round(await a_council()))


@pytest.fixture
async def nomination(prize: Prize, clock: FakeClock) -> Nomination:
    return await a_nomination(prize, clock)


async def newest_mail(settings: Settings, clock: FakeClock, template: str = "nominations/confirm") -> tuple[str, str]:
    """Subject and text of the newest mail made from a template."""
    mail = await Mail.objects().where(Mail.template == template).order_by(Mail.created_at, ascending=False).first()
    assert mail is not None
    message = await compose(mail, settings)
    body = message.get_body(("plain",))
    assert body is not None
    return message["Subject"], body.get_content()


@pytest.fixture
async def token(nomination: Nomination, settings: Settings, clock: FakeClock) -> str:
    """As it stands in the mail."""
    _subject, text = await newest_mail(settings, clock)
    found = re.search(r"/bekraeft/(\S+)", text)
    assert found
    return found[1]


@pytest.fixture
async def confirmed(nomination: Nomination, token: str, clock: FakeClock) -> str:
    await actions.confirm_address(nomination.id, by=Actor(), clock=clock)
    return f"/min-indstilling/{token}"


async def edited(prize: Prize, **changes: str) -> dict[str, str]:
    """The edit form as a browser sends it."""
    return NOMINEE | NOMINATOR | await reasons(prize) | {"seen": "0"} | changes


async def test_the_first_mail_does_not_name_the_candidate(
    nomination: Nomination, settings: Settings, clock: FakeClock
) -> None:
    subject, text = await newest_mail(settings, clock)
    assert subject == f"Bekræft din indstilling ({nomination.reference})"
    assert "Hej Amira Holm" in text
    assert "onsdag den 4. november 2026 kl. 12.00" in text
    assert "Karlemosen" not in text + subject


async def test_opening_the_link_confirms_nothing_and_shows_nothing(
    client: httpx.AsyncClient, nomination: Nomination, token: str
) -> None:
    answer = await client.get(f"/bekraeft/{token}")
    assert answer.status_code == 200
    assert "Karlemosen" not in answer.text
    early = await client.get(f"/min-indstilling/{token}")
    assert early.headers["location"] == f"/bekraeft/{token}"
    assert (await the_nomination(nomination.id)).confirmed_at is None


async def test_the_button_confirms_and_shows_the_nomination(
    client: httpx.AsyncClient, nomination: Nomination, token: str
) -> None:
    answer = await client.post(f"/bekraeft/{token}")
    assert answer.status_code == 303
    page = await client.get(answer.headers["location"])
    assert STORY in page.text
    assert "Modtaget" in page.text
    assert page.headers["cache-control"] == "no-store"
    assert (await the_nomination(nomination.id)).confirmed_at is not None


@pytest.mark.parametrize("token", ["x", "AAAA", "a" * 60, "%00"])
async def test_a_forged_link_finds_nothing(client: httpx.AsyncClient, prize: Prize, token: str) -> None:
    for path in (f"/bekraeft/{token}", f"/min-indstilling/{token}", f"/min-indstilling/{token}/ret"):
        assert (await client.get(path)).status_code == 404


async def test_a_link_for_a_draft_opens_no_nomination(
    client: httpx.AsyncClient, prize: Prize, settings: Settings, clock: FakeClock
) -> None:
    draft = await fill(client, prize)
    await client.post(f"{draft}/gem", data={"email": "amira@example.dk"})
    _subject, text = await newest_mail(settings, clock, "nominations/draft")
    found = re.search(r"/fortsaet/(\S+)", text)
    assert found
    assert (await client.get(f"/bekraeft/{found[1]}")).status_code == 404


async def test_an_edit_is_shown(client: httpx.AsyncClient, prize: Prize, confirmed: str) -> None:
    assert STORY in (await client.get(f"{confirmed}/ret")).text
    answer = await client.post(f"{confirmed}/ret", data=await edited(prize, story="Nu står der noget andet."))
    assert answer.status_code == 303, answer.text
    assert "Nu står der noget andet." in (await client.get(confirmed)).text


async def test_an_edit_with_mistakes_keeps_what_is_typed(
    client: httpx.AsyncClient, prize: Prize, confirmed: str
) -> None:
    answer = await client.post(f"{confirmed}/ret", data=await edited(prize, nominee="", story="Ny tekst"))
    assert answer.status_code == 422
    assert "Ny tekst" in answer.text


async def test_of_two_windows_the_second_gets_its_text_back(
    client: httpx.AsyncClient, prize: Prize, confirmed: str
) -> None:
    assert (await client.post(f"{confirmed}/ret", data=await edited(prize, story="Den ene"))).status_code == 303
    answer = await client.post(f"{confirmed}/ret", data=await edited(prize, story="Den anden"))
    assert answer.status_code == 409
    assert "Den anden" in answer.text
    assert "Den ene" in (await client.get(confirmed)).text


async def test_an_edit_after_the_deadline_gets_its_text_back(
    client: httpx.AsyncClient, prize: Prize, confirmed: str, clock: FakeClock
) -> None:
    clock.set(LATE)
    answer = await client.post(f"{confirmed}/ret", data=await edited(prize, story="For sent"))
    assert answer.status_code == 410
    assert "For sent" in answer.text
    assert "Ret indstillingen" not in (await client.get(confirmed)).text


async def test_withdrawing_asks_first(client: httpx.AsyncClient, nomination: Nomination, confirmed: str) -> None:
    assert "Det kan ikke fortrydes" in (await client.get(f"{confirmed}/traek-tilbage")).text
    assert (await the_nomination(nomination.id)).state == "received"
    await client.post(f"{confirmed}/traek-tilbage")
    assert "Trukket tilbage" in (await client.get(confirmed)).text
    assert (await client.get(f"{confirmed}/ret")).status_code == 303


@pytest.mark.parametrize("email", ["amira@example.dk", "nobody@example.dk"])
async def test_asking_for_a_lost_link_tells_nothing(
    client: httpx.AsyncClient, nomination: Nomination, email: str
) -> None:
    answer = await client.post("/find-indstilling", data={"email": email})
    assert answer.status_code == 200
    assert answer.text.replace(email, "") == (
        await client.post("/find-indstilling", data={"email": "third@example.dk"})
    ).text.replace("third@example.dk", "")


async def test_the_receipt_is_only_for_the_browser_that_sent(
    client: httpx.AsyncClient, prize: Prize, clock: FakeClock
) -> None:
    draft = await fill(client, prize)
    receipt = (await client.post(f"{draft}/send")).headers["location"]
    assert "amira@example.dk" in (await client.get(receipt)).text
    assert (await client.post(f"{receipt}/mail", data={"email": "amira@mail.example.dk"})).status_code == 303
    assert "amira@mail.example.dk" in (await client.get(receipt)).text
    client.cookies.clear()
    assert (await client.get(receipt)).status_code == 404
    assert (await client.post(f"{receipt}/mail", data={"email": "thief@example.dk"})).status_code == 404


async def test_a_mailed_draft_opens_in_another_browser(
    client: httpx.AsyncClient, prize: Prize, settings: Settings, clock: FakeClock
) -> None:
    draft = await fill(client, prize)
    await client.post(f"{draft}/gem", data={"email": "amira@example.dk"})
    _subject, text = await newest_mail(settings, clock, "nominations/draft")
    found = re.search(r"/fortsaet/\S+", text)
    assert found
    client.cookies.clear()
    assert (await client.get(found[0])).status_code == 200
    assert (await client.get(f"{draft}/send")).status_code == 404, "looking at the link opens nothing"
    answer = await client.post(found[0])
    assert answer.headers["location"] == f"{draft}/send"
    assert STORY in (await client.get(f"{draft}/send")).text
