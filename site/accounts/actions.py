"""Everything that writes about people."""

from __future__ import annotations

from datetime import date, datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import check_password, make_password
from django.db import IntegrityError, models, transaction
from django.db.models import F

from accounts.cookies import LearnerToken
from accounts.models import Learner, UnusedAccountNotice, User
from accounts.return_codes import ReturnCode
from accounts.tickets import Ticket, new_ticket

HASHER = "pbkdf2_sha256_code"
# Checked when no learner has the selector, so that the answer takes as long (S-37).
_NOBODY = "pbkdf2_sha256_code$1000$nobodynobodynobodyno$" + "A" * 43 + "="


class UnknownReturnCodeError(Exception):
    """No learner has this return code."""


def create_learner(*, return_code: ReturnCode | None = None) -> Learner:
    """A learner with nothing but a number. 1 query."""
    learner = Learner()
    if return_code is not None:
        learner.return_selector = return_code.selector
        learner.return_verifier_hash = make_password(return_code.verifier, hasher=HASHER)
    learner.save(force_insert=True)
    return learner


def give_return_code(*, token: LearnerToken, code: ReturnCode) -> LearnerToken | None:
    """This code becomes the learner's; the old one and every cookie so far are dead.

    ``None`` when the token was ended. Raises ``IntegrityError`` when another learner has
    the selector. 1 query.
    """
    changed = Learner.objects.holding(token.learner_id, token.epoch).update(
        return_selector=code.selector,
        return_verifier_hash=make_password(code.verifier, hasher=HASHER),
        epoch=F("epoch") + 1,
    )
    return LearnerToken(token.learner_id, token.epoch + 1) if changed else None


class EndedCookieError(Exception):
    """The learner's cookie was ended: by exit, or by a newer return code."""


def renew_own_return_code(
    *, token: LearnerToken, ticket: Ticket
) -> tuple[ReturnCode, LearnerToken]:
    """The learner asked for a new return code. 1 query; a double click gives one code.

    Raises ``EndedCookieError``.
    """
    for code in ticket.codes():
        try:
            with transaction.atomic():
                renewed = give_return_code(token=token, code=code)
        except IntegrityError:  # another learner has this selector: one in 28 million
            continue
        if renewed is not None:
            return code, renewed
        learner = Learner.objects.filter(pk=token.learner_id).first()
        repeated = ticket.code_of(learner) if learner else None
        if learner is None or repeated is None:
            break
        return repeated, LearnerToken(learner.pk, learner.epoch)
    raise EndedCookieError


@transaction.atomic
def replace_return_code(*, learner: Learner, ticket: Ticket | None = None) -> ReturnCode:
    """A new return code; the old one and every cookie of the learner are dead. 2 queries.

    The code is returned this once; only its hash is kept.
    """
    for code in (ticket or new_ticket()).codes():
        try:
            with transaction.atomic():
                Learner.objects.filter(pk=learner.pk).update(
                    return_selector=code.selector,
                    return_verifier_hash=make_password(code.verifier, hasher=HASHER),
                    epoch=F("epoch") + 1,
                )
        except IntegrityError:  # the selector is taken: one in 28 million
            continue
        learner.refresh_from_db()
        return code
    raise RuntimeError("no free return code found in five attempts")


@transaction.atomic
def sign_in_with_return_code(*, code: ReturnCode | None) -> LearnerToken:
    """The learner's new token; earlier cookies of this learner stay valid.

    A pupil may work on a phone and on a laptop. Raises ``UnknownReturnCodeError``, after
    as much work for an unknown selector as for a wrong verifier. 1 query.
    """
    row = None
    if code is not None:
        row = (
            Learner.objects.filter(return_selector=code.selector)
            .values_list("pk", "epoch", "return_verifier_hash")
            .first()
        )
    learner_id, epoch, verifier_hash = row or (0, 0, _NOBODY)
    is_right = check_password(code.verifier if code else "", verifier_hash)
    if row is None or not is_right:
        raise UnknownReturnCodeError
    return LearnerToken(learner_id, epoch)


def end_learner_cookies(*, token: LearnerToken) -> None:
    """Every cookie of this learner is dead from now on, on all devices. 1 query.

    All devices and not one: whoever presses the exit button may be doing so because of
    somebody who looks along on another.
    """
    Learner.objects.holding(token.learner_id, token.epoch).update(epoch=F("epoch") + 1)


