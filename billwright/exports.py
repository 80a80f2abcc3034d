"""Downloads: `GET /exports/usage.csv` and `GET /exports/ledger.csv`, streamed.

A download says in a header how many rows it has. One that breaks off, on our side or on the way,
ends without the last chunk of its body, and has fewer.
"""

from __future__ import annotations

import csv
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from typing import Any

from graphql import GraphQLError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from billwright.logs import workspace_id
from resolvers import exports
from resolvers.access import Unauthenticated
from resolvers.authentication import Authenticator
from resolvers.context import Principal
from resolvers.exports import Wanted
from schema.scalars import parse_instant
from services.errors import BillingError, Forbidden, InvalidInput, NotFound
from services.exports import Export, Row

PATH = "/exports"
ROWS_HEADER = "billwright-rows"
# a name may be given several times where the filter takes several values
SEVERAL = {"meters": "meters", "agentIds": "agent_ids"}
ONE = {"workspaceId": "workspace_id", "clientId": "client_id", "sessionId": "session_id"}
INSTANTS = {"from": "start", "to": "end"}
STATUS = {NotFound: 404, Forbidden: 403}


class BrokenExport(Exception):
    """Other rows than were announced: what was sent so far must not look complete."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What can be downloaded: its parameters, its columns, and how a row fills them."""

    name: str
    parameters: frozenset[str]
    columns: Sequence[str]
    cells: Callable[[Row], Sequence[str]]
    open: Callable[[Principal | None, Wanted], Awaitable[Export]]


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "usage",
            frozenset({*ONE, *SEVERAL, *INSTANTS}),
            exports.USAGE_COLUMNS,
            exports.usage_cells,
            exports.usage,
        ),
        Kind(
            "ledger",
            frozenset({"workspaceId", *INSTANTS}),
            exports.LEDGER_COLUMNS,
            exports.ledger_cells,
            exports.ledger,
        ),
    )
}


def routes(answer: Callable[[Request], Awaitable[Response]]) -> list[BaseRoute]:
    """One address for each kind."""
    return [
        Route(f"{PATH}/{name}.csv", answer, methods=["GET"], name=f"export {name}")
        for name in KINDS
    ]


class Exports:
    """Answers for every address in `routes`."""

    def __init__(self, authenticator: Authenticator) -> None:
        self._authenticator = authenticator

    async def __call__(self, request: Request) -> Response:
        """The download, or why there is none."""
        kind = KINDS[request.url.path.removeprefix(f"{PATH}/").removesuffix(".csv")]
        try:
            who = await self._authenticator.principal_of(request.headers.get("authorization"))
            workspace_id.set(str(who.workspace_id) if who and who.workspace_id else None)
            export = await kind.open(who, _wanted(kind, request))
        except Unauthenticated as unknown:
            headers = {"www-authenticate": "Bearer"}
            return _refusal(unknown.code, str(unknown), 401, headers)
        except BillingError as refusal:
            return _refusal(refusal.code, str(refusal), STATUS.get(type(refusal), 400))
        headers = {
            "content-type": "text/csv; charset=utf-8; header=present",
            "content-disposition": f'attachment; filename="{kind.name}.csv"',
            "cache-control": "no-store",
            "x-content-type-options": "nosniff",
            ROWS_HEADER: str(export.rows_total),
        }
        if request.method == "HEAD":
            return Response(headers=headers)
        return StreamingResponse(_lines(kind, export), headers=headers)


async def _lines(kind: Kind, export: Export) -> AsyncIterator[bytes]:
    yield _csv([kind.columns])
    rows_sent = 0
    async for page in export.pages:
        yield _csv(kind.cells(row) for row in page)
        rows_sent += len(page)
    if rows_sent != export.rows_total:
        raise BrokenExport(f"{rows_sent} rows of {kind.name} instead of {export.rows_total}")


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    """By RFC 4180, which is the module's default."""
    text = StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _wanted(kind: Kind, request: Request) -> Wanted:
    """What the query string asks for. Raises InvalidInput."""
    given: dict[str, Any] = {}
    for name in request.query_params:
        if name not in kind.parameters:
            known = ", ".join(sorted(kind.parameters))
            raise InvalidInput(f"'{name[:50]}' is no parameter; there are {known}.", path=(name,))
        values = request.query_params.getlist(name)
        if name in SEVERAL:
            given[SEVERAL[name]] = tuple(sorted(set(values)))
            continue
        if len(values) > 1:
            raise InvalidInput(f"{name} is given {len(values)} times.", path=(name,))
        [value] = values
        if name in INSTANTS:
            given[INSTANTS[name]] = _instant(name, value)
        else:
            given[ONE[name]] = value
    return Wanted(**given)


def _instant(name: str, value: str) -> datetime:
    try:
        return parse_instant(value)
    except GraphQLError as problem:
        hint = " (a + is written %2B)" if " " in value else ""
        raise InvalidInput(f"{name}: {problem.message}{hint}", path=(name,)) from None


def _refusal(
    code: str, message: str, status: int, headers: Mapping[str, str] | None = None
) -> Response:
    return JSONResponse({"code": code, "message": message}, status_code=status, headers=headers)
