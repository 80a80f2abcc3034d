"""From the JSON of variables to the input of a mutation, far faster than field by field.

A decoder is generated from the input type of the schema: msgspec reads the JSON by it, and scalars
of ours are read column by column. What it does not take goes the ordinary way, which takes it after
all or says what is wrong: so messages have one place, and there is no value that only this takes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, fields
from operator import attrgetter
from typing import Annotated, Any, NamedTuple

import msgspec
from graphql import (
    GraphQLEnumType,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
)

from schema.scalars import READ_ALL

# What JSON has a type for. Every other leaf is a string, which its own type reads.
NATIVE: Mapping[str, Any] = {
    "String": str,
    "ID": str,
    "Boolean": bool,
    "Int": Annotated[int, msgspec.Meta(ge=-(2**31), le=2**31 - 1)],
}


ReadAll = Callable[[Sequence[str]], Sequence[object]]


class NotTaken(Exception):
    """What is given is wrong, or right in an unusual way: the ordinary way tells."""


class Column(NamedTuple):
    """A field whose strings its type reads."""

    name: str
    read_all: ReadAll
    is_list: bool


class Nested(NamedTuple):
    """A field that holds inputs."""

    name: str
    shape: Shape
    is_list: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """An input type as msgspec reads it, and what is left to do then."""

    struct: type[msgspec.Struct]
    columns: Sequence[Column]
    nested: Sequence[Nested]

    def finish(self, objects: Sequence[Any]) -> None:
        """Read the strings of all these objects. Raises GraphQLError."""
        for name, read_all, is_list in self.columns:
            given, column = objects, list(map(attrgetter(name), objects))
            read_type = list if is_list else str
            if set(map(type, column)) != {read_type}:  # some are null, or have their default
                given = [each for each in objects if type(getattr(each, name)) is read_type]
                column = list(map(attrgetter(name), given))
            values = [read_all(value) for value in column] if is_list else read_all(column)
            for each, value in zip(given, values, strict=True):
                setattr(each, name, value)
        for name, shape, is_list in self.nested:
            held = [value for each in objects if (value := getattr(each, name)) is not None]
            shape.finish([one for many in held for one in many] if is_list else held)


class Decoder:
    """Reads variables into an input: an object with the attributes of the input's own class."""

    def __init__(self, type_: GraphQLInputObjectType, given_by: str | Mapping[str, str]) -> None:
        """`given_by`: the variable that is the whole input, or the one of each field of it.

        Raises NotTaken for an input type of an unusual kind.
        """
        self._shape = _shape_of(type_, None if isinstance(given_by, str) else given_by)
        self._whole: str | None = None
        read: type[msgspec.Struct] = self._shape.struct
        if isinstance(given_by, str):
            self._whole = given_by
            variables = [(given_by, self._shape.struct)]
            read = msgspec.defstruct("Variables", variables, forbid_unknown_fields=True)
        self._json = msgspec.json.Decoder(read)

    def decode(self, variables: bytes) -> Any:
        """Raises NotTaken."""
        # the one character that JSON and Python have, and the database has not
        if b"\\u0000" in variables:
            raise NotTaken
        try:
            read = self._json.decode(variables)
            input = getattr(read, self._whole) if self._whole else read
            self._shape.finish([input])
        except (msgspec.MsgspecError, GraphQLError) as refused:
            raise NotTaken from refused
        return input


def _shape_of(type_: GraphQLInputObjectType, names: Mapping[str, str] | None = None) -> Shape:
    """`names`: what variables call the fields; None: JSON calls them as the schema does.

    What it knows no name of is unusual: msgspec would pass it over without looking whether it can
    be read at all.
    """
    defaults = {each.name: each for each in fields(_definition(type_).origin)}
    entries: list[tuple[str, Any, Any]] = []
    left_out: dict[str, object] = {}
    columns: list[Column] = []
    nested: list[Nested] = []
    for name, graphql_field in type_.fields.items():
        python_name = _definition(graphql_field).python_name
        default = defaults[python_name]
        if names is not None and name not in names:
            left_out[python_name] = _value_of(default)
            continue
        called = name if names is None else names[name]
        annotation = _read_as(python_name, graphql_field.type, columns, nested)
        entries.append((python_name, annotation, _json_field(called, default)))
    struct = msgspec.defstruct(
        type_.name,
        entries,
        namespace=left_out,
        kw_only=True,
        forbid_unknown_fields=True,
        gc=False,
    )
    return Shape(struct, columns, nested)


def _read_as(
    name: str, type_: GraphQLInputType, columns: list[Column], nested: list[Nested]
) -> Any:
    """The annotation by which msgspec reads a field; what it leaves to do is added."""
    is_required = isinstance(type_, GraphQLNonNull)
    inner = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
    is_list = isinstance(inner, GraphQLList)
    if isinstance(inner, GraphQLList):
        if not isinstance(inner.of_type, GraphQLNonNull):
            raise NotTaken("a list with nulls in it")
        inner = inner.of_type.of_type
    annotation: Any = str
    match inner:
        case GraphQLInputObjectType():
            shape = _shape_of(inner)
            annotation = shape.struct
            nested.append(Nested(name, shape, is_list))
        case GraphQLScalarType() if inner.name in NATIVE:
            annotation = NATIVE[inner.name]
        case GraphQLScalarType() | GraphQLEnumType():
            columns.append(Column(name, _reader_of(inner), is_list))
        case _:
            raise NotTaken("a list of lists")
    annotation = list[annotation] if is_list else annotation
    return annotation if is_required else annotation | None


def _reader_of(type_: GraphQLScalarType | GraphQLEnumType) -> ReadAll:
    def one_by_one(values: Sequence[str]) -> Sequence[object]:
        return [type_.parse_value(value) for value in values]

    return READ_ALL.get(type_.name, one_by_one)


def _definition(type_or_field: Any) -> Any:
    return type_or_field.extensions["strawberry-definition"]


def _json_field(name: str, default: Field[Any]) -> Any:
    if default.default_factory is not MISSING:
        return msgspec.field(name=name, default_factory=default.default_factory)
    if default.default is not MISSING:
        return msgspec.field(name=name, default=default.default)
    return msgspec.field(name=name)


def _value_of(default: Field[Any]) -> object:
    """What a field that is left out is, for every input alike."""
    if default.default is MISSING:
        raise NotTaken("a field whose default is made anew each time")
    return default.default
