"""`awards ballots list`, `awards ballots export` and `awards ballots receipt`."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from awards.ballots.keys import KeyMissing, receipt_key
from awards.ballots.receipts import BadReceipt, read_receipt
from awards.ballots.tables import Box, Poll
from awards.cli.tools import with_database
from awards.clock import SystemClock
from awards.counting.exporting import export_ballots
from awards.counting.exports import Export, to_csv, to_soi
from awards.db import Database
from awards.errors import NotFound
from awards.settings import Settings
from awards.web.identity import Actor

FORMATS: dict[str, Callable[[Export], bytes]] = {"csv": to_csv, "soi": to_soi}


@click.group()
def ballots() -> None:
    """The ballots of votes that are counted."""


@ballots.command("list")
def list_polls() -> None:
    """The votes that were opened: id, state, prize and year."""

    async def work(_database: Database, _settings: Settings) -> list[str]:
        prize: Any = Poll.prize  # Piccolo makes a foreign key's columns at run time.
        polls = await Poll.objects(prize, prize.round).where(Poll.opens_at.is_not_null()).order_by(Poll.opens_at)
        return [f"{poll.id}  {poll.state:9}  {poll.prize.title} {poll.prize.round.year}" for poll in polls]

    for line in with_database(work):
        click.echo(line)


@ballots.command()
@click.argument("poll", type=click.UUID)
@click.option("--format", "kind", type=click.Choice(list(FORMATS)), default="csv", show_default=True)
@click.option("--output", type=click.Path(path_type=Path), help="The file to write; otherwise it is printed.")
def export(poll: UUID, kind: str, output: Path | None) -> None:
    """Write the ballots of a counted vote for a recount. It needs the keys of the vote, and stands in the chain."""

    async def work(_database: Database, settings: Settings) -> Export:
        return await export_ballots(poll, key_dir=settings.key_dir, by=Actor(name="command line"), clock=SystemClock())

    try:
        written = FORMATS[kind](with_database(work))
    except (KeyMissing, ValueError) as error:
        raise click.ClickException(str(error)) from error
    except NotFound:
        raise click.ClickException(f"There is no vote {poll}.") from None
    if output:
        output.write_bytes(written)
    else:
        sys.stdout.buffer.write(written)


@ballots.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def receipt(file: Path) -> None:
    """Check the receipt in FILE: is it ours and unaltered, and does its envelope lie in the ballot box?"""

    written = file.read_bytes()

    async def work(_database: Database, settings: Settings) -> str:
        told = read_receipt(written, receipt_key(settings.key_dir).public_key())
        if await Box.exists().where(Box.t1 == told.t1, Box.poll == UUID(told.poll)):
            return "The receipt is ours, and its envelope lies in the ballot box."
        if await Poll.exists().where(Poll.id == UUID(told.poll), Poll.state == "open"):
            return "The receipt is ours. The vote is open still: nothing lies in the ballot box before the close."
        return (
            "The receipt is ours. Its envelope does not lie in the ballot box: a later vote of the same member "
            "replaced it. If this is their newest receipt, somebody took it out."
        )

    try:
        click.echo(with_database(work))
    except BadReceipt as error:
        raise click.ClickException(f"{file}: {error}") from error
