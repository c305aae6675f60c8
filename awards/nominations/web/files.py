"""Attachments as answers: downloaded, never shown inside our pages."""

from urllib.parse import quote

from litestar.response import Response

from awards.nominations.tables import Attachment


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
