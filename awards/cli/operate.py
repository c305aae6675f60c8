"""`awards serve` and `awards migrate`."""

import click

from awards.administration.installation import ready_to_serve
from awards.cli.server import run_server
from awards.cli.tools import refusals_in_words, run, settings_from_environment, with_database
from awards.clock import SystemClock
from awards.db import Database, connect
from awards.db import migrate as database_migrations
from awards.settings import Settings
from awards.web.logs import configure_logs


@click.command()
def migrate() -> None:
    """Bring the database up to date with this version."""

    async def work(database: Database, _settings: Settings) -> list[str]:
        return await database_migrations.migrate(database)

    done = with_database(work, migrated=False)
    click.echo(f"Ran {len(done)} migrations." if done else "Nothing to migrate.")


@click.command()
def serve() -> None:
    """Serve the product until stopped; running requests are finished first."""
    settings = settings_from_environment()

    async def check() -> None:
        async with connect(settings) as database:
            await ready_to_serve(database, settings, clock=SystemClock())

    run(check())
    configure_logs()
    with refusals_in_words():
        run_server(settings)
