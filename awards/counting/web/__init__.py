"""The member's home, and the pages after a count: tie, approval, minutes, and decisions made at a meeting."""

from litestar import Router

from awards.ballots.web.places import PLACES
from awards.counting.web import approvals, closing, decisions, home, meeting, minutes, tablet, ties, withdrawals

router = Router(
    "/{council:str}/{year:int}",
    dependencies=PLACES,
    route_handlers=[
        *home.HANDLERS,
        *ties.HANDLERS,
        *approvals.HANDLERS,
        *minutes.HANDLERS,
        *decisions.HANDLERS,
        *closing.HANDLERS,
        *meeting.HANDLERS,
        *tablet.HANDLERS,
        *withdrawals.HANDLERS,
    ],
)
