"""The demo and the command that makes a machine ready."""

from __future__ import annotations

import json
import socket
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from accounts.models import User
from classrooms.models import Classroom, Enrolment
from config.management.commands.prepare import Stamps, fingerprint
from home.models import HomePage
from progress.models import LessonProgress
from quizzes.models import Answer, Attempt

pytestmark = pytest.mark.django_db


@pytest.fixture
def var(tmp_path: Path, settings: Any) -> Path:
    settings.VAR_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.MEDIA_ROOT = tmp_path / "uploads"
    # Our own files only: Wagtail's are fourteen hundred more of the same.
    settings.STATICFILES_FINDERS = [
        "config.staticfiles.StylesheetFinder",
        "django.contrib.staticfiles.finders.FileSystemFinder",
    ]
    return tmp_path


def prepare(*arguments: str) -> list[str]:
    output = StringIO()
    call_command("prepare", *arguments, stdout=output)
    return [line for line in output.getvalue().splitlines() if line[:1].isdigit()]


def counts() -> list[int]:
    models = [User, Classroom, Enrolment, Attempt, Answer, LessonProgress, Page]
    return [model.objects.count() for model in models]


def test_a_machine_is_made_ready_once(var: Path, client: Client, settings: Any) -> None:
    settings.BASE_URL = "http://127.0.0.1:8123"
    first = prepare("--demo")
    assert len(first) == 8
    (var / "static" / "staticfiles.json").write_text("{}")  # what the real storage leaves
    made = counts()
    second = prepare("--demo")
    assert counts() == made
    assert all("up to date" in line for line in second[1:7]), second

    demo = json.loads((var / "demo.json").read_text())
    assert demo["base_url"] == "http://127.0.0.1:8123"
    assert demo["join_url"] == f"http://127.0.0.1:8123/mee/#{demo['join_code']}"
    assert len(demo["lesson_urls"]) == 2
    for name in ("teacher", "other_teacher", "editor", "admin"):
        assert User.objects.get(email=demo[name]["email"]).check_password(demo[name]["password"])
    for url in (demo["package_url"], demo["quiz_url"], demo["base_url"] + "/"):
        assert client.get(url.removeprefix(demo["base_url"])).status_code == 200
    recorded = client.get("/q/wat-merk-je/").content.decode()
    assert "<audio" in recorded
    assert "Tweehonderd euro" in recorded
    for url in demo["lesson_urls"]:
        assert client.get(url.removeprefix(demo["base_url"])).status_code == 302
    assert 'href="/q/wat-weet-je-nu/"' in client.get("/").content.decode()

    # The class shows something of everything.
    classroom = Classroom.objects.get()
    assert classroom.is_open(at=timezone.now())
    assert classroom.enrolments.count() == 14
    assert Attempt.objects.submitted().count() > 8
    assert Answer.objects.filter(won=0).exists()
    done = LessonProgress.objects.filter(completed_at__isnull=False).count()
    assert 0 < done < LessonProgress.objects.count()
    # The other teacher is of another school.
    schools = User.objects.filter(roles__isnull=False).values_list("roles__organisation", flat=True)
    assert len(set(schools)) == 2


def test_the_join_code_of_an_old_demo_is_opened_again(var: Path) -> None:
    prepare("--demo")
    Classroom.objects.update(join_closes_at=F("join_opens_at"))
    code = Classroom.objects.get().join_code
    call_command("load_demo", stdout=StringIO())
    classroom = Classroom.objects.get()
    assert classroom.join_code == code
    assert classroom.is_open(at=timezone.now())


def test_the_demo_is_refused_where_it_may_not_be(settings: Any) -> None:
    settings.ALLOW_DEMO = False
    with pytest.raises(CommandError, match="refuse the demo"):
        call_command("load_demo")
    assert not User.objects.exists()


def test_the_demo_needs_the_starter_package() -> None:
    with pytest.raises(CommandError, match="Load the starter package first"):
        call_command("load_demo")
    assert not User.objects.exists()


def test_a_port_that_is_taken_is_named_before_anything_is_done(var: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} .* make run PORT={port + 1}"):
            call_command("prepare", "--port", str(port), stdout=StringIO())
    assert not HomePage.objects.exists()


def test_a_fingerprint_changes_with_a_name_and_with_a_content(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("1")
    marks = {fingerprint([path])}
    path.write_text("2")
    marks.add(fingerprint([path]))
    marks.add(fingerprint([path.rename(tmp_path / "b")]))
    marks.add(fingerprint([tmp_path / "b"], "more"))
    assert len(marks) == 4


def test_stamps_that_cannot_be_read_count_as_none(tmp_path: Path) -> None:
    path = tmp_path / "prepared.json"
    path.write_text("{")
    stamps = Stamps(path)
    assert stamps.is_new("static", "1")
    stamps.keep("static", "1")
    assert not Stamps(path).is_new("static", "1")
