"""The page that everybody with a role begins at: what waits for whom."""

from dataclasses import dataclass
from datetime import datetime

from litestar import Router, get
from litestar.di import NamedDependency

from awards.administration.overview import Task, prize_tasks, round_tasks
from awards.administration.overview_queries import Shown, requests_for, rounds_for, tasks_of_council
from awards.administration.overview_words import OPEN, hint, label, tag
from awards.clock import Clock
from awards.councils.standing import Standing, desk
from awards.nominations.timetable import timetable
from awards.rounds.desk_words import PHASES
from awards.rounds.rules import phase
from awards.web.formats import local
from awards.web.i18n import _
from awards.web.pages import Page, Request


@dataclass(frozen=True, slots=True)
class Section:
    """A round's tasks in groups: those of the whole round, under an empty title, and those of each prize."""

    title: str
    phase: str
    groups: list[tuple[str, list[Task]]]

    @property
    def lines(self) -> list[tuple[str, list[dict[str, str]]]]:
        """The groups in words."""
        return [(title, [_line(task) for task in tasks]) for title, tasks in self.groups]


@get("/{council:str}/overblik", name="administration.overview")
async def overview(request: Request, standing: NamedDependency[Standing], clock: NamedDependency[Clock]) -> Page:
    standing.require()
    now = clock.now()
    is_secretary = standing.has("secretary")
    # A round that is not opened yet is the secretary's own draft.
    shown = [one for one in await rounds_for(standing, local(now).date()) if is_secretary or one.facts.is_opened]
    sections = [_section(one, standing, now) for one in shown]
    own = await requests_for(standing, now)
    own += await tasks_of_council(standing.council, now) if is_secretary else []
    tasks = own + [task for section in sections for _title, group in section.groups for task in group]
    return desk(
        request,
        standing,
        "administration/overview.html",
        year=shown[0].round.year if shown else None,
        sections=sections,
        own=[_line(task) for task in own],
        steps=timetable(shown[0].round, now) if shown else [],
        todo=sum(task.state == "todo" and task.key not in OPEN for task in tasks),
        vote_is_open=any(task.key == "vote" for task in tasks),
        is_secretary=is_secretary,
    )


def _section(shown: Shown, standing: Standing, now: datetime) -> Section:
    round, facts = shown.round, shown.facts
    receiving = facts.is_receiving(now) or not facts.is_opened
    groups = [
        ("", round_tasks(facts, standing.roles, now)),
        *((prize.title, prize_tasks(prize, standing.roles, receiving=receiving)) for prize in facts.prizes),
    ]
    place = phase(
        round,
        now,
        voting_began=facts.voting_began,
        voting_ended=facts.voting_ended,
        published=facts.is_opened and facts.is_finished,
    )
    return Section(round.title, _(PHASES[place]), [(title, tasks) for title, tasks in groups if tasks])


def _line(task: Task) -> dict[str, str]:
    """A task as the template's list shows it."""
    status, tone = tag(task)
    return {"label": label(task), "hint": hint(task), "path": task.path, "status": status, "tone": tone}


router = Router(path="/", route_handlers=[overview])
