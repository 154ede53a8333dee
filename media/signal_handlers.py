"""What follows from deleting a recording."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from media.models import Recording


@receiver(post_delete, sender=Recording, dispatch_uid="media_delete_recording_file")
def delete_recording_file(instance: Recording, **_kwargs: Any) -> None:
    """The file goes when it is sure that the recording has gone. Kept copies stay."""
    storage, name = instance.file.storage, str(instance.file.name)
    transaction.on_commit(lambda: storage.delete(name))
