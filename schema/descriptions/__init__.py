"""What the schema says of itself: a sentence for every type, field, argument and enum value.

A type is described by the docstring of its class, or under ITSELF in the table of its domain; what
belongs to it by that table, then by the table of an interface of it, then by a default for what
repeats (common.py). tests/api/test_schema.py finds what nobody described.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
)

from schema.descriptions import (
    calls,
    catalog,
    clients,
    common,
    contracts,
    corrections,
    credits,
    errors,
    estimates,
    invoices,
    payments,
    phone_numbers,
    root,
    seats,
    subscriptions,
    usage,
    workspaces,
)
from schema.descriptions.common import ITSELF, Texts

TABLES = (
    common.TEXTS,
    root.TEXTS,
    catalog.TEXTS,
    workspaces.TEXTS,
    subscriptions.TEXTS,
    seats.TEXTS,
    phone_numbers.TEXTS,
    clients.TEXTS,
    credits.TEXTS,
    usage.TEXTS,
    calls.TEXTS,
    estimates.TEXTS,
    invoices.TEXTS,
    corrections.TEXTS,
    contracts.TEXTS,
    payments.TEXTS,
    errors.TEXTS,
)
Type = GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType | GraphQLEnumType
Member = GraphQLField | GraphQLArgument | GraphQLInputField | GraphQLEnumValue


def describe(schema: GraphQLSchema, tables: Sequence[Texts] = TABLES) -> None:
    """Write the descriptions into the built schema. What is described but not there is a bug."""
    texts = _merged(tables)
    kinds = described_types(schema)
    for kind in kinds:
        own = texts.get(kind.name, {})
        inherited = _of_interfaces(kind, texts)
        kind.description = own.get(ITSELF) or _of_class(kind) or common.of_type(kind.name)
        for key, member in members(kind):
            member.description = (
                own.get(key) or inherited.get(key) or common.of_member(kind.name, key)
            )
    known = {f"{kind.name}.{key}" for kind in kinds for key in (ITSELF, *dict(members(kind)))}
    unknown = {f"{name}.{key}" for name, own in texts.items() for key in own} - known
    assert not unknown, f"described, but not in the schema: {', '.join(sorted(unknown))}"


def described_types(schema: GraphQLSchema) -> list[Type]:
    """Ours: without GraphQL's own, and without scalars, which are described where they are made."""
    return [
        kind
        for name, kind in schema.type_map.items()
        if isinstance(kind, Type) and not name.startswith("__")
    ]


def members(kind: Type) -> Iterator[tuple[str, Member]]:
    """A type's fields, their arguments as `field.argument`, or its values."""
    if isinstance(kind, GraphQLEnumType):
        yield from kind.values.items()
        return
    for name, field in kind.fields.items():
        yield name, field
        if isinstance(field, GraphQLField):
            for argument_name, argument in field.args.items():
                yield f"{name}.{argument_name}", argument


def _merged(tables: Sequence[Texts]) -> Texts:
    names = [name for table in tables for name in table]
    twice = sorted({name for name in names if names.count(name) > 1})
    assert not twice, f"described in two tables: {', '.join(twice)}"
    return {name: texts for table in tables for name, texts in table.items()}


def _of_interfaces(kind: Type, texts: Texts) -> dict[str, str]:
    found = [texts.get(interface.name, {}) for interface in getattr(kind, "interfaces", ())]
    return {key: text for inherited in found for key, text in inherited.items()}


def _of_class(kind: Type) -> str | None:
    definition: Any = kind.extensions["strawberry-definition"]
    if isinstance(kind, GraphQLEnumType):
        return _docstring(definition.wrapped_cls)
    # a page of seats is made as a subclass of the page of anything, and says what that says
    return next(filter(None, map(_docstring, definition.origin.__mro__)), None)


def _docstring(cls: type) -> str | None:
    text = cls.__dict__.get("__doc__")
    if text is None or cls is object or text.startswith(f"{cls.__name__}("):  # a dataclass's own
        return None
    return " ".join(inspect.cleandoc(text).split())
