"""What does the operator read? One JSON line or one plain line per happening, in UTC, without any secret."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

SECRET_NAMES = re.compile(r"token|password|secret|cookie|authorization|sealed", re.IGNORECASE)
SECRET_SHAPES = re.compile(
    r"amends_[a-z0-9]{8}_[\w-]{20,}|(?<=[?&]token=)[^&\s\"']+|(?<=[?&]code=)[^&\s\"']+"
)
REMOVED = "[removed]"

Line = MutableMapping[str, Any]


def configure(*, as_json: bool, level: str = "INFO") -> None:
    """From here on everything that is logged, by us or by a library, goes to standard error in one shape.

    Secrets are removed by the name of their field and by their shape (R-25, R-55).
    """
    shared = (
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_secrets,
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    shown = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=False)
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            without_secrets,
            shown,
        ],
    )
    stream = logging.StreamHandler(sys.stderr)
    stream.setFormatter(formatter)
    logging.basicConfig(handlers=[stream], level=level, force=True)
    for chatty in ("alembic.runtime.plugins", "alembic.autogenerate"):
        logging.getLogger(chatty).setLevel(logging.WARNING)  # what it loads is no news to an operator


def logger(name: str) -> structlog.stdlib.BoundLogger:
    """A logger for one module: `log.info("nudge delivered", nudge=id)`, a fixed sentence and fields."""
    bound: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return bound


def without_secrets(_: object, __: str, line: Line) -> Line:
    """The line with every secret taken out."""
    for name, value in line.items():
        if SECRET_NAMES.search(name):
            line[name] = REMOVED
        elif isinstance(value, str):
            line[name] = SECRET_SHAPES.sub(REMOVED, value)
    return line
