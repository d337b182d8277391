"""A device with passkeys, made of the standard's own parts: it makes them and answers with them, also as a thief would."""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, VERIFIED, MADE = 1, 4, 64
ORIGIN = "http://localhost"


def text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Device:
    """Holds one passkey. `counts` as security keys do; `verifies` its owner; `origin` is the page it believes to be on."""

    counts: bool = True
    verifies: bool = True
    origin: str = ORIGIN
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    handle: bytes = b""
    count: int = 0

    def make(self, options: dict) -> str:
        """What the device answers when it is asked for a new passkey."""
        self.handle = raw(options["user"]["id"])
        point = self.key.public_key().public_numbers()
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")})
        made = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + public
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": self.told(options["rp"]["id"], MADE) + made})
        return self.answer("webauthn.create", options, attestationObject=text(attestation))

    def use(self, options: dict) -> str:
        """What it answers when it is asked for the one it has."""
        self.count += self.counts
        told = self.told(options["rpId"])
        client = self.client("webauthn.get", options)
        signature = self.key.sign(told + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self.answer("webauthn.get", options, authenticatorData=text(told), signature=text(signature),
                           userHandle=text(self.handle))  # fmt: skip

    def told(self, site: str, more: int = 0) -> bytes:
        flags = PRESENT | (VERIFIED if self.verifies else 0) | more
        return hashlib.sha256(site.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def client(self, kind: str, options: dict) -> bytes:
        return json.dumps({"type": kind, "challenge": options["challenge"], "origin": self.origin}).encode()

    def answer(self, kind: str, options: dict, **response: str) -> str:
        told = {"clientDataJSON": text(self.client(kind, options)), **response}
        return json.dumps({"id": text(self.id), "rawId": text(self.id), "type": "public-key", "response": told})
