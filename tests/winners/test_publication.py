"""From an approved decision to the public page, through the pages that people use."""

import re
from datetime import UTC, datetime
from io import BytesIO
from uuid import uuid4

import httpx
import pytest
from PIL import Image

from awards.accounts.tables import Person
from awards.app import Awards
from awards.counting.tables import MeetingDecision
from awards.outbox.tables import Mail
from awards.rounds.tables import Laureate, Prize, Round
from awards.screening.tables import Candidate
from awards.winners.tables import Award, Correction, Photo
from tests.builders import Cast, FakeClock, a_cast, a_council, a_prize, a_round
from tests.conftest import SignIn
from tests.queries import count_queries

HERE = "/integrationsraad/2026"
EMBARGO = datetime(2026, 11, 26, 18, tzinfo=UTC)


class Scene:
    """A prize that the council has given to two winners, approved by the chair, not published."""

    cast: Cast
    prize: Prize


@pytest.fixture
async def scene(app: Awards, clock: FakeClock) -> Scene:
    clock.set(datetime(2026, 11, 20, 9, tzinfo=UTC))
    made = Scene()
    council = await a_council()
    made.cast = await a_cast(council)
    made.prize = await a_prize(await a_round(council), may_be_shared=True)
    winners = [uuid4(), uuid4()]
    for id, name in zip(winners, ("Ada Ågård", "Cem Øztürk"), strict=True):
        await Candidate(
            id=id, prize=made.prize.id, name=name, state="shortlisted", email=f"{name[:3].lower()}@example.dk"
        ).save()
    await MeetingDecision(
        id=uuid4(),
        prize=made.prize.id,
        held_on=clock.now().date(),
        present=f'["{made.cast.chair.id}"]',
        winners=f'["{winners[0]}", "{winners[1]}"]',
        registered_by=made.cast.secretary.id,
        registered_at=clock.now(),
        approved_by=made.cast.chair.id,
        approved_at=clock.now(),
    ).save()
    return made


def the_form(page: str, **typed: str) -> dict[str, str]:
    """The hidden and suggested values of the page's form, with what is typed on top."""
    seen = re.search(r'name="seen"[^>]*value="([^"]*)"', page)
    assert seen
    return {
        "seen": seen[1].replace("&#43;", "+"),
        "title": "Frivillighedsprisen 2026 går til Ada Ågård og Cem Øztürk",
        "winners": "Ada Ågård\nCem Øztürk",
        "line": "deres cykelkøkken for hele byen",
        "citation": "De har lært hundrede børn at cykle.",
        "ceremony_date": "26.11.2026",
        "ceremony_time": "17.00",
        "ceremony_place": "Center for Dansk og Integration",
        "embargo_date": "26.11.2026",
        "embargo_time": "19.00",
        "consent": "1",
    } | typed


def a_photo() -> bytes:
    out = BytesIO()
    Image.new("RGB", (900, 700), "navy").save(out, "JPEG")
    return out.getvalue()


async def signed_in(client: httpx.AsyncClient, sign_in_as: SignIn, person: Person) -> httpx.AsyncClient:
    client.cookies = await sign_in_as(person)
    return client


async def write(client: httpx.AsyncClient, **typed: str) -> httpx.Response:
    page = await client.get(f"{HERE}/frivillighedsprisen/offentliggoerelse")
    assert page.status_code == 200
    return await client.post(f"{HERE}/frivillighedsprisen/offentliggoerelse", data=the_form(page.text, **typed))


