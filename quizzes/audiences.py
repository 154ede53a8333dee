"""For whom something is written, and in which language."""

from django.db import models
from django.utils.translation import gettext_lazy as _

LANGUAGES = [("nl", "Nederlands"), ("en", "English"), ("ar", "العربية")]


class Audience(models.TextChoices):
    YOUNG_PEOPLE = "young_people", _("jongeren")
    TEACHERS = "teachers", _("docenten en begeleiders")
    PROFESSIONALS = "professionals", _("professionals")
