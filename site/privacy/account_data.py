"""Everything that is kept about somebody who signs in, in words."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession

from accounts.models import Learner, User
from accounts.queries import name_elsewhere
from certificates.models import Certificate
from classrooms.models import CalendarFeed, Classroom, Share, TeamInvitation
from organisations.models import Role
from privacy.own_data import SCHEMA, data_of


def account_data(user: User) -> dict[str, Any]:
    """What JSON and a page can say, moments as ``datetime``.

    10 queries, and 6 to 9 for each learner whose work this account took over. Passwords, secrets
    and keys are not in it: they are there to recognise somebody, and would open the account.
    """
    return {
        "schema": SCHEMA,
        "account": {
            "id": str(user.public_id),
            "email": user.email,
            "name": user.name,
            "since": user.date_joined,
            "last_signed_in": user.last_login,
            "weekly_mail": user.wants_digest,
            "digest_language": user.digest_language,
        },
        "addresses": list(
            EmailAddress.objects.filter(user=user).order_by("pk").values("email", "verified")
        ),
        "second_steps": [
            {"kind": row.get_type_display(), "since": row.created_at, "last_used": row.last_used_at}
            for row in Authenticator.objects.filter(user=user).order_by("pk")
        ],
        "signs_in_elsewhere": [
            {
                "where": name_elsewhere(row.provider),
                "pseudonym": row.extra_data.get("pseudonym", ""),
                "since": row.date_joined,
                "last_used": row.last_login,
            }
            for row in SocialAccount.objects.filter(user=user).order_by("pk")
        ],
        "devices": [
            {"device": row.user_agent, "since": row.created_at, "last_seen": row.last_seen_at}
            for row in UserSession.objects.filter(user=user).order_by("pk")
        ],
        "roles": [
            {
                "organisation": row.organisation.name,
                "role": str(row.get_name_display()),
                "since": row.created_at,
                "suspended": row.suspended_at,
            }
            for row in Role.objects.filter(user=user).select_related("organisation").order_by("pk")
        ],
        "classes": [
            *[
                {"name": row.name, "part": "", "since": row.created_at}
                for row in Classroom.objects.filter(teacher=user).order_by("pk")
            ],
            *[
                {
                    "name": row.classroom.name,
                    "part": str(row.get_part_display()),
                    "since": row.created_at,
                }
                for row in Share.objects.filter(user=user)
                .select_related("classroom")
                .order_by("pk")
            ],
        ],
        "calendar_since": CalendarFeed.objects.filter(user=user)
        .values_list("created_at", flat=True)
        .first(),
        "team_invitations": [
            {
                "team": row.classroom.name,
                "name": row.name,
                "email": row.email,
                "invited": row.created_at,
                "accepted": row.accepted_at,
                "until": row.expires_at,
            }
            for row in TeamInvitation.objects.to(user)  # type: ignore[attr-defined]
            .select_related("classroom")
            .order_by("pk")
        ],
        "certificates": [
            {
                "number": row.public_id,
                "name": row.holder_name,
                "path": row.title,
                "issued": row.issued_on,
                "valid_until": row.valid_until,
                "revoked": row.revoked_at,
            }
            for row in Certificate.objects.filter(user=user).order_by("pk")
        ],
        "work": [data_of(row) for row in Learner.objects.filter(user=user).order_by("pk")],
    }
