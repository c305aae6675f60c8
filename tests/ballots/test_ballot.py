"""What may stand on a ballot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.ballots.ballot import (
    BALLOT_SIZE,
    BLANK,
    INVALID,
    METHODS,
    Ballot,
    Criterion,
    Paper,
    content_of,
    largest_ballot,
    parse_ballot,
    read_ballot,
    write_ballot,
    write_ballots,
)

CRITERIA = (Criterion("k1", 3), Criterion("k2"))
SINGLE, APPROVAL, RANKED, SCORE = (Paper(method, ("c1", "c2", "c3"), CRITERIA, 5) for method in METHODS)
FULL_SCORE = {c: {"k1": 5, "k2": 0} for c in SCORE.candidates}


@pytest.mark.parametrize(
    ("paper", "written", "ids"),
    [
        (SINGLE, b'{"choice":"c1"}', ("c1",)),
        (APPROVAL, b'{"approve":["c1","c3"]}', ("c1", "c3")),
        (RANKED, b'{"ranking":["c3","c1"]}', ("c3", "c1")),
    ],
)
def test_a_valid_ballot_reads_and_writes_the_same(paper: Paper, written: bytes, ids: tuple[str, ...]) -> None:
    ballot = parse_ballot(paper, written)
    assert ballot == Ballot("valid", ids)
    assert write_ballot(paper, ballot) == written


def test_points_read_and_write_the_same() -> None:
    ballot = read_ballot(SCORE, {"scores": FULL_SCORE})
    assert ballot.state == "valid"
    assert content_of(SCORE, ballot) == {"scores": FULL_SCORE}


def test_the_order_of_ticking_cannot_mark_an_approval() -> None:
    assert read_ballot(APPROVAL, {"approve": ["c3", "c1"]}) == read_ballot(APPROVAL, {"approve": ["c1", "c3"]})


@pytest.mark.parametrize("paper", [SINGLE, APPROVAL, RANKED, SCORE], ids=lambda paper: paper.method)
def test_a_blank_ballot_is_blank_by_every_method(paper: Paper) -> None:
    assert parse_ballot(paper, b'{"blank":true}') == BLANK
    assert parse_ballot(paper, write_ballot(paper, BLANK)) == BLANK


def test_an_empty_list_is_blank_where_lists_are_asked() -> None:
    assert read_ballot(APPROVAL, {"approve": []}) == read_ballot(RANKED, {"ranking": []}) == BLANK
    assert read_ballot(SINGLE, {"approve": []}) == INVALID


@pytest.mark.parametrize(
    "written",
    [
        b"",
        b"null",
        b"[]",
        b'"c1"',
        b"{}",
        b'{"choice":"c4"}',
        b'{"choice":null}',
        b'{"choice":["c1"]}',
        b'{"choice": "c1"}',
        b'{"choice":"c1","choice":"c2"}',
        b'{"blank":true,"choice":"c1"}',
        b'{"choice":"c1","count":5}',
        b'{"choice":"c1","note":"Ole"}',
        b'{"blank":1}',
        b'{"blank":false}',
        b'{"ranking":["c1"]}',
        b"\x00\x01\x02",
        b"[" * 1024,
    ],
)
def test_what_does_not_fit_is_invalid_and_stops_no_count(written: bytes) -> None:
    assert parse_ballot(SINGLE, written) == INVALID


@given(st.binary(max_size=BALLOT_SIZE))
def test_no_bytes_stop_a_count(written: bytes) -> None:
    for paper in (SINGLE, APPROVAL, RANKED, SCORE):
        assert parse_ballot(paper, written).state in ("valid", "blank", "invalid")


@pytest.mark.parametrize(
    "scores",
    [
        {},
        {"c1": {"k1": 1, "k2": 1}},
        {**FULL_SCORE, "c4": {"k1": 1, "k2": 1}},
        {**FULL_SCORE, "c1": {"k1": 1}},
        {**FULL_SCORE, "c1": {"k1": 1, "k2": 1, "k3": 1}},
        {**FULL_SCORE, "c1": {"k1": 6, "k2": 1}},
        {**FULL_SCORE, "c1": {"k1": -1, "k2": 1}},
        {**FULL_SCORE, "c1": {"k1": True, "k2": 1}},
        {**FULL_SCORE, "c1": {"k1": 1.0, "k2": 1}},
        {**FULL_SCORE, "c1": [1, 1]},
    ],
)
def test_points_are_whole_and_complete(scores: object) -> None:
    assert read_ballot(SCORE, {"scores": scores}) == INVALID


def test_opened_ballots_are_sorted_and_an_invalid_one_keeps_its_words_to_itself() -> None:
    ballots = [
        Ballot("valid", ("c2",)),
        parse_ballot(SINGLE, b'{"choice":"I am Ole"}'),
        BLANK,
        Ballot("valid", ("c1",)),
    ]
    written = write_ballots(SINGLE, ballots)
    assert written == b'[{"blank":true},{"choice":"c1"},{"choice":"c2"},{"invalid":true}]'
    assert write_ballots(SINGLE, reversed(ballots)) == written
    assert read_ballot(SINGLE, {"invalid": True}) == INVALID


@pytest.mark.parametrize("paper", [SINGLE, APPROVAL, RANKED, SCORE], ids=lambda paper: paper.method)
def test_no_ballot_is_larger_than_the_largest(paper: Paper) -> None:
    fullest = {
        "single": {"choice": "c1"},
        "approval": {"approve": ["c1", "c2", "c3"]},
        "ranked": {"ranking": ["c3", "c2", "c1"]},
        "score": {"scores": {c: {"k1": 5, "k2": 5} for c in paper.candidates}},
    }[paper.method]
    ballot = read_ballot(paper, fullest)
    assert ballot.state == "valid"
    assert largest_ballot(paper) == len(write_ballot(paper, ballot))


def test_a_poll_too_large_for_an_envelope_can_be_told_before_it_is_armed() -> None:
    candidates = tuple(f"c{n}" for n in range(1, 51))
    assert largest_ballot(Paper("ranked", candidates)) <= BALLOT_SIZE
    assert largest_ballot(Paper("score", candidates, CRITERIA, 5)) > BALLOT_SIZE
    assert largest_ballot(Paper("single", ())) == len(b'{"blank":true}')
