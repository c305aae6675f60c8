"""Ways out of the house: an SMTP server, or files when there is none."""

import os
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

import aiosmtplib

from awards.settings import Settings

TIMEOUT_SECONDS = 60
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


class NotDelivered(Exception):
    """The mail was not taken; the message says why. `permanent`: another attempt would fare no better."""

    def __init__(self, reason: str, *, permanent: bool = False) -> None:
        super().__init__(reason)
        self.permanent = permanent


class Transport(Protocol):
    """Delivers mails, one after the other, and may keep a connection in between until it is closed."""

    async def deliver(self, message: EmailMessage) -> None:
        """Returns when the mail is taken. Raises NotDelivered."""

    async def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class SmtpAddress:
    """`AWARDS_SMTP_URL`, taken apart."""

    scheme: str
    host: str
    port: int
    user: str
    password: str

    @classmethod
    def parse(cls, url: str) -> "SmtpAddress":
        """Raises ValueError for anything but `smtp`, `smtp+starttls` or `smtps`, a host and perhaps a port."""
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname:
            raise ValueError("AWARDS_SMTP_URL must look like smtp+starttls://user:password@host:587")
        return cls(
            scheme=parts.scheme,
            host=parts.hostname,
            port=parts.port or PORTS[parts.scheme],
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
        )


class SmtpTransport:
    """An SMTP server; TLS certificates are verified, with `smtp://` there is no TLS."""

    def __init__(self, url: str) -> None:
        self._server = SmtpAddress.parse(url)
        self._client: aiosmtplib.SMTP | None = None

    async def deliver(self, message: EmailMessage) -> None:
        try:
            if self._client is None or not self._client.is_connected:
                self._client = await self._connect()
            await self._client.send_message(message)
        except aiosmtplib.SMTPRecipientsRefused as error:
            refusal = error.recipients[0]
            raise NotDelivered(f"{refusal.code} {refusal.message}", permanent=refusal.code >= 500) from error
        except (aiosmtplib.SMTPSenderRefused, aiosmtplib.SMTPDataError) as error:
            raise NotDelivered(f"{error.code} {error.message}", permanent=error.code >= 500) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            # Also wrong passwords and certificates: the mail is in order, and goes out when the settings are.
            raise NotDelivered(f"{type(error).__name__}: {error}") from error

    async def close(self) -> None:
        client, self._client = self._client, None
        if client is not None and client.is_connected:
            try:
                await client.quit()
            except (aiosmtplib.SMTPException, OSError):
                client.close()

    async def _connect(self) -> aiosmtplib.SMTP:
        server = self._server
        client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user or None,
            password=server.password or None,
            use_tls=server.scheme == "smtps",
            start_tls=server.scheme == "smtp+starttls",
            tls_context=ssl.create_default_context(),
            timeout=TIMEOUT_SECONDS,
        )
        await client.connect()
        return client


class FileTransport:
    """Mails become `.eml` files in `folder`, named by time and Message-ID, for the demonstration and for trying out."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def deliver(self, message: EmailMessage) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        sent_at = message["Date"].datetime
        name = f"{sent_at:%Y%m%dT%H%M%S%f}-{message['Message-ID'].strip('<>').partition('@')[0]}.eml"
        partial = self._folder / f".{name}"
        partial.write_bytes(bytes(message))
        partial.chmod(0o600)
        os.replace(partial, self._folder / name)

    async def close(self) -> None:
        """Nothing is open."""


def mail_folder(settings: Settings) -> Path:
    return settings.data_dir / "mails"


def transport_for(settings: Settings, *, demonstration: bool) -> Transport:
    """The way out. The demonstration's mails never leave the machine."""
    if demonstration or not settings.smtp_url:
        return FileTransport(mail_folder(settings))
    return SmtpTransport(settings.smtp_url)
