"""Inhabilitet, what members read, the ballot and the secretary's page, through the pages."""

import io
import re
from contextlib import redirect_stdout
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest

from awards.accounts.cards import issue_cards
from awards.accounts.tables import Session
from awards.ballots import keys
from awards.ballots.ballot import Ballot
from awards.ballots.casting import own_slot
from awards.ballots.recusals import recused_from
from awards.ballots.tables import Elector, Poll, Recusal, Slot
from awards.nominations.tables import Answer, Attachment, Nomination
from awards.outbox.tables import Mail
from awards.rounds.queries import criteria_of
from awards.rounds.tables import Prize
from awards.screening.tables import Placement, Verdict
from awards.settings import Settings
from tests.booth import BASE, CAST, PAPER, PRIZE, RECEIPT, REVIEW, cast_ranking, rank
from tests.browsing import BrowserOf, hidden, text_of
from tests.builders import FakeClock
from tests.counting.test_actions import whole_database
from tests.votes import CLOSES, Vote

POLLS = f"{BASE}/afstemninger"


@pytest.fixture
async def vote(vote_in_app: Vote) -> Vote:
    return vote_in_app


@pytest.fixture
async def open_vote(vote: Vote) -> Vote:
    await vote.everybody_answers()
    await vote.open()
    return vote


async def a_nomination(vote: Vote, candidate: str, nominator: str, email: str, **columns: object) -> Nomination:
    given = {"state": "accepted", "story": f"{nominator} skriver.", "received_at": vote.clock.now()} | columns
    nomination = Nomination(
        id=uuid4(),
        prize=vote.prize.id,
        reference=f"2026-{uuid4().hex[:4]}".upper(),
        nominee=candidate,
        kind="person",
        nominator=nominator,
        email=email,
        **given,
    )
    await nomination.save()
    if given["state"] == "accepted":
        await Placement(nomination=nomination.id, candidate=vote.candidates[candidate]).save()
    return nomination


# Inhabilitet


async def test_the_question_names_candidates_and_nominators_and_nothing_else(vote: Vote, browser_of: BrowserOf) -> None:
    await a_nomination(vote, "ada", "Naboen", "nabo@example.dk", story="En hemmelig begrundelse")
    page = await (await browser_of(vote.cast.member)).get(f"{BASE}/inhabilitet")
    assert "Indstillet af Naboen" in page
    assert "hemmelig begrundelse" not in page
    assert "nabo@example.dk" not in page


async def test_whoever_nominated_a_candidate_is_told_so(vote: Vote, browser_of: BrowserOf) -> None:
    await a_nomination(vote, "ada", "Et medlem", "member@example.dk")
    member = await browser_of(vote.cast.member)
    assert "Du har selv indstillet kandidaten" in await member.get(f"{BASE}/inhabilitet")
    chair = await browser_of(vote.cast.chair)
    assert "Du har selv indstillet kandidaten" not in await chair.get(f"{BASE}/inhabilitet")
    assert "Har selv indstillet en kandidat" in await (await browser_of(vote.cast.secretary)).get(POLLS)


@pytest.mark.parametrize(
    ("ticks", "words"),
    [
        ([], "Sæt kryds ved en kandidat"),
        (["recused", "none"], "Fjern et af krydserne"),
        (["recused", "doubt"], "kun ét af de to"),
        (["doubt"], "hvad der gør dig i tvivl"),
    ],
    ids=str,
)
async def test_an_unclear_answer_is_no_answer(vote: Vote, browser_of: BrowserOf, ticks: list[str], words: str) -> None:
    about = f"about-{vote.candidates['ada']}[]"
    fields = {about: [tick for tick in ticks if tick != "none"], **({"none": "1"} if "none" in ticks else {})}
    answer = await (await browser_of(vote.cast.member)).post(f"{BASE}/inhabilitet", fields, 422)
    assert words in text_of(answer)
    assert await Recusal.count() == 0


