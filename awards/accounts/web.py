"""All pages of this room."""

from litestar import Router

from awards.accounts import web_members, web_own, web_staff

router = Router(path="/", route_handlers=[*web_members.HANDLERS, *web_staff.HANDLERS, *web_own.HANDLERS])
