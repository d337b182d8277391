"""Speaks OpenID Connect with the office's own sign-in service: sends people there, and checks what they bring back.

Authlib does the flow: code, state, nonce and PKCE. Ours is only what it leaves open: which issuer, which signatures, which
clock. It needs the extra `oidc`, so this file is imported where single sign-on is set up, and nowhere else.
"""

from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import FlaskIntegration, FlaskOAuth2App
from authlib.oidc.core import CodeIDToken
from flask import session
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug.wrappers import Response

from portal.config import Settings
from portal.core import clock
from portal.people.signing_in.signed import Signed, Unreachable, Untrue

NAME = "work"
# By a key pair: with a shared secret, who knows the secret could sign.
SIGNATURES = [
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "EdDSA",
    "Ed25519",
]
LEEWAY = 60  # seconds by which two clocks may differ
WAIT = 5  # seconds for the service to answer
A_DAY = 86_400
WRONG = (AuthlibBaseError, JoseError, ValueError, KeyError, TypeError, RuntimeError)  # whatever is not as it must be


class Claims(CodeIDToken):
    """What the service has signed, held against the portal's clock."""

    def validate(self, now: int | None = None, leeway: int = LEEWAY) -> None:
        super().validate(int(clock.now().timestamp()), leeway)


class Provider(FlaskOAuth2App):
    """The service, as its discovery document describes it; read again once a day."""

    server_metadata: dict[str, Any]

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.back = settings.base_url.rstrip("/") + "/sign-in/work-back"
        super().__init__(
            FlaskIntegration(NAME), NAME, client_id=settings.sso_client_id, client_secret=settings.sso_client_secret,
            server_metadata_url=settings.sso_discovery_url,
            client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256", "default_timeout": WAIT},
        )  # fmt: skip

    def load_server_metadata(self) -> dict[str, Any]:
        """Refused when the document speaks for another issuer than the one at whose address it lies."""
        if clock.now().timestamp() - self.server_metadata.get("_loaded_at", 0) > A_DAY:
            self.server_metadata = {}
        found: dict[str, Any] = super().load_server_metadata()
        lies_at = self.settings.sso_discovery_url.removesuffix("/.well-known/openid-configuration")
        if str(found.get("issuer")).rstrip("/") != lies_at:
            self.server_metadata = {}
            raise Untrue("another issuer")
        found["id_token_signing_alg_values_supported"] = SIGNATURES
        return found

    def leave(self, is_fresh: bool) -> Response:
        """Send somebody there; with `is_fresh` they sign in again even if they are signed in. One trip at a time."""
        for name in [name for name in session if name.startswith(f"_state_{NAME}_")]:
            session.pop(name)
        wishes = {"prompt": "login", "max_age": 0} if is_fresh else {}
        try:
            return self.authorize_redirect(self.back, **wishes)
        except RequestException as error:
            raise Unreachable from error
        except WRONG as error:
            raise Untrue from error

    def come_back(self) -> Signed:
        """What the service says of who has come back, once everything about it is as it must be."""
        try:
            issuer = self.load_server_metadata()["issuer"]
            token = self.authorize_access_token(claims_cls=Claims, leeway=LEEWAY, claims_options={
                "iss": {"essential": True, "value": issuer}, "aud": {"essential": True, "value": self.client_id},
            })  # fmt: skip
            return Signed.of(token["userinfo"], self.settings)
        except RequestException as error:
            raise Unreachable from error
        except WRONG as error:
            raise Untrue from error

    def goodbye(self) -> str | None:
        """Where one signs out of the service too, if it has such an address and can be asked for it."""
        try:
            leads_to = self.create_logout_url(self.settings.base_url, client_id=self.client_id)
        except (RequestException, Untrue, *WRONG):
            return None
        return str(leads_to["url"])
