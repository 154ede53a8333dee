"""Logs that tell an operator enough and nobody anything about a learner.

One JSON line per event on standard output. No address, no user agent, no path (a path
can name a class or an attempt), no query string, no code, no answer: the route's *name*
and the status are what an operator needs.
"""

from __future__ import annotations

import logging
import logging.config

import structlog

FORBIDDEN_KEYS = frozenset({"ip", "request", "user_agent", "user_id", "path", "query", "body"})


def drop_personal_fields(
    _logger: object, _method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Removes what may not be kept, whoever put it in."""
    for key in FORBIDDEN_KEYS & event.keys():
        del event[key]
    return event


def configure_logging(*, level: str) -> None:
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        drop_personal_fields,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "json": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "processor": structlog.processors.JSONRenderer(),
                    "foreign_pre_chain": shared,
                },
            },
            "handlers": {"stdout": {"class": "logging.StreamHandler", "formatter": "json"}},
            "root": {"handlers": ["stdout"], "level": level},
            "loggers": {
                # Django's own request lines carry the path; ours carry the route's name.
                "django.request": {"level": "CRITICAL"},
                "django.server": {"level": "CRITICAL"},
                "django.security": {"level": "ERROR"},
                # A line for every row that the search index looks at.
                "django_tasks": {"level": "WARNING"},
            },
        }
    )
