"""Taking a package out of the site, and bringing one in with a look at what it would do."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from lessons.import_actions import (
    ReasonNeededError,
    forget_upload,
    import_package,
    keep_upload,
    read_upload,
)
from lessons.models import LessonPackagePage, PackageUpload
from lessons.package_archive import RefusedArchiveError
from lessons.package_files import PackageError
from lessons.package_forms import ConfirmForm, UploadForm
from lessons.package_plan import KEPT, UNCHANGED, plan
from lessons.package_problems import Told, told
from lessons.package_words import DONE, KINDS, STATES, counted, refusal_lines, rows
from lessons.package_writing import is_original, write_package
from lessons.package_zip import pack
from lessons.permissions import can_export_package, can_import_packages

MOST_SHOWN = 100  # problems, or differences of one part


class PackageScreen(WagtailAdminTemplateMixin, TemplateView):
    header_icon = "doc-full"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def show(self, status: int = 200, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**context), status=status)


class ExportMixin:
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        pages = LessonPackagePage.objects.select_related("locale", "image")
        self.package = get_object_or_404(pages, pk=kwargs["pk"])
        if not can_export_package(request.user, self.package) or not is_original(self.package):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc, no-any-return]


class ExportView(ExportMixin, PackageScreen):
    """What goes along, what stays behind and why, and the file."""

    page_title = gettext_lazy("Pakket exporteren")
    template_name = "lessons/admin/package_export.html"

    def get_page_subtitle(self) -> str:
        return str(self.package)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {**super().get_context_data(**kwargs), "package": self.package}
        try:
            return {**context, "written": write_package(self.package)}
        except PackageError as error:
            return {**context, "problems": problems_of(error)}


class ExportFileView(ExportMixin, View):
    http_method_names = ("get", "head", "options")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            written = write_package(self.package)
        except PackageError:
            return redirect("package_export", self.package.pk)
        response = HttpResponse(pack(written.files()), content_type="application/zip")
        name = f"{self.package.slug}-{written.original.package.version}.zip"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "no-store"  # it holds the keys of its quizzes
        return response


class ImportScreen(PackageScreen):
    page_title = gettext_lazy("Lespakket inlezen")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_import_packages(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ImportView(ImportScreen):
    """To send a file. What is refused is told here, and nothing is kept of it."""

    template_name = "lessons/admin/package_import.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(form=UploadForm())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(422, form=form)
        sent = form.cleaned_data["package"]
        try:
            upload = keep_upload(
                user=request.user,  # type: ignore[arg-type]
                file_name=sent.name,
                packed=sent.read(),
                now=timezone.now(),
            )
        except RefusedArchiveError as error:
            return self.show(422, form=UploadForm(), refused=refusal_lines(error.refusals))
        except PackageError as error:
            return self.show(422, form=UploadForm(), problems=problems_of(error))
        return redirect("package_import_preview", upload.key)


def problems_of(error: PackageError) -> list[Told]:
    return told(error.problems[:MOST_SHOWN])


class PreviewView(ImportScreen):
    """What it would do, part by part; to say yes or no; and afterwards what it did."""

    template_name = "lessons/admin/package_preview.html"

    @cached_property
    def upload(self) -> PackageUpload:
        """Somebody else's is not there."""
        uploads = PackageUpload.objects.filter(user=self.request.user.pk)
        return get_object_or_404(uploads, key=self.kwargs["key"])

    def get_page_subtitle(self) -> str:
        return self.upload.file_name

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.upload.outcome is not None:
            return self.outcome(self.upload.outcome)
        return self.preview(ConfirmForm())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "cancel" in request.POST:
            forget_upload(upload=self.upload)
            messages.success(request, _("Er is niets ingelezen. Het bestand is weg."))
            return redirect("package_import")
        form = ConfirmForm(request.POST)
        if not form.is_valid():
            return self.preview(form, 422, asks_reason=True)
        try:
            import_package(
                upload=self.upload,
                user=request.user,  # type: ignore[arg-type]
                reason=form.cleaned_data["reason"],
            )
        except ReasonNeededError as error:
            form = ConfirmForm(request.POST, asks_reason=True)
            return self.preview(form, 422, asks_reason=True, hard=error.titles)
        except PackageError as error:
            return self.show(422, problems=problems_of(error))
        messages.success(request, _("Het pakket is ingelezen."))
        return redirect("package_import_preview", self.upload.key)

    def preview(self, form: ConfirmForm, status: int = 200, **context: Any) -> HttpResponse:
        try:
            read = read_upload(bytes(self.upload.content))
        except PackageError as error:  # something changed here since, such as a helpline
            return self.show(422, problems=problems_of(error))
        parts = plan(read.content, read.translations)
        shown = [
            {
                "kind": KINDS[part.kind],
                "title": part.title,
                "language": part.language,
                "state": part.state,
                "state_text": STATES[part.state],
                "is_kept": part.state == KEPT,
                "rows": rows(part.differences[:MOST_SHOWN]),
                "is_open": part.state == KEPT,
            }
            for part in parts
            if part.state != UNCHANGED
        ]
        return self.show(
            status,
            package=read.content.package,
            parts=shown,
            counts=counted(parts, STATES),
            is_any=any(part.is_written for part in parts),
            form=form,
            **context,
        )

    def outcome(self, parts: list[dict[str, Any]]) -> HttpResponse:
        page = LessonPackagePage.objects.filter(key=parts[0]["key"]).first()
        shown = [
            {**part, "kind": KINDS[part["kind"]], "state_text": DONE[part["state"]]}
            for part in parts
            if part["state"] != UNCHANGED
        ]
        edit = reverse("wagtailadmin_explore", args=[page.pk]) if page else ""
        return self.show(outcome=shown, counts=counted(parts, DONE), explore_url=edit)
