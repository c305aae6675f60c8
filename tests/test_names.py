"""Names made comparable."""

import pytest

from awards.names import normalise


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Åse Sørensen", "aase  soerensen"),
        ("Ærø ApS", "AERO APS".replace("AERO", "AEROE")),
        ("José", "jose"),
        ("Þór", "thor"),
        ("O'Brien", "O’Brien"),
        ("A\u030ase", "Åse"),
    ],
)
def test_spellings_of_one_name_are_the_same(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


def test_other_scripts_are_kept() -> None:
    assert normalise("محمد علي") == "محمد علي"


def test_different_names_stay_different() -> None:
    assert normalise("Bo Li") != normalise("Bo Lin")
