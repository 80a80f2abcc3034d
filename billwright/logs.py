"""Structured logs: every line knows the request and the workspace it belongs to."""

from __future__ import annotations

import logging
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Literal

import orjson
import structlog

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
workspace_id: ContextVar[str | None] = ContextVar("workspace_id", default=None)

REQUESTS = "billwright.requests"
"""The logger of the one line that each request has: `duration_ms` comes with it, and no fault."""


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
    # which thread and process a record comes from is in no line of ours
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    _log_requests(log_format)
    for name in ("tortoise", "pgqueuer"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # one line per request comes from us, with more in it
    logging.getLogger("uvicorn.access").disabled = True


class _RequestLine(logging.Formatter):
    """The line of a request as the processors would write it, in a tenth of their time.

    A request for a single event would spend a fifth of its own on them.
    """

    def __init__(self, log_format: Literal["text", "json"]) -> None:
        super().__init__()
        self._is_json = log_format == "json"

    def format(self, record: logging.LogRecord) -> str:
        """Of a record of the logger `REQUESTS`."""
        instant = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="microseconds")
        timestamp = instant.replace("+00:00", "Z")
        more = {"duration_ms": record.__dict__["duration_ms"]} | _ids()
        if self._is_json:
            event = {"event": record.getMessage(), "level": "info", "logger": record.name}
            return orjson.dumps(event | more | {"timestamp": timestamp}).decode()
        told = " ".join(f"{name}={value}" for name, value in more.items())
        return f"{timestamp} [info     ] {record.getMessage():<30} [{record.name}] {told}"


def _log_requests(log_format: Literal["text", "json"]) -> None:
    logger = logging.getLogger(REQUESTS)
    logger.handlers.clear()
    # to somebody who looks on, in colours
    logger.propagate = log_format == "text" and sys.stderr.isatty()
    if not logger.propagate:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(_RequestLine(log_format))
        logger.addHandler(handler)


def _ids() -> dict[str, Any]:
    """Whose request this is, as far as it is known."""
    variables = {"request_id": request_id, "workspace_id": workspace_id}
    found = {name: variable.get() for name, variable in variables.items()}
    return {name: value for name, value in found.items() if value is not None}


def _add_request(
    _: object, __: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    event.pop("color_message", None)  # uvicorn's second text of the same message
    event.update(_ids())
    return event
