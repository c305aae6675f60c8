"""Attachments as answers: downloaded, never shown inside our pages."""

from urllib.parse import quote
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from awards.councils.standing import Standing
from awards.nominations.queries import attachment_received
from awards.nominations.tables import Attachment


@get("/{council:str}/{year:int}/indstillinger/{reference:str}/bilag/{attachment_id:uuid}", name="nominations.file")
async def show_file(
    standing: NamedDependency[Standing], year: FromPath[int], reference: FromPath[str], attachment_id: FromPath[UUID]
) -> Response[bytes]:
    """For the secretariat, of a nomination of its own council."""
    standing.require("secretary")
    return file_response(await attachment_received(standing.council.id, year, reference, attachment_id))


def file_response(attachment: Attachment) -> Response[bytes]:
    """The file to download. It runs nothing: no script, no form, no frame, and no sniffing of another type."""
    return Response(
        attachment.data,
        media_type=attachment.media_type,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(attachment.name, safe='')}",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "no-store",
        },
    )


HANDLERS = [show_file]
