"""Where somebody who has signed in begins: their council's overview, or a choice between several."""

from litestar import get
from litestar.di import NamedDependency
from litestar.response import Response

from awards.clock import Clock
from awards.councils.queries import all_councils
from awards.councils.standing import roles_on
from awards.errors import SignInNeeded
from awards.web.formats import local
from awards.web.pages import Request, go_to, page


@get("/min-side", name="councils.home")
async def home(request: Request, clock: NamedDependency[Clock]) -> Response[str]:
    actor = request.actor
    if not actor.is_signed_in:
        raise SignInNeeded
    today = local(clock.now()).date()
    mine = [council for council in await all_councils() if await roles_on(council.id, actor.id, today)]
    if len(mine) == 1:
        return go_to(request, f"/{mine[0].slug}/overblik")
    return page(request, "councils/home.html", councils=mine)
