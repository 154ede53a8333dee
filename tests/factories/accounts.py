"""People for tests."""

from __future__ import annotations

import factory
from allauth.account.internal.flows import login
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from accounts.models import Learner, User

PASSWORD = "een lang wachtwoord"


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"iemand{number}@school.example")
    name = ""

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        password = kwargs.pop("password", PASSWORD)
        return model_class.objects.create_user(password=password, **kwargs)


class LearnerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Learner


def give_second_step(user: User) -> str:
    """An app, and recovery codes; one of those, which works whatever the clock says."""
    TOTP.activate(user, generate_totp_secret())
    return RecoveryCodes.activate(user).get_unused_codes()[0]


def enter(client: Client, user: User) -> Client:
    """Signed in in two steps, as editors must and teachers may, without the two screens.

    Long enough ago that a change of the account asks who it is.
    """
    client.force_login(user)
    session = client.session
    session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "mfa", "type": Authenticator.Type.TOTP, "at": 0}
    ]
    session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session.save()
    return client
