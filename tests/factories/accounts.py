"""People for tests."""

from __future__ import annotations

import factory

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
