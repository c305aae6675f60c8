"""A phone in software: it makes WebAuthn credentials and signs with them, honestly unless told otherwise."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_bytes
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, encode_cbor

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class Credential:
    id: bytes
    key: ec.EllipticCurvePrivateKey
    holder: bytes
    count: int = 0


@dataclass
class Phone:
    """origin: where its browser says the page is. site: the relying party it signs for. recognises_owner: the screen
    lock was used. counts: it counts its signatures, which those that copy keys between devices do not."""

    origin: str = "http://localhost:8000"
    site: str = "localhost"
    recognises_owner: bool = True
    counts: bool = True
    credentials: list[Credential] = field(default_factory=list)

    def make(self, options: dict[str, Any]) -> dict[str, Any]:
        """What `navigator.credentials.create` gives, as the page's script sends it."""
        credential = Credential(
            token_bytes(32), ec.generate_private_key(ec.SECP256R1()), base64url_to_bytes(options["user"]["id"])
        )
        self.credentials.append(credential)
        numbers = credential.key.public_key().public_numbers()
        # COSE: an EC2 key (1: 2) for ES256 (3: -7) on P-256 (-1: 1), with its coordinates.
        public = encode_cbor({1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")})
        attested = bytes(16) + len(credential.id).to_bytes(2, "big") + credential.id + public
        data = self._data(ATTESTED, credential.count) + attested
        answer = self._answer(
            credential,
            clientDataJSON=self._client_data("webauthn.create", options["challenge"]),
            attestationObject=encode_cbor({"fmt": "none", "attStmt": {}, "authData": data}),
        )
        answer["response"]["transports"] = ["internal"]
        return answer

    def sign(self, options: dict[str, Any], credential: Credential | None = None) -> dict[str, Any]:
        """What `navigator.credentials.get` gives, with the newest credential unless another is named."""
        credential = credential or self.credentials[-1]
        if self.counts:
            credential.count += 1
        data = self._data(0, credential.count)
        client_data = self._client_data("webauthn.get", options["challenge"])
        signature = credential.key.sign(data + sha256(client_data).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            credential,
            clientDataJSON=client_data,
            authenticatorData=data,
            signature=signature,
            userHandle=credential.holder,
        )

    def _data(self, flags: int, count: int) -> bytes:
        flags |= PRESENT | (VERIFIED if self.recognises_owner else 0)
        return sha256(self.site.encode()).digest() + bytes([flags]) + count.to_bytes(4, "big")

    def _client_data(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()

    def _answer(self, credential: Credential, **parts: bytes) -> dict[str, Any]:
        id = bytes_to_base64url(credential.id)
        response = {name: bytes_to_base64url(part) for name, part in parts.items()}
        return {"id": id, "rawId": id, "type": "public-key", "response": response}
