"""While a vote is open, a new card or address takes two people; nobody alone can vote in a member's place."""

import asyncio
import json
import re
from datetime import timedelta
from typing import Any

import httpx
import pytest

from awards.accounts.tables import Passkey, Person, PollCard, Session
from awards.administration.requests import ADDRESS, CARD, LASTS, ask, confirm, withdraw
from awards.administration.tables import AccessRequest
from awards.app import Awards
from awards.audit.tables import Audit
from awards.ballots.tables import Elector, Poll, Recusal
from awards.errors import NotFound, RuleBroken
from awards.outbox.rendering import compose
from awards.outbox.tables import Mail
from awards.screening.tables import Candidate
from awards.settings import Settings
from awards.web.identity import Actor
from tests.builders import Cast, FakeClock, a_cast, a_council, a_prize, a_round, an_office
from tests.cards import cards_for, codes_in

BASE = "/integrationsraad/personer"
REQUESTS = "/integrationsraad/anmodninger"


@pytest.fixture
async def cast(app: Awards) -> Cast:
    return await a_cast(await a_council())


@pytest.fixture
async def poll(cast: Cast, clock: FakeClock) -> Poll:
    """An open vote with the member and the chair on its roll."""
    prize = await a_prize(await a_round(cast.council))
    poll = Poll(prize=prize.id, state="open", method="single", created_at=clock.now())
    await poll.save()
    for voter in (cast.member, cast.chair):
        await Elector(poll=poll.id, member=voter.id).save()
    return poll


def actor(person: Person) -> Actor:
    return Actor(person_id=person.id, name=person.name)


class Desk:
    """The browsers of the cast, one after the other in the same client."""

    def __init__(self, client: httpx.AsyncClient, sign_in_as: Any) -> None:
        self.client, self.sign_in_as = client, sign_in_as

    async def of(self, person: Person) -> httpx.AsyncClient:
        self.client.cookies = await self.sign_in_as(person)
        return self.client


@pytest.fixture
def desk(client: httpx.AsyncClient, sign_in_as: Any) -> Desk:
    return Desk(client, sign_in_as)


async def the_request() -> AccessRequest:
    request = await AccessRequest.objects().first()
    assert request is not None
    return request


async def mailed(template: str) -> list[str]:
    return sorted(await Mail.select(Mail.recipient).where(Mail.template == template).output(as_list=True))


async def test_a_new_card_waits_for_the_chair_and_is_made_once(desk: Desk, cast: Cast, poll: Poll) -> None:
    secretary = await desk.of(cast.secretary)
    assert "Bed formanden om et nyt kort" in (await secretary.get(f"{BASE}/{cast.member.id}")).text
    wanted = cards_for(cast.member)
    assert (await secretary.post(f"{BASE}/stemmekort", data=wanted)).status_code == 409
    assert (await secretary.post(f"{BASE}/{cast.member.id}/stemmekort")).status_code == 303
    assert "Venter på formanden" in (await secretary.get(f"{BASE}/{cast.member.id}")).text
    assert (await secretary.post(f"{BASE}/stemmekort", data=wanted)).status_code == 409
    assert await mailed("administration/access-notice") == ["member@example.dk"]
    assert await mailed("administration/access-asked") == ["chair@example.dk"]

    chair = await desk.of(cast.chair)
    assert (
        "Bekræft nyt stemmekort eller ny adresse for 1 medlem" in (await chair.get("/integrationsraad/overblik")).text
    )
    assert "member" in (await chair.get(REQUESTS)).text
    for _twice in range(2):
        assert (await chair.post(f"{REQUESTS}/{(await the_request()).id}/bekraeft")).status_code == 303
    assert await mailed("administration/access-answered") == ["secretary@example.dk"]

    secretary = await desk.of(cast.secretary)
    assert "Bekræftet: Lav kortet" in (await secretary.get(f"{BASE}/{cast.member.id}")).text
    assert len(codes_in((await secretary.post(f"{BASE}/stemmekort", data=wanted)).content)) == 1
    assert (await the_request()).state == "done"
    again = await secretary.post(f"{BASE}/stemmekort", data=cards_for(cast.member))
    assert again.status_code == 409, "one card for one confirmation"


