"""Why a lesson is published whose language is harder than the norm."""

from __future__ import annotations

from typing import cast

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from accounts.models import User
from editorial.reason_views import ReasonView
from lessons.models import LessonPage


class LessonReasonView(ReasonView):
    model = LessonPage

    def may_publish(self) -> bool:
        may: bool = self.thing.permissions_for_user(self.request.user).can_publish()
        return may

    def edit_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.thing.pk])

    def go_on(self) -> HttpResponse:
        self.revision.publish(user=cast(User, self.request.user))
        title = {"title": self.revision.as_object().title}
        messages.success(self.request, _("‘%(title)s’ is gepubliceerd.") % title)
        return redirect(self.edit_url())
