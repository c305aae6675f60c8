"""Somebody nominates in Arabic on a phone; the secretary writes it in Danish, and the council reads both."""

from collections.abc import Iterator
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import Device
from e2e.mails import mailed_path
from e2e.scene import copied_scene, settings_of
from e2e.server import serving_awards
from e2e.test_story import AFTER_THE_DEADLINE, HERE, OPEN, Stage, answer_inhabilitet, choose, press, screen
from tests.builders import FakeClock

STORY = "محمد يطبخ كل شهر لمئة جار لا يلتقون عادة. اكتبوا إليه: mad@example.dk"
DANISH = "Mohamed laver hver måned mad til hundrede naboer, der ellers ikke mødes."


@pytest.fixture
def stage(tmp_path: Path, phone: Device) -> Iterator[Stage]:
    clock = FakeClock(OPEN)
    copied_scene(tmp_path, OPEN, "set-up")
    with serving_awards(settings_of(tmp_path), clock) as address:
        yield Stage(address, clock, tmp_path, lambda: phone(base_url=address))


def go_on(page: Page) -> None:
    page.get_by_role("button", name="متابعة", exact=True).click()


def width_fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def nominate_in_arabic(page: Page) -> str:
    """From the Danish front page to the receipt; returns the reference."""
    page.goto("/")
    page.locator("summary", has_text="Dansk").click()
    page.get_by_role("link", name="العربية").click()
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    page.get_by_role("link", name="رشّح لجائزة").first.click()
    go_on(page)  # nothing filled in: what is missing is told in Arabic too
    expect(page.get_by_role("alert").get_by_role("link", name="اكتب اسم المرشّح.")).to_be_visible()
    assert width_fits(page)
    choose(page, "kind", "person")
    page.locator("[name=nominee]").fill("محمد")
    page.locator("[name=contact]").fill("mohamed@example.dk")
    choose(page, "tie", "lives")
    choose(page, "aware", "yes")
    go_on(page)
    expect(page.locator("[name=written_in]")).to_have_value("ar")
    for box in page.locator("textarea").all():
        box.fill(STORY)
    go_on(page)
    page.locator("[name=nominator]").fill("أميرة")
    page.locator("[name=email]").fill("amira@example.dk")
    assert page.locator("[name=email]").evaluate("field => getComputedStyle(field).direction") == "ltr"
    page.locator("[name=relation]").fill("جاري")
    go_on(page)
    expect(page.locator("dd[lang], dd[dir=auto]").get_by_text("محمد", exact=True)).to_be_visible()
    assert width_fits(page)
    page.get_by_role("button", name="أرسل الترشيح").click()
    expect(page.get_by_role("heading", name="شكرًا، استلمنا ترشيحك.")).to_be_visible()
    return str(page.locator("main").inner_text()).split("الرقم")[1].strip("\u2068\u2069 ")[:9]


def test_a_nomination_in_arabic_reaches_the_council_in_danish_with_its_own_words(stage: Stage) -> None:
    nominator = stage.hand_out()
    reference = nominate_in_arabic(nominator)

    path = mailed_path(stage.data_dir, "bekraeft")
    newest = max(stage.data_dir.rglob("[0-9]*.eml"), key=lambda file: file.stat().st_mtime)
    mail = BytesParser(policy=policy.default).parsebytes(newest.read_bytes())
    assert path.startswith("/ar/")
    assert "أكّد ترشيحك" in mail["Subject"]
    nominator.goto(path)
    nominator.get_by_role("button", name="أكّد الترشيح").click()
    expect(nominator.get_by_text("تم تأكيد بريدك الإلكتروني.")).to_be_visible()

    stage.clock.set(AFTER_THE_DEADLINE)
    secretary = stage.phone_of("secretary")
    secretary.goto(f"{HERE}/indstillinger/{reference}")
    expect(secretary.get_by_text("Rådet mangler en dansk tekst")).to_be_visible()
    secretary.get_by_role("link", name="Skriv det på dansk").click()
    secretary.locator("textarea").first.fill(DANISH)
    secretary.get_by_role("button", name="Gem den danske tekst").click()
    for each in (reference, "2026-SPRG", "2026-HAVE"):
        screen(secretary, each)
    secretary.goto(f"{HERE}/nominerede")
    secretary.get_by_role("button", name="Bekræft de nominerede til Frivillighedsprisen").click()
    secretary.goto(f"{HERE}/afstemninger")
    press(secretary, "/afstemninger/spoergsmaal")

    member = stage.phone_of("member")
    answer_inhabilitet(member)
    member.goto(f"{HERE}/frivillighedsprisen/kandidater")
    dossier = member.locator("details.card", has=member.get_by_role("heading", name="محمد"))
    dossier.locator("summary").first.click()
    expect(dossier.get_by_text(DANISH)).to_be_visible()
    original = dossier.locator("[lang=ar]").get_by_text(STORY).first
    expect(original).to_be_hidden()
    dossier.get_by_text("De oprindelige ord").first.click()
    expect(original).to_be_visible()
    assert original.evaluate("words => getComputedStyle(words).direction") == "rtl"
