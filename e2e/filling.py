"""What a nominator types, step by step. Every function begins on the page of its step."""

from playwright.sync_api import Page

STORY = "Hver måned laver de mad til hundrede naboer, der ellers ikke mødes."


def fill_candidate(page: Page, name: str = "Fællesspisning i Karlemosen") -> None:
    page.get_by_label("En forening eller organisation").check()
    page.get_by_label("Navn", exact=True).fill(name)
    page.get_by_label("Kandidatens e-mail eller telefon").fill("spis@example.dk")
    page.get_by_label("Gør en indsats").check()
    page.get_by_label("Ja", exact=True).check()


def fill_reasons(page: Page) -> None:
    page.get_by_label("Hvad har kandidaten gjort?").fill(STORY)
    for answer in page.locator("textarea").all()[1:]:
        answer.fill("De spiser sammen og lærer hinandens navne at kende.")


def fill_nominator(page: Page) -> None:
    page.get_by_label("Dit navn").fill("Amira Holm")
    page.get_by_label("E-mail").fill("amira@example.dk")
    page.get_by_label("Hvordan kender du kandidaten?").fill("Jeg spiser med")


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Fortsæt", exact=True).click()
