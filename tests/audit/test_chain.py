"""Nothing that was recorded can be changed without it showing."""

from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.audit.chain import GENESIS, ChainBroken, Link, link_hash, verify


def chain_of(bodies: list[str]) -> list[Link]:
    links: list[Link] = []
    for seq, body in enumerate(bodies, start=1):
        prev = links[-1].hash if links else GENESIS
        links.append(Link(seq, body, prev, link_hash(prev, body)))
    return links


CHAIN = chain_of(["opened", "closed", "æøå", "approved"])


def test_a_link_is_the_sha256_of_the_hash_before_and_its_body() -> None:
    assert link_hash(GENESIS, '{"what":"ø"}') == sha256(b"0" * 64 + b'{"what":"\xc3\xb8"}').hexdigest()


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))))
def test_a_chain_as_it_was_written_is_whole(bodies: list[str]) -> None:
    links = chain_of(bodies)
    assert verify(links) == (links[-1].hash if links else GENESIS)


@pytest.mark.parametrize("at", range(4))
@pytest.mark.parametrize("change", [{"body": "other"}, {"hash": "f" * 64}, {"prev": "f" * 64}, {"seq": 9}])
def test_an_altered_link_is_found(at: int, change: dict[str, str | int]) -> None:
    links = [*CHAIN]
    links[at] = replace(links[at], **change)  # type: ignore[arg-type]
    with pytest.raises(ChainBroken) as broken:
        verify(links)
    assert broken.value.seq == links[at].seq


@pytest.mark.parametrize("at", range(3))
def test_a_dropped_link_is_found(at: int) -> None:
    with pytest.raises(ChainBroken):
        verify(CHAIN[:at] + CHAIN[at + 1 :])


@pytest.mark.parametrize("at", range(3))
def test_a_dropped_link_is_found_when_the_rest_is_renumbered(at: int) -> None:
    rest = [replace(link, seq=seq) for seq, link in enumerate(CHAIN[:at] + CHAIN[at + 1 :], start=1)]
    with pytest.raises(ChainBroken, match="does not follow"):
        verify(rest)


@pytest.mark.parametrize("at", range(4))
def test_an_inserted_or_doubled_link_is_found(at: int) -> None:
    inserted = Link(at + 1, "forged", CHAIN[at].prev, link_hash(CHAIN[at].prev, "forged"))
    for extra in (inserted, CHAIN[at]):
        with pytest.raises(ChainBroken):
            verify([*CHAIN[:at], extra, *CHAIN[at:]])


@pytest.mark.parametrize("at", range(3))
def test_links_that_changed_places_are_found(at: int) -> None:
    links = [*CHAIN]
    links[at], links[at + 1] = links[at + 1], links[at]
    with pytest.raises(ChainBroken):
        verify(links)


def test_a_head_that_somebody_kept_is_still_there_when_the_chain_has_grown() -> None:
    for link in CHAIN:
        assert verify(CHAIN, head=link.hash) == CHAIN[-1].hash
    assert verify([], head=GENESIS) == GENESIS


def test_an_end_that_was_cut_off_shows_against_the_head_that_somebody_kept() -> None:
    assert verify(CHAIN[:3]) == CHAIN[2].hash
    with pytest.raises(ChainBroken, match="cut off or rewritten"):
        verify(CHAIN[:3], head=CHAIN[-1].hash)


def test_a_chain_rewritten_from_the_start_shows_against_the_head_that_somebody_kept() -> None:
    with pytest.raises(ChainBroken, match="cut off or rewritten"):
        verify(chain_of(["opened", "closed earlier", "æøå", "approved"]), head=CHAIN[-1].hash)
