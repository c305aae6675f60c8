"""A round's phase, and what its prizes ask for. Values in, values out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from awards.names import normalise

Phase = Literal["setup", "nominating", "screening", "voting", "deciding", "published"]
PHASES: tuple[Phase, ...] = ("setup", "nominating", "screening", "voting", "deciding", "published")

KINDS = ("person", "persons", "association", "company", "institution", "initiative")
PEOPLE_KINDS = frozenset({"person", "persons"})
ORGANISATION_KINDS = frozenset({"association", "company", "institution"})
PEOPLE_TIES = ("lives", "works", "effort")
ORGANISATION_TIES = ("address", "effort")
TIES = ("lives", "works", "effort", "address")
NO_TIE = "none"
"""What a nominator answers who knows that the nominee has none of the ties that the prize accepts."""

CRITERIA_RULES = ("all", "at_least")
METHODS = ("auto", "single", "ranked", "approval", "score")
MOVES = {"op": -1, "ned": 1}
"""Words of an address that move a row, and by how many places."""


class Timetable(Protocol):
    """The moments of a round that its phase depends on; a `Round` row is one."""

    @property
    def opened_at(self) -> datetime | None: ...
    @property
    def opens_at(self) -> datetime | None: ...
    @property
    def closes_at(self) -> datetime | None: ...
    @property
    def screening_ends_at(self) -> datetime | None: ...
    @property
    def voting_ends_at(self) -> datetime | None: ...


def phase(
    round: Timetable,
    now: datetime,
    *,
    voting_began: bool | None = None,
    voting_ended: bool | None = None,
    published: bool = False,
) -> Phase:
    """Where the round stands at `now`.

    `setup` lasts until the secretary has opened the round and `opens_at` is reached. What really happened goes before
    the timetable: `voting_began` (a poll opened, or the council decided) and `voting_ended` (no poll is open or to
    come) follow the plan only while they are None. `published`: every prize is published or not awarded this year.
    """
    if published:
        return "published"
    if round.opened_at is None or (round.opens_at is not None and now < round.opens_at):
        return "setup"
    if round.closes_at is None or now < round.closes_at:
        return "nominating"
    if voting_ended or (voting_ended is None and _passed(round.voting_ends_at, now)):
        return "deciding"
    if voting_began or (voting_began is None and _passed(round.screening_ends_at, now)):
        return "voting"
    return "screening"


def _passed(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and now >= moment


def is_open(round: Timetable, now: datetime) -> bool:
    """Nominations are received; the deadline is exclusive."""
    return phase(round, now) == "nominating"


def is_frozen(round: Timetable) -> bool:
    """Once a round is opened, what people nominate by no longer changes."""
    return round.opened_at is not None


def criteria_met(rule: str, minimum: int, required: Sequence[bool], met: Sequence[bool | None]) -> bool | None:
    """Whether a nominee meets a prize's criteria, given a verdict on each (None: not judged yet, or in doubt).

    `all` asks for each one. `at_least` asks for every required one and `minimum` of the others.
    None while the open verdicts can still turn it either way.
    """
    pairs = list(zip(required, met, strict=True))
    musts = [verdict for must, verdict in pairs if must or rule == "all"]
    others = [verdict for must, verdict in pairs if not must and rule != "all"]
    wanted = min(minimum, len(others))
    if False in musts or others.count(True) + others.count(None) < wanted:
        return False
    if None in musts or others.count(True) < wanted:
        return None
    return True


def voting_method(method: str, candidates: int) -> str:
    """The method of a poll: `auto` is `single` for up to 2 candidates and `ranked` from 3."""
    if method != "auto":
        return method
    return "single" if candidates <= 2 else "ranked"


def shares(amount_ore: int, winners: int) -> list[int]:
    """Equal shares in øre; what cannot be divided goes to the first ones, so that nothing is lost."""
    each, rest = divmod(amount_ore, winners)
    return [each + (1 if place < rest else 0) for place in range(winners)]


COMPANY_FORMS = frozenset({"aps", "as", "ivs", "amba", "smba", "fmba", "ks", "ps", "is"})


def bare_name(name: str) -> str:
    """A name as compared with others: case, accents, punctuation and company forms do not matter."""
    words = normalise(name.replace("/", "")).split()
    return " ".join(word for word in words if word not in COMPANY_FORMS)


@dataclass(frozen=True, slots=True)
class Winner:
    """Somebody who won before."""

    name: str
    year: int
    cvr: str = ""


@dataclass(frozen=True, slots=True)
class NomineeRules:
    """What a prize asks of a nominee. `year`: the round's; `winners_years`: 0 lets earlier winners in.

    ties, organisation_ties: accepted ties to the place, of people and initiatives, and of organisations;
    none asks for nothing.
    """

    year: int
    kinds: Sequence[str]
    ties: Sequence[str] = ()
    organisation_ties: Sequence[str] = ()
    excludes_members: bool = True
    excludes_employees: bool = False
    excludes_self: bool = False
    excludes_paid: bool = False
    winners_years: int = 0


@dataclass(frozen=True, slots=True)
class NomineeFacts:
    """What a nomination tells, and whom to compare it with. `members`: names of the council's members;
    `winners`: earlier winners of the same prize."""

    kind: str
    name: str
    cvr: str = ""
    email: str = ""
    tie: str = ""
    nominator: str = ""
    nominator_email: str = ""
    members: Sequence[str] = ()
    winners: Sequence[Winner] = ()


Outcome = Literal["met", "not_met", "judge"]


@dataclass(frozen=True, slots=True)
class Check:
    """One automatic check: `met`, `not_met`, or left to people to `judge`. `rounds.words` puts it in words.

    key: kind, tie, member, employee, paid, self or winner. `detail`: what the words mention, such as a year.
    """

    key: str
    outcome: Outcome
    detail: str = ""


def check_nominee(rules: NomineeRules, facts: NomineeFacts) -> list[Check]:
    """The checks that apply to this prize and nominee, in the order in which they are shown.

    What compares names says nothing before they are written.
    """
    checks = [_check_kind(rules, facts), _check_tie(rules, facts)]
    if rules.excludes_members and facts.name and facts.kind not in ORGANISATION_KINDS:
        checks.append(_check_members(facts))
    if rules.excludes_employees and facts.kind not in {"association", "company"}:
        # Nothing here knows whom the municipality employs.
        checks.append(Check("employee", "judge"))
    if rules.excludes_paid:
        # What somebody is paid for is asked of people.
        checks.append(Check("paid", "judge"))
    if rules.excludes_self and facts.nominator and facts.kind in PEOPLE_KINDS:
        checks.append(_check_self(facts))
    if rules.winners_years and facts.name:
        checks.append(_check_winners(rules, facts))
    return [check for check in checks if check is not None]


def _check_kind(rules: NomineeRules, facts: NomineeFacts) -> Check:
    if not facts.kind:
        return Check("kind", "judge")
    return Check("kind", "met" if facts.kind in rules.kinds else "not_met", facts.kind)


def _check_tie(rules: NomineeRules, facts: NomineeFacts) -> Check | None:
    accepted = rules.organisation_ties if facts.kind in ORGANISATION_KINDS else rules.ties
    if not accepted:
        return None
    if not facts.tie:
        return Check("tie", "judge")
    return Check("tie", "met" if facts.tie in accepted else "not_met", facts.tie)


def _check_members(facts: NomineeFacts) -> Check:
    name, members = bare_name(facts.name), {bare_name(member) for member in facts.members} - {""}
    if name in members:
        return Check("member", "not_met")
    # Several people stand in one field: a member may be among them.
    inside = any(f" {member} " in f" {name} " for member in members)
    return Check("member", "judge" if inside else "met")


def _check_self(facts: NomineeFacts) -> Check:
    name, own = bare_name(facts.name), bare_name(facts.nominator)
    same_address = bool(facts.email) and facts.email.lower() == facts.nominator_email.lower()
    if (own and name == own) or (same_address and facts.kind == "person"):
        return Check("self", "not_met")
    inside = same_address or (bool(own) and f" {own} " in f" {name} ")
    return Check("self", "judge" if inside else "met")


def _check_winners(rules: NomineeRules, facts: NomineeFacts) -> Check:
    name = bare_name(facts.name)
    years = [
        winner.year
        for winner in facts.winners
        if rules.year - rules.winners_years <= winner.year < rules.year
        and ((facts.cvr and facts.cvr == winner.cvr) or (name and name == bare_name(winner.name)))
    ]
    return Check("winner", "not_met", str(max(years))) if years else Check("winner", "met")
