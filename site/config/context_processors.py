from django.conf import settings
from django.http import HttpRequest


def exit_url(_request: HttpRequest) -> dict[str, str]:
    """Where the exit button goes: a page that anybody could be looking at."""
    return {"exit_url": settings.EXIT_URL}
