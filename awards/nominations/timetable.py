"""A round's timetable as the public reads it, step by step."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from markupsafe import Markup

from awards.rounds.rules import PHASES, Phase, phase
from awards.rounds.tables import Round
from awards.web.formats import show_date, show_day, show_deadline, show_time
from awards.web.i18n import _
from awards.web.texts import danish

State = Literal["done", "current", "ahead"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the timetable."""

    label: str
    text: str
    state: State


def timetable(round: Round, now: datetime) -> list[Step]:
    """Nominate, screen, vote, celebrate: when, and where the round stands at `now`."""
    present = PHASES.index(phase(round, now))

    def step(label: str, text: str, during: Phase) -> Step:
        place = PHASES.index(during)
        state: State = "done" if present > place else "current" if present == place else "ahead"
        return Step(label, text, state)

    return [
        step(_("Nominate a candidate"), _until(round.closes_at), "nominating"),
        step(_("The secretariat goes through the nominations"), _until(round.screening_ends_at), "screening"),
        step(_("The council decides"), _until(round.voting_ends_at), "voting"),
        step(_("The winners are revealed and celebrated"), _ceremony(round), "deciding"),
    ]


def _until(moment: datetime | None) -> str:
    return _("Until %(deadline)s", deadline=show_deadline(moment)) if moment else ""


def _ceremony(round: Round) -> str:
    if round.ceremony_at is None:
        return show_date(round.announce_at) if round.announce_at else ""
    when = f"{show_day(round.ceremony_at)} {show_time(round.ceremony_at)}"
    return Markup(", ").join(part for part in (when, danish(round.ceremony_place)) if part)
