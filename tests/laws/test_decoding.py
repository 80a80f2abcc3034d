"""What the compiled decoder takes, the schema's own coercion takes too, as the same values."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec
import orjson
import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    OperationDefinitionNode,
    parse,
)
from graphql.execution.values import VariableValues, get_variable_values
from hypothesis import given as for_all
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from strawberry.types.arguments import convert_argument

from schema.decoding import Decoder, NotTaken
from schema.root import build_schema
from tests.laws.conftest import many
from tests.metering import an_event

SCHEMA = build_schema()
EVENT = SCHEMA._schema.type_map["UsageEventInput"]
assert isinstance(EVENT, GraphQLInputObjectType)
MUTATIONS = SCHEMA._schema.mutation_type
assert MUTATIONS is not None
INPUTS = {
    name: field.args["input"].type.of_type for name, field in MUTATIONS.fields.items()
}  # the arguments are not null
EVENTS = [an_event(model="gpt-4o", occurredAt="2026-04-01T00:00:00.123Z") for _ in range(3)]

GOOD: dict[str, SearchStrategy[object]] = {
    "String": st.text(max_size=5),
    "ID": st.text(max_size=5),
    "Boolean": st.booleans(),
    "Int": st.integers(-(2**31), 2**31 - 1),
    "Decimal": st.from_regex(r"-?[0-9]{1,15}(\.[0-9]{1,12})?", fullmatch=True) | st.integers(0, 9),
    "Credits": st.from_regex(r"-?[0-9]{1,12}(\.[0-9]{1,3})?", fullmatch=True),
    "DateTime": st.datetimes().map(lambda at: f"{at.isoformat()}Z")
    | st.sampled_from(["2026-04-01T02:00:00+02:00", "2026-04-01t00:00:00.5z"]),
    "PhoneNumberValue": st.just("+14155550100"),
}
# right in an unusual way, or wrong: for one type or another
ODD = st.sampled_from(
    [None, True, 0, -0.0, 1.0, 1.5, 2**31, 2**63, 10**30, "", "a", " 1", "1 ", "+1", "1e3", "1_0",
     ".5", "5.", "-0", "NaN", "Infinity", "0x1", "\uff11", "1\n2", "1\n", "0" * 16, "0." + "1" * 13,
     "2026-04-01", "2026-04-01T00:00:00", "2026-04-01 00:00:00Z", "2026-02-31T00:00:00Z",
     "2026-W14-3T00:00:00Z", "20260401T000000Z", "2026-04-01T24:00:00Z", "2026-04-01T00:00:60Z",
     "2026-04-01T00:00:00,5Z", "2026-04-01T00:00:00.1234567Z", "2026-04-01T00:00:00+0200",
     "0000-01-01T00:00:00Z", "9999-12-31T23:59:59-23:59", "\x00", "a\x00b", "\ud800", "\udc00a",
     "REJECT", "reject", "CARD", [], [None], ["REJECT"], {}, {"quantity": 1}]
)  # fmt: skip


def values(type_: Any) -> SearchStrategy[Any]:
    """Mostly good ones."""
    if isinstance(type_, GraphQLNonNull):
        good = values(type_.of_type)
    elif isinstance(type_, GraphQLList):
        good = st.lists(values(type_.of_type), max_size=3)
    elif isinstance(type_, GraphQLInputObjectType):
        good = inputs(type_)
    elif isinstance(type_, GraphQLEnumType):
        good = st.sampled_from(list(type_.values))
    else:
        good = GOOD[type_.name]
    return st.integers(0, 19).flatmap(lambda luck: ODD if luck == 0 else good)


def inputs(type_: GraphQLInputObjectType) -> SearchStrategy[Any]:
    required = {
        name: values(field.type)
        for name, field in type_.fields.items()
        if isinstance(field.type, GraphQLNonNull)
    }
    others = {
        name: values(field.type) for name, field in type_.fields.items() if name not in required
    }
    return st.fixed_dictionaries(required, optional=others).flatmap(_with_luck_unknown)


def _with_luck_unknown(value: dict[str, Any]) -> SearchStrategy[dict[str, Any]]:
    unknown = st.builds(lambda odd: {**value, "unknown": odd}, ODD)
    return st.integers(0, 19).flatmap(lambda luck: unknown if luck == 0 else st.just(value))


def ordinarily(type_: GraphQLInputObjectType, variables: bytes) -> Any:
    """What a resolver is given by the ordinary way; None when that refuses."""
    [operation] = parse(f"query ($input: {type_.name}!) {{ plans {{ key }} }}").definitions
    assert isinstance(operation, OperationDefinitionNode)
    try:
        read = orjson.loads(variables)
    except orjson.JSONDecodeError:
        return None
    found = get_variable_values(SCHEMA._schema, operation.variable_definitions or (), read)
    if not isinstance(found, VariableValues):
        return None
    origin = type_.extensions["strawberry-definition"].origin
    registry = SCHEMA.schema_converter.scalar_registry
    return convert_argument(found.coerced["input"], origin, registry, SCHEMA.config)


def compiled(type_: GraphQLInputObjectType, variables: bytes) -> Any:
    """As `ordinarily`, by the decoder."""
    try:
        return Decoder(type_, "input").decode(variables)
    except NotTaken:
        return None


def seen(value: Any) -> Any:
    """A value with its type, and of inputs what attributes they have."""
    if is_dataclass(value):
        return {each.name: seen(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, msgspec.Struct):
        return {name: seen(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, list):
        return [seen(each) for each in value]
    shown = value.isoformat() if isinstance(value, datetime) else str(value)
    return type(value), shown


@pytest.mark.parametrize("type_", INPUTS.values(), ids=lambda type_: type_.name)
def test_what_is_taken_is_taken_ordinarily_and_as_the_same(type_: GraphQLInputObjectType) -> None:
    @many(100)
    @for_all(values(GraphQLNonNull(type_)), st.dictionaries(st.just("more"), ODD) | st.just({}))
    def holds(value: Any, undeclared: dict[str, Any]) -> None:
        variables = json.dumps({"input": value, **undeclared}).encode()
        found = compiled(type_, variables)
        if found is not None:
            assert seen(found) == seen(ordinarily(type_, variables))

    holds()


@many(1_000)
@for_all(st.lists(inputs(EVENT), max_size=3), st.booleans())
def test_events_are_taken_as_ordinarily(events: list[Any], is_escaped: bool) -> None:
    type_ = INPUTS["recordUsage"]
    variables = json.dumps({"input": {"events": events}}, ensure_ascii=is_escaped)
    found = compiled(type_, variables.encode(errors="surrogatepass"))
    if found is not None:
        ordinary = ordinarily(type_, variables.encode(errors="surrogatepass"))
        assert seen(found) == seen(ordinary)


def test_the_usual_is_taken() -> None:
    found = compiled(INPUTS["recordUsage"], orjson.dumps({"input": {"events": EVENTS}}))
    assert [(each.event_id, each.quantity) for each in found.events] == [
        (event["eventId"], Decimal(1)) for event in EVENTS
    ]
    assert seen(found) == seen(
        ordinarily(INPUTS["recordUsage"], orjson.dumps({"input": {"events": EVENTS}}))
    )


@pytest.mark.parametrize(
    "text",
    [
        b'{"input": {"events": [{"eventId": "a", "meter": "m", "quantity": "1\\u0000"}]}}',
        b'{"input": {"events": [{"eventId": "\\u0000", "meter": "m", "quantity": "1"}]}}',
        b'{"input": {"events": [{"eventId": "a", "meter": "m", "quantity": "1"}], "events": 1}}',
        b'{"input": {"events": [{"eventId": "\xff", "meter": "m", "quantity": "1"}]}}',
        b'{"input": {"events": [{"eventId": "\xed\xa0\x80", "meter": "m", "quantity": "1"}]}}',
        b'{"input": {"events": [{"eventId": "a", "meter": "m", "quantity": NaN}]}}',
        b'{"input": {"events": [{"eventId": "a", "meter": "m", "quantity": "1"}',
        b'{"input": {"events": [{"eventId": "a", "meter": "m", "quantity": "1"}]}} {}',
        b'{"input": ' + b'{"events": ' * 10_000,
        b"null",
        b"[]",
        b"",
    ],
)
def test_what_is_no_such_json_is_not_taken(text: bytes) -> None:
    assert compiled(INPUTS["recordUsage"], text) is None


def test_of_two_values_of_one_name_the_last_counts_as_ordinarily() -> None:
    text = (
        b'{"input": {"events": [{"eventId": "a", "meter": "m", "quantity": "1", "eventId": "b"}]}}'
    )
    found = compiled(INPUTS["recordUsage"], text)
    assert found.events[0].event_id == "b"
    assert seen(found) == seen(ordinarily(INPUTS["recordUsage"], text))
