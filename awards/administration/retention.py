"""What is deleted by itself when its time is up (GDPR article 5(1)(e)).

Laureates, publications, results and the audit chain stay: they are what the archive is for.
"""

from datetime import datetime
from uuid import UUID

from awards import audit
from awards.accounts.tables import Link
from awards.administration.rules import DRAFTS_KEPT, MAILS_KEPT, READINGS_KEPT, mails_kept, months_after
from awards.audit.tables import AccessLog
from awards.clock import Clock
from awards.councils.tables import Council
from awards.db import transaction
from awards.nominations.tables import Attachment, Draft, Nomination
from awards.outbox.tables import Mail
from awards.rounds.tables import Prize, Round
from awards.screening.tables import Candidate
from awards.settings import Settings
from awards.web.identity import SCHEDULER


async def delete_what_is_old(*, clock: Clock, settings: Settings) -> None:
    """The scheduler's job: drafts, nominations, candidates' addresses, mails and the log of who read what."""
    now = clock.now()
    for council in await Council.objects():
        for round in await Round.objects().where(Round.council == council.id, Round.closes_at.is_not_null()):
            prizes = await Prize.select(Prize.id).where(Prize.round == round.id).output(as_list=True)
            if prizes and round.closes_at <= now:
                await _delete_drafts(prizes, untouched_since=now - DRAFTS_KEPT)
            ended = round.announce_at or round.closes_at
            if prizes and months_after(ended, council.nominations_kept_months) <= now:
                await _delete_nominations(round.id, prizes, now)
        old = now - mails_kept(council.nominations_kept_months)
        await Mail.delete().where(Mail.council == council.id, Mail.created_at <= old, Mail.state != "queued")
    await Mail.delete().where(Mail.council.is_null(), Mail.created_at <= now - MAILS_KEPT, Mail.state != "queued")
    await AccessLog.delete().where(AccessLog.at <= now - READINGS_KEPT)


async def _delete_drafts(prizes: list[UUID], *, untouched_since: datetime) -> None:
    async with transaction():
        drafts = (
            await Draft.select(Draft.id)
            .where(Draft.prize.is_in(prizes), Draft.updated_at <= untouched_since)
            .output(as_list=True)
        )
        if drafts:
            # A nomination has its draft's id, and keeps its attachments.
            sent = await Nomination.select(Nomination.id).where(Nomination.id.is_in(drafts)).output(as_list=True)
            unsent = [draft for draft in drafts if draft not in set(sent)]
            if unsent:
                await Attachment.delete().where(Attachment.owner.is_in(unsent))
            await Draft.delete().where(Draft.id.is_in(drafts))


async def _delete_nominations(round_id: UUID, prizes: list[UUID], now: datetime) -> None:
    """Answers, verdicts and revisions go with their nomination; a candidate keeps the name that was voted about."""
    async with transaction():
        ids = await Nomination.select(Nomination.id).where(Nomination.prize.is_in(prizes)).output(as_list=True)
        if not ids:
            return
        await Attachment.delete().where(Attachment.owner.is_in(ids))
        await Link.delete().where(Link.subject.is_in(ids))
        await AccessLog.delete().where(AccessLog.subject.is_in(ids))
        await Nomination.delete().where(Nomination.id.is_in(ids))
        await Candidate.update({Candidate.email: "", Candidate.phone: ""}).where(Candidate.prize.is_in(prizes))
        await audit.append("administration.nominations_deleted", by=SCHEDULER, at=now, round=round_id, n=len(ids))
