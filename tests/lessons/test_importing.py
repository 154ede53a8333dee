"""An editor sends a package, looks at what it would do, and brings it in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision

from accounts.models import User
from home.actions import set_up_editing
from lessons.models import LessonPackagePage, LessonPage, PackageUpload
from lessons.package_archive import unpack
from lessons.package_zip import pack
from media.models import CustomImage
from quizzes.models import Edition, Quiz
from tests.factories.accounts import UserFactory
from tests.factories.lessons import SMALL_PACKAGE, load_small_package, make_helpline

pytestmark = pytest.mark.django_db
GOOD = {
    str(path.relative_to(SMALL_PACKAGE)): path.read_bytes()
    for path in sorted(SMALL_PACKAGE.rglob("*"))
    if path.is_file()
}
LESSON, QUIZ = "les-een.lesson.yaml", "kleine-quiz.quiz.yaml"


@pytest.fixture
def moderator(package: LessonPackagePage) -> User:
    """Publishes; the catalogue and another package are there already."""
    set_up_editing()
    user = UserFactory()
    user.groups.add(Group.objects.get(name="Moderators"))
    return user


@pytest.fixture
def client(moderator: User, sign_in: Callable[[User], Client]) -> Client:
    make_helpline()
    return sign_in(moderator)


def changed(name: str, old: str, new: str, files: dict[str, bytes] = GOOD) -> dict[str, bytes]:
    text = files[name].decode()
    assert old in text
    return {**files, name: text.replace(old, new).encode()}


def send(client: Client, files: dict[str, bytes] | bytes, name: str = "pakket.zip") -> Any:
    packed = files if isinstance(files, bytes) else pack(files)
    return client.post(reverse("package_import"), {"package": SimpleUploadedFile(name, packed)})


def bring_in(client: Client, files: dict[str, bytes], **fields: str) -> Any:
    sent = send(client, files)
    assert sent.status_code == 302, sent.context["problems"]
    return client.post(sent["Location"], fields, follow=True)


def counts() -> tuple[int, ...]:
    models = (Page, Revision, Edition, Quiz, CustomImage)
    return tuple(model.objects.count() for model in models)


def states(response: Any) -> dict[str, str]:
    return {part["title"]: part["state"] for part in response.context["parts"]}


def forget_small() -> None:
    package = LessonPackagePage.objects.get(slug="klein-pakket")
    Edition.objects.filter(quiz__slug="kleine-quiz").delete()
    package.delete()
    Quiz.objects.filter(slug="kleine-quiz").delete()
    CustomImage.objects.filter(package_file__startswith="klein-pakket/").delete()


@pytest.fixture
def empty(client: Client) -> None:
    """The other package only."""
    if LessonPackagePage.objects.filter(slug="klein-pakket").exists():
        forget_small()


def test_looking_changes_nothing_and_saying_yes_brings_it_in(client: Client, empty: None) -> None:
    before = counts()
    sent = send(client, GOOD)
    seen = client.get(sent["Location"])
    assert set(states(seen).values()) == {"new"}
    assert counts() == before
    done = client.post(sent["Location"], {}, follow=True)
    assert done.context["explore_url"]
    assert LessonPage.objects.get(slug="les-een").live
    assert Quiz.objects.get(slug="kleine-quiz").live


def test_what_came_in_is_under_the_name_of_who_brought_it(
    client: Client, empty: None, moderator: User
) -> None:
    bring_in(client, GOOD)
    assert LessonPage.objects.get(slug="les-een").latest_revision.user == moderator
    assert Edition.objects.get(quiz__slug="kleine-quiz").published_by == moderator


def test_bringing_it_in_twice_changes_nothing(client: Client, empty: None) -> None:
    bring_in(client, GOOD)
    before = counts()
    sent = send(client, GOOD)
    seen = client.get(sent["Location"])
    assert (seen.context["parts"], seen.context["is_any"]) == ([], False)
    client.post(sent["Location"], {})
    assert counts() == before


def test_pressing_twice_brings_it_in_once(client: Client, empty: None) -> None:
    sent = send(client, GOOD)
    client.post(sent["Location"], {})
    before = counts()
    again = client.post(sent["Location"], {}, follow=True)
    assert again.context["outcome"]
    assert counts() == before


def test_an_update_shows_what_differs_in_each_lesson(client: Client, empty: None) -> None:
    bring_in(client, GOOD)
    files = changed(LESSON, "Lees **rustig**", "Lees **goed**")
    files = changed(QUIZ, "text: Niemand\n", "text: Geen mens\n", files)
    files = changed("package.yaml", "version: 1.0.0", "version: 1.1.0", files)
    files = changed("images/omslag.svg", "#fde", "#edf", files)
    sent = send(client, files)
    seen = client.get(sent["Location"])
    parts = {part["title"]: part for part in seen.context["parts"]}
    assert {part["state"] for part in parts.values()} == {"changed"}
    assert [row.label for row in parts["Les een"]["rows"]] == ["Stap 1, blok 1, tekst"]
    assert [row.label for row in parts["Kleine quiz"]["rows"]] == ["Vraag 1, antwoord 2, tekst"]
    assert [row.label for row in parts["Klein pakket"]["rows"]] == ["Versie"]
    assert "<ins>**goed**" in seen.content.decode()
    client.post(sent["Location"], {})
    assert "goed" in str(LessonPage.objects.get(slug="les-een").steps[0].value["blocks"][0].value)
    assert LessonPackagePage.objects.get(slug="klein-pakket").version == "1.1.0"


def test_what_was_edited_here_is_kept_and_shown_beside_the_file(
    client: Client, empty: None
) -> None:
    bring_in(client, GOOD)
    lesson = LessonPage.objects.get(slug="les-een")
    lesson.title = "Van de gemeente"
    lesson.save_revision().publish()
    files = changed(LESSON, "Lees **rustig**", "Lees **goed**")
    files = changed(QUIZ, "text: Niemand\n", "text: Geen mens\n", files)
    sent = send(client, files)
    assert states(client.get(sent["Location"])) == {"Les een": "kept", "Kleine quiz": "changed"}
    client.post(sent["Location"], {})
    lesson.refresh_from_db()
    assert lesson.title == "Van de gemeente"
    assert "rustig" in str(lesson.steps[0].value["blocks"][0].value)


def test_what_an_editor_changes_between_looking_and_saying_yes_is_kept_too(
    client: Client, empty: None
) -> None:
    bring_in(client, GOOD)
    sent = send(client, changed(LESSON, "Lees **rustig**", "Lees **goed**"))
    assert states(client.get(sent["Location"])) == {"Les een": "changed"}
    lesson = LessonPage.objects.get(slug="les-een")
    lesson.title = "Intussen"
    lesson.save_revision()
    done = client.post(sent["Location"], {}, follow=True)
    assert [part["state"] for part in done.context["outcome"]] == ["kept"]
    assert LessonPage.objects.get(slug="les-een").latest_revision.as_object().title == "Intussen"


def test_a_page_that_is_locked_is_kept(client: Client, empty: None) -> None:
    bring_in(client, GOOD)
    LessonPage.objects.filter(slug="les-een").update(locked=True)
    sent = send(client, changed(LESSON, "Lees **rustig**", "Lees **goed**"))
    assert states(client.get(sent["Location"])) == {"Les een": "kept"}
    client.post(sent["Location"], {})
    page = LessonPage.objects.get(slug="les-een")
    assert "rustig" in str(page.steps[0].value["blocks"][0].value)


def test_an_export_that_comes_back_where_it_was_made_changes_nothing(
    client: Client, empty: None, tmp_path: Path
) -> None:
    bring_in(client, GOOD)
    lesson = LessonPage.objects.get(slug="les-een")
    lesson.title = "Van de gemeente"
    lesson.save_revision().publish()
    page = LessonPackagePage.objects.get(slug="klein-pakket")
    exported = client.get(reverse("package_export_file", args=[page.pk]))
    assert exported["Content-Disposition"] == 'attachment; filename="klein-pakket-1.0.0.zip"'
    unpack(BytesIO(exported.content), tmp_path)
    assert b"Van de gemeente" in (tmp_path / LESSON).read_bytes()
    before = counts()
    sent = send(client, exported.content)
    assert client.get(sent["Location"]).context["parts"] == []
    client.post(sent["Location"], {})
    assert counts() == before


def test_a_hostile_zip_is_refused_in_words_and_nothing_is_kept(client: Client) -> None:
    """S-60, S-61."""
    before = counts()
    refused = send(client, {**GOOD, "../x.yaml": b"", "meer.zip": b"x"})
    assert refused.status_code == 422
    assert refused.context["refused"] == [
        "../x.yaml: Deze naam wijst naar een plek buiten het pakket.",
        "meer.zip: Dit is zelf een ingepakt bestand.",
    ]
    assert (PackageUpload.objects.count(), counts()) == (0, before)


def test_a_mistake_is_named_by_file_and_line_and_nothing_is_kept(client: Client) -> None:
    refused = send(client, changed(LESSON, "Lees **rustig**", "<script>alert(1)</script>"))
    assert refused.status_code == 422
    [problem] = refused.context["problems"]
    assert problem.file == LESSON
    page = refused.content.decode()
    assert f'<bdi dir="ltr">{LESSON}</bdi>, regel {problem.line}:' in page
    assert "In deze tekst mag dit niet staan: &lt;script&gt;. Haal het weg." in page
    assert "<script>alert" not in page
    assert PackageUpload.objects.count() == 0


def test_an_address_that_another_quiz_has_stops_all_of_it(client: Client, empty: None) -> None:
    sent = send(client, GOOD)
    Quiz.objects.create(slug="kleine-quiz", title="Al hier", what_you_can_do="<p>x</p>")
    before = counts()
    refused = client.post(sent["Location"], {})
    assert refused.status_code == 422
    assert refused.context["problems"][0].text.startswith("Een andere quiz op deze site heeft al")
    assert counts() == before


HARD = (
    "De verantwoordelijkheidsverdeling bemoeilijkt desalniettemin de informatievoorziening. " * 15
)


def test_hard_language_asks_for_a_reason_before_anything_comes_in(
    client: Client, empty: None
) -> None:
    files = changed(LESSON, "Lees **rustig**", HARD + "Lees **rustig**")
    sent = send(client, files)
    before = counts()
    asked = client.post(sent["Location"], {})
    assert (asked.status_code, asked.context["hard"]) == (422, ["Les een"])
    assert counts() == before
    client.post(sent["Location"], {"reason": "Dit is voor docenten bedoeld."})
    assert LessonPage.objects.live().filter(slug="les-een").exists()


def test_stopping_throws_the_file_away(client: Client) -> None:
    sent = send(client, GOOD)
    client.post(sent["Location"], {"cancel": "1"})
    assert PackageUpload.objects.count() == 0
    assert client.get(sent["Location"]).status_code == 404


def test_a_file_is_kept_for_its_sender_alone_and_not_for_long(
    client: Client, sign_in: Callable[[User], Client], admin_user: User
) -> None:
    sent = send(client, GOOD)
    other = sign_in(admin_user)
    assert other.get(sent["Location"]).status_code == 404
    assert other.post(sent["Location"], {"cancel": "1"}).status_code == 404
    send(client, GOOD)
    assert PackageUpload.objects.count() == 1  # one for each editor
    PackageUpload.objects.update(created_at=timezone.now() - timedelta(days=2))
    send(other, GOOD)
    assert PackageUpload.objects.count() == 1


def test_a_file_that_came_in_is_not_kept(client: Client, empty: None) -> None:
    bring_in(client, GOOD)
    assert bytes(PackageUpload.objects.get().content) == b""


def test_who_may_not_publish_may_not_bring_in(
    sign_in: Callable[[User], Client], package: LessonPackagePage
) -> None:
    set_up_editing()
    user = UserFactory()
    user.groups.add(Group.objects.get(name="Editors"))
    client = sign_in(user)
    assert client.get(reverse("package_import")).status_code in (302, 403)
    assert send(client, GOOD).status_code in (302, 403)
    assert PackageUpload.objects.count() == 0
    assert client.get(reverse("package_export", args=[package.pk])).status_code == 200
    assert "Lespakket inlezen" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_a_package_has_a_button_to_take_it_out(client: Client, package: LessonPackagePage) -> None:
    address = reverse("package_export", args=[package.pk])
    for screen in (
        reverse("wagtailadmin_pages:edit", args=[package.pk]),
        reverse("wagtailadmin_explore", args=[package.get_parent().pk]),
    ):
        assert address in client.get(screen).content.decode(), screen
    assert "Lespakket inlezen" in client.get(reverse("wagtailadmin_home")).content.decode()


def test_a_package_that_nobody_could_read_says_what_is_wrong(
    client: Client, package: LessonPackagePage, lesson: LessonPage
) -> None:
    lesson.minutes += 5
    lesson.save_revision().publish()
    page = client.get(reverse("package_export", args=[package.pk]))
    assert page.context["problems"][0].text.startswith("De stappen duren samen")
    file = client.get(reverse("package_export_file", args=[package.pk]))
    assert file["Location"] == reverse("package_export", args=[package.pk])


def test_loading_by_command_still_leaves_alone_what_is_the_same() -> None:
    load_small_package()
    assert load_small_package().changed == []
