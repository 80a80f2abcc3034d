"""What types of every domain share: the node interface, money, periods, pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from functools import wraps
from inspect import signature
from typing import Any, Generic, TypeVar

import strawberry

from resolvers.nodes import global_id
from resolvers.pages import total_count
from schema.scalars import CurrencyCode

T = TypeVar("T")


def shows(*models: type) -> Any:
    """For `is_type_of`: the rows or values that a type is the face of."""

    def is_type_of(_: type, value: object, __: object) -> bool:
        return isinstance(value, models)

    return classmethod(is_type_of)


def field(resolver: Callable[..., Any], shown_as: Any) -> Any:
    """A field that `resolver` answers with a row or value, and clients see as `shown_as`."""
    return strawberry.field(resolver=resolver, graphql_type=shown_as)


def field_taking(resolver: Callable[..., Any], shown_as: Any, **inputs: Any) -> Any:
    """As `field`; the named arguments are inputs of ours, which a resolver does not know."""

    @wraps(resolver)
    async def resolve(*args: Any, **given: Any) -> Any:
        return await resolver(*args, **given)

    asked = signature(resolver)
    taken = [
        parameter.replace(annotation=inputs.get(name, parameter.annotation))
        for name, parameter in asked.parameters.items()
    ]
    resolve.__signature__ = asked.replace(parameters=taken)  # type: ignore[attr-defined]
    return field(resolve, shown_as)


def value_of(source: Any, name: str) -> Any:
    """A field without a resolver: an attribute of a row or value, or a key of stored JSON."""
    return source[name] if isinstance(source, dict) else getattr(source, name)


def _id(root: Any) -> str:
    return global_id(root)


@strawberry.interface
class Node:
    """Something that can be found again by its id."""

    id: strawberry.ID = field(_id, strawberry.ID)


@strawberry.type
class Money:
    """An amount of money."""

    amount: Decimal
    currency: CurrencyCode


@strawberry.type
class Period:
    """A half-open span of time: [start, end)."""

    start: datetime
    end: datetime


@strawberry.type
class PageInfo:
    """Where a page stands in its list."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@strawberry.type
class Edge(Generic[T]):
    """An object in a list, and the cursor that continues after it."""

    cursor: str
    node: T


@strawberry.type
class Connection(Generic[T]):
    """A page of a list."""

    edges: list[Edge[T]]
    nodes: list[T]
    page_info: PageInfo
    total_count: int = strawberry.field(resolver=total_count, graphql_type=int)
