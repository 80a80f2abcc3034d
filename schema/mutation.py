"""One way for every mutation: unpack the input, call the resolver, turn a refusal into `errors`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import MISSING, Field, fields
from typing import Any, TypeVar

import strawberry

from resolvers.answers import payload_values
from resolvers.context import Info
from resolvers.loaders import Loaders
from services.answers import Answer
from services.errors import BillingError, Refused

Payload = TypeVar("Payload")


def payload(cls: type[Payload]) -> type[Payload]:
    """A mutation's answer: objects that are null after a refusal, and `errors`."""
    return strawberry.type(cls)


def mutation(
    resolver: Callable[..., Awaitable[Answer]], input_type: type, payload_type: type
) -> Any:
    """A mutation field `(input: input_type!): payload_type`, answered by `resolver`.

    The resolver gets the input's fields by name, and raises or answers refusals as it likes.
    """
    names = [entry.name for entry in fields(input_type)]
    empty = {entry.name: None for entry in fields(payload_type) if _has_no_default(entry)}

    async def resolve(info: Any, input: Any) -> Any:
        try:
            answer = await resolver(info, **{name: getattr(input, name) for name in names})
        except BillingError as refusal:
            answer = Answer(refusals=[refusal])
        except Refused as refused:
            answer = Answer(refusals=refused.errors)
        # what was read before the command, or by the mutation before this one, is stale now
        info.context.loaders = Loaders()
        values = await payload_values(answer)
        return payload_type(**(empty | values))

    resolve.__annotations__ = {"info": Info, "input": input_type, "return": payload_type | None}
    return strawberry.mutation(resolver=resolve, graphql_type=payload_type | None)


def preview(resolver: Callable[..., Awaitable[Any]], input_type: type, shown_as: Any) -> Any:
    """A query field that takes its mutation's input and answers what that would do."""

    names = [entry.name for entry in fields(input_type)]

    async def resolve(info: Any, input: Any) -> Any:
        return await resolver(info, **{name: getattr(input, name) for name in names})

    resolve.__annotations__ = {"info": Info, "input": input_type, "return": shown_as | None}
    return strawberry.field(resolver=resolve, graphql_type=shown_as | None)


def _has_no_default(entry: Field[Any]) -> bool:
    return entry.init and entry.default is MISSING and entry.default_factory is MISSING
