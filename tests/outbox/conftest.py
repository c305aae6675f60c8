"""A real SMTP server that does as it is told, and letters to send through it."""

import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from jinja2 import DictLoader

from awards.outbox.letters import LOADERS
from awards.web.templates import environment

LETTER = {
    "mail/test/hello.subject": "Hej {{ name }}",
    "mail/test/hello.text": "Kære {{ name }}\n\nTak for <alt>, æblegrød & hjælp.\n\nBekræft:\nhttps://example.dk/b/1\n",
}


@dataclass
class MailServer:
    """Answers with `replies` in turn, then with acceptance; keeps what it accepted."""

    replies: list[str] = field(default_factory=list)
    accepted: list[EmailMessage] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    port: int = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        reply = self.replies.pop(0) if self.replies else "250 OK"
        if reply.startswith("2"):
            assert isinstance(envelope.content, bytes)
            self.accepted.append(message_from_bytes(envelope.content, _class=EmailMessage, policy=default))
            self.encrypted.append(session.ssl is not None)
        return reply


@pytest.fixture
def start_server() -> Iterator[Callable[..., MailServer]]:
    """Start a server on a free port; keyword arguments are aiosmtpd's."""
    running: list[Controller] = []

    def start(**options: Any) -> MailServer:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            handler = MailServer(port=probe.getsockname()[1])
        controller = Controller(handler, hostname="127.0.0.1", port=handler.port, **options)
        controller.start()
        running.append(controller)
        return handler

    yield start
    for controller in running:
        controller.stop()


@pytest.fixture
def mail_server(start_server: Callable[..., MailServer]) -> MailServer:
    return start_server()


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """One letter, `test/hello`, without a loader: it is given the row's context."""
    made = environment()
    layout = made.get_template("mail/layout.html").filename
    assert layout
    monkeypatch.setattr(made, "loader", DictLoader(LETTER | {"mail/layout.html": Path(layout).read_text()}))
    monkeypatch.setattr(made, "cache", {})
    monkeypatch.delitem(LOADERS, "test/hello", raising=False)


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[ssl.SSLContext, Path]:
    """A server's TLS context for localhost, and the file to trust."""
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
            *("-keyout", str(key), "-out", str(cert)),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(cert, key)
    return context, cert
