"""The secretariat's pages, through HTTP."""

import re
from datetime import UTC, datetime
from uuid import UUID, uuid4

import httpx
import pytest

from awards.accounts.links import link_token, make_link
from awards.app import Awards
from awards.names import normalise
from awards.nominations.tables import Answer, Nomination
from awards.outbox.rendering import compose
from awards.outbox.tables import Mail
from awards.rounds.queries import criteria_of
from awards.rounds.tables import Prize
from awards.screening.tables import Candidate, Shortlist, Verdict
from awards.settings import Settings
from tests.builders import Cast, FakeClock, a_cast, a_council, a_prize, a_round
from tests.conftest import SignIn
from tests.queries import count_queries

HERE = "/integrationsraad/2026"


class Scene:
    cast: Cast
    prize: Prize
    other: Prize
    criteria: list[UUID]


@pytest.fixture
async def scene(app: Awards, clock: FakeClock) -> Scene:
    clock.set(datetime(2026, 11, 5, 9, tzinfo=UTC))
    made = Scene()
    council = await a_council()
    made.cast = await a_cast(council)
    round = await a_round(council)
    made.prize, made.other = await a_prize(round), await a_prize(round, "erhvervsprisen", position=2)
    made.criteria = [criterion.id for criterion in (await criteria_of([made.prize.id]))[made.prize.id]]
    return made


async def a_nomination(scene: Scene, nominee: str, reference: str, **columns: object) -> Nomination:
    given = {
        "prize": scene.prize.id,
        "kind": "association",
        "tie": "address",
        "nominator": "Nadia O'Brien",
        "email": "nadia@example.dk",
        "story": "De reparerer cykler <b>sammen</b>.",
        "search": normalise(f"{nominee} {reference}"),
        "received_at": datetime(2026, 10, 3, 12, tzinfo=UTC),
    } | columns
    nomination = Nomination(id=uuid4(), reference=reference, nominee=nominee, **given)
    await nomination.save()
    await Answer(id=uuid4(), nomination=nomination.id, criterion=scene.criteria[0], text="Sådan gør de.").save()
    return nomination


@pytest.fixture
async def secretary(scene: Scene, client: httpx.AsyncClient, sign_in_as: SignIn) -> httpx.AsyncClient:
    client.cookies = await sign_in_as(scene.cast.secretary)
    return client


def seen_in(page: str) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', page)
    assert found
    return found[1].replace("&#43;", "+")


async def assess_all(secretary: httpx.AsyncClient, scene: Scene, reference: str, verdict: str = "met") -> None:
    page = await secretary.get(f"{HERE}/indstillinger/{reference}")
    data = {f"verdict-{criterion}": verdict for criterion in scene.criteria} | {"seen": seen_in(page.text)}
    answer = await secretary.post(f"{HERE}/indstillinger/{reference}/vurdering", data=data)
    assert answer.status_code == 303


async def test_the_inbox_counts_filters_and_finds(scene: Scene, secretary: httpx.AsyncClient) -> None:
    await a_nomination(scene, "Åse Ærlig", "2026-AAAA")
    await a_nomination(scene, "Cykelkøkkenet", "2026-BBBB", state="rejected")
    everything = await secretary.get(f"{HERE}/indstillinger")
    assert "1 af 2 er afgjort." in everything.text
    found = await secretary.get(f"{HERE}/indstillinger?q=aase+aerlig")
    assert "Åse Ærlig" in found.text
    assert "Cykelkøkkenet" not in found.text
    waiting = await secretary.get(f"{HERE}/indstillinger?status=received")
    assert "Cykelkøkkenet" not in waiting.text
    nothing = await secretary.get(f"{HERE}/indstillinger?q=%25")
    assert nothing.status_code == 200


async def test_htmx_gets_the_list_alone(scene: Scene, secretary: httpx.AsyncClient) -> None:
    await a_nomination(scene, "Åse", "2026-AAAA")
    part = await secretary.get(f"{HERE}/indstillinger?q=%C3%A5se", headers={"HX-Request": "true"})
    assert "<html" not in part.text
    assert "Åse" in part.text


async def test_what_people_wrote_is_shown_and_never_run(scene: Scene, secretary: httpx.AsyncClient) -> None:
    await a_nomination(scene, "<script>alert(1)</script>", "2026-AAAA")
    page = await secretary.get(f"{HERE}/indstillinger/2026-AAAA")
    assert "<script>alert" not in page.text
    assert "De reparerer cykler &lt;b&gt;sammen&lt;/b&gt;." in page.text
    assert "Sådan gør de." in page.text


