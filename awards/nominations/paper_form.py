"""The form on paper: the questions of the pages, with lines to write on."""

from awards.nominations.forms import TIE_WORDS, asks_cvr, kinds_of, ties_of
from awards.nominations.queries import Terms
from awards.rounds.words import KINDS
from awards.typesetting import typeset
from awards.web.formats import show_deadline
from awards.web.i18n import _, language

Question = dict[str, object]


async def paper_form(terms: Terms, *, base_url: str) -> bytes:
    """The blank form of a prize as a PDF, in the language of the page that asks for it.

    It says where to read what the General Data Protection Regulation, articles 13 and 14, wants told.
    """
    council, closes_at = terms.council, terms.round.closes_at
    return await typeset(
        "blanket",
        {
            "language": language(),
            "council": ", ".join(filter(None, (council.name, council.municipality))),
            "title": _("Nominate a candidate for %(prize)s", prize=terms.prize.title),
            "lead": _(
                "Never write CPR numbers. Avoid private matters such as illness or faith, "
                "also about those whom the candidate helps."
            ),
            "parts": [
                {"title": _("The candidate"), "questions": _about_the_candidate(terms)},
                {"title": _("The reasons"), "questions": _reasons(terms)},
                {"title": _("You"), "questions": _about_you()},
            ],
            "send": " ".join(
                [
                    _("Send or bring the form to %(place)s.", place=_place(terms)),
                    *([_("It must be there by %(deadline)s.", deadline=show_deadline(closes_at))] if closes_at else []),
                    _("How the municipality handles what you write: %(address)s", address=_privacy(terms, base_url)),
                ]
            ),
        },
        keep=True,
    )


def _privacy(terms: Terms, base_url: str) -> str:
    return f"{base_url}/{terms.council.slug}/privatliv"


def _place(terms: Terms) -> str:
    council = terms.council
    return ", ".join(filter(None, (council.name, *council.address.splitlines(), council.email, council.phone)))


def _about_the_candidate(terms: Terms) -> list[Question]:
    ties = [_(TIE_WORDS[tie]) for tie in ties_of(terms)]
    return [
        _question(_("Whom do you nominate?"), options=[_(KINDS[kind]) for kind in kinds_of(terms)]),
        _question(_("Name"), _("Write the name exactly as it is to stand on the diploma."), lines=1),
        *(
            [_question(_("CVR number"), _("Companies and associations only. 8 digits."), lines=1)]
            if asks_cvr(terms)
            else []
        ),
        _question(_("The candidate's e-mail or phone"), _("We tell the candidate about the nomination."), lines=1),
        *([_question(_("How is the candidate tied to the municipality?"), options=ties)] if ties else []),
        _question(_("Does the candidate know that you nominate them?"), options=[_("Yes"), _("No, or I am not sure")]),
    ]


def _reasons(terms: Terms) -> list[Question]:
    return [
        _question(
            _("What has the candidate done?"), _("Write on another sheet if there is not room enough."), lines=14
        ),
        *(
            _question(
                criterion.question or criterion.text,
                _("Criterion: The candidate %(text)s.", text=criterion.text) if criterion.question else "",
                lines=6,
            )
            for criterion in terms.criteria
        ),
    ]


def _about_you() -> list[Question]:
    return [
        _question(_("Your name"), lines=1),
        _question(_("E-mail"), lines=1),
        _question(_("Phone"), lines=1),
        _question(_("Association or workplace"), lines=1),
        _question(_("How do you know the candidate?"), lines=1),
    ]


def _question(label: str, hint: str = "", *, options: list[str] | None = None, lines: int = 0) -> Question:
    return {"label": label, "hint": hint, "options": options or [], "lines": lines}
