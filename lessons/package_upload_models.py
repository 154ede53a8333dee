"""A package that somebody sent, until they say whether it comes in."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models


class PackageUpload(models.Model):
    """Kept in the database and not with the uploads, which have addresses: nobody but who sent
    it gets at it, and every process that answers for the site does. Emptied when it came in,
    and gone a day later (``import_actions``).
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", editable=False
    )
    file_name = models.CharField(max_length=200, editable=False)
    content = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)
    outcome = models.JSONField(null=True, editable=False)  # what came in, once it did

    class Meta:
        indexes: ClassVar = [models.Index(fields=["created_at"], name="lessons_upload_created")]
