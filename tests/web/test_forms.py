"""Forms: values as typed, errors at the field, in words."""

from datetime import UTC, datetime

import pytest

from awards.web.forms import Form, moment_values
from awards.web.i18n import speaking


def test_text_is_trimmed_and_kept_as_typed() -> None:
    form = Form({"name": "  Anna   Andersen "})
    assert form.text("name") == "Anna Andersen"
    assert form.value("name") == "  Anna   Andersen "
    assert not form.errors


@pytest.mark.parametrize("name", ["O'Brien", "Þór", "محمد", "Bo", "Ngô 🎉", "<b>Åse</b>"])
def test_names_of_all_kinds_pass(name: str) -> None:
    form = Form({"name": name})
    assert form.text("name") == name


def test_an_empty_required_field_says_so_in_danish() -> None:
    form = Form({})
    assert form.text("name") == ""
    assert form.errors == {"name": "Udfyld feltet."}


def test_too_long_text_says_by_how_much() -> None:
    with speaking("en"):
        form = Form({"name": "x" * 210})
        form.text("name")
    assert form.errors == {"name": "Shorten it by 10 characters."}


def test_control_characters_are_refused() -> None:
    form = Form({"name": "a\x00b"})
    form.text("name")
    assert "name" in form.errors


@pytest.mark.parametrize(
    "text", ["010170-1234 er mit nummer", "Hun hedder Eva, 0701700107.", "070170\u00a0-\u00a00107"]
)
def test_a_cpr_number_stops_the_form(text: str) -> None:
    """Only what passes as one: the birth date exists (the modulus has not held since 2007)."""
    form = Form({"story": text})
    form.text("story", maximum=1500, lines=True)
    assert "story" in form.errors


@pytest.mark.parametrize("text", ["12345678", "+4556676767", "1.010.170.1234", "9999991234", "2026-11-22"])
def test_other_numbers_pass(text: str) -> None:
    form = Form({"story": text})
    assert form.text("story", maximum=1500) == text


def test_the_person_can_say_that_it_is_no_cpr_number() -> None:
    form = Form({"story": "070170-0107", "story_not_cpr": "1"})
    assert form.text("story") == "070170-0107"


@pytest.mark.parametrize("address", ["a@b", "a b@c.dk", "@c.dk", "a@@c.dk", "a@c..dk"])
def test_wrong_addresses_are_refused(address: str) -> None:
    form = Form({"email": address})
    assert form.email("email") == ""
    assert "email" in form.errors


def test_addresses_are_compared_in_lower_case() -> None:
    assert Form({"email": " Anna@Example.DK "}).email("email") == "anna@example.dk"


def test_phones_are_danish_unless_they_say_otherwise() -> None:
    assert Form({"phone": "56676767"}).phone("phone") == "+45 56 67 67 67"
    assert Form({"phone": "+49 30 901820"}).phone("phone") == "+49 30 901820"
    wrong = Form({"phone": "ring til mig"})
    assert wrong.phone("phone") == ""
    assert "phone" in wrong.errors


def test_a_cvr_number_has_a_check_digit() -> None:
    assert Form({"cvr": "DK 13 58 56 28"}).cvr("cvr") == "13585628"
    wrong = Form({"cvr": "12345678"})
    wrong.cvr("cvr")
    assert "cvr" in wrong.errors


def test_an_option_that_was_not_offered_is_refused() -> None:
    form = Form({"kind": "robot"})
    assert form.choice("kind", ["person", "company"]) == ""
    assert "kind" in form.errors


def test_a_deadline_without_a_time_ends_at_the_next_midnight() -> None:
    form = Form({"closes_date": "2026-11-22"})
    moment = form.moment("closes", is_deadline=True)
    assert moment == datetime(2026, 11, 22, 23, tzinfo=UTC)
    assert moment_values("closes", moment, is_deadline=True) == {"closes_date": "22.11.2026", "closes_time": "23.59"}


def test_a_time_that_comes_twice_or_never_is_refused() -> None:
    for day in ("2026-10-25", "2026-03-29"):
        form = Form({"closes_date": day, "closes_time": "02:30"})
        assert form.moment("closes") is None
        assert "closes" in form.errors


def test_moments_read_back_as_they_were_written() -> None:
    moment = datetime(2026, 7, 1, 10, 0, tzinfo=UTC)
    assert Form(moment_values("closes", moment)).moment("closes") == moment


@pytest.mark.parametrize("typed", ["10.000", "10 000", "10000"])
def test_amounts_are_kept_in_ore(typed: str) -> None:
    assert Form({"amount": typed}).kroner("amount") == 1_000_000


@pytest.mark.parametrize("typed", ["-1", "ti", "1e5", "²", "9" * 40])
def test_amounts_that_are_none_are_refused(typed: str) -> None:
    form = Form({"amount": typed})
    form.kroner("amount")
    assert "amount" in form.errors


def test_boxes_of_one_question_are_read_as_one_answer() -> None:
    form = Form({"ties[]": ["lives", "works"]})
    assert form.choices("ties", ["lives", "works", "effort"]) == ["lives", "works"]


def test_a_refusal_may_have_a_name_in_its_words() -> None:
    form = Form()
    form.fail("form", "A vote is open that %(name)s takes part in.", name="Ali")
    assert form.error("form") == "A vote is open that Ali takes part in."
