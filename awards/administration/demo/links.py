"""One-time sign-in links of the demonstration's people, who need no password there."""

from dataclasses import asdict, dataclass
from datetime import timedelta

from awards.accounts.links import link_token, make_link
from awards.accounts.tables import Person
from awards.administration.demo.people import EVERYBODY
from awards.clock import Clock
from awards.db import transaction
from awards.settings import Settings

PURPOSE = "demo"
PATH = "/log-ind/demonstration/"
VALID = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class SignInLink:
    """`key` is the role's name for scripts."""

    key: str
    name: str
    email: str
    url: str

    def to_json(self) -> dict[str, str]:
        return asdict(self)


async def sign_in_links(settings: Settings, clock: Clock) -> list[SignInLink]:
    """A new link for each person of the demonstration; older ones go on working until they are used."""
    now = clock.now()
    people = {person.email: person for person in await Person.objects()}
    links = []
    for role in EVERYBODY:
        async with transaction():
            link = await make_link(PURPOSE, people[role.email].id, now=now, expires_at=now + VALID)
        token = await link_token(link, settings)
        links.append(SignInLink(role.key, role.name, role.email, f"{settings.base_url}{PATH}{token}"))
    return links