async def test_a_new_address_changes_when_the_chair_confirms_and_the_old_one_is_told_twice(
    desk: Desk, cast: Cast, poll: Poll
) -> None:
    secretary, page = await desk.of(cast.secretary), f"{BASE}/{cast.member.id}"
    seen = re.search(r'name="seen" value="(\w+)"', (await secretary.get(page)).text)
    assert seen
    data = {"name": "Mette", "email": "New@example.dk", "language": "da", "phone": "", "seen": seen[1]}
    assert (await secretary.post(page, data=data)).status_code == 303
    member = await Person.objects().get(Person.id == cast.member.id)
    assert member is not None
    assert (member.name, member.email) == ("Mette", "member@example.dk"), "the name is harmless"
    assert "new@example.dk" in (await secretary.get(page)).text
    assert await mailed("administration/access-notice") == ["member@example.dk"]

    chair = await desk.of(cast.chair)
    assert "new@example.dk" in (await chair.get(REQUESTS)).text
    for _twice in range(2):
        assert (await chair.post(f"{REQUESTS}/{(await the_request()).id}/bekraeft")).status_code == 303
    assert await Person.exists().where(Person.id == cast.member.id, Person.email == "new@example.dk")
    assert await mailed("accounts/email-changed") == ["member@example.dk", "new@example.dk"]
    assert (await the_request()).email == "", "settled, so no longer needed"


async def test_the_chair_can_refuse(desk: Desk, cast: Cast, poll: Poll, clock: FakeClock) -> None:
    await ask(cast.member.id, CARD, by=actor(cast.secretary), clock=clock)
    chair = await desk.of(cast.chair)
    path = f"{REQUESTS}/{(await the_request()).id}"
    for _twice in range(2):
        assert (await chair.post(f"{path}/afvis")).status_code == 303
    assert (await chair.post(f"{path}/bekraeft")).status_code == 409
    assert await mailed("administration/access-answered") == ["secretary@example.dk"]
    assert "Der er ikke noget, der venter" in (await chair.get(REQUESTS)).text


async def test_deciding_asks_for_a_fresh_proof(desk: Desk, cast: Cast, poll: Poll, clock: FakeClock) -> None:
    await ask(cast.member.id, CARD, by=actor(cast.secretary), clock=clock)
    chair = await desk.of(cast.chair)
    clock.advance(timedelta(minutes=10))
    assert (await chair.get(REQUESTS)).headers["location"].startswith("/bekraeft-dig")
    assert (await chair.post(f"{REQUESTS}/{(await the_request()).id}/bekraeft")).status_code == 401


async def test_nobody_confirms_for_themselves(cast: Cast, poll: Poll, clock: FakeClock) -> None:
    """The chair's own card is the first vice-chair's to confirm."""
    request = await ask(cast.chair.id, CARD, by=actor(cast.secretary), clock=clock)
    for wrong in (cast.chair, cast.second_vice_chair, cast.secretary, cast.member):
        with pytest.raises(RuleBroken):
            await confirm(request, cast.council.id, by=actor(wrong), clock=clock)
    await confirm(request, cast.council.id, by=actor(cast.vice_chair), clock=clock)


async def test_whoever_asks_does_not_confirm(cast: Cast, poll: Poll, clock: FakeClock) -> None:
    """Also where one person is chair and secretary at once."""
    await an_office(cast.council, cast.chair, "deputy_secretary", 2)
    request = await ask(cast.member.id, CARD, by=actor(cast.chair), clock=clock)
    with pytest.raises(RuleBroken):
        await confirm(request, cast.council.id, by=actor(cast.chair), clock=clock)
    await confirm(request, cast.council.id, by=actor(cast.vice_chair), clock=clock)


async def test_a_recused_chair_does_not_confirm(cast: Cast, poll: Poll, clock: FakeClock) -> None:
    candidate = Candidate(prize=poll.prize, state="shortlisted")
    await candidate.save()
    await Recusal(
        prize=poll.prize, member=cast.chair.id, candidate=candidate.id, answer="recused", answered_at=clock.now()
    ).save()
    request = await ask(cast.member.id, CARD, by=actor(cast.secretary), clock=clock)
    assert await mailed("administration/access-asked") == ["vice-chair@example.dk"]
    with pytest.raises(RuleBroken):
        await confirm(request, cast.council.id, by=actor(cast.chair), clock=clock)
    await confirm(request, cast.council.id, by=actor(cast.vice_chair), clock=clock)


