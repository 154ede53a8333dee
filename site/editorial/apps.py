from django.apps import AppConfig


class EditorialConfig(AppConfig):
    name = "editorial"
    verbose_name = "Redactie"

    def ready(self) -> None:
        from editorial import signal_handlers  # noqa: F401
