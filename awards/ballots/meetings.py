"""A vote at a meeting: the roll is those who are present and not recused, and the acting chair opens and closes it."""

import json
from datetime import datetime
from uuid import UUID

from awards.ballots.tables import Poll
from awards.web.formats import end_of_day, local

MEETING = "meeting"


def present_at(poll: Poll) -> set[UUID]:
    """Ids of those whom the secretary noted as present, recused or not."""
    return {UUID(id) for id in json.loads(poll.present)}


def latest_close(now: datetime) -> datetime:
    """When a vote at a meeting closes if the chair does not close it: at the end of the day."""
    return end_of_day(local(now).date())
