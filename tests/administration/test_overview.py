"""What waits for whom: for each role the right things, and nothing about a prize that one is recused from."""

from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest

from awards.administration.overview import PrizeFacts, RoundFacts, Task, prize_tasks, round_tasks
from awards.ballots.tables import Elector, Poll, Recusal
from awards.outbox.tables import Mail
from awards.rounds.tables import Prize, Round
from awards.screening.tables import Candidate, Shortlist
from tests.builders import Cast, FakeClock, a_cast, a_council, a_prize, a_round, an_office
from tests.conftest import SignIn
from tests.nominations.builders import a_nomination
from tests.queries import count_queries

NOW = datetime(2026, 11, 10, tzinfo=UTC)
LATER = datetime(2026, 11, 14, 12, tzinfo=UTC)
PRIZE = PrizeFacts(round="/koege/2026", slug="frivillighedsprisen", title="Frivillighedsprisen")
SHORTLISTED = replace(PRIZE, accepted=3, is_confirmed=True)
MEMBER, SECRETARY, COMMUNICATIONS = frozenset({"member"}), frozenset({"secretary"}), frozenset({"communications"})


def keys(tasks: list[Task]) -> list[tuple[str, str]]:
    return [(task.key, task.state) for task in tasks]


def tasks_of(prize: PrizeFacts, roles: frozenset[str], *, receiving: bool = False) -> list[tuple[str, str]]:
    return keys(prize_tasks(prize, roles, receiving=receiving))


def a_round_of(*prizes: PrizeFacts, is_opened: bool = True, closes_at: datetime = NOW) -> RoundFacts:
    return RoundFacts("/koege/2026", "/koege/opsaetning/runder/2026", is_opened, closes_at, prizes)


def test_the_secretary_sets_a_round_up_before_anything_else() -> None:
    assert keys(round_tasks(a_round_of(PRIZE, is_opened=False), SECRETARY, NOW)) == [("set_up", "todo")]


def test_the_secretary_is_told_how_many_nominations_wait() -> None:
    found = round_tasks(a_round_of(replace(PRIZE, waiting=2), replace(PRIZE, waiting=1)), SECRETARY, NOW)
    assert [(task.key, task.n) for task in found] == [("screen", 3)]


def test_candidates_are_confirmed_once_every_nomination_is_screened() -> None:
    assert tasks_of(replace(PRIZE, accepted=2, waiting=1), SECRETARY) == []
    assert tasks_of(replace(PRIZE, accepted=2), SECRETARY) == [("confirm", "todo")]
    assert tasks_of(replace(PRIZE, accepted=2), SECRETARY, receiving=True) == []


def test_the_vote_opens_when_every_member_has_answered() -> None:
    assert tasks_of(replace(SHORTLISTED, unanswered=4), SECRETARY) == [("unanswered", "waiting")]
    assert tasks_of(SHORTLISTED, SECRETARY) == [("open_vote", "todo")]


def test_a_void_vote_can_be_opened_anew() -> None:
    assert tasks_of(replace(SHORTLISTED, poll="void"), SECRETARY) == [("open_vote", "todo")]


def test_members_answer_once_for_all_prizes() -> None:
    asked = a_round_of(replace(SHORTLISTED, has_answered=True), SHORTLISTED)
    assert keys(round_tasks(asked, MEMBER, NOW)) == [("answer", "todo")]
    done = a_round_of(replace(SHORTLISTED, has_answered=True), PRIZE)
    assert keys(round_tasks(done, MEMBER, NOW)) == [("answered", "done")]


def test_a_member_reads_the_dossier_only_after_answering() -> None:
    assert tasks_of(SHORTLISTED, MEMBER) == []
    assert tasks_of(replace(SHORTLISTED, has_answered=True), MEMBER) == [("read", "todo")]


def test_a_member_on_the_roll_votes() -> None:
    open_poll = replace(SHORTLISTED, has_answered=True, poll="open", closes_at=LATER)
    assert tasks_of(replace(open_poll, on_roll=True), MEMBER) == [("vote", "todo")]
    assert tasks_of(open_poll, MEMBER) == [("not_on_roll", "waiting")]


@pytest.mark.parametrize("state", ["closed", "counted", "tie", "decided"])
def test_after_the_close_a_member_learns_nothing_of_the_result(state: str) -> None:
    assert tasks_of(replace(SHORTLISTED, poll=state), MEMBER) == [("vote_closed", "waiting")]


