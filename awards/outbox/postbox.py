"""The demonstration's post box: the mails that would have been sent, for everybody at this machine to read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from awards.errors import NotFound
from awards.outbox.delivery import mail_folder
from awards.outbox.rendering import paragraphs, text_of
from awards.settings import Settings
from awards.web.pages import Page, Request, page

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail in the box; `name` stands in its address."""

    name: str
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def to_name(self) -> str:
        return self.message["To"].addresses[0].display_name or self.to_address

    @property
    def to_address(self) -> str:
        return str(self.message["To"].addresses[0].addr_spec)

    @property
    def sent_at(self) -> datetime:
        moment: datetime = self.message["Date"].datetime
        return moment

    @property
    def text(self) -> str:
        return text_of(self.message)

    @property
    def attachments(self) -> list[str]:
        return [part.get_filename() or "?" for part in self.message.iter_attachments()]


@get("/postkasse")
async def index(request: Request, settings: NamedDependency[Settings], til: FromQuery[str] = "") -> Page:
    """All mails, newest first; `?til=` shows those to one address."""
    folder = _folder(request, settings)
    letters = list(_letters(folder))
    recipients = sorted({(letter.to_address, letter.to_name) for letter in letters})
    shown = [letter for letter in letters if til in ("", letter.to_address)]
    return page(request, "outbox/index.html", letters=shown, recipients=recipients, to=til)


@get("/postkasse/{name:str}")
async def show(request: Request, settings: NamedDependency[Settings], name: FromPath[str]) -> Page:
    letter = _letter(_folder(request, settings), name)
    return page(request, "outbox/show.html", letter=letter, paragraphs=paragraphs(letter.text))


@get("/postkasse/{name:str}/bilag/{number:int}")
async def attachment(
    request: Request, settings: NamedDependency[Settings], name: FromPath[str], number: FromPath[int]
) -> Response[bytes]:
    """One attachment, always to be saved and never to be shown."""
    parts = list(_letter(_folder(request, settings), name).message.iter_attachments())
    if not 0 <= number < len(parts):
        raise NotFound
    content = parts[number].get_content()
    data = content.encode() if isinstance(content, str) else content
    filename = (parts[number].get_filename() or "bilag").replace('"', "")
    return Response(
        data,
        media_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="{filename.encode("ascii", "replace").decode()}"',
            "Cache-Control": "no-store",
        },
    )


def _folder(request: Request, settings: Settings) -> Path:
    if not request.app.state.demonstration:
        raise NotFound
    return mail_folder(settings)


def _letters(folder: Path) -> Iterator[Letter]:
    names = sorted((path.name for path in folder.glob("[0-9]*.eml")), reverse=True) if folder.exists() else []
    for name in names[:SHOWN]:
        yield _letter(folder, name.removesuffix(".eml"))


def _letter(folder: Path, name: FromPath[str]) -> Letter:
    path = folder / f"{name}.eml"
    if path.parent != folder or not path.is_file():
        raise NotFound
    return Letter(name, message_from_bytes(path.read_bytes(), _class=EmailMessage, policy=default))


router = Router(path="/", route_handlers=[index, show, attachment])
