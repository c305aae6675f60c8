"""A prize with confirmed candidates and a council that votes about it, for the tests of ballots and counting."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from awards.accounts.tables import Person
from awards.ballots import keys, polls, recusals
from awards.ballots.ballot import Ballot, write_ballot
from awards.ballots.casting import cast, manifest_of
from awards.ballots.receipts import Receipt
from awards.ballots.recusals import Reply
from awards.ballots.sealing import Sealed, seal
from awards.ballots.tables import Poll
from awards.counting import closing
from awards.rounds.tables import Prize, Round
from awards.screening.tables import Candidate, Shortlist
from awards.settings import Settings
from awards.web.identity import Actor
from tests.builders import Cast, FakeClock, a_cast, a_council, a_prize, a_round

CLOSES = datetime(2026, 11, 15, 11, tzinfo=UTC)


class Vote:
    """A prize with confirmed candidates, and what is needed to vote about it."""

    cast: Cast
    round: Round
    prize: Prize
    candidates: dict[str, UUID]
    key_dir: Path
    clock: FakeClock
    poll: Poll

    def actor(self, person: Person) -> Actor:
        return Actor(person_id=person.id, name=person.name)

    async def answer(self, person: Person, **about: str) -> None:
        replies = {id: Reply(about.get(name, "none")) for name, id in self.candidates.items()}
        await recusals.answer(
            self.round.id, replies, slot_key=keys.slot_key(self.key_dir), by=self.actor(person), clock=self.clock
        )

    async def everybody_answers(self) -> None:
        for person in self.members:
            await self.answer(person, **({"ada": "recused"} if person.id == self.cast.recused_member.id else {}))

    @property
    def members(self) -> list[Person]:
        cast = self.cast
        return [cast.chair, cast.vice_chair, cast.second_vice_chair, cast.member, cast.recused_member]

    async def open(self, without_answers: bool = False) -> Poll:
        id = uuid4()
        secretary = self.actor(self.cast.secretary)
        await polls.prepare_poll(id, self.prize.id, closes_at=CLOSES, by=secretary, clock=self.clock)
        await polls.open_poll(id, without_answers=without_answers, key_dir=self.key_dir, by=secretary, clock=self.clock)
        return await self.reload(id)

    async def reload(self, id: UUID | None = None) -> Poll:
        found = await Poll.objects().get(Poll.id == (id or self.poll.id))
        assert found is not None
        self.poll = found
        return found

    def sealed(self, ballot: Ballot) -> Sealed:
        manifest = manifest_of(self.poll)
        lock_a = keys.load_lock(self.key_dir, self.poll.id, "A").public_key()
        lock_b = keys.load_lock(self.key_dir, self.poll.id, "B").public_key()
        return seal(write_ballot(manifest.paper, ballot), lock_a, lock_b, self.poll.manifest_hash)

    async def vote(self, person: Person, *names: str, expects: int = 0) -> Receipt:
        short = {entry.name: entry.id for entry in manifest_of(self.poll).entries}
        ballot = Ballot("valid", tuple(short[name] for name in names)) if names else Ballot("blank")
        envelope = self.sealed(ballot)
        return await self.hand_in(person, envelope, expects)

    async def hand_in(self, person: Person, envelope: Sealed, expects: int = 0) -> Receipt:
        return await cast(
            self.poll.id,
            envelope.outer,
            envelope.t1,
            expects=expects,
            member=person.id,
            slot_key=keys.slot_key(self.key_dir),
            clock=self.clock,
        )

    async def close(self) -> Poll:
        self.clock.set(CLOSES)
        await closing.close_due_polls(clock=self.clock, settings=Settings(key_dir=self.key_dir))
        return await self.reload()


async def a_vote(clock: FakeClock, key_dir: Path, *names: str, slug: str = "integrationsraad") -> Vote:
    """A week before `CLOSES`, with these candidates, or ada, bo and cem; `slug` tells several councils apart."""
    clock.set(datetime(2026, 11, 8, 9, tzinfo=UTC))
    made = Vote()
    council = await a_council(slug)
    prefix = "" if slug == "integrationsraad" else f"{slug}_"
    made.cast, made.clock, made.key_dir = await a_cast(council, prefix), clock, key_dir
    made.round = await a_round(council)
    made.prize = await a_prize(made.round)
    made.candidates = {}
    for name in names or ("ada", "bo", "cem"):
        made.candidates[name] = uuid4()
        await Candidate(id=made.candidates[name], prize=made.prize.id, name=name, state="shortlisted").save()
    await Shortlist(id=uuid4(), prize=made.prize.id, confirmed_at=clock.now()).save()
    return made