def test_a_tie_waits_for_the_acting_chair() -> None:
    tie = replace(SHORTLISTED, poll="tie")
    assert tasks_of(replace(tie, acts_as=frozenset({"chair"})), frozenset({"chair"})) == [("decide_tie", "todo")]
    assert tasks_of(tie, frozenset({"vice_chair"})) == []
    assert tasks_of(tie, SECRETARY) == [("tie_waits", "waiting")]


def test_chair_and_secretary_each_approve_once() -> None:
    decided = replace(SHORTLISTED, poll="decided")
    mine = replace(decided, acts_as=frozenset({"secretary"}))
    assert tasks_of(mine, SECRETARY) == [("approve", "todo")]
    assert tasks_of(replace(mine, approved=frozenset({"secretary"})), SECRETARY) == [("approval_waits", "waiting")]
    assert tasks_of(decided, SECRETARY) == [("approval_waits", "waiting")]
    chairs = replace(decided, acts_as=frozenset({"chair"}))
    assert tasks_of(chairs, frozenset({"chair"})) == [("approve", "todo")]


def test_whoever_registered_a_meetings_decision_does_not_approve_it() -> None:
    registered = replace(SHORTLISTED, decision="registered", acts_as=frozenset({"chair"}))
    assert tasks_of(registered, frozenset({"chair"})) == [("approve_decision", "todo")]
    assert tasks_of(replace(registered, registered_by_me=True), frozenset({"chair"})) == [("decision_waits", "waiting")]


def test_communications_write_and_publish_what_is_decided() -> None:
    approved = replace(SHORTLISTED, poll="approved")
    assert tasks_of(SHORTLISTED, COMMUNICATIONS) == [("undecided", "waiting")]
    assert tasks_of(approved, COMMUNICATIONS) == [("write", "todo")]
    assert tasks_of(replace(approved, award="written"), COMMUNICATIONS) == [("publish", "todo")]
    assert tasks_of(replace(approved, award="published"), COMMUNICATIONS) == [("published", "done")]


@pytest.mark.parametrize("state", ["", "open", "tie", "decided", "approved"])
def test_a_recused_person_learns_nothing_of_the_prize_in_any_role(state: str) -> None:
    prize = replace(SHORTLISTED, poll=state, is_out=True, acts_as=frozenset({"secretary"}), waiting=3, doubts=1)
    every = MEMBER | SECRETARY | COMMUNICATIONS
    assert tasks_of(prize, every) == [("recused", "waiting")]
    assert "screen" not in [task.key for task in round_tasks(a_round_of(prize), every, NOW)]


def test_a_prize_that_is_not_awarded_asks_for_nothing() -> None:
    assert tasks_of(replace(PRIZE, is_awarded=False, accepted=2), SECRETARY) == [("not_awarded", "done")]


# Through the pages.


async def a_shortlisted_prize(round: Round, slug: str) -> tuple[Prize, Candidate]:
    prize = await a_prize(round, slug)
    candidate = Candidate(prize=prize.id, name="Anna Nielsen", kind="person", state="shortlisted")
    await candidate.save()
    await Shortlist(prize=prize.id, confirmed_at=NOW).save()
    return prize, candidate


@pytest.fixture
async def cast(client: httpx.AsyncClient) -> Cast:
    return await a_cast(await a_council())


async def page_for(client: httpx.AsyncClient, cookies: httpx.Cookies, path: str = "/integrationsraad/overblik") -> str:
    client.cookies = cookies
    answer = await client.get(path)
    assert answer.status_code == 200
    return answer.text


async def test_a_stranger_finds_no_overview(client: httpx.AsyncClient, cast: Cast, sign_in_as: SignIn) -> None:
    assert (await client.get("/integrationsraad/overblik")).status_code in {303, 401}
    client.cookies = await sign_in_as(cast.stranger)
    assert (await client.get("/integrationsraad/overblik")).status_code == 404


async def test_an_empty_council_is_told_how_to_begin(client: httpx.AsyncClient, cast: Cast, sign_in_as: SignIn) -> None:
    text = await page_for(client, await sign_in_as(cast.secretary))
    assert 'href="/integrationsraad/opsaetning/runder/ny"' in text
    text = await page_for(client, await sign_in_as(cast.member), "/en/integrationsraad/overblik")
    assert "Nothing waits for you right now." in text


