"""The log: a JSON object a line. Tokens never stand in it; questions and people only where the settings say so. The door to structlog."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

SECRET = re.compile(r"xox[a-z](?:\.xox[a-z])?-[\w-]+|xapp-[\w-]+|(?<=://)[^/@\s]+@|https://hooks\.slack[\w.-]*/\S+|v0=[0-9a-f]{64}")
"""Tokens, passwords in addresses, addresses at which anybody may post, signatures."""
PERSONAL = frozenset({"text", "user", "name", "channel", "question"})
"""What is logged only where the settings say so."""
FOREIGN = ("slack_bolt", "slack_sdk", "alembic", "sqlalchemy", "werkzeug")
"""Libraries whose messages may quote what people wrote: only their errors are logged, without their words."""

Event = MutableMapping[str, Any]


def get_logger(**fields: Any) -> Any:
    """A logger that says these fields with everything."""
    return structlog.get_logger(**fields)


def set_up_logs(*, level: str = "info", personal: bool = False, stream: TextIO | None = None) -> None:
    """Begins to log, everything that this process says by the standard library included."""
    lowest = logging.getLevelNamesMapping()[level.upper()]
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        Discretion(personal=personal),
    ]
    ending: list[Any] = [structlog.processors.JSONRenderer(ensure_ascii=False, default=str)]
    structlog.configure(
        processors=[*shared, *ending],
        wrapper_class=structlog.make_filtering_bound_logger(lowest),
        logger_factory=structlog.WriteLoggerFactory(stream or sys.stdout),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream or sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *ending]
        )
    )
    handler.addFilter(without_words)
    root = logging.getLogger()
    root.handlers, root.level = [handler], max(lowest, logging.INFO)


def without_words(record: logging.LogRecord) -> bool:
    """What the standard library's loggers say: errors by place and kind, and of some libraries nothing else."""
    error = record.exc_info[1] if record.exc_info else None
    if record.name.split(".")[0] in FOREIGN:
        record.msg, record.args = record.name, ()
    if error is not None:
        kind = kind_of(error)
        record.msg, record.args = f"{record.getMessage()} ({kind['error']} at {kind['at']})", ()
    record.exc_info, record.exc_text = None, None
    return record.levelno >= (logging.ERROR if record.name.split(".")[0] in FOREIGN else logging.WARNING)


class Discretion:
    """Leaves out of the log what does not belong there."""

    def __init__(self, *, personal: bool) -> None:
        self.personal = personal

    def __call__(self, logger: Any, method: str, event: Event) -> Event:
        """The event, without secrets and, as a rule, without what people wrote or are called."""
        kept = {key: value for key, value in event.items() if self.personal or key not in PERSONAL}
        return {key: blacken(value) if isinstance(value, str) else value for key, value in kept.items()}


def blacken(text: str) -> str:
    """A text without secrets."""
    return SECRET.sub("…", text)


def kind_of(error: BaseException) -> dict[str, str]:
    """An error by its kind and by where it was raised: its words may quote what somebody wrote."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    at = f"{place.tb_frame.f_globals.get('__name__', '?')}:{place.tb_lineno}" if place is not None else ""
    return {"error": type(error).__name__, "at": at}
