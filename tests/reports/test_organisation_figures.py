"""What a coordinator is told of the classes: shares per package, and no small group (P-03)."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from classrooms.actions import assign
from classrooms.models import Assignment, Classroom, Enrolment
from organisations.models import Role
from progress.models import LessonProgress
from reports.organisation_figures import organisation_figures
from tests.factories.classrooms import enrol, make_classroom
from tests.factories.organisations import make_coordinator


@pytest.fixture
def class_of(teacher, package, lesson):
    def class_of(name: str, size: int, done: int, kind: str = "class") -> None:
        room = make_classroom(teacher=teacher, name=name)
        Classroom.objects.filter(pk=room.pk).update(kind=kind)
        assign(classroom=room, thing=package, now=timezone.now(), user=None)
        for number in range(size):
            joined = enrol(room)
            if number < done:
                LessonProgress.objects.create(
                    learner_id=joined.token.learner_id,
                    lesson_key=lesson.key,
                    finished_steps=["x"],
                    completed_at=timezone.now(),
                )

    return class_of


def test_shares_per_package_and_per_class(class_of, organisation, package):
    class_of("1a", 12, 6)
    class_of("1b", 14, 0)
    one = organisation_figures(organisation)[0]
    assert one.title == package.title
    assert [(name, told.done, told.is_few) for name, told in one.kinds[0].classrooms] == [
        ("1a", 5, False),
        ("1b", 0, True),
    ]
    assert (one.total.size, one.total.done) == (25, 5)
    assert (one.is_mixed, one.is_incomplete) == (False, False)


def test_who_was_not_given_it_does_not_count(class_of, organisation):
    class_of("1a", 24, 12)
    one = Assignment.objects.get()
    done = Enrolment.objects.filter(learner__lesson_progress__isnull=False)
    one.for_enrolments.set(done)
    Assignment.objects.update(is_for_some=True)
    told = organisation_figures(organisation)[0].total
    assert (told.size, told.lacks_few) == (10, True)


def test_a_small_class_takes_another_with_it(class_of, organisation):
    """It would follow from the total and the others."""
    class_of("1a", 12, 6)
    class_of("1b", 10, 5)
    class_of("klein", 3, 1)
    one = organisation_figures(organisation)[0]
    assert [name for name, _told in one.kinds[0].classrooms] == ["1a"]
    assert one.is_incomplete


def test_shares_per_kind_of_people(class_of, organisation, sign_in):
    class_of("1a", 12, 6)
    class_of("jongeren", 11, 11, kind="group")
    class_of("balie", 10, 0, kind="team")
    class_of("handhaving", 12, 10, kind="team")
    one = organisation_figures(organisation)[0]
    assert one.is_mixed
    assert [(kind.kind, kind.total.size, kind.total.done) for kind in one.kinds] == [
        ("class", 10, 5),
        ("group", 10, 0),
        ("team", 20, 10),
    ]
    page = sign_in(make_coordinator(organisation=organisation)).get(reverse("reports:organisation"))
    told = page.text[page.text.index("<tbody>") :]
    order = ["Leerlingen", "1a", "Deelnemers", "jongeren", "Collega's", "balie", "handhaving"]
    places = [told.replace("&#x27;", "'").index(f">{name}") for name in order]
    assert places == sorted(places)


def test_a_small_kind_takes_another_and_its_classes_with_it(class_of, organisation):
    class_of("1a", 25, 6)
    class_of("jongeren", 9, 1, kind="group")
    class_of("balie", 12, 7, kind="team")
    one = organisation_figures(organisation)[0]
    assert [(kind.kind, len(kind.classrooms)) for kind in one.kinds] == [("class", 1)]
    assert one.is_incomplete


def test_a_small_organisation_is_told_nothing_of(class_of, organisation):
    class_of("klein", 9, 4)
    one = organisation_figures(organisation)[0]
    assert one.kinds == []
    assert not one.total.is_told


def test_the_page_shows_no_nickname_and_nothing_of_another_school(
    class_of, organisation, sign_in, teacher, django_assert_num_queries
):
    class_of("1a", 12, 6)
    class_of("1b", 11, 6)
    client = sign_in(make_coordinator(organisation=organisation))
    # Session, user, role; what was given, to whom, its lessons, the learners, what they did.
    with django_assert_num_queries(8):
        page = client.get(reverse("reports:organisation")).text
    assert "ongeveer 5 van ongeveer 10" in page
    for nickname in teacher.classrooms.values_list("enrolments__nickname", flat=True):
        assert nickname not in page
    elsewhere = sign_in(make_coordinator())
    assert "1a" not in elsewhere.get(reverse("reports:organisation")).text
    assert Role.objects.filter(name="coordinator").count() == 2
