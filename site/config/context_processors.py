from django.conf import settings
from django.http import HttpRequest

from accounts.cookies import learner_token


def exit_url(_request: HttpRequest) -> dict[str, str]:
    """Where the exit button goes: a page that anybody could be looking at."""
    return {"exit_url": settings.EXIT_URL}


def is_known(request: HttpRequest) -> dict[str, bool]:
    """Whether this browser belongs to a learner, for the menu. No query."""
    return {"is_known": learner_token(request) is not None}
