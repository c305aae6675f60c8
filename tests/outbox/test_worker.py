"""Mail goes out once, is tried again when that can help, and is given up when it cannot."""

import asyncio
import ssl
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from awards.db import Database, transaction
from awards.errors import NotFound
from awards.outbox import enqueue
from awards.outbox.delivery import FileTransport, SmtpTransport, mail_folder
from awards.outbox.letters import LOADERS
from awards.outbox.rules import ATTEMPTS, LEASE
from awards.outbox.tables import Mail
from awards.outbox.worker import lease_next, send_due
from awards.settings import Settings
from tests.builders import FakeClock, a_council
from tests.outbox.conftest import MailServer

pytestmark = pytest.mark.usefixtures("db", "letters")


async def queue(clock: FakeClock, **options: Any) -> UUID:
    async with transaction():
        return await enqueue(
            "test/hello", to="nominator@example.dk", name="Åse", reference="2026-K7QF", now=clock.now(), **options
        )


async def the_mail() -> Mail:
    mail = await Mail.objects().first()
    assert mail is not None
    return mail


def smtp(server: MailServer) -> SmtpTransport:
    return SmtpTransport(f"smtp://127.0.0.1:{server.port}")


async def test_a_mail_arrives_with_everything_that_makes_it_trustworthy(
    settings: Settings, clock: FakeClock, mail_server: MailServer
) -> None:
    council = await a_council()
    mail_id = await queue(clock, council=council.id)
    await send_due(settings, clock, smtp(mail_server))
    [message] = mail_server.accepted
    assert message["Subject"] == "Hej Åse (2026-K7QF)"
    assert str(message["To"]) == "Åse <nominator@example.dk>"
    assert str(message["From"]) == "Integrationsrådet <integrationsraad@example.dk>"
    assert str(message["Reply-To"]) == "Integrationsrådet <integrationsraad@example.dk>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == f"<{mail_id}@localhost>"
    assert message["Date"].datetime == clock.now()
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert isinstance(text, EmailMessage)
    assert isinstance(html, EmailMessage)
    assert "Tak for <alt>, æblegrød & hjælp." in text.get_content()
    assert "Tak for &lt;alt&gt;, æblegrød &amp; hjælp." in html.get_content()
    assert '<a href="https://example.dk/b/1"' in html.get_content()
    assert (await the_mail()).state == "sent"


async def test_the_senders_address_can_be_set_for_the_installation(
    settings: Settings, clock: FakeClock, mail_server: MailServer
) -> None:
    council = await a_council()
    await queue(clock, council=council.id)
    own = Settings(data_dir=settings.data_dir, key_dir=settings.key_dir, mail_from="priser@koege.example")
    await send_due(own, clock, smtp(mail_server))
    [message] = mail_server.accepted
    assert str(message["From"]) == "Integrationsrådet <priser@koege.example>"
    assert str(message["Reply-To"]) == "Integrationsrådet <integrationsraad@example.dk>"
    assert message["Message-ID"].endswith("@koege.example>")


async def test_a_busy_server_is_asked_again_later_with_the_same_message_id(
    settings: Settings, clock: FakeClock, mail_server: MailServer
) -> None:
    await queue(clock)
    mail_server.replies = ["451 Try again later"]
    await send_due(settings, clock, smtp(mail_server))
    first = await the_mail()
    assert (first.state, first.attempts, first.last_error) == ("queued", 1, "451 Try again later")
    assert await send_due(settings, clock, smtp(mail_server)) == 0
    clock.advance(timedelta(minutes=1))
    await send_due(settings, clock, smtp(mail_server))
    assert [message["Message-ID"] for message in mail_server.accepted] == [first.message_id]
    assert ((await the_mail()).state, (await the_mail()).last_error) == ("sent", "")


async def test_a_refused_address_is_a_dead_letter_at_once(
    settings: Settings, clock: FakeClock, mail_server: MailServer
) -> None:
    await queue(clock)
    mail_server.replies = ["550 No such mailbox"]
    await send_due(settings, clock, smtp(mail_server))
    mail = await the_mail()
    assert (mail.state, mail.last_error) == ("dead", "550 No such mailbox")
    clock.advance(timedelta(days=1))
    assert await send_due(settings, clock, smtp(mail_server)) == 0


