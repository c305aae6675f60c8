"""Who acts: the person behind a request, or the product itself."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks for a page or an act. `accounts` makes one for every request.

    person_id: None while anonymous (and for the scheduler).
    session: id of the browser's session, or None when it has none.
    stepped_up_at: when identity was last proved afresh in this session.
    """

    person_id: UUID | None = None
    name: str = ""
    email: str = ""
    session: UUID | None = None
    stepped_up_at: datetime | None = None

    @property
    def is_signed_in(self) -> bool:
        return self.person_id is not None

    @property
    def id(self) -> UUID:
        """The person's id. Raises LookupError while anonymous: guards come first."""
        if self.person_id is None:
            raise LookupError("nobody is signed in")
        return self.person_id


ANONYMOUS = Actor()
SCHEDULER = Actor(name="scheduler")
