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
    """Codes only, sorted: never an envelope, and never beside a vote.

    `?afstemning=`: where the prize was voted about several times, which vote; without it, the newest that has closed.
    """
    case = await at.case()
    if case.is_out:
        return not_for_you(request, at, case)
    number, poll = _closed(case, request)
    codes = {name: await _codes(poll, name) for name in FILES}
    return desk(
        request,
        at.standing,
        "ballots/boards.html",
        prize=case.prize,
        poll=poll,
        number=number,
        others=[other for other in _all_closed(case) if other != (number, poll)],
        boards=[(name, found, root_of(found), FILES[name]) for name, found in codes.items()],
        in_groups=in_groups,
        here=at.here,
    )


@get("/{prize:str}/stemmeurne/{file:str}", name="ballots.board_file")
async def board_file(request: Request, at: NamedDependency[AtPrize], file: FromPath[str]) -> Response[bytes]:
    """The codes of one board, one a line: the file's SHA-256 is the root that was mailed and stands in the chain."""
    case = await at.case()
    name = next((name for name, known in FILES.items() if known == file), None)
    if case.is_out or name is None:
        raise NotFound
    _number, poll = _closed(case, request)
    return Response(
        board_of(await _codes(poll, name)),
        media_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f"attachment; filename={file}"},
    )


def _all_closed(case: PrizeCase) -> list[tuple[int, Poll]]:
    """The votes about the prize that have ended, each with its number."""
    return [(n, poll) for n, poll in enumerate(case.opened, start=1) if poll.state in (*SETTLED, "void")]


def _closed(case: PrizeCase, request: Request) -> tuple[int, Poll]:
    """The vote that the address asks for by its number, or the newest. Raises NotFound before it has closed."""
    asked = request.query_params.get("afstemning", "")
    found = [(n, poll) for n, poll in _all_closed(case) if asked in ("", str(n))]
    if not found:
        raise NotFound
    return found[-1]


async def _codes(poll: Poll, board: str) -> list[str]:
    if board == "t1":
        return sorted(await Box.select(Box.t1).where(Box.poll == poll.id).output(as_list=True))
    return sorted(await Mixed.select(Mixed.t2).where(Mixed.poll == poll.id).output(as_list=True))


HANDLERS: list[BaseRouteHandler] = [boards, board_file]
