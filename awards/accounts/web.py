"""All pages of this room."""

from litestar import Router

from awards.accounts import web_members, web_own, web_passkeys, web_staff

LARGEST_JSON = 64 * 1024  # what a device signs is a few kilobytes

router = Router(
    path="/",
    route_handlers=[
        *web_members.HANDLERS,
        *web_staff.HANDLERS,
        *web_own.HANDLERS,
        Router(
            path="/",
            route_handlers=web_passkeys.HANDLERS,
            exception_handlers=web_passkeys.REFUSALS,
            request_max_body_size=LARGEST_JSON,
        ),
    ],
)
