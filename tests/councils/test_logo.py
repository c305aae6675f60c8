"""The council's logo: drawn anew, shown at the top of its pages, taken away again."""

from io import BytesIO

import httpx
import pytest
from PIL import Image, PngImagePlugin

from awards.audit.tables import Audit
from awards.councils.queries import council_by_slug
from awards.councils.tables import Logo

PAGE = "/integrationsraad/opsaetning/logo"


def png(width: int, height: int, said: str = "") -> bytes:
    out, info = BytesIO(), PngImagePlugin.PngInfo()
    info.add_text("Comment", said)
    Image.new("RGBA", (width, height), (0, 80, 150, 120)).save(out, "PNG", pnginfo=info)
    return out.getvalue()


async def save(desk: httpx.AsyncClient, data: bytes) -> httpx.Response:
    return await desk.post(PAGE, files={"logo": ("logo.png", data)})


async def test_a_logo_is_drawn_anew_and_shown_on_every_page(desk: httpx.AsyncClient) -> None:
    assert (await save(desk, png(1200, 300, "taget hjemme hos Ole"))).status_code == 303
    council = await council_by_slug("integrationsraad")
    assert (council.logo_width, council.logo_height) == (120, 30)
    address = f"/integrationsraad/logo/{council.logo}"
    for page in ("/integrationsraad", "/en/integrationsraad", PAGE):
        assert f'<img src="{address}" alt="" width="120" height="30">' in (await desk.get(page)).text
    picture = await desk.get(address)
    assert "immutable" in picture.headers["cache-control"]
    assert b"Ole" not in picture.content
    with Image.open(BytesIO(picture.content)) as shown:
        assert (shown.format, shown.size, shown.mode) == ("PNG", (240, 60), "RGB")


async def test_another_logo_has_another_address_and_the_old_one_is_gone(desk: httpx.AsyncClient) -> None:
    await save(desk, png(100, 100))
    first = (await council_by_slug("integrationsraad")).logo
    await save(desk, png(100, 50))
    second = (await council_by_slug("integrationsraad")).logo
    assert first != second
    assert (await desk.get(f"/integrationsraad/logo/{first}")).status_code == 404
    assert await Logo.count() == 1
    assert (await desk.post(f"{PAGE}/fjern")).status_code == 303
    assert await Logo.count() == 0
    assert 'class="mark"' in (await desk.get("/integrationsraad")).text
    assert await Audit.count().where(Audit.body.like("%councils.logo_changed%")) == 3


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Vælg et billede som JPEG, PNG eller WebP"),
        (b"%PDF-1.7 not a picture", "Vælg et billede som JPEG, PNG eller WebP"),
        (b"<svg onload=alert(1)>", "Vælg et billede som JPEG, PNG eller WebP"),
        (b"\x89PNG" + b"a" * 11_000_000, "En fil må højst fylde 10 MB."),
    ],
    ids=["empty", "pdf", "svg", "large"],
)
async def test_what_is_no_picture_is_refused_at_the_field(desk: httpx.AsyncClient, data: bytes, words: str) -> None:
    answer = await save(desk, data)
    assert answer.status_code == 422
    assert words in answer.text
    assert await Logo.count() == 0


async def test_saving_without_a_picture_asks_for_one(desk: httpx.AsyncClient) -> None:
    answer = await desk.post(PAGE, data={})
    assert answer.status_code == 422
    assert "Vælg et billede." in answer.text


async def test_a_picture_a_pixel_high_still_has_a_height(desk: httpx.AsyncClient) -> None:
    await save(desk, png(2000, 1))
    assert (await council_by_slug("integrationsraad")).logo_height == 1
