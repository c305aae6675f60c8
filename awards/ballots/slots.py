"""The tag of an elector's slot: whose it is can only be told with the slot key, which is not in the database."""

import hmac
from uuid import UUID

SALT_SIZE = 32


def slot_tag(slot_key: bytes, salt: bytes, member_id: UUID) -> str:
    """Hex HMAC-SHA256 (RFC 2104) with the slot key over salt‖member: 32 bytes of salt, 16 of the member's id.

    Deleting the salt at close makes the tags of that poll meaningless for ever, even to whoever has the key.
    Raises ValueError for a salt of another size.
    """
    if len(salt) != SALT_SIZE:
        raise ValueError(f"a salt of {len(salt)} bytes instead of {SALT_SIZE}")
    return hmac.digest(slot_key, salt + member_id.bytes, "sha256").hex()
