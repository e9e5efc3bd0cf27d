"""Structured logs by structlog: one JSON object a line in production, readable lines elsewhere.

A request's line carries the request id, the user's key and the status, never a name, a phone
number, a token or an answer.
"""

import re
from typing import Any

import structlog

_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.PositionalArgumentsFormatter(),
]


# PostgreSQL quotes the row it refuses: "DETAIL:  Key (phone)=(09…) already exists."
_ROW_VALUES = re.compile(r"^(DETAIL|CONTEXT):.*$", re.MULTILINE)


def _without_row_values(_logger: Any, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    if "exception" in event:
        event["exception"] = _ROW_VALUES.sub(r"\1: (left out)", event["exception"])
    return event


def logging_config(*, json: bool, level: str = "INFO") -> dict[str, Any]:
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.processors.StackInfoRenderer(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    # A traceback is text, without the values of variables: they may be someone's answers.
    renderers: list[Any] = (
        [
            structlog.processors.format_exc_info,
            _without_row_values,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
        ]
        if json
        else [
            structlog.dev.ConsoleRenderer(
                colors=False, exception_formatter=structlog.dev.plain_traceback
            )
        ]
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    *renderers,
                ],
                "foreign_pre_chain": _SHARED,
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django.server": {"handlers": ["stderr"], "level": level, "propagate": False},
            # Our own line of a request says the same, without the query string.
            "django.request": {"level": "CRITICAL"},
            "weasyprint": {"level": "ERROR"},
            "django_tasks": {"level": "WARNING"},
            "pikepdf": {"level": "WARNING"},
            "fontTools": {"level": "WARNING"},
        },
    }
