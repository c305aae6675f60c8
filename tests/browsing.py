"""A browser of one person without script: reads pages, hidden fields and words, and sends forms."""

import html
import re
from collections.abc import Awaitable, Callable

import httpx

Fields = dict[str, str | list[str]]


class Browser:
    """A browser of one person, who reads hidden fields and presses buttons, without script."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def get(self, path: str, status: int = 200) -> str:
        answer = await self._client.get(path)
        assert answer.status_code == status, (answer.status_code, answer.headers.get("location"), text_of(answer))
        return answer.text

    async def download(self, path: str) -> bytes:
        answer = await self._client.get(path)
        assert answer.status_code == 200, answer.status_code
        return answer.content

    async def post(self, path: str, fields: Fields, status: int = 303) -> httpx.Response:
        answer = await self._client.post(path, data=fields)
        assert answer.status_code == status, (answer.status_code, text_of(answer))
        return answer


def text_of(answer: httpx.Response) -> str:
    """The words of the page's main part."""
    main = answer.text.partition("<main")[2] or answer.text
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def hidden(page: str, action: str) -> Fields:
    """The hidden fields of the form that posts to `action`."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}"[^>]*>(.*?)</form>', page, re.S)
    assert form, f"no form posts to {action}"
    found: Fields = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[1]):
        known = found.get(name)
        found[name] = value if known is None else [*([known] if isinstance(known, str) else known), value]
    return found


def doubled_names(page: str) -> set[str]:
    """Names that a form of the page gives to two fields, though not as boxes (`name[]`) or radio buttons."""
    found = set()
    for form in re.findall(r"<form.*?</form>", page, re.S):
        fields = re.findall(r"<(?:input|select|textarea)[^>]*>", form)
        names = [re.findall(r'\bname="([^"]*)"', field) for field in fields if 'type="radio"' not in field]
        single = [name for each in names for name in each if not name.endswith("[]")]
        found |= {name for name in single if single.count(name) > 1}
    return found


BrowserOf = Callable[..., Awaitable[Browser]]
