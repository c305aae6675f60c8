"""The round "Integrationspriserne": two prizes, the published criteria, and winners of earlier years."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from uuid import UUID, uuid4

from awards.administration.demo.story import Calendar, StoryClock
from awards.db.versions import version
from awards.errors import NotFound
from awards.rounds.actions import Timetable, create_round, describe_round, open_round, plan_round
from awards.rounds.criteria import CriterionTerms, add_criterion
from awards.rounds.laureates import LaureateDetails, add_laureate
from awards.rounds.prizes import PrizeTerms, PrizeTexts, add_prize
from awards.rounds.queries import prizes_of
from awards.rounds.tables import Prize, Round
from awards.web.identity import Actor

INTRODUCTION = (
    "Hvert år hædrer Integrationsrådet mennesker, foreninger og virksomheder, der gør en forskel for fællesskabet på "
    "tværs af kulturer i Køge."
)

PLACE = "Center for Dansk og Integration, Ølbycenter 53, 4600 Køge"

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


async def set_up_round(council: UUID, calendar: Calendar, *, by: Actor, clock: StoryClock) -> Round:
    """The round as the secretary sets it up; it opens three days before nominations begin."""
    clock.move_to(calendar.opens_at - timedelta(days=3))
    round = await create_round(
        uuid4(), council, calendar.year, f"Integrationspriserne {calendar.year}", by=by, clock=clock
    )
    seen = version(await round_by_id(round.id))
    await describe_round(round.id, round.title, INTRODUCTION, False, seen=seen, by=by, clock=clock)
    timetable = Timetable(**asdict(calendar), ceremony_place=PLACE)
    seen = version(await round_by_id(round.id))
    await plan_round(round.id, timetable, seen=seen, by=by, clock=clock)
    for slug, (title, purpose, kinds) in PURPOSES.items():
        await _add_prize(round.id, slug, title, purpose, kinds, by, clock)
    await open_round(round.id, by=by, clock=clock)
    clock.move_to(calendar.opens_at)
    return await round_by_id(round.id)


async def _add_prize(
    round: UUID, slug: str, title: str, purpose: str, kinds: Sequence[str], by: Actor, clock: StoryClock
) -> None:
    prize = uuid4()
    texts = PrizeTexts(title=title, purpose=purpose, award="", decided_by="")
    terms = PrizeTerms(
        slug=slug,
        amount_ore=1_000_000,
        may_be_shared=True,
        kinds=list(kinds),
        ties=["lives", "works", "effort"],
        organisation_ties=["address", "effort"],
        criteria_rule="all",
        criteria_minimum=len(CRITERIA),
        excludes_members=True,
        excludes_employees=False,
        excludes_self=False,
        excludes_paid=False,
        excludes_winners_years=1,
        asks_phone=False,
        method="auto",
    )
    await add_prize(prize, round, texts, terms, by=by, clock=clock)
    for text, question in CRITERIA:
        await add_criterion(uuid4(), prize, CriterionTerms(text, question), by=by, clock=clock)


async def type_in_earlier_laureates(council: UUID, year: int, *, by: Actor, clock: StoryClock) -> None:
    """What the staff typed in from the archive; years below zero count back from `year`."""
    for when, series, name, line in EARLIER:
        details = LaureateDetails(
            series=series,
            prize_title=PURPOSES[series][0],
            year=when if when > 0 else year + when,
            name=name,
            cvr="",
            line=line,
            link="",
        )
        await add_laureate(uuid4(), council, details, by=by, clock=clock)


async def prizes_by_slug(round_id: UUID) -> dict[str, Prize]:
    """The prizes of the round, in their order."""
    return {prize.slug: prize for prize in await prizes_of(round_id)}


async def round_by_id(round_id: UUID) -> Round:
    """Raises NotFound."""
    round = await Round.objects().get(Round.id == round_id)
    if round is None:
        raise NotFound
    return round
