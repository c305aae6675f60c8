"""What the person behind a request is in the council of the address, today."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from litestar.di import NamedDependency
from litestar.params import FromPath

from awards.clock import Clock
from awards.councils.desk import navigation
from awards.councils.queries import council_by_slug
from awards.councils.tables import Council
from awards.db import fetch
from awards.errors import NotFound, SignInNeeded
from awards.web.formats import local
from awards.web.identity import Actor
from awards.web.pages import Page, Request, page


@dataclass(frozen=True, slots=True)
class Standing:
    """The council and the actor's roles in it today; roles add up.

    roles: any of member, chair, vice_chair, secretary, deputy_secretary, communications. A deputy secretary is
    `secretary` too: whatever the secretary may do, the deputy may.
    """

    council: Council
    actor: Actor
    roles: frozenset[str]

    def has(self, *roles: str) -> bool:
        """True with any of `roles`."""
        return not self.roles.isdisjoint(roles)

    def require(self, *roles: str) -> None:
        """Any of `roles`, or (with none named) any role at all.

        Raises SignInNeeded while anonymous, NotFound for everybody else: a stranger cannot tell what there is.
        """
        if not self.actor.is_signed_in:
            raise SignInNeeded
        if not (self.has(*roles) if roles else self.roles):
            raise NotFound


async def provide_standing(council: FromPath[str], request: Request, clock: NamedDependency[Clock]) -> Standing:
    """The dependency `standing` of paths that begin with `/{council:str}`. Raises NotFound for an unknown council."""
    row = await council_by_slug(council)
    actor = request.actor
    roles = await roles_on(row.id, actor.id, local(clock.now()).date()) if actor.is_signed_in else frozenset[str]()
    return Standing(row, actor, roles)


async def roles_on(council: UUID, person: UUID, day: date) -> frozenset[str]:
    """Every role of `person` in `council` on `day`."""
    found = await fetch(
        "SELECT role FROM office WHERE council = {} AND person = {} AND starts <= {} AND (ends IS NULL OR ends >= {}) "
        "UNION SELECT 'member' AS role FROM term JOIN seat ON seat.id = term.seat WHERE seat.council = {} "
        "AND term.person = {} AND term.starts <= {} AND (term.ends IS NULL OR term.ends >= {})",
        *(council, person, day, day) * 2,
    )
    roles = {one["role"] for one in found}
    return frozenset(roles | {"secretary"} if "deputy_secretary" in roles else roles)


def desk(
    request: Request,
    standing: Standing,
    template: str,
    *,
    fragment: str | None = None,
    status: int = 200,
    year: int | None = None,
    **context: Any,
) -> Page:
    """A signed-in page: `template` extends `base_signed_in.html`, whose navigation shows what the roles may use.

    year: the round that the navigation leads to, where the address names none.
    """
    return page(
        request,
        template,
        fragment=fragment,
        status=status,
        council=standing.council,
        standing=standing,
        year=(shown := request.path_params.get("year", year)),
        navigation=navigation(standing.council.slug, standing.roles, request.scope["path"], shown),
        **context,
    )
