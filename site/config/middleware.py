"""What happens around every request: the log line, the safety headers, language, origin."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urlsplit

import structlog
from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils import translation

GetResponse = Callable[[HttpRequest], HttpResponseBase]
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
log = structlog.get_logger("doorzien.request")


class RequestLogMiddleware:
    """One line per request: method, route name, status, milliseconds. Nothing personal."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        if match is not None:
            log.info(
                "request",
                method=request.method if request.method in {"GET", "POST"} else "other",
                route=match.view_name or "unnamed",
                status=response.status_code,
                milliseconds=round((time.perf_counter() - started) * 1000, 1),
            )
        return response


class PolicyMiddleware(CSPMiddleware):
    """Django-csp's, but the public pages' policy, always the same, is built once.

    Building it took a fifth of the cheapest request. What has a policy of its own (the
    admin, an editor's preview, a nonce) goes the long way.
    """

    def __init__(self, get_response: GetResponse) -> None:
        super().__init__(get_response)
        self.public_policy = build_policy()

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        is_own = any(name.startswith("_csp_") for name in (*vars(response), *vars(request)))
        if is_own or settings.DEBUG or HEADER in response:
            return super().process_response(request, response)
        response[HEADER] = self.public_policy
        return response


class SafetyHeadersMiddleware:
    """No copy of a page in any cache, no use of it by another origin.

    ``no-store`` on everything that is not a static file: the next pupil at this device
    presses Back (S-41), and a school's proxy serves two pupils (S-36).
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.admin_prefix = "/" + settings.ADMIN_URL

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not getattr(response, "is_cacheable", False):
            response["Cache-Control"] = "no-store"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        if request.path_info.startswith(self.admin_prefix):
            response._csp_replace = settings.ADMIN_CONTENT_SECURITY_POLICY  # type: ignore[attr-defined]
        return response


class RequestSizeMiddleware:
    """Refuses with 400 what is larger than any page outside the admin sends.

    An editor's form of 200 questions has 9,000 fields in 1.3 MB, and Django has one limit for all.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.admin_prefix = "/" + settings.ADMIN_URL

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        is_large = length.isdecimal() and int(length) > settings.PUBLIC_UPLOAD_MAX_SIZE
        if is_large and not request.path_info.startswith(self.admin_prefix):
            most = most_bytes(request.path_info)
            if int(length) > most:
                raise RequestDataTooBig(f"more than {most} bytes")
        return self.get_response(request)


def most_bytes(path: str) -> int:
    """How large a request to this address may be, outside the admin."""
    try:
        route = resolve(path).view_name
    except Resolver404:
        route = ""
    return settings.LARGER_UPLOADS.get(route, settings.PUBLIC_UPLOAD_MAX_SIZE)


class LanguageCookieMiddleware:
    """The interface speaks Dutch until someone chooses otherwise.

    Not ``LocaleMiddleware``: a Dutch pupil's phone often asks for English, and a page
    that varies on ``Accept-Language`` cannot be compiled once for everybody.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.languages = frozenset(code for code, _name in settings.LANGUAGES)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        code = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if code not in self.languages:
            code = settings.LANGUAGE_CODE
        translation.activate(code)
        request.LANGUAGE_CODE = code  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response


def is_from_own_origin(request: HttpRequest) -> bool | None:
    """Whether a page of ours sent this request; ``None`` when the browser did not say.

    Looks at ``Sec-Fetch-Site``, then ``Origin``, then ``Referer``; a script cannot set
    any of the three (Fetch standard, forbidden request-header names).
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    for header in ("Origin", "Referer"):
        value = request.headers.get(header)
        if value is not None:
            return _is_own(value, request)
    return None


def _is_own(url: str, request: HttpRequest) -> bool:
    """Whether the address is of this very site; over https, not of its http twin."""
    try:
        parts = urlsplit(url)
    except ValueError:  # such as "http://["
        return False
    schemes = {"https"} if request.is_secure() else {"http", "https"}
    return parts.netloc == request.get_host() and parts.scheme in schemes


class SameOriginMiddleware:
    """Refuses writes that another site's page sends with our cookies (S-39).

    Learners' forms carry no CSRF token: a token needs a cookie, and nothing may be kept
    on a young person's device before the first answer; and a token that expired in a
    pocket would lose answers (R-12). So those views are ``csrf_exempt`` and here they
    must *prove* that they come from our own pages. All other forms have Django's token
    besides. See docs/decisions/0003-same-origin-instead-of-tokens.md. A view with
    ``address_is_key`` may be asked by anybody: it goes by its address and by no cookie.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.get_host()  # a made-up Host is a 400 on every page (S-43)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, _args: tuple, _kwargs: dict
    ) -> HttpResponse | None:
        if request.method in SAFE_METHODS or getattr(view, "address_is_key", False):
            return None
        own = is_from_own_origin(request)
        if own or (own is None and not getattr(view, "csrf_exempt", False)):
            return None
        return render(request, "403.html", {"reason": "origin"}, status=403)
