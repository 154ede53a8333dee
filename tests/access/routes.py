"""Every route that the site answers, found by walking the URL resolver."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter, UUIDConverter

SOME_UUID = "00000000-0000-4000-8000-000000000000"


@dataclass(frozen=True)
class Route:
    """One route: its full name, its pattern from the root, and what its address takes."""

    name: str
    pattern: str
    leaf: URLPattern
    converters: dict[str, object] = field(default_factory=dict)

    @property
    def arguments(self) -> list[str]:
        return [*self.converters, *self.leaf.pattern.regex.groupindex.keys() - self.converters]

    @property
    def is_csrf_exempt(self) -> bool:
        return getattr(self.leaf.callback, "csrf_exempt", False)

    @property
    def is_admin(self) -> bool:
        return self.pattern.startswith(settings.ADMIN_URL)


def walk(urlconf: str | None = None) -> Iterator[Route]:
    yield from _walk(get_resolver(urlconf), "", (), {})


def _walk(
    resolver: URLResolver, prefix: str, names: tuple[str, ...], converters: dict[str, object]
) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        full = prefix + str(pattern.pattern)
        known = {**converters, **pattern.pattern.converters}
        if isinstance(pattern, URLResolver):
            inner = (*names, pattern.namespace) if pattern.namespace else names
            yield from _walk(pattern, full, inner, known)
        else:
            # A route without a name is known by its pattern: it must be declared too.
            name = pattern.name or full
            yield Route(":".join([*names, name]), full, pattern, known)


def public_routes(urlconf: str | None = None) -> dict[str, Route]:
    """The routes outside Wagtail's admin, by name. Two routes with one name fail."""
    routes: dict[str, Route] = {}
    for route in walk(urlconf):
        if route.is_admin or (route.name in routes and route.pattern == "_util/login/"):
            continue  # ours comes first
        assert route.name not in routes, f"two routes are called {route.name}"
        routes[route.name] = route
    return routes


def admin_routes() -> list[Route]:
    return [route for route in walk() if route.is_admin]


def sample_address(route: Route) -> str:
    """An address that this admin route answers, with made-up ids in it."""
    address = route.pattern.replace("^.*/$", "bestaat-niet/")
    address = re.sub(r"\(\?P<\w+>[^()]*\)", "1", address)
    for name, converter in route.converters.items():
        address = re.sub(rf"<(\w+:)?{name}>", _sample(converter), address)
    return "/" + address.replace("^", "").replace("$", "").replace("\\", "")


def _sample(converter: object) -> str:
    if isinstance(converter, IntConverter):
        return "1"
    return SOME_UUID if isinstance(converter, UUIDConverter) else "x"
