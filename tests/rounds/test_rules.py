"""When a round is in which phase, and who can be nominated."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from awards.rounds.rules import (
    NO_TIE,
    Check,
    NomineeFacts,
    NomineeRules,
    Winner,
    bare_name,
    check_nominee,
    criteria_met,
    is_open,
    phase,
    shares,
    voting_method,
)

DAY = timedelta(days=1)
OPENS = datetime(2026, 10, 1, 7, tzinfo=UTC)


@dataclass
class Plan:
    opened_at: datetime | None = OPENS - DAY
    opens_at: datetime | None = OPENS
    closes_at: datetime | None = OPENS + 30 * DAY
    screening_ends_at: datetime | None = OPENS + 35 * DAY
    voting_ends_at: datetime | None = OPENS + 42 * DAY


def test_a_round_is_being_set_up_until_it_is_opened_and_its_first_moment_comes() -> None:
    assert phase(Plan(opened_at=None), OPENS + DAY) == "setup"
    assert phase(Plan(), OPENS - timedelta(seconds=1)) == "setup"
    assert phase(Plan(), OPENS) == "nominating"


def test_the_deadline_is_exclusive() -> None:
    plan = Plan()
    assert plan.closes_at
    assert is_open(plan, plan.closes_at - timedelta(microseconds=1))
    assert not is_open(plan, plan.closes_at)


@pytest.mark.parametrize(("days", "expected"), [(31, "screening"), (36, "voting"), (43, "deciding")])
def test_without_facts_the_timetable_tells_the_phase(days: int, expected: str) -> None:
    assert phase(Plan(), OPENS + days * DAY) == expected


def test_what_happened_goes_before_the_timetable() -> None:
    late = OPENS + 50 * DAY
    assert phase(Plan(), late, voting_began=False, voting_ended=False) == "screening"
    assert phase(Plan(), late, voting_began=True, voting_ended=False) == "voting"
    assert phase(Plan(), OPENS + 31 * DAY, voting_began=True, voting_ended=True) == "deciding"
    assert phase(Plan(), late, published=True) == "published"


@pytest.mark.parametrize(
    ("met", "expected"),
    [([True, True], True), ([True, None], None), ([True, False], False), ([None, False], False)],
)
def test_all_criteria_are_asked_for(met: list[bool | None], expected: bool | None) -> None:
    assert criteria_met("all", 1, [False, False], met) is expected


@pytest.mark.parametrize(
    ("minimum", "required", "met", "expected"),
    [
        (1, [False] * 4, [False, False, True, None], True),
        (1, [False] * 4, [False, False, False, None], None),
        (1, [False] * 4, [False] * 4, False),
        (2, [False] * 4, [True, None, False, False], None),
        (2, [False] * 4, [True, False, False, False], False),
        (1, [True, False, False], [True, False, True], True),
        (1, [True, False, False], [False, True, True], False),
        (1, [True, False, False], [None, True, True], None),
        (1, [True, False, False], [True, False, False], False),
        (3, [False, False], [True, True], True),
    ],
)
def test_required_criteria_and_some_of_the_others(
    minimum: int, required: list[bool], met: list[bool | None], expected: bool | None
) -> None:
    assert criteria_met("at_least", minimum, required, met) is expected


def test_two_candidates_ask_for_one_choice_and_three_for_a_ranking() -> None:
    assert [voting_method("auto", n) for n in (1, 2, 3, 9)] == ["single", "single", "ranked", "ranked"]
    assert voting_method("approval", 2) == "approval"


def test_joint_winners_share_the_amount_to_the_last_oere() -> None:
    assert shares(1_000_000, 2) == [500_000, 500_000]
    assert shares(1_000_000, 3) == [333_334, 333_333, 333_333]


RULES = NomineeRules(
    year=2026,
    kinds=["person", "association", "company"],
    ties=["lives", "effort"],
    organisation_ties=["address"],
    excludes_members=True,
    excludes_employees=True,
    excludes_self=True,
    winners_years=3,
)
ANNA = NomineeFacts(kind="person", name="Anna Holm", tie="lives", nominator="Bo Dam", nominator_email="bo@example.dk")


def outcomes(facts: NomineeFacts, rules: NomineeRules = RULES) -> dict[str, str]:
    return {check.key: check.outcome for check in check_nominee(rules, facts)}


def test_a_person_from_the_municipality_can_be_nominated() -> None:
    assert outcomes(ANNA) == {
        "kind": "met",
        "tie": "met",
        "member": "met",
        "employee": "judge",
        "self": "met",
        "winner": "met",
    }


def test_what_is_not_told_is_judged_by_people() -> None:
    assert outcomes(NomineeFacts(kind="", name="Anna"))["kind"] == "judge"
    assert outcomes(replace(ANNA, tie=""))["tie"] == "judge"


def test_a_company_must_have_its_address_in_the_municipality() -> None:
    company = NomineeFacts(kind="company", name="Karlsvognen ApS", tie="effort")
    assert outcomes(company)["tie"] == "not_met"
    assert outcomes(replace(company, tie="address"))["tie"] == "met"


def test_none_of_the_accepted_ties_is_not_enough() -> None:
    assert outcomes(replace(ANNA, tie=NO_TIE))["tie"] == "not_met"


def test_a_prize_without_ties_asks_for_none() -> None:
    assert "tie" not in outcomes(ANNA, replace(RULES, ties=[]))


def test_names_are_compared_once_they_are_written() -> None:
    assert "self" not in outcomes(replace(ANNA, nominator=""))
    assert {"member", "winner"}.isdisjoint(outcomes(replace(ANNA, name="")))


def test_the_prize_names_who_can_be_nominated() -> None:
    assert outcomes(replace(ANNA, kind="initiative"))["kind"] == "not_met"


def test_members_of_the_council_cannot_be_nominated() -> None:
    assert outcomes(replace(ANNA, members=["ANNA  Holm"]))["member"] == "not_met"
    assert outcomes(replace(ANNA, name="Bo Dam og Anna Holm", members=["Anna Holm"]))["member"] == "judge"
    assert "member" not in outcomes(replace(ANNA, kind="association", members=["Anna Holm"]))


def test_you_cannot_nominate_yourself_but_your_association() -> None:
    assert outcomes(replace(ANNA, nominator="anna holm"))["self"] == "not_met"
    assert outcomes(replace(ANNA, email="Bo@example.dk"))["self"] == "not_met"
    assert outcomes(replace(ANNA, name="Bo Dam og Anna Holm"))["self"] == "judge"
    assert "self" not in outcomes(replace(ANNA, kind="association", name="Bo Dam"))


def test_whether_the_work_is_paid_is_judged_by_people() -> None:
    assert "paid" not in outcomes(ANNA)
    assert outcomes(ANNA, replace(RULES, excludes_paid=True))["paid"] == "judge"


def test_winners_of_the_last_years_wait() -> None:
    shop = NomineeFacts(kind="company", name="Karlsvognen", cvr="12345674", tie="address")
    by_name = replace(shop, cvr="", winners=[Winner("Karlsvognen ApS", 2023)])
    by_number = replace(shop, winners=[Winner("Another name", 2024, "12345674"), Winner("Karlsvognen", 2023)])
    assert check_nominee(RULES, by_name)[-1] == Check("winner", "not_met", "2023")
    assert check_nominee(RULES, by_number)[-1] == Check("winner", "not_met", "2024")
    assert outcomes(replace(shop, winners=[Winner("Karlsvognen", 2022)]))["winner"] == "met"
    assert "winner" not in outcomes(by_name, replace(RULES, winners_years=0))


def test_names_are_compared_without_case_punctuation_and_company_form() -> None:
    assert bare_name("  Karlsvognen, ApS ") == bare_name("KARLSVOGNEN") == "karlsvognen"
