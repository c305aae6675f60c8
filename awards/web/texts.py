"""Text inside a page of another language: it says which language it is in, and keeps its own direction."""

from typing import Any

from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from awards.web.i18n import DEFAULT, direction, language


def lang(code: str = DEFAULT) -> Markup:
    """Attributes of an element that holds what somebody wrote: ` lang="tr" dir="auto"`.

    `code` is the language it is written in, Danish for what a council wrote, empty where nobody knows.
    """
    known = Markup(' lang="{}"').format(code) if code and code != language() else Markup("")
    return known + Markup(' dir="auto"')


def danish(text: Any) -> Any:
    """What a council wrote, inside a sentence; in a Danish page as it is."""
    return text if language() == DEFAULT or not text else Markup("<bdi{}>{}</bdi>").format(lang(), text)


@pass_eval_context
def left_to_right(context: EvalContext, text: str) -> str:
    """What is read from the left in every language: a reference, an address, a phone number."""
    if direction(language()) == "ltr":
        return text
    return Markup('<bdi dir="ltr">{}</bdi>').format(text) if context.autoescape else f"\u2066{text}\u2069"