async def test_outside_votes_the_secretary_does_it_alone(desk: Desk, cast: Cast, poll: Poll, clock: FakeClock) -> None:
    await ask(cast.member.id, CARD, by=actor(cast.secretary), clock=clock)
    await Poll.update({Poll.state: "closed"}).where(Poll.id == poll.id)
    with pytest.raises(RuleBroken):
        await ask(cast.chair.id, CARD, by=actor(cast.secretary), clock=clock)
    secretary = await desk.of(cast.secretary)
    answer = await secretary.post(f"{BASE}/stemmekort", data=cards_for(cast.member))
    assert len(codes_in(answer.content)) == 1
    assert (await the_request()).state == "withdrawn", "nobody needs it any more"


async def test_an_old_confirmation_does_not_serve_the_next_vote(
    desk: Desk, cast: Cast, poll: Poll, clock: FakeClock
) -> None:
    request = await ask(cast.member.id, CARD, by=actor(cast.secretary), clock=clock)
    await confirm(request, cast.council.id, by=actor(cast.chair), clock=clock)
    clock.advance(LASTS)
    secretary = await desk.of(cast.secretary)
    assert (await secretary.post(f"{BASE}/stemmekort", data=cards_for(cast.member))).status_code == 409
    assert await ask(cast.member.id, CARD, by=actor(cast.secretary), clock=clock) != request


async def test_asking_twice_is_asking_once_and_another_address_replaces_the_first(
    cast: Cast, poll: Poll, clock: FakeClock
) -> None:
    by = actor(cast.secretary)
    first = await ask(cast.member.id, ADDRESS, "new@example.dk", by=by, clock=clock)
    assert await ask(cast.member.id, ADDRESS, "new@example.dk", by=by, clock=clock) == first
    second = await ask(cast.member.id, ADDRESS, "newer@example.dk", by=by, clock=clock)
    with pytest.raises(RuleBroken):
        await confirm(first, cast.council.id, by=actor(cast.chair), clock=clock)
    await confirm(second, cast.council.id, by=actor(cast.chair), clock=clock)
    assert await Person.exists().where(Person.email == "newer@example.dk")


async def test_an_address_that_somebody_has_is_refused(cast: Cast, poll: Poll, clock: FakeClock) -> None:
    with pytest.raises(RuleBroken):
        await ask(cast.member.id, ADDRESS, "chair@example.dk", by=actor(cast.secretary), clock=clock)
    request = await ask(cast.member.id, ADDRESS, "new@example.dk", by=actor(cast.secretary), clock=clock)
    await Person.update({Person.email: "new@example.dk"}).where(Person.id == cast.stranger.id)
    with pytest.raises(RuleBroken):
        await confirm(request, cast.council.id, by=actor(cast.chair), clock=clock)
    assert (await the_request()).state == "asked"


async def test_a_request_of_another_council_is_not_found(cast: Cast, poll: Poll, clock: FakeClock) -> None:
    request = await ask(cast.member.id, CARD, by=actor(cast.secretary), clock=clock)
    other = await a_cast(await a_council("handicapraad"), "other_")
    with pytest.raises(NotFound):
        await confirm(request, other.council.id, by=actor(other.chair), clock=clock)
    with pytest.raises(NotFound):
        await withdraw(request, cast.chair.id, by=actor(cast.secretary), clock=clock)


async def test_the_secretary_takes_a_request_back(desk: Desk, cast: Cast, poll: Poll, clock: FakeClock) -> None:
    request = await ask(cast.member.id, CARD, by=actor(cast.secretary), clock=clock)
    secretary = await desk.of(cast.secretary)
    for _twice in range(2):
        assert (await secretary.post(f"{BASE}/{cast.member.id}/anmodninger/{request}")).status_code == 303
    with pytest.raises(RuleBroken):
        await confirm(request, cast.council.id, by=actor(cast.chair), clock=clock)


async def test_other_access_still_waits_for_the_close(desk: Desk, cast: Cast, poll: Poll) -> None:
    secretary = await desk.of(cast.secretary)
    answer = await secretary.post(f"{BASE}/{cast.member.id}/luk")
    assert answer.status_code == 409
    assert "afstemning, der er åben" in answer.text


async def test_a_lost_phone_is_signed_out_at_once_also_while_a_vote_is_open(
    desk: Desk, cast: Cast, poll: Poll, clock: FakeClock, sign_in_as: Any
) -> None:
    await sign_in_as(cast.member)
    now = clock.now()
    await Passkey(person=cast.member.id, credential="a", name="iphone", created_at=now, last_used_at=now).save()
    secretary = await desk.of(cast.secretary)
    assert "1 gemt enhed bliver fjernet" in (await secretary.get(f"{BASE}/{cast.member.id}")).text
    for _twice in range(2):
        assert (await secretary.post(f"{BASE}/{cast.member.id}/enheder")).status_code == 303
    assert await Passkey.count() == 0
    assert not await Session.exists().where(Session.person == cast.member.id)
    assert await mailed("accounts/device-removed") == ["member@example.dk"]


