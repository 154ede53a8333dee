"""A quiz of 200 questions and classes that are open to join, for ``bench.herd``. Writes JSON."""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from classrooms.actions import create_classroom  # noqa: E402
from organisations.models import Organisation, Role  # noqa: E402
from tests.durability import seed as small_quiz  # noqa: E402

QUESTIONS = 200
KINDS = ("one_answer", "several_answers", "true_false")


def main() -> None:
    now = timezone.now()
    questions = [
        small_quiz.WrittenQuestion(KINDS[turn % len(KINDS)], turn) for turn in range(QUESTIONS)
    ]
    with transaction.atomic():
        edition = small_quiz.publish(small_quiz.make_quiz(), questions)
        teacher = User.objects.create_user(email="herd@example.org", password="kudde-kudde-kudde")
        organisation = Organisation.objects.create(name="Veel scholen", confirmed_at=now)
        Role.objects.create(user=teacher, organisation=organisation, name=Role.Name.TEACHER)
        codes = [
            create_classroom(
                user=teacher, organisation=organisation, name=f"Klas {number}", now=now,
                join_until=now + timedelta(days=1),
            ).join_code
            for number in range(int(sys.argv[1]))
        ]  # fmt: skip
    sys.stdout.write(json.dumps({"slug": small_quiz.SLUG, "edition": edition, "codes": codes}))
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