async def test_the_dossier_opens_after_ones_own_answer(vote: Vote, browser_of: BrowserOf) -> None:
    member = await browser_of(vote.cast.member)
    answer = await member.post(f"{BASE}/inhabilitet", {"none": "1"})
    assert answer.headers["location"] == f"{BASE}/afstemning"
    assert "De nominerede" in await member.get(f"{PRIZE}/kandidater")
    await (await browser_of(vote.cast.chair)).get(f"{PRIZE}/kandidater", 303)


async def test_an_answer_can_be_changed_until_the_vote_opens(vote: Vote, browser_of: BrowserOf) -> None:
    member = await browser_of(vote.cast.member)
    await member.post(f"{BASE}/inhabilitet", {"none": "1"})
    about = f"about-{vote.candidates['ada']}[]"
    await member.post(f"{BASE}/inhabilitet", {about: "recused"})
    assert vote.cast.member.id in (await recused_from([vote.prize.id]))[vote.prize.id]
    await member.post(f"{BASE}/inhabilitet", {"none": "1"})
    assert not (await recused_from([vote.prize.id]))[vote.prize.id]


async def test_an_open_vote_can_be_left_and_not_joined(open_vote: Vote, browser_of: BrowserOf) -> None:
    vote = open_vote
    member = await browser_of(vote.cast.member)
    await cast_ranking(member, "c1")
    about = f"about-{vote.candidates['ada']}[]"
    await member.post(f"{BASE}/inhabilitet", {about: "recused"})
    assert await Elector.count() == 3
    assert await Slot.count().where(Slot.t1.is_not_null()) == 0
    page = await member.get(f"{BASE}/inhabilitet")
    assert "Send svaret" not in page
    await member.post(f"{BASE}/inhabilitet", {"none": "1"})
    assert await Elector.count() == 3


async def test_the_chair_records_what_the_council_decided_of_a_doubt(vote: Vote, browser_of: BrowserOf) -> None:
    member = await browser_of(vote.cast.member)
    ada = vote.candidates["ada"]
    doubt = {f"about-{ada}[]": "doubt", f"why-{ada}": "Vi har boet i samme opgang."}
    await member.post(f"{BASE}/inhabilitet", doubt)
    path = f"{BASE}/inhabilitet/tvivl"
    decide = f"{path}/frivillighedsprisen/{vote.cast.member.id}"
    suffix = f"frivillighedsprisen-{vote.cast.member.id}"
    chair = await browser_of(vote.cast.chair)
    assert "samme opgang" in await chair.get(path)
    decided = {f"decision-{suffix}": "recused", f"reason-{suffix}": "Rådet fandt det for tæt."}
    await chair.post(decide, {f"decision-{suffix}": "recused"}, 422)
    await chair.post(decide, decided)
    member = await browser_of(vote.cast.member)
    assert "Rådet har afgjort: Du er inhabil" in await member.get(f"{BASE}/inhabilitet")
    # What the council decided is not undone by answering again.
    await member.post(f"{BASE}/inhabilitet", {"none": "1"})
    assert vote.cast.member.id in (await recused_from([vote.prize.id]))[vote.prize.id]


async def test_nobody_decides_of_their_own_doubt(vote: Vote, browser_of: BrowserOf) -> None:
    ada = vote.candidates["ada"]
    chair = await browser_of(vote.cast.chair)
    await chair.post(f"{BASE}/inhabilitet", {f"about-{ada}[]": "doubt", f"why-{ada}": "Måske."})
    assert "Ingen er i tvivl" in await chair.get(f"{BASE}/inhabilitet/tvivl")
    own = f"{BASE}/inhabilitet/tvivl/frivillighedsprisen/{vote.cast.chair.id}"
    await chair.post(own, {}, 404)


# What members read


