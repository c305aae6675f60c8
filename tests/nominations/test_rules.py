"""What a nomination must hold, and when it can still be changed."""

from datetime import UTC, datetime, timedelta

import pytest

from awards.nominations import rules

DEADLINE = datetime(2026, 11, 4, 11, tzinfo=UTC)


def test_a_reference_has_no_signs_that_look_alike() -> None:
    assert not set("0O1IL2Z5S8B") & set(rules.ALPHABET)
    assert rules.reference(2026, 0) == "2026-3333"
    assert rules.reference(2026, rules.REFERENCES - 1) == "2026-YYYY"


def test_every_number_has_a_reference_of_its_own() -> None:
    some = range(0, rules.REFERENCES, 97)
    assert len({rules.reference(2026, number) for number in some}) == len(some)


def test_an_answer_is_missing_short_or_given() -> None:
    assert rules.check_answer(" \n") == "missing"
    assert rules.check_answer("Ja, meget.") == "short"
    assert rules.check_answer("x" * rules.SHORT) == "answered"


@pytest.mark.parametrize(
    ("rule", "minimum", "required", "given", "missing"),
    [
        ("all", 1, [False, False], [True, True], []),
        ("all", 1, [False, False], [True, False], [1]),
        ("at_least", 1, [False, False, False], [False, True, False], []),
        ("at_least", 2, [False, False, False], [False, True, False], [0, 2]),
        ("at_least", 1, [True, False, False], [False, True, False], [0]),
        ("at_least", 1, [True, False, False], [True, False, False], [1, 2]),
        ("at_least", 9, [False, False], [True, True], []),
        ("all", 1, [], [], []),
    ],
)
def test_questions_are_asked_as_the_prize_counts_its_criteria(
    rule: str, minimum: int, required: list[bool], given: list[bool], missing: list[int]
) -> None:
    assert rules.unanswered(rule, minimum, required, given) == missing


def test_a_nomination_can_be_changed_until_the_deadline_and_not_at_it() -> None:
    assert rules.can_change("received", DEADLINE, DEADLINE - timedelta(microseconds=1))
    assert not rules.can_change("received", DEADLINE, DEADLINE)


@pytest.mark.parametrize("state", ["accepted", "rejected"])
def test_what_the_secretariat_has_gone_through_can_be_changed_too(state: str) -> None:
    assert rules.can_change(state, DEADLINE, DEADLINE - timedelta(days=9))


def test_a_withdrawn_nomination_cannot_be_changed() -> None:
    assert not rules.can_change("withdrawn", DEADLINE, DEADLINE - timedelta(days=9))


def test_the_nominator_is_not_told_of_an_acceptance_that_can_be_undone() -> None:
    assert rules.status("accepted", "nominating") == "received"
    assert rules.status("accepted", "screening") == "screening"
    assert rules.status("accepted", "voting") == "accepted"


def test_the_nominator_is_told_of_a_rejection_at_once() -> None:
    assert rules.status("rejected", "screening") == "rejected"
    assert rules.status("rejected", "published") == "rejected"


def test_after_publication_it_is_decided() -> None:
    assert rules.status("accepted", "published") == "decided"
    assert rules.status("received", "published") == "decided"
