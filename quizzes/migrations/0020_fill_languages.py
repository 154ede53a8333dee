"""Every quiz and question there is, is in the site's own language; its drafts too."""

from uuid import uuid4

from django.conf import settings
from django.db import migrations


def fill(apps, schema_editor):
    quizzes = apps.get_model("quizzes", "Quiz").objects.all()
    questions = apps.get_model("quizzes", "Question").objects.all()
    if not quizzes.exists():
        return
    locales = apps.get_model("wagtailcore", "Locale").objects
    locale, _made = locales.get_or_create(language_code=settings.LANGUAGE_CODE)
    for quiz in quizzes.only("pk", "key").iterator():
        quizzes.filter(pk=quiz.pk).update(locale=locale, translation_key=quiz.key)
    keys = {}
    for question in questions.only("pk").iterator():
        keys[question.pk] = uuid4()
        questions.filter(pk=question.pk).update(locale=locale, translation_key=keys[question.pk])
    content_types = apps.get_model("contenttypes", "ContentType").objects
    content_type = content_types.filter(app_label="quizzes", model="quiz").first()
    revisions = apps.get_model("wagtailcore", "Revision").objects
    for revision in revisions.filter(base_content_type=content_type).iterator():
        for question in revision.content.get("questions", []):
            key = keys.get(question.get("pk")) or uuid4()
            question |= {"locale": locale.pk, "translation_key": str(key)}
        revision.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0019_add_languages")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
