"""What waits for whom in a round. Values in, values out; nothing here knows a tally or who has voted."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

State = Literal["todo", "waiting", "done"]

CHAIR, SECRETARY = "chair", "secretary"
# A poll that has ended without a result leaves the prize where it was before.
NO_POLL = frozenset({"", "draft", "void"})
APPROVED = frozenset({"approved", "destroyed"})


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the overview: `todo` waits for the reader, `waiting` for somebody else.

    key: what it is, as `overview_words` says it. path: where it is done; empty where there is nothing to do.
    n: how many. until: a deadline.
    """

    key: str
    state: State
    path: str = ""
    n: int = 0
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class PrizeFacts:
    """How far a prize has come, as one person meets it.

    round: the address of the round's pages. waiting, accepted: nominations not screened yet, and accepted.
    poll: the newest poll's state, or empty. unanswered: members who have not answered about inhabilitet.
    doubts: of other members, not settled yet. on_roll: the reader may vote.
    is_out: the reader takes no part in this prize, in any role.
    acts_as: `chair`, `secretary` or both, where it is the reader's turn. approved: in which capacities the result is.
    decision: of a meeting: empty, `registered` or `approved`; `registered_by_me`: by the reader.
    award: empty, `written` or `published`.
    """

    round: str
    slug: str
    title: str
    is_awarded: bool = True
    waiting: int = 0
    accepted: int = 0
    is_confirmed: bool = False
    has_answered: bool = False
    is_out: bool = False
    unanswered: int = 0
    doubts: int = 0
    poll: str = ""
    closes_at: datetime | None = None
    on_roll: bool = False
    acts_as: frozenset[str] = frozenset()
    approved: frozenset[str] = frozenset()
    decision: str = ""
    registered_by_me: bool = False
    award: str = ""

    @property
    def is_decided(self) -> bool:
        """The council's decision stands."""
        return self.poll in APPROVED or self.decision == "approved"

    @property
    def is_before_vote(self) -> bool:
        return self.poll in NO_POLL and not self.decision

    @property
    def is_finished(self) -> bool:
        return self.award == "published" or not self.is_awarded


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """A round and its prizes. address: of its pages, such as `/koege/2026`; setup: of its own settings."""

    address: str
    setup: str
    is_opened: bool
    closes_at: datetime | None
    prizes: tuple[PrizeFacts, ...]

    def is_receiving(self, now: datetime) -> bool:
        return self.is_opened and (self.closes_at is None or now < self.closes_at)

    @property
    def is_finished(self) -> bool:
        """Every prize is published or not awarded."""
        return bool(self.prizes) and all(prize.is_finished for prize in self.prizes)

    @property
    def voting_began(self) -> bool:
        return not all(prize.is_before_vote for prize in self.prizes if prize.is_awarded)

    @property
    def voting_ended(self) -> bool:
        """No vote is open or to come."""
        awarded = [prize for prize in self.prizes if prize.is_awarded]
        return bool(awarded) and not any(prize.is_before_vote or prize.poll == "open" for prize in awarded)


def round_tasks(round: RoundFacts, roles: Set[str], now: datetime) -> list[Task]:
    """What concerns all prizes of the round at once."""
    found = []
    prizes = [prize for prize in round.prizes if prize.is_awarded and not prize.is_out]
    received = sum(prize.waiting + prize.accepted for prize in prizes)
    waiting = sum(prize.waiting for prize in prizes)
    if SECRETARY in roles:
        if not round.is_opened:
            return [Task("set_up", "todo", round.setup)]
        if round.is_receiving(now):
            found.append(Task("receiving", "waiting", round.setup, until=round.closes_at))
        if waiting:
            found.append(Task("screen", "todo", f"{round.address}/indstillinger", n=waiting))
        elif received:
            found.append(Task("screened", "done", f"{round.address}/indstillinger"))
    asked = [prize for prize in round.prizes if prize.is_awarded and prize.is_confirmed and prize.is_before_vote]
    if "member" in roles and asked:
        is_answered = all(prize.has_answered for prize in asked)
        found.append(
            Task(
                "answered" if is_answered else "answer",
                "done" if is_answered else "todo",
                f"{round.address}/inhabilitet",
            )
        )
    return found


