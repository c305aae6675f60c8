"""What a member does at the ballot, through the pages."""

from tests.browsing import Browser, hidden

BASE = "/integrationsraad/2026"
POLLS = f"{BASE}/afstemninger"
PRIZE = f"{BASE}/frivillighedsprisen"
PAPER = f"{PRIZE}/stemmeseddel"
REVIEW = f"{PAPER}/gennemsyn"
CAST = f"{PRIZE}/stemme"
RECEIPT = f"{PAPER}/kvittering"


async def rank(browser: Browser, *ids: str) -> str:
    """Press these candidates, one after the other; the paper as it then stands."""
    page = await browser.get(PAPER)
    for id in ids:
        page = (await browser.post(PAPER, hidden(page, PAPER) | {"act": f"toggle:{id}"}, 200)).text
    return page


async def cast_ranking(browser: Browser, *ids: str) -> None:
    """Rank, read through, cast, and see the receipt."""
    fields = hidden(await rank(browser, *ids), PAPER)
    review = await browser.post(REVIEW, fields, 200)
    answer = await browser.post(CAST, hidden(review.text, CAST))
    assert answer.headers["location"] == RECEIPT
    assert "Din stemme er afgivet." in await browser.get(RECEIPT)