@transaction.atomic
def renew_learner_cookie(*, token: LearnerToken) -> LearnerToken | None:
    """The same learner under a new epoch, when they gain rights (S-35). 2 queries at most."""
    changed = Learner.objects.holding(token.learner_id, token.epoch).update(epoch=F("epoch") + 1)
    return LearnerToken(token.learner_id, token.epoch + 1) if changed else None


def rename_user(*, user: User, name: str) -> None:
    """What somebody wants to be called; may be empty. 1 query."""
    user.name = name
    user.save(update_fields=["name"])


class AddressTakenError(Exception):
    """Somebody has an account with this address, and confirmed it."""


@transaction.atomic
def create_invited_user(*, email: str, name: str, password: str) -> User:
    """The account of who followed a link that only went to this address, which so is confirmed.

    An account with the address that was never confirmed becomes theirs: with a new password, so
    that every session of who made it ends. Raises ``AddressTakenError``. 5 queries.
    """
    addresses = EmailAddress.objects.filter(email__iexact=email)
    if addresses.filter(verified=True).exists():
        raise AddressTakenError
    user = User.objects.filter(email__iexact=email).first() or User(email=email)
    user.name = name
    user.set_password(password)
    user.save()
    addresses.delete()
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


@transaction.atomic
def await_address(*, user: User, email: str) -> EmailAddress:
    """The address that this user wants to change to, not confirmed; one at a time. 2 queries."""
    EmailAddress.objects.filter(user=user, verified=False).exclude(email=user.email).delete()
    return EmailAddress.objects.create(user=user, email=email.lower())


@transaction.atomic
def tie_learner(*, token: LearnerToken, user: User) -> LearnerToken | None:
    """What was done on this device is the account's from now on, also on others. 1 query.

    Only on the user's own word, never by signing in: the device may be a pupil's. ``None``
    when the cookie was ended or another account has it. The token is a new one: whoever else
    holds the old cookie does not come along (S-35).
    """
    mine = Learner.objects.holding(token.learner_id, token.epoch).nobodys()
    if not mine.update(user=user, epoch=F("epoch") + 1):
        return None
    return LearnerToken(token.learner_id, token.epoch + 1, is_remembered=token.is_remembered)


def end_cookies_of(*, user: User) -> None:
    """Every cookie of the user's learners is dead: the next at this device is somebody else.

    Their work stays the user's. 1 query.
    """
    Learner.objects.filter(user_id=user.pk).update(epoch=F("epoch") + 1)


@transaction.atomic
def remove_second_factors(*, user: User) -> int:
    """Takes away every second step and ends every session; how many there were.

    For an operator, when somebody lost phone and recovery codes. 4 queries and 2 per session.
    """
    count, _each = Authenticator.objects.filter(user=user).delete()
    end_sessions(user=user)
    return count


def end_sessions(*, user: User) -> None:
    """Signs the user out wherever they are signed in. 1 query and 2 per session."""
    for session in UserSession.objects.filter(user=user):
        session.end()


@transaction.atomic
def note_unused_notice(*, user: User, days: int, now: datetime) -> bool:
    """Whether this notice is still to be sent: who asks second hears no. 2 queries."""
    _notice, is_new = UnusedAccountNotice.objects.get_or_create(
        user=user, days=days, defaults={"sent_at": now}
    )
    return is_new


def forget_notices_taken_back() -> int:
    """Who signed in since is not going; how many notices that were. 1 query."""
    back = UnusedAccountNotice.objects.filter(user__last_login__gte=F("sent_at"))
    return back.delete()[0]


def choose_digest(*, user: User, wants: bool, language: str, week: date) -> None:
    """Whether a mail comes each week, for who asks now from the one after ``week``. 1 query."""
    if wants and not user.wants_digest:
        user.digest_week = week
    user.wants_digest, user.digest_language = wants, language
    user.save(update_fields=["wants_digest", "digest_language", "digest_week"])


def stop_digest(public_id: str) -> bool:
    """Whether there is somebody with this number; they get no weekly mail from now on. 1 query."""
    return bool(User.objects.filter(public_id=public_id).update(wants_digest=False))


def take_digest_week(*, user: User, week: date) -> bool:
    """Whether the mail of this week is still to be sent: who asks second hears no. 1 query."""
    waiting = User.objects.filter(pk=user.pk, wants_digest=True, is_active=True)
    before = models.Q(digest_week=None) | models.Q(digest_week__lt=week)
    return bool(waiting.filter(before).update(digest_week=week))
