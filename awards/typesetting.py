"""A PDF from a Typst template and what it shows."""

import asyncio
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import typst

from awards.web.templates import TEMPLATES

PDFS = TEMPLATES / "pdf"


async def typeset(template: str, sheet: Mapping[str, Any], *, keep: bool = False) -> bytes:
    """`templates/pdf/<template>.typ` with `sheet`, which it reads as JSON. Set in a thread of its own.

    keep: for what anybody may ask for again and again; the newest few stay in memory.
    """
    return await asyncio.to_thread(_kept if keep else _typeset, template, json.dumps(sheet))


def _typeset(template: str, sheet: str) -> bytes:
    """Accessible (PDF/UA-1) wherever the fonts have every letter; that standard forbids a letter without a shape."""
    # Only the fonts inside the package come first in the templates; those of the machine serve rarer scripts.
    compiler = typst.Compiler(PDFS / f"{template}.typ", root=PDFS, sys_inputs={"sheet": sheet})
    try:
        made = compiler.compile(format="pdf", pdf_standards="ua-1")
    except typst.TypstError:
        made = compiler.compile(format="pdf")
    if not isinstance(made, bytes):
        raise TypeError("one document was asked for")
    return made


_kept = lru_cache(maxsize=32)(_typeset)
