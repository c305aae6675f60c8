"""The nominator's own page, reached by the mailed link: confirm the address, see the status."""

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from awards.accounts.links import read_link
from awards.clock import Clock
from awards.nominations import actions, rules
from awards.nominations.queries import NominationCase, nomination_by_id
from awards.nominations.timetable import timetable
from awards.nominations.web.draft import Answer
from awards.nominations.web.told import parts_of, typed_of
from awards.rounds.rules import phase
from awards.settings import Settings
from awards.web.i18n import N_, _
from awards.web.pages import Request, go_to, page

WORDS = {
    "received": (N_("Received"), N_("The secretariat reads the nominations when the deadline has passed.")),
    "screening": (
        N_("Being gone through"),
        N_("The secretariat holds the nomination against the criteria. You hear from us if it does not go on."),
    ),
    "accepted": (N_("Among the candidates"), N_("The council decides who gets the prize.")),
    "rejected": (
        N_("Does not go on"),
        N_("We have written to you why. Answer that mail if we have misunderstood something."),
    ),
    "withdrawn": (N_("Withdrawn"), N_("You have withdrawn the nomination.")),
    "decided": (N_("Decided"), N_("The winners are published.")),
}
TONES = {"received": "good", "accepted": "good", "screening": "accent", "decided": "accent"}


async def provide_own(
    request: Request, token: FromPath[str], clock: NamedDependency[Clock], settings: NamedDependency[Settings]
) -> NominationCase:
    """The nomination that the link in the address is about. Raises NotFound, or RuleBroken for a link too old."""
    link = await read_link(token, actions.OWN_PAGE, now=clock.now(), settings=settings)
    return await nomination_by_id(link.subject)


@get("/bekraeft/{token:str}", name="nominations.confirm_page")
async def show_confirming(request: Request, own: NamedDependency[NominationCase], token: FromPath[str]) -> Answer:
    if own.nomination.confirmed_at is not None:
        return go_to(request, f"/min-indstilling/{token}")
    return page(
        request,
        "nominations/confirm.html",
        council=own.terms.council,
        prize=own.terms.prize,
        nomination=own.nomination,
        token=token,
    )


@post("/bekraeft/{token:str}", name="nominations.confirm")
async def confirm(
    request: Request, own: NamedDependency[NominationCase], token: FromPath[str], clock: NamedDependency[Clock]
) -> Answer:
    await actions.confirm_address(own.nomination.id, by=request.actor, clock=clock)
    return go_to(request, f"/min-indstilling/{token}")


@get("/min-indstilling/{token:str}", name="nominations.own")
async def show_own(
    request: Request, own: NamedDependency[NominationCase], token: FromPath[str], clock: NamedDependency[Clock]
) -> Answer:
    if own.nomination.confirmed_at is None:
        # A mistyped address must not show a stranger what was written.
        return go_to(request, f"/bekraeft/{token}")
    now = clock.now()
    status = rules.status(own.nomination.state, phase(own.terms.round, now))
    title, text = WORDS[status]
    return page(
        request,
        "nominations/own.html",
        council=own.terms.council,
        terms=own.terms,
        nomination=own.nomination,
        parts=[part for part in parts_of(typed_of(own), own.terms) if part.text],
        attachments=own.attachments,
        state=status,
        status_title=_(title),
        status_text=_(text),
        tone=TONES.get(status, "neutral"),
        can_change=rules.can_change(own.nomination.state, own.terms.round.closes_at, now),
        timetable=timetable(own.terms.round, now),
        token=token,
    )


HANDLERS = [show_confirming, confirm, show_own]