def prize_tasks(prize: PrizeFacts, roles: Set[str], *, receiving: bool) -> list[Task]:
    """What concerns one prize, in the order in which it is done; whoever takes no part in it learns nothing else."""
    if prize.is_out:
        return [Task("recused", "waiting")]
    if not prize.is_awarded:
        return [Task("not_awarded", "done")]
    found = []
    if SECRETARY in roles and not receiving:
        found += _for_secretary(prize)
    if CHAIR in prize.acts_as:
        found += _for_chair(prize)
    if "member" in roles:
        found += _for_member(prize)
    if not roles.isdisjoint({SECRETARY, "communications"}):
        found += _for_publishing(prize, roles)
    return found


def _for_secretary(prize: PrizeFacts) -> list[Task]:
    if not prize.is_confirmed:
        if prize.waiting or not prize.accepted:
            return []
        return [Task("confirm", "todo", f"{prize.round}/nominerede", n=prize.accepted)]
    if prize.is_before_vote:
        found = [Task("doubts", "waiting", f"{prize.round}/afstemninger", n=prize.doubts)] if prize.doubts else []
        if prize.unanswered:
            return [*found, Task("unanswered", "waiting", f"{prize.round}/afstemninger", n=prize.unanswered)]
        return [*found, Task("open_vote", "todo", f"{prize.round}/afstemninger")]
    if prize.poll == "open":
        return [Task("vote_open", "waiting", f"{prize.round}/afstemninger", until=prize.closes_at)]
    if prize.poll == "tie":
        return [Task("tie_waits", "waiting", f"{prize.round}/afstemninger")]
    if prize.poll == "decided":
        return [_approval(prize, SECRETARY)]
    if prize.decision == "registered":
        return [Task("decision_waits", "waiting", f"{prize.round}/afstemninger")]
    return [] if prize.is_decided else [Task("counting", "waiting", f"{prize.round}/afstemninger")]


def _for_chair(prize: PrizeFacts) -> list[Task]:
    found = []
    if prize.doubts and prize.is_before_vote:
        found.append(Task("settle_doubts", "todo", f"{prize.round}/inhabilitet/tvivl", n=prize.doubts))
    if prize.poll == "tie":
        found.append(Task("decide_tie", "todo", f"{prize.round}/afstemning"))
    if prize.poll == "decided":
        found.append(_approval(prize, CHAIR))
    if prize.decision == "registered":
        mine = prize.registered_by_me  # two people are needed
        found.append(
            Task(
                "decision_waits" if mine else "approve_decision",
                "waiting" if mine else "todo",
                f"{prize.round}/afstemning",
            )
        )
    return found


def _approval(prize: PrizeFacts, capacity: str) -> Task:
    if capacity in prize.acts_as and capacity not in prize.approved:
        return Task("approve", "todo", f"{prize.round}/afstemning")
    return Task("approval_waits", "waiting", f"{prize.round}/afstemning")


def _for_member(prize: PrizeFacts) -> list[Task]:
    if prize.is_decided:
        return [Task("decided", "done")]
    if prize.poll == "open":
        if not prize.on_roll:
            return [Task("not_on_roll", "waiting")]
        # Whether the reader has voted is not looked up: it stays so however often they vote.
        return [Task("vote", "todo", f"{prize.round}/{prize.slug}/stemmeseddel", until=prize.closes_at)]
    if not prize.is_before_vote:
        return [Task("vote_closed", "waiting")]
    if prize.is_confirmed and prize.has_answered:
        return [Task("read", "todo", f"{prize.round}/{prize.slug}/kandidater")]
    return []


def _for_publishing(prize: PrizeFacts, roles: Set[str]) -> list[Task]:
    if prize.award == "published":
        return [Task("published", "done", f"{prize.round}/vindere")]
    if prize.is_decided:
        return [Task("publish" if prize.award else "write", "todo", f"{prize.round}/vindere")]
    # The secretary sees further up what the decision waits for.
    return [] if SECRETARY in roles else [Task("undecided", "waiting")]