async def test_the_dossier_holds_every_nominators_words_and_the_verdicts(vote: Vote, browser_of: BrowserOf) -> None:
    await vote.everybody_answers()
    criterion = (await criteria_of([vote.prize.id]))[vote.prize.id][0]
    for nominator in ("Naboen", "Læreren"):
        nomination = await a_nomination(vote, "ada", nominator, f"{nominator.lower()}@example.dk")
        await Answer(nomination=nomination.id, criterion=criterion.id, text=f"Svar fra {nominator}").save()
        await Verdict(
            nomination=nomination.id, criterion=criterion.id, verdict="met", note="Tydeligt.", at=vote.clock.now()
        ).save()
    file = Attachment(
        id=uuid4(),
        owner=nomination.id,
        name="brev.pdf",
        media_type="application/pdf",
        size=4,
        data=b"%PDF",
        added_at=vote.clock.now(),
    )
    await file.save()
    member = await browser_of(vote.cast.member)
    page = await member.get(f"{PRIZE}/kandidater")
    for words in ("Naboen skriver.", "Læreren skriver.", "Svar fra Naboen", "Svar fra Læreren", "Tydeligt."):
        assert words in page
    link = f"{PRIZE}/kandidater/bilag/{file.id}"
    assert link in page
    await member.get(link)
    await (await browser_of(vote.cast.recused_member)).get(link, 404)
    await member.get(f"{PRIZE}/kandidater/bilag/{uuid4()}", 404)


async def test_a_recused_member_reads_kind_words_and_nothing_else(open_vote: Vote, browser_of: BrowserOf) -> None:
    recused = await browser_of(open_vote.cast.recused_member)
    for path in (f"{PRIZE}/kandidater", PAPER):
        page = await recused.get(path, 404)
        assert "Du deltager ikke her" in page
        assert "bo" not in re.findall(r"\w+", page)
    home = await recused.get(f"{BASE}/afstemning")
    assert "Du er inhabil" in home
    assert "stemmeseddel" not in home


async def test_a_member_can_bring_back_a_rejected_nomination_until_the_candidates_are_confirmed(
    vote: Vote, browser_of: BrowserOf
) -> None:
    rejected = await a_nomination(vote, "dea", "Naboen", "nabo@example.dk", state="rejected")
    member = await browser_of(vote.cast.member)
    path = f"{BASE}/afviste/{rejected.reference}"
    await member.post(path, {}, 404)  # not before one's own answer
    await member.post(f"{BASE}/inhabilitet", {"none": "1"})
    assert "dea" in await member.get(f"{BASE}/afviste")
    await member.post(path, {}, 422)
    refused = await member.post(path, {f"reason-{rejected.reference}": "Det er en misforståelse."}, 409)
    assert "bekræftet" in text_of(refused)
    await vote.answer(vote.cast.recused_member, ada="recused")
    assert "dea" not in await (await browser_of(vote.cast.recused_member)).get(f"{BASE}/afviste")


# The ballot


async def test_candidates_stand_in_an_order_of_each_voters_own(open_vote: Vote, browser_of: BrowserOf) -> None:
    orders = {}
    for person in (open_vote.cast.chair, open_vote.cast.vice_chair, open_vote.cast.second_vice_chair):
        browser = await browser_of(person)
        shown = [re.findall(r'id="toggle-(c\d)"', await browser.get(PAPER)) for _again in range(2)]
        assert shown[0] == shown[1]
        assert sorted(shown[0]) == ["c1", "c2", "c3"]
        orders[person.name] = shown[0]


async def test_the_ranking_is_made_with_buttons_alone(open_vote: Vote, browser_of: BrowserOf) -> None:
    member = await browser_of(open_vote.cast.member)
    page = await rank(member, "c2", "c1")
    assert ">Nummer 2: ada<" in page
    assert hidden(page, PAPER)["chosen"] == ["c2", "c1"]
    page = (await member.post(PAPER, hidden(page, PAPER) | {"act": "up:c1"}, 200)).text
    assert hidden(page, PAPER)["chosen"] == ["c1", "c2"]
    page = (await member.post(PAPER, hidden(page, PAPER) | {"act": "toggle:c1"}, 200)).text
    assert hidden(page, PAPER)["chosen"] == "c2"
    assert "ada er taget ud." in page
    page = (await member.post(PAPER, hidden(page, PAPER) | {"act": "clear"}, 200)).text
    assert "chosen" not in hidden(page, PAPER)
    for act in ("toggle:c9", "up:c9", "down:", "nonsense", "toggle:<script>"):
        page = (await member.post(PAPER, hidden(page, PAPER) | {"act": act}, 200)).text
        assert "chosen" not in hidden(page, PAPER)


