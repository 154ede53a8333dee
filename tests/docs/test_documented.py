"""What is in the code is in the documents: settings, signals, commands, kinds and blocks.

After datasette's test of the same name. A name that nobody explained fails the build, and
so does a link between documents that goes nowhere.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import import_module
from pathlib import Path

import pytest
import yaml
from django.apps import apps
from django.conf import settings
from django.dispatch import Signal

from lessons.blocks import StepContentBlock
from lessons.package_reference import schema_files
from quizzes.question_types import QUESTION_TYPES

ROOT: Path = settings.BASE_DIR
OURS = sorted(
    config.label
    for config in apps.get_app_configs()
    if Path(config.path).is_relative_to(ROOT) and ".venv" not in Path(config.path).parts
)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def folder(label: str) -> Path:
    return Path(apps.get_app_config(label).path)


def markdown_files() -> list[Path]:
    loose = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    return sorted([*loose, *[folder(label) / "README.md" for label in OURS]])


@lru_cache(maxsize=1)
def documents() -> str:
    return "\n".join(path.read_text("utf-8") for path in markdown_files() if path.exists())


def is_explained(name: str) -> bool:
    """Whether a document names it in code type: between backticks, as a word of its own."""
    return re.search(rf"`[^`\n]*\b{re.escape(name)}\b[^`\n]*`", documents()) is not None


def environment_variables() -> set[str]:
    sources = (settings.SITE_DIR / "config" / "settings").glob("*.py")
    found = set()
    for source in sources:
        found |= set(
            re.findall(r'\b(?:env\.\w+|env|required)\(\s*"([A-Z_]+)"', source.read_text("utf-8"))
        )
    return found


def signals() -> set[str]:
    return {
        f"{label}.signals.{name}"
        for label in OURS
        if (folder(label) / "signals.py").exists()
        for name, value in vars(import_module(f"{label}.signals")).items()
        if isinstance(value, Signal)
    }


def commands() -> set[str]:
    return {
        path.stem
        for label in OURS
        for path in (folder(label) / "management" / "commands").glob("[a-z]*.py")
    }


def anchors(path: Path) -> set[str]:
    """The names under which a page's headings can be linked to, as GitHub makes them."""
    text = FENCE.sub("", path.read_text("utf-8"))
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
        for heading in HEADING.findall(text)
    }


def broken_links(path: Path, text: str) -> list[str]:
    """Relative links of this page that lead to no file, or to no heading of it."""
    broken = []
    for groups in LINK.findall(FENCE.sub("", text)):
        target = groups[0] or groups[1]
        if re.match(r"[a-z]+:", target):
            continue
        name, _hash, anchor = target.partition("#")
        file = (path.parent / name).resolve() if name else path
        is_there = file.exists() and file.is_relative_to(ROOT)
        if not is_there or (anchor and file.suffix == ".md" and anchor not in anchors(file)):
            broken.append(target)
    return broken


def test_the_lists_that_this_file_goes_by_are_not_empty() -> None:
    assert len(OURS) == 16
    assert {"SECRET_KEY", "DATABASE_URL", "EXIT_URL"} <= environment_variables()
    assert "quizzes.signals.attempt_submitted" in signals()
    assert {"load_package", "load_helplines", "prepare"} <= commands()


def test_a_name_that_nobody_wrote_down_is_noticed() -> None:
    """The negative control."""
    assert is_explained("SECRET_KEY")
    assert not is_explained("SECRET_KEY_OF_NOBODY")
    assert not is_explained("SECRET")


@pytest.mark.parametrize("name", sorted(environment_variables()))
def test_every_setting_from_the_environment_is_explained_to_operators(name: str) -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs/operations.md").read_text("utf-8"), re.M)
    assert name in rows


def test_operators_are_told_of_no_setting_that_does_not_exist() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs/operations.md").read_text("utf-8"), re.M)
    assert set(rows) - environment_variables() == {"DJANGO_SETTINGS_MODULE"}


