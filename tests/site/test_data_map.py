"""P-01: what the site keeps about people is written down, field by field.

``docs/data-map.yaml`` is compared with the models: a field that nobody wrote down fails
the build, and so does one that is written down as personal without a purpose and a term.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import pytest
import yaml
from django.apps import apps
from django.conf import settings
from django.db import models

from accounts.models import Learner, User

OURS = {
    "accounts",
    "certificates",
    "classrooms",
    "helplines",
    "home",
    "lessons",
    "media",
    "organisations",
    "progress",
    "quizzes",
    "reports",
    "signals",
}
# What would make a learner somebody: words in a field's name, and types of field.
IDENTIFYING_WORDS = {
    "name",
    "email",
    "mail",
    "birth",
    "born",
    "age",
    "phone",
    "mobile",
    "ip",
    "address",
    "bsn",
    "gender",
    "photo",
    "agent",
}
IDENTIFYING_TYPES = (
    models.EmailField,
    models.GenericIPAddressField,
    models.URLField,
    models.FileField,
    models.TextField,  # nobody types open text into a learner's record (P-12, P-13)
)


@lru_cache(maxsize=1)
def data_map() -> dict[str, Any]:
    return yaml.safe_load((settings.BASE_DIR / "docs" / "data-map.yaml").read_text("utf-8"))


def tables() -> dict[str, type[models.Model]]:
    return {model._meta.label: model for model in apps.get_models(include_auto_created=True)}


def field_names(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.local_concrete_fields}


def undeclared(model: type[models.Model], entry: dict[str, Any]) -> set[str]:
    return field_names(model) - set(entry["fields"])


def personal_fields() -> list[tuple[str, str, dict[str, str]]]:
    return [
        (label, name, field)
        for label, entry in data_map()["models"].items()
        for name, field in entry.get("fields", {}).items()
        if field is not False
    ]


def models_about_learners() -> set[type[models.Model]]:
    """``Learner``, and every model that points at one, or at a row that does."""
    found: set[type[models.Model]] = {Learner}
    while True:
        more = {
            model
            for model in apps.get_models(include_auto_created=True)
            for field in model._meta.local_concrete_fields
            if field.remote_field is not None and field.remote_field.model in found
        } - found
        if not more:
            return found
        found |= more


def identifying_fields(model: type[models.Model]) -> set[str]:
    return {
        field.name
        for field in model._meta.local_concrete_fields
        if set(field.name.split("_")) & IDENTIFYING_WORDS or isinstance(field, IDENTIFYING_TYPES)
    }


def test_every_table_is_on_the_map() -> None:
    known = set(data_map()["models"]) | set(data_map()["not_about_people"])
    assert set(tables()) - known == set()


def test_the_map_names_no_table_that_is_gone() -> None:
    known = set(data_map()["models"]) | set(data_map()["not_about_people"])
    gone = known - set(tables())
    # Wagtail's search index has other tables on another database.
    assert {label for label in gone if not label.startswith("wagtailsearch.")} == set()


def test_no_table_of_ours_passes_as_not_about_people() -> None:
    assert {label.split(".")[0] for label in data_map()["not_about_people"]} & OURS == set()


@pytest.mark.parametrize("label", sorted(data_map()["models"]))
def test_every_field_of_the_table_is_on_the_map_and_no_other(label: str) -> None:
    entry = data_map()["models"][label]
    if entry.get("unused"):
        assert label.split(".")[0] not in OURS
        return
    assert undeclared(tables()[label], entry) == set()
    assert set(entry["fields"]) - field_names(tables()[label]) == set()


def test_a_new_field_is_noticed() -> None:
    """The negative control: the comparison above can fail."""
    entry = data_map()["models"]["accounts.Learner"]
    shorter = {**entry, "fields": {"id": False}}
    assert "epoch" in undeclared(Learner, shorter)


@pytest.mark.parametrize("label", sorted(data_map()["not_about_people"]))
def test_a_table_that_points_at_a_user_or_learner_is_about_people(label: str) -> None:
    model = tables().get(label)
    if model is None:  # a search index of another database
        assert label.startswith("wagtailsearch.")
        return
    targets = {
        field.remote_field.model
        for field in model._meta.local_concrete_fields
        if field.remote_field is not None
    }
    assert not targets & {User, Learner}


@pytest.mark.parametrize("label", sorted(data_map()["models"]))
def test_a_personal_field_has_a_purpose_a_term_and_readers(label: str) -> None:
    for table, name, field in personal_fields():
        if table != label:
            continue
        assert set(field) == {"whose", "purpose", "retention", "seen_by"}, name
        assert field["purpose"] in data_map()["purposes"], name
        assert field["retention"] in data_map()["retentions"], name
        assert field["whose"], name
        assert field["seen_by"], name


@pytest.mark.parametrize("kind", ["purposes", "retentions"])
def test_each_purpose_and_term_is_used_and_explained(kind: str) -> None:
    used = {field[kind.removesuffix("s")] for _label, _name, field in personal_fields()}
    assert set(data_map()[kind]) == used
    for entry in data_map()[kind].values():
        assert all(isinstance(text, str) and text for text in entry.values())


def test_whatever_points_at_a_learner_counts_as_about_learners() -> None:
    labels = {model._meta.label for model in models_about_learners()}
    assert labels >= {
        "accounts.Learner",
        "classrooms.Enrolment",
        "progress.LessonProgress",
        "quizzes.Answer",
        "quizzes.Attempt",
    }


@pytest.mark.parametrize(
    "model", sorted(models_about_learners(), key=lambda model: model._meta.label)
)
def test_nothing_about_a_learner_says_who_they_are(model: type[models.Model]) -> None:
    assert identifying_fields(model) == set()


def test_a_name_or_an_address_would_be_noticed() -> None:
    """The negative control: a user has what a learner may not have."""
    assert identifying_fields(User) == {"email", "name"}


def test_every_cookie_is_on_the_map() -> None:
    production = (settings.SITE_DIR / "config/settings/production.py").read_text("utf-8")
    names = set(re.findall(r'^\w+_COOKIE_NAME = "([\w-]+)"$', production, re.MULTILINE))
    assert len(names) == 5
    names.add("messages")  # Django's own, in the Wagtail admin
    # And one lets one page show a new return code (accounts/cookies.py).
    names.add(next(name for name in names if name.endswith("learner")) + "-code")
    assert names == set(data_map()["cookies"])


def test_everything_that_scripts_keep_in_the_browser_is_on_the_map() -> None:
    scripts = (settings.SITE_DIR / "static" / "js").glob("*.js")
    source = "\n".join(script.read_text("utf-8") for script in scripts)
    assert set(re.findall(r'"(doorzien\.[\w.]+)"', source)) == set(data_map()["browser_storage"])
    keys = re.findall(r"(?:local|session)Storage\.setItem\(\s*([^,]+),", source)
    assert keys
    assert all(
        re.search(r"TEXT_SIZE_KEY|EASY_KEY|READER_KEY|this\.#key|\$\{key\}\.test", key)
        for key in keys
    ), keys
