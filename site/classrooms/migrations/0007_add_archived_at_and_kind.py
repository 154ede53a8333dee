from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('classrooms', '0006_add_move'),
    ]

    operations = [
        migrations.AddField(
            model_name='classroom',
            name='archived_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='classroom',
            name='kind',
            field=models.CharField(choices=[('class', 'klas'), ('group', 'groep'), ('team', 'team')], default='class', max_length=10),
        ),
        migrations.AddConstraint(
            model_name='classroom',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('class', 'group', 'team'))), name='classrooms_classroom_kind'),
        ),
    ]
