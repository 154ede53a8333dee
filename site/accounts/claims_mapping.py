"""What a school or an employer says of who signs in there, and what that means here.

The only place that reads claims. Plain Python: the settings read their file with it, and the
rule can be tried without a site.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

PROVIDER_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
THIS_MACHINE = {"localhost", "127.0.0.1"}


class PupilError(Exception):
    """A pupil: they use the code of their class and have no account."""


class UnknownRoleError(Exception):
    """The claim that would tell a pupil from who works there did not come."""


@dataclass(frozen=True)
class OidcProvider:
    """One table of the file: where to sign in, and how to read what comes back."""

    provider_id: str
    name: str
    issuer: str
    client_id: str
    secret: str = field(repr=False)
    scope: list[str] = field(default_factory=lambda: ["openid", "email"])
    # Which claim says the organisation, and value → public id of one that exists here.
    organisation_claim: str = ""
    organisations: dict[str, str] = field(default_factory=dict)
    # Which claim says what somebody does there. Empty: nobody who signs in there is a pupil.
    role_claim: str = ""
    teacher_values: list[str] = field(default_factory=list)
    pupil_values: list[str] = field(default_factory=lambda: ["student", "pupil", "leerling"])


@dataclass(frozen=True)
class Person:
    """All that is taken over of the claims."""

    pseudonym: str
    email: str  # empty unless the provider checked it
    organisation: str  # public id, or empty
    is_teacher: bool


def identity(issuer: str, subject: str) -> str:
    """Who somebody is: by whom they are known and as whom, never their address.

    64 characters; a subject alone may have 255, which is more than allauth's column holds.
    """
    return hashlib.sha256(f"{issuer}\n{subject}".encode()).hexdigest()


def person_of(claims: Mapping[str, Any], provider: OidcProvider) -> Person:
    """No claim makes more of anybody than a teacher.

    Raises ``PupilError`` and ``UnknownRoleError``; then nothing may be stored.
    """
    roles = {value.partition("@")[0].lower() for value in _values(claims, provider.role_claim)}
    teaches = bool(roles & {value.lower() for value in provider.teacher_values})
    if provider.role_claim and not roles:
        raise UnknownRoleError
    if roles & {value.lower() for value in provider.pupil_values} and not teaches:
        raise PupilError
    told = _values(claims, provider.organisation_claim)
    known = {provider.organisations[value] for value in told if value in provider.organisations}
    return Person(
        pseudonym=str(claims["sub"]),
        email=str(claims.get("email") or "") if claims.get("email_verified") is True else "",
        organisation=known.pop() if len(known) == 1 else "",  # of two we cannot choose
        is_teacher=teaches,
    )


def _values(claims: Mapping[str, Any], name: str) -> list[str]:
    value = claims.get(name) if name else None
    several = value if isinstance(value, list) else [value]
    return [one.strip() for one in several if isinstance(one, str) and one.strip()]


def read_providers(text: str) -> dict[str, OidcProvider]:
    """The providers in a TOML file, by id. Raises ``ValueError`` that says what is wrong where."""
    return {name: _read(name, table) for name, table in tomllib.loads(text).items()}


def _read(provider_id: str, table: Any) -> OidcProvider:
    if not PROVIDER_ID.fullmatch(provider_id) or not isinstance(table, dict):
        raise ValueError(f"[{provider_id}]: a table whose name is small letters and digits")
    known = {one.name: one for one in fields(OidcProvider) if one.name != "provider_id"}
    if unknown := sorted(table.keys() - known.keys()):
        raise ValueError(f"[{provider_id}]: unknown: {', '.join(unknown)}")
    for name, one in known.items():
        is_needed = one.default is MISSING and one.default_factory is MISSING
        if is_needed and not table.get(name):
            raise ValueError(f"[{provider_id}]: {name} is missing")
        wanted = {"str": str, "list[str]": list, "dict[str, str]": dict}[str(one.type)]
        if not isinstance(table.get(name, wanted()), wanted):
            raise ValueError(f"[{provider_id}]: {name} has the wrong type")
    provider = OidcProvider(provider_id=provider_id, **table)
    if not is_safe_address(provider.issuer):
        raise ValueError(f"[{provider_id}]: issuer must begin with https://")
    if "openid" not in provider.scope:
        raise ValueError(f"[{provider_id}]: scope must hold openid")
    for value, organisation in provider.organisations.items():
        try:
            UUID(organisation)
        except (AttributeError, TypeError, ValueError):
            raise ValueError(
                f"[{provider_id}]: organisations: {value} must have the id of an organisation"
            ) from None
    return provider


def is_safe_address(address: object) -> bool:
    """Whether what goes there cannot be read under way: https, or this very machine."""
    if not isinstance(address, str):
        return False
    parts = urlsplit(address)
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in THIS_MACHINE)
    )
