"""What stands in a PDF."""

import io

from pypdf import PdfReader


def words_of(pdf: bytes) -> str:
    """Its words, with one space between them."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())
