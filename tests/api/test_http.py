"""GraphQL over HTTP: media types, status codes, and what is no GraphQL request at all."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from tests.processes import Server

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
HELLO = {"query": "{ __typename }"}
MIB = 1024 * 1024


async def post(client: httpx2.AsyncClient, content: Any, **headers: str) -> httpx2.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return await client.post(
        "/graphql", content=content, headers={"content-type": JSON, "accept": "*/*"} | named
    )


def code_of(response: httpx2.Response) -> str:
    answer = response.json()
    assert list(answer) == ["errors"], "a request error comes without data"
    [error] = answer["errors"]
    return str(error["extensions"]["code"])


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (GRAPHQL, GRAPHQL),
        (JSON, JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (f"{GRAPHQL}, {JSON};q=0.9", GRAPHQL),
        (f"{JSON};q=0.5, {GRAPHQL};q=0.8", GRAPHQL),
        (f"*/*, {GRAPHQL}", GRAPHQL),
        (f"text/html, {GRAPHQL.upper()}; charset=utf-8", GRAPHQL),
        (f"{GRAPHQL};q=0, {JSON}", JSON),
        (f"{GRAPHQL};q=nonsense, */*;q=0.1", JSON),
    ],
)
async def test_the_answer_has_the_media_type_that_is_wanted_most(
    client: httpx2.AsyncClient, accept: str, media_type: str
) -> None:
    response = await client.post("/graphql", json=HELLO, headers={"accept": accept})
    assert response.status_code == 200
    assert response.headers["content-type"] == f"{media_type}; charset=utf-8"
    assert response.json() == {"data": {"__typename": "Query"}}


async def test_without_an_accept_header_the_answer_is_json(client: httpx2.AsyncClient) -> None:
    request = client.build_request("POST", "/graphql", json=HELLO)
    del request.headers["accept"]
    response = await client.send(request)
    assert response.headers["content-type"] == f"{JSON}; charset=utf-8"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_the_bare_address_leads_to_graphql(client: httpx2.AsyncClient, method: str) -> None:
    response = await client.request(method, "/", headers={"accept": "text/html"})
    assert (response.status_code, response.headers["location"]) == (307, "/graphql")


async def test_what_is_posted_to_the_bare_address_is_not_led_on(client: httpx2.AsyncClient) -> None:
    response = await client.post("/", json=HELLO)
    assert response.status_code == 405


@pytest.mark.parametrize("accept", ["text/html", "image/*", "", f"{JSON};q=0"])
async def test_other_media_types_are_not_acceptable(
    client: httpx2.AsyncClient, accept: str
) -> None:
    response = await client.post("/graphql", json=HELLO, headers={"accept": accept})
    assert (response.status_code, code_of(response)) == (406, "BAD_REQUEST")


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        f"{JSON}; charset=utf-16",
    ],
)
async def test_a_body_that_is_not_called_json_is_an_unsupported_media_type(
    client: httpx2.AsyncClient, content_type: str
) -> None:
    response = await post(client, '{"query": "{ __typename }"}', content_type=content_type)
    assert (response.status_code, code_of(response)) == (415, "BAD_REQUEST")


async def test_json_may_say_that_it_is_utf_8(client: httpx2.AsyncClient) -> None:
    body = '{"query": "{ __type(name: \\"Łódź🏃\\") { name } }"}'.encode()
    for charset in ("", "; charset=utf-8", '; Charset="UTF-8"'):
        response = await post(client, body, content_type=JSON + charset)
        assert response.json() == {"data": {"__type": None}}, charset


async def test_a_compressed_body_is_an_unsupported_media_type(client: httpx2.AsyncClient) -> None:
    response = await post(client, b"\x1f\x8b", content_encoding="gzip")
    assert (response.status_code, code_of(response)) == (415, "BAD_REQUEST")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"1",
        b'"x"',
        b"[]",
        b'[{"query": "{ __typename }"}]',
        b"{}",
        b'{"query"',
        b'{"query": "{ __typename }", }',
        b"\xff\xfe{}",
        b'{"query": "\xff"}',
        b'{"query": "\\ud800"}',
        b'{"query": NaN}',
        b"1" * 5000,
        b'{"query": "{ __typename }", "variables": {"n": ' + b"1" * 5000 + b"}}",
        b'{"query": "{ __typename }", "variables": {"n": 1e999}}',
        b"[" * 100_000,
        b'{"query": "{ __typename }", "variables": {"n": ' + b"[" * 1000 + b"]" * 1000 + b"}}",
        b'{"query": "{ __typename }", "variables": {"n": ' + b"[" * 400 + b"]" * 400 + b"}}",
    ],
    ids=lambda body: str(body[:40]),
)
async def test_a_body_that_is_no_request_is_a_bad_request(
    client: httpx2.AsyncClient, body: bytes
) -> None:
    for accept in (JSON, GRAPHQL):
        response = await post(client, body, accept=accept)
        assert (response.status_code, code_of(response)) == (400, "BAD_REQUEST")
        assert response.headers["content-type"] == f"{accept}; charset=utf-8"


@pytest.mark.parametrize("value", [None, {"a": 1}, 0, False, ["x"], "", "  \n"])
async def test_the_query_is_a_string_with_something_in_it(
    client: httpx2.AsyncClient, value: object
) -> None:
    response = await client.post("/graphql", json={"query": value})
    assert (response.status_code, code_of(response)) == (400, "BAD_REQUEST")


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("operationName", {}), ("operationName", 0), ("operationName", False), ("operationName", [])]
    + [
        (name, value)
        for name in ("variables", "extensions")
        for value in ("{}", 0, False, ["array"])
    ],
)
async def test_the_other_parameters_have_their_types_or_are_null(
    client: httpx2.AsyncClient, name: str, wrong: object
) -> None:
    refused = await client.post("/graphql", json=HELLO | {name: wrong})
    assert (refused.status_code, code_of(refused)) == (400, "BAD_REQUEST")
    assert f"'{name}' must be" in refused.json()["errors"][0]["message"]

    answered = await client.post("/graphql", json=HELLO | {name: None})
    assert answered.json() == {"data": {"__typename": "Query"}}


@pytest.mark.parametrize(
    "request_error",
    [
        {"query": "{"},
        {"query": "{ nothingLikeIt }"},
        {"query": "fragment F on Query { __typename }"},
        {"query": "query A { __typename } query B { __typename }"},
        {"query": "query A { __typename }", "operationName": "B"},
        {"query": "query A { __typename }", "operationName": "B" * 10_000},
        {"query": "query A { __typename }", "operationName": ""},
        {"query": "subscription { x }"},
        {"query": "query ($id: ID!) { __typename }", "variables": {"id": None}},
        {"query": "query ($n: Int) { __typename }", "variables": {"n": 2**31}},
        {"query": "{ workspaces(first: " + "1" * 5000 + ") { totalCount } }"},
    ],
    ids=lambda body: str(body["query"][:50]),
)
async def test_what_cannot_be_executed_is_400_without_data_or_200_for_plain_json(
    client: httpx2.AsyncClient, request_error: dict[str, object]
) -> None:
    for accept, status in ((GRAPHQL, 400), (JSON, 200)):
        response = await client.post("/graphql", json=request_error, headers={"accept": accept})
        assert response.status_code == status
        assert code_of(response) == "GRAPHQL_REQUEST_INVALID"
        assert len(response.content) < 1500, "what was sent is quoted in part only"


async def test_one_of_several_operations_runs_when_it_is_named(client: httpx2.AsyncClient) -> None:
    document = "query A { a: __typename } query B { b: __typename }"
    response = await client.post("/graphql", json={"query": document, "operationName": "B"})
    assert response.json() == {"data": {"b": "Query"}}


async def test_three_thousand_operations_are_not_answered_by_the_first(
    client: httpx2.AsyncClient,
) -> None:
    document = " ".join(f"query A{number} {{ __typename }}" for number in range(3000))
    unnamed = await client.post("/graphql", json={"query": document})
    assert code_of(unnamed) == "GRAPHQL_REQUEST_INVALID"
    named = await client.post("/graphql", json={"query": document, "operationName": "A7"})
    assert code_of(named) == "OPERATION_TOO_LARGE"


async def test_errors_of_single_fields_come_with_data_and_200(client: httpx2.AsyncClient) -> None:
    response = await client.post(
        "/graphql", json={"query": "{ __typename workspace { id } }"}, headers={"accept": GRAPHQL}
    )
    assert response.status_code == 200
    answer = response.json()
    assert answer["data"] == {"__typename": "Query", "workspace": None}
    assert [error["path"] for error in answer["errors"]] == [["workspace"]]


async def test_a_query_may_be_asked_by_get(client: httpx2.AsyncClient) -> None:
    response = await client.get(
        "/graphql",
        params={
            "query": "query Q($name: String!) { __type(name: $name) { name } }",
            "variables": '{"name": "Plan"}',
            "operationName": "Q",
            "extensions": '{"any": "thing"}',
        },
    )
    assert response.status_code == 200
    assert response.json() == {"data": {"__type": {"name": "Plan"}}}


@pytest.mark.parametrize(
    "params",
    [{}, {"query": ""}, HELLO | {"variables": "{"}, HELLO | {"variables": "[1]"}],
    ids=str,
)
async def test_a_get_that_is_no_request_is_a_bad_request(
    client: httpx2.AsyncClient, params: dict[str, str]
) -> None:
    response = await client.get("/graphql", params=params)
    assert (response.status_code, code_of(response)) == (400, "BAD_REQUEST")


async def test_a_mutation_is_not_done_by_get(client: httpx2.AsyncClient) -> None:
    for params in (
        {"query": "mutation { __typename }"},
        {"query": "query Q { __typename } mutation M { __typename }", "operationName": "M"},
    ):
        for accept in (GRAPHQL, JSON):
            response = await client.get("/graphql", params=params, headers={"accept": accept})
            assert (response.status_code, code_of(response)) == (405, "BAD_REQUEST")
            assert response.headers["allow"] == "POST"


async def test_head_is_answered_like_get_and_other_methods_are_not_allowed(
    client: httpx2.AsyncClient,
) -> None:
    assert (await client.head("/graphql", params=HELLO)).status_code == 200
    for method in ("PUT", "PATCH", "DELETE", "OPTIONS"):
        response = await client.request(method, "/graphql", json=HELLO)
        assert response.status_code == 405, method
        assert set(response.headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}


async def test_a_slash_at_the_end_makes_no_difference(client: httpx2.AsyncClient) -> None:
    response = await client.post("/graphql/", json=HELLO)
    assert response.status_code == 200, "and no redirect, which would lose the body"
    assert response.json() == {"data": {"__typename": "Query"}}


async def test_a_body_of_two_mebibytes_is_read_and_one_byte_more_is_not(
    client: httpx2.AsyncClient,
) -> None:
    body = b'{"query": "{ __typename }"}'
    fits = await post(client, body.ljust(2 * MIB))
    assert fits.json() == {"data": {"__typename": "Query"}}
    refused = await post(client, body.ljust(2 * MIB + 1))
    assert (refused.status_code, code_of(refused)) == (413, "BODY_TOO_LARGE")


async def test_an_endless_body_is_refused_as_soon_as_it_is_too_long(
    client: httpx2.AsyncClient,
) -> None:
    sent = 0

    async def chunks() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += MIB
            yield b" " * MIB

    request = client.build_request(
        "POST", "/graphql", content=chunks(), headers={"content-type": JSON}
    )
    assert request.headers["transfer-encoding"] == "chunked"
    refused = await client.send(request)
    assert (refused.status_code, code_of(refused)) == (413, "BODY_TOO_LARGE")
    assert sent <= 4 * MIB


async def test_a_websocket_is_refused_because_there_are_no_subscriptions(
    client: httpx2.AsyncClient,
) -> None:
    transport = client._transport
    assert isinstance(transport, httpx2.ASGITransport)
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "websocket",
        "path": "/graphql",
        "raw_path": b"/graphql",
        "query_string": b"",
        "headers": [],
        "subprotocols": ["graphql-transport-ws", "graphql-ws"],
    }
    await transport.app(scope, receive, send)
    assert [message["type"] for message in sent] == ["websocket.close"]


def test_a_real_server_does_not_say_what_it_runs_on(live_server: Server) -> None:
    for path in ("/graphql", "/healthz", "/nothing"):
        assert "server" not in httpx2.get(live_server.url + path).headers


def test_a_real_server_does_not_upgrade_to_a_websocket(live_server: Server) -> None:
    port = int(live_server.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(
            b"GET /graphql HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
            b"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            b"Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n"
        )
        assert connection.recv(1000).startswith(b"HTTP/1.1 400 ")


def test_a_real_server_refuses_a_long_chunked_body(live_server: Server) -> None:
    def chunks() -> Any:
        yield from (b" " * MIB for _ in range(6))

    refused = httpx2.post(
        f"{live_server.url}/graphql", content=chunks(), headers={"content-type": JSON}
    )
    assert (refused.status_code, code_of(refused)) == (413, "BODY_TOO_LARGE")
