"""Static files: addresses, compression, caching, and the promises of the look (weight, contrast, vendored files)."""

import gzip
import hashlib
import re
from pathlib import Path

import brotli
import httpx
import pytest

from awards.web.static import FOLDER, choose_coding, read_assets, static_url

BODIES = {"br": b"1", "gzip": b"22", "identity": b"333"}
CSS = (FOLDER / "app.css").read_text()


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("BR;Q=0.2", "br"),
        ("*", "br"),
        ("br;q=0, *;q=0.1", "gzip"),
        ("identity", "identity"),
        ("", "identity"),
        ("br;q=much", "identity"),
        ("*;q=0", "identity"),
    ],
)
def test_a_browser_gets_the_smallest_body_it_accepts(accepted: str, chosen: str) -> None:
    assert choose_coding(accepted, BODIES) == chosen


async def test_a_hashed_file_is_kept_for_good(client: httpx.AsyncClient) -> None:
    answer = await client.get(static_url("app.css"))
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert answer.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize(("coding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
async def test_a_compressed_file_unpacks_to_the_file(client: httpx.AsyncClient, coding: str, unpack: object) -> None:
    answer = await client.get(static_url("vendor/htmx.min.js"), headers={"Accept-Encoding": coding})
    assert answer.headers["content-encoding"] == coding
    assert int(answer.headers["content-length"]) < 18_000
    assert answer.content == (FOLDER / "vendor/htmx.min.js").read_bytes()


async def test_a_file_that_the_browser_has_is_not_sent_again(client: httpx.AsyncClient) -> None:
    first = await client.get(static_url("app.css"), headers={"Accept-Encoding": "br"})
    etag = first.headers["etag"]
    for header in (etag, f'"old", W/{etag}', "*"):
        again = await client.get(static_url("app.css"), headers={"Accept-Encoding": "br", "If-None-Match": header})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)


async def test_each_coding_has_its_own_etag(client: httpx.AsyncClient) -> None:
    answers = [await client.get(static_url("app.css"), headers={"Accept-Encoding": c}) for c in ("br", "gzip", "")]
    assert len({answer.headers["etag"] for answer in answers}) == 3


async def test_head_tells_the_size_without_the_file(client: httpx.AsyncClient) -> None:
    answer = await client.head(static_url("icon.svg"), headers={"Accept-Encoding": "identity"})
    assert answer.status_code == 200
    assert answer.content == b""
    assert int(answer.headers["content-length"]) == (FOLDER / "icon.svg").stat().st_size


@pytest.mark.parametrize("path", ["app.css", "app.0000000000000000.css", "vendor/README.md", "../pyproject.toml", ""])
async def test_anything_else_is_not_found(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(f"/static/{path}")).status_code == 404


async def test_robots_and_browsers_that_guess_find_their_files(client: httpx.AsyncClient) -> None:
    assert (await client.get("/robots.txt")).text.startswith("User-agent: *")
    assert (await client.get("/favicon.ico")).headers["location"] == static_url("icon.svg")


def test_an_address_follows_the_content(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a{}")
    before = read_assets(tmp_path)["a.css"].path
    (tmp_path / "a.css").write_text("b{}")
    assert read_assets(tmp_path)["a.css"].path != before


def test_a_body_that_compression_makes_larger_is_sent_plain(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a{}")
    assert set(read_assets(tmp_path)["a.css"].bodies) == {"identity"}


def test_vendored_files_are_the_ones_recorded() -> None:
    recorded = dict(
        re.findall(r"^\| `([^`]+)` .*`([0-9a-f]{64})` \|$", (FOLDER / "vendor/README.md").read_text(), re.M)
    )
    found = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in (FOLDER / "vendor").glob("*.js")}
    assert found == recorded


def test_the_stylesheet_is_at_most_14_kb() -> None:
    assert len(CSS.encode()) <= 14_000


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"(--[\w-]+):\s*(#[0-9a-f]{6})", block))


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mixed(colour: str, ground: str, share: float) -> str:
    pairs = ((int(colour[i : i + 2], 16), int(ground[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


LIGHT = colours(re.search(r":root \{(.*?)\n\}", CSS, re.S)[1])  # type: ignore[index]
DARK = LIGHT | colours(re.search(r"prefers-color-scheme: dark\) \{\s*:root \{(.*?)\}", CSS, re.S)[1])  # type: ignore[index]
SCHEMES = {"light": LIGHT, "dark": DARK}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("tone", ["ink", "grey", "red", "green", "blue"])
def test_text_can_be_read_on_paper_and_on_surfaces(scheme: str, tone: str) -> None:
    tokens = SCHEMES[scheme]
    for ground in ("--paper", "--surface"):
        assert contrast(tokens[f"--{tone}"], tokens[ground]) >= 4.5, ground


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("number", range(1, 9))
def test_every_accent_can_be_read_in_both_schemes(scheme: str, number: int) -> None:
    tokens = SCHEMES[scheme]
    light, dark = re.search(rf"\.accent-{number} \{{ --a: (#\w{{6}}); --b: (#\w{{6}})", CSS).groups()  # type: ignore[union-attr]
    accent = light if scheme == "light" else dark
    tint = mixed(accent, tokens["--paper"], 0.08)
    for ground in (tokens["--paper"], tokens["--surface"], tint):
        assert contrast(accent, ground) >= 4.5, ground
    assert contrast(tokens["--on-accent"], accent) >= 4.5
    assert contrast(tokens["--ink"], tint) >= 7
    assert contrast(tokens["--grey"], tint) >= 4.5


@pytest.mark.parametrize("number", range(1, 9))
def test_the_hero_is_white_on_the_dark_accent_in_both_schemes(number: int) -> None:
    light = re.search(rf"\.accent-{number} \{{ --a: (#\w{{6}})", CSS)[1]  # type: ignore[index]
    assert contrast("#ffffff", light) >= 4.5
