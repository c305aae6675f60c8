"""`awards init` and `awards people invite`."""

from uuid import UUID, uuid4

import click
from email_validator import EmailNotValidError, validate_email

from awards.accounts.links import link_token
from awards.accounts.staff import invite
from awards.accounts.tables import Person
from awards.administration.installation import INSTALLER, Misconfigured, establish
from awards.cli.tools import with_database
from awards.clock import Clock, SystemClock
from awards.councils.actions import CouncilDetails, found_council
from awards.councils.rules import slug_of
from awards.db import Database, transaction
from awards.settings import Settings


class EmailAddress(click.ParamType[str]):
    """An e-mail address, in lower case."""

    name = "e-mail"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return validate_email(str(value), check_deliverability=False).normalized.lower()
        except EmailNotValidError as error:
            self.fail(str(error), param, ctx)


@click.command()
@click.option("--council", prompt="Name of the council", help="Such as Integrationsrådet.")
@click.option("--municipality", prompt="Name of the municipality", help="Such as Køge Kommune.")
@click.option("--council-email", type=EmailAddress(), prompt="The council's e-mail address")
@click.option("--phone", prompt="The council's phone number")
@click.option("--secretary", prompt="Name of the secretary")
@click.option("--email", type=EmailAddress(), prompt="The secretary's e-mail address")
@click.option("--slug", default="", help="The council's address on the site; made from its name otherwise.")
def init(
    council: str, municipality: str, council_email: str, phone: str, secretary: str, email: str, slug: str
) -> None:
    """Set up a council and its first secretary, and print the secretary's invitation.

    The secretary does everything else on the site. Run it once more for another council.
    """
    details = CouncilDetails(
        name=council.strip(),
        municipality=municipality.strip(),
        email=council_email,
        phone=phone.strip(),
        address="",
        accent=1,
        legal_basis="",
        data_protection_officer="",
        quorum_rule="half",
        quorum_number=None,
        tie_rule="chair",
        ballots_kept_days=28,
        nominations_kept_months=12,
    )

    async def work(_database: Database, settings: Settings) -> tuple[str, str]:
        clock = SystemClock()
        installation = await establish(settings, clock=clock)
        if installation.demonstration:
            raise Misconfigured("This database holds the demonstration. Use another one (AWARDS_DATA or DATABASE_URL).")
        person = await _find_or_add(secretary.strip(), email, clock)
        address = slug or slug_of(council)
        founded = await found_council(uuid4(), address, details, secretary=person, by=INSTALLER, clock=clock)
        return f"{settings.base_url}/{founded.slug}", await _invitation(person, founded.id, settings, clock)

    address, link = with_database(work)
    click.echo(f"The council is at {address}")
    click.echo(f"Give the secretary this link; it is for one use, and is mailed too:\n{link}")


@click.group()
def people() -> None:
    """People who sign in."""


@people.command("invite")
@click.argument("email", type=EmailAddress())
def invite_person(email: str) -> None:
    """Print a new invitation for somebody who is known already, such as a secretary who lost the password."""

    async def work(_database: Database, settings: Settings) -> str:
        person = await Person.objects().where(Person.email == email).first()
        if person is None:
            raise Misconfigured(f"Nobody has the address {email}. A secretary adds people on the site.")
        if person.disabled_at is not None:
            raise Misconfigured(f"The access of {email} is closed. A secretary opens it again on the site.")
        return await _invitation(person.id, None, settings, SystemClock())

    click.echo(f"This link is for one use, and is mailed too:\n{with_database(work)}")


async def _find_or_add(name: str, email: str, clock: Clock) -> UUID:
    async with transaction():
        known = await Person.objects().where(Person.email == email).first()
        if known is not None:
            return known.id
        person = Person(name=name, email=email, created_at=clock.now())
        await person.save()
        return person.id


async def _invitation(person: UUID, council: UUID | None, settings: Settings, clock: Clock) -> str:
    link = await invite(person, council=council, by=INSTALLER, clock=clock)
    return f"{settings.base_url}/invitation/{await link_token(link, settings)}"