async def test_a_mail_is_given_up_after_enough_attempts(settings: Settings, clock: FakeClock) -> None:
    await queue(clock)
    for attempt in range(1, ATTEMPTS + 1):
        assert (await the_mail()).state == "queued", f"before attempt {attempt}"
        await send_due(settings, clock, SmtpTransport("smtp://127.0.0.1:9"))  # nobody listens there
        clock.advance(timedelta(hours=6))
    assert (await the_mail()).state == "dead"


async def test_a_mail_is_leased_to_one_worker_at_a_time(settings: Settings, clock: FakeClock, db: Database) -> None:
    for _number in range(5):
        await queue(clock)
    leased = await asyncio.gather(*(lease_next(settings, clock) for _worker in range(12)))
    ids = [mail.id for mail in leased if mail]
    assert len(ids) == len(set(ids)) == 5


async def test_a_worker_that_dies_after_sending_leaves_the_mail_to_be_sent_again_under_the_same_id(
    settings: Settings, clock: FakeClock, mail_server: MailServer
) -> None:
    await queue(clock)
    transport = smtp(mail_server)

    class Killed(BaseException):
        pass

    class KilledAfterwards(SmtpTransport):
        async def deliver(self, message: EmailMessage) -> None:
            await super().deliver(message)
            raise Killed

    with pytest.raises(Killed):
        await send_due(settings, clock, KilledAfterwards(f"smtp://127.0.0.1:{mail_server.port}"))
    assert await send_due(settings, clock, transport) == 0, "it is still leased"
    clock.advance(LEASE)
    assert await send_due(settings, clock, transport) == 1
    assert len({message["Message-ID"] for message in mail_server.accepted}) == 1
    assert (await the_mail()).state == "sent"


async def test_a_mail_about_something_erased_is_not_sent(
    settings: Settings, clock: FakeClock, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def gone(_context: dict[str, Any], _settings: Settings) -> dict[str, Any]:
        raise NotFound

    monkeypatch.setitem(LOADERS, "test/hello", gone)
    await queue(clock)
    await send_due(settings, clock, smtp(mail_server))
    assert not mail_server.accepted
    assert (await the_mail()).state == "dead"


async def test_a_letter_that_cannot_be_made_does_not_hold_up_the_others(
    settings: Settings, clock: FakeClock, mail_server: MailServer
) -> None:
    async with transaction():
        await enqueue("test/missing", to="somebody@example.dk", now=clock.now())
    clock.advance(timedelta(seconds=1))
    await queue(clock)
    await send_due(settings, clock, smtp(mail_server))
    assert len(mail_server.accepted) == 1


async def test_what_is_rolled_back_is_never_sent(settings: Settings, clock: FakeClock, mail_server: MailServer) -> None:
    with pytest.raises(ZeroDivisionError):
        async with transaction():
            await enqueue("test/hello", to="nominator@example.dk", now=clock.now())
            raise ZeroDivisionError
    assert await send_due(settings, clock, smtp(mail_server)) == 0


async def test_starttls_encrypts_and_verifies(
    settings: Settings,
    clock: FakeClock,
    start_server: Callable[..., MailServer],
    certificate: tuple[ssl.SSLContext, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    context, trusted = certificate
    server = start_server(tls_context=context, require_starttls=True)
    url = f"smtp+starttls://localhost:{server.port}"
    await queue(clock)
    await send_due(settings, clock, SmtpTransport(url))
    assert "CERTIFICATE_VERIFY_FAILED" in (await the_mail()).last_error
    assert (await the_mail()).state == "queued"
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    clock.advance(timedelta(hours=1))
    await send_due(settings, clock, SmtpTransport(url))
    assert server.encrypted == [True]


async def test_without_a_server_mails_become_files(settings: Settings, clock: FakeClock) -> None:
    await queue(clock)
    await send_due(settings, clock, FileTransport(mail_folder(settings)))
    [path] = mail_folder(settings).iterdir()
    assert path.suffix == ".eml"
    assert b"Auto-Submitted: auto-generated" in path.read_bytes()


@pytest.mark.parametrize("url", ["http://example.dk", "smtp://", "example.dk:25", "smtp://host:port"])
def test_a_wrong_smtp_address_is_told(url: str) -> None:
    with pytest.raises(ValueError, match=r"AWARDS_SMTP_URL|[Pp]ort"):
        SmtpTransport(url)
