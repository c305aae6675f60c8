"""A receipt can be checked by anybody and made by nobody else."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from awards.ballots.canonical import canonical
from awards.ballots.receipts import BadReceipt, Receipt, read_receipt, sign_receipt, verify_receipt, write_receipt

KEY = Ed25519PrivateKey.generate()
RECEIPT = Receipt("0b4e1c6e-7a2e-4a55-8f67-5d7c6a1e2f30", "ab" * 32, "A" * 24, 1)


def test_a_receipt_verifies_and_the_same_ballot_gives_the_same_one() -> None:
    signature = sign_receipt(RECEIPT, KEY)
    verify_receipt(RECEIPT, signature, KEY.public_key())
    assert sign_receipt(RECEIPT, KEY) == signature


@pytest.mark.parametrize(
    "altered",
    [
        replace(RECEIPT, poll="another"),
        replace(RECEIPT, manifest="cd" * 32),
        replace(RECEIPT, t1="B" * 24),
        replace(RECEIPT, seq=2),
    ],
)
def test_an_altered_receipt_shows(altered: Receipt) -> None:
    with pytest.raises(BadReceipt):
        verify_receipt(altered, sign_receipt(RECEIPT, KEY), KEY.public_key())


def test_a_receipt_of_another_server_shows() -> None:
    with pytest.raises(BadReceipt):
        verify_receipt(RECEIPT, sign_receipt(RECEIPT, Ed25519PrivateKey.generate()), KEY.public_key())


@pytest.mark.parametrize(
    "signature", [b"", bytes(64), KEY.sign(canonical(RECEIPT.to_json()))], ids=["none", "zero", "bare"]
)
def test_no_other_signature_passes_for_a_receipt(signature: bytes) -> None:
    with pytest.raises(BadReceipt):
        verify_receipt(RECEIPT, signature, KEY.public_key())


def test_a_receipt_kept_as_a_file_reads_back() -> None:
    assert read_receipt(write_receipt(RECEIPT, KEY), KEY.public_key()) == RECEIPT


@pytest.mark.parametrize(
    "written",
    [
        b"",
        b"[]",
        b"null",
        b'{"signature":"zz"}',
        b'{"signature":"00"}',
        write_receipt(RECEIPT, Ed25519PrivateKey.generate()),
        write_receipt(RECEIPT, KEY).replace(b'"seq":1', b'"seq":2'),
        write_receipt(RECEIPT, KEY).replace(b'"seq":1', b'"seq":1,"name":"x"'),
    ],
)
def test_a_file_that_is_no_receipt_of_ours_is_refused(written: bytes) -> None:
    with pytest.raises(BadReceipt):
        read_receipt(written, KEY.public_key())