async def test_every_step_is_in_the_audit_without_names(cast: Cast, poll: Poll, clock: FakeClock) -> None:
    by = actor(cast.secretary)
    first = await ask(cast.member.id, ADDRESS, "new@example.dk", by=by, clock=clock)
    await withdraw(first, cast.member.id, by=by, clock=clock)
    second = await ask(cast.member.id, ADDRESS, "new@example.dk", by=by, clock=clock)
    await confirm(second, cast.council.id, by=actor(cast.chair), clock=clock)
    bodies = await Audit.select(Audit.body).order_by(Audit.seq).output(as_list=True)
    assert [json.loads(body)["what"] for body in bodies] == [
        "administration.access_asked",
        "administration.access_withdrawn",
        "administration.access_asked",
        "accounts.contact_changed",
        "administration.access_confirmed",
    ]
    assert "example.dk" not in "".join(bodies)


@pytest.mark.parametrize(("language", "words"), [("da", "Har du ikke bedt om det"), ("en", "Did you not ask for it")])
async def test_the_mails_never_hold_the_new_address(
    cast: Cast, poll: Poll, clock: FakeClock, settings: Settings, language: str, words: str
) -> None:
    await Person.update({Person.language: language}, force=True)
    request = await ask(cast.member.id, ADDRESS, "new@example.dk", by=actor(cast.secretary), clock=clock)
    await confirm(request, cast.council.id, by=actor(cast.chair), clock=clock)
    texts = {}
    for mail in await Mail.objects().where(Mail.template.like("administration/%")):
        body = (await compose(mail, settings)).get_body(("plain",))
        assert body is not None
        texts[mail.template] = body.get_content()
    assert len(texts) == 3
    assert words in texts["administration/access-notice"]
    assert "new@example.dk" not in "".join(texts.values())


# Races


async def test_two_that_ask_at_once_make_one_request(cast: Cast, poll: Poll, clock: FakeClock) -> None:
    ids = await asyncio.gather(
        *(ask(cast.member.id, CARD, by=actor(by), clock=clock) for by in (cast.secretary, cast.deputy))
    )
    assert len(set(ids)) == 1
    assert await mailed("administration/access-asked") == ["chair@example.dk"]


async def test_two_confirmations_at_once_are_one(cast: Cast, poll: Poll, clock: FakeClock) -> None:
    request = await ask(cast.member.id, ADDRESS, "new@example.dk", by=actor(cast.secretary), clock=clock)
    await asyncio.gather(*(confirm(request, cast.council.id, by=actor(cast.chair), clock=clock) for _tab in range(2)))
    assert len(await mailed("accounts/email-changed")) == 2
    assert len(await mailed("administration/access-answered")) == 1


async def test_a_confirmation_and_a_withdrawal_at_once_leave_no_card_to_make(
    desk: Desk, cast: Cast, poll: Poll, clock: FakeClock
) -> None:
    request = await ask(cast.member.id, CARD, by=actor(cast.secretary), clock=clock)
    await asyncio.gather(
        confirm(request, cast.council.id, by=actor(cast.chair), clock=clock),
        withdraw(request, cast.member.id, by=actor(cast.secretary), clock=clock),
        return_exceptions=True,
    )
    assert (await the_request()).state == "withdrawn", "a confirmed one can be taken back too"
    secretary = await desk.of(cast.secretary)
    assert (await secretary.post(f"{BASE}/stemmekort", data=cards_for(cast.member))).status_code == 409


async def test_one_confirmation_makes_one_card_also_in_two_tabs(
    desk: Desk, cast: Cast, poll: Poll, clock: FakeClock
) -> None:
    request = await ask(cast.member.id, CARD, by=actor(cast.secretary), clock=clock)
    await confirm(request, cast.council.id, by=actor(cast.chair), clock=clock)
    secretary = await desk.of(cast.secretary)
    answers = await asyncio.gather(
        *(secretary.post(f"{BASE}/stemmekort", data=cards_for(cast.member)) for _tab in range(2))
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert await PollCard.count() == 1
