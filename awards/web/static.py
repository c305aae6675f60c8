"""Static files: named by their content, compressed once, kept by browsers for good."""

import gzip
import hashlib
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import brotli
from litestar import HttpMethod, Request, Response, Router, get, route
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

FOLDER = Path(__file__).parent.parent.parent / "static"
# A file of another kind (a note beside the vendored scripts, say) is not published.
CONTENT_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
FOREVER = "public, max-age=31536000, immutable"
A_DAY = "public, max-age=86400"
ROBOTS = "User-agent: *\nAllow: /\n"


@dataclass(frozen=True, slots=True)
class Asset:
    """A published file. `bodies` maps a content coding (`br`, `gzip`, `identity`) to the bytes sent."""

    path: str
    content_type: str
    digest: str
    bodies: Mapping[str, bytes]


def read_assets(folder: Path) -> dict[str, Asset]:
    """Every publishable file under `folder`, by its name (`vendor/htmx.min.js`)."""
    return {
        file.relative_to(folder).as_posix(): _read(file, folder)
        for file in sorted(folder.rglob("*"))
        if file.suffix in CONTENT_TYPES
    }


def _read(file: Path, folder: Path) -> Asset:
    content = file.read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:16]
    hashed = file.with_name(f"{file.stem}.{digest}{file.suffix}")
    bodies = {"br": brotli.compress(content), "gzip": gzip.compress(content, mtime=0)}
    smaller = {coding: body for coding, body in bodies.items() if len(body) < len(content)}
    return Asset(
        hashed.relative_to(folder).as_posix(), CONTENT_TYPES[file.suffix], digest, {**smaller, "identity": content}
    )


@cache
def assets() -> dict[str, Asset]:
    """This product's own files, read and compressed once a process."""
    return read_assets(FOLDER)


@cache
def _published() -> dict[str, Asset]:
    return {asset.path: asset for asset in assets().values()}


def static_url(name: str) -> str:
    """The address of a file of `static/`. Raises KeyError when there is none: a misspelt name shows at once."""
    return f"/static/{assets()[name].path}"


def static_integrity(name: str) -> str:
    """What a browser compares a file of `static/` with before it runs it (W3C Subresource Integrity)."""
    return f"sha256-{b64encode(hashlib.sha256(assets()[name].bodies['identity']).digest()).decode()}"


@cache
def icon_address() -> str:
    """The site's icon as an address that holds it: one request less on every first visit."""
    drawing = (FOLDER / "icon.svg").read_text().strip()
    return "data:image/svg+xml," + quote(drawing, safe="/:=,")


def choose_coding(accepted: str, offered: Mapping[str, bytes]) -> str:
    """The smallest body that an `Accept-Encoding` header allows; plain bytes when it allows none (RFC 9110, 12.5.3)."""
    weights = {}
    for part in accepted.lower().split(","):
        coding, _semicolon, parameter = part.partition(";")
        weights[coding.strip()] = _weight(parameter.partition("=")[2])
    allowed = [coding for coding in offered if weights.get(coding, weights.get("*", 0)) > 0]
    return min(allowed, key=lambda coding: len(offered[coding]), default="identity")


def _weight(text: str) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 0


def matches(header: str, etag: str) -> bool:
    """Whether an `If-None-Match` header names `etag`: the browser has those very bytes."""
    return header.strip() == "*" or etag in (tag.strip().removeprefix("W/") for tag in header.split(","))


@route("/static/{path:path}", http_method=[HttpMethod.GET, HttpMethod.HEAD], name="static")
async def serve_file(request: Request[Any, Any, Any], path: FromPath[Path]) -> Response[bytes]:
    asset = _published().get(path.as_posix().lstrip("/"))
    if asset is None:
        raise NotFoundException
    coding = choose_coding(request.headers.get("accept-encoding", ""), asset.bodies)
    etag = f'"{asset.digest}-{coding}"'
    headers = {"Cache-Control": FOREVER, "ETag": etag, "Vary": "Accept-Encoding"}
    if matches(request.headers.get("if-none-match", ""), etag):
        return Response(b"", status_code=304, headers=headers)
    if coding != "identity":
        headers["Content-Encoding"] = coding
    return Response(asset.bodies[coding], media_type=asset.content_type, headers=headers)


@get("/robots.txt", media_type="text/plain")
async def robots() -> Response[str]:
    return Response(ROBOTS, headers={"Cache-Control": A_DAY})


@get("/favicon.ico")
async def favicon() -> Redirect:
    """For browsers that ask before they have read the page's own icon."""
    return Redirect(static_url("icon.svg"), status_code=302, headers={"Cache-Control": A_DAY})


router = Router("/", route_handlers=[serve_file, robots, favicon])
