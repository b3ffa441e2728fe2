"""Structured logging in JSON or plain lines, in UTC, with secrets redacted."""

import json
import logging
import re
import sys
from collections.abc import MutableMapping, Sequence
from functools import lru_cache
from typing import Any

import structlog

SECRET_NAMES = re.compile(r"token|password|secret|cookie|authorization|sealed", re.IGNORECASE)
SECRET_SHAPES = re.compile(
    r"amends_[a-z0-9]{8}_[\w-]{20,}|(?<=[?&]token=)[^&\s\"']+|(?<=[?&]code=)[^&\s\"']+"
    r"|(?<=/act/)[\w-]{20,}|(?<=/calendar/)[\w-]{20,}"
)
REMOVED = "[removed]"
_ENCODER = json.JSONEncoder(default=repr)

Line = MutableMapping[str, Any]


def configure(*, as_json: bool, level: str = "INFO") -> None:
    """From here on everything that is logged, by us or by a library, goes to standard error in one shape.

    Secrets are removed by the name of their field and by their shape (R-25, R-55).
    """
    as_text = structlog.dev.ConsoleRenderer(colors=False)
    shared: tuple[structlog.types.Processor, ...] = (
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    )
    last: tuple[structlog.types.Processor, ...] = (
        structlog.processors.format_exc_info,
        without_secrets,
        structlog.processors.JSONRenderer(_json) if as_json else as_text,
    )
    structlog.configure(
        processors=[*shared, *last],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    _configure_libraries(shared, last, level)


def _configure_libraries(
    shared: Sequence[structlog.types.Processor], last: Sequence[structlog.types.Processor], level: str
) -> None:
    """What libraries say by the standard library; our own lines do not take that longer way."""
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
    )
    stream = logging.StreamHandler(sys.stderr)
    stream.setFormatter(formatter)
    logging.basicConfig(handlers=[stream], level=level, force=True)
    for chatty in ("alembic.runtime.plugins", "alembic.autogenerate"):
        logging.getLogger(chatty).setLevel(logging.WARNING)  # what it loads is no news to an operator


def _json(line: Line, **_: object) -> str:
    return _ENCODER.encode(line)


def logger(name: str) -> structlog.typing.FilteringBoundLogger:
    """A logger for one module: `log.info("nudge delivered", nudge=id)`, a fixed sentence and fields."""
    bound: structlog.typing.FilteringBoundLogger = structlog.get_logger(name)
    return bound


def without_secrets(_: object, __: str, line: Line) -> Line:
    """The line with every secret taken out."""
    for name, value in line.items():
        if _is_secret(name):
            line[name] = REMOVED
        elif isinstance(value, str):
            line[name] = SECRET_SHAPES.sub(REMOVED, value)
    return line


@lru_cache(maxsize=256)
def _is_secret(name: str) -> bool:
    return SECRET_NAMES.search(name) is not None
