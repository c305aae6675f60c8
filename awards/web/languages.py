"""A page asked for in a language that it does not speak leads to one that it does.

Routes with `opt=EVERY_LANGUAGE` are for everybody. All others speak the languages of the council and the staff.
"""

from litestar.response import Response

from awards.web.i18n import DEFAULT, OFFICE, language, speaking
from awards.web.pages import Request, go_to, languages_of


def lead_to_spoken_language(request: Request) -> Response[str] | None:
    """`before_request` hook. An act is not done: the form that it would come from does not exist."""
    if language() in languages_of(request):
        return None
    query = request.scope["query_string"].decode("latin-1")
    with speaking(_preferred(request.headers.get("accept-language", ""))):
        return go_to(request, request.scope["path"] + (f"?{query}" if query else ""))


def _preferred(accepted: str) -> str:
    """The first of the office's languages that the browser asks for."""
    codes = (part.strip()[:2].lower() for part in accepted.split(","))
    return next((code for code in codes if code in OFFICE), DEFAULT)