async def test_joint_winners_are_published_and_shown_when_the_embargo_ends(
    scene: Scene, client: httpx.AsyncClient, sign_in_as: SignIn, clock: FakeClock
) -> None:
    staff = await signed_in(client, sign_in_as, scene.cast.communications)
    assert (await write(staff)).status_code == 303
    preview = await staff.get(f"{HERE}/frivillighedsprisen/forhaandsvisning")
    assert "Det her er en forhåndsvisning" in preview.text
    assert (await staff.post(f"{HERE}/frivillighedsprisen/udgivelse")).status_code == 303
    client.cookies.clear()
    assert (await client.get(f"{HERE}/frivillighedsprisen/vinder")).status_code == 404
    assert "Ada Ågård" not in (await client.get("/integrationsraad/vindere")).text
    clock.set(EMBARGO)
    shown = await client.get(f"{HERE}/frivillighedsprisen/vinder")
    assert shown.status_code == 200
    assert "De har lært hundrede børn at cykle." in shown.text
    assert "Ada Ågård og Cem Øztürk" in (await client.get("/integrationsraad/vindere")).text
    assert {row.name for row in await Laureate.objects()} == {"Ada Ågård", "Cem Øztürk"}


async def test_mails_about_the_winner_wait_for_the_embargo_and_go_once_to_each(
    scene: Scene, client: httpx.AsyncClient, sign_in_as: SignIn
) -> None:
    staff = await signed_in(client, sign_in_as, scene.cast.communications)
    await write(staff)
    for _again in range(2):
        assert (await staff.post(f"{HERE}/frivillighedsprisen/udgivelse")).status_code == 303
    mails = await Mail.objects().where(Mail.template.like("winners/%"))
    assert len(mails) == len({mail.recipient for mail in mails}) == 7
    assert {mail.next_attempt_at for mail in mails} == {EMBARGO}


async def test_nothing_is_published_before_the_decision_is_approved(
    scene: Scene, client: httpx.AsyncClient, sign_in_as: SignIn
) -> None:
    await MeetingDecision.update({MeetingDecision.approved_at: None}, force=True)
    staff = await signed_in(client, sign_in_as, scene.cast.communications)
    assert (await staff.get(f"{HERE}/frivillighedsprisen/offentliggoerelse")).status_code == 404
    assert "Ada" not in (await staff.get(f"{HERE}/vindere")).text


async def test_a_photo_needs_its_alt_text_and_credit_and_keeps_what_was_typed(
    scene: Scene, client: httpx.AsyncClient, sign_in_as: SignIn
) -> None:
    staff = await signed_in(client, sign_in_as, scene.cast.communications)
    page = await staff.get(f"{HERE}/frivillighedsprisen/offentliggoerelse")
    address = f"{HERE}/frivillighedsprisen/offentliggoerelse"
    refused = await staff.post(address, data=the_form(page.text), files={"photo": ("a.jpg", a_photo(), "image/jpeg")})
    assert refused.status_code == 422
    assert "Skriv, hvem der har taget billedet." in refused.text
    assert "De har lært hundrede børn at cykle." in refused.text
    kept = await staff.post(
        address,
        data=the_form(page.text, alt="To mennesker ved en cykel", credit="Køge Kommune"),
        files={"photo": ("a.jpg", a_photo(), "image/jpeg")},
    )
    assert kept.status_code == 303
    photo = await Photo.objects().first()
    assert photo is not None
    with Image.open(BytesIO(photo.data)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (1600, 1200))


async def test_a_file_that_is_no_picture_is_refused_at_its_field(
    scene: Scene, client: httpx.AsyncClient, sign_in_as: SignIn
) -> None:
    staff = await signed_in(client, sign_in_as, scene.cast.communications)
    page = await staff.get(f"{HERE}/frivillighedsprisen/offentliggoerelse")
    refused = await staff.post(
        f"{HERE}/frivillighedsprisen/offentliggoerelse",
        data=the_form(page.text, alt="x", credit="y"),
        files={"photo": ("a.jpg", b"<script>alert(1)</script>", "image/jpeg")},
    )
    assert refused.status_code == 422
    assert await Photo.count() == 0


