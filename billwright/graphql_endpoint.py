"""GraphQL over HTTP, by the specification of that name.

Strawberry's own view is not used: it answers parse errors with 200 and `data: null`, knows one
media type, reads bodies of any length and fails on ill-formed ones (docs/decisions/0002).
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable, Mapping
from typing import Any

import orjson
from graphql import GraphQLError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from strawberry.schema.exceptions import (
    CannotGetOperationTypeError,
    InvalidOperationTypeError,
)
from strawberry.types.execution import ExecutionResult, PreExecutionError
from strawberry.types.graphql import OperationType

from billwright.logs import request_id, workspace_id
from resolvers.access import Unauthenticated
from resolvers.authentication import Authenticator
from resolvers.context import Context, Principal
from schema.root import BillwrightSchema
from services.errors import BillingError, Refused

logger = logging.getLogger(__name__)

BODY_BYTES_MAX = 2 * 1024 * 1024
REQUEST_SECONDS_MAX = 30
GRAPHQL_RESPONSE = "application/graphql-response+json"
JSON = "application/json"
# the escapes by which a NUL, which PostgreSQL cannot store, gets into a document
NUL_IN_DOCUMENT = re.compile(r"\\u(0000|\{0+\})")


class BadRequest(Exception):
    """The request is no GraphQL request."""

    def __init__(self, problem: str, *, status: int = 400, code: str = "BAD_REQUEST") -> None:
        super().__init__(problem)
        self.status, self.code = status, code


class GraphQLEndpoint:
    """Answers GET (queries) and POST."""

    def __init__(
        self,
        schema: BillwrightSchema,
        authenticator: Authenticator,
        make_context: Callable[[Principal | None], Context],
    ) -> None:
        self._schema = schema
        self._authenticator = authenticator
        self._make_context = make_context

    async def __call__(self, request: Request) -> Response:
        """One operation, answered. Whatever goes wrong is answered too, as GraphQL errors."""
        media_type = _negotiated(request.headers.get("accept"))
        try:
            async with asyncio.timeout(REQUEST_SECONDS_MAX):
                return await self._answer(request, media_type)
        except BadRequest as bad:
            return _refusal(str(bad), bad.code, bad.status, media_type)
        except Unauthenticated as unknown:
            response = _refusal(str(unknown), unknown.code, 401, media_type)
            response.headers["www-authenticate"] = "Bearer"
            return response
        except TimeoutError:
            problem = f"No answer within {REQUEST_SECONDS_MAX} seconds; ask for less, or again."
            return _refusal(problem, "TIMEOUT", 503, media_type)

    async def _answer(self, request: Request, media_type: str) -> Response:
        if media_type not in (JSON, GRAPHQL_RESPONSE):
            raise BadRequest(f"Answers come as {GRAPHQL_RESPONSE} or {JSON}.", status=406)
        who = await self._authenticator.principal_of(request.headers.get("authorization"))
        workspace_id.set(str(who.workspace_id) if who and who.workspace_id else None)
        operation = await _read_operation(request)
        result = await self._execute(request, operation, self._make_context(who))
        return _to_response(result, media_type)

    async def _execute(
        self, request: Request, operation: Mapping[str, Any], context: Context
    ) -> ExecutionResult:
        allowed = {OperationType.QUERY}
        if request.method == "POST":
            allowed.add(OperationType.MUTATION)
        try:
            return await self._schema.execute(
                operation["query"],
                variable_values=operation.get("variables"),
                operation_name=operation.get("operationName"),
                context_value=context,
                allowed_operation_types=allowed,
            )
        except CannotGetOperationTypeError as unnamed:
            raise BadRequest(
                "Say with operationName which operation of the document is meant."
            ) from unnamed
        except InvalidOperationTypeError as refused:
            status = 405 if request.method == "GET" else 400
            problem = refused.as_http_error_reason(request.method)
            raise BadRequest(f"{problem}.", status=status) from refused


async def _read_operation(request: Request) -> dict[str, Any]:
    if request.method == "GET":
        operation = _from_query_string(request)
    else:
        content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if content_type != JSON:
            raise BadRequest(f"Send the operation as {JSON}.", status=415)
        operation = _decoded(await _body(request), "The body")
    return _checked(operation)


def _from_query_string(request: Request) -> dict[str, Any]:
    operation: dict[str, Any] = dict(request.query_params)
    for name in ("variables", "extensions"):
        if operation.get(name):
            operation[name] = _decoded(operation[name].encode(), name)
    return operation


async def _body(request: Request) -> bytes:
    """The body, as far as it may go: what is longer is refused without being read."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > BODY_BYTES_MAX:
                problem = f"The body is longer than {BODY_BYTES_MAX // 1024**2} MiB."
                raise BadRequest(problem, status=413, code="BODY_TOO_LARGE")
    except ClientDisconnect:
        raise BadRequest("The connection was closed before the body was complete.") from None
    return bytes(body)


