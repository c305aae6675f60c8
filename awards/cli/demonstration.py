"""`awards demo`: the demonstration and its sign-in links."""

import json

import click

from awards.administration.demo import STAGES, load_demonstration
from awards.administration.demo.links import SignInLink, sign_in_links
from awards.administration.installation import Misconfigured, is_demonstration
from awards.cli.tools import with_database
from awards.clock import SystemClock
from awards.db import Database
from awards.settings import Settings


@click.command()
@click.option("--stage", type=click.Choice(list(STAGES)), default="nominating", show_default=True)
@click.option("--links", "only_links", is_flag=True, help="Only print new sign-in links.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def demo(stage: str, *, only_links: bool, as_json: bool) -> None:
    """Load the demonstration into an empty database and print a sign-in link for each role.

    When it is loaded already, it stays as it is and new links are printed.
    """

    async def work(_database: Database, settings: Settings) -> tuple[str, bool, list[SignInLink]]:
        clock = SystemClock()
        loaded = not await is_demonstration()
        if loaded:
            if only_links:
                raise Misconfigured("This database does not hold the demonstration.")
            await load_demonstration(stage, settings, clock)
        return settings.base_url, loaded, await sign_in_links(settings, clock)

    address, loaded, links = with_database(work)
    if as_json:
        document = {
            "address": address,
            "loaded": stage if loaded else None,
            "links": [each.to_json() for each in links],
        }
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    click.echo(f"The demonstration is {'loaded' if loaded else 'there already'}: {address}\n")
    click.echo("Sign-in links, each for one use. Open them in different browsers or private windows:\n")
    for link in links:
        click.echo(f"  {link.name:<28} {link.url}")
