"""The way to a certificate: what is still to do, whose work it is, and asking for it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actions import tie_learner
from accounts.cookies import LearnerToken, learner_token, set_learner_cookie
from accounts.models import Learner
from certificates.access import path_or_404
from certificates.actions import NotEarnedError, claim_certificate
from certificates.coordinator_reminders import organisations_that_hear
from certificates.earning import Standing
from certificates.forms import NameForm
from certificates.forms_of_exploitation import form_name
from certificates.models import Certificate
from certificates.paths import (
    Path,
    latest_certificate,
    learner_of_device,
    learners_of,
    standing,
)
from certificates.validity import add_months
from classrooms.access import TeacherRequest


def parts(path: Path, work: Standing) -> dict[str, Any]:
    """Lessons and checks with whether each is done, as the page lists them."""
    return {
        "path": path,
        "lessons": list(zip(path.shown, work.lessons, strict=True)),
        "checks": list(zip(path.checks, work.checks, strict=True)),
        "work": work,
        "forms": [form_name(form) for form in path.forms],
        "is_reviewed": bool(path.source.checked_by),
    }


@require_safe
def path(request: HttpRequest, package: str) -> HttpResponse:
    """What is done and what is still to do. Stores nothing. At most 12 queries."""
    found = path_or_404(package)
    here = learner_of_device(learner_token(request))
    if not request.user.is_authenticated:
        work = standing(found, [here.pk] if here else [], today=timezone.localdate())
        return render(request, "certificates/path.html", parts(found, work))
    user: Any = request.user
    held = latest_certificate(user, found)
    today = timezone.localdate()
    after = held.checked_at if held else None
    own = learners_of(user)
    work = standing(found, own, today=today, after=after)
    context = {
        **parts(found, work),
        **whose_work(found, here, own),
        "teacher_page": "certificates",
        "held": held,
        "may_claim": work.is_earned and may_claim(held),
        "is_settled": held is not None and not may_claim(held),
    }
    return render(request, "certificates/path.html", context)


def may_claim(held: Certificate | None) -> bool:
    return held is None or held.may_be_renewed(today=timezone.localdate())


def whose_work(found: Path, here: Learner | None, own: list[int]) -> dict[str, bool]:
    """Whether this device has work that is nobody's yet, or lacks the user's own."""
    is_nobodys = here is not None and here.user_id is None
    has_work = False
    if is_nobodys and here is not None:
        has_work = here.lesson_progress.filter(
            lesson_key__in=[lesson.key for lesson in found.lessons]
        ).exists()
        has_work = has_work or here.attempts.filter(quiz__in=found.checks).exists()
    return {"asks_whose": has_work, "may_go_on_here": here is None and bool(own)}


@login_required
@require_POST
def own_work(request: TeacherRequest, package: str) -> HttpResponse:
    """What was done on this device is the account's; or the account's learner comes here.

    At most 12 queries.
    """
    found = path_or_404(package)
    token = learner_token(request)
    here = learner_of_device(token)
    own = learners_of(request.user)
    new: LearnerToken | None = None
    if token is not None and whose_work(found, here, own)["asks_whose"]:
        new = tie_learner(token=token, user=request.user)
    elif here is None and own:
        newest = Learner.objects.get(pk=own[-1])
        new = LearnerToken(newest.pk, newest.epoch)
    response = redirect("certificates:path", package)
    if new is not None:
        set_learner_cookie(response, new, remember=new.is_remembered)
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: TeacherRequest, package: str) -> HttpResponse:
    """The name, then how it will look, then the certificate. At most 25 queries."""
    found = path_or_404(package)
    held = latest_certificate(request.user, found)
    if not may_claim(held) and held is not None:
        return redirect("certificates:certificate", held.public_id)
    after = held.checked_at if held else None
    today = timezone.localdate()
    work = standing(found, learners_of(request.user), today=today, after=after)
    if not work.is_earned or work.first_pass is None:
        return redirect("certificates:path", package)
    sent = request.POST if request.method == "POST" else None
    known = held.holder_name if held else request.user.name
    form = NameForm(sent, initial={"name": known})
    context = {
        "path": found,
        "form": form,
        "teacher_page": "certificates",
        "valid_until": add_months(work.first_pass.on, found.source.certificate_months),
        "today": today,
        "organisations": organisations_that_hear(request.user),
    }
    if sent is None or not form.is_valid() or "change" in sent:
        status = 422 if form.errors and "change" not in (sent or {}) else 200
        return render(request, "certificates/claim.html", context, status=status)
    name = form.cleaned_data["name"]
    if "confirm" not in sent:
        return render(request, "certificates/preview.html", {**context, "name": name})
    try:
        made = claim_certificate(user=request.user, path=found, name=name, now=timezone.now())
    except NotEarnedError:
        return redirect("certificates:path", package)
    return redirect("certificates:certificate", made.public_id)