async def test_the_secretary_sees_nominations_that_wait_and_mails_that_came_back(
    client: httpx.AsyncClient, cast: Cast, sign_in_as: SignIn, clock: FakeClock
) -> None:
    prize = await a_prize(await a_round(cast.council))
    await a_nomination(prize, clock)
    await a_nomination(prize, clock, nominee="Fodbold for alle")
    await Mail(council=cast.council.id, state="dead", next_attempt_at=NOW, created_at=NOW).save()
    text = await page_for(client, await sign_in_as(cast.secretary))
    assert "Gå 2 indstillinger igennem" in text
    assert 'href="/integrationsraad/2026/indstillinger"' in text
    assert "1 mail nåede ikke frem" in text
    assert "8 personer kan ikke logge ind endnu" in text
    assert "Gå 2 indstillinger" not in await page_for(client, await sign_in_as(cast.member))


async def test_a_round_that_is_not_opened_is_the_secretarys_alone(
    client: httpx.AsyncClient, cast: Cast, sign_in_as: SignIn
) -> None:
    await a_round(cast.council, opened_at=None, title="Hemmelig kladde")
    assert "Hemmelig kladde" in await page_for(client, await sign_in_as(cast.secretary))
    assert "Hemmelig kladde" not in await page_for(client, await sign_in_as(cast.member))


async def test_members_are_led_to_the_ballot_and_the_recused_are_not(
    client: httpx.AsyncClient, cast: Cast, sign_in_as: SignIn, clock: FakeClock
) -> None:
    prize, candidate = await a_shortlisted_prize(await a_round(cast.council), "frivillighedsprisen")
    poll = Poll(prize=prize.id, state="open", method="single", opens_at=NOW, closes_at=LATER, created_at=NOW)
    await poll.save()
    for member, answer in ((cast.member, "none"), (cast.recused_member, "recused")):
        await Recusal(prize=prize.id, member=member.id, candidate=candidate.id, answer=answer, answered_at=NOW).save()
    await Elector(poll=poll.id, member=cast.member.id).save()
    clock.set(datetime(2026, 11, 11, tzinfo=UTC))
    ballot = 'href="/integrationsraad/2026/frivillighedsprisen/stemmeseddel"'
    text = await page_for(client, await sign_in_as(cast.member))
    assert ballot in text
    assert "14. november 2026" in text
    recused = await page_for(client, await sign_in_as(cast.recused_member))
    assert ballot not in recused
    assert "Du deltager ikke i sagen om denne pris" in recused
    assert "14. november" not in recused


async def test_more_prizes_ask_no_more_of_the_database(
    client: httpx.AsyncClient, cast: Cast, sign_in_as: SignIn
) -> None:
    round = await a_round(cast.council)
    prize, _candidate = await a_shortlisted_prize(round, "pris-1")
    await Poll(prize=prize.id, state="decided", created_at=NOW).save()
    cookies = await sign_in_as(cast.secretary)
    with count_queries() as few:
        await page_for(client, cookies)
    for number in range(2, 6):
        prize, _candidate = await a_shortlisted_prize(round, f"pris-{number}")
        await Poll(prize=prize.id, state="decided", created_at=NOW).save()
    with count_queries() as many:
        await page_for(client, cookies)
    assert many.number == few.number


async def test_signing_in_leads_to_the_only_council(client: httpx.AsyncClient, cast: Cast, sign_in_as: SignIn) -> None:
    client.cookies = await sign_in_as(cast.member)
    assert (await client.get("/min-side")).headers["location"] == "/integrationsraad/overblik"


async def test_who_serves_in_two_councils_chooses(client: httpx.AsyncClient, cast: Cast, sign_in_as: SignIn) -> None:
    await an_office(await a_council("handicapraad", name="Handicaprådet"), cast.member, "secretary")
    client.cookies = await sign_in_as(cast.member)
    assert "Handicaprådet" in (await client.get("/min-side")).text


async def test_who_has_no_role_is_told_so(client: httpx.AsyncClient, cast: Cast, sign_in_as: SignIn) -> None:
    client.cookies = await sign_in_as(cast.stranger)
    assert "ingen rolle" in (await client.get("/min-side")).text