async def test_a_nomination_goes_on_when_every_criterion_is_met(scene: Scene, secretary: httpx.AsyncClient) -> None:
    await a_nomination(scene, "Cykelkøkkenet", "2026-AAAA")
    assert "Godkend indstillingen" not in (await secretary.get(f"{HERE}/indstillinger/2026-AAAA")).text
    await assess_all(secretary, scene, "2026-AAAA")
    assert "Godkend indstillingen" in (await secretary.get(f"{HERE}/indstillinger/2026-AAAA")).text
    assert (await secretary.post(f"{HERE}/indstillinger/2026-AAAA/godkendelse")).status_code == 303
    assert await Candidate.count() == 1
    assert (await secretary.post(f"{HERE}/frivillighedsprisen/nominerede")).status_code == 303
    assert await Shortlist.count() == 1


async def test_the_dossier_that_results_is_seen_before_anything_is_laid_together(
    scene: Scene, secretary: httpx.AsyncClient, settings: Settings
) -> None:
    known = {"confirmed_at": datetime(2026, 10, 4, tzinfo=UTC)}
    await a_nomination(scene, "محمد علي", "2026-AAAA", story="Han hjælper alle.", email="a@example.dk", **known)
    await a_nomination(scene, "Mohammed Ali", "2026-BBBB", nominator="Bo", **known)
    assert (await secretary.get(f"{HERE}/indstillinger")).text.count("Ligner 1 anden") == 2
    here = f"{HERE}/indstillinger/2026-BBBB"
    assert "محمد علي" in (await secretary.get(here)).text
    for reference in ("2026-AAAA", "2026-BBBB"):
        await assess_all(secretary, scene, reference)
    await secretary.post(f"{HERE}/indstillinger/2026-AAAA/godkendelse")
    candidate = await Candidate.objects().first()
    assert candidate is not None

    answer = await secretary.post(f"{here}/godkendelse", data={"candidate": str(candidate.id)})
    assert await Candidate.count() == 1
    preview = await secretary.get(answer.headers["Location"])
    for words in (
        "Han hjælper alle.",
        "De reparerer cykler",
        "Rådet læser 2 indstillinger som én sag.",
        "Lægges ind nu",
    ):
        assert words in preview.text, words
    await secretary.post(f"{here}/sammenlaegning", data={"candidate": str(candidate.id)})
    page = await secretary.get(here)
    assert "rummer også" in page.text
    assert "Ligner" not in (await secretary.get(f"{HERE}/indstillinger")).text
    assert await Candidate.count() == 1

    mail = await Mail.objects().where(Mail.template == "screening/merged", Mail.recipient == "a@example.dk").first()
    assert mail is not None
    message = await compose(mail, settings)
    assert message["Subject"] == "Andre har indstillet den samme kandidat til Frivillighedsprisen (2026-AAAA)"
    text = message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "Andre har også indstillet محمد علي" in text
    assert "Bo" not in text

    await secretary.post(f"{here}/adskillelse")
    assert await Candidate.count() == 2


async def test_a_dossier_that_is_not_offered_is_not_there(scene: Scene, secretary: httpx.AsyncClient) -> None:
    await a_nomination(scene, "Cykelkøkkenet", "2026-AAAA")
    for chosen in (str(uuid4()), "x", ""):
        address = f"{HERE}/indstillinger/2026-AAAA/sammenlaegning"
        assert (await secretary.get(f"{address}?candidate={chosen}")).status_code == 404
        assert (await secretary.post(address, data={"candidate": chosen})).status_code == 404


async def test_a_rejection_without_a_reason_keeps_what_was_typed(scene: Scene, secretary: httpx.AsyncClient) -> None:
    await a_nomination(scene, "Cykelkøkkenet", "2026-AAAA")
    address = f"{HERE}/indstillinger/2026-AAAA/afvisning"
    refused = await secretary.post(address, data={"reason": " ", "answer_by": "31.12.2026"})
    assert refused.status_code == 422
    assert "31.12.2026" in refused.text
    past = await secretary.post(address, data={"reason": "den ligger uden for kommunen", "answer_by": "01.01.2026"})
    assert past.status_code == 422
    assert "den ligger uden for kommunen" in past.text


