"""Whose slot it is, only the slot key can tell."""

from uuid import UUID, uuid4

import pytest

from awards.ballots.slots import slot_tag

KEY, SALT, MEMBER = b"k" * 32, b"s" * 32, UUID("0b4e1c6e-7a2e-4a55-8f67-5d7c6a1e2f30")


def test_the_tag_is_known() -> None:
    assert slot_tag(KEY, SALT, MEMBER) == "ced5c58fa5882cc9f5a876ce200428424472b124fc0dd0db9928dbce04fe6018"


def test_another_key_poll_or_member_has_another_tag() -> None:
    tags = {slot_tag(KEY, SALT, MEMBER), slot_tag(b"x" * 32, SALT, MEMBER), slot_tag(KEY, b"x" * 32, MEMBER)}
    assert len(tags | {slot_tag(KEY, SALT, uuid4())}) == 4


def test_a_salt_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="salt"):
        slot_tag(KEY, b"", MEMBER)
