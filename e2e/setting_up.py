"""What a secretary fills in to set up councils with their rounds and prizes. Fields are named as in the forms."""

from dataclasses import dataclass, field

from playwright.sync_api import FilePayload, Page, expect

from tests.rounds.real_prizes import Fields, RealPrize

COUNCIL: Fields = {
    "email": "raadet@example.dk",
    "phone": "56 67 67 67",
    "quorum_rule": "half",
    "tie_rule": "chair",
    "legal_basis": "Databeskyttelsesforordningens artikel 6, stk. 1, litra e",
    "data_protection_officer": "dpo@example.dk",
    "nominations_kept_months": "12",
    "ballots_kept_days": "28",
}
TIMETABLE: Fields = {
    "opens_at_date": "1.9.2026",
    "closes_at_date": "4.11.2026",
    "screening_ends_at_date": "8.11.2026",
    "voting_ends_at_date": "15.11.2026",
    "announce_at_date": "17.11.2026",
    "announce_at_time": "18.00",
}


@dataclass(frozen=True)
class RealCouncil:
    """A council as its secretary knows it. `member` holds a seat and is its chair; `accent` is its colour."""

    slug: str
    name: str
    municipality: str
    member: str
    accent: str
    prizes: list[RealPrize]
    rules: Fields = field(default_factory=dict)

    @property
    def here(self) -> str:
        return f"/{self.slug}/opsaetning"


def fill(page: Page, fields: Fields, within: str = "#form") -> None:
    """Type, tick and choose. A list names the boxes that shall be ticked; the others are not."""
    form = page.locator(within).first
    for name, value in fields.items():
        boxes = form.locator(f'[name="{name}[]"]').all()
        for box in boxes:
            box.set_checked(box.get_attribute("value") in value)
        if boxes:
            continue
        typed = str(value)
        one = form.locator(f'[name="{name}"]')
        match one.first.get_attribute("type"):
            case "radio":
                form.locator(f'[name="{name}"][value="{typed}"]').check()
            case "checkbox":
                one.set_checked(bool(typed))
            case _:
                one.fill(typed)


def save(page: Page, fields: Fields, within: str = "#form") -> None:
    """Fill in a form and send it; nothing may be wrong with it."""
    fill(page, fields, within)
    page.locator(within).first.locator(".button[type=submit]").first.click()
    expect(page.locator("#errors")).to_have_count(0)


def set_up_council(page: Page, council: RealCouncil, beside: str) -> None:
    """Made by the secretary of the council `beside`, who becomes its secretary too."""
    page.goto(f"/{beside}/opsaetning/nyt-raad")
    name: Fields = {"slug": council.slug, "name": council.name, "municipality": council.municipality}
    save(page, COUNCIL | name | {"accent": council.accent} | council.rules)
    page.goto(f"{council.here}/medlemmer")
    save(page, {"represents": "Boligområderne"})
    person: Fields = {"new_name": council.member, "new_email": f"medlem@{council.slug}.example", "starts": "1.1.2026"}
    save(page, person, "form[action$='/perioder']")
    page.goto(f"{council.here}/roller/ny/chair")
    page.get_by_label("Medlem").select_option(label=council.member)
    save(page, {"starts": "1.1.2026"})


def set_up_round(page: Page, council: RealCouncil) -> None:
    """The round of 2026 with the council's prizes, and opened."""
    page.goto(f"{council.here}/runder/ny")
    save(page, {"title": "Priserne 2026", "year": "2026"})
    here = f"{council.here}/runder/2026"
    page.goto(f"{here}/om")
    publishes = any(prize.publish_nominees for prize in council.prizes)
    save(page, {"introduction": "Hvem gør en forskel?", "publish_nominees": "1" if publishes else ""})
    page.goto(f"{here}/tidsplan")
    own = {name: value for prize in council.prizes for name, value in prize.timetable.items()}
    save(page, TIMETABLE | own)
    for prize in council.prizes:
        page.goto(f"{here}/priser/ny")
        save(page, prize.fields)
        for text, required in prize.criteria:
            criterion: Fields = {"text": text, "question": f"Hvordan passer det, at kandidaten {text}?"}
            save(page, criterion | ({"required": "1"} if required else {}))
    page.goto(f"{here}/aabn")
    page.get_by_role("button", name="Åbn runden").click()


def add_winner(page: Page, council: RealCouncil, prize: str, year: str, name: str) -> None:
    """Of an earlier year."""
    page.goto(f"{council.here}/tidligere-vindere/ny")
    save(page, {"prize_title": prize, "year": year, "name": name, "line": "For at gøre en forskel"})


def set_logo(page: Page, council: RealCouncil, picture: FilePayload) -> None:
    page.goto(f"{council.here}/logo")
    page.locator("#form [type=file]").set_input_files(picture)
    save(page, {})
