"""The blank form, to print and write on by hand. In Danish or English: those who type it in read no other."""

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from awards.clock import Clock
from awards.errors import NotFound
from awards.nominations.paper_form import paper_form
from awards.nominations.queries import terms_of
from awards.rounds.queries import public_prize
from awards.rounds.rules import is_open
from awards.settings import Settings


@get("/{council:str}/{year:int}/{prize:str}/blanket", name="nominations.paper_form")
async def show_paper_form(
    council: FromPath[str],
    year: FromPath[int],
    prize: FromPath[str],
    clock: NamedDependency[Clock],
    settings: NamedDependency[Settings],
) -> Response[bytes]:
    """Raises NotFound when nobody can nominate."""
    found = await public_prize(council, year, prize)
    if not is_open(found.round, clock.now()) or found.prize.outcome:
        raise NotFound
    return Response(
        await paper_form(await terms_of(found), base_url=settings.base_url),
        media_type="application/pdf",
        headers={"Content-Disposition": f"attachment; filename=blanket-{year}-{prize}.pdf"},
    )


HANDLERS = [show_paper_form]
