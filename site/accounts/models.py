"""People: who signs in, and what progress is tied to."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.querysets import LearnerQuerySet


class EmailUserManager(UserManager["User"]):
    """Makes users by e-mail address; there is no user name."""

    def _make(self, email: str | None, password: str | None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email) if email else None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_user(  # type: ignore[override]
        self, email: str | None = None, password: str | None = None, **fields: Any
    ) -> User:
        return self._make(email, password, **fields)

    def create_superuser(  # type: ignore[override]
        self, email: str, password: str | None = None, **fields: Any
    ) -> User:
        return self._make(email, password, **{**fields, "is_staff": True, "is_superuser": True})

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractUser):
    """Somebody who signs in: a teacher, an editor, an operator. Never a pupil."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(  # type: ignore[assignment]
        _("e-mailadres"), unique=True, null=True, blank=True
    )
    name = models.CharField(_("naam"), max_length=100, blank=True)
    wants_digest = models.BooleanField(_("wekelijkse mail"), default=False)
    # Empty is the site's own.
    digest_language = models.CharField(_("taal van de wekelijkse mail"), max_length=10, blank=True)
    # The Monday of the newest week that a weekly mail was sent for, or needed not to be.
    digest_week = models.DateField(null=True, blank=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[EmailUserManager] = EmailUserManager()

    class Meta:
        verbose_name = _("gebruiker")
        verbose_name_plural = _("gebruikers")

    def __str__(self) -> str:
        return self.name or self.email or str(self.public_id)

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


class Learner(models.Model):
    """What progress is tied to: somebody who learns, known by nothing but a signed cookie.

    Made at the first saved answer or when joining a class, never on a read. Holds no
    name, no address, no birth date. ``epoch`` goes up when every cookie handed out so
    far must die: at exit, at sign-in with a return code, at a lost device.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # An account may have several: one of each device that its owner said was theirs.
    user = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="learners"
    )
    epoch = models.PositiveIntegerField(default=1)
    return_selector = models.CharField(max_length=8, null=True, blank=True, unique=True)
    return_verifier_hash = models.CharField(max_length=160, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # Who lost a code and began anew was two learners: this one did the work of the first.
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="merged"
    )

    objects: ClassVar[models.Manager[Learner]] = LearnerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_learner_selector_has_verifier",
                condition=models.Q(return_selector__isnull=True, return_verifier_hash="")
                | (models.Q(return_selector__isnull=False) & ~models.Q(return_verifier_hash="")),
            ),
        ]


class LimitWindow(models.Model):
    """How often something was tried in one window of time. Counted by the database.

    ``key`` is a keyed hash: nobody can read an address or an account from it. Rows are
    deleted after a day.
    """

    key = models.CharField(max_length=64)
    period = models.BigIntegerField()  # number of the window since 1970, in its own length
    count = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "period"], name="accounts_limitwindow_unique")
        ]


class UnusedAccountNotice(models.Model):
    """That somebody was told that their account goes when they do not sign in, and when.

    ``days`` is which notice. One from before the last sign-in counts no more.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="unused_notices")
    days = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "days"], name="accounts_unusedaccountnotice_once"
            )
        ]
