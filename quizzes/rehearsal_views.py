"""Once more the questions that went otherwise, for oneself: nothing of it is stored."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from quizzes.answer_views import message_for
from quizzes.editions import QuestionInEdition
from quizzes.forms import read_given
from quizzes.grading import UnusableAnswerError
from quizzes.models import Attempt
from quizzes.queries import counted_answers, get_edition
from quizzes.rendering import feedback_html, with_lesson
from quizzes.speaking import render_page
from quizzes.views import attempt_or_404, explains, lesson_path


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def rehearse(request: HttpRequest, slug: str, attempt: UUID) -> HttpResponse:
    """One of the questions that were not right, as a plain form. 2 queries; writes nothing."""
    own = attempt_or_404(request, slug, attempt)
    edition = get_edition(own.shown_id)
    if own.submitted_at is None or not explains(edition, own):
        raise Http404
    wrong = not_right(own)
    here = reverse("quizzes:rehearse", args=[slug, attempt])
    context: dict[str, Any] = {
        "quiz_title": edition.content["title"],
        "result_url": with_lesson(
            reverse("quizzes:result", args=[slug, attempt]), lesson_path(request)
        ),
        "scripts": edition.scripts,
        "wrong_count": len(wrong),
        "here": here,
    }
    asked = _asked(request.GET.get("vraag"), wrong)
    if asked is None:
        return render_page(request, "quizzes/rehearsal.html", context, edition.language)
    place = wrong.index(asked)
    context |= {
        "question": asked.public,
        "place": place + 1,
        "next_number": wrong[place + 1].number if place + 1 < len(wrong) else None,
    }
    if request.method != "POST":
        return render_page(request, "quizzes/rehearsal.html", context, edition.language)
    sent = read_given(request.POST)
    try:
        given = asked.type.clean(asked.content, sent)
    except UnusableAnswerError as error:
        context |= {
            "error_message": message_for(asked, error),
            "chosen": sent["choice"],
            "chosen_reason": sent["reason"],
            "chosen_sure": sent["sure"],
        }
        return render_page(request, "quizzes/rehearsal.html", context, edition.language, status=422)
    mark = asked.type.mark(asked.content, given)
    context |= {
        "mark": mark,
        "feedback": feedback_html(edition.edition_id, attempt, asked.key, given, mark),
    }
    return render_page(request, "quizzes/rehearsal.html", context, edition.language)


def not_right(own: Attempt) -> list[QuestionInEdition]:
    """The marked questions of an attempt that did not get all their points. 1 query."""
    answered = counted_answers(own)
    return [
        question
        for question in get_edition(own.shown_id).arranged_for(own.key).questions
        if answered[question.key][1].is_marked and not answered[question.key][1].is_right
    ]


def _asked(said: str | None, wrong: list[QuestionInEdition]) -> QuestionInEdition | None:
    """The question with this number, the first when none is said; ``None`` when there is none."""
    if said is None:
        return wrong[0] if wrong else None
    return next((question for question in wrong if str(question.number) == said), None)
