"""What is missing before a round can open."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from awards.rounds.readiness import ORDER, PrizeFacts, may_open, order_faults, tasks

NOW = datetime(2026, 9, 1, tzinfo=UTC)
MOMENTS: dict[str, datetime | None] = {name: NOW + timedelta(days=10 * n) for n, name in enumerate(ORDER, start=1)}
PRIZE = PrizeFacts("prisen", "Prisen", kinds=2, criteria=4, required=0, rule="all", minimum=1)


def states(**given: Any) -> dict[str, str]:
    usual = {
        "council_is_complete": True,
        "has_chair": True,
        "has_introduction": True,
        "moments": MOMENTS,
        "has_place": False,
        "prizes": [PRIZE],
        "now": NOW,
    }
    found = tasks(**usual | given)
    assert may_open(found) is ("missing" not in {task.state for task in found})
    return {task.key: task.why or task.state for task in found}


def test_a_complete_round_may_open_though_the_ceremony_is_not_planned() -> None:
    assert states() == {
        "council": "done",
        "people": "done",
        "about": "done",
        "timetable": "done",
        "ceremony": "ceremony",
        "prize": "done",
    }


@pytest.mark.parametrize(
    ("given", "key", "why"),
    [
        ({"council_is_complete": False}, "council", "council"),
        ({"has_introduction": False}, "about", "about"),
        ({"moments": MOMENTS | {"voting_ends_at": None}}, "timetable", "timetable"),
        ({"moments": MOMENTS | {"voting_ends_at": NOW}}, "timetable", "order"),
        ({"now": NOW + timedelta(days=20)}, "timetable", "past"),
        ({"prizes": []}, "prizes", "prizes"),
        ({"prizes": [PrizeFacts("p", "P", 0, 4, 0, "all", 1)]}, "prize", "kinds"),
        ({"prizes": [PrizeFacts("p", "P", 1, 0, 0, "all", 1)]}, "prize", "criteria"),
        ({"prizes": [PrizeFacts("p", "P", 1, 4, 3, "at_least", 2)]}, "prize", "minimum"),
    ],
)
def test_what_is_missing_is_named(given: dict[str, Any], key: str, why: str) -> None:
    assert states(**given)[key] == why


def test_a_council_without_a_chair_can_open_and_appoint_later() -> None:
    assert states(has_chair=False)["people"] == "people"


def test_each_moment_comes_after_the_one_before() -> None:
    assert order_faults(MOMENTS) == {}
    assert order_faults(MOMENTS | {"closes_at": NOW}) == {"closes_at": "opens_at"}
    assert order_faults(MOMENTS | {"closes_at": None, "screening_ends_at": NOW}) == {"screening_ends_at": "opens_at"}
    assert order_faults({"ceremony_at": NOW, "ceremony_ends_at": NOW}) == {"ceremony_ends_at": "ceremony_at"}
