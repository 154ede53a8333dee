"""Why something was published whose language is harder than the norm, or holds a word to avoid.

Kept in Wagtail's log: who, when, which revision, what was wrong and the reason.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter, log
from wagtail.log_actions import registry as logs
from wagtail.models import Revision

from editorial.language import Report
from editorial.texts import language_report

ACTION = "editorial.reason"


def asks_for_reason(revision: Revision) -> Report | None:
    """What is wrong with the language of this draft, if nobody gave a reason for it. At most 1
    query, and those of the draft."""
    draft = revision.as_object()
    report = language_report(draft)
    if report is None or not report.needs_reason:
        return None
    given = logs.get_logs_for_instance(draft).filter(action=ACTION)
    return None if any(one.data.get("digest") == report.digest for one in given) else report


def keep_reason(*, revision: Revision, report: Report, reason: str, user: Any) -> None:
    log(
        instance=revision.as_object(),
        action=ACTION,
        user=user,
        revision=revision,
        data={
            "reason": reason,
            "digest": report.digest,
            "figures": [[one.score, one.mean] for one in report.parts if one.is_hard],
            "words": sorted({term.name for _passage, term in report.avoided}),
        },
    )


def register_reason_action(actions: LogActionRegistry) -> None:
    @actions.register_action(ACTION)
    class ReasonFormatter(LogFormatter):
        label = gettext_lazy("Reden voor de taal")

        def format_message(self, log_entry: Any) -> str:
            return _("Gaf een reden voor de taal: ‘%(reason)s’") % {
                "reason": log_entry.data.get("reason", "")
            }
