"""The rules of procedure around a vote."""

import pytest

from awards.counting.procedure import QuorumRule, acting_chair, may_show_totals, quorum_needed
from awards.counting.result import Counts, Result


@pytest.mark.parametrize(("seats", "needed"), [(14, 7), (13, 7), (11, 6), (1, 1)])
def test_the_quorum_is_at_least_half_of_the_filled_seats(seats: int, needed: int) -> None:
    assert quorum_needed(seats, QuorumRule("half")) == needed


@pytest.mark.parametrize(("seats", "needed"), [(14, 8), (13, 7), (0, 1)])
def test_a_council_can_ask_for_more_than_half(seats: int, needed: int) -> None:
    assert quorum_needed(seats, QuorumRule("majority")) == needed


def test_a_council_can_name_a_number() -> None:
    assert quorum_needed(14, QuorumRule("number", 9)) == 9
    with pytest.raises(ValueError, match="needs a number"):
        quorum_needed(14, QuorumRule("number"))


def test_an_empty_box_is_never_a_quorum() -> None:
    assert quorum_needed(0, QuorumRule("half")) == 1


def test_the_first_who_is_not_recused_decides_a_tie() -> None:
    succession = ["chair", "first vice-chair", "second vice-chair"]
    assert acting_chair(succession, set()) == "chair"
    assert acting_chair(succession, {"chair", "first vice-chair"}) == "second vice-chair"


def test_the_council_names_somebody_when_all_in_the_succession_are_recused() -> None:
    assert acting_chair(["chair"], {"chair"}) is None


def test_totals_of_few_ballots_stay_hidden() -> None:
    assert not may_show_totals(Result("winner", Counts(4, 4, 0, 0)))
    assert may_show_totals(Result("winner", Counts(5, 3, 1, 1)))
