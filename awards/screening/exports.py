"""The nominations of a round as a table, for the secretariat's own files: everything that was told, and the outcome."""

from uuid import UUID

from awards import audit
from awards.clock import Clock
from awards.db import transaction
from awards.nominations.tables import Answer, Nomination
from awards.rounds.queries import criteria_of, prizes_of
from awards.rounds.words import KINDS, TIES
from awards.screening.tables import Decision, Verdict
from awards.screening.words import STATES, VERDICTS
from awards.web.formats import local
from awards.web.i18n import _
from awards.web.identity import Actor

Table = list[list[str]]


async def nominations_table(round_id: UUID, *, by: Actor, clock: Clock) -> Table:
    """Headings and one row for each nomination, in the reader's language; the chain notes that it was taken out.

    A criterion has two columns: what was written, and the verdict. Six queries whatever the size.
    """
    prizes = {prize.id: prize.title for prize in await prizes_of(round_id)}
    criteria = await criteria_of(list(prizes))
    ids = list(prizes) or [round_id]  # which is no prize's: a list may not be empty
    nominations = (
        await Nomination.objects()
        .where(Nomination.prize.is_in(ids))
        .order_by(Nomination.received_at, Nomination.reference)
    )
    written = {
        (row["nomination"], row["criterion"]): row["text"]
        for row in await Answer.select(Answer.nomination, Answer.criterion, Answer.text).where(
            Answer.nomination.prize.is_in(ids)
        )
    }
    judged = {
        (row["nomination"], row["criterion"]): VERDICTS[row["verdict"]]
        for row in await Verdict.select(Verdict.nomination, Verdict.criterion, Verdict.verdict).where(
            Verdict.nomination.prize.is_in(ids)
        )
    }
    reasons = {
        row["nomination"]: row["reason"]
        for row in await Decision.select(Decision.nomination, Decision.reason)
        .where(Decision.nomination.prize.is_in(ids), Decision.reason != "")
        .order_by(Decision.at)
    }
    headings, columns = _headings(), []
    for prize, found in criteria.items():
        for criterion in found:
            question = f"{prizes[prize]}: {criterion.text}"
            headings += [question, _("Verdict: %(criterion)s", criterion=question)]
            columns.append(criterion.id)
    table = [headings]
    for one in nominations:
        cells = _told(one, prizes[one.prize], reasons.get(one.id, ""))
        for column in columns:
            verdict = judged.get((one.id, column))
            cells += [written.get((one.id, column), ""), _(verdict) if verdict else ""]
        table.append(cells)
    async with transaction():
        await audit.append("screening.exported", by=by, at=clock.now(), round=round_id, n=len(nominations))
    return table


def _headings() -> list[str]:
    return [
        _("Number"),
        _("Prize"),
        _("Status"),
        _("Received"),
        _("Confirmed"),
        _("Candidate"),
        _("Kind"),
        _("CVR number"),
        _("The candidate's e-mail"),
        _("The candidate's phone"),
        _("Tie to the municipality"),
        _("The candidate knows of it"),
        _("What the candidate has done"),
        _("Nominator"),
        _("E-mail"),
        _("Phone"),
        _("Association or workplace"),
        _("How they know the candidate"),
        _("Reason for the decision"),
    ]


def _told(row: Nomination, prize: str, reason: str) -> list[str]:
    return [
        row.reference,
        prize,
        _(STATES[row.state]),
        f"{local(row.received_at):%Y-%m-%d %H:%M}",
        f"{local(row.confirmed_at):%Y-%m-%d %H:%M}" if row.confirmed_at else "",
        row.nominee,
        _(KINDS[row.kind]) if row.kind in KINDS else "",
        row.cvr,
        row.nominee_email,
        row.nominee_phone,
        _(TIES[row.tie]) if row.tie in TIES else "",
        {"yes": _("Yes"), "no": _("No")}.get(row.aware, ""),
        row.story,
        row.nominator,
        row.email,
        row.phone,
        row.organisation,
        row.relation,
        reason,
    ]
