"""The question bank: to find a question, look at it with its key, and copy it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ClassVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import IndexView

from quizzes.bank import with_own_ids
from quizzes.bank_actions import LockedQuizError, copy_question
from quizzes.bank_forms import BankFilters, ChooseForm, CopyForm
from quizzes.models import BankQuestion, Question
from quizzes.permissions import POLICY, can_use_bank
from quizzes.previews import shown
from quizzes.speaking import render_page

PER_PAGE = 30
PER_CHOICE = 10


def for_editors(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can_use_bank(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def address(question: BankQuestion, name: str) -> str:
    return reverse(f"question_bank:{name}", args=[question.quiz.key, question.key])


def found_or_404(quiz: UUID, question: UUID) -> BankQuestion:
    return get_object_or_404(
        BankQuestion.objects.select_related("quiz"), quiz__key=quiz, key=question
    )


class BankView(IndexView):
    model = BankQuestion
    permission_policy = POLICY  # that of quizzes: who may change those
    any_permission_required: ClassVar = ["change"]
    page_title = _("Vragenbank")
    header_icon = "list-ul"
    index_url_name = "question_bank:index"
    index_results_url_name = "question_bank:index_results"
    filterset_class = BankFilters
    is_searchable = True
    paginate_by = PER_PAGE
    default_ordering = ("quiz__title", "quiz", "number")
    columns = (
        TitleColumn("prompt", label=_("Vraag"), get_url=lambda question: address(question, "show")),
        Column("kind", label=_("Soort"), accessor="kind_label"),
        Column("signal", label=_("Signaal")),
        Column("form", label=_("Vorm van uitbuiting"), accessor="form_label"),
        Column("quiz", label=_("Quiz")),
        Column("live", label=_("Online"), accessor=lambda question: yes_no(question.quiz.live)),
    )

    def get_base_queryset(self) -> Any:
        return BankQuestion.objects.select_related("quiz")

    def search_queryset(self, queryset: Any) -> Any:
        return queryset.holding(self.search_query) if self.is_searching else queryset


def yes_no(is_so: bool) -> str:
    return gettext("ja") if is_so else gettext("nee")


@for_editors
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The list for the editor of a quiz, as a piece of a page. 3 queries."""
    form = ChooseForm(request.GET, auto_id="bank-%s")
    form.is_valid()
    wish = form.cleaned_data
    questions = BankQuestion.objects.select_related("quiz").holding(wish.get("zoek") or "")
    if wish.get("soort"):
        questions = questions.filter(kind=wish["soort"])
    if wish.get("vorm"):
        questions = questions.filter(form=wish["vorm"])
    page = Paginator(questions, PER_CHOICE).get_page(request.GET.get("p"))
    return render(request, "quizzes/admin/choose.html", {"form": form, "page": page})


@for_editors
@require_safe
def show(request: HttpRequest, quiz: UUID, question: UUID) -> HttpResponse:
    """One question with its key, where it stands, and a way to copy it."""
    found = found_or_404(quiz, question)
    same = BankQuestion.objects.filter(origin=found.origin).select_related("quiz")
    context = {
        "found": found,
        "same": same.exclude(pk=found.pk),
        "beliefs": found.beliefs.splitlines(),
        "form": CopyForm(),
    }
    return render(request, "quizzes/admin/bank_question.html", context)


@for_editors
@require_safe
@xframe_options_sameorigin
def preview(request: HttpRequest, quiz: UUID, question: UUID) -> HttpResponse:
    """The question as on the site, with the key; for the frame in the admin."""
    found = found_or_404(quiz, question)
    entry = shown(Question(key=found.key, body=found.get_stream()), found.number)
    scripts = {entry.question.type.script} - {""} if entry.question else set()
    context = {
        "title": found.quiz.title,
        "mode": "teacher",
        "entries": [entry],
        "scripts": sorted(scripts),
        "with_key": True,
    }
    response = render_page(request, "quizzes/preview.html", context, found.quiz.language)
    response._csp_replace = {"frame-ancestors": ["'self'"]}  # type: ignore[attr-defined]
    return response


@for_editors
@require_safe
def block(request: HttpRequest, quiz: UUID, question: UUID) -> JsonResponse:
    """The question as the editor's form takes it in, with ids of its own."""
    found = found_or_404(quiz, question)
    found.body = with_own_ids(found.body)
    child = found.get_stream()[0]
    return JsonResponse(
        {
            "type": child.block_type,
            "value": child.block.get_form_state(child.value),
            "copiedFrom": str(found.key),
            "copiedFromQuiz": str(found.quiz.key),
        }
    )


@for_editors
@require_POST
def copy(request: HttpRequest, quiz: UUID, question: UUID) -> HttpResponse:
    """Adds it to the draft of another quiz, and opens that."""
    found = found_or_404(quiz, question)
    form = CopyForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Kies een quiz."))
        return redirect(address(found, "show"))
    into = form.cleaned_data["into"]
    try:
        copy_question(found=found, into=into, user=request.user)  # type: ignore[arg-type]
    except LockedQuizError:
        messages.error(request, gettext("Die quiz is vergrendeld. Er is niets gekopieerd."))
        return redirect(address(found, "show"))
    messages.success(request, gettext("De vraag staat nu onderaan in het concept van deze quiz."))
    return redirect("wagtailsnippets_quizzes_quiz:edit", into.pk)
