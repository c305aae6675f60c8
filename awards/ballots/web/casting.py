"""Casting the sealed ballot, and the receipt."""

from base64 import b64decode
from binascii import Error as NotBase64
from typing import Any
from uuid import UUID

from litestar import MediaType, get, post
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.response import Response

from awards.accounts.passkeys import require_proof
from awards.accounts.sessions import require_step_up
from awards.ballots import keys
from awards.ballots.booth import enter
from awards.ballots.casting import VotedElsewhere, cast
from awards.ballots.codes import in_groups
from awards.ballots.pace import CASTS
from awards.ballots.polls import newest_poll
from awards.ballots.receipts import Receipt, write_receipt
from awards.ballots.web.places import AtPrize
from awards.ballots.web.refusals import closed, ended, kept_until_proved, kept_until_signed_in
from awards.clock import Clock
from awards.councils.standing import desk
from awards.errors import DeadlinePassed, NotFound, RuleBroken, SignInNeeded, StepUpNeeded
from awards.rounds.queries import prize_of
from awards.settings import Settings
from awards.web.forms import Form
from awards.web.i18n import _
from awards.web.pages import Request, go_to
from awards.web.problems import problem


@post("/{prize:str}/stemme", name="ballots.cast", status_code=200, opt={"unlogged": True})
async def cast_ballot(
    request: Request,
    at: NamedDependency[AtPrize],
    clock: NamedDependency[Clock],
    settings: NamedDependency[Settings],
) -> Response[Any]:
    """`outer` (base64), `t1`, `expects` and `poll`, and the `proof` of a saved device that signed `t1`.

    Writes the slots and nothing else: no session, log, mail or audit row.
    """
    form = Form(await request.form())
    try:
        at.standing.require("member")
        if form.value("proof"):
            require_proof(form.value("proof"), request.actor, form.value("t1"), now=clock.now(), settings=settings)
        else:
            require_step_up(request.actor, clock)
    except SignInNeeded:
        return kept_until_signed_in(request, at.standing, form)
    except StepUpNeeded:
        return kept_until_proved(request, at.standing, form)
    poll = await newest_poll((await prize_of(at.round.id, at.slug)).id)
    if poll is None:
        raise NotFound
    if poll.state == "void" or form.value("poll") not in ("", str(poll.id)):
        return ended(request, at)
    try:
        return await hand_in(request, form, poll.id, request.actor.id, here=at.path, clock=clock, settings=settings)
    except DeadlinePassed as refusal:
        return closed(request, at, refusal)


async def hand_in(
    request: Request, form: Form, poll: UUID, member: UUID, *, here: str, clock: Clock, settings: Settings
) -> Response[Any]:
    """Casts the envelope in `form`, and answers with what the server confirms. here: as in Station."""
    CASTS.take(member, clock.now())
    outer, expects = read_envelope(form)
    try:
        receipt = await cast(
            poll,
            outer,
            form.value("t1"),
            expects=expects,
            member=member,
            slot_key=keys.slot_key(settings.key_dir),
            clock=clock,
        )
    except VotedElsewhere as refusal:
        return problem(request, 409, _(refusal.message), way_on=(_("Vote again"), f"{here}/stemmeseddel"))
    except NotFound:
        return problem(request, 403, _("You are not among those who vote about this prize."))
    if request.headers.get("accept") == "application/json":
        # The voter's device compares the code with that of the envelope it has made.
        return Response(receipt.to_json(), media_type=MediaType.JSON)
    return go_to(request, f"{here}/stemmeseddel/kvittering")


def read_envelope(form: Form) -> tuple[bytes, int]:
    """The envelope and the number of the slot that it replaces. Raises RuleBroken for anything else."""
    try:
        return b64decode(form.value("outer"), validate=True), int(form.value("expects")[:9])
    except (NotBase64, ValueError):
        raise RuleBroken("The ballot was damaged on the way. Vote again.") from None


@get("/{prize:str}/stemmeseddel/kvittering", name="ballots.receipt")
async def receipt(
    request: Request,
    at: NamedDependency[AtPrize],
    clock: NamedDependency[Clock],
    settings: NamedDependency[Settings],
) -> Response[str]:
    """What the server confirms of the ballot that counts now; the same until another one is cast."""
    at.standing.require("member")
    cases = await at.cases()
    case = next((case for case in cases if case.prize.slug == at.slug), None)
    if case is None:
        raise NotFound
    if case.state == "void":
        return go_to(request, f"{at.here}/afstemning")
    try:
        booth = await enter(case, request.actor.id, key_dir=settings.key_dir, clock=clock)
    except DeadlinePassed:
        return go_to(request, f"{at.path}/stemmeurne")  # what the receipt promised can be seen there now
    if not booth.t1:
        return go_to(request, f"{at.path}/stemmeseddel")
    others = [
        other.prize
        for other in cases
        if other.prize.slug != at.slug and not other.is_out and other.state == "open" and other.has_answered
    ]
    return desk(
        request,
        at.standing,
        "ballots/receipt.html",
        booth=booth,
        prize=case.prize,
        code=in_groups(booth.t1),
        others=others,
        here=at.here,
    )


@get("/{prize:str}/stemmeseddel/kvittering/fil", name="ballots.receipt_file")
async def receipt_file(
    request: Request,
    at: NamedDependency[AtPrize],
    clock: NamedDependency[Clock],
    settings: NamedDependency[Settings],
) -> Response[bytes]:
    """The receipt with the server's signature, as JSON to keep."""
    at.standing.require("member")
    booth = await enter(await at.case(), request.actor.id, key_dir=settings.key_dir, clock=clock)
    if not booth.t1:
        raise NotFound
    confirmed = Receipt(poll=str(booth.poll.id), manifest=booth.poll.manifest_hash, t1=booth.t1, seq=booth.seq)
    return Response(
        write_receipt(confirmed, keys.receipt_key(settings.key_dir)),
        media_type=MediaType.JSON,
        headers={"Content-Disposition": f"attachment; filename=stemmekvittering-{at.round.year}-{at.slug}.json"},
    )


HANDLERS: list[BaseRouteHandler] = [cast_ballot, receipt, receipt_file]
