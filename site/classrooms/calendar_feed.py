"""Assignments in the calendar program of a teacher or a professional.

Days only: when something begins that begins later, and by when it is due. No learner, no nickname
and no note: a calendar is kept by others, and shown on screens that others see.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from accounts.link_tokens import hash_of, new_link_token
from accounts.models import User
from classrooms.models import Assignment, CalendarFeed, Classroom, Enrolment
from classrooms.rights import Right

PAST_DAYS = 60  # a calendar program keeps what it has; this is for one that begins


@dataclass(frozen=True, slots=True)
class Entry:
    """One day in a calendar. ``uid`` stays the same for as long as the assignment exists."""

    uid: str
    day: date
    text: str


@transaction.atomic
def make_feed(*, user: User, now: datetime) -> str:
    """A new token, of 256 bits, that is told this once; the old one is dead. 2 queries."""
    token = new_link_token()
    CalendarFeed.objects.update_or_create(
        user=user,
        defaults={
            "token_hash": hash_of(token),
            "language": translation.get_language() or settings.LANGUAGE_CODE,
            "created_at": now,
        },
    )
    return token


def end_feed(*, user: User) -> None:
    """The address leads nowhere from now on. 1 query."""
    CalendarFeed.objects.filter(user=user).delete()


def feed_at(token: str) -> CalendarFeed | None:
    """The feed; none when the account was suspended. 1 query."""
    feeds = CalendarFeed.objects.filter(token_hash=hash_of(token), user__is_active=True)
    return feeds.select_related("user").first()


def entries_of(user: User, *, now: datetime) -> list[Entry]:
    """What the classes of a teacher were given, and what a professional was given. 1 query."""
    rooms = Classroom.objects.open_to(user, Right.TEACH).in_use()  # type: ignore[attr-defined]
    own = Enrolment.objects.current().filter(  # type: ignore[attr-defined]
        learner__user=user, classroom=OuterRef("classroom"), classroom__archived_at=None
    )
    chosen = own.filter(assignments=OuterRef("pk"))
    is_theirs = Q(opens_at__lte=now) & (
        Q(Exists(own), is_for_some=False) | Q(Exists(chosen), is_for_some=True)
    )
    since = timezone.localdate(now) - timedelta(days=PAST_DAYS)
    found = (
        Assignment.objects.filter(Q(classroom__in=rooms) | is_theirs)
        .filter(Q(due_on__gte=since) | Q(opens_at__gt=now))
        .select_related("classroom", "package", "lesson", "quiz")
        .order_by("pk")
    )
    return [entry for assignment in found for entry in _entries(assignment, now, since)]


def _entries(assignment: Assignment, now: datetime, since: date) -> Iterable[Entry]:
    names = {"title": assignment.title, "classroom": assignment.classroom.name}
    if assignment.opens_at > now:
        text = _("Begint: %(title)s (%(classroom)s)") % names
        day = timezone.localdate(assignment.opens_at)
        yield Entry(f"{assignment.public_id}-begint", day, text)
    if assignment.due_on and assignment.due_on >= since:
        text = _("Af: %(title)s (%(classroom)s)") % names
        yield Entry(f"{assignment.public_id}-af", assignment.due_on, text)


def as_ics(entries: Iterable[Entry], *, host: str, now: datetime) -> bytes:
    """As iCalendar (RFC 5545): events of a whole day that keep nobody from an appointment."""
    calendar = Calendar()
    calendar.add("prodid", "-//Doorzien//NL")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Doorzien")
    calendar.add("x-wr-timezone", timezone.get_default_timezone_name())
    for entry in entries:
        event = Event()
        event.add("uid", f"{entry.uid}@{host}")
        event.add("dtstamp", now)
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
        event.add("summary", entry.text)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def calendar_of(feed: CalendarFeed, *, host: str, now: datetime) -> bytes:
    """In the language in which it was asked for. 1 query."""
    with translation.override(feed.language):
        return as_ics(entries_of(feed.user, now=now), host=host, now=now)
