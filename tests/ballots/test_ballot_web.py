"""The ballot from the first choice to the receipt, through the pages."""

import io
import re
from contextlib import redirect_stdout
from datetime import timedelta
from hashlib import sha256

import httpx
import pytest

from awards.accounts.cards import issue_cards
from awards.accounts.tables import Session
from awards.ballots import keys
from awards.ballots.ballot import Ballot
from awards.ballots.casting import own_slot
from awards.ballots.receipts import read_receipt
from awards.ballots.tables import Slot
from awards.counting.closing import result_of
from awards.rounds.tables import Criterion, Prize
from awards.settings import Settings
from tests.booth import BASE, CAST, PAPER, POLLS, PRIZE, RECEIPT, REVIEW, cast_ranking, rank
from tests.browsing import BrowserOf, doubled_names, hidden, text_of
from tests.builders import FakeClock
from tests.snapshots import whole_database
from tests.votes import CLOSES, Vote


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
    assert hidden(page, PAPER)["chosen[]"] == ["c2", "c1"]
    page = (await member.post(PAPER, hidden(page, PAPER) | {"act": "up:c1"}, 200)).text
    assert hidden(page, PAPER)["chosen[]"] == ["c1", "c2"]
    page = (await member.post(PAPER, hidden(page, PAPER) | {"act": "toggle:c1"}, 200)).text
    assert hidden(page, PAPER)["chosen[]"] == "c2"
    assert "ada er taget ud." in page
    page = (await member.post(PAPER, hidden(page, PAPER) | {"act": "clear"}, 200)).text
    assert "chosen[]" not in hidden(page, PAPER)
    for act in ("toggle:c9", "up:c9", "down:", "nonsense", "toggle:<script>"):
        page = (await member.post(PAPER, hidden(page, PAPER) | {"act": act}, 200)).text
        assert "chosen[]" not in hidden(page, PAPER)


async def test_no_form_of_the_ballot_names_two_fields_alike(
    open_vote: Vote, browser_of: BrowserOf, client: httpx.AsyncClient
) -> None:
    member = await browser_of(open_vote.cast.member, stepped_up=False)
    page = await rank(member, "c2", "c1")
    review = await member.post(REVIEW, hidden(page, PAPER), 200)
    client.cookies = httpx.Cookies()
    kept = await member.post(REVIEW, hidden(page, PAPER), 401)
    for each in (page, review.text, kept.text):
        assert not doubled_names(each)


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
    empty = (await member.post(REVIEW, seq, 422)).text
    assert empty.count(' class="link" href="#') == 1  # points that are missing twelve times are one line
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


async def test_the_points_of_a_weightier_criterion_count_so_many_times(vote: Vote, browser_of: BrowserOf) -> None:
    await Prize.update({Prize.method: "score"}).where(Prize.id == vote.prize.id)
    await Criterion.update({Criterion.weight: 3}).where(Criterion.prize == vote.prize.id, Criterion.position == 2)
    await vote.everybody_answers()
    await vote.open()
    assert "Pointene tæller 3 gange" in await (await browser_of(vote.cast.member)).get(PAPER)
    for person in (vote.cast.member, vote.cast.chair, vote.cast.vice_chair):
        points = tuple((c, f"k{k}", int(c == "c2" and k == 2)) for c in ("c1", "c2", "c3") for k in range(1, 5))
        await vote.hand_in(person, vote.sealed(Ballot("valid", points=points)))
    await vote.close()
    assert (await result_of(vote.poll.id)).scores == {"c1": 0, "c2": 9, "c3": 0}


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
    assert set(sent) == {"outer", "t1", "expects", "poll"}
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
    assert kept["chosen[]"] == ["c2", "c1"]
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
    answer = await member.post(CAST, hidden(review.text, CAST), 409)
    assert "Denne afstemning er afsluttet. Din stemmeseddel er ikke afgivet." in text_of(answer)
    assert (await open_vote.reload()).state == "void"  # one ballot is no quorum
    assert await Slot.count() == 0
    await member.get(PAPER, 303)


