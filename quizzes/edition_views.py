"""What an editor sees of editions: the choice when publishing, the list, what differs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.models import Revision, Task, TaskState

from accounts.models import User
from editorial.models import APPROVALS
from editorial.reasons import asks_for_reason
from quizzes.difference_texts import in_words, summary
from quizzes.editions import compare
from quizzes.models import Edition, Quiz
from quizzes.permissions import can_publish_quiz, can_see_editions
from quizzes.publishing import (
    EditionTooLargeError,
    NotACorrectionError,
    UnfitQuestionsError,
    UnpublishableError,
    content_to_publish,
    publish_edition,
)
from quizzes.queries import edition_history, editions_of, open_attempt_count
from quizzes.quiz_screen import QuizScreen, url_of
from quizzes.stale import behind_original

CORRECTION, EDITION = "correction", "edition"
APPROVES = "approves"  # in an address: the number of the task that publishing finishes
PER_PAGE = 20


def refusal_text(error: UnpublishableError) -> str:
    """Why a draft may not go to learners, and what to do."""
    if isinstance(error, EditionTooLargeError):
        return too_large_text(error.size)
    return unfit_text(error.numbers if isinstance(error, UnfitQuestionsError) else [])


def too_large_text(size: int) -> str:
    return _(
        "De quiz is %(size)s MB, en mag niet groter zijn dan 1 MB: een hele klas haalt hem "
        "tegelijk op. Maak er twee quizzen van, of maak lange teksten korter. Je concept is "
        "opgeslagen."
    ) % {"size": f"{size / 1_000_000:.1f}".replace(".", ",")}


def unfit_text(numbers: list[int]) -> str:
    if not numbers:
        return _(
            "Een toets heeft minstens één vraag met een goed antwoord nodig. Voeg er een toe, of "
            "kies bij 'soort' iets anders. Je concept is opgeslagen."
        )
    return ngettext(
        "Vraag %(numbers)s heeft een goed antwoord. Dat past niet bij een zelfscan of peiling. "
        "Haal die vraag weg, of kies bij 'soort' iets anders. Je concept is opgeslagen.",
        "De vragen %(numbers)s hebben een goed antwoord. Dat past niet bij een zelfscan of "
        "peiling. Haal die vragen weg, of kies bij 'soort' iets anders. Je concept is opgeslagen.",
        len(numbers),
    ) % {"numbers": ", ".join(map(str, numbers))}


class EditionView(QuizScreen):
    """A screen about the editions of one quiz."""

    def is_allowed(self) -> bool:
        return can_see_editions(self.request.user)


def url_to_approve(
    quiz: Quiz, state: TaskState, action: str, found: Mapping[str, Any]
) -> str | None:
    """Where to see what approving publishes; ``None`` when it changes nothing that learners see.

    ``found`` is what the reviewer filled in, a comment or a checklist; it goes along in the
    address. Only the last task of a workflow publishes. 2 queries, and those of the draft.
    """
    draft: Quiz = quiz.get_latest_revision_as_object()
    form = state.task.specific.get_form_for_action(action)(found)
    if not form.is_valid() or not finishes_workflow(state) or not changes_something(draft):
        return None
    kept = {name: found[name] for name in form.fields if found.get(name)}
    query = urlencode({APPROVES: state.pk, **kept})
    return f"{url_of('publish', quiz, quiz.latest_revision_id)}?{query}"


def finishes_workflow(state: TaskState) -> bool:
    """Whether nothing else has to be approved after this."""
    workflow = state.workflow_state
    return (
        not Task.objects.filter(workflow_tasks__workflow=workflow.workflow, active=True)
        .exclude(task_states__in=workflow.successful_task_states)
        .exclude(pk=state.task_id)
        .exists()
    )


def changes_something(draft: Quiz) -> bool:
    """Whether learners would see another quiz at once than they see now. 1 query, and those of
    the draft."""
    if draft.go_live_at and draft.go_live_at > timezone.now():
        return False
    newest = Edition.objects.made_of(draft.pk).newest().first()
    return newest is not None and newest.content != content_to_publish(draft)


class PublishForm(forms.Form):
    """What kind of change it is; the editor says so."""

    kind = forms.ChoiceField(
        choices=[(CORRECTION, CORRECTION), (EDITION, EDITION)],
        error_messages={"required": gettext_lazy("Kies wat voor verandering het is.")},
    )


class PublishView(EditionView):
    """After pressing publish: what changes for learners, and for whom."""

    template_name = "quizzes/admin/publish.html"
    page_title = gettext_lazy("Publiceren")
    form: PublishForm | None = None

    def is_allowed(self) -> bool:
        return super().is_allowed() or self.task_state is not None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_publish_quiz(request.user) and self.task_state is None:
            raise PermissionDenied
        lock = self.draft.get_lock()
        if lock and lock.for_user(request.user):
            messages.error(request, _("De quiz is op slot. Je concept is opgeslagen."))
            return redirect(url_of("edit", self.quiz))
        if self.task_state is None and asks_for_reason(self.revision):
            return redirect(url_of("language", self.quiz, self.revision.pk))
        try:
            self.content = content_to_publish(self.draft)
        except UnpublishableError as error:
            messages.error(request, refusal_text(error))
            return redirect(url_of("edit", self.quiz))
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def revision(self) -> Revision:
        return get_object_or_404(self.quiz.revisions, pk=self.kwargs["revision"])

    @cached_property
    def draft(self) -> Quiz:
        return self.revision.as_object()

    @cached_property
    def newest(self) -> Edition:
        edition = Edition.objects.made_of(self.quiz).newest().first()
        if edition is None:
            raise Http404
        return edition

    @cached_property
    def task_state(self) -> TaskState | None:
        """What is approved by publishing, when the editor came here to approve it."""
        wanted = self.request.GET.get(APPROVES, "")
        state = self.quiz.current_workflow_task_state
        if not wanted or state is None or str(state.pk) != wanted:
            return None
        return state.specific if self.approval else None

    @cached_property
    def approval(self) -> str:
        """By which action this person may approve it now; "" for who may not."""
        task = self.quiz.current_workflow_task
        actions = task.get_actions(self.quiz, self.request.user) if task else []
        return next((name for name, *_rest in actions if name in APPROVALS), "")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.revision.is_latest_revision():
            messages.warning(
                request, _("De quiz is intussen veranderd. Kijk nog eens wat er anders wordt.")
            )
            newest = url_of("publish", self.quiz, self.quiz.latest_revision_id)
            query = request.GET.urlencode()
            return redirect(f"{newest}?{query}" if query else newest)
        if APPROVES in request.GET and self.task_state is None:
            messages.error(
                request, _("Deze quiz wacht niet meer op jouw oordeel. Er is niets gepubliceerd.")
            )
            return redirect(url_of("edit", self.quiz))
        self.form = PublishForm(request.POST)
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(), status=422)
        try:
            is_correction = self.form.cleaned_data["kind"] == CORRECTION
            self.publish(cast(User, request.user), as_correction=is_correction)
        except NotACorrectionError:
            self.form.add_error(
                "kind", _("Dit is meer dan spelling: kijk bij elke verandering waarom.")
            )
            return self.render_to_response(self.get_context_data(), status=422)
        return redirect(url_of("editions", self.quiz))

    @transaction.atomic
    def publish(self, user: User, *, as_correction: bool) -> None:
        edition = publish_edition(quiz=self.draft, user=user, as_correction=as_correction)
        # Wagtail's signal comes after this, and finds nothing left to do.
        if self.task_state is None:
            self.revision.publish(user=user)
        else:
            task = self.task_state.task.specific
            found = task.get_form_for_action(self.approval)(self.request.GET)
            if not found.is_valid():
                raise PermissionDenied
            task.on_action(self.task_state, user, self.approval, **found.cleaned_data)
        about = {"title": self.quiz.title, "number": edition.number}
        if as_correction:
            text = _("‘%(title)s’ is verbeterd, ook voor wie al bezig is (uitgave %(number)s).")
        else:
            text = _("‘%(title)s’ is gepubliceerd als uitgave %(number)s.")
        messages.success(self.request, text % about)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = compare(self.newest.content, self.content)
        return {
            **super().get_context_data(**kwargs),
            "quiz": self.quiz,
            "newest": self.newest,
            "form": self.form,
            "groups": in_words(found),
            "may_correct": found.is_wording,
            "open_count": open_attempt_count(self.newest),
            "edit_url": url_of("edit", self.quiz),
            "approves": self.task_state is not None,
        }


class EditionListView(EditionView):
    """All editions of a quiz: when, by whom, what was otherwise, how many attempts."""

    template_name = "quizzes/admin/editions.html"
    page_title = gettext_lazy("Uitgaven")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        paginator = Paginator(editions_of(self.quiz), PER_PAGE)
        behind = behind_original(self.quiz)
        page = paginator.get_page(self.request.GET.get("p"))
        return {
            **super().get_context_data(**kwargs),
            "quiz": self.quiz,
            "page": page,
            "behind": in_words(behind) if behind is not None else [],
            "entries": [
                {
                    "edition": one.edition,
                    "attempt_count": one.attempt_count,
                    "changes": summary(one.changes) if one.changes is not None else "",
                    "is_first": one.changes is None,
                }
                for one in edition_history(self.quiz, list(page.object_list))
            ],
        }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """With two numbers of the list: on to what differs between them."""
        numbers = [request.GET.get(name, "") for name in ("van", "naar")]
        if all(number.isdecimal() for number in numbers):
            return redirect(url_of("edition_differences", self.quiz, *map(int, numbers)))
        return super().get(request, *args, **kwargs)


class EditionDifferencesView(EditionView):
    """What differs between any two editions of a quiz."""

    template_name = "quizzes/admin/edition_differences.html"
    page_title = gettext_lazy("Wat er anders is")

    def trail(self) -> list[dict[str, Any]]:
        return [{"url": url_of("editions", self.quiz), "label": _("Uitgaven")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        numbers = sorted({self.kwargs["before"], self.kwargs["after"]})
        own = Edition.objects.made_of(self.quiz)
        editions = list(own.filter(number__in=numbers).newest())
        if len(editions) != len(numbers):
            raise Http404
        newer, older = editions[0], editions[-1]
        return {
            **super().get_context_data(**kwargs),
            "older": older,
            "newer": newer,
            "groups": in_words(compare(older.content, newer.content)),
            "editions_url": url_of("editions", self.quiz),
        }
