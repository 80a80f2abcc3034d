"""What is too large is refused before it runs, quickly; what people really ask is answered."""

from __future__ import annotations

import inspect
import itertools
import time
from pathlib import Path

import httpx2
import pytest
from graphql import get_introspection_query, parse, validate

from schema import limits
from schema.limits import (
    DEFINITIONS_MAX,
    DEPTH_MAX,
    FIELDS_MAX,
    ROOT_FIELDS_MAX,
    TOKENS_MAX,
    CheckDocument,
)
from schema.root import build_schema
from tests.client import Api
from tests.given import a_workspace

SCHEMA = build_schema()._schema
EXAMPLES = Path(__file__).parents[2] / "examples" / "operations"
# On an idle machine each takes milliseconds; followed instead of measured, some would take years.
PATIENCE_SECONDS = 10.0


def spreads(body: str, *, levels: int = 40) -> str:
    """Fragments, each spread twice by the one before it."""
    fragments = [
        f"fragment F{level} on Query {{ {body} ...F{level + 1} ...F{level + 1} }}"
        for level in range(levels)
    ]
    return " ".join(["{ ...F0 }", *fragments, f"fragment F{levels} on Query {{ __typename }}"])


def nested(depth: int) -> str:
    """Fields within fields, `depth` levels of them."""
    return "{ __schema { queryType " + "{ ofType " * (depth - 3) + "{ name }" + " }" * (depth - 1)


TOO_LARGE = {
    "40 fragments, each spread twice": spreads(""),
    "40 fragments with fields, each spread twice": spreads("plans { key }"),
    "1000 aliases": "{" + " ".join(f"a{n}: plans {{ key }}" for n in range(1000)) + "}",
    "7000 equal fields": "{" + "plans { key } " * 7000 + "}",
    "1000 mutations": "mutation {"
    + " ".join(
        f'a{n}: revokeApiKey(input: {{ id: "x" }}) {{ errors {{ code }} }}' for n in range(1000)
    )
    + "}",
    "2000 fragments": "{ ...F0 }"
    + " ".join(f"fragment F{n} on Query {{ plans {{ key }} }}" for n in range(2000)),
    "deep selections": nested(DEPTH_MAX + 1),
    "very deep selections": "{ a " * 5000 + "}" * 5000,
    "deep lists": '{ node(id: "x") { id } plans(x: ' + "[" * 5000 + "]" * 5000 + ") }",
    "deep objects": "{ plans(x: " + "{ a: " * 5000 + "1" + "}" * 5000 + ") }",
    "deep list types": "query ($a: " + "[" * 5000 + "Int" + "]" * 5000 + ") { __typename }",
    "many tokens": "{" + "plans " * (TOKENS_MAX + 1) + "}",
    "many comments": "# hello\n" * (TOKENS_MAX + 1) + "{ __typename }",
    "a chain of fragments": "{ ...F0 }"
    + "".join(f"fragment F{n} on Query {{ ...F{n + 1} }}" for n in range(5000)),
    "pages of pages": "{ workspaces(first: 100) { nodes { invoices(first: 100) { nodes "
    "{ id number total { amount } } } } } }",
    "pages by fragments": "{ workspaces(first: 100) { nodes { ...W } } } "
    "fragment W on Workspace { invoices(first: 100) { nodes { ...I } } } "
    "fragment I on Invoice { id number total { amount } }",
    "pages by variables": "query ($n: Int) { workspaces(first: $n) { nodes { invoices(last: $n) "
    "{ nodes { id number total { amount } } } } } }",
    "pages around in circles": "{ workspace { invoices(first: 100) { nodes { workspace { "
    "invoices(first: 100) { nodes { workspace { invoices(first: 100) { nodes { id " + "} " * 10,
}


@pytest.mark.parametrize("name", TOO_LARGE)
async def test_a_document_that_is_too_large_is_refused_quickly(
    client: httpx2.AsyncClient, operator: Api, name: str
) -> None:
    document = TOO_LARGE[name]
    started = time.perf_counter()
    response = await client.post("/graphql", json={"query": document}, headers=operator.headers)
    seconds = time.perf_counter() - started

    answer = response.json()
    assert list(answer) == ["errors"]
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["OPERATION_TOO_LARGE"]
    assert seconds < PATIENCE_SECONDS


async def test_fragments_that_spread_themselves_are_refused(public: Api) -> None:
    for document in (
        "{ ...F } fragment F on Query { __typename ...F }",
        "{ ...F } fragment F on Query { ...G ...G } fragment G on Query { __typename ...F ...F }",
    ):
        answer = await public.send(document)
        assert "data" not in answer
        messages = [error["message"] for error in answer["errors"]]
        assert any("Cannot spread fragment 'F' within itself" in text for text in messages)


async def test_what_nests_in_a_value_is_compared_with_its_type_and_no_fault(public: Api) -> None:
    for value in ("[" * 150 + "]" * 150, "{ a: " * 150 + "1" + " }" * 150):
        code = await public.code_of(f"{{ node(id: {value}) {{ id }} }}")
        assert code == "GRAPHQL_REQUEST_INVALID"


