"""Which names may be one candidate's."""

import pytest

from awards.likeness import Names, latin


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Åse Sørensen", "Aase Soerensen"),
        ("Åse Sørensen", "Sørensen, Åse"),
        ("Cykelkøkkenet", "Cyckelkøkenet"),
        ("Cykelkøkkenet", "Cykelkøkkenet i Køge"),
        ("Karlsvognen ApS", "Karlsvognen A/S"),
        ("José Pérez", "Jose Perez"),
        ("Şükrü Ilgın", "Sukru Ilgin"),
        ("Олена Шевченко", "Olena Shevchenko"),
        ("Олена Шевченко", "Olena Sjevtjenko"),
        ("محمد علي", "Mohammed Ali"),
        ("محمد علي", "Muhammad Aly"),
        ("فاطمة الزهراء", "Fatima al-Zahra"),
        ("محمد", "محمد"),
        ("Bo Li", "Li, Bo"),
    ],
)
def test_names_that_may_be_one_candidates(one: str, other: str) -> None:
    assert Names([other]).like(one)
    assert Names([one]).like(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cykelkøkkenet", "Sprogcaféen"),
        ("Bo Li", "Bo Lin"),
        ("Ole Hansen", "Ole Jensen"),
        ("Ole", "Ole Hansen"),
        ("محمد علي", "Mads Ali"),
        ("", "Ole"),
        ("!!!", "???"),
    ],
)
def test_names_that_are_two(one: str, other: str) -> None:
    assert Names([other]).like(one) == Names([one]).like(other) == {}


def test_other_alphabets_in_latin_letters() -> None:
    assert latin("Шевченко Ольга") == "shevchenko olga"
    assert latin("Åse O'Brien") == "aase o brien"
