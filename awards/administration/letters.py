"""What the mails about access that takes two people are given."""

from typing import Any
from uuid import UUID

from awards.accounts.tables import Person
from awards.administration.tables import AccessRequest
from awards.councils.tables import Council
from awards.errors import NotFound
from awards.outbox.letters import address, letter
from awards.settings import Settings


@letter("administration/access-asked")
@letter("administration/access-notice")
@letter("administration/access-answered")
async def access(context: dict[str, Any], settings: Settings) -> dict[str, Any]:
    """kind: `card` or `address`; state: as it was when the mail was written. The new address is in none of them."""
    request = await AccessRequest.objects().get(AccessRequest.id == UUID(context["request"]))
    person = await Person.objects().get(Person.id == request.person) if request else None
    council = await Council.objects().get(Council.id == request.council) if request else None
    if request is None or person is None or council is None:
        raise NotFound
    return {
        "kind": context["kind"],
        "state": context["state"],
        "person": person.name,
        "phone": council.phone or council.email,
        "requests": address(settings, f"/{council.slug}/anmodninger"),
        "page": address(settings, f"/{council.slug}/personer/{person.id}"),
    }