def _decoded(text: bytes, what: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as broken:
        raise BadRequest(f"{what} is not JSON: {broken}.") from broken


def _checked(operation: Any) -> dict[str, Any]:
    """An operation whose parts have the types that the specification gives them."""
    if not isinstance(operation, dict):
        raise BadRequest("The body must be a JSON object with the key 'query'.")
    query = operation.get("query")
    if not isinstance(query, str) or not query.strip():
        raise BadRequest("'query' must be a string: the GraphQL document.")
    for name, kind in (("variables", dict), ("operationName", str), ("extensions", dict)):
        if operation.get(name) is not None and not isinstance(operation[name], kind):
            shape = "a string" if kind is str else "an object"
            raise BadRequest(f"'{name}' must be {shape} or null.")
    if NUL_IN_DOCUMENT.search(query) or _has_nul(operation.get("variables")):
        raise BadRequest("Text with the character U+0000 cannot be stored.")
    return operation


def _has_nul(value: Any) -> bool:
    match value:
        case str():
            return "\x00" in value
        case dict():
            return any(_has_nul(key) or _has_nul(entry) for key, entry in value.items())
        case list():
            return any(_has_nul(entry) for entry in value)
        case _:
            return False


def _negotiated(accept: str | None) -> str:
    """The media type of the answer: the newer where it is asked for, JSON where anything goes."""
    if accept is None:
        return JSON
    wanted = [part.partition(";")[0].strip().lower() for part in accept.split(",")]
    for media_type in wanted:
        if media_type in (GRAPHQL_RESPONSE, JSON):
            return media_type
    return JSON if {"*/*", "application/*"} & set(wanted) else "none"


def _to_response(result: ExecutionResult, media_type: str) -> Response:
    errors = [format_error(error) for error in result.errors or ()]
    before_execution = isinstance(result, PreExecutionError) or _is_bad_variables(result)
    body: dict[str, Any] = {"errors": errors} if errors else {}
    if not before_execution:
        body["data"] = result.data
    status = 400 if before_execution and media_type == GRAPHQL_RESPONSE else 200
    return _json(body, status, media_type)


def _is_bad_variables(result: ExecutionResult) -> bool:
    """Variables that do not fit are found by the executor, but before anything is executed."""
    errors = result.errors or ()
    return result.data is None and bool(errors) and all(error.path is None for error in errors)


def format_error(error: GraphQLError) -> dict[str, Any]:
    """An error as clients may see it: a refusal as it is, a bug masked and logged."""
    formatted: dict[str, Any] = dict(error.formatted)
    refusal = _refusal_behind(error)
    if isinstance(refusal, BillingError):
        formatted["extensions"] = {"code": refusal.code, "path": list(refusal.path)}
    elif isinstance(refusal, Unauthenticated):
        formatted["extensions"] = {"code": refusal.code}
    elif refusal is None:
        code = (error.extensions or {}).get("code") or "GRAPHQL_REQUEST_INVALID"
        formatted["extensions"] = {"code": code}
    else:
        logger.error("internal error at %s", error.path, exc_info=refusal)
        formatted["message"] = (
            f"Something went wrong on our side. Tell us the request id {request_id.get()}."
        )
        formatted["extensions"] = {"code": "INTERNAL", "requestId": request_id.get()}
    return formatted


def _refusal_behind(error: GraphQLError) -> Exception | None:
    """The exception that a GraphQL error carries; None when the document or a value was wrong."""
    original = error.original_error
    while isinstance(original, GraphQLError):
        original = original.original_error
    if isinstance(original, Refused):
        return original.errors[0]
    return original


def _refusal(problem: str, code: str, status: int, media_type: str) -> Response:
    media_type = media_type if media_type == GRAPHQL_RESPONSE else JSON
    response = _json(
        {"errors": [{"message": problem, "extensions": {"code": code}}]}, status, media_type
    )
    if status == 405:
        response.headers["allow"] = "POST"
    return response


def _json(body: Mapping[str, Any], status: int, media_type: str) -> Response:
    return Response(
        orjson.dumps(body), status_code=status, media_type=f"{media_type}; charset=utf-8"
    )