async def test_htmx_gets_the_paper_and_what_is_said(
    open_vote: Vote, browser_of: BrowserOf, client: httpx.AsyncClient
) -> None:
    await browser_of(open_vote.cast.member)
    answer = await client.post(PAPER, data={"act": "toggle:c1", "seq": "0"}, headers={"HX-Request": "true"})
    assert "<html" not in answer.text
    assert 'hx-swap-oob="innerHTML:#said">Nummer 1: ada<' in answer.text


async def test_an_empty_ballot_is_not_cast(open_vote: Vote, browser_of: BrowserOf) -> None:
    answer = await (await browser_of(open_vote.cast.member)).post(REVIEW, {"seq": "0"}, 422)
    assert "stem blankt" in text_of(answer)


async def test_a_blank_vote_is_read_through_and_cast(open_vote: Vote, browser_of: BrowserOf) -> None:
    member = await browser_of(open_vote.cast.member)
    review = await member.post(REVIEW, {"seq": "0", "blank": "1"}, 200)
    assert "Du stemmer blankt" in review.text
    await member.post(CAST, hidden(review.text, CAST))
    assert "Din stemme er afgivet." in await member.get(RECEIPT)


@pytest.mark.parametrize(
    ("method", "fields", "words"),
    [
        ("single", {"chosen": "c2"}, "bo"),
        ("approval", {"chosen[]": ["c1", "c3"]}, "cem"),
        ("score", {f"points-{c}-k{k}": "3" for c in ("c1", "c2", "c3") for k in range(1, 5)}, "ada"),
    ],
)
async def test_every_method_has_its_ballot(
    vote: Vote, browser_of: BrowserOf, method: str, fields: dict[str, str], words: str
) -> None:
    await Prize.update({Prize.method: method}).where(Prize.id == vote.prize.id)
    await vote.everybody_answers()
    await vote.open()
    member = await browser_of(vote.cast.member)
    page = await member.get(PAPER)
    seq = hidden(page, REVIEW)
    assert (await member.post(REVIEW, seq, 422)).text.count("error") > 0
    review = await member.post(REVIEW, seq | fields, 200)
    assert words in text_of(review)
    again = await member.post(PAPER, hidden(review.text, PAPER), 200)
    assert "checked" in again.text or "selected" in again.text
    await member.post(CAST, hidden(review.text, CAST))
    vote.clock.set(CLOSES - timedelta(hours=1))
    for person in (vote.cast.chair, vote.cast.vice_chair):
        await vote.hand_in(person, vote.sealed(_ballot(method)))
    await vote.close()
    assert (await vote.reload()).state in ("decided", "tie")


def _ballot(method: str) -> Ballot:
    if method == "score":
        points = tuple((c, f"k{k}", 1) for c in ("c1", "c2", "c3") for k in range(1, 5))
        return Ballot("valid", points=points)
    return Ballot("valid", ("c1",))


async def test_a_cast_through_the_page_writes_only_slots_and_no_line_in_the_log(
    open_vote: Vote, browser_of: BrowserOf
) -> None:
    member = await browser_of(open_vote.cast.member)
    review = await member.post(REVIEW, hidden(await rank(member, "c1"), PAPER), 200)
    before = await whole_database()
    written = io.StringIO()
    with redirect_stdout(written):
        await member.post(CAST, hidden(review.text, CAST))
    assert written.getvalue() == ""
    after = await whole_database()
    assert {name for name in before if before[name] != after[name]} == {"slot"}


