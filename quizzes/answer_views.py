"""The one endpoint that saves: an answer from a plain form, or from a browser's queue."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts.cookies import learner_token, set_learner_cookie
from quizzes.actions import (
    AlreadyAnsweredError,
    KeyReusedError,
    NoMoreAttemptsError,
    NotYoursError,
    SavedAnswer,
    UnknownAttemptError,
    save_answer,
)
from quizzes.addresses import question_address, result_address
from quizzes.editions import CompiledEdition, QuestionInEdition
from quizzes.forms import AnswerForm, MalformedAnswerError, read_answer, wants_json
from quizzes.grading import UnusableAnswerError
from quizzes.in_step import StepQuestion, attempt_from_step
from quizzes.rendering import feedback_html, question_context, with_lesson
from quizzes.speaking import render_page
from quizzes.step_rendering import open_context
from quizzes.views import edition_or_404, lesson_path, step_place, where


@csrf_exempt
@require_POST
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """Saves one answer; says so only after it is on disk. See ``actions.save_answer``."""
    try:
        form = read_answer(request)
        edition = edition_or_404(slug, form.edition)
        saved = save_answer(
            token=learner_token(request),
            edition=edition,
            attempt_key=attempt_of(request, edition, form),
            question_key=form.question,
            answer_key=form.key,
            sent=form.sent,
            learner_tag=form.learner_tag,
            now=timezone.now(),
        )
    except MalformedAnswerError as error:
        return refused(
            request,
            400,
            "malformed",
            _("Er ging iets mis. Laad de pagina opnieuw."),
            field=str(error),
        )
    except UnusableAnswerError as error:
        return unusable(request, slug, edition, form, error)
    except AlreadyAnsweredError as error:
        return respond(request, slug, edition, error.saved, conflict=True)
    except KeyReusedError:
        return refused(request, 422, "key_reused", _("Dit antwoord was al opgeslagen."))
    except NoMoreAttemptsError:
        message = _("Je hebt deze quiz al zo vaak gedaan als kan. Je eerdere antwoorden tellen.")
        return refused(request, 422, "no_more_attempts", message)
    except NotYoursError:
        return refused(request, 401, "not_yours", _("Vul eerst je terugkeercode in."))
    except UnknownAttemptError:
        return refused(request, 404, "unknown", _("Deze quiz vinden we niet meer."))
    except (OperationalError, InterfaceError):
        return refused(request, 503, "busy", _("Nog niet opgeslagen. Probeer het zo nog eens."))
    return respond(request, slug, edition, saved)


def attempt_of(request: HttpRequest, edition: CompiledEdition, form: AnswerForm) -> UUID:
    """The attempt that the browser names; from a step of a lesson, the one that it belongs to."""
    if not step_place(request):
        return form.attempt
    return attempt_from_step(
        token=learner_token(request),
        learner_tag=form.learner_tag,
        edition=edition,
        page_attempt=form.attempt,
        answer_key=form.key,
    )


def refused(
    request: HttpRequest, status: int, error: str, message: str, **more: str
) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"error": error, "message": message, **more}, status=status)
    if status == 401:
        return redirect("accounts:return")
    if status == 404:
        raise Http404
    return render(
        request, "quizzes/refused.html", {"error": error, "message": message}, status=status
    )


def message_for(question: QuestionInEdition, error: UnusableAnswerError) -> str:
    """What is wrong with what was sent, and how to mend it."""
    messages = {
        "nothing_chosen": question.type.missing,
        "too_many_chosen": _("Kies één antwoord."),
        "too_many_moments": _("Dat zijn te veel momenten. Haal er een paar weg."),
        "story_not_ended": _("Kies eerst hoe het verhaal verdergaat."),
        "incomplete": _("Vul alles in. Er is nog iets open."),
        "same_place": _("Twee keer dezelfde plek. Geef elke stap een eigen plek."),
        "not_a_number": _("Vul een getal in, in cijfers."),
        "too_long": _("Dat is te lang. Typ een paar woorden."),
    }
    return str(messages.get(error.code, _("Dit antwoord hoort niet bij deze vraag.")))


def unusable(
    request: HttpRequest,
    slug: str,
    edition: CompiledEdition,
    form: AnswerForm,
    error: UnusableAnswerError,
) -> HttpResponse:
    """Says what is missing, and keeps what was chosen."""
    question = edition.arranged_for(form.attempt).by_key[str(form.question)]
    message = message_for(question, error)
    if wants_json(request):
        return JsonResponse(
            {"error": "unusable", "code": error.code, "message": message}, status=422
        )
    here = where(request, slug, form.attempt)
    chosen = {
        "chosen": form.sent["choice"],
        "chosen_reason": form.sent["reason"],
        "chosen_sure": form.sent["sure"],
    }
    place = step_place(request)
    if place:
        context = open_context(StepQuestion(slug, edition, question), place, here)
        context |= {
            **chosen,
            "error_message": message,
            "lesson_path": f"{here.lesson_path}#{place}",
        }
        template = "quizzes/step_question_again.html"
        return render_page(request, template, context, edition.language, status=422)
    context = question_context(edition.edition_id, question.number, here)
    context |= {**chosen, "error_message": message}
    return render_page(request, "quizzes/quiz.html", context, edition.language, status=422)


def respond(
    request: HttpRequest,
    slug: str,
    edition: CompiledEdition,
    saved: SavedAnswer,
    *,
    conflict: bool = False,
) -> HttpResponse:
    """The saved answer as JSON for the queue, or as a page for a plain form."""
    number = saved.question.number
    back = lesson_path(request)
    place = step_place(request)
    if not wants_json(request):
        url = with_lesson(question_address(slug, saved.attempt_key, number), back)
        response: HttpResponse = HttpResponseRedirect(f"{back}#{place}" if place else url)
    else:
        body = told(slug, edition, saved, back)
        if place:  # the learner stays in the lesson
            body |= {"next_url": "", "result_url": ""}
        if conflict:
            body["error"] = "already_answered"
            body["message"] = (
                _("Je had deze quiz al ingeleverd. Je antwoord van toen telt.")
                if edition.kind.is_handed_in
                else _("Je had deze vraag al beantwoord. Dat antwoord telt.")
            )
        response = JsonResponse(body, status=409 if conflict else 200)
    if learner_token(request) != saved.token:
        set_learner_cookie(response, saved.token)
    return response


def told(slug: str, edition: CompiledEdition, saved: SavedAnswer, back: str) -> dict[str, Any]:
    """What the queue hears. Nothing of what is right where that is told later (S-21)."""
    number = saved.question.number
    result_url = result_address(slug, saved.attempt_key)
    next_url = question_address(slug, saved.attempt_key, number + 1)
    body = {
        "key": str(saved.answer_key),
        "attempt": str(saved.attempt_key),
        "question": saved.question.key,
        "choice": list(saved.given.choice),
        "reason": saved.given.reason,
        "sure": saved.given.sure,
        "progress": {"answered": saved.answered_count, "total": saved.question_count},
        "is_complete": saved.is_complete,
        "next_url": "" if number == saved.question_count else with_lesson(next_url, back),
        "result_url": with_lesson(result_url, back),
        "learner_tag": saved.token.tag,
    }
    if not edition.kind.explains_at_once:
        return body
    return body | {
        "choices": choice_states(saved),
        "is_marked": saved.mark.is_marked,
        "is_right": saved.mark.is_right,
        "won": saved.mark.won,
        "available": saved.mark.available,
        "feedback_html": feedback_html(
            edition.edition_id, saved.attempt_key, saved.question.key, saved.given, saved.mark
        ),
    }


def choice_states(saved: SavedAnswer) -> dict[str, str]:
    """What to write beside each choice that was made, or that was right as well."""
    if not saved.mark.is_marked:
        return {}
    explained = saved.question.type.feedback(saved.question.content, saved.given)
    states = {(True, True): "right", (True, False): "wrong", (False, True): "missed"}
    return {
        choice["key"]: states[choice["is_chosen"], choice["is_right"]]
        for choice in explained
        if choice["is_chosen"] or choice["is_right"]
    }
