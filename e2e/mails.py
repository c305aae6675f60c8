"""The mails that a served site has put into files."""

import re
import time
from pathlib import Path

from awards.web.i18n import DEFAULT, LANGUAGES

PATIENCE = 20  # seconds for the postman
PREFIXES = "|".join(code for code in LANGUAGES if code != DEFAULT)


def mailed(data_dir: Path, purpose: str, to: str = "") -> list[str]:
    """The paths in the mails to that address (or anybody) that lead to `/<purpose>/…` (a pattern), the newest last."""
    files = sorted(data_dir.rglob("[0-9]*.eml"), key=lambda file: file.stat().st_mtime)
    texts = [re.sub(r"=\r?\n", "", file.read_text()) for file in files]  # quoted-printable folds long lines
    path = re.compile(rf"(?:/(?:{PREFIXES}))?/(?:{purpose})/[\w-]{{20,}}(?:\?next=3D[\w%-]+)?")
    return [found.replace("=3D", "=") for text in texts if f"{to}>" in text or not to for found in path.findall(text)]


def mailed_path(data_dir: Path, purpose: str, to: str = "") -> str:
    """The path in the newest mail that leads to `/<purpose>/…`, once the mail has come."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if paths := mailed(data_dir, purpose, to):
            return paths[-1]
        time.sleep(0.1)
    raise AssertionError(f"no mail with /{purpose}/")
