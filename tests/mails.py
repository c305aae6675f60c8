"""Mails as they would be sent now."""

from awards.outbox.rendering import compose
from awards.outbox.tables import Mail
from awards.settings import Settings


async def texts(template: str, settings: Settings) -> dict[str, str]:
    """Subject and text of the mails of `template`, by recipient."""
    found = {}
    for mail in await Mail.objects().where(Mail.template == template):
        message = await compose(mail, settings)
        body = message.get_body(("plain",))
        assert body is not None
        found[mail.recipient] = f"{message['Subject']}\n{body.get_content()}"
    return found
