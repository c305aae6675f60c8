"""The secretary judges, asks the nominator for more, lays two nominations together, and takes several at once."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from e2e.demonstration import Demonstration
from e2e.mails import mailed_path

INBOX = "/integrationsraad/2026/indstillinger"
FIRST, TWIN = "Cykelskolen i Ellemarken", "Cykelskolen Ellemarken"
ANSWER = "Tredive hvert år."

Look = Callable[[Page, str], None]


def screen(site: Demonstration, page: Page, look: Look) -> None:
    """Somebody has nominated TWIN beside the demonstration's FIRST."""
    walk_by_keyboard(page)
    judge(page, FIRST)
    page.get_by_role("button", name="Godkend indstillingen").click()
    judge(page, TWIN)
    case = page.url
    look(page, "a nomination that is judged")
    ask(site, page, look, case)
    merge(page, look, case)
    take_several(page, look)


def walk_by_keyboard(page: Page) -> None:
    page.goto(INBOX)
    page.get_by_label("Søg").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("main h2 a").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("Søg")).to_be_focused()


def judge(page: Page, name: str) -> None:
    page.goto(INBOX)
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    for met in page.get_by_label("Opfyldt", exact=True).all():
        met.check()
    page.get_by_role("button", name="Gem vurderingerne").click()
    expect(page.get_by_role("button", name="Godkend indstillingen")).to_be_visible()


def ask(site: Demonstration, page: Page, look: Look, case: str) -> None:
    """The answer is there again after the page was closed in the middle of it."""
    page.get_by_text("Bed om mere fra den, der har indstillet").click()
    page.get_by_label("Hvad vil du gerne vide?").fill("Hvor mange lærer at cykle?")
    page.get_by_role("button", name="Send spørgsmålet").click()
    expect(page.get_by_text("Venter på svar")).to_be_visible()
    site.become(page, "")
    page.goto(mailed_path(site.data_dir, "svar"))
    with page.expect_response("**/kladde"):
        page.get_by_label("Dit svar").fill(ANSWER)
    page.reload()
    expect(page.get_by_label("Dit svar")).to_have_value(ANSWER)
    look(page, "a question to the nominator")
    page.get_by_role("button", name="Send svaret").click()
    expect(page.get_by_role("heading", name="Tak for dit svar")).to_be_visible()
    look(page, "an answered question")
    site.become(page, "secretary")
    page.goto(case)
    expect(page.get_by_text(ANSWER)).to_be_visible()


def merge(page: Page, look: Look, case: str) -> None:
    page.get_by_label(FIRST, exact=True).check()
    page.get_by_role("button", name="Godkend indstillingen").click()
    expect(page.get_by_text("Rådet læser 2 indstillinger som én sag.")).to_be_visible()
    look(page, "the dossier that results")
    page.get_by_role("button", name="Godkend, og læg i den her sag").click()
    expect(page.get_by_text("rummer også")).to_be_visible()
    look(page, "a nomination in a shared dossier")


def take_several(page: Page, look: Look) -> None:
    page.goto(INBOX)
    page.get_by_role("link", name="Vælg flere").click()
    page.get_by_role("link", name="Vælg alle på siden").click()
    expect(page.get_by_role("checkbox").first).to_be_checked()
    look(page, "choosing several")
    page.get_by_role("button", name="Mind de valgte om at svare").click()
    expect(page.get_by_role("heading", name="Send flere påmindelser")).to_be_visible()
    look(page, "the plan for several")
    page.go_back()
    page.get_by_role("button", name="Flyt de valgte").click()
    page.get_by_label("Erhvervsprisen").check()
    page.get_by_role("button", name="Flyt dem").click()
    expect(page.get_by_role("heading", name="Flyt flere indstillinger")).to_be_visible()
    look(page, "what came of several")
