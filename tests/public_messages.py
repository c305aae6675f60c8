"""The messages that every language needs: of the pages for whoever nominates, and of the mails to them.

Found in the sources of what is listed here, and in every template that those name.
"""

from collections.abc import Iterable
from pathlib import Path

from jinja2 import meta

from awards.web.templates import TEMPLATES, environment
from tests.messages import ROOT, messages_of_file

MODULES = (
    "awards/web/*.py",
    "awards/nominations/**/*.py",
    "awards/winners/web.py",
    "awards/rounds/words.py",
    "awards/administration/about.py",
    "awards/accounts/links.py",
    "awards/pictures.py",
    "awards/screening/answering.py",
)
# What only the secretariat or the candidate meets, or is printed for the secretariat to read.
NOT_PUBLIC = (
    "awards/nominations/entry.py",
    "awards/nominations/paper_form.py",
    "awards/nominations/web/entry.py",
    "nominations/entry.html",
    "mail/screening/shortlisted.subject",
    "mail/screening/shortlisted.text",
)
PAGES = (
    "problem.html",
    "nominations/*.html",
    "screening/answer.html",
    "winners/front.html",
    "winners/councils.html",
    "winners/nominate.html",
    "winners/archive.html",
    "winners/show.html",
    "about/accessibility.html",
    "about/cookies.html",
    "about/privacy.html",
    "about/privacy_choice.html",
)
MAILS = ("mail/layout.html", "mail/nominations/*", "mail/screening/*", "mail/winners/nominator.*")
# Part of a public page, for staff only.
STAFF_PARTS = ("base_signed_in.html",)


def modules() -> set[Path]:
    return {path for path in _found(ROOT, MODULES) if str(path.relative_to(ROOT)) not in NOT_PUBLIC}


def templates() -> set[Path]:
    """The listed templates with all that they extend, include and import."""
    waiting = {str(path.relative_to(TEMPLATES)) for path in _found(TEMPLATES, (*PAGES, *MAILS))} - {*NOT_PUBLIC}
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        seen.add(name)
        source = (TEMPLATES / name).read_text("utf-8")
        referenced = meta.find_referenced_templates(environment().parse(source))
        waiting |= {other for other in referenced if other} - seen - {*STAFF_PARTS}
    return {TEMPLATES / name for name in seen}


def public_messages() -> set[str]:
    return {message for path in modules() | templates() for message in messages_of_file(path)} | LISTENERS


def _found(root: Path, patterns: Iterable[str]) -> set[Path]:
    return {path for pattern in patterns for path in root.glob(pattern)}


# Refusals of other rooms, which listen to what a nominator does.
LISTENERS = {"The candidates of this prize are confirmed.", "The time for answering has run out."}
