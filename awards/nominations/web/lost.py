"""A lost link: mailed again to whoever reads the address, and the page never tells whether it is known."""

from litestar import get, post
from litestar.di import NamedDependency

from awards.clock import Clock
from awards.councils.queries import the_only_council
from awards.nominations.reminders import send_links_again
from awards.nominations.web.limits import limit_mails
from awards.web.forms import Form
from awards.web.i18n import N_
from awards.web.pages import Page, Request, page


@get("/find-indstilling", name="nominations.find")
async def show_finding(request: Request) -> Page:
    return await _finding(request, Form())


@post("/find-indstilling", name="nominations.send_links")
async def send_links(request: Request, clock: NamedDependency[Clock]) -> Page:
    form = Form(await request.form())
    email = form.email("email", missing=N_("Write your e-mail address."))
    if form.errors:
        return await _finding(request, form)
    await limit_mails(request, email, clock.now())
    await send_links_again(email, by=request.actor, clock=clock)
    return await _finding(request, form, sent_to=email)


async def _finding(request: Request, form: Form, sent_to: str = "") -> Page:
    return page(
        request,
        "nominations/find.html",
        status=422 if form.errors else 200,
        council=await the_only_council(),
        form=form,
        sent_to=sent_to,
    )


HANDLERS = [show_finding, send_links]
