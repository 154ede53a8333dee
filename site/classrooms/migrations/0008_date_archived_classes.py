from django.db import migrations
from django.utils import timezone


def date_archived(apps, schema_editor):
    """Nobody wrote down when: from now on the archive keeps them as long as any other."""
    rooms = apps.get_model('classrooms', 'Classroom').objects
    rooms.filter(is_archived=True).update(archived_at=timezone.now())


def mark_archived(apps, schema_editor):
    rooms = apps.get_model('classrooms', 'Classroom').objects
    rooms.filter(archived_at__isnull=False).update(is_archived=True)


class Migration(migrations.Migration):

    dependencies = [
        ('classrooms', '0007_add_archived_at_and_kind'),
    ]

    operations = [migrations.RunPython(date_archived, mark_archived)]
