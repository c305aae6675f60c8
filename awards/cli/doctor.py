"""`awards doctor`."""

import click

from awards.administration.doctor import Finding, examine_database, examine_settings
from awards.cli.tools import settings_from_environment, with_database
from awards.db import Database
from awards.settings import Settings

MARKS = {"wrong": ("✗", "red"), "doubtful": ("!", "yellow"), "fine": ("✓", "green")}


@click.command()
@click.pass_context
def doctor(context: click.Context) -> None:
    """Tell in words what is misconfigured; exit status 1 when something is wrong."""

    async def work(database: Database, settings: Settings) -> list[Finding]:
        return await examine_database(database, settings)

    findings = list(examine_settings(settings_from_environment()))
    try:
        findings += with_database(work, migrated=False)
    except Exception as error:  # whatever the driver raises, it is what the doctor is asked about
        findings.append(Finding("wrong", f"The database does not answer: {error}"))
    for state, text in findings:
        mark, colour = MARKS[state]
        click.echo(f"{click.style(mark, fg=colour)} {text}")
    context.exit(1 if any(finding.state == "wrong" for finding in findings) else 0)
