import django.db.models.deletion
from django.db import migrations, models


def nullable_locale():
    return models.ForeignKey(
        editable=False,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="wagtailcore.locale",
        verbose_name="locale",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("quizzes", "0018_add_supplements"),
        ("wagtailcore", "0098_apitoken"),
    ]
    operations = [
        migrations.AddField("quiz", "locale", nullable_locale()),
        migrations.AddField("quiz", "translation_key", models.UUIDField(editable=False, null=True)),
        migrations.AddField("question", "locale", nullable_locale()),
        migrations.AddField(
            "question", "translation_key", models.UUIDField(editable=False, null=True)
        ),
        migrations.AddField(
            "edition",
            "translation",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="editions_in_language",
                to="quizzes.quiz",
            ),
        ),
    ]
