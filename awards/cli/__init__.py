"""The command line: `awards --help` tells the commands."""

import click

from awards.cli.ballots import ballots
from awards.cli.demonstration import demo
from awards.cli.doctor import doctor
from awards.cli.mails import mail
from awards.cli.operate import migrate, serve
from awards.cli.records import audit, backup, restore, tally
from awards.cli.setup import init, people
from awards.cli.tools import CONTEXT


@click.group(context_settings=CONTEXT)
def main() -> None:
    """Nominations, secret votes and winners for a council's prizes.

    The settings are environment variables; the README lists them.
    """


for command in (audit, backup, ballots, demo, doctor, init, mail, migrate, people, restore, serve, tally):
    main.add_command(command)
