"""The pages of nominations: a prize, the form in four steps, the receipt, and the nominator's own page."""

from litestar import Router
from litestar.di import Provide

from awards.nominations.web import attachments, changing, draft, entry, files, leaving, lost, own, paper, prize, submit
from awards.web.pages import EVERY_LANGUAGE

router = Router(
    "/",
    route_handlers=[
        *entry.HANDLERS,
        *files.HANDLERS,
        *paper.HANDLERS,
        Router(
            "/",
            opt=EVERY_LANGUAGE,
            route_handlers=[
                *prize.HANDLERS,
                *leaving.LINKS,
                *submit.RECEIPT,
                *lost.HANDLERS,
                Router(
                    "/",
                    dependencies={"own": Provide(own.provide_own)},
                    route_handlers=[*own.HANDLERS, *changing.HANDLERS],
                ),
                Router(
                    "/kladder/{draft_id:uuid}",
                    dependencies={"case": Provide(draft.provide_draft)},
                    route_handlers=[*draft.HANDLERS, *attachments.HANDLERS, *leaving.HANDLERS, *submit.HANDLERS],
                ),
            ],
        ),
    ],
)
