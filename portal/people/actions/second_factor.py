"""The second factor: set up, each code taken once, recovery codes made, and all of it taken away by an administrator."""

import secrets

from sqlalchemy import delete, func, or_, select, update

from portal.core import clock, outbox
from portal.core.audit import OFFICE, record
from portal.core.db import db
from portal.core.problems import Refused
from portal.people.actions.sign_ins import end_all
from portal.people.lists import holders_of
from portal.people.models import OfficeRole, Passkey, RecoveryCode, SignIn, User
from portal.people.tokens import digest, new_recovery_code, normal_recovery_code

RECOVERY_CODES = 10


def set_up_second_factor(user: User, secret: str, *, by: User, sign_in_id: int, token: str) -> list[str]:
    """From now on codes are asked for. Other browsers are signed out, and this one gets a new cookie: it may do more now."""
    user.tf_totp_secret, user.tf_primary_method = secret, "authenticator"
    record("account.second_factor", user, by=by, readers=OFFICE)
    outbox.send("people/second_factor_set", to=[user], at=clock.now())
    end_all(user, but=sign_in_id)
    db.session.get_one(SignIn, sign_in_id).token_digest = digest(token)
    return fill_recovery_codes(user)


def make_recovery_codes(user: User, *, by: User) -> list[str]:
    """New codes in place of the old; what is returned is told once and kept nowhere."""
    record("account.recovery_codes", user, by=by, readers=OFFICE)
    outbox.send("people/recovery_codes_made", to=[user], at=clock.now())
    return fill_recovery_codes(user)


def fill_recovery_codes(user: User) -> list[str]:
    codes = [new_recovery_code() for _ in range(RECOVERY_CODES)]
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    db.session.add_all(RecoveryCode(user_id=user.id, digest=digest(normal_recovery_code(code))) for code in codes)
    return codes


def take_step(user: User, step: int) -> bool:
    """Take a code's half minute. False when it, or a later one, was taken before: of two at once one gets it."""
    is_later = or_(User.tf_last_step.is_(None), User.tf_last_step < step)
    taken = db.session.execute(update(User).where(User.id == user.id, is_later).values(tf_last_step=step).returning(User.id))
    return taken.first() is not None


def take_recovery_code(user: User, code: str) -> bool:
    """Take a recovery code; the person is told, and how many are left."""
    wanted = (RecoveryCode.user_id == user.id, RecoveryCode.digest == digest(normal_recovery_code(code)))
    if db.session.execute(delete(RecoveryCode).where(*wanted).returning(RecoveryCode.id)).first() is None:
        return False
    left = db.session.scalar(select(func.count()).where(RecoveryCode.user_id == user.id))
    record("account.recovery_code", user, by=user, readers=OFFICE, left=left)
    outbox.send("people/recovery_code_used", to=[user], at=clock.now(), left=left)
    return True


def reset_second_factor(user: User, reason: str, *, by: User) -> None:
    """For who has lost telephone, codes and passkeys: none works any more, every sign-in ends. All administrators are told."""
    if user.id == by.id:
        raise Refused("Nobody resets their own second factor: ask another administrator.")
    if not user.has_second_factor and not user.passkeys:
        raise Refused("There is no second factor to reset.")
    user.tf_totp_secret = user.tf_primary_method = user.tf_last_step = None
    user.fs_uniquifier = secrets.token_hex(16)  # who is between password and code begins again
    for kept in (RecoveryCode, Passkey):
        db.session.execute(delete(kept).where(kept.user_id == user.id))
    record("account.reset_factor", user, by=by, readers=OFFICE, reason=reason)
    others = [each for each in holders_of(OfficeRole.ADMINISTRATOR) if each.id not in (by.id, user.id)]
    outbox.send("people/second_factor_reset", to=[user, *others], user=user, by=by, reason=reason)
    end_all(user)
