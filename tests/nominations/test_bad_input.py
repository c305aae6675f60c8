"""Whatever is typed: a message in words at the right field, nothing lost, nothing half-done."""

import asyncio
import re
from io import BytesIO

import httpx
import pytest
from PIL import Image

from awards.nominations.tables import Attachment, Draft, Nomination
from awards.pictures import FileRefused, prepare, safe_name
from awards.rounds.tables import Prize
from tests.builders import a_council, a_prize, a_round
from tests.nominations.builders import NOMINATOR, NOMINEE, PRIZE, begin, fill, reasons

CPR = "010170-1234"
PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture(autouse=True)
async def prize(app: object) -> Prize:
    round = await a_round(await a_council())
    await a_prize(round, "erhvervsprisen", position=2, kinds=["company"], criteria=("er god",))
    return await a_prize(round)


def a_picture(size: tuple[int, int] = (640, 480), kind: str = "JPEG", **saving: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **saving)
    return out.getvalue()


async def test_every_empty_field_has_its_message(client: httpx.AsyncClient) -> None:
    answer = await client.post(f"{PRIZE}/indstil", data={})
    assert answer.status_code == 422
    for name in ("kind", "nominee", "contact", "tie", "aware"):
        assert f'href="#{name}"' in answer.text
    draft = await begin(client)
    answer = await client.post(f"{draft}/begrundelse", data={})
    assert answer.status_code == 422
    assert answer.text.count("Der mangler et svar.") == 5, "once in the summary, and at each of four fields"
    answer = await client.post(f"{draft}/dig", data={})
    for name in ("nominator", "email", "relation"):
        assert f'href="#{name}"' in answer.text


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("nominee", "x" * 201, "1 tegn kortere"),
        ("nominee", "Amira\x00Holm", "styretegnene"),
        ("nominee", "Amira\x1b[2JHolm", "styretegnene"),
        ("nominee", f"Amira {CPR}", "CPR-nummer"),
        ("kind", "king", "Vælg, hvem du indstiller"),
        ("kind", "<script>", "Vælg, hvem du indstiller"),
        ("tie", "moon", "knyttet til kommunen"),
        ("aware", "maybe", "Vælg, om kandidaten ved"),
        ("cvr", "1234567a", "CVR-nummer har 8 cifre"),
        ("contact", "no address@", "@example.dk"),
        ("contact", "12", "telefonnummer"),
        ("contact", CPR, "CPR-nummer"),
    ],
)
async def test_a_wrong_nominee_is_told_at_its_field(
    client: httpx.AsyncClient, field: str, value: str, message: str
) -> None:
    answer = await client.post(f"{PRIZE}/indstil", data=NOMINEE | {field: value})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert message in answer.text


@pytest.mark.parametrize(
    "value", ["😀🎉 Fest for alle", "مريم الحسن", "<b>Fed</b> & 'god' \"ven\"", "Ångström-Ødegård"]
)
async def test_every_script_and_sign_is_kept_as_written(client: httpx.AsyncClient, prize: Prize, value: str) -> None:
    draft = await begin(client, nominee=value)
    await client.post(f"{draft}/begrundelse", data=await reasons(prize) | {"story": value})
    await client.post(f"{draft}/dig", data=NOMINATOR)
    assert (await client.post(f"{draft}/send")).status_code == 303
    nomination = await Nomination.objects().first()
    assert nomination is not None
    assert (nomination.nominee, nomination.story) == (value, value)


async def test_html_is_shown_and_never_run(client: httpx.AsyncClient) -> None:
    draft = await begin(client, nominee="<script>alert(1)</script>")
    page = await client.get(f"{draft}/kandidat")
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(1)" in page.text


async def test_a_cpr_number_is_stopped_and_kept_nowhere(client: httpx.AsyncClient, prize: Prize) -> None:
    draft = await begin(client)
    answer = await client.post(f"{draft}/begrundelse", data=await reasons(prize) | {"story": f"Hans nummer er {CPR}."})
    assert answer.status_code == 422
    assert CPR in answer.text, "what was typed is not lost to the one who typed it"
    assert 'name="story_not_cpr"' in answer.text
    kept = await Draft.objects().first()
    assert kept is not None
    assert CPR not in kept.answers


