"""GraphQL over HTTP, by the specification of that name.

Strawberry's own view is not used: it answers parse errors with 200 and `data: null`, knows one
media type, reads bodies of any length and fails on ill-formed ones (docs/decisions/0002).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
import orjson
from graphql import DocumentNode, GraphQLError, OperationDefinitionNode, OperationType
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from strawberry.types.execution import ExecutionResult, PreExecutionError

from billwright.logs import request_id, workspace_id
from resolvers.access import Unauthenticated
from resolvers.authentication import Authenticator
from resolvers.context import Context, Principal
from schema.decoding import NotTaken
from schema.documents import Documents
from schema.limits import is_limit
from schema.root import BillwrightSchema
from services.errors import BillingError, Refused
from services.gathering import Busy

logger = logging.getLogger(__name__)

BODY_BYTES_MAX = 2 * 1024 * 1024
REQUEST_SECONDS_MAX = 30
VARIABLES_DEPTH_MAX = 50
# messages quote what was sent, which may be as long as the body
MESSAGE_LENGTH_MAX = 1_000
GRAPHQL_RESPONSE = "application/graphql-response+json"
JSON = "application/json"
# which of ours answers what an Accept header may ask for
OFFERS = {
    JSON: JSON,
    GRAPHQL_RESPONSE: GRAPHQL_RESPONSE,
    "application/*": JSON,
    "*/*": JSON,
}


class Envelope(msgspec.Struct, forbid_unknown_fields=True):
    """An operation whose variables are not read yet."""

    query: str
    variables: msgspec.Raw = msgspec.Raw(b"{}")
    operationName: str | None = None  # noqa: N815 - as the specification calls it
    extensions: dict[str, Any] | None = None


ENVELOPES = msgspec.json.Decoder(Envelope)


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
        self._documents = Documents()

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
        except Busy as busy:
            return _refusal(str(busy), busy.code, 503, media_type)
        except TimeoutError:
            problem = f"No answer within {REQUEST_SECONDS_MAX} seconds; ask for less, or again."
            return _refusal(problem, "TIMEOUT", 503, media_type)
        except Exception as fault:  # noqa: BLE001 - logged, and told to the client as what it is
            return _json({"errors": [_masked(fault)]}, 500, media_type or JSON)

    async def _answer(self, request: Request, media_type: str | None) -> Response:
        if media_type is None:
            raise BadRequest(f"Answers come as {GRAPHQL_RESPONSE} or {JSON}.", status=406)
        who = await self._authenticator.principal_of(request.headers.get("authorization"))
        workspace_id.set(str(who.workspace_id) if who and who.workspace_id else None)
        context = self._make_context(who)
        body = await _body(request) if request.method == "POST" else None
        result = await self._execute_plain(body, context) if body is not None else None
        if result is None:
            operation = _from_query_string(request) if body is None else _decoded(body, "The body")
            result = await self._execute(request, _checked(operation), context)
        return _to_response(result, media_type)

    async def _execute_plain(self, body: bytes, context: Context) -> ExecutionResult | None:
        """A plain mutation, executed as it was compiled; None: nothing was done yet."""
        try:
            envelope = ENVELOPES.decode(body)
            document = self._documents.known(envelope.query)
            mutation = self._schema.plain(document) if document else None
            if mutation is None or envelope.operationName not in (None, mutation.name):
                return None
            return await mutation.execute(bytes(envelope.variables), context)
        except (msgspec.MsgspecError, RecursionError, NotTaken):
            return None

    async def _execute(
        self, request: Request, operation: Mapping[str, Any], context: Context
    ) -> ExecutionResult:
        name = operation.get("operationName")
        try:
            document = self._documents.read(operation["query"])
            kind = _chosen(document.node, name).operation
        except GraphQLError as unreadable:
            return PreExecutionError(data=None, errors=[unreadable])
        if kind is OperationType.MUTATION and request.method != "POST":
            raise BadRequest("Mutations are sent by POST.", status=405)
        return await self._schema.execute_document(
            document,
            variable_values=operation.get("variables"),
            operation_name=name,
            context_value=context,
        )


def _chosen(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    """The operation that is meant. Raises GraphQLError when that cannot be told."""
    operations = [
        node for node in document.definitions if isinstance(node, OperationDefinitionNode)
    ]
    fitting = [
        node for node in operations if name is None or (node.name and node.name.value == name)
    ]
    if not operations:
        raise GraphQLError("The document has no operation.")
    if not fitting:
        raise GraphQLError(f"The document has no operation named '{name}'.")
    if name is None and len(operations) > 1:
        raise GraphQLError(
            f"Say with operationName which of the document's {len(operations)} operations is meant."
        )
    if fitting[0].operation is OperationType.SUBSCRIPTION:
        raise GraphQLError("There are no subscriptions.")
    return fitting[0]


def _check_content_type(request: Request) -> None:
    kind, *parameters = request.headers.get("content-type", "").lower().replace(" ", "").split(";")
    named = dict(parameter.partition("=")[::2] for parameter in parameters)
    if kind != JSON or named.get("charset", "utf-8").strip('"') != "utf-8":
        raise BadRequest(f"Send the operation as {JSON}, in UTF-8.", status=415)
    if request.headers.get("content-encoding", "identity") != "identity":
        raise BadRequest("Send the body as it is, not compressed.", status=415)


def _from_query_string(request: Request) -> dict[str, Any]:
    operation: dict[str, Any] = dict(request.query_params)
    for name in ("variables", "extensions"):
        if operation.get(name):
            operation[name] = _decoded(operation[name].encode(), name)
    return operation


async def _body(request: Request) -> bytes:
    """The body, as far as it may go: what is longer is refused without being read."""
    _check_content_type(request)
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
        raise BadRequest("'query' must be a string with text: the GraphQL document.")
    for name, kind in (("variables", dict), ("operationName", str), ("extensions", dict)):
        if operation.get(name) is not None and not isinstance(operation[name], kind):
            shape = "a string" if kind is str else "an object"
            raise BadRequest(f"'{name}' must be {shape} or null.")
    _check_variables(operation.get("variables"))
    return operation


def _check_variables(variables: Any) -> None:
    """Level by level, not by recursion, which a deep value would exhaust."""
    level = [variables]
    for _ in range(VARIABLES_DEPTH_MAX):
        if any(isinstance(value, str) and "\x00" in value for value in level):
            raise BadRequest("Text with the character U+0000 cannot be stored.")
        level = [inner for value in level for inner in _inside(value)]
    if level:
        raise BadRequest(f"Variables nest at most {VARIABLES_DEPTH_MAX} levels deep.")


def _inside(value: Any) -> list[Any]:
    match value:
        case dict():
            return [*value.keys(), *value.values()]
        case list():
            return value
        case _:
            return []


def _negotiated(accept: str | None) -> str | None:
    """The media type of the answer: what is wanted most, JSON where anything goes, else None."""
    if accept is None:
        return JSON
    best: tuple[float, bool] = (0.0, False)
    found = None
    for wanted in accept.lower().split(","):
        kind, *parameters = [part.strip() for part in wanted.split(";")]
        weight = (_quality(parameters), kind in (JSON, GRAPHQL_RESPONSE))
        if kind in OFFERS and weight[0] > 0 and weight > best:
            best, found = weight, OFFERS[kind]
    return found


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0


def _to_response(result: ExecutionResult, media_type: str) -> Response:
    errors = [format_error(error) for error in result.errors or ()]
    before_execution = isinstance(result, PreExecutionError) or _is_bad_variables(result)
    body: dict[str, Any] = {"errors": errors} if errors else {}
    if not before_execution:
        body["data"] = result.data
        return _json(body, 200, media_type)
    if any(error["extensions"]["code"] == "INTERNAL" for error in errors):
        return _json(body, 500, media_type)
    return _json(body, 400 if media_type == GRAPHQL_RESPONSE else 200, media_type)


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
    elif isinstance(refusal, Unauthenticated | Busy):
        formatted["extensions"] = {"code": refusal.code}
    elif error.path is None and (refusal is None or isinstance(refusal, ValueError)):
        # before anything was executed: the document or a value in it is at fault
        formatted |= _request_error(error, refusal)
    else:
        formatted |= _masked(refusal or error, at=error.path)
    return formatted


def _request_error(error: GraphQLError, cause: Exception | None) -> dict[str, Any]:
    if cause is not None:  # Python's own words about a value it cannot read
        return {
            "message": "A value in the document or its variables cannot be read.",
            "extensions": {"code": "GRAPHQL_REQUEST_INVALID"},
        }
    code = "OPERATION_TOO_LARGE" if is_limit(error) else "GRAPHQL_REQUEST_INVALID"
    return {"message": error.message[:MESSAGE_LENGTH_MAX], "extensions": {"code": code}}


def _masked(fault: Exception, *, at: object = None) -> dict[str, Any]:
    """A bug: the log tells us what happened, the client how to ask us about it."""
    logger.error("internal error at %s", at, exc_info=fault)
    return {
        "message": f"Something went wrong on our side. Tell us the request id {request_id.get()}.",
        "extensions": {"code": "INTERNAL", "requestId": request_id.get()},
    }


def _refusal_behind(error: GraphQLError) -> Exception | None:
    """The exception that a GraphQL error carries; None when the document or a value was wrong."""
    original = error.original_error
    while isinstance(original, GraphQLError):
        original = original.original_error
    if isinstance(original, Refused):
        return original.errors[0]
    return original


def _refusal(problem: str, code: str, status: int, media_type: str | None) -> Response:
    response = _json(
        {"errors": [{"message": problem, "extensions": {"code": code}}]}, status, media_type or JSON
    )
    if status == 405:
        response.headers["allow"] = "POST"
    return response


def _json(body: Mapping[str, Any], status: int, media_type: str) -> Response:
    return Response(
        orjson.dumps(body), status_code=status, media_type=f"{media_type}; charset=utf-8"
    )
