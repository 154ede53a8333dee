from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from organisations.models import Organisation, Role


def is_teacher(user: User | AnonymousUser) -> bool:
    """Whether this user teaches anywhere. 1 query; none for somebody who is not signed in."""
    return user.is_authenticated and Role.objects.of(user).teaching().exists()  # type: ignore[attr-defined]


def coordinated_role(user: User) -> Role | None:
    """The role under which this user looks after an organisation; ``None`` for the others.
    1 query."""
    roles = Role.objects.of(user).coordinating()  # type: ignore[attr-defined]
    return roles.select_related("organisation").order_by("pk").first()


def workplace_of(user: User | AnonymousUser) -> str:
    """The code of the municipality where this user teaches; the first that has one, or "".
    1 query; none for somebody who is not signed in."""
    if not user.is_authenticated:
        return ""
    roles = Role.objects.of(user).teaching().order_by("pk")  # type: ignore[attr-defined]
    codes = roles.values_list("organisation__municipality_code", flat=True)
    return codes.exclude(organisation__municipality_code="").first() or ""


def municipalities_of(user: User | AnonymousUser) -> set[str]:
    """The codes of the municipalities whose texts this user may write. 1 query."""
    if not user.is_authenticated or not user.is_active:
        return set()
    roles = Role.objects.of(user).filter(  # type: ignore[attr-defined]
        suspended_at__isnull=True,
        name=Role.Name.MUNICIPAL_EDITOR,
        organisation__kind=Organisation.Kind.MUNICIPALITY,
    )
    return set(roles.values_list("organisation__municipality_code", flat=True)) - {""}
