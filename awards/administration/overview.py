"""What waits for somebody with a role: a line for each page they work with, and what is to be done there."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from awards.administration.people import accesses
from awards.ballots.tables import Elector, Poll
from awards.councils.tables import Council
from awards.nominations.tables import Nomination
from awards.outbox.tables import Mail
from awards.rounds.queries import published_rounds
from awards.rounds.tables import Round
from awards.web.formats import show_deadline
from awards.web.i18n import _, ngettext


@dataclass(frozen=True, slots=True)
class Note:
    """What is to be done on a page. tone: `warn` waits for this person, `neutral` tells."""

    text: str
    tone: str = "warn"


async def notes_for(
    council: Council, round: Round | None, roles: Set[str], person: UUID, *, today: date, now: datetime
) -> dict[str, Note]:
    """The notes by the page's path below the council (`/personer`, `/2026/afstemning` …); pages without one are fine.

    No note tells whether somebody has voted: nobody is to know before the poll has closed.
    """
    notes: dict[str, Note] = {}
    if round is not None and "secretary" in roles:
        waiting = await Nomination.count().where(Nomination.prize.round == round.id, Nomination.state == "received")
        if waiting:
            words = ngettext("%(n)s waits for you", "%(n)s wait for you", waiting) % {"n": waiting}
            notes[f"/{round.year}/indstillinger"] = Note(words)
        notes |= await _polls_to_run(round)
    if round is not None and "member" in roles:
        notes |= await _polls_to_vote_in(round, person)
    if round is not None and not roles.isdisjoint({"secretary", "communications"}):
        approved = await Poll.exists().where(Poll.prize.round == round.id, Poll.state == "approved")
        if approved and round.id not in await published_rounds(council.id):
            notes[f"/{round.year}/vindere"] = Note(_("A result is approved"))
    if "secretary" in roles:
        if round is not None and round.opened_at is None:
            notes["/opsaetning"] = Note(_("%(round)s is not open yet", round=round.title))
        people = await accesses(council.id, today=today, now=now)
        locked_out = sum(row.needs_card or row.needs_invitation for row in people)
        if locked_out:
            notes["/personer"] = Note(_("%(n)s cannot sign in", n=locked_out))
        dead = await Mail.count().where(Mail.council == council.id, Mail.state == "dead")
        if dead:
            words = ngettext("%(n)s mail did not arrive", "%(n)s mails did not arrive", dead) % {"n": dead}
            notes["/mails"] = Note(words)
    return notes


async def _polls_to_run(round: Round) -> dict[str, Note]:
    states = await Poll.select(Poll.state).where(Poll.prize.round == round.id).output(as_list=True)
    for state, words in (
        ("tie", _("The votes are equal")),
        ("decided", _("A result waits for approval")),
        ("counted", _("A vote is counted")),
        ("armed", _("A vote is prepared")),
    ):
        if state in states:
            return {f"/{round.year}/afstemninger": Note(words)}
    return {f"/{round.year}/afstemninger": Note(_("A vote is open"), "neutral")} if "open" in states else {}


async def _polls_to_vote_in(round: Round, person: UUID) -> dict[str, Note]:
    open_polls = await Poll.select(Poll.id, Poll.closes_at).where(Poll.prize.round == round.id, Poll.state == "open")
    mine = (
        await Elector.select(Elector.poll)
        .where(Elector.member == person, Elector.poll.is_in([poll["id"] for poll in open_polls]))
        .output(as_list=True)
        if open_polls
        else []
    )
    ends = [poll["closes_at"] for poll in open_polls if poll["id"] in mine and poll["closes_at"]]
    if not mine:
        return {}
    words = _("Open until %(deadline)s", deadline=show_deadline(min(ends))) if ends else _("A vote is open")
    return {f"/{round.year}/afstemning": Note(words)}
