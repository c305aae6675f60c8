"""The messages of the sources, as gettext's tools would extract them."""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract

ROOT = Path(__file__).parent.parent
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "RuleBroken": None,
    "VotedElsewhere": None,
    "DeadlinePassed": None,
    "Stale": None,
    "CountRefused": None,
}
# As `awards.web.templates` reads them; what cannot be parsed fails instead of hiding its texts.
TEMPLATES = {"trim_blocks": "true", "lstrip_blocks": "true", "extensions": "jinja2.ext.do", "silent": "false"}


@cache
def messages_of_file(path: Path) -> frozenset[str]:
    method = "python" if path.suffix == ".py" else "jinja2.ext:babel_extract"
    options = {} if path.suffix == ".py" else TEMPLATES
    found = extract(method, BytesIO(path.read_bytes()), KEYWORDS, options=options)
    messages = (message for _line, message, _comments, _context in found)
    return frozenset(message[0] if isinstance(message, tuple) else message for message in messages) - {""}


def all_messages() -> set[str]:
    paths = [*(ROOT / "awards").rglob("*.py"), *(ROOT / "templates").rglob("*.*")]
    return {message for path in paths for message in messages_of_file(path)}
