"""A winner's photo: painted anew without metadata, in a large and a small size."""

import asyncio
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

from awards.pictures import FileRefused, prepare
from awards.web.i18n import N_

LARGE = (1600, 1200)
SMALL = (640, 480)


@dataclass(frozen=True, slots=True)
class Developed:
    """Two JPEG sizes of one photo, cropped to the same shape (4:3)."""

    large: bytes
    small: bytes


async def develop(name: str, data: bytes) -> Developed:
    """Raises FileRefused for anything but a picture that can be read."""
    ready = await prepare(name, data)
    if ready.media_type != "image/jpeg":
        raise FileRefused(N_("Choose a picture as JPEG, PNG or WebP."))
    return await asyncio.to_thread(_crop, ready.data)


def _crop(data: bytes) -> Developed:
    with Image.open(BytesIO(data), formats=("JPEG",)) as picture:
        return Developed(*(_encoded(ImageOps.fit(picture, size)) for size in (LARGE, SMALL)))


def _encoded(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=82, optimize=True, progressive=True)
    return out.getvalue()