async def test_what_only_looks_like_a_cpr_number_may_stay(client: httpx.AsyncClient, prize: Prize) -> None:
    draft = await begin(client)
    data = await reasons(prize) | {"story": f"Sagen har nummer {CPR}.", "story_not_cpr": "1"}
    assert (await client.post(f"{draft}/begrundelse", data=data)).status_code == 303
    await client.post(f"{draft}/dig", data=NOMINATOR)
    assert (await client.post(f"{draft}/send")).status_code == 303


async def test_ten_megabytes_of_text_are_refused_in_words(client: httpx.AsyncClient, prize: Prize) -> None:
    draft = await begin(client)
    answer = await client.post(f"{draft}/begrundelse", data=await reasons(prize) | {"story": "a" * 10_000_000})
    assert answer.status_code in (413, 422)
    kept = await Draft.objects().first()
    assert kept is not None
    assert len(kept.answers) < 100_000


async def test_fields_nobody_asked_for_are_ignored(client: httpx.AsyncClient, prize: Prize) -> None:
    draft = await begin(client, state="accepted", confirmed_at="2026-01-01", reference="2026-AAAA")
    for step, data in (("begrundelse", await reasons(prize)), ("dig", NOMINATOR)):
        await client.post(f"{draft}/{step}", data=data | {"state": "accepted", "source": "paper"})
    await client.post(f"{draft}/send", data={"state": "accepted"})
    nomination = await Nomination.objects().first()
    assert nomination is not None
    assert (nomination.state, nomination.source, nomination.confirmed_at) == ("received", "web", None)


@pytest.mark.parametrize(
    "path",
    [
        "/integrationsraad/2026/findes-ikke",
        "/integrationsraad/1999/frivillighedsprisen",
        "/findes-ikke/2026/frivillighedsprisen",
        "/integrationsraad/2026/findes-ikke/indstil",
        "/kladder/5a0c3d9e-7c4b-4f0e-9d52-3f1a8e6b2c71/kandidat",
        "/kladder/5a0c3d9e-7c4b-4f0e-9d52-3f1a8e6b2c71/send",
        "/kladder/1/kandidat",
        "/kvittering/2026-AAAA",
    ],
)
async def test_what_is_not_there_is_not_found(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(path)).status_code == 404


async def test_a_step_there_is_not_is_not_found(client: httpx.AsyncClient) -> None:
    draft = await begin(client)
    assert (await client.get(f"{draft}/femte")).status_code == 404
    assert (await client.post(f"{draft}/femte", data={})).status_code == 404


async def test_an_unfinished_draft_is_not_sent(client: httpx.AsyncClient) -> None:
    draft = await begin(client)
    answer = await client.post(f"{draft}/send")
    assert answer.status_code == 422
    assert f'href="{draft}/begrundelse#story"' in answer.text
    assert await Nomination.count() == 0


async def test_a_sent_draft_cannot_be_written_on(client: httpx.AsyncClient, prize: Prize) -> None:
    draft = await fill(client, prize)
    receipt = (await client.post(f"{draft}/send")).headers["location"]
    assert (await client.get(f"{draft}/begrundelse")).headers["location"] == receipt
    assert (await client.post(f"{draft}/dig", data=NOMINATOR)).status_code == 409