async def test_the_choice_stands_in_no_address_and_not_in_what_is_cast(open_vote: Vote, browser_of: BrowserOf) -> None:
    member = await browser_of(open_vote.cast.member)
    review = await member.post(REVIEW, hidden(await rank(member, "c1"), PAPER), 200)
    sent = hidden(review.text, CAST)
    assert set(sent) == {"outer", "t1", "expects"}
    answer = await member.post(CAST, sent)
    assert "c1" not in answer.headers["location"]


async def test_whoever_has_not_proved_who_they_are_does_so_before_the_cast_and_keeps_the_ranking(
    open_vote: Vote, browser_of: BrowserOf, settings: Settings, clock: FakeClock
) -> None:
    cards = await issue_cards(
        [open_vote.cast.member], council=None, by=open_vote.actor(open_vote.cast.secretary), clock=clock
    )
    member = await browser_of(open_vote.cast.member, stepped_up=False)
    review = await member.post(REVIEW, hidden(await rank(member, "c2", "c1"), PAPER), 200)
    prove = f"{PAPER}/bekraeftelse"
    assert f'action="{CAST}"' not in review.text
    kept = hidden(review.text, prove)
    assert kept["chosen"] == ["c2", "c1"]
    slots = await Slot.select()
    wrong = await member.post(prove, kept | {"proof": "XXXXX XXXXX"}, 422)
    assert hidden(wrong.text, prove) == kept
    right = await member.post(prove, kept | {"proof": cards[0].code.lower()}, 200)
    assert await Slot.select() == slots
    await member.post(CAST, hidden(right.text, CAST))
    assert "Din stemme er afgivet." in await member.get(RECEIPT)


async def test_a_proof_that_has_grown_old_keeps_the_envelope(
    open_vote: Vote, browser_of: BrowserOf, clock: FakeClock
) -> None:
    member = await browser_of(open_vote.cast.member)
    review = await member.post(REVIEW, hidden(await rank(member, "c1"), PAPER), 200)
    sent = hidden(review.text, CAST)
    clock.advance(timedelta(minutes=10))
    kept = await member.post(CAST, sent, 401)
    assert hidden(kept.text, CAST) == sent
    await Session.update({Session.stepped_up_at: clock.now()}, force=True)
    await member.post(CAST, hidden(kept.text, CAST))


async def test_a_ranking_survives_a_sign_out(open_vote: Vote, browser_of: BrowserOf, client: httpx.AsyncClient) -> None:
    member = await browser_of(open_vote.cast.member)
    fields = hidden(await rank(member, "c2", "c1"), PAPER)
    client.cookies = httpx.Cookies()
    kept = await member.post(REVIEW, fields, 401)
    assert hidden(kept.text, REVIEW) == fields
    await browser_of(open_vote.cast.member)
    await member.post(REVIEW, hidden(kept.text, REVIEW), 200)


async def test_the_same_press_twice_is_one_vote(open_vote: Vote, browser_of: BrowserOf) -> None:
    member = await browser_of(open_vote.cast.member)
    review = await member.post(REVIEW, hidden(await rank(member, "c1"), PAPER), 200)
    for _press in range(2):
        await member.post(CAST, hidden(review.text, CAST))
    poll = await open_vote.reload()
    seq, _t1 = await own_slot(poll, open_vote.cast.member.id, keys.slot_key(open_vote.key_dir))
    assert seq == 1


async def test_a_stale_ballot_says_that_another_vote_counts(open_vote: Vote, browser_of: BrowserOf) -> None:
    member = await browser_of(open_vote.cast.member)
    review = await member.post(REVIEW, hidden(await rank(member, "c1"), PAPER), 200)
    await open_vote.vote(open_vote.cast.member, "bo")
    answer = await member.post(CAST, hidden(review.text, CAST), 409)
    assert "Du har stemt et andet sted imens. Den stemme gælder." in text_of(answer)
    assert PAPER in answer.text


