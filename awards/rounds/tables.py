"""A yearly round with its prizes and criteria, and the laureates of all years."""

from uuid import uuid4

from piccolo.columns import JSON, UUID, BigInt, Boolean, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.table import Table

from awards.councils.tables import Council
from awards.db.constraints import index, unique


class Round(Table):
    """One yearly edition. Its phase follows from the timetable (`rounds.rules.phase`).

    opened_at: when the secretary opened it; from then on criteria are frozen.
    closes_at: the deadline for nominations, exclusive; `first_closes_at` keeps the announced one after an extension.
    announce_at: winners are secret until then.
    assessors: 1, or 2 who each judge a nomination without seeing what the other thinks.
    """

    id = UUID(primary_key=True, default=uuid4)
    council = ForeignKey(Council, null=False, on_delete=OnDelete.restrict, default=None)
    year = Integer(null=False, default=0)
    title = Varchar(200, null=False, default="")
    introduction = Text(null=False, default="")
    opens_at = Timestamptz(null=True, default=None)
    closes_at = Timestamptz(null=True, default=None)
    first_closes_at = Timestamptz(null=True, default=None)
    opened_at = Timestamptz(null=True, default=None)
    screening_ends_at = Timestamptz(null=True, default=None)
    voting_ends_at = Timestamptz(null=True, default=None)
    announce_at = Timestamptz(null=True, default=None)
    ceremony_at = Timestamptz(null=True, default=None)
    ceremony_ends_at = Timestamptz(null=True, default=None)
    ceremony_place = Varchar(300, null=False, default="")
    publish_nominees = Boolean(null=False, default=False)
    assessors = Integer(null=False, default=1)
    created_at = Timestamptz(null=False)


class Prize(Table):
    """A prize of a round. `slug` also names the series across years; `amount_ore` is in øre.

    kinds: JSON list of nominee kinds (person, persons, association, company, institution, initiative).
    ties: JSON list of accepted ties to the place (lives, works, effort, address) of people and initiatives;
    organisation_ties: of associations, companies and institutions. An empty list asks for nothing.
    criteria_rule: `all`, or `at_least`: every required criterion and `criteria_minimum` of the others.
    excludes_winners_years: winners of the same series in that many years before; 0 lets them in.
    excludes_paid: only volunteer work counts.   asks_phone: the nominator must give a phone number.
    decided_by: who decides, as published, where it is not the council's secret vote alone.
    method: auto, single, ranked, approval or score; `method_options` JSON as in the tally rules.
    outcome: empty, or `not_awarded` with `outcome_reason`.
    """

    id = UUID(primary_key=True, default=uuid4)
    round = ForeignKey(Round, null=False, on_delete=OnDelete.cascade, default=None)
    slug = Varchar(60, null=False, default="")
    position = Integer(null=False, default=1)
    title = Varchar(200, null=False, default="")
    purpose = Text(null=False, default="")
    amount_ore = BigInt(null=False, default=0)
    award = Varchar(200, null=False, default="")
    may_be_shared = Boolean(null=False, default=True)
    kinds = JSON(null=False, default="[]")
    ties = JSON(null=False, default="[]")
    organisation_ties = JSON(null=False, default="[]")
    criteria_rule = Varchar(20, null=False, default="all")
    criteria_minimum = Integer(null=False, default=1)
    excludes_members = Boolean(null=False, default=True)
    excludes_employees = Boolean(null=False, default=False)
    excludes_self = Boolean(null=False, default=False)
    excludes_paid = Boolean(null=False, default=False)
    excludes_winners_years = Integer(null=False, default=0)
    asks_phone = Boolean(null=False, default=False)
    decided_by = Text(null=False, default="")
    method = Varchar(20, null=False, default="auto")
    method_options = JSON(null=False, default="{}")
    outcome = Varchar(20, null=False, default="")
    outcome_reason = Text(null=False, default="")


class Criterion(Table):
    """A criterion as published, and the question that asks the nominator about it.

    weight: how many times its points count in a vote with points.
    """

    id = UUID(primary_key=True, default=uuid4)
    prize = ForeignKey(Prize, null=False, on_delete=OnDelete.cascade, default=None)
    position = Integer(null=False, default=1)
    text = Text(null=False, default="")
    question = Text(null=False, default="")
    required = Boolean(null=False, default=False)
    weight = Integer(null=False, default=1)


class Laureate(Table):
    """A winner of some year, written by publication or typed in for earlier years; eligibility reads it."""

    id = UUID(primary_key=True, default=uuid4)
    council = ForeignKey(Council, null=False, on_delete=OnDelete.restrict, default=None)
    series = Varchar(60, null=False, default="")
    prize_title = Varchar(200, null=False, default="")
    year = Integer(null=False, default=0)
    name = Varchar(300, null=False, default="")
    cvr = Varchar(8, null=False, default="")
    line = Text(null=False, default="")
    link = Varchar(500, null=False, default="")
    prize = ForeignKey(Prize, null=True, on_delete=OnDelete.set_null, default=None)
    published_at = Timestamptz(null=False)


CONSTRAINTS = [
    unique(Round.council, Round.year),
    unique(Prize.round, Prize.slug),
    index(Criterion.prize, Criterion.position),
    index(Laureate.council, Laureate.series, Laureate.year),
]
