"""Notes that the secretariat makes for itself: the council never sees them."""

from uuid import UUID, uuid4

from awards import audit
from awards.clock import Clock
from awards.db import transaction
from awards.screening import steps
from awards.screening.tables import StaffNote
from awards.web.identity import Actor


async def add_note(nomination_id: UUID, text: str, *, by: Actor, clock: Clock) -> None:
    """Note something about a nomination, whatever its state. A note is never changed: the next one corrects it."""
    async with transaction():
        await steps.locked(nomination_id)
        now = clock.now()
        await StaffNote(id=uuid4(), nomination=nomination_id, text=text, by=by.person_id, at=now).save()
        await audit.append("screening.noted", by=by, at=now, nomination=nomination_id)
