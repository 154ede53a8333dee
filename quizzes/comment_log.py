"""What was done with comments, in the words of the history of a quiz."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter

# The name of the action, and what somebody did: with the quiz, or with this question of it.
ACTS: dict[str, tuple[Any, Any]] = {
    "add": (gettext_lazy("Opmerking geplaatst"), gettext_lazy("Plaatste een opmerking")),
    "reply": (gettext_lazy("Opmerking beantwoord"), gettext_lazy("Antwoordde op een opmerking")),
    "resolve": (gettext_lazy("Opmerking opgelost"), gettext_lazy("Loste een opmerking op")),
    "reopen": (gettext_lazy("Opmerking heropend"), gettext_lazy("Heropende een opmerking")),
    "change": (gettext_lazy("Opmerking gewijzigd"), gettext_lazy("Wijzigde een opmerking")),
    "delete": (gettext_lazy("Opmerking verwijderd"), gettext_lazy("Verwijderde een opmerking")),
}


def register_comment_actions(actions: LogActionRegistry) -> None:
    for act, (label, done) in ACTS.items():
        actions.register_action(f"quizzes.comment_{act}")(_formatter(label, done))


def _formatter(name: Any, done: Any) -> type[LogFormatter]:
    class CommentFormatter(LogFormatter):
        label = name

        def format_message(self, log_entry: Any) -> str:
            question = log_entry.data.get("question")
            if not question:
                return str(done)
            return _("%(done)s bij de vraag ‘%(question)s’") % {"done": done, "question": question}

    return CommentFormatter
