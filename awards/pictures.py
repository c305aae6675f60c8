"""Uploaded files made safe: a PDF by its first bytes, a picture painted anew without metadata."""

import asyncio
import re
import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from awards.web.i18n import N_

LARGEST = 10 * 1024 * 1024
MOST_PIXELS = 60_000_000
# Longest side of a picture kept, in pixels: enough for a full page in print.
LONGEST_SIDE = 2400
FORMATS = ("JPEG", "PNG", "WEBP")
NAME_LENGTH = 100

# Painting takes a core and much memory: two at a time is enough.
_painters = asyncio.Semaphore(2)


class FileRefused(ValueError):
    """The file cannot be taken; the message is of the catalogue."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A file that may be kept."""

    name: str
    media_type: str
    data: bytes


async def prepare(name: str, data: bytes) -> Ready:
    """Make an uploaded file safe to keep. Raises FileRefused."""
    if len(data) > LARGEST:
        raise FileRefused(N_("A file may be at most 10 MB."))
    if data[:5] == b"%PDF-":
        return Ready(safe_name(name, "pdf"), "application/pdf", data)
    async with _painters:
        painted = await asyncio.to_thread(_as_jpeg, data)
    return Ready(safe_name(name, "jpg"), "image/jpeg", painted)


def safe_name(name: str, extension: str) -> str:
    """The file's own name without folders, control characters or tricks of direction, and with its true ending."""
    last = re.split(r"[/\\]", name)[-1]
    printable = "".join(sign for sign in last if sign.isprintable() and sign not in '"<>|:*?')
    stem = re.sub(r"\.\w{1,5}$", "", printable).strip(" .")
    return f"{stem[:NAME_LENGTH] or 'bilag'}.{extension}"


async def paint(data: bytes, largest: tuple[int, int]) -> Image.Image:
    """The picture, painted anew within `largest` pixels. Raises FileRefused."""
    if len(data) > LARGEST:
        raise FileRefused(N_("A file may be at most 10 MB."))
    async with _painters:
        return await asyncio.to_thread(_paint, data, largest)


def _paint(
    data: bytes, largest: tuple[int, int], wanted: str = N_("Choose a picture as JPEG, PNG or WebP.")
) -> Image.Image:
    """The picture on white: no metadata, no hidden content, upright, not larger than needed.

    wanted: what to say of something else.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=FORMATS) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise FileRefused(N_("The picture is too large. Choose a smaller one."))
                picture.draft("RGB", largest)
                upright = ImageOps.exif_transpose(picture)
                upright.thumbnail(largest)
                canvas = Image.new("RGB", upright.size, "white")
                rgba = upright.convert("RGBA")
                canvas.paste(rgba, mask=rgba.getchannel("A"))
                return canvas
    except FileRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise FileRefused(N_("The picture is too large. Choose a smaller one.")) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        # Pillow raises SyntaxError for broken PNG files.
        raise FileRefused(wanted) from None


def _as_jpeg(data: bytes) -> bytes:
    painted = _paint(data, (LONGEST_SIDE, LONGEST_SIDE), N_("Choose a PDF file, or a picture as JPEG, PNG or WebP."))
    out = BytesIO()
    painted.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()
