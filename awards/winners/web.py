"""The public's pages of prizes and winners."""

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from awards.clock import Clock
from awards.councils.queries import all_councils, council_by_slug, the_only_council
from awards.councils.tables import Council
from awards.errors import NotFound
from awards.rounds.queries import newest_round, prizes_of, public_round
from awards.rounds.rules import phase
from awards.rounds.tables import Round
from awards.web.i18n import _
from awards.web.pages import EVERY_LANGUAGE, Page, Request, go_to, page
from awards.winners.queries import photo_bytes, public_award, public_nominees, winner_cards
from awards.winners.rules import joined, place_of

A_DAY = "public, max-age=86400"


@get("/", name="winners.front")
async def front(request: Request, clock: NamedDependency[Clock]) -> Page:
    """The front page of the only council, or the choice between several."""
    council = await the_only_council()
    if council is not None:
        return await _council_page(request, council, clock)
    return page(request, "winners/councils.html", public=True, councils=await all_councils())


@get("/{council:str}", name="winners.council")
async def council_front(request: Request, council: FromPath[str], clock: NamedDependency[Clock]) -> Page:
    return await _council_page(request, await council_by_slug(council), clock)


@get("/{council:str}/{year:int}", name="winners.round")
async def round_front(
    request: Request, council: FromPath[str], year: FromPath[int], clock: NamedDependency[Clock]
) -> Page:
    found = await public_round(council, year)
    return await _council_page(request, found.council, clock, found.round)


async def _council_page(request: Request, council: Council, clock: Clock, round: Round | None = None) -> Page:
    """Which prizes are open and until when, and who won last."""
    now = clock.now()
    round = round or await newest_round(council.id, opened=True)
    return page(
        request,
        "winners/front.html",
        public=True,
        council=council,
        place=place_of(council.municipality),
        round=round,
        phase=phase(round, now) if round else "setup",
        prizes=await prizes_of(round.id) if round else [],
        nominees=await public_nominees(round) if round else {},
        winners=await winner_cards(council.id, council.slug, now, years=1),
        now=now,
        joined=joined,
    )


@get("/{council:str}/indstil", name="winners.nominate")
async def nominate(request: Request, council: FromPath[str], clock: NamedDependency[Clock]) -> Page | Response[str]:
    """Which prize? With a single one open there is nothing to choose."""
    found = await council_by_slug(council)
    round = await newest_round(found.id, opened=True)
    is_open = round is not None and phase(round, clock.now()) == "nominating"
    prizes = [prize for prize in await prizes_of(round.id) if not prize.outcome] if round and is_open else []
    if round and len(prizes) == 1:
        return go_to(request, f"/{council}/{round.year}/{prizes[0].slug}/indstil")
    return page(
        request, "winners/nominate.html", public=True, council=found, round=round, prizes=prizes, now=clock.now()
    )


@get("/{council:str}/vindere", name="winners.archive")
async def archive(request: Request, council: FromPath[str], clock: NamedDependency[Clock]) -> Page:
    found = await council_by_slug(council)
    return page(
        request,
        "winners/archive.html",
        public=True,
        council=found,
        winners=await winner_cards(found.id, found.slug, clock.now()),
        joined=joined,
    )


@get("/{council:str}/{year:int}/{prize:str}/vinder", name="winners.show")
async def winner(
    request: Request,
    council: FromPath[str],
    year: FromPath[int],
    prize: FromPath[str],
    clock: NamedDependency[Clock],
) -> Page:
    shown = await public_award(council, year, prize, clock.now())
    return page(
        request,
        "winners/show.html",
        public=True,
        council=shown.found.council,
        shown=shown,
        names=joined(shown.winners, _("and")),
        preview=False,
        photo_path=f"/{council}/{year}/{prize}/vinder/foto",
    )


@get("/{council:str}/{year:int}/{prize:str}/vinder/foto/{size:str}", name="winners.photo")
async def photo(
    council: FromPath[str],
    year: FromPath[int],
    prize: FromPath[str],
    size: FromPath[str],
    clock: NamedDependency[Clock],
) -> Response[bytes]:
    shown = await public_award(council, year, prize, clock.now())
    if shown.photo is None:
        raise NotFound
    return jpeg(await photo_bytes(shown.found.prize.id, size), A_DAY)


def jpeg(data: bytes, caching: str) -> Response[bytes]:
    return Response(data, media_type="image/jpeg", headers={"Cache-Control": caching})


router = Router(
    path="/",
    opt=EVERY_LANGUAGE,
    route_handlers=[front, council_front, round_front, nominate, archive, winner, photo],
)
