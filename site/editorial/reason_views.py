"""Pressing publish on what is hard to read, or holds a word to avoid: the draft is saved, and a
reason is asked for."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Revision

from editorial.reason_forms import ReasonForm
from editorial.reasons import asks_for_reason, keep_reason


class ReasonView(WagtailAdminTemplateMixin, TemplateView):
    """An app says for which model, who may publish it, and how it goes on."""

    template_name = "editorial/admin/reason.html"
    page_title = gettext_lazy("Taal")
    header_icon = "glasses"
    model: Any = None
    form: ReasonForm | None = None

    @cached_property
    def thing(self) -> Any:
        return get_object_or_404(self.model, pk=self.kwargs["pk"])

    @cached_property
    def revision(self) -> Revision:
        return get_object_or_404(self.thing.revisions, pk=self.kwargs["revision"])

    def may_publish(self) -> bool:
        raise NotImplementedError

    def edit_url(self) -> str:
        raise NotImplementedError

    def go_on(self) -> HttpResponse:
        """Publishes, or on to what must be chosen before that."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.may_publish():
            raise PermissionDenied
        lock = self.thing.get_lock()
        if lock and lock.for_user(request.user):
            messages.error(request, _("Dit is op slot. Je concept is opgeslagen."))
            return redirect(self.edit_url())
        if not self.revision.is_latest_revision():
            messages.warning(request, _("Het is intussen veranderd. Druk nog eens op publiceren."))
            return redirect(self.edit_url())
        self.report = asks_for_reason(self.revision)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.report is None:
            return self.go_on()
        self.form = ReasonForm(request.POST)
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(), status=422)
        keep_reason(
            revision=self.revision,
            report=self.report,
            reason=self.form.cleaned_data["reason"],
            user=request.user,
        )
        return self.go_on()

    def get_page_subtitle(self) -> str:
        return str(self.revision.as_object())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": self.edit_url(), "label": self.get_page_subtitle()},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "report": self.report,
            "form": self.form or ReasonForm(),
            "edit_url": self.edit_url(),
        }
