"""The front page, the learner's own page, language, and leaving."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import logout
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actions import end_learner_cookies
from accounts.cookies import learner_token
from accounts.models import Learner
from accounts.tickets import ticket_cookie_name
from home.queries import OwnPage, front_quiz, own_page

LANGUAGE_COOKIE_SECONDS = 30 * 24 * 60 * 60


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The three ways in: with a class code, with a quiz, as a teacher. No query when warm."""
    return render(request, "home/front.html", {"quiz": front_quiz()})


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What the learner has to do and did. 4 queries; 0 for somebody whom we do not know."""
    token = learner_token(request)
    try:
        page = own_page(token, at=timezone.now()) if token else None
    except Learner.DoesNotExist:
        page = None
    return render(request, "home/mine.html", mine_context(page))


def mine_context(page: OwnPage | None) -> dict[str, object]:
    """The page with each due date in words; ``page`` is ``None`` for a stranger."""
    today = timezone.localdate()
    groups = []
    if page is not None:
        groups = [
            {
                "classroom": entry.classroom,
                "nickname": entry.nickname,
                "tasks": [(task, task.when(today)) for task in entry.tasks],
            }
            for entry in page.classrooms
        ]
    return {
        "page": page,
        "groups": groups,
        "own": [(task, "") for task in page.own] if page else [],
    }


@csrf_exempt
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Remembers the language that was chosen and goes back to where it was."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        target = "/"
    response = HttpResponseRedirect(target)
    language = request.POST.get("language")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=LANGUAGE_COOKIE_SECONDS,
            secure=bool(settings.LANGUAGE_COOKIE_SECURE),
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )
    return response


def own_cookies() -> set[str]:
    """The names of every cookie that this site sets."""
    return {
        settings.LEARNER_COOKIE_NAME,
        settings.SESSION_COOKIE_NAME,
        settings.CSRF_COOKIE_NAME,
        settings.LANGUAGE_COOKIE_NAME,
        settings.PLACE_COOKIE_NAME,
        ticket_cookie_name(),
        "messages",
    }


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave_site(request: HttpRequest) -> HttpResponse:
    """Leaves this site at once: every cookie dead and gone, and an empty page that goes on.

    A GET shows the same page and changes nothing: a link or an image on another site
    must not be able to sign anybody out (S-39). Leaving wins from everything: it works
    when the database does not (P-33).
    """
    response = render(request, "home/exit.html", {"exit_url": settings.EXIT_URL})
    response["Cache-Control"] = "no-store"
    response["Refresh"] = f"0; url={settings.EXIT_URL}"
    response["Referrer-Policy"] = "no-referrer"
    if request.method != "POST":
        return response
    try:
        token = learner_token(request)
        if token is not None:
            end_learner_cookies(token=token)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            logout(request)
    except (DatabaseError, InterfaceError):
        pass  # what is in the browser goes all the same
    # A token that was broken is renewed at the end of a request; not after leaving.
    request.META["CSRF_COOKIE_NEEDS_UPDATE"] = False
    for name in own_cookies() & request.COOKIES.keys():
        response.delete_cookie(name)
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response
