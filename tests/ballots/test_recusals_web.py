"""Inhabilitet, and what members read before they vote, through the pages."""

import re
from uuid import uuid4

import pytest

from awards.audit.readings import readings_of
from awards.ballots.recusals import recused_from
from awards.ballots.tables import Elector, Recusal, Slot
from awards.nominations.tables import Answer, Attachment, Nomination
from awards.rounds.queries import criteria_of
from awards.screening.tables import Placement, Verdict
from tests.booth import BASE, PAPER, POLLS, PRIZE, cast_ranking
from tests.browsing import BrowserOf, text_of
from tests.pdfs import words_of
from tests.votes import Vote


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
    page = await member.get(f"{BASE}/inhabilitet")
    assert "Du har svaret: Ingen af dem" in page
    assert " checked" not in page, "no tick has to be taken away first"
    about = f"about-{vote.candidates['ada']}[]"
    await member.post(f"{BASE}/inhabilitet", {about: "recused"})
    assert "Du har svaret: Ingen af dem" not in await member.get(f"{BASE}/inhabilitet")
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
    printed = words_of(await member.download(f"{PRIZE}/kandidater/pdf"))
    for words in ("Naboen skriver.", "Læreren skriver.", "Svar fra Naboen", "Svar fra Læreren", "Tydeligt."):
        assert words in page
        assert words in printed
    assert f"Hentet af {vote.cast.member.name}" in printed
    assert [(read.name, read.what) for read in await readings_of(nomination.id)] == [(vote.cast.member.name, "dossier")]
    link = f"{PRIZE}/kandidater/bilag/{file.id}"
    assert link in page
    await member.get(link)
    for hidden in (link, f"{PRIZE}/kandidater/pdf"):
        await (await browser_of(vote.cast.recused_member)).get(hidden, 404)
    await member.get(f"{PRIZE}/kandidater/bilag/{uuid4()}", 404)


async def test_a_recused_member_reads_kind_words_and_nothing_else(open_vote: Vote, browser_of: BrowserOf) -> None:
    recused = await browser_of(open_vote.cast.recused_member)
    for path in (f"{PRIZE}/kandidater", PAPER):
        page = await recused.get(path, 404)
        assert "Du deltager ikke her" in page
        assert "bo" not in re.findall(r"\w+", page)
    home = await recused.get(f"{BASE}/afstemning")
    assert "Du deltager ikke" in home
    assert PAPER not in home


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
    page = await (await browser_of(vote.cast.recused_member)).get(f"{BASE}/afviste")
    assert "dea" not in re.findall(r"\w+", page.partition("<main")[2])
