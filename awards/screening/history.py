"""What has happened to a nomination: who did what and when, what it changed, and how the form stood at a moment."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from awards.accounts.tables import Person
from awards.nominations.tables import Answer, Nomination, Revision
from awards.rounds.tables import Criterion
from awards.screening import words
from awards.screening.inquiry_queries import inquiries_of
from awards.screening.tables import Decision, StaffNote
from awards.web.i18n import _

Rows = list[dict[str, str]]  # what stands in the form: key (the label) and value


@dataclass(frozen=True, slots=True)
class Change:
    """A part of the form before and after; empty where it was not there."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the history. `who` is empty for what happens by itself; `text` is what somebody wrote."""

    at: datetime
    title: str
    who: str = ""
    text: str = ""
    changes: list[Change] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Versions:
    """The form through time: `former` holds (until, what was done then, the form before it), oldest first."""

    former: Sequence[tuple[datetime, str, Rows]]
    now: Rows

    def at(self, moment: datetime) -> Rows:
        """The form as it stood at `moment` (exclusive: a change at the deadline itself came too late)."""
        return next((rows for until, _what, rows in self.former if until >= moment), self.now)

    def changes(self) -> list[tuple[datetime, str, list[Change]]]:
        """Each change: when, what was done, and what it changed."""
        states = [*(rows for _until, _what, rows in self.former), self.now]
        return [
            (until, what, differences(before, after))
            for (until, what, before), after in zip(self.former, states[1:], strict=True)
        ]


def differences(before: Rows, after: Rows) -> list[Change]:
    """What differs between two states of the form, in the order of the form."""
    old, new = ({row["key"]: row["value"] for row in rows} for rows in (before, after))
    return [
        Change(label, old.get(label, ""), new.get(label, ""))
        for label in dict.fromkeys([*old, *new])
        if old.get(label, "") != new.get(label, "")
    ]


async def versions_of(nomination: Nomination) -> Versions:
    """Every state of the form, in three queries."""
    revisions = await Revision.objects().where(Revision.nomination == nomination.id).order_by(Revision.at)
    answers = await Answer.select(Answer.criterion, Answer.text).where(Answer.nomination == nomination.id)
    bodies: list[dict[str, Any]] = [json.loads(revision.body) for revision in revisions]
    states = [body.pop("answers", {}) for body in bodies]
    states.append({str(row["criterion"]): row["text"] for row in answers})
    asked = {UUID(id) for state in states for id in state}
    criteria = (
        await Criterion.select(Criterion.id, Criterion.text)
        .where(Criterion.id.is_in(list(asked)))
        .order_by(Criterion.position)
        if asked
        else []
    )
    known = nomination.to_dict()
    rows = [
        _rows(Nomination(**known | body), state, criteria) for body, state in zip([*bodies, {}], states, strict=True)
    ]
    former = [(one.at, one.what, before) for one, before in zip(revisions, rows, strict=False)]
    return Versions(former, rows[-1])


def _rows(nomination: Nomination, answers: Mapping[str, str], criteria: Sequence[Mapping[str, Any]]) -> Rows:
    written = [(_("What has the candidate done?"), nomination.story)]
    written += [(row["text"], answers.get(str(row["id"]), "")) for row in criteria]
    name = {"key": _("Name"), "value": nomination.nominee}
    return [name, *words.facts_of(nomination), *({"key": key, "value": value} for key, value in written if value)]


async def history_of(nomination: Nomination, now: datetime, *, with_notes: bool = True) -> list[Entry]:
    """Everything that has happened, oldest first."""
    entries = [await _reception(nomination)]
    if nomination.confirmed_at:
        entries.append(Entry(nomination.confirmed_at, _("E-mail address confirmed"), nomination.nominator))
    if nomination.reminded_at:
        entries.append(Entry(nomination.reminded_at, _("Reminded to confirm the e-mail address")))
    for at, what, changes in (await versions_of(nomination)).changes():
        if what == "withdrawn":
            entries.append(Entry(at, _("Withdrawn"), nomination.nominator))
        else:
            entries.append(Entry(at, _("Edited by the nominator"), nomination.nominator, changes=changes))
    entries += await _decisions(nomination.id)
    for asked in await inquiries_of(nomination.id, now):
        entries.append(
            Entry(asked["asked_at"], _("The nominator was asked"), asked["by_name"] or "", asked["question"])
        )
        if asked["reminded_at"]:
            entries.append(Entry(asked["reminded_at"], _("Reminded of the question")))
        if asked["answered_at"]:
            entries.append(
                Entry(asked["answered_at"], _("Answer of the nominator"), nomination.nominator, asked["answer"])
            )
    for note in await notes_on(nomination.id) if with_notes else ():
        entries.append(Entry(note["at"], _("Note of the secretariat"), note["by_name"] or "", note["text"]))
    return sorted(entries, key=lambda entry: entry.at)


async def notes_on(nomination: UUID) -> list[dict[str, Any]]:
    """What the secretariat has noted for itself, in order."""
    return await (
        StaffNote.select(StaffNote.text, StaffNote.at, StaffNote.by.name.as_alias("by_name"))
        .where(StaffNote.nomination == nomination)
        .order_by(StaffNote.at)
    )


async def _reception(nomination: Nomination) -> Entry:
    if nomination.entered_by is None:
        return Entry(nomination.received_at, _("Received"), nomination.nominator)
    name = await Person.select(Person.name).where(Person.id == nomination.entered_by).output(as_list=True)
    title = _("Entered from paper") if nomination.source == "paper" else _("Entered after a phone call")
    return Entry(nomination.received_at, title, name[0] if name else "")


async def _decisions(nomination: UUID) -> list[Entry]:
    rows = await (
        Decision.select(Decision.outcome, Decision.reason, Decision.at, Decision.by.name.as_alias("by_name"))
        .where(Decision.nomination == nomination)
        .order_by(Decision.at)
    )
    entries = []
    for row in rows:
        name, reason = words.OUTCOMES[row["outcome"]], row["reason"]
        text = words.told_verdicts(reason) if row["outcome"] == "assessed" else reason
        entries.append(Entry(row["at"], _(name), row["by_name"] or "", text))
    return entries
