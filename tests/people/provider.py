"""A small OpenID provider: it signs with RS256, keeps to the flow, and lies only where a test tells it to."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "portal", "known to both sides only"
WELL_KNOWN = "/.well-known/openid-configuration"


@dataclass
class Provider:
    """Who signs in there next is `subject`; `claims` go into what is signed, `spoil` changes the answer before it is sent."""

    subject: str = "omar-there"
    claims: dict[str, Any] = field(default_factory=dict)
    spoil: Callable[[dict[str, Any]], Any] | None = None
    is_down: bool = False
    has_end: bool = True
    said_issuer: str = ""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    ended: list[dict[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.key = RSAKey.generate_key(2048, parameters={"kid": "one"})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Handler,), {"provider": self}))
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()

    def begin_again(self) -> None:
        """As if nobody had lied yet."""
        self.subject, self.claims, self.spoil, self.said_issuer = "omar-there", {}, None, ""
        self.is_down, self.has_end = False, True
        self.codes, self.asked, self.ended = {}, [], []

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def document(self) -> dict[str, Any]:
        """Where everything is."""
        issuer = self.said_issuer or self.issuer
        end = {"end_session_endpoint": f"{self.issuer}/end"} if self.has_end else {}
        return {"issuer": issuer, "authorization_endpoint": f"{self.issuer}/authorize", "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys", "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
                **end}  # fmt: skip

    def authorize(self, asked: dict[str, str]) -> str:
        """Somebody is signed in there already, and goes straight back with a code."""
        self.asked.append(asked)
        code = secrets.token_urlsafe(12)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def exchange(self, authorization: str, sent: dict[str, str]) -> dict[str, Any]:
        """The token for a code: once, to the client, for the verifier of its challenge."""
        assert base64.b64decode(authorization.removeprefix("Basic ")).decode() == f"{CLIENT}:{SECRET}"
        asked = self.codes.pop(sent["code"])
        challenge = base64.urlsafe_b64encode(hashlib.sha256(sent["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        assert (asked["code_challenge_method"], asked["code_challenge"]) == ("S256", challenge)
        assert asked["redirect_uri"] == sent["redirect_uri"]
        now = int(float(asked.get("now", time.time())))  # a test with a clock of its own says which instant it is
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": self.subject, "iat": now, "exp": now + 300, "nonce": asked["nonce"],
                  "auth_time": now, "name": "Omar Haddad", "email": "omar@directory.example"} | self.claims  # fmt: skip
        return {"access_token": "opaque", "token_type": "Bearer", "id_token": self.signed(claims)}

    def signed(self, claims: dict[str, Any], key: Any = None, algorithm: str = "RS256") -> str:
        kept = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode({"alg": algorithm, "kid": "one"}, kept, key or self.key, algorithms=[algorithm])

    def settings(self, **more: Any) -> dict[str, Any]:
        """What the portal must be told of it."""
        return {"sso_discovery_url": self.issuer + WELL_KNOWN, "sso_client_id": CLIENT, "sso_client_secret": SECRET} | more


class Handler(BaseHTTPRequestHandler):
    """Its five addresses."""

    provider: Provider

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(address.query).items()}
        if self.provider.is_down:
            self.answer(503, {"error": "temporarily_unavailable"})
        elif address.path == WELL_KNOWN:
            self.answer(200, self.provider.document())
        elif address.path == "/keys":
            self.answer(200, {"keys": [self.provider.key.as_dict(private=False)]})
        elif address.path == "/authorize":
            self.lead(self.provider.authorize(asked))
        else:
            self.provider.ended.append(asked)
            self.lead(asked["post_logout_redirect_uri"])

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.provider.is_down:
            return self.answer(503, {"error": "temporarily_unavailable"})
        try:
            made = self.provider.exchange(self.headers["Authorization"], {key: value[0] for key, value in parse_qs(body).items()})
        except (AssertionError, KeyError):
            return self.answer(400, {"error": "invalid_grant"})
        return self.answer(200, self.provider.spoil(made) if self.provider.spoil else made)

    def lead(self, address: str) -> None:
        self.send_response(302)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def answer(self, status: int, content: Any) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: Any) -> None:
        """Nothing: the test says what went wrong."""
