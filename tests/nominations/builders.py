"""A nomination as tests need it: through the public pages, or straight through the actions."""

import re
from collections.abc import Mapping
from uuid import UUID, uuid4

import httpx

from awards.accounts.tables import Session
from awards.clock import Clock
from awards.nominations.actions import submit_nomination
from awards.nominations.drafts import start_draft
from awards.nominations.rules import Answers
from awards.nominations.tables import Nomination
from awards.rounds.tables import Criterion, Prize
from awards.web.identity import Actor

PRIZE = "/integrationsraad/2026/frivillighedsprisen"
STORY = "Hver måned laver de mad til hundrede naboer, der ellers ikke mødes."
NOMINEE = {
    "prize": "frivillighedsprisen",
    "kind": "association",
    "nominee": "Fællesspisning i Karlemosen",
    "contact": "spis@example.dk",
    "tie": "effort",
    "aware": "yes",
}
NOMINATOR = {"nominator": "Amira Holm", "email": "Amira@Example.dk", "relation": "Jeg spiser med"}
COLUMNS = {
    "kind": "association",
    "nominee": "Fællesspisning i Karlemosen",
    "cvr": "",
    "nominee_email": "spis@example.dk",
    "nominee_phone": "",
    "tie": "effort",
    "aware": "yes",
    "story": STORY,
    "nominator": "Amira Holm",
    "email": "amira@example.dk",
    "phone": "",
    "organisation": "",
    "relation": "Jeg spiser med",
}


async def answers_to(prize: Prize, **changes: str) -> Answers:
    """What a nominator wrote, with an answer to each question."""
    criteria = await Criterion.objects().where(Criterion.prize == prize.id).order_by(Criterion.position)
    return Answers(COLUMNS | changes, {criterion.id: f"Svar {criterion.position}" for criterion in criteria})


async def a_session(clock: Clock) -> UUID:
    session = Session(token_hash=uuid4().hex, created_at=clock.now(), expires_at=clock.now().replace(year=2030))
    await session.save()
    return session.id


async def a_draft(prize: Prize, clock: Clock, typed: Mapping[str, str] | None = None) -> UUID:
    return await start_draft(uuid4(), prize.id, typed or {}, session=await a_session(clock), clock=clock)


async def a_nomination(prize: Prize, clock: Clock, **changes: str) -> Nomination:
    """Received through the action."""
    draft = await a_draft(prize, clock)
    await submit_nomination(draft, await answers_to(prize, **changes), by=Actor(), clock=clock)
    return await the_nomination(draft)


async def the_nomination(id: UUID) -> Nomination:
    found = await Nomination.objects().get(Nomination.id == id)
    assert found is not None
    return found


async def reasons(prize: Prize) -> dict[str, str]:
    """The second step as a browser sends it."""
    answers = await answers_to(prize)
    return {"story": STORY} | {f"answer-{criterion}": text for criterion, text in answers.criteria.items()}


async def begin(client: httpx.AsyncClient, **changes: str) -> str:
    """Send the first step; returns the address of the draft."""
    answer = await client.post(f"{PRIZE}/indstil", data=NOMINEE | changes)
    assert answer.status_code == 303, answer.text
    found = re.match(r"(/kladder/[0-9a-f-]+)/begrundelse", answer.headers["location"])
    assert found
    return found[1]


async def fill(client: httpx.AsyncClient, prize: Prize) -> str:
    """A draft with every step done; returns its address."""
    draft = await begin(client)
    for step, data in (("begrundelse", await reasons(prize)), ("dig", NOMINATOR)):
        answer = await client.post(f"{draft}/{step}", data=data)
        assert answer.status_code == 303, answer.text
    return draft