async def test_a_form_from_another_site_is_refused(client: httpx.AsyncClient) -> None:
    answer = await client.post(f"{PRIZE}/indstil", data=NOMINEE, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert await Draft.count() == 0


async def test_choosing_the_other_prize_asks_what_that_one_asks(client: httpx.AsyncClient) -> None:
    answer = await client.post(f"{PRIZE}/indstil", data=NOMINEE | {"prize": "erhvervsprisen"})
    assert answer.status_code == 422, "an association cannot win the business prize"
    assert 'value="company"' in answer.text
    assert 'value="association"' not in answer.text
    draft = await begin(client, prize="erhvervsprisen", kind="company", cvr="")
    assert "Hvordan? (1)" in (await client.get(f"{draft}/begrundelse")).text
    assert "Hvordan? (2)" not in (await client.get(f"{draft}/begrundelse")).text


# Attachments


async def attach(client: httpx.AsyncClient, draft: str, *files: tuple[str, bytes]) -> httpx.Response:
    parts = [("attachments", (name, data, "application/octet-stream")) for name, data in files]
    return await client.post(f"{draft}/bilag", data={"story": "Halvt skrevet"}, files=parts)


async def test_files_are_added_and_removed_beside_what_is_typed(client: httpx.AsyncClient) -> None:
    draft = await begin(client)
    answer = await attach(client, draft, ("Plakat.PDF", PDF), ("ferie.png", a_picture(kind="PNG")))
    assert answer.status_code == 303
    page = await client.get(f"{draft}/begrundelse")
    assert "Halvt skrevet" in page.text
    assert "Plakat.pdf" in page.text
    remove = re.search(rf'formaction="({draft}/bilag/[0-9a-f-]+/fjern)"', page.text)
    assert remove
    await client.post(remove[1], data={"story": "Halvt skrevet, lidt længere"})
    page = await client.get(f"{draft}/begrundelse")
    assert "lidt længere" in page.text
    assert await Attachment.count() == 1


async def test_a_file_is_downloaded_and_runs_nothing(client: httpx.AsyncClient) -> None:
    draft = await begin(client)
    await attach(client, draft, ("<script>.pdf", PDF))
    stored = await Attachment.objects().first()
    assert stored is not None
    answer = await client.get(f"{draft}/bilag/{stored.id}")
    assert answer.content == PDF
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    client.cookies.clear()
    assert (await client.get(f"{draft}/bilag/{stored.id}")).status_code == 404


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("virus.pdf", b"MZ\x90\x00"),
        ("side.html", b"<html><script>alert(1)</script>"),
        ("tegning.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        ("tom.pdf", b""),
        ("knækket.jpg", a_picture()[:200]),
        ("løgn.jpg", b"GIF89a" + b"\0" * 40),
    ],
)
async def test_other_files_are_refused_at_the_field(client: httpx.AsyncClient, name: str, data: bytes) -> None:
    draft = await begin(client)
    answer = await attach(client, draft, (name, data))
    assert answer.status_code == 422
    assert 'id="attachments-error"' in answer.text
    assert "Halvt skrevet" in answer.text
    assert await Attachment.count() == 0


async def test_a_fourth_file_is_refused_at_the_field(client: httpx.AsyncClient) -> None:
    draft = await begin(client)
    answer = await attach(client, draft, *[("a.pdf", PDF)] * 4)
    assert answer.status_code == 422
    assert "højst være 3 filer" in answer.text
    assert await Attachment.count() == 0


async def test_a_file_over_ten_megabytes_is_refused_at_the_field(client: httpx.AsyncClient) -> None:
    draft = await begin(client)
    answer = await attach(client, draft, ("stor.pdf", PDF + b"\0" * 10 * 1024 * 1024))
    assert answer.status_code == 422
    assert "højst fylde 10 MB" in answer.text


async def test_a_picture_is_painted_anew_without_its_metadata() -> None:
    exif = Image.Exif()
    exif[0x010E] = "taget hjemme hos"
    ready = await prepare("ferie.jpeg", a_picture((4000, 3000), exif=exif) + b"<script>")
    assert ready.name == "ferie.jpg"
    assert b"taget hjemme" not in ready.data
    assert b"<script>" not in ready.data
    with Image.open(BytesIO(ready.data)) as painted:
        assert max(painted.size) == 2400
        assert not painted.getexif()


async def test_a_picture_that_would_fill_the_memory_is_refused() -> None:
    with pytest.raises(FileRefused):
        await prepare("bombe.png", a_picture((20_000, 5_000), "PNG"))


async def test_painting_does_not_stop_the_others() -> None:
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            await asyncio.sleep(0.005)
            ticks += 1

    ticking = asyncio.create_task(tick())
    await prepare("stor.jpg", a_picture((5000, 4000)))
    ticking.cancel()
    assert ticks > 3


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\me\\Plakat.PDF", "Plakat.pdf"),
        ("faktura\u202efdp.exe", "fakturafdp.pdf"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("", "bilag.pdf"),
        ("....", "bilag.pdf"),
        ("x" * 300 + ".pdf", "x" * 100 + ".pdf"),
        ("مريم.pdf", "مريم.pdf"),
    ],
)
def test_a_file_name_is_only_a_name(name: str, safe: str) -> None:
    assert safe_name(name, "pdf") == safe
