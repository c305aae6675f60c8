"""Stemmeurnen: the codes of all envelopes, after the vote has closed."""

from litestar import get
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.response import Response

from awards.ballots.codes import in_groups, root_of
from awards.ballots.recusals import SETTLED
from awards.ballots.tables import Box, Mixed
from awards.ballots.web.places import AtPrize
from awards.ballots.web.refusals import not_for_you
from awards.councils.standing import desk
from awards.errors import NotFound
from awards.web.pages import Request


@get("/{prize:str}/stemmeurne", name="ballots.boards")
async def boards(request: Request, at: NamedDependency[AtPrize]) -> Response[str]:
    """Codes only, sorted: never an envelope, and never beside a vote."""
    case = await at.case()
    if case.is_out:
        return not_for_you(request, at, case)
    poll = case.poll
    if poll is None or poll.opens_at is None or poll.state not in (*SETTLED, "void"):
        raise NotFound
    outer = await Box.select(Box.t1).where(Box.poll == poll.id).order_by(Box.t1).output(as_list=True)
    inner = await Mixed.select(Mixed.t2).where(Mixed.poll == poll.id).order_by(Mixed.t2).output(as_list=True)
    return desk(
        request,
        at.standing,
        "ballots/boards.html",
        prize=case.prize,
        poll=poll,
        boards=[("t1", outer, root_of(outer)), ("t2", inner, root_of(inner))],
        in_groups=in_groups,
        here=at.here,
    )


HANDLERS: list[BaseRouteHandler] = [boards]
