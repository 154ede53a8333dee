from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models


class SignalQuerySet(models.QuerySet[Any]):
    def originals(self) -> SignalQuerySet:
        """Without translations."""
        return self.filter(locale__language_code=settings.LANGUAGE_CODE)
