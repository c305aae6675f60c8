"""A poll from draft to open: prepared, armed with its keys and manifest, opened with one slot for each elector."""

import json
import secrets
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from awards import audit, outbox
from awards.accounts.links import make_link
from awards.accounts.members import SIGN_IN
from awards.accounts.tables import Person
from awards.ballots import keys
from awards.ballots.ballot import BALLOT_SIZE, Criterion, Paper, largest_ballot
from awards.ballots.manifest import Entry, Manifest, lock_to_hex, manifest_hash, receipt_key_to_hex
from awards.ballots.meetings import MEETING, latest_close, present_at
from awards.ballots.queries import electors_of
from awards.ballots.recusals import answered, recused_from
from awards.ballots.slots import SALT_SIZE, slot_tag
from awards.ballots.tables import Elector, Poll, Slot
from awards.clock import Clock
from awards.councils.queries import members_on, officers_on
from awards.councils.tables import Council
from awards.db import lock, row, transaction
from awards.errors import NotFound, RuleBroken
from awards.hooks import Hook
from awards.rounds.prizes import ending
from awards.rounds.queries import criteria_of
from awards.rounds.rules import voting_method
from awards.rounds.tables import Prize
from awards.screening.tables import Candidate, Shortlist
from awards.web.formats import local
from awards.web.identity import Actor

# A prize has at most one poll in any other state: that one is under way, or its result stands.
OUT_OF_THE_WAY = ["draft", "void"]
MOST_POINTS = 5

# Asked, with the prize locked, before a vote about it is prepared or opened. Raises RuleBroken to refuse it.
voting: Hook[[UUID]] = Hook()


async def newest_poll(prize_id: UUID) -> Poll | None:
    return await row(Poll, "WHERE prize = {} ORDER BY created_at DESC", prize_id)


@ending.listen
async def no_poll_is_under_way(prize_id: UUID) -> None:
    """A prize that the council votes or has voted about does not end without a winner. Raises RuleBroken."""
    await lock(Prize, Prize.id == prize_id)
    if await Poll.exists().where(Poll.prize == prize_id, Poll.state.not_in(OUT_OF_THE_WAY)):
        raise RuleBroken("There is a vote about this prize already.")


def must_be_awarded(prize: Prize) -> None:
    """Raises RuleBroken for a prize that has ended without a winner."""
    if prize.outcome == "not_awarded":
        raise RuleBroken("The prize is not awarded this year.")


async def prepare_poll(
    poll_id: UUID, prize_id: UUID, *, closes_at: datetime, present: Sequence[UUID] = (), by: Actor, clock: Clock
) -> None:
    """Make a draft poll of a prize whose candidates are confirmed; preparing again sets the closing time.

    present: the persons at the meeting where the council votes; with nobody, the members vote from home. The same
    `poll_id` twice is one poll. Raises RuleBroken when the time is past or another poll is under way.
    """
    kind, there = MEETING if present else "remote", json.dumps(sorted(map(str, present)))
    async with transaction():
        prize = await lock(Prize, Prize.id == prize_id)
        if prize is None:
            raise NotFound
        now = clock.now()
        if closes_at <= now:
            raise RuleBroken("Choose a time that is still to come.")
        must_be_awarded(prize)
        await voting.ask(prize_id)
        if not await Shortlist.exists().where(Shortlist.prize == prize_id):
            raise RuleBroken("The candidates are not confirmed yet.")
        known = await newest_poll(prize_id)
        if known is not None and known.state == "draft":
            known.closes_at, known.kind, known.present = closes_at.replace(microsecond=0), kind, there
            await known.save([Poll.closes_at, Poll.kind, Poll.present])
            return
        if known is not None and known.state not in OUT_OF_THE_WAY:
            raise RuleBroken("There is a vote about this prize already.")
        candidates = await Candidate.count().where(Candidate.prize == prize_id, Candidate.state == "shortlisted")
        poll = Poll(
            id=poll_id,
            prize=prize_id,
            parent=(known.id if known.opens_at else known.parent) if known else None,
            kind=kind,
            present=there,
            method=voting_method(prize.method, candidates),
            options=prize.method_options,
            closes_at=closes_at.replace(microsecond=0),
            created_at=now,
        )
        await poll.save()
        await audit.append("ballots.poll_prepared", by=by, at=now, poll=poll_id, prize=prize_id)


