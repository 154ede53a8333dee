"""Wagtail's screens for a quiz, which say which question an error is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.snippets.views import snippets

from editorial.models import APPROVALS
from quizzes.edition_views import refusal_text, url_to_approve
from quizzes.problems import Problem, problems_in, sentences_about
from quizzes.publishing import UnpublishableError, content_to_publish


def questions_in(form: Any) -> list[Any]:
    """The forms of the questions that stay, in the order on the screen."""
    formset = form.formsets["questions"]
    kept = [one for one in formset.forms if not formset._should_delete_form(one)]
    orders = [one.data.get(f"{one.prefix}-ORDER") or "" for one in kept]
    places = [int(order) if order.isdecimal() else len(kept) for order in orders]
    return [one for _place, _index, one in sorted(zip(places, range(len(kept)), kept, strict=True))]


def problems_in_form(form: Any) -> Iterator[tuple[int, str, Problem]]:
    """Of each question that is not right: its number, the id of its place, and what it is."""
    for number, question in enumerate(questions_in(form), start=1):
        place = f"inline_child_{question.prefix}"
        for field, errors in question.errors.as_data().items():
            body = question["body"].value() if field == "body" else None
            for error in errors:
                if body is None:
                    yield number, place, Problem((), " ".join(error.messages))
                    continue
                for problem in problems_in(error, body.stream_block, body):
                    yield number, place, problem


def in_a_list(problems: Iterator[tuple[int, str, Problem]]) -> SafeString:
    """Each with a link to its question."""
    return format_html_join(
        "",
        '<li><a href="#{}">{}</a></li>',
        ((place, problem.in_question(number)) for number, place, problem in problems),
    )


class NamesProblems:
    """Of a form that is not right: which questions, and where in them."""

    def form_valid(self, form: Any) -> Any:
        """Saves. An address that somebody else took since the form was found right is an error at
        its field, and nothing is saved."""
        try:
            with transaction.atomic():
                return super().form_valid(form)  # type: ignore[misc]
        except IntegrityError:
            try:
                form.instance.check_address()
            except ValidationError as taken:
                form.add_error(None, taken)
            else:
                raise
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            return self.form_invalid(form)

    def form_invalid(self, form: Any) -> Any:
        # Of a locked quiz, or one that somebody else saved since, Wagtail looks at no field.
        was_looked_at = form._errors is not None
        told = self.produced_error_message  # type: ignore[has-type]
        if was_looked_at and told and (listed := in_a_list(problems_in_form(form))):
            self.produced_error_message = format_html("{} <ul>{}</ul>", told, listed)
        return super().form_invalid(form)  # type: ignore[misc]


class QuizWorkflowActionView(snippets.WorkflowActionView):
    """Approving publishes the newest draft, which may be unfinished: then nothing is approved.
    What it changes for learners is first shown."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and self.action_name in APPROVALS:
            draft = self.object.get_latest_revision_as_object()
            try:
                content_to_publish(draft)
            except UnpublishableError as error:
                messages.error(request, refusal_text(error))
                return redirect(self.redirect_url)
            found = sentences_about(draft)
            if found:
                told = _("De quiz is nog niet af, en kan zo niet online.")
                listed = format_html_join("", "<li>{}</li>", ((sentence,) for sentence in found))
                messages.error(request, format_html("{} <ul>{}</ul>", told, listed))
                return redirect(self.redirect_url)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        url = None
        if self.action_name in APPROVALS:
            url = url_to_approve(self.object, self.task_state, self.action_name, request.POST)
        if url is None:
            response: HttpResponse = super().post(request, *args, **kwargs)
            return response
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            shown: HttpResponse = self.render_modal_json(
                request, {"step": "success", "redirect": url}
            )
            return shown
        return redirect(url)
