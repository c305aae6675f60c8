"""Stemmeurnen: the codes of all envelopes, after the vote has closed."""

from litestar import get
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath
from litestar.response import Response

from awards.ballots.codes import board_of, in_groups, root_of
from awards.ballots.queries import PrizeCase
from awards.ballots.recusals import SETTLED
from awards.ballots.tables import Box, Mixed, Poll
from awards.ballots.web.places import AtPrize
from awards.ballots.web.refusals import not_for_you
from awards.councils.standing import desk
from awards.errors import NotFound
from awards.web.pages import Request

FILES = {"t1": "yderkuverter.txt", "t2": "inderkuverter.txt"}


@get("/{prize:str}/stemmeurne", name="ballots.boards")
async def boards(request: Request, at: NamedDependency[AtPrize]) -> Response[str]:
    """Codes only, sorted: never an envelope, and never beside a vote."""
    case = await at.case()
    if case.is_out:
        return not_for_you(request, at, case)
    poll = _closed(case)
    codes = {name: await _codes(poll, name) for name in FILES}
    return desk(
        request,
        at.standing,
        "ballots/boards.html",
        prize=case.prize,
        poll=poll,
        boards=[(name, found, root_of(found), FILES[name]) for name, found in codes.items()],
        in_groups=in_groups,
        here=at.here,
    )


@get("/{prize:str}/stemmeurne/{file:str}", name="ballots.board_file")
async def board_file(at: NamedDependency[AtPrize], file: FromPath[str]) -> Response[bytes]:
    """The codes of one board, one a line: the file's SHA-256 is the root that was mailed and stands in the chain."""
    case = await at.case()
    name = next((name for name, known in FILES.items() if known == file), None)
    if case.is_out or name is None:
        raise NotFound
    return Response(
        board_of(await _codes(_closed(case), name)),
        media_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f"attachment; filename={file}"},
    )


def _closed(case: PrizeCase) -> Poll:
    if case.poll is None or case.poll.opens_at is None or case.poll.state not in (*SETTLED, "void"):
        raise NotFound
    return case.poll


async def _codes(poll: Poll, board: str) -> list[str]:
    if board == "t1":
        return sorted(await Box.select(Box.t1).where(Box.poll == poll.id).output(as_list=True))
    return sorted(await Mixed.select(Mixed.t2).where(Mixed.poll == poll.id).output(as_list=True))


HANDLERS: list[BaseRouteHandler] = [boards, board_file]
