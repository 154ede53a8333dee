"""A new site: its pages, its editors, and that a second time changes nothing."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from wagtail.models import Page, Site, Task, Workflow

from home.actions import set_up_editing, set_up_signals, set_up_site
from home.models import HomePage
from lessons.models import CataloguePage
from quizzes.models import Quiz
from signals.models import Signal

pytestmark = pytest.mark.django_db


def test_the_front_page_takes_the_place_of_wagtails_welcome() -> None:
    home = set_up_site()
    assert not Page.objects.filter(title__startswith="Welcome to your new Wagtail").exists()
    site = Site.objects.get()
    assert (site.root_page_id, site.is_default_site) == (home.pk, True)
    assert home.url_path == "/home/"
    assert CataloguePage.objects.child_of(home).get().slug == "lessen"


def test_setting_up_twice_changes_nothing() -> None:
    first = set_up_site()
    before = list(Page.objects.order_by("pk").values())
    assert set_up_site() == first
    assert list(Page.objects.order_by("pk").values()) == before
    assert Site.objects.count() == 1


def test_the_tree_of_pages_is_sound_afterwards() -> None:
    set_up_site()
    assert not any(Page.find_problems())


def test_a_page_that_somebody_put_under_the_welcome_page_is_not_lost() -> None:
    welcome = Page.objects.get(slug="home")
    welcome.add_child(instance=Page(title="Van een redacteur", slug="van-een-redacteur"))
    welcome.slug = "oud"
    welcome.save()
    set_up_site()
    assert Page.objects.filter(slug="van-een-redacteur").exists()


def test_another_site_of_the_same_installation_stays() -> None:
    home = set_up_site()
    root = Page.objects.get(depth=1)
    other = root.add_child(instance=Page(title="Ander", slug="ander"))
    Site.objects.create(hostname="ander.example", root_page=other, site_name="Ander")
    set_up_site()
    assert Site.objects.get(is_default_site=True).root_page_id == home.pk
    assert Site.objects.count() == 2


def test_editors_may_write_quizzes_and_moderators_publish_them() -> None:
    set_up_editing()
    set_up_editing()

    def may(name: str) -> set[str]:
        group = Group.objects.get(name=name)
        return set(group.permissions.values_list("codename", flat=True))

    assert {"add_quiz", "change_quiz", "change_helpline"} <= may("Editors")
    assert "publish_quiz" not in may("Editors")
    assert "publish_quiz" in may("Moderators")


def test_a_quiz_goes_through_the_workflow(quiz: Quiz) -> None:
    set_up_editing()
    assert ContentType.objects.get_for_model(Quiz)
    assert quiz.get_workflow() is not None


def test_no_group_may_manage_users() -> None:
    """S-15: who may add or change users in Wagtail can become a superuser."""
    set_up_editing()
    assert not Group.objects.filter(permissions__codename__in=["add_user", "change_user"]).exists()


def test_an_editor_opens_a_quiz_in_the_admin(editor_client: Client, quiz: Quiz) -> None:
    set_up_editing()
    response = editor_client.get(f"/beheer/snippets/quizzes/quiz/edit/{quiz.pk}/")
    assert response.status_code == 200


def test_the_front_page_has_one_screen_and_no_preview() -> None:
    assert HomePage.preview_modes == []


def test_the_workflow_has_a_dutch_name_that_goes_back_and_forth() -> None:
    migration = import_module("home.migrations.0003_name_the_workflow")

    def names() -> set[str]:
        workflows, tasks = Workflow.objects, Task.objects
        return {*workflows.values_list("name", flat=True), *tasks.values_list("name", flat=True)}

    assert names() == {"Eindredactie"}
    migration.backwards(apps, None)
    assert names() == {"Moderators approval"}
    for _time in range(2):
        migration.forwards(apps, None)
        assert names() == {"Eindredactie"}


def test_a_workflow_that_somebody_named_keeps_its_name() -> None:
    Workflow.objects.update(name="Raad van wijzen")
    import_module("home.migrations.0003_name_the_workflow").forwards(apps, None)
    assert Workflow.objects.get().name == "Raad van wijzen"


def may_with_signals(group: str) -> set[str]:
    own = Group.objects.get(name=group).permissions.filter(content_type__app_label="signals")
    return set(own.values_list("codename", flat=True))


def test_who_edits_quizzes_edits_signals_too_and_only_moderators_publish_them() -> None:
    set_up_signals()
    assert may_with_signals("Editors") == {"add_signal", "change_signal", "view_signal"}
    assert "publish_signal" in may_with_signals("Moderators")
    assert Signal(title="Nieuw").get_workflow() == Workflow.objects.active().first()


def test_what_an_administrator_took_away_from_signals_stays_away() -> None:
    set_up_signals()
    editors = Group.objects.get(name="Editors")
    editors.permissions.remove(*editors.permissions.filter(content_type__app_label="signals"))
    set_up_signals()
    assert may_with_signals("Editors") == set()
