"""The sheet of stemmekort: a PDF to print and cut, eight cards on a page of A4."""

from collections.abc import Sequence
from datetime import date

import segno

from awards.accounts.cards import IssuedCard
from awards.accounts.rules import grouped
from awards.councils.tables import Council
from awards.typesetting import typeset
from awards.web.formats import show_date
from awards.web.i18n import _, language, speaking


async def card_sheet(cards: Sequence[IssuedCard], council: Council, *, base_url: str, today: date) -> bytes:
    """The PDF; each card speaks its holder's language. The QR code is the address of the sign-in page and no more."""
    sign_in = f"{base_url}/log-ind"
    sheet = {
        "title": _("Voting cards: %(council)s", council=council.name),
        "language": language(),
        "qr": segno.make(sign_in, error="m", micro=False).svg_inline(border=0),
        "qr_alt": _("QR code of the address %(address)s", address=sign_in),
        "cards": [_card(card, council, base_url, today) for card in cards],
    }
    return await typeset("stemmekort", sheet)


def _card(card: IssuedCard, council: Council, base_url: str, today: date) -> dict[str, str]:
    with speaking(card.person.language):
        site = base_url.removeprefix("https://").removeprefix("http://")
        return {
            "language": language(),
            "council": council.name,
            "kind": _("Voting card"),
            "name": card.person.name,
            "code": grouped(card.code),
            "sign_in": _("Sign in at %(address)s with your e-mail and this code.", address=f"{site}/log-ind"),
            "help": _("Have the card ready when you vote. Show it to nobody."),
            "trial": _("Try it with coffee or tea: %(address)s", address=f"{site}/{council.slug}/proeve"),
            "about": _(
                "Made on %(day)s. Is it lost? Call %(contact)s: then it is made worthless.",
                day=show_date(today),
                contact=council.phone or council.email,
            ),
        }
