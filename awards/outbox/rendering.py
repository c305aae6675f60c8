"""A row of the outbox becomes a mail."""

import json
import re
from dataclasses import dataclass
from email.headerregistry import Address, BaseHeader, HeaderRegistry
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from awards.outbox.letters import LOADERS, Sender, load_sender
from awards.outbox.tables import Mail
from awards.settings import Settings
from awards.web.i18n import direction, language, speaking
from awards.web.templates import environment

_BUTTON = re.compile(r"(?P<label>[^\n:]+):\s+(?P<address>https?://\S+)")
_ADDRESS = re.compile(r"https?://[^\s<>\"']*[^\s<>\"'.,;:!?)]")


class _Headers(HeaderRegistry):
    """Makes the class of a header once. The standard one makes a class for each header of each mail, which took a
    third of the making of a mail."""

    def __init__(self) -> None:
        super().__init__()
        self._made: dict[str, type[BaseHeader]] = {}

    def __getitem__(self, name: str) -> type[BaseHeader]:
        name = name.lower()
        if name not in self._made:
            self._made[name] = super().__getitem__(name)
        return self._made[name]


POLICY = SMTP.clone(header_factory=_Headers())


async def compose(mail: Mail, settings: Settings) -> EmailMessage:
    """The whole mail, in its recipient's language. Raises NotFound when what it is about is gone."""
    with speaking(mail.language):
        sender = await load_sender(mail.council)
        variables = await _variables(mail, settings, sender)
        return _message(mail, settings, sender, variables)


async def _variables(mail: Mail, settings: Settings, sender: Sender) -> dict[str, Any]:
    given: dict[str, Any] = json.loads(mail.context)
    loader = LOADERS.get(mail.template)
    loaded = await loader(given, settings) if loader else given
    return {
        "name": mail.recipient_name,
        "reference": mail.reference,
        "sender": sender,
        "base_url": settings.base_url,
        "direction": direction(language()),
    } | loaded


def _message(mail: Mail, settings: Settings, sender: Sender, variables: dict[str, Any]) -> EmailMessage:
    subject = _one_line(_render(f"{mail.template}.subject", variables))
    if mail.reference and mail.reference not in subject:
        subject = f"{subject} ({mail.reference})"
    text = _render(f"{mail.template}.text", variables).strip() + "\n"
    message = EmailMessage(policy=POLICY)
    message["Subject"] = subject
    message["From"] = _named(sender.name, settings.mail_from or sender.email or f"noreply@{_host(settings)}")
    message["To"] = _named(mail.recipient_name, mail.recipient)
    if sender.email:
        message["Reply-To"] = _named(sender.name, sender.email)
    # These two are the same at every attempt: who gets a mail twice sees it once.
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = mail.message_id or message_id(mail, settings)
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = mail.language
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(_html(mail.template, subject, text, variables), subtype="html", cte="quoted-printable")
    for attached in variables.get("attachments", []):
        maintype, _slash, subtype = attached.media_type.partition("/")
        message.add_attachment(attached.data, maintype=maintype, subtype=subtype, filename=attached.name)
    return message


def message_id(mail: Mail, settings: Settings) -> str:
    """The name that this mail keeps through all attempts."""
    return f"<{mail.id}@{_host(settings)}>"


def _html(template: str, subject: str, text: str, variables: dict[str, Any]) -> str:
    names = [f"mail/{template}.html", "mail/layout.html"]
    return environment().select_template(names).render(subject=subject, paragraphs=paragraphs(text), **variables)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a mail: `text`, or a button that leads to `address`."""

    text: Markup
    address: str = ""


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a text part."""
    found = []
    for block in re.split(r"\n\s*\n", text.strip()):
        button = _BUTTON.fullmatch(block.strip())
        if button:
            found.append(Paragraph(Markup.escape(button["label"]), button["address"]))
        else:
            found.append(Paragraph(linked(block.strip())))
    return found


def text_of(message: EmailMessage) -> str:
    """The text part of a mail."""
    part = message.get_body(("plain",))
    return part.get_content() if isinstance(part, EmailMessage) else ""


def linked(text: str) -> Markup:
    """`text` as HTML: its web addresses can be clicked, its lines stay apart, everything else is escaped."""
    parts: list[Markup] = []
    end = 0
    for match in _ADDRESS.finditer(text):
        parts += [Markup.escape(text[end : match.start()]), Markup('<a href="{0}">{0}</a>').format(match[0])]
        end = match.end()
    parts.append(Markup.escape(text[end:]))
    return Markup("").join(parts).replace("\n", Markup("<br>\n"))


def _render(name: str, variables: dict[str, Any]) -> str:
    return environment().get_template(f"mail/{name}").render(**variables)


def _named(name: str, address: str) -> Address:
    return Address(display_name=_one_line(name), addr_spec=address)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _host(settings: Settings) -> str:
    return settings.mail_from.rpartition("@")[2] or urlsplit(settings.base_url).hostname or "localhost"
