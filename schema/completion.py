"""From the value that a resolver has answered to what its selection shows of it, compiled once.

Only what is plain is compiled: fields that are read from the value, or by a function of nothing but
the value. Everything else (arguments, loaders, directives) is graphql-core's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from inspect import iscoroutinefunction, signature
from typing import Any

from graphql import (
    FieldNode,
    GraphQLAbstractType,
    GraphQLEnumType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    SelectionSetNode,
    is_abstract_type,
    is_leaf_type,
)

from schema.base import value_of

Complete = Callable[[Any], Any]


class NotPlain(Exception):
    """A selection that graphql-core has to complete."""


class Completion:
    """Compiles selections of one schema."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema

    def of(self, type_: Any, selected: SelectionSetNode | None) -> Complete:
        """How a value of this type is shown, if there is one. Raises NotPlain."""
        if isinstance(type_, GraphQLNonNull):
            type_ = type_.of_type
        if isinstance(type_, GraphQLList):
            one = self.of(type_.of_type, selected)
            return lambda values: [None if value is None else one(value) for value in values]
        if isinstance(type_, GraphQLEnumType):
            names = {value.value: name for name, value in type_.values.items()}
            return names.__getitem__
        if is_leaf_type(type_):
            serialize: Complete = type_.serialize
            return serialize
        assert selected is not None, "a validated document selects fields of what has some"
        if is_abstract_type(type_):
            return self._of_one_of(type_, selected)
        return self._of_object(type_, selected)

    def _of_object(self, type_: GraphQLObjectType, selected: SelectionSetNode) -> Complete:
        shown: dict[str, tuple[Complete, Complete]] = {}
        for node in self._fields(type_, selected):
            key = node.alias.value if node.alias else node.name.value
            if key in shown or node.directives or node.arguments:
                raise NotPlain
            shown[key] = self._of_field(type_, node)
        parts = [(key, read, complete) for key, (read, complete) in shown.items()]

        def complete_object(value: Any) -> Any:
            return {
                key: None if (part := read(value)) is None else complete(part)
                for key, read, complete in parts
            }

        return complete_object

    def _of_field(self, type_: GraphQLObjectType, node: FieldNode) -> tuple[Complete, Complete]:
        if node.name.value == "__typename":
            return lambda _: type_.name, str
        field = type_.fields[node.name.value]
        return _reader_of(field.extensions["strawberry-definition"]), self.of(
            field.type, node.selection_set
        )

    def _of_one_of(self, type_: GraphQLAbstractType, selected: SelectionSetNode) -> Complete:
        kinds = [
            (kind, self._of_object(kind, selected))
            for kind in self._schema.get_possible_types(type_)
        ]

        def complete(value: Any) -> Any:
            for kind, complete_kind in kinds:
                tells: Any = kind.is_type_of
                if tells(value, None):
                    return complete_kind(value)
            raise AssertionError(f"{value!r} is none of {type_.name}")

        return complete

    def _fields(self, type_: GraphQLObjectType, selected: SelectionSetNode) -> Iterator[FieldNode]:
        """The selected fields that an object of this type has, inline fragments written out."""
        for node in selected.selections:
            match node:
                case FieldNode():
                    yield node
                case InlineFragmentNode() if not node.directives:
                    condition = node.type_condition
                    if condition is None or self._is_a(type_, condition.name.value):
                        yield from self._fields(type_, node.selection_set)
                case _:
                    raise NotPlain

    def _is_a(self, type_: GraphQLObjectType, name: str) -> bool:
        return name in (type_.name, *(interface.name for interface in type_.interfaces))


def _reader_of(definition: Any) -> Complete:
    """How a field is read from the value. Raises NotPlain for one that needs more."""
    if definition.base_resolver is None:
        name: str = definition.python_name
        return lambda value: value_of(value, name)
    resolver: Complete = definition.base_resolver.wrapped_func
    if iscoroutinefunction(resolver) or list(signature(resolver).parameters) != ["root"]:
        raise NotPlain
    return resolver
