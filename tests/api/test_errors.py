"""What clients are told when something is wrong, and what only the log is told."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Literal

import httpx2
import pytest
from tortoise import connections

from billwright import graphql_endpoint, logs
from models.workspaces import Workspace
from services import catalog
from services.api_keys import Keyring
from tests.client import Api
from tests.given import Tenant, a_workspace

PLANS = "{ plans { key } }"
LogFormat = Literal["text", "json"]


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception], None]:
    """Make the price list fail in a given way."""

    def fail(fault: Exception) -> None:
        async def current_version() -> object:
            raise fault

        monkeypatch.setattr(catalog, "current_version", current_version)

    return fail


async def sent(client: httpx2.AsyncClient, query: str, **headers: str) -> httpx2.Response:
    return await client.post("/graphql", json={"query": query}, headers=headers)


async def test_a_bug_is_masked_and_the_log_has_what_the_client_has_not(
    client: httpx2.AsyncClient,
    failing: Callable[[Exception], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    failing(RuntimeError("the password is swordfish"))
    response = await sent(client, PLANS)

    request_id = response.headers["x-request-id"]
    assert len(request_id) == 36
    assert response.status_code == 200
    assert "swordfish" not in response.text
    assert response.json()["data"] is None
    [error] = response.json()["errors"]
    assert error["path"] == ["plans"]
    assert error["extensions"] == {"code": "INTERNAL", "requestId": request_id}
    assert error["message"] == (
        f"Something went wrong on our side. Tell us the request id {request_id}."
    )
    [record] = [record for record in caplog.records if record.levelname == "ERROR"]
    assert record.exc_info is not None
    assert str(record.exc_info[1]) == "the password is swordfish"


async def test_every_request_has_an_id_of_its_own(client: httpx2.AsyncClient) -> None:
    ids = [(await client.get("/healthz")).headers["x-request-id"] for _ in range(3)]
    assert len(set(ids)) == 3


@pytest.mark.parametrize(
    "statement",
    ["SELECT 1 / 0", "SELECT nothing_like_it", "SELECT E'\\\\x00'::bytea::text::json"],
)
async def test_the_words_of_the_database_stay_with_us(
    public: Api, monkeypatch: pytest.MonkeyPatch, statement: str
) -> None:
    async def current_version() -> object:
        return await connections.get("default").execute_query(statement)

    monkeypatch.setattr(catalog, "current_version", current_version)
    answer = await public.send(PLANS)
    [error] = answer["errors"]
    assert error["extensions"]["code"] == "INTERNAL"
    assert error["message"].startswith("Something went wrong on our side.")


async def test_an_answer_that_does_not_fit_its_type_is_our_fault_not_the_clients(
    operator: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Many:
        async def count(self) -> int:
            return 2**31

    monkeypatch.setattr(Workspace, "all", Many)
    assert await operator.code_of("{ workspaces(first: 0) { totalCount } }") == "INTERNAL"


async def test_a_fault_before_the_operation_is_answered_as_a_masked_500(
    client: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hashed(*_: object) -> str:
        raise OSError("connection refused by 10.0.0.7")

    monkeypatch.setattr(Keyring, "hash", hashed)
    response = await sent(client, PLANS, authorization="Bearer bw_ws_some_key")
    assert response.status_code == 500
    assert "10.0.0.7" not in response.text
    [error] = response.json()["errors"]
    assert error["extensions"]["requestId"] == response.headers["x-request-id"]


async def test_an_operation_that_takes_too_long_is_given_up(
    client: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def current_version() -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(catalog, "current_version", current_version)
    monkeypatch.setattr(graphql_endpoint, "REQUEST_SECONDS_MAX", 0.01)
    response = await sent(client, PLANS)
    assert response.status_code == 503
    assert response.json()["errors"][0]["extensions"] == {"code": "TIMEOUT"}


async def test_every_error_has_a_code(client: httpx2.AsyncClient, operator: Api) -> None:
    tenant = await a_workspace(operator)
    codes = set()
    for query in (
        "{",
        "{ nothing }",
        "query ($a: Nothing) { plans { key } }",
        "query ($a: Int!) { plans { key } }",
        "{ workspace { id } }",
        "{ workspaces { totalCount } }",
        '{ workspace { seats(after: "x") { totalCount } } }',
        "{ plans { key { a } } }",
        "{ viewer @nothing { label } }",
    ):
        for headers in ({}, tenant.api.headers):
            response = await sent(client, query, **headers)
            for error in response.json().get("errors", ()):
                assert error["message"]
                codes.add(error["extensions"]["code"])
    assert codes == {"GRAPHQL_REQUEST_INVALID", "UNAUTHENTICATED", "FORBIDDEN", "INVALID_INPUT"}


@pytest.mark.parametrize(
    "literal",
    [
        '"a\\u0000b"',
        '"a\\u{0}b"',
        '"a\\u{000000}b"',
        '"a\x00b"',
        '"""a\x00b"""',
        '"""\n  first\n  a\x00b\n"""',
    ],
    ids=repr,
)
async def test_the_character_nul_does_not_reach_the_database_by_a_document(
    operator: Api, literal: str
) -> None:
    answer = await operator.send(f"{{ rates(meter: {literal}) {{ unit }} }}")
    assert "data" not in answer
    assert {error["extensions"]["code"] for error in answer["errors"]} == {
        "GRAPHQL_REQUEST_INVALID"
    }


async def test_text_that_only_speaks_of_nul_is_text(public: Api) -> None:
    for literal in (r'"a\\u0000b"', r'"""a\u0000b"""', '"u0000"'):
        assert await public.ask(f"{{ rates(meter: {literal}) {{ unit }} }}") == {"rates": []}


@pytest.mark.parametrize(
    "variables",
    [{"label": "a\x00"}, {"label": "a", "scopes": ["read", "\x00"]}, {"label": "a", "\x00": 1}],
    ids=str,
)
async def test_the_character_nul_does_not_reach_the_database_by_variables(
    client: httpx2.AsyncClient, operator: Api, variables: dict[str, Any]
) -> None:
    response = await client.post(
        "/graphql",
        json={
            "query": "mutation ($input: CreateApiKeyInput!) "
            "{ createApiKey(input: $input) { secret } }",
            "variables": {"input": variables},
        },
        headers=operator.headers,
    )
    assert response.status_code == 400
    [error] = response.json()["errors"]
    assert error["extensions"]["code"] == "BAD_REQUEST"
    assert error["message"] == "Text with the character U+0000 cannot be stored."


NO_IDS = [
    "",
    " ",
    "1",
    "None",
    "x" * 100_000,
    "Łódź",
    "SW52b2ljZTo=",
    "SW52b2ljZTox",
    "SW52b2ljZTo5OTk5OTk5OTk5OTk5OTk5OTk5OTk5",
    "Tm90aGluZzowMWEyMDlmMi0xYTJiLTc0YzgtYWU0My02Nzc2NmNlYzljZWQ=",
    "////",
    "=====",
]


@pytest.mark.parametrize("no_id", NO_IDS, ids=lambda text: text[:20])
async def test_what_is_no_id_is_not_found(operator: Api, no_id: str) -> None:
    written = json.dumps(no_id, ensure_ascii=False)
    answer = await operator.ask(
        f"{{ node(id: {written}) {{ id }} workspace(id: {written}) {{ id }} }}"
    )
    assert answer == {"node": None, "workspace": None}
    paid = await operator.do("payInvoice", "invoice { id }", invoiceId=no_id)
    assert [error["code"] for error in paid["errors"]] == ["NOT_FOUND"]


@pytest.mark.parametrize("number", [2**31, -(2**31) - 1, 10**18, 10**30, 1.5, "7", True])
async def test_a_number_that_is_no_int_is_refused_by_its_type(
    operator: Api, number: object
) -> None:
    query = "query ($n: Int) { workspaces(first: $n) { totalCount } }"
    assert await operator.code_of(query, n=number) == "GRAPHQL_REQUEST_INVALID"
    if not isinstance(number, bool | str):
        literal = f"{{ workspaces(first: {number}) {{ totalCount }} }}"
        assert await operator.code_of(literal) == "GRAPHQL_REQUEST_INVALID"


@pytest.mark.parametrize("quantity", [2**31 - 1, 0, -1, -(2**31)])
async def test_a_quantity_at_the_edge_of_int_is_refused_or_reckoned_with(
    operator: Api, quantity: int
) -> None:
    tenant = await a_workspace(operator, card="pm_card_visa")
    add_on = (await tenant.api.ask("{ addOns { key } }"))["addOns"][0]["key"]
    done = await tenant.api.do(
        "subscribe",
        "invoice { id }",
        plan="pay-as-you-go",
        addOns=[{"addOn": add_on, "quantity": quantity}],
    )
    assert [error["code"] for error in done["errors"]] == ["INVALID_INPUT"]
    assert done["errors"][0]["path"] == ["addOns", "0", "quantity"]


@pytest.fixture
def logged(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[LogFormat], Callable[[], str]]:
    """Log in a format for as long as the test runs; what is called to read what was logged."""

    def configure(log_format: LogFormat) -> Callable[[], str]:
        monkeypatch.setattr(logging.root, "handlers", [])
        monkeypatch.setattr(logging.getLogger(logs.REQUESTS), "handlers", [])
        monkeypatch.setattr(logging.getLogger(logs.REQUESTS), "propagate", True)
        monkeypatch.setattr(logging.getLogger("httpx2"), "disabled", True)  # the tests' own client
        logs.configure(log_format)
        return lambda: capsys.readouterr().err

    return configure


async def failed_request(client: httpx2.AsyncClient, tenant: Tenant) -> httpx2.Response:
    query = "{ workspace { seats { totalCount } } }"
    return await sent(client, query, **tenant.api.headers)


@pytest.fixture
def lost_seats(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is counted fails, beside a secret."""

    async def visible_workspace(*_: object) -> None:
        card_token = "tok_" + "secret"  # noqa: F841 - what a traceback with locals would show
        raise LookupError("two\nlines")

    monkeypatch.setattr("resolvers.access.visible_workspace", visible_workspace)


