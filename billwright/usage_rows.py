"""Usage events as they stand in files: one a line, as JSON or CSV, named as in the API.

No value of an event has a line break, so that a line is a row in CSV too: one that lacks a quote is
wrong by itself and swallows none of the next.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, BinaryIO, NoReturn

from graphql import GraphQLError

from resolvers.nodes import key_of
from schema.scalars import parse_decimal, parse_instant
from services.errors import InvalidInput
from services.usage_events import ReportedEvent

LINE_BYTES_MAX = 64 * 1024
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# how each is named in a file, and in a ReportedEvent
TEXTS = {
    "eventId": "event_id",
    "meter": "meter",
    "provider": "provider",
    "model": "model",
    "agentId": "agent_id",
    "sessionId": "session_id",
}
REQUIRED = ("eventId", "meter", "quantity")
COLUMNS = (*TEXTS, "quantity", "occurredAt", "clientId", "ownKey", "workspaceId")
BOOLEANS = {"true": True, "false": False}


class UnusableFile(Exception):
    """Not one row of the file can be read."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file, without its end. `end`: where the next one begins."""

    number: int
    end: int
    content: bytes

    @property
    def text(self) -> str:
        """To be shown: what is no text in it is replaced."""
        return self.content.decode(errors="replace")


@dataclass(frozen=True, slots=True)
class Row:
    """An event as a line says it, and the id of the workspace if it names one."""

    event: ReportedEvent
    workspace_id: str | None


Parse = Callable[[Line], Row]


def lines(file: BinaryIO, *, number: int, position: int) -> Iterator[Line]:
    """From the line of this number, which begins at `position`. Blank ones are left out.

    A line that is too long comes cut: it is no row, and is not read into memory.
    """
    file.seek(position)
    while content := file.readline(LINE_BYTES_MAX + 1):
        position += len(content)
        rest = content
        while not rest.endswith(b"\n") and (rest := file.readline(LINE_BYTES_MAX)):
            position += len(rest)
        if number == 1:
            content = content.removeprefix(BYTE_ORDER_MARK)
        content = content.removesuffix(b"\n").removesuffix(b"\r")
        if content.strip():
            yield Line(number, position, content)
        number += 1


def json_row(line: Line) -> Row:
    """Raises InvalidInput for what is no event."""
    try:
        found = json.loads(_text(line), parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, RecursionError) as problem:
        raise InvalidInput(f"The line is not JSON: {str(problem)[:200]}.") from None
    if not isinstance(found, dict):
        raise InvalidInput("The line is no JSON object.")
    for name in found:
        if name not in COLUMNS:
            raise InvalidInput(
                f"'{name[:50]}' is no field of an event; there are {', '.join(COLUMNS)}.",
                path=(name[:50],),
            )
    return _row({name: value for name, value in found.items() if value is not None})


def csv_parser(header: Line) -> Parse:
    """For rows with the columns of this header, in any order. Raises UnusableFile."""
    try:
        columns = _cells(header)
    except InvalidInput as problem:
        raise UnusableFile(f"The first line is no header: {problem}") from None
    unknown = [name for name in columns if name not in COLUMNS]
    missing = [name for name in REQUIRED if name not in columns]
    if unknown or missing or len(set(columns)) < len(columns):
        raise UnusableFile(
            f"The first line must name the columns {', '.join(REQUIRED)} and any of the others "
            f"once: {', '.join(name for name in COLUMNS if name not in REQUIRED)}. "
            f"It says: {header.text[:200]}"
        )

    def row(line: Line) -> Row:
        cells = _cells(line)
        if len(cells) != len(columns):
            raise InvalidInput(f"The line has {len(cells)} columns, the header {len(columns)}.")
        given: dict[str, Any] = {
            name: cell for name, cell in zip(columns, cells, strict=True) if cell
        }
        if "ownKey" in given:
            given["ownKey"] = BOOLEANS.get(given["ownKey"].lower(), given["ownKey"])
        return _row(given)

    return row


def _cells(line: Line) -> Sequence[str]:
    try:
        [cells] = csv.reader([_text(line)], strict=True)
    except (csv.Error, ValueError) as problem:
        raise InvalidInput(f"The line is not CSV: {problem}.") from None
    return cells


def _text(line: Line) -> str:
    if len(line.content) > LINE_BYTES_MAX:
        raise InvalidInput(f"The line is longer than {LINE_BYTES_MAX // 1024} KiB.")
    try:
        return line.content.decode()
    except UnicodeDecodeError as problem:
        raise InvalidInput(f"The line is not UTF-8 at its byte {problem.start + 1}.") from None


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _row(given: Mapping[str, Any]) -> Row:
    """`given`: what is neither null nor empty."""
    for name in REQUIRED:
        if name not in given:
            raise InvalidInput(f"{name} is missing.", path=(name,))
    texts = {field: _string(given, name) for name, field in TEXTS.items() if name in given}
    own_key = given.get("ownKey", False)
    if not isinstance(own_key, bool):
        raise InvalidInput("ownKey is neither true nor false.", path=("ownKey",))
    quantity = given["quantity"]
    exact = str(quantity) if isinstance(quantity, Decimal) else quantity
    moment = given.get("occurredAt")
    event = ReportedEvent(
        **texts,
        quantity=_parsed("quantity", exact, parse_decimal),
        occurred_at=_parsed("occurredAt", moment, parse_instant) if moment is not None else None,
        client_id=key_of(_string(given, "clientId"), "Client") if "clientId" in given else None,
        own_key=own_key,
    )
    return Row(event, _string(given, "workspaceId") if "workspaceId" in given else None)


def _string(given: Mapping[str, Any], name: str) -> str:
    value = given[name]
    if not isinstance(value, str):
        raise InvalidInput(f"{name} is no text.", path=(name,))
    return value


def _parsed(name: str, value: object, parse: Callable[[object], Any]) -> Any:
    """As the API takes it."""
    try:
        return parse(value)
    except GraphQLError as problem:
        raise InvalidInput(problem.message, path=(name,)) from None
