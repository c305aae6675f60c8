"""Data protection as the secretary does it: what goes when, and one person's data taken out and erased."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest

from awards.accounts.tables import Person
from awards.administration.demo import load_demonstration
from awards.administration.expiring import Expiring, expiring
from awards.administration.persons import erase, holdings
from awards.administration.retention import delete_what_is_old
from awards.app import Awards
from awards.audit.tables import Audit
from awards.councils.tables import Council
from awards.nominations.tables import Draft, Nomination, Revision
from awards.outbox.tables import Mail
from awards.screening.tables import Candidate, DanishText, Redaction
from awards.settings import Settings
from awards.web.identity import Actor
from tests.browsing import Browser, BrowserOf
from tests.builders import FakeClock
from tests.queries import count_queries

HERE = "/integrationsraad/databeskyttelse"


@pytest.fixture
async def council(app: Awards, settings: Settings, clock: FakeClock) -> Council:
    await load_demonstration("screening", settings, clock)
    council = await Council.objects().first()
    assert council is not None
    return council


@pytest.fixture
async def secretary(council: Council, browser_of: BrowserOf) -> Browser:
    person = await Person.objects().get(Person.email == "sekretaer@example.dk")
    assert person is not None
    return await browser_of(person)


async def of_kind(council: Council, kind: str) -> list[Expiring]:
    return [one for one in await expiring(council) if one.kind == kind]


@pytest.mark.parametrize("kind", ["drafts", "nominations", "mails"])
async def test_what_is_told_to_go_goes_at_that_moment_and_not_before(
    council: Council, secretary: Browser, settings: Settings, clock: FakeClock, kind: str
) -> None:
    await Mail.update({Mail.state: "sent"}, force=True)
    await Draft.update({Draft.answers: '{"nominee": "Begyndt"}', Draft.updated_at: clock.now()}, force=True)
    [told, *_rest] = await of_kind(council, kind)
    assert told.at > clock.now()
    clock.set(told.at - timedelta(seconds=1))
    await delete_what_is_old(clock=clock, settings=settings)
    assert told in await expiring(council)
    clock.set(told.at)
    await delete_what_is_old(clock=clock, settings=settings)
    assert told not in await expiring(council)


async def test_ballots_are_told_of_too(app: Awards, settings: Settings, clock: FakeClock) -> None:
    await load_demonstration("published", settings, clock)
    council = await Council.objects().first()
    assert council is not None
    assert {one.of for one in await of_kind(council, "ballots")} == {"Frivillighedsprisen", "Erhvervsprisen"}


async def test_the_page_tells_what_goes_next_with_few_queries(council: Council, secretary: Browser) -> None:
    with count_queries() as queries:
        page = await secretary.get(HERE)
    assert "Indstillinger med alt, hvad der er skrevet" in page
    assert queries.number < 15


async def test_one_persons_data_are_found_taken_out_and_erased_and_the_nomination_stays(
    council: Council, secretary: Browser
) -> None:
    before = await Nomination.objects().where(Nomination.email != "", Nomination.organisation != "").first()
    assert before is not None
    email, story = before.email, before.story
    former = json.dumps({"nominator": before.nominator, "email": email, "story": "Før."})
    await Revision(id=uuid4(), nomination=before.id, at=before.received_at, what="edited", body=former).save()
    for table in (Redaction, DanishText):
        made = {"original": before.relation, "text": before.relation, "at": before.received_at}
        await table(id=uuid4(), nomination=before.id, part="relation", **made).save()
    found = await secretary.post(f"{HERE}/person", {"email": f" {email.upper()} "}, 200)
    assert before.reference in found.text
    taken = (await secretary.post(f"{HERE}/person/udtraek", {"email": email}, 200)).json()
    assert taken["written"][0]["nominator"] == before.nominator
    assert taken["written"][0]["answers"]

    await secretary.post(f"{HERE}/person/sletning", {"email": email}, 422)
    assert await Nomination.exists().where(Nomination.email == email)
    for _twice in range(2):
        await secretary.post(f"{HERE}/person/sletning", {"email": email, "sure": "1"})
    after = await Nomination.objects().get(Nomination.id == before.id)
    assert after is not None
    assert after.story == story
    assert (after.nominator, after.email, after.phone, after.organisation, after.relation) == ("", "", "", "", "")
    assert before.organisation.split()[0].lower() not in after.search.split()
    [kept] = await Revision.select(Revision.body).where(Revision.nomination == before.id).output(as_list=True)
    assert [await table.count() for table in (Redaction, DanishText)] == [0, 0]
    assert json.loads(kept) == {"nominator": "", "email": "", "story": "Før."}
    assert not await Mail.exists().where(Mail.recipient == email)
    assert not await holdings(council.id, email)
    noted = [row["body"] for row in await Audit.select(Audit.body) if "person_erased" in row["body"]]
    assert len(noted) == 1, "twice erases nothing more"
    assert email not in noted[0]


async def test_what_is_given_to_a_candidate_does_not_name_who_nominated_them(
    council: Council, secretary: Browser
) -> None:
    about = await Nomination.objects().where(Nomination.nominee_email != "").first()
    assert about is not None
    taken = (await secretary.post(f"{HERE}/person/udtraek", {"email": about.nominee_email}, 200)).text
    assert about.story.split("\n")[0] in json.loads(taken)["about"][0]["story"]
    assert about.nominator not in taken


async def test_a_candidate_loses_the_address_and_keeps_the_name_that_the_council_votes_about(
    app: Awards, settings: Settings, clock: FakeClock
) -> None:
    await load_demonstration("voting", settings, clock)
    council, candidate = await Council.objects().first(), await Candidate.objects().where(Candidate.email != "").first()
    assert council is not None
    assert candidate is not None
    await erase(council.id, candidate.email, by=Actor(), clock=clock)
    after = await Candidate.objects().get(Candidate.id == candidate.id)
    assert after is not None
    assert (after.name, after.email, after.phone) == (candidate.name, "", "")


async def test_another_councils_data_are_not_found(council: Council, secretary: Browser) -> None:
    [email] = await Nomination.select(Nomination.email).limit(1).output(as_list=True)
    assert await holdings(council.id, email)
    assert not await holdings(uuid4(), email)
    page = await secretary.post(f"{HERE}/person", {"email": "ingen@example.dk"}, 200)
    assert "Vi har ikke noget under den adresse" in page.text
    await secretary.post(f"{HERE}/person", {"email": "ikke en adresse"}, 422)