async def open_poll(
    poll_id: UUID, *, without_answers: bool, as_chair: bool = False, key_dir: Path, by: Actor, clock: Clock
) -> None:
    """Arm a prepared poll and open it: the roll is made, the manifest fixed, every elector gets a slot and a mail.

    `without_answers`: go on although members have not answered the question of inhabilitet; they are on the roll, and
    the minutes list them. as_chair: the caller knows that `by` is the acting chair, who alone opens a vote at a
    meeting; only those present are on its roll, and it closes at the end of the day at the latest. Raises RuleBroken
    for anybody else, when answers are missing, nobody can vote, or the ballot would be too large.
    """
    lock_a = lock_to_hex(keys.make_lock(key_dir, poll_id, "A"))
    lock_b = lock_to_hex(keys.make_lock(key_dir, poll_id, "B"))
    receipts = receipt_key_to_hex(keys.receipt_key(key_dir).public_key())
    slot_key = keys.slot_key(key_dir)
    async with transaction():
        asked = await Poll.select(Poll.prize).where(Poll.id == poll_id).first()
        if asked is None:
            raise NotFound
        # The prize first, as an answer about inhabilitet does: whoever steps back at this moment is on no roll.
        await lock(Prize, Prize.id == asked["prize"])
        poll = await lock(Poll, Poll.id == poll_id)
        if poll is None:
            raise NotFound
        now = clock.now().replace(microsecond=0)
        if poll.state != "draft":
            raise RuleBroken("The vote has been opened already.")
        if poll.kind == MEETING:
            if not as_chair:
                raise RuleBroken("Only the chair opens a vote at a meeting.")
            poll.closes_at = latest_close(now)
        if poll.closes_at is None or poll.closes_at <= now:
            raise RuleBroken("Choose a time that is still to come.")
        prize = await Prize.objects(Prize.round).get(Prize.id == poll.prize)
        if prize is None:
            raise NotFound
        must_be_awarded(prize)
        await voting.ask(prize.id)
        council = await Council.objects().get(Council.id == prize.round.council)
        if council is None:
            raise NotFound
        today = local(now).date()
        members = await members_on(council.id, today)
        if poll.kind == MEETING:
            members = [member for member in members if member.id in present_at(poll)]
        out = (await recused_from([prize.id]))[prize.id]
        silent = {member.id for member in members} - (await answered([prize.id]))[prize.id]
        if silent and not without_answers:
            raise RuleBroken("Not all members have answered about inhabilitet. Still missing: %(n)s.", n=len(silent))
        roll = [member for member in members if member.id not in out]
        if not roll:
            raise RuleBroken("Nobody can vote about this prize.")
        entries = await _entries(poll)
        manifest = Manifest(
            poll=poll.id,
            prize=prize.id,
            parent=poll.parent,
            paper=await _paper(poll, prize, entries),
            majority=bool(json.loads(poll.options).get("majority", False)),
            entries=entries,
            opens_at=now,
            closes_at=poll.closes_at,
            roll=tuple(member.id for member in roll),
            succession=tuple(person.id for person in await officers_on(council.id, today, "chair", "vice_chair")),
            quorum_rule=council.quorum_rule,
            quorum_number=council.quorum_number,
            tie_rule=council.tie_rule,
            disclosure=poll.disclosure,
            lock_a=lock_a,
            lock_b=lock_b,
            receipts=receipts,
        )
        if largest_ballot(manifest.paper) > BALLOT_SIZE:
            raise RuleBroken("There are too many candidates for one ballot.")
        stored = manifest.to_bytes()
        salt = secrets.token_bytes(SALT_SIZE)
        poll.opens_at, poll.salt, poll.state = now, salt, "open"
        poll.manifest, poll.manifest_hash = stored.decode(), manifest_hash(stored)
        await poll.save()
        await Elector.insert(
            *(Elector(id=uuid4(), poll=poll.id, member=id) for id in sorted(member.id for member in roll))
        )
        tags = sorted(slot_tag(slot_key, salt, member.id) for member in roll)
        await Slot.insert(*(Slot(tag=tag, poll=poll.id) for tag in tags))
        for member in roll:
            await _invite(member, poll, prize, council, now)
        await audit.append(
            "ballots.poll_opened",
            by=by,
            at=now,
            poll=poll.id,
            manifest=poll.manifest_hash,
            electors=len(roll),
            silent=len(silent),
        )


