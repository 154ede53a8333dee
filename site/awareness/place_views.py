"""Where somebody lives: asked plainly, kept on the device, told to nobody.

No address on the internet is looked up and no place of a device is asked: who says nothing gets
the national texts. A choice is never in an address; only a municipality makes a link of its own.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.cookies import delete_place_cookie, set_place_cookie
from awareness.pieces import nearby_cards
from awareness.place_forms import PlaceForm
from awareness.queries import local_texts
from organisations.chosen_place import chosen_municipality
from organisations.municipalities import Municipality, municipalities, name_of
from quizzes.packing import plain

LESSONS = "/lessen/"


def way_back(request: HttpRequest, otherwise: str) -> str:
    """A page of ours that was asked for as the next one."""
    wanted = request.POST.get("terug") or request.GET.get("terug") or ""
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else otherwise


@csrf_exempt  # SameOriginMiddleware guards it, as it does the language
@require_http_methods(["GET", "HEAD", "POST"])
def choose_place(request: HttpRequest) -> HttpResponse:
    """To choose a municipality, another one, or none. No query."""
    back = way_back(request, LESSONS)
    form = PlaceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and "none" in request.POST:
        response = HttpResponseRedirect(back)
        delete_place_cookie(response)
        return response
    if request.method == "POST" and form.is_valid():
        response = HttpResponseRedirect(back)
        set_place_cookie(response, form.cleaned_data["municipality"])
        return response
    context = {
        "form": form,
        "chosen": name_of(chosen_municipality(request)),
        "municipalities": municipalities().values(),
        "back": back,
    }
    return render(
        request, "awareness/choose_place.html", context, status=422 if form.errors else 200
    )


@require_safe
def place(request: HttpRequest, municipality: str) -> HttpResponse:
    """What a municipality shares, as a link or a code to scan: its texts, who helps there, and
    the way to lessons with both. Keeps nothing by itself. No query when warm."""
    if municipality not in municipalities():
        raise Http404
    own: Municipality = municipalities()[municipality]
    cards = nearby_cards(own.code, for_professionals=False)
    context = {
        "municipality": own,
        "texts": list(local_texts(own.code, str(get_language())).values()),
        "cards": plain(list(cards)).decode(),
        "back": way_back(request, LESSONS),
    }
    return render(request, "awareness/place.html", context)
