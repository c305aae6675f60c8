"""The staff's pages: what is to be published, the text, the preview, publication and corrections."""

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from awards.clock import Clock
from awards.councils.standing import Standing, desk
from awards.counting.deciding import winners_of
from awards.errors import NotFound, RuleBroken
from awards.pictures import FileRefused
from awards.rounds.queries import PublicPrize, public_prize, round_of
from awards.web.forms import Form
from awards.web.i18n import _
from awards.web.pages import Page, Request, go_to
from awards.winners import actions
from awards.winners.forms import as_written, read_award, suggestion
from awards.winners.photos import Developed, develop
from awards.winners.queries import PublicAward, award_of, corrections_of, desk_rows, photo_bytes
from awards.winners.rules import is_public, joined
from awards.winners.web import jpeg

STAFF = ("communications", "secretary")


@get("/vindere", name="winners.desk")
async def overview(
    request: Request, standing: NamedDependency[Standing], year: FromPath[int], clock: NamedDependency[Clock]
) -> Page:
    standing.require(*STAFF)
    round = await round_of(standing.council.id, year)
    return desk(
        request,
        standing,
        "winners/desk.html",
        round=round,
        rows=await desk_rows(round),
        now=clock.now(),
        is_public=is_public,
        here=f"/{standing.council.slug}/{year}",
    )


async def _found(standing: Standing, year: int, prize: str) -> tuple[PublicPrize, PublicAward | None]:
    """The prize and what is written about its winners. Raises NotFound before its decision is approved."""
    standing.require(*STAFF)
    found = await public_prize(standing.council.slug, year, prize)
    if not await winners_of(found.prize.id):
        raise NotFound
    try:
        return found, await award_of(found)
    except NotFound:
        return found, None


async def _edit_page(
    request: Request,
    standing: Standing,
    found: PublicPrize,
    written: PublicAward | None,
    form: Form,
    status: int = 200,
) -> Page:
    award = written.award if written else None
    return desk(
        request,
        standing,
        "winners/edit.html",
        status=status,
        found=found,
        written=written,
        award=award,
        winners=await winners_of(found.prize.id),
        corrections=await corrections_of(award.id) if award else [],
        seen=actions.seen_of(award),
        form=form,
        here=_path(found),
    )


def _path(found: PublicPrize) -> str:
    return f"/{found.council.slug}/{found.round.year}/{found.prize.slug}"


@get("/{prize:str}/offentliggoerelse", name="winners.edit")
async def edit(
    request: Request, standing: NamedDependency[Standing], year: FromPath[int], prize: FromPath[str]
) -> Page:
    found, written = await _found(standing, year, prize)
    values = (
        as_written(written.award, written.photo)
        if written
        else suggestion(found.prize, found.round, await winners_of(found.prize.id))
    )
    return await _edit_page(request, standing, found, written, Form(values))


@post("/{prize:str}/offentliggoerelse", name="winners.write")
async def write(
    request: Request,
    standing: NamedDependency[Standing],
    year: FromPath[int],
    prize: FromPath[str],
    clock: NamedDependency[Clock],
) -> Response[str]:
    found, written = await _found(standing, year, prize)
    form = Form(await request.form())
    published = written is not None and written.award.published_at is not None
    read = read_award(form, had_photo=written is not None and written.photo is not None, published=published)
    picture = await _developed(form)
    if form.errors:
        return await _edit_page(request, standing, found, written, form, status=422)
    try:
        await actions.write_award(
            found.prize.id,
            read.story,
            photo=read.photo,
            picture=picture,
            seen=form.value("seen"),
            reason=read.reason,
            by=request.actor,
            clock=clock,
        )
    except RuleBroken as refusal:
        form.fail("seen", refusal.message)
        return await _edit_page(request, standing, found, written, form, status=409)
    return go_to(request, f"{_path(found)}/forhaandsvisning")


async def _developed(form: Form) -> Developed | None:
    chosen = form.files("photo")
    if not chosen:
        return None
    try:
        return await develop(chosen[0].filename, await chosen[0].read())
    except FileRefused as refusal:
        form.fail("photo", str(refusal))
        return None


@get("/{prize:str}/forhaandsvisning", name="winners.preview")
async def preview(
    request: Request, standing: NamedDependency[Standing], year: FromPath[int], prize: FromPath[str]
) -> Page:
    found, written = await _found(standing, year, prize)
    if written is None:
        raise NotFound
    return desk(
        request,
        standing,
        "winners/show.html",
        shown=written,
        names=joined(written.winners, _("and")),
        preview=True,
        photo_path=f"{_path(found)}/forhaandsvisning/foto",
    )


@get("/{prize:str}/forhaandsvisning/foto/{size:str}", name="winners.preview_photo")
async def preview_photo(
    standing: NamedDependency[Standing], year: FromPath[int], prize: FromPath[str], size: FromPath[str]
) -> Response[bytes]:
    found, _written = await _found(standing, year, prize)
    return jpeg(await photo_bytes(found.prize.id, size), "no-store")


@post("/{prize:str}/udgivelse", name="winners.publish")
async def publish(
    request: Request,
    standing: NamedDependency[Standing],
    year: FromPath[int],
    prize: FromPath[str],
    clock: NamedDependency[Clock],
) -> Response[str]:
    found, _written = await _found(standing, year, prize)
    await actions.publish(found.prize.id, by=request.actor, clock=clock)
    return go_to(request, f"/{standing.council.slug}/{year}/vindere")


router = Router(
    path="/{council:str}/{year:int}",
    route_handlers=[overview, edit, write, preview, preview_photo, publish],
)