async def void_poll(poll_id: UUID, *, reason: str, by: Actor, clock: Clock) -> None:
    """End a poll without a result, with a reason. Raises RuleBroken when it is approved or ended."""
    async with transaction():
        poll = await lock(Poll, Poll.id == poll_id)
        if poll is None:
            raise NotFound
        if poll.state in ("approved", "destroyed", "void"):
            raise RuleBroken("The vote has ended already.")
        await end_poll(poll, reason, by=by, now=clock.now())


async def end_poll(poll: Poll, reason: str, *, by: Actor, now: datetime) -> None:
    """End a locked poll without a result, and tell everybody on its roll. Joins the caller's transaction."""
    await Poll.update({Poll.state: "void", Poll.void_reason: reason, Poll.salt: None}).where(Poll.id == poll.id)
    await Slot.delete().where(Slot.poll == poll.id)
    await _tell_of_void(poll, now)
    await audit.append("ballots.poll_voided", by=by, at=now, poll=poll.id)


async def _entries(poll: Poll) -> tuple[Entry, ...]:
    """Short ids in the order of the names, which every voter sees in an order of their own. In a second round only
    those whom the first one left."""
    parent = await Poll.objects().get(Poll.id == poll.parent) if poll.parent else None
    finalists = json.loads(parent.finalists) if parent else []
    candidates = await (
        Candidate.select(Candidate.id, Candidate.name)
        .where(Candidate.prize == poll.prize, Candidate.state == "shortlisted")
        .order_by(Candidate.name, Candidate.id)
    )
    if finalists:
        candidates = [row for row in candidates if str(row["id"]) in finalists]
    if not candidates:
        raise RuleBroken("There is nobody to vote about.")
    return tuple(Entry(f"c{n}", row["name"], row["id"]) for n, row in enumerate(candidates, start=1))


async def _paper(poll: Poll, prize: Prize, entries: tuple[Entry, ...]) -> Paper:
    ids = tuple(entry.id for entry in entries)
    match poll.method:
        case "score":
            criteria = (await criteria_of([prize.id]))[prize.id]
            weighed = tuple(Criterion(f"k{n}", criterion.weight) for n, criterion in enumerate(criteria, start=1))
            return Paper("score", ids, weighed, MOST_POINTS)
        case "single":
            return Paper("single", ids)
        case "approval":
            return Paper("approval", ids)
        case _:
            return Paper("ranked", ids)


async def _invite(member: Person, poll: Poll, prize: Prize, council: Council, now: datetime) -> None:
    """The mail with the personal link, which signs in together with the voting card and is good until the close."""
    link = await make_link(SIGN_IN, member.id, now=now, expires_at=poll.closes_at or now)
    await outbox.enqueue(
        "ballots/opened",
        to=member.email,
        name=member.name,
        language=member.language,
        council=council.id,
        reference=f"{prize.title} {prize.round.year}",
        now=now,
        poll=poll.id,
        link=link,
    )


async def _tell_of_void(poll: Poll, now: datetime) -> None:
    """Whoever was on the roll of an opened poll learns that their vote no longer counts."""
    prize = await Prize.objects(Prize.round).get(Prize.id == poll.prize)
    if prize is None:
        return
    for person in await electors_of(poll.id):
        await outbox.enqueue(
            "ballots/voided",
            to=person.email,
            name=person.name,
            language=person.language,
            council=prize.round.council,
            reference=f"{prize.title} {prize.round.year}",
            now=now,
            poll=poll.id,
        )
