"""The voting booth: what a member needs to fill in a ballot of one poll."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from awards.ballots import keys
from awards.ballots.ballot import Ballot, write_ballot
from awards.ballots.casting import manifest_of, own_slot
from awards.ballots.manifest import Entry, Manifest, lock_from_hex
from awards.ballots.queries import PrizeCase
from awards.ballots.sealing import Sealed, seal
from awards.ballots.tables import Poll
from awards.clock import Clock
from awards.errors import DeadlinePassed, NotFound
from awards.rounds.tables import Prize


@dataclass(frozen=True, slots=True)
class Booth:
    """An open poll as one elector meets it.

    seq, t1: how many ballots this elector has cast, and the code of the one that counts (empty before the first).
    before: the vote without a result that this one follows.
    """

    prize: Prize
    poll: Poll
    manifest: Manifest
    member: UUID
    seq: int
    t1: str
    before: Poll | None = None

    @property
    def entries(self) -> list[Entry]:
        """The candidates in an order of this voter's own, the same every time: whoever stands first on a ballot gets
        votes for it, so no candidate stands first for everybody."""
        return sorted(self.manifest.entries, key=lambda entry: self._place(entry.id))

    def _place(self, id: str) -> bytes:
        return sha256(self.poll.id.bytes + self.member.bytes + id.encode()).digest()

    def names(self) -> dict[str, str]:
        return {entry.id: entry.name for entry in self.manifest.entries}

    def seal(self, ballot: Ballot) -> Sealed:
        """The ballot in its two envelopes; the server's memory is the only place where it was open."""
        return seal(
            write_ballot(self.manifest.paper, ballot),
            lock_from_hex(self.manifest.lock_a),
            lock_from_hex(self.manifest.lock_b),
            self.poll.manifest_hash,
        )


async def enter(case: PrizeCase, member: UUID, *, key_dir: Path, clock: Clock) -> Booth:
    """Raises NotFound before the poll is open and for anybody not on its roll, DeadlinePassed from the close on."""
    poll = case.poll
    if poll is None or poll.opens_at is None or poll.state == "void":
        raise NotFound
    if poll.state != "open" or poll.closes_at is None or clock.now() >= poll.closes_at:
        raise DeadlinePassed("The vote is closed. If you voted earlier, that vote counts.")
    seq, t1 = await own_slot(poll, member, keys.slot_key(key_dir))
    return Booth(case.prize, poll, manifest_of(poll), member, seq, t1, case.before)
