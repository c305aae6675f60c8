"""Asking for sheets of stemmekort, and reading them."""

import re
from io import BytesIO
from uuid import uuid4

from pypdf import PdfReader

from awards.accounts.tables import Person

CODE = re.compile(r"\b[A-Z0-9]{5} [A-Z0-9]{5}\b")


def cards_for(*people: Person) -> dict[str, str | list[str]]:
    """What the form sends, opened anew each time."""
    return {"id": str(uuid4()), "person": [str(person.id) for person in people]}


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def baselines(pdf: bytes) -> list[tuple[str, float]]:
    """The lines of the first page in their order, and how far above its foot each stands, in points."""
    found: list[tuple[str, float]] = []

    def note(text: str, matrix: list[float], *_rest: object) -> None:
        if text.strip():
            found.append((text.strip(), matrix[5]))

    PdfReader(BytesIO(pdf)).pages[0].extract_text(visitor_text=note)
    return found


def codes_in(pdf: bytes) -> list[str]:
    return CODE.findall(text_of(pdf))
