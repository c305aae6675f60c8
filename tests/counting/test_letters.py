"""The mails at the end of a vote, as they are sent, in both languages."""

import json
import re
from pathlib import Path

import pytest

from awards.accounts.tables import Person
from awards.audit.tables import Audit
from awards.ballots import polls
from awards.ballots.codes import root_of
from awards.ballots.tables import Box, Poll
from awards.db import Database
from awards.outbox.rendering import compose
from awards.outbox.tables import Mail
from awards.settings import Settings
from tests.builders import FakeClock
from tests.mails import texts
from tests.votes import CLOSES, Vote, a_vote

MEMBER, CHAIR, SECRETARY = "member@example.dk", "chair@example.dk", "secretary@example.dk"


@pytest.fixture
async def vote(db: Database, clock: FakeClock, tmp_path: Path) -> Vote:
    """An open vote; the chair reads English."""
    made = await a_vote(clock, tmp_path / "keys")
    await Person.update({Person.language: "en"}).where(Person.id == made.cast.chair.id)
    await made.everybody_answers()
    await made.open()
    return made


async def end(vote: Vote, reason: str) -> None:
    await polls.void_poll(vote.poll.id, reason=reason, by=vote.actor(vote.cast.secretary), clock=vote.clock)


async def test_everybody_on_the_roll_learns_why_a_vote_was_ended(vote: Vote, settings: Settings) -> None:
    await vote.vote(vote.cast.member, "ada")
    await end(vote, "Cem har trukket sig.")
    sent = await texts("ballots/voided", settings)
    assert set(sent) == {MEMBER, CHAIR, "vice-chair@example.dk", "second-vice-chair@example.dk"}
    assert "Afstemningen om Frivillighedsprisen er afsluttet uden resultat." in sent[MEMBER]
    assert "Grunden er: Cem har trukket sig." in sent[MEMBER]
    assert "has been ended without a result" in sent[CHAIR]
    assert "The reason: Cem har trukket sig." in sent[CHAIR]


async def test_the_mail_about_an_ended_vote_is_the_same_for_all_whether_they_had_voted_or_not(
    vote: Vote, settings: Settings
) -> None:
    await vote.vote(vote.cast.member, "ada")
    await end(vote, "Cem har trukket sig.")
    sent = await texts("ballots/voided", settings)
    assert sent[MEMBER].replace("member", "…") == sent["vice-chair@example.dk"].replace("vice_chair", "…")


async def test_a_vote_that_was_only_prepared_ends_without_a_mail(
    db: Database, clock: FakeClock, tmp_path: Path
) -> None:
    vote = await a_vote(clock, tmp_path / "keys")
    secretary = vote.actor(vote.cast.secretary)
    id = vote.prize.id
    await polls.prepare_poll(id, id, closes_at=CLOSES, by=secretary, clock=clock)
    await polls.void_poll(id, reason="Rådet mødes i stedet.", by=secretary, clock=clock)
    assert await Mail.count() == 0


async def test_the_secretary_learns_that_too_few_voted_and_nobody_else_does(vote: Vote, settings: Settings) -> None:
    await vote.vote(vote.cast.member, "ada")
    await vote.close()
    sent = await texts("counting/void", settings)
    assert set(sent) == {SECRETARY}
    assert "Grunden er: For få stemte, så rådet var ikke beslutningsdygtigt." in sent[SECRETARY]
    assert f"/{vote.cast.council.slug}/2026/afstemninger" in sent[SECRETARY]


async def test_a_vote_without_any_ballot_for_a_candidate_says_so(vote: Vote, settings: Settings) -> None:
    for person in vote.members[:4]:
        await vote.vote(person)
    assert (await vote.close()).state == "void"
    assert "Ingen stemmesedler pegede på nogen." in (await texts("counting/void", settings))[SECRETARY]


async def test_each_member_learns_at_close_whether_there_is_a_ballot_from_them(vote: Vote, settings: Settings) -> None:
    await vote.vote(vote.cast.member, "ada")
    await vote.vote(vote.cast.vice_chair, "bo")
    await vote.close()
    sent = await texts("counting/closed", settings)
    assert "Der ligger en stemmeseddel fra dig i stemmeurnen." in sent[MEMBER]
    assert "There is no ballot from you in the ballot box." in sent[CHAIR]


async def test_the_mail_at_close_has_its_control_numbers_in_an_attachment_and_none_in_its_text(
    vote: Vote, settings: Settings
) -> None:
    await vote.vote(vote.cast.member, "ada")
    await vote.vote(vote.cast.vice_chair, "bo")
    await vote.close()
    root = root_of(await Box.select(Box.t1).output(as_list=True))
    head = await Audit.select(Audit.hash).where(Audit.body.like("%counting.closed%")).output(as_list=True)
    mail = await Mail.objects().where(Mail.template == "counting/closed", Mail.recipient == MEMBER).first()
    assert mail is not None
    message = await compose(mail, settings)
    [attached] = [part.get_content() for part in message.iter_attachments()]
    assert root in attached
    assert head[0] in attached
    text = (await texts("counting/closed", settings))[MEMBER]
    assert not re.search(r"[0-9a-f]{32}", text)


async def test_no_mail_tells_how_many_voted_or_for_whom_while_the_vote_is_open(vote: Vote) -> None:
    before = await Mail.count()
    await vote.vote(vote.cast.member, "ada")
    await vote.vote(vote.cast.chair, "bo")
    assert await Mail.count() == before
    contexts = [json.loads(mail.context) for mail in await Mail.objects()]
    assert all(set(context) <= {"poll", "link"} for context in contexts)
    assert await Poll.count().where(Poll.state == "open") == 1
