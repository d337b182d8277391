"""Asking a device for a passkey, to make one or to use one, and looking at what it answers. Nothing is accepted twice."""

from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any

import webauthn
from flask import current_app, g, request, session
from sqlalchemy import select
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, generate_user_handle, options_to_json
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from portal.core import clock
from portal.core.db import db, write
from portal.people import actions
from portal.people.actions.passkeys import NewPasskey
from portal.people.models import Passkey, User
from portal.people.tokens import new_token

ANSWER_WITHIN = timedelta(minutes=5)
ASKED = "passkey"  # in the session: the question that this browser was asked last
NOT_ACCEPTED = "That passkey was not accepted. Try again, or sign in with your password"
NOT_MADE = "No passkey was made. Try again; it needs JavaScript, and a device that asks for your finger, face or PIN"
TIMEOUT = int(ANSWER_WITHIN.total_seconds() * 1000)
LONGEST_ID = 1023  # bytes, says the standard


def site() -> str:
    """The name that passkeys are bound to: a device gives them to no other."""
    return request.host.split(":")[0]


def named_address() -> str | None:
    """Where this page works, when it is looked at by number: browsers have no passkeys for numbers."""
    try:
        ip_address(site())
    except ValueError:
        return None
    return request.url.replace(site(), "localhost", 1) if site() == "127.0.0.1" else None


def ask(**more: str) -> bytes:
    """A question that only this browser can answer, and only for some minutes."""
    challenge = webauthn.helpers.generate_challenge()
    session[ASKED] = {"challenge": bytes_to_base64url(challenge), "at": clock.now().isoformat(), **more}
    return challenge


def asked() -> tuple[dict[str, str], datetime] | None:
    """What this browser was asked; asked once, it is forgotten."""
    question = session.pop(ASKED, None)
    if question is None or clock.now() - (at := datetime.fromisoformat(question["at"])) > ANSWER_WITHIN:
        return None
    return question, at


def to_make(email: str, name: str, passkeys: list[Passkey]) -> str:
    """What the script hands to the device: make one that asks for its owner, unless you have one of these."""
    handle = passkeys[0].handle if passkeys else generate_user_handle()
    options = webauthn.generate_registration_options(
        rp_id=site(), rp_name=current_app.extensions["settings"].service_name, user_id=handle, user_name=email,
        user_display_name=name, challenge=ask(handle=bytes_to_base64url(handle)), timeout=TIMEOUT,
        exclude_credentials=descriptors(passkeys),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
    )  # fmt: skip
    return options_to_json(options)


def to_use(user: User | None = None) -> str:
    """The same for signing in, with whichever passkey the person chooses; or for showing again that one is `user`."""
    allowed = descriptors(user.passkeys) if user is not None else None
    options = webauthn.generate_authentication_options(
        rp_id=site(), challenge=ask(), timeout=TIMEOUT, allow_credentials=allowed,
        user_verification=UserVerificationRequirement.REQUIRED,
    )  # fmt: skip
    return options_to_json(options)


def descriptors(passkeys: list[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=each.credential_id) for each in passkeys]


def made(answer: str) -> NewPasskey | None:
    """The passkey that a device has made, or None when anything about it is wrong."""
    found = asked()
    if found is None or "handle" not in found[0]:
        return None
    question, _ = found
    try:
        proven = webauthn.verify_registration_response(credential=answer, require_user_verification=True, **expected(question))
    except Exception:  # whatever was sent, down to broken letters in it, is no passkey
        return None
    if len(proven.credential_id) > LONGEST_ID or passkey_with(proven.credential_id) is not None:
        return None
    return NewPasskey(
        proven.credential_id, proven.credential_public_key, base64url_to_bytes(question["handle"]), proven.sign_count
    )


def used(answer: str, *, by: User | None = None) -> User | None:
    """Whose passkey the device has answered with, taken once; None when anything is wrong. `by`: nobody else's will do."""
    found = asked()
    if found is None:
        return None
    question, at = found
    try:
        answered = webauthn.helpers.parse_authentication_credential_json(answer)
        passkey = passkey_with(answered.raw_id)
        if passkey is None or answered.response.user_handle not in (None, passkey.handle):
            return None
        proven = webauthn.verify_authentication_response(
            credential=answered, credential_public_key=passkey.public_key, credential_current_sign_count=0,
            require_user_verification=True, **expected(question),
        )  # fmt: skip
    except Exception:  # as above; how its device counts is looked at when it is taken
        return None
    owner = db.session.get_one(User, passkey.user_id)
    if not owner.active or (by is not None and owner.id != by.id):
        return None
    return owner if accept(passkey, at, proven.new_sign_count, is_signed_in=by is not None) else None


def accept(passkey: Passkey, at: datetime, count: int, *, is_signed_in: bool) -> bool:
    """Take the answer; within a sign-in it makes that one fresh, and one by which its person may do all their work."""
    if not is_signed_in:
        return write(actions.use_passkey, passkey, at, count)
    token = new_token()
    if not write(actions.confirm_with_passkey, passkey, at, count, sign_in_id=g.sign_in_id, token=token):
        return False
    session.update(sign_in=token, fs_paa=clock.now().timestamp())
    return True


def expected(question: dict[str, str]) -> dict[str, Any]:
    return {
        "expected_challenge": base64url_to_bytes(question["challenge"]),
        "expected_rp_id": site(),
        "expected_origin": request.host_url.rstrip("/"),
    }


def passkey_with(credential_id: bytes) -> Passkey | None:
    return db.session.scalar(select(Passkey).where(Passkey.credential_id == credential_id))
