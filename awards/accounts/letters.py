"""What the mails of this room are given."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from awards.accounts.cards import has_card
from awards.accounts.links import link_token
from awards.accounts.tables import Link, Passkey, Person
from awards.accounts.words import device_name
from awards.errors import NotFound
from awards.outbox.letters import address, letter
from awards.settings import Settings


@letter("accounts/sign-in")
async def sign_in(context: dict[str, Any], settings: Settings) -> dict[str, Any]:
    """way: how this person signs in: by `card`, by `password`, with a `device` alone, or with `nothing` yet. has_saved:
    a saved device does it too."""
    link = await _link(context["link"])
    person = await Person.objects().get(Person.id == link.subject)
    if person is None:
        raise NotFound
    back = context["back"]
    query = f"?{urlencode({'next': back})}" if back else ""
    has_saved = await Passkey.exists().where(Passkey.person == person.id)
    if await has_card(person.id):
        way, path = "card", f"/log-ind/link/{await link_token(link.id, settings)}"
    elif person.password_hash:
        way, path = "password", "/log-ind/adgangskode"
    elif has_saved:
        way, path = "device", "/log-ind"
    else:
        way, path = "nothing", ""
    return {"way": way, "has_saved": has_saved, "link": address(settings, path + query)}


@letter("accounts/invitation")
async def invitation(context: dict[str, Any], settings: Settings) -> dict[str, Any]:
    link = await _link(context["link"])
    token = await link_token(link.id, settings)
    by = context["inviter"]
    inviter = await Person.objects().get(Person.id == UUID(by)) if by else None
    return {
        "link": address(settings, f"/invitation/{token}"),
        "expires_at": link.expires_at,
        "inviter": inviter.name if inviter else "",
    }


@letter("accounts/device-saved")
@letter("accounts/device-removed")
async def device(context: dict[str, Any], settings: Settings) -> dict[str, Any]:
    return {"device": device_name(context["device"]), "link": address(settings, "/mine-enheder")}


async def _link(link_id: str) -> Link:
    link = await Link.objects().get(Link.id == UUID(link_id))
    if link is None:
        raise NotFound
    return link