async def test_the_rejection_mail_says_why_and_until_when(
    scene: Scene, secretary: httpx.AsyncClient, settings: Settings, clock: FakeClock
) -> None:
    await a_nomination(scene, "Cykelkøkkenet", "2026-AAAA")
    await secretary.post(
        f"{HERE}/indstillinger/2026-AAAA/afvisning",
        data={"reason": "den ligger uden for kommunen", "answer_by": "12.11.2026"},
    )
    mail = await Mail.objects().first()
    assert mail is not None
    message = await compose(mail, settings)
    assert message["Subject"] == "Din indstilling til Frivillighedsprisen (2026-AAAA)"
    text = message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "fordi den ligger uden for kommunen." in text
    assert "svar senest 12. november 2026" in text


async def test_a_second_tab_never_overwrites_a_verdict(scene: Scene, secretary: httpx.AsyncClient) -> None:
    await a_nomination(scene, "Cykelkøkkenet", "2026-AAAA")
    stale = seen_in((await secretary.get(f"{HERE}/indstillinger/2026-AAAA")).text)
    await assess_all(secretary, scene, "2026-AAAA")
    answer = await secretary.post(
        f"{HERE}/indstillinger/2026-AAAA/vurdering",
        data={
            f"verdict-{scene.criteria[0]}": "not_met",
            f"note-{scene.criteria[0]}": "Min note",
            "seen": stale,
        },
    )
    assert answer.status_code == 409
    assert "Min note" in answer.text
    assert {row.verdict for row in await Verdict.objects()} == {"met"}


@pytest.mark.parametrize("name", ["member", "chair", "communications", "stranger"])
async def test_nobody_else_sees_the_inbox(
    scene: Scene, client: httpx.AsyncClient, sign_in_as: SignIn, name: str
) -> None:
    await a_nomination(scene, "Cykelkøkkenet", "2026-AAAA")
    client.cookies = await sign_in_as(getattr(scene.cast, name))
    assert (await client.get(f"{HERE}/indstillinger")).status_code == 404
    assert (await client.get(f"{HERE}/indstillinger/2026-AAAA")).status_code == 404


async def test_another_councils_nomination_is_not_there(scene: Scene, secretary: httpx.AsyncClient) -> None:
    elsewhere = await a_prize(await a_round(await a_council("handicapraad")))
    await a_nomination(scene, "Fremmed", "2026-CCCC", prize=elsewhere.id)
    assert (await secretary.get(f"{HERE}/indstillinger/2026-CCCC")).status_code == 404
    assert "Fremmed" not in (await secretary.get(f"{HERE}/indstillinger")).text


async def test_the_inbox_takes_as_many_queries_for_one_as_for_thirty(
    scene: Scene, secretary: httpx.AsyncClient
) -> None:
    await a_nomination(scene, "Nummer 0", "2026-N000")
    with count_queries() as one:
        await secretary.get(f"{HERE}/indstillinger")
    for n in range(1, 30):
        await a_nomination(scene, f"Nummer {n}", f"2026-N{n:03}")
    with count_queries() as thirty:
        page = await secretary.get(f"{HERE}/indstillinger")
    assert "Nummer 29" in page.text
    assert one.number == thirty.number


async def test_the_candidate_sees_what_was_said_and_answers(
    scene: Scene, client: httpx.AsyncClient, settings: Settings, clock: FakeClock
) -> None:
    candidate = Candidate(id=uuid4(), prize=scene.prize.id, name="Ada", email="ada@example.dk", state="shortlisted")
    await candidate.save()
    link = await make_link("candidate", candidate.id, now=clock.now(), expires_at=datetime(2027, 1, 1, tzinfo=UTC))
    token = await link_token(link, settings)
    assert "ada@example.dk" in (await client.get(f"/kandidat/{token}")).text
    assert (await client.post(f"/kandidat/{token}", data={"name": "yes"})).status_code == 422
    assert (await client.post(f"/kandidat/{token}", data={"name": "yes", "photo": "no"})).status_code == 303
    found = await Candidate.objects().get(Candidate.id == candidate.id)
    assert found is not None
    assert (found.may_show_name, found.may_show_photo) == (True, False)
    assert (await client.get(f"/kandidat/{token[:-4]}AAAA")).status_code == 404
