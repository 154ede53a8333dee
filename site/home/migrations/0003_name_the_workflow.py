"""Wagtail makes a workflow with an English name; editors read it in a sentence of their own
language ("Stuur door naar ..."). One that somebody named otherwise is left alone."""

from django.db import migrations

WAGTAILS, OURS = "Moderators approval", "Eindredactie"


def rename(apps, old, new):
    for model in ("Workflow", "Task"):
        apps.get_model("wagtailcore", model).objects.filter(name=old).update(name=new)


def forwards(apps, _schema_editor):
    rename(apps, WAGTAILS, OURS)


def backwards(apps, _schema_editor):
    rename(apps, OURS, WAGTAILS)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0002_front_quiz"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
