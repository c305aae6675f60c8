"""What waits for the acting chair and secretary during a vote and after its count."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from awards.ballots.extending import asked_change
from awards.ballots.meetings import MEETING
from awards.ballots.queries import PrizeCase
from awards.councils.standing import Standing
from awards.counting.early import everybody_has_voted
from awards.counting.offices import CAPACITIES, acting, acting_for_decision, leading
from awards.counting.queries import approvals_of
from awards.counting.tables import MeetingDecision
from awards.web.formats import local
from awards.web.i18n import _

Task = dict[str, Any]


async def duties_of(standing: Standing, cases: Sequence[PrizeCase], here: str, now: datetime) -> list[Task]:
    """Votes to open at a meeting, to give more time or to close, ties to decide, results and decisions to approve.

    Nothing of a prize that the person takes no part in.
    """
    if not standing.has("chair", "vice_chair", "secretary"):
        return []
    person, today = standing.actor.id, local(now).date()
    found = []
    for case in cases:
        if case.is_out:
            continue
        path, title = f"{here}/{case.prize.slug}", case.prize.title
        if (
            case.poll is not None
            and case.state == "tie"
            and person == await acting(standing.council.id, case.prize.id, "chair", today)
        ):
            found.append(_duty(_("The votes are equal: decide about %(prize)s", prize=title), f"{path}/stemmelighed"))
        leads = (
            case.poll is not None
            and case.state in ("draft", "open")
            and person == await leading(standing.council.id, case.poll, today)
        )
        if case.poll is not None and leads and case.poll.kind == MEETING:
            label = (
                _("Open the vote about %(prize)s at the meeting", prize=title)
                if case.state == "draft"
                else _("The vote about %(prize)s at the meeting", prize=title)
            )
            found.append(_duty(label, f"{path}/moede"))
        if case.poll is not None and leads and case.state == "open":
            if await asked_change(case.poll.id) is not None:
                label = _("Agree to more time for the vote about %(prize)s", prize=title)
                found.append(_duty(label, f"{path}/lukketid"))
            elif case.poll.kind != MEETING and await everybody_has_voted(case.poll.id):
                label = _("Everybody has voted about %(prize)s: you can close the vote", prize=title)
                found.append(_duty(label, f"{path}/lukketid"))
        if case.poll is not None and case.state == "decided":
            given = await approvals_of(case.poll.id)
            for capacity in CAPACITIES:
                if capacity not in given and person == await acting(
                    standing.council.id, case.prize.id, capacity, today
                ):
                    label = _("Approve the result about %(prize)s", prize=title)
                    found.append(_duty(label, f"{path}/godkendelse"))
                    break
        decision = await MeetingDecision.objects().get(MeetingDecision.prize == case.prize.id)
        if (
            decision is not None
            and decision.approved_at is None
            and person == await acting_for_decision(decision, standing.council.id, today)
        ):
            label = _("Approve the council's decision about %(prize)s", prize=title)
            found.append(_duty(label, f"{path}/beslutning"))
    return found


def _duty(label: str, path: str) -> Task:
    return {"label": label, "path": path, "status": _("To do"), "tone": "warn"}
