"""The double envelope: what it keeps, and what it shows when somebody tampers with it."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st
from pyhpke import AEADId, CipherSuite, KDFId, KEMId, KEMKey

from awards.ballots.codes import code_of
from awards.ballots.sealing import (
    INNER_SIZE,
    OUTER_SIZE,
    SUITE,
    BadPadding,
    DoesNotOpen,
    EnvelopeError,
    WrongSize,
    info_of,
    open_inner,
    open_outer,
    seal,
)

LOCK_A, LOCK_B, OTHER = (ec.generate_private_key(ec.SECP256R1()) for _ in range(3))
MANIFEST, OTHER_MANIFEST = "ab" * 32, "cd" * 32
BALLOT = b'{"ranking":["c2","c1"]}'
# An implementation of HPKE that shares nothing with ours but the curve and the cipher.
INDEPENDENT = CipherSuite.new(KEMId.DHKEM_P256_HKDF_SHA256, KDFId.HKDF_SHA256, AEADId.AES256_GCM)


def sealed(ballot: bytes = BALLOT) -> bytes:
    return seal(ballot, LOCK_A.public_key(), LOCK_B.public_key(), MANIFEST).outer


@given(st.binary(min_size=1, max_size=1024).filter(lambda ballot: ballot == ballot.strip()))
def test_what_is_sealed_opens_and_every_envelope_has_the_same_size(ballot: bytes) -> None:
    outer = sealed(ballot)
    inner = open_outer(outer, LOCK_A, MANIFEST)
    assert (len(outer), len(inner)) == (OUTER_SIZE, INNER_SIZE) == (1186, 1105)
    assert open_inner(inner, LOCK_B, MANIFEST) == ballot


def test_the_code_names_the_envelope_and_two_equal_ballots_have_two_codes() -> None:
    first, second = (seal(BALLOT, LOCK_A.public_key(), LOCK_B.public_key(), MANIFEST) for _ in range(2))
    assert first.t1 == code_of(first.outer)
    assert first.t1 != second.t1


def test_either_lock_alone_reads_nothing() -> None:
    outer = sealed()
    with pytest.raises(DoesNotOpen):
        open_outer(outer, LOCK_B, MANIFEST)
    with pytest.raises(DoesNotOpen):
        open_inner(open_outer(outer, LOCK_A, MANIFEST), LOCK_A, MANIFEST)


def test_a_foreign_lock_opens_nothing() -> None:
    with pytest.raises(DoesNotOpen):
        open_outer(sealed(), OTHER, MANIFEST)


def test_an_envelope_opens_in_no_other_poll() -> None:
    with pytest.raises(DoesNotOpen):
        open_outer(sealed(), LOCK_A, OTHER_MANIFEST)
    with pytest.raises(DoesNotOpen):
        open_inner(open_outer(sealed(), LOCK_A, MANIFEST), LOCK_B, OTHER_MANIFEST)


def test_an_envelope_opens_in_no_other_layer() -> None:
    as_b = SUITE.encrypt(BALLOT.ljust(1024), LOCK_B.public_key(), info_of("A", MANIFEST))
    with pytest.raises(DoesNotOpen):
        open_inner(as_b, LOCK_B, MANIFEST)


@pytest.mark.parametrize("at", [0, 1, 64, 65, 600, OUTER_SIZE - 1])
def test_one_altered_bit_shows(at: int) -> None:
    altered = bytearray(sealed())
    altered[at] ^= 1
    with pytest.raises(DoesNotOpen):
        open_outer(bytes(altered), LOCK_A, MANIFEST)


def test_an_inner_envelope_put_in_place_of_another_shows() -> None:
    mine, yours = (open_outer(sealed(), LOCK_A, MANIFEST) for _ in range(2))
    with pytest.raises(DoesNotOpen):
        open_inner(mine[:65] + yours[65:], LOCK_B, MANIFEST)


@pytest.mark.parametrize("size", [0, 1, INNER_SIZE, OUTER_SIZE - 1, OUTER_SIZE + 1])
def test_an_envelope_cut_off_or_too_long_shows(size: int) -> None:
    with pytest.raises(WrongSize):
        open_outer((sealed() + b"\0")[:size], LOCK_A, MANIFEST)


@pytest.mark.parametrize("size", [0, INNER_SIZE - 1, OUTER_SIZE])
def test_an_inner_envelope_of_another_size_shows(size: int) -> None:
    with pytest.raises(WrongSize):
        open_inner(bytes(size), LOCK_B, MANIFEST)


@given(st.binary(min_size=OUTER_SIZE, max_size=OUTER_SIZE))
def test_noise_is_no_envelope(noise: bytes) -> None:
    with pytest.raises(EnvelopeError):
        open_outer(noise, LOCK_A, MANIFEST)


@pytest.mark.parametrize("padded", [b" " * 1024, BALLOT.ljust(1024, b"\n"), b" " + BALLOT.ljust(1023)])
def test_padding_of_another_kind_shows(padded: bytes) -> None:
    inner = SUITE.encrypt(padded, LOCK_B.public_key(), info_of("B", MANIFEST))
    with pytest.raises(BadPadding):
        open_inner(inner, LOCK_B, MANIFEST)


def test_a_ballot_that_does_not_fit_is_not_sealed() -> None:
    with pytest.raises(WrongSize):
        sealed(b"x" * 1025)
    for ballot in (b"", b" {}", b"{}\n"):
        with pytest.raises(BadPadding):
            sealed(ballot)


def test_an_independent_program_opens_our_envelopes() -> None:
    envelope = sealed()
    for lock, name in ((LOCK_A, "A"), (LOCK_B, "B")):
        key = KEMKey.from_pyca_cryptography_key(lock)
        context = INDEPENDENT.create_recipient_context(envelope[:65], key, info=f"awards/1|{name}|{MANIFEST}".encode())
        envelope = context.open(envelope[65:])
    assert envelope == BALLOT.ljust(1024)


def test_we_open_the_envelopes_of_an_independent_program() -> None:
    envelope = BALLOT.ljust(1024)
    for lock, name in ((LOCK_B, "B"), (LOCK_A, "A")):
        key = KEMKey.from_pyca_cryptography_key(lock.public_key())
        enc, context = INDEPENDENT.create_sender_context(key, info=f"awards/1|{name}|{MANIFEST}".encode())
        envelope = enc + context.seal(envelope)
    assert open_inner(open_outer(envelope, LOCK_A, MANIFEST), LOCK_B, MANIFEST) == BALLOT


def test_the_independent_program_knows_the_published_answer() -> None:
    """The vector of RFC 9180's authors for this suite in base mode, so that agreeing with it means something."""
    private = ec.derive_private_key(0x317F915DB7BC629C48FE765587897E01E282D3E8445F79F27F65D031A88082B2, ec.SECP256R1())
    enc = bytes.fromhex(
        "04c06b4f6bebc7bb495cb797ab753f911aff80aefb86fd8b6fcc35525f3ab5f03e"
        "0b21bd31a86c6048af3cb2d98e0d3bf01da5cc4c39ff5370d331a4f1f7d5a4e0"
    )
    ct = bytes.fromhex("58c61a45059d0c5704560e9d88b564a8b63f1364b8d1fcb3c4c6ddc1d291742465e902cd216f8908da49f8f96f")
    key = KEMKey.from_pyca_cryptography_key(private)
    context = INDEPENDENT.create_recipient_context(enc, key, info=b"Ode on a Grecian Urn")
    assert context.open(ct, aad=b"Count-0") == b"Beauty is truth, truth beauty"
