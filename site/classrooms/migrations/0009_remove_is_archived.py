from django.db import migrations


class Migration(migrations.Migration):
    """``archived_at`` says it, since 0008."""

    dependencies = [
        ('classrooms', '0008_date_archived_classes'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='classroom',
            name='is_archived',
        ),
    ]
