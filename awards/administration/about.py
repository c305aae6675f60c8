"""What everybody may know about this site: accessibility, personal data, cookies, and how the vote is secured."""

from datetime import date
from hashlib import sha256
from typing import Any

from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from awards.accounts.devices import LASTS_SECONDS, device_cookie_name
from awards.accounts.jobs import LINKS_KEPT
from awards.accounts.sessions import ANONYMOUS_LASTS, SIGNED_IN_LASTS, STEP_UP_LASTS, cookie_name
from awards.administration.rules import DRAFTS_KEPT, mails_kept
from awards.ballots.tablets import TURN_COOKIE, TURN_LASTS
from awards.councils.queries import all_councils, council_by_slug
from awards.councils.tables import Council
from awards.settings import Settings
from awards.web.pages import EVERY_LANGUAGE, Page, Request, go_to, page
from awards.web.static import assets, static_url

# When the pages were last judged against the standard; the law asks for it, and for a new judgement every year.
ASSESSED_ON = date(2026, 11, 26)
# What runs in a member's browser when a ballot is sealed.
SEALING = ("seal.js", "ballot.js", "vendor/hpke-core.js")


@get("/was", name="about.was")
async def was(request: Request) -> Response[str]:
    """The address that the Agency for Digital Government asks every public body to have."""
    return go_to(request, "/tilgaengelighed")


@get("/tilgaengelighed", name="about.accessibility")
async def accessibility(request: Request) -> Page:
    return await _about(request, "accessibility", assessed_on=ASSESSED_ON)


@get("/privatliv", name="about.privacy")
async def privacy(request: Request) -> Page:
    """The one council's, or the choice between several: each is responsible for its own."""
    councils = await all_councils()
    if len(councils) == 1:
        return _privacy(request, councils[0])
    return page(request, "about/privacy_choice.html", public=True, councils=councils)


@get("/{council:str}/privatliv", name="about.privacy_of")
async def privacy_of(request: Request, council: FromPath[str]) -> Page:
    return _privacy(request, await council_by_slug(council))


@get("/cookies", name="about.cookies")
async def cookies(request: Request, settings: NamedDependency[Settings]) -> Page:
    return await _about(
        request,
        "cookies",
        session=cookie_name(settings),
        device=device_cookie_name(settings),
        draft_days=ANONYMOUS_LASTS.days,
        signed_in_hours=int(SIGNED_IN_LASTS.total_seconds()) // 3600,
        device_days=LASTS_SECONDS // (24 * 3600),
        turn=TURN_COOKIE,
        turn_minutes=int(TURN_LASTS.total_seconds()) // 60,
    )


@get("/sikkerhed", name="about.security")
async def security(request: Request) -> Page:
    return await _about(
        request,
        "security",
        step_up_minutes=int(STEP_UP_LASTS.total_seconds()) // 60,
        programs=[(name, static_url(name), sha256(assets()[name].bodies["identity"]).hexdigest()) for name in SEALING],
    )


async def _about(request: Request, name: str, **context: Any) -> Page:
    """A page about the whole site; with one council it is that council's."""
    councils = await all_councils()
    only = councils[0] if len(councils) == 1 else None
    return page(request, f"about/{name}.html", public=True, council=only, councils=councils, **context)


def _privacy(request: Request, council: Council) -> Page:
    return page(
        request,
        "about/privacy.html",
        public=True,
        council=council,
        drafts_kept=DRAFTS_KEPT.days,
        links_kept=LINKS_KEPT.days,
        mails_kept=mails_kept(council.nominations_kept_months).days,
        signed_in_hours=int(SIGNED_IN_LASTS.total_seconds()) // 3600,
    )


router = Router(
    path="/",
    route_handlers=[
        security,
        Router("/", opt=EVERY_LANGUAGE, route_handlers=[was, accessibility, privacy, privacy_of, cookies]),
    ],
)
