"""Everything that writes the site's own pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from wagtail.models import (
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowContentType,
    WorkflowTask,
)

from editorial.models import SafetyReviewTask
from home.models import HomePage, StandardPage
from lessons.models import CataloguePage
from lessons.rich_text import to_html
from quizzes.models import Quiz
from signals.models import Signal

TEXTS = Path(__file__).parent / "texts"


@dataclass(frozen=True, slots=True)
class StarterText:
    """A page of text as it comes with the site; an editor goes on from there."""

    slug: str
    title: str
    body: str  # Markdown


def starter_texts() -> list[StarterText]:
    """The texts in ``site/home/texts``: the first line is the title, after a ``#``."""
    texts = []
    for path in sorted(TEXTS.glob("*.md")):
        title, _line, body = path.read_text(encoding="utf-8").partition("\n")
        texts.append(StarterText(path.stem, title.removeprefix("#").strip(), body))
    return texts


@transaction.atomic
def set_up_site(*, hostname: str = "localhost", port: int = 80) -> HomePage:
    """The front page as root of the site, with the catalogue under it. Safe to repeat.

    Replaces the welcome page that Wagtail's own migration makes. About 5 queries when
    everything is there.
    """
    locale, _made = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    home = HomePage.objects.filter(locale=locale).first()
    if home is None:
        root = Page.objects.get(depth=1)
        # Its slug is the one we want, and only it may be deleted: it is Wagtail's.
        welcome = root.get_children().filter(slug="home", content_type__model="page").first()
        if welcome is not None and not welcome.get_children().exists():
            welcome.delete()
            root.refresh_from_db()  # treebeard counted the child in memory
        home = root.add_child(
            instance=HomePage(title=settings.WAGTAIL_SITE_NAME, slug="home", locale=locale)
        )
    if not Site.objects.filter(root_page=home.pk).exists():
        Site.objects.update_or_create(
            is_default_site=True,
            defaults={
                "hostname": hostname,
                "port": port,
                "site_name": settings.WAGTAIL_SITE_NAME,
                "root_page": home,
            },
        )
    if not CataloguePage.objects.filter(locale=locale).exists():
        home.add_child(instance=CataloguePage(title="Lessen", slug="lessen", locale=locale))
    return home


# What the groups of Wagtail's own migrations may do besides pages, pictures and documents.
EDITING = {
    "Editors": [
        "add_quiz",
        "change_quiz",
        "view_quiz",
        "add_recording",
        "change_recording",
        "view_recording",
        "change_helpline",
        "view_helpline",
        "add_signal",
        "change_signal",
        "view_signal",
    ],
    "Moderators": [
        "add_quiz",
        "change_quiz",
        "view_quiz",
        "publish_quiz",
        "lock_quiz",
        "unlock_quiz",
        "add_recording",
        "change_recording",
        "delete_recording",
        "view_recording",
        "add_helpline",
        "change_helpline",
        "delete_helpline",
        "view_helpline",
        "add_signal",
        "change_signal",
        "delete_signal",
        "publish_signal",
        "lock_signal",
        "unlock_signal",
        "view_signal",
    ],
}


@transaction.atomic
def set_up_editing() -> None:
    """Editors write quizzes and send them through the workflow; moderators publish them.

    Once, for a new site: what an administrator takes away later stays away. Safe to repeat.
    """
    _allow(["quizzes", "media", "helplines"])
    _review(Quiz)


@transaction.atomic
def set_up_signals() -> None:
    """The same for signals, also on a site from before there were any. 1 query when done.

    Once: not when somebody may do something with signals already.
    """
    known = Permission.objects.filter(content_type__app_label="signals")
    if not Group.objects.filter(permissions__in=known).exists():
        _allow(["signals"])
        _review(Signal)


def _allow(apps: list[str]) -> None:
    for group in Group.objects.filter(name__in=EDITING):
        group.permissions.add(
            *Permission.objects.filter(
                content_type__app_label__in=apps, codename__in=EDITING[group.name]
            )
        )


def _review(model: type[Model]) -> None:
    workflow = Workflow.objects.active().order_by("pk").first()
    if workflow is not None:
        WorkflowContentType.objects.get_or_create(
            content_type=ContentType.objects.get_for_model(model), defaults={"workflow": workflow}
        )


SAFETY_REVIEWERS = "Safety reviewers"


@transaction.atomic
def set_up_reviews() -> bool:
    """A review of content and then one of safety, for pages and quizzes. 1 query when done.

    Once: what an administrator changes later stays so. A site that had the one review of
    Wagtail's gets the second behind it.
    """
    if SafetyReviewTask.objects.exists():
        return False
    workflow = Workflow.objects.active().order_by("pk").first()
    if workflow is None:
        return False
    group, _made = Group.objects.get_or_create(name=SAFETY_REVIEWERS)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    task = SafetyReviewTask.objects.create(name="Toets op veiligheid")
    task.groups.add(group)
    last = workflow.workflow_tasks.order_by("-sort_order").first()
    workflow.workflow_tasks.add(
        WorkflowTask(task=task, sort_order=1 + (last.sort_order or 0) if last else 0)
    )
    workflow.save()
    return True


@transaction.atomic
def add_missing_texts(*, home: HomePage, texts: list[StarterText]) -> list[str]:
    """Makes the pages that are not there; one that is there belongs to the editors.

    Returns the slugs of what was made. Raises ``lessons.rich_text.UnusableMarkdownError``.
    """
    made = []
    features = StandardPage._meta.get_field("body").features
    taken = set(home.get_children().values_list("slug", flat=True))
    for text in texts:
        if text.slug in taken:
            continue
        page = home.add_child(
            instance=StandardPage(
                title=text.title,
                slug=text.slug,
                body=to_html(text.body, features),
                locale=home.locale,
            )
        )
        page.save_revision().publish()
        made.append(text.slug)
    return made


@transaction.atomic
def offer_quiz(*, home: HomePage, slug: str) -> bool:
    """Puts a quiz on the front page, when an editor has not chosen one. 2 queries."""
    quiz = Quiz.objects.filter(slug=slug, live=True, locale=home.locale).first()
    if home.quiz_id or quiz is None:
        return False
    HomePage.objects.filter(pk=home.pk).update(quiz=quiz)
    return True
