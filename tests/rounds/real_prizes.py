"""Prizes that Danish councils have really announced, as a secretary fills them into the forms.

`fields` is the form of the prize; `criteria` are (text, is it required); `reads` are words of the page that sums it up.
"""

from dataclasses import dataclass, field
from typing import Any

Fields = dict[str, str | list[str]]

PEOPLE_AND_GROUPS = ["person", "persons", "association", "company", "initiative"]
KOEGE = [
    "fremmer etniske minoriteters deltagelse i samfunds- og erhvervslivet i Køge Kommune",
    "fremmer gensidig respekt og anerkendelse",
    "styrker fællesskaber og venskaber på tværs af kulturer i Køge Kommune",
    "er baseret på et frivilligt, eller helt ekstraordinært engagement, der ligger ud over hvad der kan forventes af "
    "vedkommende",
]
BALLERUP = [
    "skaber relationer og netværk",
    "skaber nye fællesskaber på tværs af kulturer",
    "hjælper unge med anden etnisk baggrund i uddannelse eller arbejde",
    "inspirerer andre til frivilligt arbejde",
]


@dataclass(frozen=True)
class RealPrize:
    """`stored`: columns of the prize as they are afterwards, JSON columns read."""

    name: str
    fields: Fields
    criteria: list[tuple[str, bool]]
    stored: dict[str, Any]
    rule: str
    publish_nominees: bool = False
    timetable: Fields = field(default_factory=dict)


def prize(**given: Any) -> Fields:
    usual: Fields = {
        "purpose": "Prisen går til en indsats, der bringer mennesker sammen.",
        "kinds": PEOPLE_AND_GROUPS,
        "ties": [],
        "organisation_ties": [],
        "excludes": [],
        "criteria_rule": "all",
        "criteria_minimum": "1",
        "excludes_winners_years": "0",
        "method": "auto",
    }
    return usual | given


ALL = "Kandidaten skal opfylde alle kriterierne."

REAL_PRIZES = [
    RealPrize(
        "Køge: Frivillighedsprisen, delt af to",
        prize(title="Frivillighedsprisen", amount="10.000", may_be_shared="1", excludes=["members"]),
        [(text, False) for text in KOEGE],
        {"slug": "frivillighedsprisen", "amount_ore": 1_000_000, "may_be_shared": True, "kinds": PEOPLE_AND_GROUPS},
        ALL,
    ),
    RealPrize(
        "Køge 2022: Erhvervsprisen med tre kriterier",
        prize(title="Erhvervsprisen", amount="10000", kinds=["company"], organisation_ties=["address"]),
        [(text, False) for text in KOEGE[:3]],
        {"slug": "erhvervsprisen", "kinds": ["company"], "may_be_shared": False, "organisation_ties": ["address"]},
        ALL,
        timetable={
            "closes_at_date": "4.11.2026",
            "closes_at_time": "",
            "ceremony_at_date": "17.11.2026",
            "ceremony_at_time": "17.00",
            "ceremony_ends_at_date": "17.11.2026",
            "ceremony_ends_at_time": "19.30",
            "ceremony_place": "Center for Dansk og Integration, Ølbycenter 53, 4600 Køge",
        },
    ),
    RealPrize(
        "Køge: Handicapprisen",
        prize(
            title="Handicapprisen",
            amount="10.000",
            award="et diplom",
            kinds=["person", "persons", "association", "company"],
            ties=["effort"],
            organisation_ties=["address"],
            excludes=["employees"],
            asks_phone="1",
        ),
        [("gør en særlig indsats for mennesker med handicap", False)],
        {
            "asks_phone": True,
            "award": "et diplom",
            "ties": ["effort"],
            "organisation_ties": ["address"],
            "excludes_employees": True,
            "excludes_members": False,
        },
        ALL,
    ),
    RealPrize(
        "Ballerup: Integrationsprisen, mindst ét af fire kriterier",
        prize(
            title="Integrationsprisen",
            amount="10.000",
            may_be_shared="1",
            kinds=["person", "persons", "association", "company"],
            ties=["effort"],
            organisation_ties=["effort"],
            excludes=["employees"],
            criteria_rule="at_least",
        ),
        [(text, False) for text in BALLERUP],
        {"criteria_rule": "at_least", "criteria_minimum": 1, "excludes_employees": True, "ties": ["effort"]},
        "Kandidaten skal opfylde mindst ét af kriterierne.",
    ),
    RealPrize(
        "Vordingborg: til enkeltpersoner, penge og et kunstværk",
        prize(
            title="Integrationsprisen til enkeltpersoner",
            amount="2.500",
            award="et kunstværk",
            kinds=["person", "persons"],
            criteria_rule="at_least",
        ),
        [(f"kriterium {number}", False) for number in range(1, 7)],
        {"kinds": ["person", "persons"], "criteria_rule": "at_least", "criteria_minimum": 1},
        "Kandidaten skal opfylde mindst ét af kriterierne.",
        publish_nominees=True,
        timetable={"closes_at_date": "27.9.2026", "closes_at_time": "12.00"},
    ),
    RealPrize(
        "Vordingborg: til arbejdspladser, penge og et kunstværk",
        prize(
            title="Integrationsprisen til arbejdspladser",
            amount="2.500",
            award="et kunstværk",
            kinds=["association", "company", "institution"],
            criteria_rule="at_least",
        ),
        [(f"kriterium {number}", False) for number in range(1, 7)],
        {"amount_ore": 250_000, "award": "et kunstværk", "excludes_winners_years": 0, "criteria_minimum": 1},
        "Kandidaten skal opfylde mindst ét af kriterierne.",
        publish_nominees=True,
        timetable={"closes_at_date": "27.9.2026", "closes_at_time": "12.00"},
    ),
    RealPrize(
        "Valby: Frivilligprisen, offentlig afstemning og jury",
        prize(
            title="Frivilligprisen",
            amount="5.000",
            award="vandrepokal og diplom",
            kinds=["person", "association"],
            excludes=["members", "self", "paid"],
            criteria_rule="at_least",
            criteria_minimum="1",
            decided_by="Offentlig afstemning tæller 50 % og juryen 50 %.",
            method="score",
        ),
        [
            ("er frivilligt: ulønnet og for andre end en selv og ens familie", True),
            ("gavner Valby", False),
            ("samler mennesker", False),
        ],
        {
            "excludes_members": True,
            "excludes_self": True,
            "excludes_paid": True,
            "method": "score",
            "decided_by": "Offentlig afstemning tæller 50 % og juryen 50 %.",
        },
        "Kandidaten skal opfylde de kriterier, der er et krav, og mindst 1 af de andre.",
    ),
    RealPrize(
        "Høje-Taastrup: flertal og tre års karantæne",
        prize(
            title="Prisen",
            excludes_winners_years="3",
            method="single",
            majority="1",
            excludes=["members"],
        ),
        [("gør en forskel", False)],
        {"amount_ore": 0, "excludes_winners_years": 3, "method": "single", "method_options": {"majority": True}},
        ALL,
    ),
]