async def test_logs_for_machines_are_one_object_a_line(
    client: httpx2.AsyncClient,
    operator: Api,
    logged: Callable[[LogFormat], Callable[[], str]],
    lost_seats: None,
) -> None:
    tenant = await a_workspace(operator)
    read = logged("json")
    started = datetime.now(UTC)
    response = await failed_request(client, tenant)
    text = read()

    lines = [json.loads(line) for line in text.splitlines()]
    assert [line["level"] for line in lines] == ["error", "info"]
    for line in lines:
        assert line["request_id"] == response.headers["x-request-id"]
        assert line["workspace_id"] == str(tenant.key)
        assert datetime.fromisoformat(line["timestamp"]) >= started
    fault, request = lines
    assert fault["event"] == "internal error at ['workspace']"
    assert fault["exception"][0]["exc_type"] == "LookupError"
    assert fault["exception"][0]["frames"][-1]["name"] == "visible_workspace"
    assert request["event"] == "POST /graphql 200"
    assert request["duration_ms"] > 0
    assert "tok_secret" not in text
    assert tenant.api.headers["authorization"].removeprefix("Bearer ") not in text


async def test_logs_for_people_have_the_traceback_below_the_line(
    client: httpx2.AsyncClient,
    operator: Api,
    logged: Callable[[LogFormat], Callable[[], str]],
    lost_seats: None,
) -> None:
    tenant = await a_workspace(operator)
    read = logged("text")
    response = await failed_request(client, tenant)
    text = read()

    first, *traceback, last = text.splitlines()
    for line in (first, last):
        assert f"request_id={response.headers['x-request-id']}" in line
        assert f"workspace_id={tenant.key}" in line
    assert "[error" in first
    assert "internal error at ['workspace']" in first
    assert traceback[0] == "Traceback (most recent call last):"
    assert "POST /graphql 200" in last
    assert "tok_secret" not in text


