"""`awards mail list` and `awards mail retry`."""

from uuid import UUID

import click

from awards.administration.installation import INSTALLER
from awards.cli.tools import with_database
from awards.clock import SystemClock
from awards.db import Database
from awards.errors import NotFound
from awards.outbox.actions import send_again
from awards.outbox.queries import unsent_mails
from awards.outbox.tables import Mail
from awards.settings import Settings


@click.group("mail")
def mail() -> None:
    """Mails that have not gone out."""


@mail.command("list")
def list_mails() -> None:
    """List the mails that wait (queued) or were given up (dead)."""

    async def work(_database: Database, _settings: Settings) -> list[Mail]:
        return await unsent_mails()

    mails = with_database(work)
    for each in mails:
        click.echo(f"{each.id}  {each.state:<6}  {each.attempts:>2} attempts  {each.recipient}  {each.template}")
        if each.last_error:
            click.echo(f"    {each.last_error}")
    if not mails:
        click.echo("Every mail has gone out.")


@mail.command()
@click.argument("mail_id", metavar="[ID]", type=click.UUID, required=False)
def retry(mail_id: UUID | None) -> None:
    """Send mail ID again, or all that were given up. The running server sends them within seconds."""

    async def work(_database: Database, _settings: Settings) -> int:
        ids = [mail_id] if mail_id else [each.id for each in await unsent_mails() if each.state == "dead"]
        for each in ids:
            await send_again(each, by=INSTALLER, clock=SystemClock())
        return len(ids)

    try:
        count = with_database(work)
    except NotFound as error:
        raise click.ClickException("There is no such mail.") from error
    click.echo(f"Queued {count} mails.")
