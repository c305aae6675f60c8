"""The pages around a vote: inhabilitet, what members read, the ballot, and the secretary's page."""

from litestar import Router

from awards.ballots.web import ballot, boards, casting, polls, proving, reading, recusals, tablet, trial
from awards.ballots.web.places import PLACES

_around_a_vote = Router(
    "/{council:str}/{year:int}",
    dependencies=PLACES,
    route_handlers=[
        *recusals.HANDLERS,
        *reading.HANDLERS,
        *ballot.HANDLERS,
        *proving.HANDLERS,
        *casting.HANDLERS,
        *polls.HANDLERS,
        *boards.HANDLERS,
    ],
)

router = Router("/", route_handlers=[_around_a_vote, trial.router, tablet.router])
