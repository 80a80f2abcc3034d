"""What it costs to turn the variables of a report into values: by graphql-core, and by our decoder.

In this process, in processor time. Both begin with what a JSON parser made of the body.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from statistics import median
from typing import Any

import orjson
from graphql import OperationDefinitionNode, parse
from graphql.execution.values import get_variable_values

from bench.usage_mix import Ids, Pattern
from bench.usage_requests import MUTATION, variables_of
from schema.root import build_schema
from schema.usage import RecordUsageInput

Decode = Callable[[Any], object]
REPEATS = 20
DECODER = "schema.decoding"


@dataclass(frozen=True)
class Decoding:
    """Microseconds per event, once per round."""

    json_us: Sequence[float]
    coercion_us: Sequence[float]
    ours_us: Sequence[float]  # none without a decoder

    @property
    def ratios(self) -> list[float]:
        """How many times the decoder's time coercion takes, in the same round."""
        return [theirs / ours for theirs, ours in zip(self.coercion_us, self.ours_us, strict=False)]


def measure(pattern: Pattern, rounds: int) -> Decoding:
    """Decode the same report again and again, both ways in turn."""
    variables = variables_of(pattern.events, Ids().texts(len(pattern.events)))
    body = orjson.dumps(variables)
    coerce, decode = _coercion(), _our_decoder()
    json_us, coercion_us, ours_us = [], [], []
    for _ in range(rounds):
        json_us.append(_us(lambda _: orjson.loads(body), variables))
        coercion_us.append(_us(coerce, variables))
        if decode is not None:
            ours_us.append(_us(decode, variables))
    return Decoding(json_us, coercion_us, ours_us)


def _our_decoder() -> Decode | None:
    """The decoder that is made from the input type; None while there is none."""
    if find_spec(DECODER) is None:
        return None
    decode: Decode = import_module(DECODER).decoder_of(RecordUsageInput)
    return lambda variables: decode(variables["input"])


def _coercion() -> Decode:
    schema = build_schema(introspection=True)._schema  # noqa: SLF001 - as in schema.root
    [operation] = parse(MUTATION).definitions
    assert isinstance(operation, OperationDefinitionNode)
    definitions = operation.variable_definitions or ()

    def coerce(variables: Any) -> object:
        values = get_variable_values(schema, definitions, variables)
        assert not isinstance(values, list), f"the variables do not fit: {values[:1]}"
        return values

    return coerce


def _us(decode: Decode, variables: dict[str, Any]) -> float:
    events = len(variables["input"]["events"])
    times = []
    for _ in range(REPEATS):
        started = time.process_time()
        decode(variables)
        times.append((time.process_time() - started) / events * 1e6)
    return median(times)
