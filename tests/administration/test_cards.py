"""The sheet of stemmekort: its codes stand on it alone, and a second press does not spoil the first one's cards."""

import asyncio
import re
from datetime import date
from io import BytesIO
from itertools import pairwise
from typing import Any
from uuid import uuid4

import httpx
import pytest
from pypdf import PdfReader

from awards.accounts.cards import IssuedCard, card_fits
from awards.accounts.tables import PollCard
from awards.administration import web_cards
from awards.administration.card_sheet import card_sheet
from awards.app import Awards
from awards.audit.tables import Audit
from awards.councils.tables import Council
from awards.outbox.tables import Mail
from tests.builders import Cast, a_cast, a_council, a_person
from tests.cards import CODE, baselines, cards_for, codes_in, text_of

CARDS = "/integrationsraad/personer/stemmekort"
LONG = "Wolfeschlegelsteinhausenbergerdorff-Hohenlohe Maximilian Alexander Þórarinsdóttir-Østergaard-Langenburg"


@pytest.fixture
async def cast(app: Awards) -> Cast:
    return await a_cast(await a_council())


@pytest.fixture
async def desk(client: httpx.AsyncClient, cast: Cast, sign_in_as: Any) -> httpx.AsyncClient:
    """The secretary's browser."""
    client.cookies = await sign_in_as(cast.secretary)
    return client


async def test_the_sheet_has_a_card_for_each_and_the_codes_work(desk: httpx.AsyncClient, cast: Cast) -> None:
    assert (await desk.get(CARDS)).text.count(" checked") == 5, "those without a card"
    answer = await desk.post(CARDS, data=cards_for(cast.member, cast.chair))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["cache-control"] == "no-store"
    assert re.fullmatch(r"attachment; filename=stemmekort-\d{4}-\d\d-\d\d\.pdf", answer.headers["content-disposition"])
    codes = codes_in(answer.content)
    assert len(codes) == len(set(codes)) == 2
    holders = {holder.name: holder for holder in (cast.member, cast.chair)}
    for name, code in re.findall(r"Stemmekort\n(.+)\n(.+)\n", text_of(answer.content)):
        assert await card_fits(holders.pop(name).id, code)
    assert not holders
    assert (await desk.get(CARDS)).text.count(" checked") == 3
    assert (await desk.get(f"{CARDS}?alle=1")).text.count(" checked") == 5


async def test_a_new_card_voids_the_old_one_and_its_holder_is_told(desk: httpx.AsyncClient, cast: Cast) -> None:
    [old] = codes_in((await desk.post(CARDS, data=cards_for(cast.member))).content)
    assert not await Mail.exists().where(Mail.template == "accounts/new-card"), "the first one is news to nobody"
    [new] = codes_in((await desk.post(CARDS, data=cards_for(cast.member))).content)
    assert not await card_fits(cast.member.id, old)
    assert await card_fits(cast.member.id, new)
    told = await Mail.select(Mail.recipient).where(Mail.template == "accounts/new-card").output(as_list=True)
    assert told == ["member@example.dk"]


async def test_pressing_twice_spoils_no_card_and_says_so(desk: httpx.AsyncClient, cast: Cast) -> None:
    sent = cards_for(cast.member, cast.chair)
    first, second = await asyncio.gather(desk.post(CARDS, data=sent), desk.post(CARDS, data=sent))
    good, refused = sorted((first, second), key=lambda answer: answer.status_code)
    assert (good.status_code, refused.status_code) == (200, 409)
    assert "Kortene er lavet, og de gælder" in refused.text
    assert await PollCard.count() == 2
    assert not await PollCard.exists().where(PollCard.voided_at.is_not_null())
    id = re.search(r'name="id" value="([\w-]+)"', refused.text)
    assert id
    again = await desk.post(CARDS, data=sent | {"id": id[1]})
    assert len(codes_in(again.content)) == 2, "who does not have the file sends the form again"


async def test_when_the_sheet_cannot_be_made_the_old_cards_stay_good(
    desk: httpx.AsyncClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    [code] = codes_in((await desk.post(CARDS, data=cards_for(cast.member))).content)

    async def fails(*_cards: object, **_facts: object) -> bytes:
        raise OSError

    monkeypatch.setattr(web_cards, "card_sheet", fails)
    assert (await desk.post(CARDS, data=cards_for(cast.member))).status_code == 500
    assert await card_fits(cast.member.id, code)


async def test_the_codes_are_kept_nowhere(
    desk: httpx.AsyncClient, cast: Cast, capfd: pytest.CaptureFixture[str]
) -> None:
    codes = codes_in((await desk.post(CARDS, data=cards_for(cast.member))).content)
    kept = repr([*await PollCard.select(), *await Audit.select(), *await Mail.select(), *capfd.readouterr()])
    for code in codes:
        assert code not in kept
        assert code.replace(" ", "") not in kept


async def test_nobody_gets_a_card_who_does_not_vote(desk: httpx.AsyncClient, cast: Cast) -> None:
    answer = await desk.post(CARDS, data=cards_for(cast.communications))
    assert answer.status_code == 422
    assert (await desk.post(CARDS, data={"id": str(uuid4())})).status_code == 422
    assert await PollCard.count() == 0


async def test_names_of_all_kinds_fit_and_the_sheet_is_accessible(app: Awards) -> None:
    names = ["Þór Jónsson", "Søren Ærø", "Nguyễn Thị Ánh", "Łukasz Žižek", "Ольга Петренко", "محمد", LONG, "Åse", "Ni"]
    pdf = await a_sheet(await a_council(), names)
    reader = PdfReader(BytesIO(pdf))
    assert len(reader.pages) == 2, "eight on a page"
    text = re.sub(r"-?\n", "", text_of(pdf))
    for name in names:
        assert re.sub("-", "", name) in re.sub("-", "", text)
    catalogue = reader.trailer["/Root"]
    assert catalogue["/Lang"] == "da"
    assert catalogue["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in reader.trailer["/Root"]["/Metadata"].get_data()
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            [inner] = font["/DescendantFonts"]
            assert {"/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"]), "every printer prints it alike"


async def test_no_card_is_so_full_that_a_line_stands_on_the_code(app: Awards) -> None:
    council = await a_council()
    council.phone = "56 67 67 67"
    pdf = await a_sheet(council, ["Birthe Holm", LONG])
    lines = baselines(pdf)
    room = [height - below for (text, height), (_next, below) in pairwise(lines) if CODE.fullmatch(text)]
    assert [points > 12 for points in room] == [True, True]


async def test_a_card_tells_where_to_try_it(app: Awards) -> None:
    text = re.sub(r"\n", "", text_of(await a_sheet(await a_council(), ["Birthe Holm"])))
    assert "Øv dig på kaffe eller te: priser.example.dk/integrationsraad/proeve" in text


async def test_a_name_in_letters_of_no_font_still_gives_a_card(app: Awards) -> None:
    [code] = codes_in(await a_sheet(await a_council(), ["\U0001e900\U0001e901"]))
    assert code == "ABCDE FGHJK"


async def a_sheet(council: Council, names: list[str]) -> bytes:
    cards = []
    for number, name in enumerate(names):
        person = await a_person(f"holder{number}")
        person.name = name
        cards.append(IssuedCard(person, "ABCDEFGHJK"))
    return await card_sheet(cards, council, base_url="https://priser.example.dk", today=date(2026, 11, 1))
