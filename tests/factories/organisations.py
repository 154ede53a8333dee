"""Schools and who works there."""

from __future__ import annotations

import factory
from django.utils import timezone

from accounts.models import User
from organisations.actions import appoint_municipal_editor
from organisations.models import Organisation, Role
from organisations.municipalities import municipalities
from tests.factories.accounts import UserFactory


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda number: f"School {number}")
    # One that a coordinator looks after; ``None`` for one that a teacher began alone.
    confirmed_at = factory.LazyFunction(timezone.now)


class RoleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Role

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    name = Role.Name.TEACHER


def make_teacher(*, organisation: Organisation | None = None, **fields) -> User:
    """A teacher with a role in this organisation, or in one of their own."""
    user = UserFactory(**fields)
    RoleFactory(user=user, organisation=organisation or OrganisationFactory())
    return user


def make_municipal_editor(municipality: str = "GM0344", **fields) -> User:
    """Who writes for the municipality with this code."""
    user = UserFactory(**fields)
    appoint_municipal_editor(user=user, municipality=municipalities()[municipality])
    return user


def make_coordinator(*, organisation: Organisation | None = None, **fields) -> User:
    """Who looks after this organisation, or one of their own."""
    user = UserFactory(**fields)
    organisation = organisation or OrganisationFactory()
    RoleFactory(user=user, organisation=organisation, name=Role.Name.COORDINATOR)
    return user
