"""The site's routes over a broken ``save_answer``. Only for the negative controls."""

from django.conf import settings

from quizzes import actions
from tests.durability.broken import break_the_site

break_the_site(settings.BROKEN)

from config.urls import urlpatterns  # noqa: E402
from quizzes import answer_views  # noqa: E402

answer_views.save_answer = actions.save_answer
__all__ = ["urlpatterns"]