@pytest.mark.parametrize("name", sorted(signals()))
def test_every_signal_is_explained(name: str) -> None:
    assert is_explained(name)


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_is_explained_to_operators(name: str) -> None:
    assert re.search(rf"^\| `{name}\b", (ROOT / "docs/operations.md").read_text("utf-8"), re.M)


@pytest.mark.parametrize("name", sorted(QUESTION_TYPES))
def test_every_kind_of_question_is_in_the_glossary(name: str) -> None:
    assert f"| `{name}` |" in (ROOT / "docs/glossary.md").read_text("utf-8")


@pytest.mark.parametrize("name", sorted(StepContentBlock.base_blocks))
def test_every_block_of_a_lesson_is_in_the_glossary(name: str) -> None:
    assert f"| `{name}` |" in (ROOT / "docs/glossary.md").read_text("utf-8")


@pytest.mark.parametrize("label", OURS)
def test_every_app_says_what_it_owns_and_where_to_start_reading(label: str) -> None:
    text = (folder(label) / "README.md").read_text("utf-8")
    assert text.startswith(f"# {label}\n")
    for word in ("**Words.**", "**Events.**", "**Start reading**"):
        assert word in text
    for model in apps.get_app_config(label).get_models():
        assert f"`{model.__name__}`" in text


@pytest.mark.parametrize(
    "path", markdown_files(), ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_every_link_between_documents_leads_somewhere(path: Path) -> None:
    assert broken_links(path, path.read_text("utf-8")) == []


def test_a_link_that_leads_nowhere_is_noticed() -> None:
    """The negative control."""
    page = ROOT / "CONTRIBUTING.md"
    text = "[a](docs/nothing.md) [b](#no-such-heading) [c](../outside) ![d](docs/no.png) "
    text += "[e](docs/glossary.md#words) [f](https://example.org/) [g](#recipes)"
    assert broken_links(page, text) == [
        "docs/nothing.md",
        "#no-such-heading",
        "../outside",
        "docs/no.png",
    ]


def test_every_decision_is_in_the_list_of_decisions() -> None:
    decisions = ROOT / "docs" / "decisions"
    listed = (decisions / "README.md").read_text("utf-8")
    for path in decisions.glob("[0-9]*.md"):
        text = path.read_text("utf-8")
        assert f"({path.name})" in listed
        assert text.startswith(f"# {path.name[:4]}. ")
        assert re.findall(r"^## (.+)$", text, re.M) == ["Context", "Choice", "Consequence"]


def test_files_that_recipes_name_exist() -> None:
    """Names with a placeholder, and files that the recipe itself makes, are left out."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    named = re.findall(r"`((?:site|lessons|quizzes|media|tests|docs)/[\w./-]+\.\w+)`", text)
    assert len(named) > 20
    made = {name for name in named if "order" in name}
    assert {name for name in named if not (ROOT / name).exists()} - made == set()


def test_the_public_code_file_has_what_its_standard_requires() -> None:
    """publiccode.yml 0.4, https://yml.publiccode.tools/schema.core.html"""
    content = yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))
    assert content["publiccodeYmlVersion"] == "0.4"
    for name in ("name", "url", "softwareType", "developmentStatus", "platforms"):
        assert content[name]
    assert content["legal"]["license"] == "EUPL-1.2"
    assert content["maintenance"]["contacts"]
    assert content["localisation"]["localisationReady"] is True
    languages = [code for code, _name in settings.LANGUAGES]
    assert content["localisation"]["availableLanguages"] == languages
    for text in content["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert all(len(feature) <= 100 for feature in text["features"])


def test_the_schema_of_packages_is_what_the_code_reads() -> None:
    """``manage.py write_package_schema`` writes it."""
    for name, text in schema_files().items():
        assert (ROOT / "docs" / "package-format" / name).read_text("utf-8") == text, name