async def test_a_refusal_is_no_fault_and_is_not_logged_as_one(
    client: httpx2.AsyncClient, logged: Callable[[LogFormat], Callable[[], str]]
) -> None:
    read = logged("json")
    await sent(client, "{ workspace { id } nothing }")
    await sent(client, "{ workspace { id } }")
    await sent(client, PLANS, authorization="Bearer wrong")
    levels = [json.loads(line)["level"] for line in read().splitlines()]
    assert levels == ["info", "info", "info"]


async def test_an_address_cannot_forge_a_line_of_the_log(
    client: httpx2.AsyncClient, logged: Callable[[LogFormat], Callable[[], str]]
) -> None:
    read = logged("text")
    await client.get("/nothing%0Aforged%20line")
    [line] = read().splitlines()
    assert "GET /nothing%0Aforged%20line 404" in line


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_the_line_of_a_request_is_written_as_all_others_are(
    logged: Callable[[LogFormat], Callable[[], str]],
    monkeypatch: pytest.MonkeyPatch,
    log_format: LogFormat,
) -> None:
    read = logged(log_format)
    requests = logging.getLogger(logs.REQUESTS)
    record = requests.makeRecord(
        requests.name,
        logging.INFO,
        "app.py",
        1,
        "%s %s %s",
        ("POST", "/graphql", 200),
        None,
        extra={"duration_ms": 1.5},
    )
    monkeypatch.setattr(record, "created", 1_796_068_800.25)
    # given somebody whose workspace is not known yet
    logs.request_id.set("019af5d2-0000-7000-8000-000000000001")
    logs.workspace_id.set(None)
    requests.handle(record)
    # the processors stamp what they write themselves
    logging.root.handle(record)
    quick, by_processors = read().splitlines()
    if log_format == "json":
        assert json.loads(quick) == {
            "event": "POST /graphql 200",
            "level": "info",
            "logger": "billwright.requests",
            "duration_ms": 1.5,
            "request_id": "019af5d2-0000-7000-8000-000000000001",
            "timestamp": "2026-11-30T20:00:00.250000Z",
        }
        assert json.loads(quick).keys() == json.loads(by_processors).keys()
    else:
        assert quick.startswith("2026-11-30T20:00:00.250000Z ")
        assert quick.split(maxsplit=1)[1] == by_processors.split(maxsplit=1)[1]
