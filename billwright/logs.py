"""Structured logs: every line knows the request and the workspace it belongs to."""

from __future__ import annotations

import logging
import sys
from contextvars import ContextVar
from typing import Literal

import structlog

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
workspace_id: ContextVar[str | None] = ContextVar("workspace_id", default=None)


def configure(log_format: Literal["text", "json"]) -> None:
    """Send all logs, ours and the libraries', to stderr in one format."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _add_request,
    ]
    if log_format == "json":
        last: list[structlog.typing.Processor] = [
            # without the values of local variables: keys and card tokens are among them
            structlog.processors.ExceptionRenderer(
                structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
            ),
            structlog.processors.JSONRenderer(),
        ]
    else:
        last = [
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            )
        ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    for name in ("tortoise", "pgqueuer"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # one line per request comes from us, with more in it
    logging.getLogger("uvicorn.access").disabled = True


def _add_request(
    _: object, __: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    event.pop("color_message", None)  # uvicorn's second text of the same message
    for name, variable in (("request_id", request_id), ("workspace_id", workspace_id)):
        if (value := variable.get()) is not None:
            event[name] = value
    return event