async def test_whoever_comes_after_the_close_is_led_to_the_list_and_a_receipt_to_the_ballot_box(
    open_vote: Vote, browser_of: BrowserOf, clock: FakeClock
) -> None:
    member = await browser_of(open_vote.cast.member)
    review = await member.post(REVIEW, hidden(await rank(member, "c1"), PAPER), 200)
    for person in (open_vote.cast.member, open_vote.cast.chair, open_vote.cast.vice_chair):
        await open_vote.vote(person, "bo")
    clock.set(CLOSES)
    member = await browser_of(open_vote.cast.member)
    late = await member.post(CAST, hidden(review.text, CAST), 410)
    for page in (await member.get(PAPER, 410), late.text):
        assert "Har du stemt tidligere, gælder den stemme." in page
        assert f'href="{BASE}/afstemning"' in page
    await member.get(RECEIPT, 303)
    await member.get(f"{PRIZE}/stemmeurne")


async def test_a_ballot_of_a_vote_that_was_ended_is_not_cast_in_the_next_one(
    open_vote: Vote, browser_of: BrowserOf
) -> None:
    """Its envelope could not be opened there, and its short names of candidates would mean others."""
    member = await browser_of(open_vote.cast.member)
    page = await rank(member, "c1")
    review = await member.post(REVIEW, hidden(page, PAPER), 200)
    void = {"void-frivillighedsprisen": "En kandidat har trukket sig."}
    await (await browser_of(open_vote.cast.secretary)).post(f"{POLLS}/frivillighedsprisen/afbrydelse", void)
    member = await browser_of(open_vote.cast.member)
    await member.get(PAPER, 303)
    for opened_anew in (False, True):
        if opened_anew:
            open_vote.clock.advance(timedelta(minutes=1))
            await open_vote.open()
        for address, form in ((PAPER, page), (REVIEW, page), (CAST, review.text)):
            answer = await member.post(address, hidden(form, address), 409)
            assert "Din stemmeseddel er ikke afgivet" in text_of(answer)
            assert f'href="{BASE}/afstemning"' in answer.text
    assert await Slot.count().where(Slot.t1.is_not_null()) == 0
    await cast_ranking(member, "c1")


async def test_the_receipts_code_stands_in_the_ballot_box(
    open_vote: Vote, browser_of: BrowserOf, settings: Settings
) -> None:
    member = await browser_of(open_vote.cast.member)
    await cast_ranking(member, "c1")
    page = await member.get(RECEIPT)
    found = re.search(r"<strong>((?:[A-Z2-7]{4} ?){6})</strong>", page)
    assert found
    kept = await member.get(f"{RECEIPT}/fil")
    assert read_receipt(kept.encode(), keys.receipt_key(settings.key_dir).public_key()).t1 == found[1].replace(" ", "")
    await member.get(f"{PRIZE}/stemmeurne", 404)  # nothing to see while the vote is open
    await open_vote.vote(open_vote.cast.chair, "bo")
    await open_vote.close()
    member = await browser_of(open_vote.cast.member)
    boards = await member.get(f"{PRIZE}/stemmeurne")
    assert found[1] in boards
    for name in ("yderkuverter", "inderkuverter"):
        listed = await member.get(f"{PRIZE}/stemmeurne/{name}.txt")
        assert sha256(listed.encode()).hexdigest() in boards, "the file is what the control number is of"
    await member.get(f"{PRIZE}/stemmeurne/stemmer.txt", 404)
    for _title, listed in re.findall(r"<h2>(.*?)</h2>.*?<ol[^>]*>(.*?)</ol>", boards, re.S):
        codes = re.findall(r"<li>(.*?)</li>", listed)
        assert len(codes) == 2
        assert codes == sorted(codes)


async def test_a_path_of_odd_characters_is_led_on_and_begins_no_header(open_vote: Vote, browser_of: BrowserOf) -> None:
    member = await browser_of(open_vote.cast.member)
    for odd in ("%F0%9F%98%80", "x%0D%0ASet-Cookie:%20a=b", "%D9%85"):
        answer = await member._client.get(f"{BASE}/{odd}/stemme", follow_redirects=False)
        assert answer.status_code in (303, 404)
        assert "set-cookie" not in answer.headers
        assert answer.headers.get("location", "").isascii()