async def test_introspection_cannot_go_round_in_circles(public: Api) -> None:
    around = "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }"
    assert await public.code_of(around) == "GRAPHQL_REQUEST_INVALID"


def refused(document: str) -> list[str]:
    return [error.message for error in validate(SCHEMA, parse(document), [CheckDocument])]


def test_each_limit_is_reached_exactly() -> None:
    assert refused(nested(DEPTH_MAX)) == []
    assert refused(nested(DEPTH_MAX + 1)) == [
        f"The operation is {DEPTH_MAX + 1} levels deep; at most {DEPTH_MAX} are allowed."
    ]
    # one field at the top, the others below it
    assert refused("{ plans {" + " key" * (FIELDS_MAX - 1) + " } }") == []
    assert refused("query Q { plans {" + " key" * FIELDS_MAX + " } }") == [
        "Operation 'Q' asks for 1,001 fields; at most 1,000 are allowed."
    ]
    assert refused("{" + " __typename" * ROOT_FIELDS_MAX + " }") == []
    assert refused("{" + " __typename" * (ROOT_FIELDS_MAX + 1) + " }") == [
        "The operation asks for 51 fields at its top; at most 50 are allowed."
    ]
    definitions = [f"query Q{number} {{ __typename }}" for number in range(DEFINITIONS_MAX + 1)]
    assert refused(" ".join(definitions[:-1])) == []
    assert refused(" ".join(definitions)) == [
        "The document has 201 operations and fragments; at most 200 are read."
    ]


@pytest.mark.parametrize(
    ("field", "rows"),
    [
        ("workspaces", 25),
        ("workspaces(first: 7)", 7),
        ("workspaces(first: 0)", 0),
        ("workspaces(last: 7)", 7),
        ("workspaces(first: null)", 25),
        ("workspaces(first: null, last: 100)", 100),
        ("workspaces(first: 100000)", 100),
        ("workspaces(first: -5)", 0),
        ("workspaces(first: $n)", 100),
        ("nodes(ids: $ids)", 100),
        ('nodes(ids: ["a", "b"])', 2),
        ("plans", 1),
    ],
)
def test_a_field_below_a_list_counts_as_often_as_the_list_may_have_rows(
    monkeypatch: pytest.MonkeyPatch, field: str, rows: int
) -> None:
    monkeypatch.setattr(limits, "VALUES_MAX", 0)
    [problem] = refused(f"{{ {field} {{ id name }} }}")
    assert problem.startswith(f"The operation could be answered by {1 + 2 * rows} values")


async def test_every_form_of_the_introspection_query_is_answered(public: Api) -> None:
    options = [
        name
        for name, parameter in inspect.signature(get_introspection_query).parameters.items()
        if isinstance(parameter.default, bool)
    ]
    assert len(options) >= 6
    asked = [dict.fromkeys(options, False), dict.fromkeys(options, True), {}]
    asked += [dict.fromkeys(pair, True) for pair in itertools.combinations(options, 2)]
    supported = 0
    for chosen in asked:
        answer = await public.send(get_introspection_query(**chosen))
        if "errors" in answer:  # a later draft's field, which our schema does not have
            assert {error["extensions"]["code"] for error in answer["errors"]} == {
                "GRAPHQL_REQUEST_INVALID"
            }
            assert all("Cannot query field" in error["message"] for error in answer["errors"])
        else:
            supported += 1
            assert answer["data"]["__schema"]["queryType"] == {"name": "Query", "kind": "OBJECT"}
    assert supported == len(asked)


async def test_the_examples_of_graphiql_are_within_the_limits() -> None:
    documents = [path.read_text() for path in EXAMPLES.glob("*.graphql")]
    assert documents
    assert [problem for document in documents for problem in refused(document)] == []


async def test_a_thousand_values_may_be_written_into_a_document(public: Api) -> None:
    ids = ", ".join(f'"{number}"' for number in range(100))
    names = ", ".join(f'"{number:036}"' for number in range(10_000))
    answer = await public.ask(f"{{ nodes(ids: [{ids}]) {{ id }} }}")
    assert answer["nodes"] == [None] * 100
    assert await public.code_of(f"{{ nodes(ids: [{names}]) {{ id }} }}") == "INVALID_INPUT"


async def test_a_billing_page_is_within_the_limits(operator: Api) -> None:
    tenant = await a_workspace(operator)
    page = await tenant.api.ask(
        "{ workspace { name subscription { plan { key name price { amount } } monthlyTotal "
        "{ amount } addOns { quantity addOn { key } } } capacities { resource limit used } "
        "creditBalance { available } paymentMethods { label } invoices(first: 50) { nodes { number "
        "status lines { description amount { amount } } total { amount } payments { status } } "
        "pageInfo { endCursor } totalCount } ledgerEntries(first: 100) { nodes { kind amount "
        "balanceAfter occurredAt description } } } plans { key } addOns { key } rates { meter } }"
    )
    assert page["workspace"]["name"] == "Acme"
