"""What it costs to turn the variables of a report into values: by graphql-core, and by our decoder.

In this process, in processor time. Both begin with what a JSON parser made of the body. The values
are graphql-core's; that Strawberry then makes objects of them costs several times as much, and is
told apart, because the decoder makes the objects too.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from statistics import median
from typing import Any

import orjson
from graphql import OperationDefinitionNode, parse
from graphql.execution.values import VariableValues, get_variable_values
from strawberry.types.arguments import convert_argument

from bench.usage_mix import Ids, Pattern
from bench.usage_requests import MUTATION, variables_of
from schema.root import BillwrightSchema, build_schema
from schema.usage import RecordUsageInput

Decode = Callable[[Any], object]
REPEATS = 20
DECODER = "schema.decoding"


@dataclass(frozen=True)
class Decoding:
    """Microseconds per event, once per round."""

    json_us: list[float]
    coercion_us: list[float]
    objects_us: list[float]
    ours_us: list[float]  # none without a decoder

    @property
    def ratios(self) -> list[float]:
        """How many times the decoder's time coercion takes, in the same round."""
        return [theirs / ours for theirs, ours in zip(self.coercion_us, self.ours_us, strict=False)]

    @property
    def ratios_with_objects(self) -> list[float]:
        """As `ratios`, for all that comes before the resolver."""
        both = map(sum, zip(self.coercion_us, self.objects_us, strict=True))
        return [theirs / ours for theirs, ours in zip(both, self.ours_us, strict=False)]


def measure(pattern: Pattern, rounds: int) -> Decoding:
    """Decode the same report again and again, both ways in turn."""
    variables = variables_of(pattern.events, Ids().texts(len(pattern.events)))
    body = orjson.dumps(variables)
    schema = build_schema(introspection=True)
    coerce, decode = _coercion(schema), _our_decoder()
    coerced = coerce(variables)
    found = Decoding([], [], [], [])
    for _ in range(rounds):
        found.json_us.append(_us(lambda: orjson.loads(body), len(pattern.events)))
        found.coercion_us.append(_us(lambda: coerce(variables), len(pattern.events)))
        found.objects_us.append(_us(lambda: _objects(schema, coerced), len(pattern.events)))
        if decode is not None:
            found.ours_us.append(_us(partial(decode, variables["input"]), len(pattern.events)))
    return found


def _our_decoder() -> Decode | None:
    """The decoder that is made from the input type; None while there is none."""
    if find_spec(DECODER) is None:
        return None
    decode: Decode = import_module(DECODER).decoder_of(RecordUsageInput)
    return decode


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