async def test_one_can_vote_again_and_the_last_vote_counts(open_vote: Vote, browser_of: BrowserOf) -> None:
    member = await browser_of(open_vote.cast.member)
    await cast_ranking(member, "c1")
    assert "Du har stemt" in await member.get(PAPER)
    await cast_ranking(member, "c2")
    await open_vote.vote(open_vote.cast.chair, "bo")
    await open_vote.close()
    assert (await open_vote.reload()).state == "decided"


@pytest.mark.parametrize("damage", ["", "x", "AAAA", "é", "A" * 5000])
async def test_a_damaged_envelope_is_refused(open_vote: Vote, browser_of: BrowserOf, damage: str) -> None:
    member = await browser_of(open_vote.cast.member)
    for fields in (
        {"outer": damage, "t1": "A" * 24, "expects": "0"},
        {"outer": "AAAA", "t1": damage, "expects": damage},
    ):
        answer = await member.post(CAST, fields, 409)
        assert "Stem igen" in text_of(answer)


async def test_whoever_is_not_on_the_roll_cannot_cast(open_vote: Vote, browser_of: BrowserOf) -> None:
    member = await browser_of(open_vote.cast.member)
    review = await member.post(REVIEW, hidden(await rank(member, "c1"), PAPER), 200)
    recused = await browser_of(open_vote.cast.recused_member)
    answer = await recused.post(CAST, hidden(review.text, CAST), 403)
    assert "ikke blandt dem, der stemmer" in text_of(answer)


async def test_casting_is_slowed_down_in_memory(open_vote: Vote, browser_of: BrowserOf) -> None:
    member = await browser_of(open_vote.cast.member)
    for _time in range(20):
        await member.post(CAST, {}, 409)
    answer = await member.post(CAST, {}, 429)
    assert int(answer.headers["retry-after"]) <= 600


async def test_the_first_late_request_closes_the_vote_and_says_so(
    open_vote: Vote, browser_of: BrowserOf, clock: FakeClock
) -> None:
    member = await browser_of(open_vote.cast.member)
    review = await member.post(REVIEW, hidden(await rank(member, "c1"), PAPER), 200)
    await open_vote.vote(open_vote.cast.chair, "bo")
    clock.set(CLOSES)
    await browser_of(open_vote.cast.member)
    answer = await member.post(CAST, hidden(review.text, CAST), 410)
    assert "Afstemningen er lukket. Har du stemt tidligere, gælder den stemme." in text_of(answer)
    assert (await open_vote.reload()).state == "void"  # one ballot is no quorum
    assert await Slot.count() == 0
    await member.get(PAPER, 404)


async def test_the_receipts_code_stands_in_the_ballot_box(
    open_vote: Vote, browser_of: BrowserOf, clock: FakeClock
) -> None:
    member = await browser_of(open_vote.cast.member)
    await cast_ranking(member, "c1")
    page = await member.get(RECEIPT)
    found = re.search(r"<strong>((?:[A-Z2-7]{4} ?){6})</strong>", page)
    assert found
    await member.get(f"{PRIZE}/stemmeurne", 404)  # nothing to see while the vote is open
    await open_vote.vote(open_vote.cast.chair, "bo")
    await open_vote.close()
    member = await browser_of(open_vote.cast.member)
    boards = await member.get(f"{PRIZE}/stemmeurne")
    assert found[1] in boards
    for _title, listed in re.findall(r"<h2>(.*?)</h2>.*?<ol[^>]*>(.*?)</ol>", boards, re.S):
        codes = re.findall(r"<li>(.*?)</li>", listed)
        assert len(codes) == 2
        assert codes == sorted(codes)


# The secretary's page


