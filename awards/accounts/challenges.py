"""What a device is asked to sign: a challenge for one browser and one purpose, good once and for five minutes.

The challenge is SHA-256 over a random nonce and a text. The nonce waits in a row beside the session; the text, such as
the code of a ballot, comes with the request both times and is written nowhere: a row that held it would join a member
to an envelope.
"""

from datetime import timedelta
from hashlib import sha256
from secrets import token_bytes
from uuid import UUID, uuid4

from awards.accounts.tables import Challenge
from awards.clock import Clock
from awards.errors import RuleBroken

LASTS = timedelta(minutes=5)
SAVE, SIGN_IN, STEP_UP = "save", "sign-in", "step-up"


async def issue(session: UUID, purpose: str, *, text: str = "", clock: Clock) -> tuple[UUID, bytes]:
    """A new challenge for the browser of `session`: its id and its bytes. Earlier ones stay good, for other tabs.

    Joins the caller's transaction.
    """
    now = clock.now()
    challenge = Challenge(id=uuid4(), session=session, purpose=purpose, nonce=token_bytes(32), expires_at=now + LASTS)
    await Challenge.delete().where(Challenge.session == session, Challenge.expires_at <= now)
    await challenge.save()
    return challenge.id, _digest(challenge.nonce, text)


async def use_up(challenge: UUID, session: UUID | None, purpose: str, *, text: str = "", clock: Clock) -> bytes:
    """The bytes that had to be signed, which nobody gets again: a failed try needs a new challenge.

    Raises RuleBroken when it is used, too old, or another browser's.
    """
    taken = (
        await Challenge.delete()
        .where(
            Challenge.id == challenge,
            Challenge.session == session,
            Challenge.purpose == purpose,
            Challenge.expires_at > clock.now(),
        )
        .returning(Challenge.nonce)
        if session is not None
        else []
    )
    if not taken:
        raise RuleBroken("It took too long. Try once more.")
    return _digest(taken[0]["nonce"], text)


def _digest(nonce: bytes, text: str) -> bytes:
    # The nonce is always 32 bytes, so no other pair of nonce and text hashes the same bytes.
    return sha256(nonce + text.encode()).digest()
