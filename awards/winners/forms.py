"""What communications write about a winner."""

import json
from dataclasses import dataclass

from awards.rounds.tables import Prize, Round
from awards.screening.tables import Candidate
from awards.web.forms import Form, moment_values
from awards.web.i18n import N_, _
from awards.winners.actions import Story
from awards.winners.queries import PhotoText
from awards.winners.rules import joined
from awards.winners.tables import Award


@dataclass(frozen=True, slots=True)
class Written:
    """A form that was read. photo: None when there is none, or it is to be taken away."""

    story: Story
    photo: PhotoText | None
    reason: str


def suggestion(prize: Prize, round: Round, winners: list[Candidate]) -> dict[str, str | list[str]]:
    """The form before anything was written: what is known already."""
    names = [winner.name for winner in winners]
    return {
        "title": _(
            "%(prize)s %(year)s goes to %(winner)s", prize=prize.title, year=round.year, winner=joined(names, _("and"))
        ),
        "winners": "\n".join(names),
        "ceremony_place": round.ceremony_place,
        **moment_values("ceremony", round.ceremony_at),
        **moment_values("embargo", round.announce_at),
    }


def as_written(award: Award, photo: PhotoText | None) -> dict[str, str | list[str]]:
    """The form as the award stands."""
    return {
        "title": award.title,
        "winners": "\n".join(json.loads(award.winners)),
        "line": award.line,
        "citation": award.citation,
        "ceremony_place": award.ceremony_place,
        **moment_values("ceremony", award.ceremony_at),
        **moment_values("embargo", award.embargo_until),
        "alt": photo.alt if photo else "",
        "credit": photo.credit if photo else "",
        "consent": "1",
    }


def read_award(form: Form, *, had_photo: bool, published: bool) -> Written:
    """A photo needs its alt text and its credit; a published award is corrected with a reason."""
    names = [name for line in form.value("winners").splitlines() if (name := " ".join(line.split()))]
    form.text("winners", maximum=1000, lines=True, missing=N_("Write the winner's name."))
    title = form.text("title", maximum=300, missing=N_("Write a title."))
    line = form.text("line", maximum=300, missing=N_("Write why, in one sentence."))
    citation = form.text("citation", maximum=5000, lines=True, missing=N_("Write the council's reason."))
    ceremony_at = form.moment("ceremony", required=False)
    ceremony_place = form.text("ceremony_place", required=False, maximum=300)
    embargo_until = form.moment("embargo", required=False)
    has_photo = bool(form.files("photo")) or (had_photo and not form.flag("remove_photo"))
    photo = None
    if has_photo:
        photo = PhotoText(
            alt=form.text(
                "alt",
                maximum=300,
                missing=N_("Describe the photo for people who cannot see it, such as “Nadia laughs”."),
            ),
            credit=form.text("credit", maximum=200, missing=N_("Write who took the photo.")),
        )
    if not form.flag("consent"):
        form.fail("consent", N_("Ask the winner first whether their name and photo may be shown."))
    reason = ""
    if published:
        reason = form.text("reason", maximum=500, missing=N_("Say why you correct it."))
    story = Story(title, names, line, citation, ceremony_at, ceremony_place, embargo_until)
    return Written(story, photo, reason)
