"""Everything that writes about people."""

from __future__ import annotations

from django.contrib.auth.hashers import check_password, make_password
from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.cookies import LearnerToken
from accounts.models import Learner
from accounts.return_codes import ReturnCode, new_return_code

HASHER = "pbkdf2_sha256_code"
# Checked when no learner has the selector, so that the answer takes as long (S-37).
_NOBODY = "pbkdf2_sha256_code$1000$nobodynobodynobodyno$" + "A" * 43 + "="


class UnknownReturnCodeError(Exception):
    """No learner has this return code."""


@transaction.atomic
def create_learner(*, return_code: ReturnCode | None = None) -> Learner:
    """A learner with nothing but a number. 1 query."""
    learner = Learner()
    if return_code is not None:
        learner.return_selector = return_code.selector
        learner.return_verifier_hash = make_password(return_code.verifier, hasher=HASHER)
    learner.save(force_insert=True)
    return learner


@transaction.atomic
def replace_return_code(*, learner: Learner) -> ReturnCode:
    """A new return code; the old one and every cookie of the learner are dead. 1 query.

    The code is returned this once; only its hash is kept.
    """
    for _attempt in range(5):
        code = new_return_code()
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
