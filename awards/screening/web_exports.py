"""The nominations of a round as a file. A form asks for it, not a link: that it was taken out is noted."""

from litestar import post
from litestar.di import NamedDependency
from litestar.response import Response

from awards.clock import Clock
from awards.screening.exports import nominations_table
from awards.screening.places import AtRound
from awards.spreadsheets import CSV_TYPE, XLSX_TYPE, to_csv, to_xlsx
from awards.web.forms import Form
from awards.web.i18n import _
from awards.web.pages import Request


@post("/indstillinger/udtraek", name="screening.export", status_code=200)
async def export(
    request: Request, at_round: NamedDependency[AtRound], clock: NamedDependency[Clock]
) -> Response[bytes]:
    """`as`: csv, otherwise xlsx."""
    form = Form(await request.form())
    table = await nominations_table(at_round.round.id, by=request.actor, clock=clock)
    ending = "csv" if form.value("as") == "csv" else "xlsx"
    return Response(
        to_csv(table) if ending == "csv" else to_xlsx(table, _("Nominations received")),
        media_type=CSV_TYPE if ending == "csv" else XLSX_TYPE,
        headers={
            "Content-Disposition": f"attachment; filename=indstillinger-{at_round.round.year}.{ending}",
            "Cache-Control": "no-store",
        },
    )


HANDLERS = [export]
