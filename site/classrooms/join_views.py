"""The learner's way in: the class code, and the page with the new nickname and code."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.cookies import LearnerToken, learner_token, set_learner_cookie
from accounts.limits import client_address, count_failure, is_over
from accounts.models import Learner
from accounts.return_codes import ReturnCode
from accounts.tickets import new_ticket, read_ticket, set_ticket_cookie, ticket_of
from classrooms.actions import CodeNotOpenError, join_classroom
from classrooms.forms import JoinForm
from classrooms.joining import redraw_nickname
from classrooms.models import Enrolment

KNOWN = ("work", "member")


@dataclass(frozen=True, slots=True)
class Known:
    """Who this device knows: somebody with work only, or a member of a class."""

    kind: str
    nickname: str = ""


def known_learner(token: LearnerToken | None) -> Known | None:
    """Whom the cookie belongs to. 1 query, none without a cookie.

    A learner without a class exists because something of theirs was saved.
    """
    if token is None:
        return None
    rows = Learner.objects.holding(token.learner_id, token.epoch).values_list(
        "enrolments__nickname", flat=True
    )
    nickname = rows.order_by("-enrolments__pk")[:1]
    for name in nickname:
        return Known("member", name) if name else Known("work")
    return None


def show_join(
    request: HttpRequest, form: JoinForm, known: Known | None, *, status: int
) -> HttpResponse:
    context = {
        "form": form,
        "known": known,
        "ticket": request.POST.get("ticket") or new_ticket(),
    }
    return render(request, "classrooms/join.html", context, status=status)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Joins a class. A wrong, closed or old code: one text, one status, the same work (S-31)."""
    token = learner_token(request)
    said = request.POST.get("known", "")
    known = None if token and said in KNOWN else known_learner(token)
    kind = known.kind if known else (said if token and said in KNOWN else "")
    form = JoinForm(request.POST if request.method == "POST" else None, known=kind)
    if request.method != "POST":
        return show_join(request, form, known, status=200)
    if known and form.is_valid():
        form.add_error(None, _("Op dit toestel staat al werk. Zeg hieronder van wie dat is."))
    status = 422 if not form.is_valid() else try_to_join(request, form, token)
    if isinstance(status, HttpResponse):
        return status
    return show_join(request, form, known or known_learner(token), status=status)


def try_to_join(
    request: HttpRequest, form: JoinForm, token: LearnerToken | None
) -> HttpResponse | int:
    """The way on for who got in; the status of the page for who did not."""
    limits = {"join_per_address": client_address(request), "join_everywhere": "all"}
    if is_over(limits):
        form.add_error("code", _("Er zijn te veel codes geprobeerd. Wacht tien minuten."))
        return 429
    try:
        joined = join_classroom(
            code=form.cleaned_data["code"],
            token=token,
            keep_work=form.keeps_work(),
            ticket=read_ticket(request.POST.get("ticket", "")),
            now=timezone.now(),
        )
    except CodeNotOpenError:
        count_failure(limits)
        form.add_error(
            "code", _("Met deze code kun je nu niet meedoen. Kijk nog eens goed naar het bord.")
        )
        return 422
    response = redirect("classrooms:welcome" if joined.return_code else "home:mine")
    set_learner_cookie(response, joined.token, remember=form.cleaned_data["remember"])
    if joined.return_code:
        set_ticket_cookie(response, joined.ticket)
    return response


def just_joined(request: HttpRequest) -> tuple[Enrolment, ReturnCode] | None:
    """The place and the code of who joined in the last ten minutes. 1 query."""
    token, ticket = learner_token(request), ticket_of(request)
    if token is None or ticket is None:
        return None
    enrolment = (
        Enrolment.objects.current()
        .filter(learner_id=token.learner_id, learner__epoch=token.epoch)
        .select_related("learner", "classroom")
        .order_by("-pk")
        .first()
    )
    return_code = ticket.code_of(enrolment.learner) if enrolment else None
    return (enrolment, return_code) if enrolment and return_code else None


@csrf_exempt
@require_POST
def redraw(request: HttpRequest) -> HttpResponse:
    """Another nickname, for who just joined; later their teacher knows them by the first."""
    found = just_joined(request)
    if found is None:
        return redirect("home:mine")
    redraw_nickname(enrolment=found[0])
    return redirect("classrooms:welcome")


@require_safe
def welcome(request: HttpRequest) -> HttpResponse:
    """Nickname and return code of who just joined; can be loaded again for ten minutes."""
    found = just_joined(request)
    if found is None:
        return redirect("home:mine")
    enrolment, return_code = found
    context = {"enrolment": enrolment, "return_code": return_code}
    return render(request, "classrooms/welcome.html", context)
