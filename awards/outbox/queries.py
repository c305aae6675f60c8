"""Reading the outbox, for staff and for the command line."""

from functools import reduce
from uuid import UUID

from piccolo.columns.combination import And, Or
from piccolo.custom_types import Combinable

from awards.errors import NotFound
from awards.outbox.tables import Mail

STATES = ("queued", "sent", "dead", "returned")
PER_PAGE = 50


async def counts_by_state(council: UUID) -> dict[str, int]:
    """How many mails of the council are in each state."""
    rows = await Mail.raw("SELECT state, COUNT(*) AS n FROM mail WHERE council = {} GROUP BY state", council)
    found = {row["state"]: row["n"] for row in rows}
    return {state: found.get(state, 0) for state in STATES}


async def mails_of(council: UUID, *, state: str = "", words: str = "", page: int = 1) -> tuple[list[Mail], int]:
    """One page of the council's mails, newest first, and how many there are in all.

    words: part of the recipient's address or name, or of the reference.
    """
    where: Combinable = Mail.council == council
    if state:
        where = And(where, Mail.state == state)
    for word in words.replace("\\", " ").split():
        where = And(where, _holds(word))
    total = await Mail.count().where(where)
    mails = await (
        Mail.objects()
        .where(where)
        .order_by(Mail.created_at, ascending=False)
        .order_by(Mail.id)
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    )
    return mails, total


async def mail_of(council: UUID, mail_id: UUID) -> Mail:
    """Raises NotFound unless it is one of the council's."""
    mail = await Mail.objects().where(Mail.id == mail_id, Mail.council == council).first()
    if mail is None:
        raise NotFound
    return mail


async def unsent_mails() -> list[Mail]:
    """Every mail of the installation that waits or was given up, oldest first."""
    return await Mail.objects().where(Mail.state.is_in(["queued", "dead"])).order_by(Mail.created_at)


def _holds(word: str) -> Combinable:
    """`word` in any letter case. SQLite folds A to Z only, so å is asked for as Å too."""
    ways = dict.fromkeys((word, word.lower(), word.capitalize()))
    columns = (Mail.recipient, Mail.recipient_name, Mail.reference)
    asked: list[Combinable] = [column.ilike(f"%{way}%") for way in ways for column in columns]
    return reduce(Or, asked)
