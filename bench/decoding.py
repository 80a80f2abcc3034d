"""What it costs to turn the variables of a report into values: by graphql-core, and by our decoder.

In this process, in processor time. Our decoder reads the bytes of the body and makes the objects
that a resolver is given. The ordinary way has three steps for that, which are told apart: a JSON
parser, graphql-core's coercion, and Strawberry, which makes objects of what that found.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any

import orjson
from graphql import GraphQLInputObjectType, OperationDefinitionNode, parse
from graphql.execution.values import VariableValues, get_variable_values
from strawberry.types.arguments import convert_argument

from bench.usage_mix import Ids, Pattern
from bench.usage_requests import MUTATION, variables_of
from schema.decoding import Decoder
from schema.root import BillwrightSchema, build_schema
from schema.usage import RecordUsageInput

REPEATS = 20


@dataclass(frozen=True)
class Decoding:
    """Microseconds per event, once per round."""

    json_us: list[float]
    coercion_us: list[float]
    objects_us: list[float]
    ours_us: list[float]

    @property
    def ratios(self) -> list[float]:
        """How many times the decoder's time coercion alone takes, in the same round."""
        return [theirs / ours for theirs, ours in zip(self.coercion_us, self.ours_us, strict=True)]

    @property
    def ratios_with_objects(self) -> list[float]:
        """As `ratios`, for all three steps, as the decoder does them."""
        steps = zip(self.json_us, self.coercion_us, self.objects_us, strict=True)
        return [theirs / ours for theirs, ours in zip(map(sum, steps), self.ours_us, strict=True)]


def measure(pattern: Pattern, rounds: int) -> Decoding:
    """Decode the same report again and again, both ways in turn."""
    variables = variables_of(pattern.events, Ids().texts(len(pattern.events)))
    body = orjson.dumps(variables)
    schema = build_schema(introspection=True)
    input_type = schema._schema.type_map["RecordUsageInput"]  # noqa: SLF001 - as in schema.root
    assert isinstance(input_type, GraphQLInputObjectType)
    coerce, decode = _coercion(schema), Decoder(input_type, "input").decode
    coerced = coerce(variables)
    found = Decoding([], [], [], [])
    for _ in range(rounds):
        found.json_us.append(_us(lambda: orjson.loads(body), len(pattern.events)))
        found.coercion_us.append(_us(lambda: coerce(variables), len(pattern.events)))
        found.objects_us.append(_us(lambda: _objects(schema, coerced), len(pattern.events)))
        found.ours_us.append(_us(lambda: decode(body), len(pattern.events)))
    return found


def _coercion(schema: BillwrightSchema) -> Callable[[Any], Any]:
    [operation] = parse(MUTATION).definitions
    assert isinstance(operation, OperationDefinitionNode)
    definitions = operation.variable_definitions or ()

    def coerce(variables: Any) -> Any:
        values = get_variable_values(schema._schema, definitions, variables)  # noqa: SLF001 - as in schema.root
        assert isinstance(values, VariableValues), f"the variables do not fit: {values[:1]}"
        return values.coerced["input"]

    return coerce


def _objects(schema: BillwrightSchema, coerced: Any) -> object:
    registry = schema.schema_converter.scalar_registry
    return convert_argument(coerced, RecordUsageInput, registry, schema.config)


def _us(decode: Callable[[], object], events: int) -> float:
    times = []
    for _ in range(REPEATS):
        started = time.process_time()
        decode()
        times.append((time.process_time() - started) / events * 1e6)
    return median(times)
