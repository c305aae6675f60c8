"""The files of a draft: added and removed beside what is typed, with or without JavaScript."""

from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from awards.clock import Clock
from awards.nominations import drafts
from awards.nominations.queries import DraftCase, attachment
from awards.nominations.web.draft import Answer, address, again, keep, take_files
from awards.nominations.web.files import file_response
from awards.web.pages import Request, go_to


@post("/bilag", name="nominations.attach")
async def attach(request: Request, case: NamedDependency[DraftCase], clock: NamedDependency[Clock]) -> Answer:
    """Add the chosen files, keep what was typed beside them, and come back to the files."""
    form, case = await keep(request, case, "begrundelse", clock)
    case = await take_files(form, case, clock)
    if form.errors:
        return again(request, "begrundelse", case, form)
    return go_to(request, f"{address(case)}/begrundelse#attachments")


@post("/bilag/{attachment_id:uuid}/fjern", name="nominations.detach")
async def detach(
    request: Request,
    case: NamedDependency[DraftCase],
    attachment_id: FromPath[UUID],
    clock: NamedDependency[Clock],
) -> Answer:
    _form, case = await keep(request, case, "begrundelse", clock)
    await drafts.detach(case.id, attachment_id)
    return go_to(request, f"{address(case)}/begrundelse#attachments")


@get("/bilag/{attachment_id:uuid}", name="nominations.draft_file")
async def show_file(case: NamedDependency[DraftCase], attachment_id: FromPath[UUID]) -> Response[bytes]:
    return file_response(await attachment(case.id, attachment_id))


HANDLERS = [attach, detach, show_file]
