"""A list of thirty asks the database no more than a list of one: every page that lists rows, in the cast's own eyes."""

import json
from datetime import UTC, datetime
from uuid import uuid4

import httpx
import pytest

from awards.accounts.tables import PollCard, Session
from awards.ballots.tables import Elector, Poll, Recusal
from awards.councils.tables import Office, Seat
from awards.counting.tables import MeetingDecision
from awards.db import insert
from awards.nominations.tables import Answer, Attachment, Nomination
from awards.outbox.tables import Mail
from awards.rounds.tables import Criterion, Laureate, Prize, Round
from awards.screening.tables import Candidate, Decision, Inquiry, Placement, Shortlist, Verdict
from tests.builders import Cast, FakeClock, a_cast, a_council, a_person, a_prize, a_round, a_seat
from tests.conftest import SignIn
from tests.queries import count_queries

COUNCIL = "/integrationsraad"
YEAR = f"{COUNCIL}/2026"
NOW = datetime(2026, 11, 9, 9, tzinfo=UTC)  # between screening and the end of voting
LISTS = (
    ("anonymous", COUNCIL),
    ("anonymous", YEAR),
    ("anonymous", f"{COUNCIL}/vindere"),
    ("secretary", f"{COUNCIL}/overblik"),
    ("secretary", f"{COUNCIL}/personer"),
    ("secretary", f"{COUNCIL}/personer/stemmekort"),
    ("secretary", f"{COUNCIL}/mails"),
    ("secretary", f"{YEAR}/indstillinger"),
    ("secretary", f"{YEAR}/indstillinger?q=mad"),
    ("secretary", f"{YEAR}/indstillinger?vaelg=alle"),
    ("secretary", f"{YEAR}/indstillinger?status=asked"),
    ("secretary", f"{YEAR}/nominerede"),
    ("secretary", f"{YEAR}/afstemninger"),
    ("secretary", f"{YEAR}/vindere"),
    ("secretary", f"{COUNCIL}/opsaetning"),
    ("secretary", f"{COUNCIL}/opsaetning/medlemmer"),
    ("secretary", f"{COUNCIL}/opsaetning/roller"),
    ("secretary", f"{COUNCIL}/opsaetning/tidligere-vindere"),
    ("secretary", f"{COUNCIL}/opsaetning/runder/2026"),
    ("secretary", f"{COUNCIL}/opsaetning/runder/2026/priser/pris-0"),
    ("secretary", f"{COUNCIL}/opsaetning/runder/2026/priser/pris-0/kriterier"),
    ("member", f"{COUNCIL}/overblik"),
    ("member", "/mine-enheder"),
    ("member", f"{YEAR}/inhabilitet"),
    ("member", f"{YEAR}/afviste"),
    ("member", f"{YEAR}/afstemning"),
    ("member", f"{YEAR}/pris-0/kandidater"),
    ("chair", f"{COUNCIL}/overblik"),
    ("chair", f"{YEAR}/inhabilitet/tvivl"),
    ("communications", f"{COUNCIL}/overblik"),
)