async def test_a_correction_needs_a_reason_and_keeps_how_it_read(
    scene: Scene, client: httpx.AsyncClient, sign_in_as: SignIn
) -> None:
    staff = await signed_in(client, sign_in_as, scene.cast.communications)
    await write(staff)
    await staff.post(f"{HERE}/frivillighedsprisen/udgivelse")
    assert (await write(staff, citation="Rettet")).status_code == 422
    assert (await write(staff, citation="Rettet", reason="Stavefejl i navnet")).status_code == 303
    correction = await Correction.objects().first()
    assert correction is not None
    assert "hundrede børn" in correction.before


async def test_two_tabs_never_overwrite_each_other(
    scene: Scene, client: httpx.AsyncClient, sign_in_as: SignIn, clock: FakeClock
) -> None:
    staff = await signed_in(client, sign_in_as, scene.cast.communications)
    page = await staff.get(f"{HERE}/frivillighedsprisen/offentliggoerelse")
    address = f"{HERE}/frivillighedsprisen/offentliggoerelse"
    assert (await staff.post(address, data=the_form(page.text))).status_code == 303
    stale = await staff.post(address, data=the_form(page.text, citation="Fra den anden fane"))
    assert stale.status_code == 409
    assert "Fra den anden fane" in stale.text
    award = await Award.objects().first()
    assert award is not None
    assert award.citation == "De har lært hundrede børn at cykle."


@pytest.mark.parametrize("name", ["member", "chair", "stranger"])
async def test_only_communications_and_the_secretary_publish(
    scene: Scene, client: httpx.AsyncClient, sign_in_as: SignIn, name: str
) -> None:
    person = await signed_in(client, sign_in_as, getattr(scene.cast, name))
    for path in ("/vindere", "/frivillighedsprisen/offentliggoerelse", "/frivillighedsprisen/forhaandsvisning"):
        assert (await person.get(HERE + path)).status_code == 404
    assert (await person.post(f"{HERE}/frivillighedsprisen/udgivelse")).status_code == 404


async def test_the_front_page_takes_as_many_queries_for_one_winner_as_for_thirty(
    scene: Scene, client: httpx.AsyncClient, clock: FakeClock
) -> None:
    async def add(n: int) -> None:
        for i in range(n):
            await Laureate(
                council=scene.cast.council.id, series="x", year=2025, name=f"Vinder {i}", published_at=clock.now()
            ).save()

    await add(1)
    with count_queries() as one:
        await client.get("/integrationsraad/vindere")
    await add(29)
    with count_queries() as thirty:
        await client.get("/integrationsraad/vindere?alle")
    assert one.number == thirty.number


async def test_without_a_council_the_front_page_says_so(app: Awards, client: httpx.AsyncClient) -> None:
    assert "Der er ikke oprettet et råd endnu" in (await client.get("/")).text


async def test_with_two_councils_the_front_page_lets_one_choose(scene: Scene, client: httpx.AsyncClient) -> None:
    await a_council("handicapraad", name="Handicaprådet")
    page = await client.get("/")
    assert "Handicaprådet" in page.text
    assert (await client.get("/handicapraad")).status_code == 200


async def test_nominees_are_published_who_have_said_yes_where_the_council_publishes_them(
    client: httpx.AsyncClient, app: Awards
) -> None:
    round = await a_round(await a_council(), publish_nominees=True)
    prize = await a_prize(round)
    await a_prize(round, "erhvervsprisen", position=2)
    for name, state, answer in (
        ("Ada Ågård", "shortlisted", True),
        ("Bo Dam", "shortlisted", False),
        ("Cem Øztürk", "shortlisted", None),
        ("Dag Lind", "proposed", True),
        ("Eva Holm", "withdrawn", True),
    ):
        await Candidate(id=uuid4(), prize=prize.id, name=name, state=state, may_show_name=answer).save()
    page = (await client.get(HERE)).text
    assert "De nominerede" in page
    assert "Ada Ågård" in page
    for name in ("Bo Dam", "Cem Øztürk", "Dag Lind", "Eva Holm"):
        assert name not in page
    await Round.update({Round.publish_nominees: False}).where(Round.id == round.id)
    assert "Ada Ågård" not in (await client.get(HERE)).text
