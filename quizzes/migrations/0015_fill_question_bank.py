"""Files the newest draft of every quiz in the question bank."""

from dataclasses import asdict

from django.db import migrations

from quizzes.bank import entries_of


def fill(apps, schema_editor):
    quizzes = apps.get_model("quizzes", "Quiz").objects.exclude(latest_revision=None)
    rows = apps.get_model("quizzes", "BankQuestion").objects
    for quiz in quizzes.select_related("latest_revision"):
        for entry in entries_of(quiz.latest_revision.content["questions"]):
            rows.create(quiz=quiz, **asdict(entry))


def empty(apps, schema_editor):
    apps.get_model("quizzes", "BankQuestion").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0014_add_question_bank")]
    operations = [migrations.RunPython(fill, empty)]
