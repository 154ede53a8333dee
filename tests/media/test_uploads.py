"""S-52: what an editor uploads can never act as a page of ours."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from media.models import CustomImage

GOOD = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 5"><path d="M0 0h1"/></svg>'
EVIL = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 5"><script>x</script></svg>'


def store(name: str, content: bytes = GOOD) -> str:
    return default_storage.save(name, ContentFile(content))


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_a_picture_is_shown_and_kept_for_a_year(client: Client) -> None:
    response = client.get("/uploads/" + store("original_images/zon.svg"))
    assert body(response) == GOOD
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["Content-Disposition"] == "inline"


@pytest.mark.parametrize(
    "name",
    ["original_images/zon.svg", "documents/brief.pdf", "documents/pagina.html", "images/x.html"],
)
def test_no_upload_can_run_a_script(client: Client, name: str) -> None:
    response = client.get("/uploads/" + store(name))
    body(response)
    policy = response.headers["Content-Security-Policy"].split("; ")
    assert policy == [
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "frame-ancestors 'none'",
        "sandbox",
    ]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "html" not in response.headers["Content-Type"]


@pytest.mark.parametrize("name", ["documents/brief.pdf", "documents/zon.svg", "images/x.html"])
def test_all_but_pictures_is_a_download_and_never_cached(client: Client, name: str) -> None:
    response = client.get("/uploads/" + store(name))
    body(response)
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    [
        "original_images/weg.svg",
        "original_images/",
        "original_images",
        "../manage.py",
        "original_images/../../manage.py",
        "original_images/..%2f..%2fmanage.py",
        "/etc/passwd",
        "original_images//etc/passwd",
        "original_images/%00.svg",
        "geheim/x.svg",
        "x.svg",
    ],
)
def test_what_is_not_an_upload_is_a_404(client: Client, path: str) -> None:
    store("geheim/x.svg")
    assert client.get(f"/uploads/{path}").status_code == 404


def upload(client: Client, content: bytes, **fields: str):
    file = SimpleUploadedFile("zon.svg", content, "image/svg+xml")
    data = {"title": "Zon", "file": file, "collection": "1", "description": "Een zon", **fields}
    return client.post(reverse("wagtailimages:add"), data)


@pytest.mark.django_db
def test_an_editor_uploads_a_drawing(admin_client: Client) -> None:
    assert upload(admin_client, GOOD).status_code == 302
    image = CustomImage.objects.get()
    assert (image.width, image.height) == (8, 5)
    assert image.file.name.startswith("original_images/zon-")


@pytest.mark.django_db
def test_a_drawing_with_a_script_is_refused_with_the_reason(admin_client: Client) -> None:
    response = upload(admin_client, EVIL)
    assert response.status_code == 200
    assert "doet meer dan tekenen" in response.content.decode()
    assert not CustomImage.objects.exists()


@pytest.mark.django_db
def test_many_at_once_are_checked_as_well(admin_client: Client) -> None:
    url = reverse("wagtailimages:add_multiple")
    file = SimpleUploadedFile("zon.svg", EVIL, "image/svg+xml")
    answer = admin_client.post(url, {"title": "Zon", "files[]": file, "collection": "1"})
    assert answer.json()["success"] is False
    assert not CustomImage.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields", [{"description": ""}, {"description": "Een zon", "is_decorative": "on"}]
)
def test_a_picture_needs_a_text_or_only_decorates(
    admin_client: Client, fields: dict[str, str]
) -> None:
    response = upload(admin_client, GOOD, **fields)
    assert "alleen versiering" in response.content.decode()
    assert not CustomImage.objects.exists()


@pytest.mark.django_db
def test_a_decoration_needs_no_text(admin_client: Client) -> None:
    upload(admin_client, GOOD, description="", is_decorative="on")
    assert CustomImage.objects.get().default_alt_text == ""


@pytest.mark.django_db
def test_the_same_file_name_never_comes_back(admin_client: Client) -> None:
    upload(admin_client, GOOD)
    upload(admin_client, GOOD)
    first, second = CustomImage.objects.values_list("file", flat=True)
    assert first != second
