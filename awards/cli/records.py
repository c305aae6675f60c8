"""`awards tally`, `awards audit verify`, `awards backup` and `awards restore`."""

import json
from pathlib import Path

import click

from awards.administration.audit import Verified, verify_all
from awards.audit.chain import ChainBroken
from awards.cli.tools import refusals_in_words, settings_from_environment, with_database
from awards.counting.files import BadFile, tally_file
from awards.db import Database
from awards.db import backup as database_backup
from awards.settings import Settings


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def tally(file: Path) -> None:
    """Count the ballots in FILE, without server or database, and print the results as JSON."""
    try:
        results = tally_file(file)
    except BadFile as error:
        raise click.ClickException(str(error)) from error
    click.echo(json.dumps(results, ensure_ascii=False, indent=2))


@click.group()
def audit() -> None:
    """The chain of what was done."""


@audit.command()
@click.option("--head", help="A head that you kept, for example from a mail: it must be in the chain.")
def verify(head: str | None) -> None:
    """Recompute the chain and check every closed vote against it."""

    async def work(_database: Database, _settings: Settings) -> Verified:
        return await verify_all(head.strip().lower() if head else None)

    try:
        found = with_database(work)
    except ChainBroken as error:
        raise click.ClickException(f"The chain is not whole: {error}") from error
    for fault in found.faults:
        click.echo(fault, err=True)
    if found.faults:
        raise click.ClickException("The records do not fit the chain.")
    click.echo(f"The chain is whole: {found.links} records, {found.polls} votes checked.\nHead: {found.head}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Write the database to FILE, while it is in use. Keys are not in it: copy AWARDS_KEY_DIR elsewhere."""
    with refusals_in_words():
        database_backup.backup(settings_from_environment(), file)
    click.echo(f"Wrote {file}.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace a database that holds data.")
def restore(file: Path, *, force: bool) -> None:
    """Replace the database by the backup FILE. Stop the server first."""
    with refusals_in_words():
        database_backup.restore(settings_from_environment(), file, force=force)
    click.echo(f"Restored {file}. Run: awards doctor")