class World:
    """A council with as many of everything as `grow` was told: prizes, and of each prize candidates, and so on."""

    cast: Cast
    round: Round
    first: Prize
    criteria: list[Criterion]

    async def grow(self, numbers: range) -> None:
        await self._first_prize(numbers)
        for n in numbers:
            await self._people(n)
            await self._prize(n)
            await self._decided(n)
            await self._earlier(n)

    async def _people(self, n: int) -> None:
        council = self.cast.council
        person = await a_person(f"member-{n}")
        await a_seat(council, person, 100 + n)
        await insert(Seat(council=council.id, position=500 + n, represents=f"Tom plads {n}"))
        await insert(PollCard(person=person.id, code_hash=f"{n}", issued_at=NOW))
        officer = await a_person(f"officer-{n}")
        await insert(Office(council=council.id, person=officer.id, role="communications", starts=NOW.date()))
        session = {"created_at": NOW, "expires_at": NOW.replace(year=2030), "agent": f"Browser {n}"}
        await insert(Session(token_hash=f"session {n}", person=self.cast.member.id, **session))

    async def _prize(self, n: int) -> None:
        """Another prize, with an open vote."""
        prize = await a_prize(self.round, f"pris-{n + 1}", criteria=["Fremmer noget"], position=n + 2)
        await self._candidate(prize, n)
        await self._rejected(prize, n)
        await self._vote(prize)

    async def _decided(self, n: int) -> None:
        """Another prize, which the council decided at a meeting."""
        prize = await a_prize(self.round, f"afgjort-{n}", criteria=["Fremmer noget"], position=100 + n)
        winner = Candidate(id=uuid4(), prize=prize.id, name=f"Vinderen {n}", state="shortlisted")
        await insert(winner)
        await insert(
            MeetingDecision(
                prize=prize.id,
                held_on=NOW.date(),
                winners=json.dumps([str(winner.id)]),
                registered_by=self.cast.secretary.id,
                registered_at=NOW,
                approved_by=self.cast.chair.id,
                approved_at=NOW,
            )
        )

    async def _first_prize(self, numbers: range) -> None:
        for n in numbers:
            await insert(Criterion(prize=self.first.id, position=10 + n, text=f"Kriterium {n}", question="Hvordan?"))
            await self._candidate(self.first, n)
            await self._rejected(self.first, n)
            await self._nomination(self.first, f"{n}-W", "received")
            await self._asked(n)

    async def _candidate(self, prize: Prize, n: int) -> None:
        candidate = Candidate(id=uuid4(), prize=prize.id, name=f"Kandidat {n}", state="shortlisted")
        await insert(candidate)
        for text in ("A", "B"):
            nomination = await self._nomination(prize, f"{n}-{text}", "accepted")
            await insert(Placement(nomination=nomination.id, candidate=candidate.id))
        about = {"prize": prize.id, "candidate": candidate.id, "answered_at": NOW}
        await insert(Recusal(member=self.cast.member.id, answer="none", **about))
        await insert(Recusal(member=self.cast.vice_chair.id, answer="doubt", reason="Vi er naboer", **about))

    async def _rejected(self, prize: Prize, n: int) -> None:
        nomination = await self._nomination(prize, f"{n}-R", "rejected")
        await insert(Decision(nomination=nomination.id, outcome="rejected", reason=f"Begrundelse {n}", at=NOW))

    async def _asked(self, n: int) -> None:
        nomination = await self._nomination(self.first, f"{n}-Q", "received")
        about = {"nomination": nomination.id, "question": "Hvor mange?", "asked_at": NOW}
        await insert(Inquiry(answer_by=NOW.replace(day=20), **about))

    async def _nomination(self, prize: Prize, code: str, state: str) -> Nomination:
        nomination = Nomination(
            id=uuid4(),
            reference=f"{prize.slug[-3:]}-{code}",
            prize=prize.id,
            state=state,
            nominee=f"Kandidat {code}",
            nominator=f"Indstiller {code}",
            email=f"{code}@example.dk",
            story="De laver mad.",
            search="mad",
            received_at=NOW,
        )
        await insert(nomination)
        for criterion in self.criteria:
            about = {"nomination": nomination.id, "criterion": criterion.id}
            await insert(Answer(text="Sådan", **about))
            await insert(Verdict(verdict="met", at=NOW, **about))
        file = {"name": "brev.pdf", "media_type": "application/pdf", "size": 1, "data": b"x"}
        await insert(Attachment(owner=nomination.id, added_at=NOW, **file))
        await insert(
            Mail(
                council=self.cast.council.id,
                template="nominations/confirm",
                recipient=nomination.email,
                reference=nomination.reference,
                state="dead",
                next_attempt_at=NOW,
                created_at=NOW,
            )
        )
        return nomination

    async def _vote(self, prize: Prize) -> None:
        await insert(Shortlist(prize=prize.id, confirmed_at=NOW))
        poll = Poll(id=uuid4(), prize=prize.id, state="open", opens_at=NOW, created_at=NOW, method="ranked")
        poll.closes_at = NOW.replace(day=15)
        await insert(poll)
        await insert(Elector(poll=poll.id, member=self.cast.member.id))

    async def _earlier(self, n: int) -> None:
        council, year = self.cast.council, 2025 - n
        earlier = await a_round(council, year)
        prize = await a_prize(earlier, criteria=["Fremmer noget"])
        won = {"series": prize.slug, "prize_title": prize.title, "year": year, "name": f"Vinder {n}"}
        await insert(Laureate(council=council.id, prize=prize.id, published_at=NOW.replace(year=year), **won))
        typed = {"series": "x", "prize_title": "Prisen", "year": 1990, "name": f"Indtastet {n}"}
        await insert(Laureate(council=council.id, published_at=NOW, **typed))


@pytest.fixture
async def world(app: object, clock: FakeClock) -> World:
    clock.set(NOW)
    made = World()
    council = await a_council()
    made.cast = await a_cast(council)
    made.round = await a_round(council)
    made.first = await a_prize(made.round, "pris-0", criteria=["Fremmer noget", "Styrker noget"])
    made.criteria = await Criterion.objects().where(Criterion.prize == made.first.id)
    await made._vote(made.first)
    return made


async def test_a_list_of_thirty_asks_no_more_than_a_list_of_one(
    world: World, client: httpx.AsyncClient, sign_in_as: SignIn
) -> None:
    cookies = {
        name: await sign_in_as(getattr(world.cast, name)) for name in {who for who, _path in LISTS} - {"anonymous"}
    }

    async def ask() -> dict[str, tuple[int, int]]:
        asked = {}
        for who, path in LISTS:
            client.cookies = cookies.get(who, httpx.Cookies())
            with count_queries() as queries:
                answer = await client.get(path)
            assert answer.status_code == 200, (who, path, answer.text[:2000])
            asked[f"{who} {path}"] = queries.number, len(answer.text)
        return asked

    await world.grow(range(1))
    one = await ask()
    await world.grow(range(1, 30))
    thirty = await ask()
    more = [f"{page}: {one[page][0]} → {thirty[page][0]}" for page in one if thirty[page][0] != one[page][0]]
    assert not more, "\n".join(more)
    short = [page for page in one if thirty[page][1] <= one[page][1]]
    assert not short, "these do not list what was added"
