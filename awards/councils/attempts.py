"""A form that acts: the act runs once the form is sound, and what the council's rules refuse stands on the form."""

from collections.abc import Awaitable, Callable
from uuid import UUID, uuid4

from litestar.exceptions import ClientException
from piccolo.table import Table

from awards.db.versions import version
from awards.errors import RuleBroken, Stale
from awards.web.forms import Form
from awards.web.i18n import N_

# Where a refusal stands in `form.errors`; the template gives the form element this id.
WHOLE = "form"


async def attempt(form: Form, act: Callable[[], Awaitable[object]]) -> int | None:
    """Run `act` unless the form has errors.

    None when it is done; else the status of the page that shows the form again, as typed: 422 for errors, 409 for a
    refusal, which is noted in the form.
    """
    if form.errors:
        return 422
    try:
        await act()
    except Stale:
        form.fail(
            WHOLE,
            N_("Somebody else has changed this meanwhile. What you wrote stands below; save again, and it holds."),
        )
        return 409
    except RuleBroken as refusal:
        form.fail(WHOLE, refusal.message, **refusal.values)
        return 409
    return None


def seen_in(form: Form, row: Table, status: int = 200) -> str:
    """The version that the form carries on: the one it was opened with, or after a refusal the present one."""
    return version(row) if status == 409 else form.value("seen") or version(row)


def new_id(form: Form) -> str:
    """The id that the form carries on, so that sending it twice makes one row."""
    return form.value("id") or str(uuid4())


def read_id(form: Form) -> UUID:
    """The id of the row that the form makes. Raises a 400 when somebody has tampered with it."""
    try:
        return UUID(form.value("id"))
    except ValueError:
        raise ClientException from None
