"""Reading what was mailed, and codes of an authenticator app."""

import json
from uuid import UUID

import pyotp

from awards.accounts.tables import Link
from awards.outbox.letters import LOADERS
from awards.outbox.tables import Mail
from awards.settings import Settings


async def mailed_link(template: str, settings: Settings) -> str:
    """The path of the link in the mail of `template` whose link was not used yet."""
    for mail in await Mail.objects().where(Mail.template == template):
        context = json.loads(mail.context)
        if await Link.exists().where(Link.id == UUID(context["link"]), Link.used_at.is_null()):
            loaded = await LOADERS[template](context, settings)
            return str(loaded["link"]).removeprefix(settings.base_url)
    raise AssertionError(f"no mail {template} with a good link")


def code_at(secret: str, moment: float) -> str:
    return pyotp.TOTP(secret).generate_otp(int(moment) // 30)
