"""The council's logo, which stands at the top of its pages."""

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from uuid import UUID

from awards import audit
from awards.clock import Clock
from awards.councils.actions import lock_council
from awards.councils.tables import Council, Logo
from awards.db import transaction
from awards.errors import NotFound
from awards.pictures import paint
from awards.web.identity import Actor

# Twice what is shown, for sharp screens.
LARGEST = (240, 96)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A logo as it is kept: PNG, and its size in CSS pixels."""

    picture: bytes
    width: int
    height: int

    @property
    def name(self) -> str:
        """Another one for every picture, so that browsers may keep what they have for ever."""
        return sha256(self.picture).hexdigest()[:16]


async def draw(data: bytes) -> Drawn:
    """Raises FileRefused for anything but a picture that can be read."""
    canvas, out = await paint(data, LARGEST), BytesIO()
    canvas.save(out, "PNG", optimize=True)
    return Drawn(out.getvalue(), max(1, canvas.width // 2), max(1, canvas.height // 2))


async def set_logo(council_id: UUID, logo: Drawn | None, *, by: Actor, clock: Clock) -> None:
    """Show `logo`, or the product's own mark for None. Raises NotFound."""
    async with transaction():
        await lock_council(council_id)
        await Logo.delete().where(Logo.council == council_id)
        if logo is not None:
            await Logo(council=council_id, picture=logo.picture).save()
        await Council.update(
            {
                Council.logo: logo.name if logo else "",
                Council.logo_width: logo.width if logo else 0,
                Council.logo_height: logo.height if logo else 0,
            }
        ).where(Council.id == council_id)
        await audit.append("councils.logo_changed", by=by, at=clock.now(), council=council_id)


async def logo_bytes(council: Council, name: str) -> bytes:
    """The picture of that name. Raises NotFound for one that is no longer shown."""
    found = await Logo.objects().where(Logo.council == council.id).first() if name == council.logo else None
    if found is None:
        raise NotFound
    return bytes(found.picture)
