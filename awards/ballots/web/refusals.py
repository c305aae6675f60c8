"""Kind refusals to members who know already that a prize is not for them."""

from awards.ballots.queries import PrizeCase
from awards.ballots.web.places import AtPrize
from awards.councils.standing import Standing, desk
from awards.errors import DeadlinePassed
from awards.web.forms import Form
from awards.web.i18n import _
from awards.web.pages import Page, Request, page
from awards.web.problems import problem


def not_for_you(request: Request, at: AtPrize, case: PrizeCase) -> Page:
    """To somebody recused: nothing of the prize but its title, which is public."""
    title = case.prize.title
    return desk(request, at.standing, "ballots/recused.html", status=404, prize_title=title, here=at.here)


def ended(request: Request, at: AtPrize) -> Page:
    """To whoever filled in a ballot of a vote that has been ended: it is not cast, least of all in the vote after it,
    whose candidates may be others."""
    text = _("This vote has been ended. Your ballot is not cast. Your list says what happens now.")
    return problem(request, 409, text, way_on=(_("To your list"), f"{at.here}/afstemning"))


def closed(request: Request, at: AtPrize, refusal: DeadlinePassed) -> Page:
    """To whoever comes with a ballot, or for one, after the close."""
    return problem(request, 410, _(refusal.message), way_on=(_("To your list"), f"{at.here}/afstemning"))


def kept_until_signed_in(request: Request, standing: Standing, form: Form) -> Page:
    """The session ended while a ballot was filled in: what was filled in stays in the page, to be sent once more."""
    return _kept(request, standing, form, _("Sign in"), "/log-ind")


def kept_until_proved(request: Request, standing: Standing, form: Form) -> Page:
    """The proof of who one is has grown old: the envelope stays in the page, to be sent once more."""
    return _kept(request, standing, form, _("Prove that it is you"), "/bekraeft-dig")


def _kept(request: Request, standing: Standing, form: Form, label: str, path: str) -> Page:
    return page(
        request,
        "ballots/kept.html",
        fragment="ballots/_kept.html",
        status=401,
        council=standing.council,
        fields=form.all_values(),
        label=label,
        way=path,
        action=request.scope["path"],
    )