async def test_the_secretary_asks_opens_and_reminds(vote: Vote, browser_of: BrowserOf, clock: FakeClock) -> None:
    secretary = await browser_of(vote.cast.secretary)
    await secretary.post(f"{POLLS}/spoergsmaal", {})
    assert await Mail.count().where(Mail.template == "ballots/recusals") == 5
    again = await secretary.post(f"{POLLS}/spoergsmaal", {}, 409)
    assert "mindre end en time siden" in text_of(again)
    page = await secretary.get(POLLS)
    assert "Mangler: " in text_of(httpx.Response(200, text=page))
    prepare = f"{POLLS}/frivillighedsprisen/klargoering"
    fields = hidden(page, prepare)
    bad = await secretary.post(prepare, fields | {"closes-frivillighedsprisen_date": "31.02.2026"}, 422)
    assert "31.02.2026" in bad.text
    past = {"closes-frivillighedsprisen_date": "01.11.2026", "closes-frivillighedsprisen_time": "12.00"}
    await secretary.post(prepare, fields | past, 409)
    times = {"closes-frivillighedsprisen_date": "15.11.2026", "closes-frivillighedsprisen_time": "12.00"}
    await secretary.post(prepare, fields | times)
    refused = await secretary.post(f"{POLLS}/frivillighedsprisen/aabning", {}, 409)
    assert "Der mangler: 5" in text_of(refused)
    await secretary.post(f"{POLLS}/frivillighedsprisen/aabning", {"without-frivillighedsprisen": "1"})
    await vote.reload((await Poll.objects().first()).id)  # type: ignore[union-attr]
    await vote.vote(vote.cast.member, "ada")
    await secretary.post(f"{POLLS}/frivillighedsprisen/paamindelse", {})
    reminded = await Mail.select(Mail.recipient).where(Mail.template == "ballots/reminder").output(as_list=True)
    assert sorted(reminded) == sorted(member.email for member in vote.members)
    await secretary.post(f"{POLLS}/frivillighedsprisen/paamindelse", {}, 409)


async def test_nothing_on_the_secretarys_page_changes_when_somebody_votes(
    open_vote: Vote, browser_of: BrowserOf
) -> None:
    secretary = await browser_of(open_vote.cast.secretary)
    before = await secretary.get(POLLS)
    await open_vote.vote(open_vote.cast.member, "ada")
    assert _without_ids(await secretary.get(POLLS)) == _without_ids(before)


def _without_ids(page: str) -> str:
    return re.sub(r"[0-9a-f-]{36}", "", page)


async def test_a_vote_is_ended_with_a_reason_and_a_new_one_names_it(open_vote: Vote, browser_of: BrowserOf) -> None:
    secretary = await browser_of(open_vote.cast.secretary)
    await open_vote.vote(open_vote.cast.member, "ada")
    end = f"{POLLS}/frivillighedsprisen/afbrydelse"
    await secretary.post(end, {}, 422)
    await secretary.post(end, {"void-frivillighedsprisen": "En kandidat har trukket sig."})
    assert await Slot.count() == 0
    assert await Mail.count().where(Mail.template == "ballots/voided") == 4
    await secretary.post(end, {"void-frivillighedsprisen": "Igen"}, 409)
    page = await secretary.get(POLLS)
    assert "En kandidat har trukket sig." in page
    prepare = f"{POLLS}/frivillighedsprisen/klargoering"
    times = {"closes-frivillighedsprisen_date": "16.11.2026", "closes-frivillighedsprisen_time": "12.00"}
    await secretary.post(prepare, hidden(page, prepare) | times)
    second = await Poll.objects().where(Poll.state == "draft").first()
    assert second is not None
    assert second.parent == open_vote.poll.id
    member = await browser_of(open_vote.cast.member)
    assert "Ikke åbnet endnu" in await member.get(f"{BASE}/afstemning")


async def test_a_recused_secretary_sees_nothing_of_the_prize(open_vote: Vote, browser_of: BrowserOf) -> None:
    await Recusal(
        prize=open_vote.prize.id,
        member=open_vote.cast.secretary.id,
        candidate=open_vote.candidates["ada"],
        answer="recused",
        answered_at=open_vote.clock.now(),
    ).save()
    secretary = await browser_of(open_vote.cast.secretary)
    assert "Frivillighedsprisen" not in await secretary.get(POLLS)
    await secretary.post(f"{POLLS}/frivillighedsprisen/paamindelse", {}, 404)
    assert "Frivillighedsprisen" in await (await browser_of(open_vote.cast.deputy)).get(POLLS)
