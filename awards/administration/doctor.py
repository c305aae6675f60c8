"""What is misconfigured, in words for who operates the product."""

import os
import stat
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from awards.administration.installation import LOOPBACK
from awards.administration.tables import Installation
from awards.ballots.keys import missing
from awards.ballots.tables import Poll
from awards.councils.tables import Council
from awards.counting.due import waiting_for_scrub
from awards.counting.faults import faults_of
from awards.counting.recorded import recorded_of
from awards.db import Database
from awards.db.migrate import pending_migrations
from awards.keyfiles import fingerprint
from awards.outbox.delivery import SmtpAddress
from awards.outbox.tables import Mail
from awards.settings import Settings


class Finding(NamedTuple):
    """wrong: it will not work. doubtful: it works, and is probably not what is meant. fine: as it should be."""

    state: Literal["wrong", "doubtful", "fine"]
    text: str


def examine_settings(settings: Settings) -> Iterator[Finding]:
    """What can be said without a database."""
    address = urlsplit(settings.base_url)
    if address.scheme not in ("http", "https") or not address.hostname:
        yield Finding("wrong", f"AWARDS_BASE_URL is {settings.base_url!r}: it must begin with http:// or https://.")
    elif address.path or address.query:
        yield Finding("wrong", "AWARDS_BASE_URL has a path: the product needs a host name of its own.")
    elif address.scheme == "http" and address.hostname not in LOOPBACK:
        yield Finding(
            "wrong", "AWARDS_BASE_URL is not https: passwords would travel openly, and browsers refuse passkeys."
        )
    else:
        if _is_ip(address.hostname):
            yield Finding("doubtful", "AWARDS_BASE_URL is an IP address: phones save passkeys for host names only.")
        yield Finding("fine", f"People reach it at {settings.base_url}.")
    if address.hostname not in LOOPBACK and settings.host in LOOPBACK and not settings.trusted_proxy:
        yield Finding(
            "doubtful",
            "Requests seem to come through a proxy on this machine, and AWARDS_TRUSTED_PROXY does not name it: "
            "everybody then shares one limit of attempts.",
        )
    yield from _keys(settings)
    yield from _mail(settings)
    if settings.data_dir.exists() and not os.access(settings.data_dir, os.W_OK):
        yield Finding("wrong", f"AWARDS_DATA ({settings.data_dir}) cannot be written.")


async def examine_database(database: Database, settings: Settings) -> list[Finding]:
    """What the database tells."""
    pending = await pending_migrations(database)
    if pending:
        return [Finding("wrong", f"{len(pending)} migrations have not run. Run: awards migrate")]
    found = [Finding("fine", f"The database answers ({'SQLite' if database.is_sqlite else 'PostgreSQL'}).")]
    installation = await Installation.objects().first()
    if installation is not None and installation.key_fingerprint != fingerprint(settings.key_dir):
        found.append(Finding("wrong", "AWARDS_KEY_DIR holds the keys of another database."))
    for poll in await Poll.objects().where(Poll.state.is_in(["open", "closed"])):
        needs = "an open vote needs" if poll.state == "open" else "the count of a closed vote needs"
        for name in missing(settings.key_dir, poll.id):
            found.append(Finding("wrong", f"AWARDS_KEY_DIR lacks {name}, which {needs}: fetch it from the backup."))
        for fault in await faults_of(poll, await recorded_of(poll.id)):
            found.append(Finding("wrong", f"Somebody altered the vote {poll.id}, so it is not counted: {fault}."))
    for poll_id in await waiting_for_scrub():
        found.append(
            Finding(
                "doubtful",
                f"The slots of the closed vote {poll_id} are deleted and not overwritten yet. It is tried again "
                "while the server runs; a transaction left open, or a replica, keeps it from being done.",
            )
        )
    if installation is not None and installation.demonstration:
        found.append(Finding("doubtful", "This is the demonstration: mails are not sent, and anybody can sign in."))
    if not await Council.exists():
        found.append(Finding("doubtful", "There is no council yet. Run: awards init"))
    dead = await Mail.count().where(Mail.state == "dead")
    if dead:
        found.append(Finding("doubtful", f"{dead} mails were given up. See: awards mail list"))
    return found


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _keys(settings: Settings) -> Iterator[Finding]:
    directory = settings.key_dir
    if not directory.is_dir():
        yield Finding("doubtful", f"AWARDS_KEY_DIR ({directory}) is not there yet; it is made at the first start.")
        return
    if stat.S_IMODE(directory.stat().st_mode) & 0o077:
        yield Finding("wrong", f"Others may read AWARDS_KEY_DIR. Run: chmod 700 {directory}")
    if directory.resolve().is_relative_to(settings.data_dir.resolve()):
        yield Finding(
            "doubtful",
            "AWARDS_KEY_DIR lies inside AWARDS_DATA: a backup of that folder would hold ballots and their keys. "
            "Move the keys elsewhere in production.",
        )


def _mail(settings: Settings) -> Iterator[Finding]:
    if not settings.smtp_url:
        yield Finding(
            "doubtful", f"AWARDS_SMTP_URL is not set: mails are written to {settings.data_dir}/mails, not sent."
        )
        return
    try:
        server = SmtpAddress.parse(settings.smtp_url)
    except ValueError as error:
        yield Finding("wrong", str(error))
        return
    if server.scheme == "smtp" and server.host not in LOOPBACK:
        yield Finding("doubtful", "AWARDS_SMTP_URL is smtp://: mails travel openly. Use smtp+starttls:// or smtps://.")
    if not settings.mail_from:
        yield Finding("doubtful", "AWARDS_MAIL_FROM is not set: mails are sent from each council's own address.")
    yield Finding("fine", f"Mails go out through {server.host}.")
