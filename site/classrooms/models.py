"""Who must do what by when."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Learner
from classrooms.codes import shown
from classrooms.preparedness import HelpOnSite
from classrooms.querysets import (
    AssignmentQuerySet,
    ClassroomQuerySet,
    EnrolmentQuerySet,
    TeamInvitationQuerySet,
)
from classrooms.rights import Part
from lessons.models import LessonPackagePage, LessonPage
from organisations.models import Organisation
from quizzes.models import Quiz


class Classroom(models.Model):
    """A class, a group of young people, a team."""

    class Kind(models.TextChoices):
        CLASS = "class", _("klas")
        GROUP = "group", _("groep")
        TEAM = "team", _("team")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="classrooms"
    )
    teacher = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="classrooms"
    )
    name = models.CharField(_("naam van de klas"), max_length=60)
    # The words on the screen change with it; and only a team can have a list of names (roster.py).
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.CLASS)
    # With which move it came from another organisation, so that it can go back.
    moved_with = models.ForeignKey(
        "classrooms.Move", null=True, blank=True, on_delete=models.SET_NULL, related_name="rooms"
    )
    join_code = models.CharField(max_length=8, unique=True)
    join_opens_at = models.DateTimeField()
    join_closes_at = models.DateTimeField()
    # When it went into the archive; ``None`` while it is in use.
    archived_at = models.DateTimeField(null=True, blank=True)
    # When it was last taken back from the archive: since then it is of that school year.
    restored_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager[Classroom]] = ClassroomQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("klas")
        verbose_name_plural = _("klassen")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="classrooms_classroom_window",
                condition=models.Q(join_closes_at__gte=models.F("join_opens_at")),
            ),
            models.CheckConstraint(
                name="classrooms_classroom_kind",
                condition=models.Q(kind__in=("class", "group", "team")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def shown_code(self) -> str:
        return shown(self.join_code)

    @property
    def is_team(self) -> bool:
        return self.kind == self.Kind.TEAM

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None

    def is_open(self, *, at: datetime) -> bool:
        return self.join_opens_at <= at < self.join_closes_at and not self.is_archived


class Share(models.Model):
    """A class that a colleague shares: they teach it too, or see how far it is.

    Who leads it stands in the class itself, so that there is always one and never two.
    """

    class Name(models.TextChoices):
        CO_TEACHER = Part.CO_TEACHER, _("geeft ook les")
        OBSERVER = Part.OBSERVER, _("ziet alleen aantallen")

    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE, related_name="shares")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="shares"
    )
    part = models.CharField(max_length=20, choices=Name.choices)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["classroom", "user"], name="classrooms_share_once"),
            models.CheckConstraint(
                name="classrooms_share_part",
                condition=models.Q(part__in=("co_teacher", "observer")),
            ),
        ]


class Move(models.Model):
    """A teacher asked to bring classes from where they began alone to where they work now.

    The row stays after the answer "yes", so that it can be undone.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    teacher = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="moves"
    )
    origin = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="moves_out")
    destination = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="moves_in")
    asked_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["teacher", "origin", "destination"], name="classrooms_move_once"
            ),
        ]


class Preparation(models.Model):
    """Where a learner of this class goes when a lesson touches them, as the teacher arranged it.

    Functions and places, never a name. Appended: the current one counts, the older ones tell
    what the class was told before. That there is one also says that the person knows of the
    lesson, and that the teacher read what to do when somebody tells something.
    """

    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE, related_name="preparations")
    contact_role = models.CharField(max_length=60)
    contact_place = models.CharField(max_length=120)
    aftercare = models.CharField(max_length=160)
    is_current = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["classroom"],
                condition=models.Q(is_current=True),
                name="classrooms_preparation_one_counts",
            ),
        ]

    @property
    def help_on_site(self) -> HelpOnSite:
        return HelpOnSite(self.contact_role, self.contact_place, self.aftercare)


class Enrolment(models.Model):
    """A learner in a class, under a nickname that the class made up for them."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE, related_name="enrolments")
    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="enrolments")
    nickname = models.CharField(max_length=60)
    # Only in a team: who accepted an invitation knows that the leader sees the account's name.
    is_named = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Enrolment]] = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["nickname"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["classroom", "learner"], name="classrooms_enrolment_once"
            ),
            models.UniqueConstraint(
                fields=["classroom", "nickname"], name="classrooms_enrolment_nickname"
            ),
        ]


class TeamInvitation(models.Model):
    """A professional who was asked to join a team, by a link that works once, for fourteen days.

    The name is as the leader's list had it. The row goes when it is taken back, and thirty days
    after it was accepted or is over.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    classroom = models.ForeignKey(
        Classroom, on_delete=models.CASCADE, related_name="team_invitations"
    )
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField()
    # Of the link; whoever reads this table cannot use it.
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    # Whoever followed the link; an account, never a learner: nothing with a name points at one.
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="team_invitations",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager[TeamInvitation]] = TeamInvitationQuerySet.as_manager()

    class Meta:
        ordering = ["name", "email"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["classroom", "email"], name="classrooms_teaminvitation_once"
            ),
            models.CheckConstraint(
                name="classrooms_teaminvitation_accepted",
                condition=models.Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | models.Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
        ]

    def is_over(self, *, at: datetime) -> bool:
        return self.accepted_at is None and self.expires_at <= at


class Assignment(models.Model):
    """A package, a lesson or a quiz for a class. Exactly one of the three."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE, related_name="assignments")
    package = models.ForeignKey(
        LessonPackagePage, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    lesson = models.ForeignKey(
        LessonPage, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    quiz = models.ForeignKey(
        Quiz, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    opens_at = models.DateTimeField()
    due_on = models.DateField(_("af op"), null=True, blank=True)
    note = models.CharField(_("boodschap voor de klas"), max_length=200, blank=True)
    # For some of the class only: those in ``for_enrolments``, also when nobody is left of them.
    is_for_some = models.BooleanField(default=False)
    for_enrolments = models.ManyToManyField(Enrolment, blank=True, related_name="assignments")
    # What can touch somebody deeply opens when the teacher has answered (``Preparation``).
    waits_for_preparation = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager[Assignment]] = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("opdracht")
        verbose_name_plural = _("opdrachten")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="classrooms_assignment_exactly_one",
                condition=models.Q(package__isnull=False, lesson__isnull=True, quiz__isnull=True)
                | models.Q(package__isnull=True, lesson__isnull=False, quiz__isnull=True)
                | models.Q(package__isnull=True, lesson__isnull=True, quiz__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["classroom", "package"], name="classrooms_assignment_package_once"
            ),
            models.UniqueConstraint(
                fields=["classroom", "lesson"], name="classrooms_assignment_lesson_once"
            ),
            models.UniqueConstraint(
                fields=["classroom", "quiz"], name="classrooms_assignment_quiz_once"
            ),
        ]

    @property
    def title(self) -> str:
        """What an editor called it, in Dutch. No query where that was read along."""
        thing = self.package or self.lesson or self.quiz
        return thing.title if thing else ""


class CalendarFeed(models.Model):
    """The address at which a calendar program finds the assignments of one account.

    Whoever knows it can read it without signing in, so only its hash is here, and a new one ends
    the old (S-12).
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=10)  # of the page on which it was asked for
    created_at = models.DateTimeField()
