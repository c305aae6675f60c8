"""The round "Integrationspriserne": two prizes, the published criteria, and winners of earlier years."""

import json
from uuid import UUID

from awards.administration.demo.story import Calendar
from awards.rounds.tables import Criterion, Laureate, Prize, Round

PURPOSES = {
    "frivillighedsprisen": (
        "Frivillighedsprisen",
        "Prisen går til kommunens bedste frivillige indsats for integrationen: en person, en gruppe, en forening eller "
        "et initiativ, der bringer mennesker sammen på tværs af kulturer.",
        ("person", "persons", "association", "initiative"),
    ),
    "erhvervsprisen": (
        "Erhvervsprisen",
        "Prisen går til en virksomhed, der gør en særlig indsats for rummelighed og medborgerskab på arbejdspladsen og "
        "i lokalsamfundet.",
        ("company", "institution", "initiative"),
    ),
}

# As published; the questions put each criterion to the person who nominates.
CRITERIA = (
    (
        "fremmer etniske minoriteters deltagelse i samfunds- og erhvervslivet i Køge Kommune",
        "Hvordan har kandidaten hjulpet etniske minoriteter med at tage del i samfundet eller arbejdslivet?",
    ),
    (
        "fremmer gensidig respekt og anerkendelse",
        "Hvordan skaber kandidaten respekt og anerkendelse mellem mennesker?",
    ),
    (
        "styrker fællesskaber og venskaber på tværs af kulturer i Køge Kommune",
        "Hvilke fællesskaber eller venskaber er opstået på tværs af kulturer?",
    ),
    (
        "er baseret på et frivilligt, eller helt ekstraordinært engagement, der ligger ud over hvad der kan forventes "
        "af vedkommende",
        "Hvad gør kandidaten, som ligger ud over det, man kan forvente?",
    ),
)

# 2019 as the municipality announced it; the other years are invented.
EARLIER = (
    (2019, "erhvervsprisen", "Karlsvognen", "En arbejdsplads, hvor der er plads til alle."),
    (2019, "frivillighedsprisen", "To frivillige i fællesskab", "Delte prisen for deres arbejde med nye naboer."),
    (-2, "frivillighedsprisen", "Lektiecaféen på biblioteket", "Otte år med hjælp til lektier og livet i Danmark."),
    (-2, "erhvervsprisen", "Gartneriet ved Åen", "Hver femte medarbejder kom fra et sprogforløb."),
    (-1, "frivillighedsprisen", "Fællesspisning i Karlemosen", "Hundrede naboer om det samme bord, hver måned."),
    (-1, "erhvervsprisen", "Bageriet Morgenbrød", "Lærepladser til unge, som andre havde opgivet."),
)


async def open_round(council: UUID, calendar: Calendar) -> Round:
    """The round as the secretary set it up and opened it."""
    round = Round(
        council=council,
        year=calendar.year,
        title="Integrationspriserne",
        introduction=(
            "Hvert år hædrer Integrationsrådet mennesker, foreninger og virksomheder, der gør en forskel for "
            "fællesskabet på tværs af kulturer i Køge."
        ),
        opens_at=calendar.opens_at,
        opened_at=calendar.opens_at,
        closes_at=calendar.closes_at,
        first_closes_at=calendar.closes_at,
        screening_ends_at=calendar.screening_ends_at,
        voting_ends_at=calendar.voting_ends_at,
        announce_at=calendar.announce_at,
        ceremony_at=calendar.ceremony_at,
        ceremony_ends_at=calendar.ceremony_ends_at,
        ceremony_place="Center for Dansk og Integration, Ølbycenter 53, 4600 Køge",
        created_at=calendar.opens_at,
    )
    await round.save()
    for position, (slug, (title, purpose, kinds)) in enumerate(PURPOSES.items(), start=1):
        prize = Prize(
            round=round.id,
            slug=slug,
            position=position,
            title=title,
            purpose=purpose,
            amount_ore=1_000_000,
            kinds=json.dumps(kinds),
            ties=json.dumps(("lives", "works", "effort")),
            organisation_ties=json.dumps(("address", "effort")),
            excludes_winners_years=1,
        )
        await prize.save()
        for number, (text, question) in enumerate(CRITERIA, start=1):
            await Criterion(prize=prize.id, position=number, text=text, question=question).save()
    return round


async def type_in_earlier_laureates(council: UUID, calendar: Calendar) -> None:
    """What the staff typed in from the archive."""
    for year, series, name, line in EARLIER:
        await Laureate(
            council=council,
            series=series,
            prize_title=PURPOSES[series][0],
            year=year if year > 0 else calendar.year + year,
            name=name,
            line=line,
            published_at=calendar.opens_at,
        ).save()
