"""Plain mutations, executed without graphql-core: one field, its input by variables, plain answers.

Recognised by their document and compiled once. What the compiled way does not take goes the
ordinary way before anything was done, so that there is one set of messages and one meaning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLNonNull,
    GraphQLSchema,
    ObjectValueNode,
    OperationDefinitionNode,
    OperationType,
    VariableDefinitionNode,
    VariableNode,
    get_named_type,
    located_error,
    print_ast,
)
from strawberry.types.execution import ExecutionResult

from resolvers.context import Context
from schema.completion import Complete, Completion, NotPlain
from schema.decoding import Decoder, NotTaken


@dataclass(frozen=True, slots=True)
class PlainInfo:
    """What our resolvers use of Strawberry's Info."""

    context: Context


@dataclass(frozen=True, slots=True)
class PlainMutation:
    """An operation that is one mutation, and nothing unusual."""

    node: FieldNode
    name: str | None
    resolve: Any
    decoder: Decoder
    complete: Complete

    async def execute(self, variables: bytes, context: Context) -> ExecutionResult:
        """As the schema executes it. Raises NotTaken, before anything was done."""
        input = self.decoder.decode(variables)
        key = self.node.alias.value if self.node.alias else self.node.name.value
        try:
            payload = await self.resolve(PlainInfo(context), input)
            return ExecutionResult(data={key: self.complete(payload)}, errors=None)
        except Exception as fault:  # noqa: BLE001 - reported as the schema's execution does
            error = located_error(fault, [self.node], [key])
            return ExecutionResult(data={key: None}, errors=[error])


def plain_mutation(schema: GraphQLSchema, document: DocumentNode) -> PlainMutation | None:
    """The compiled form of a valid document; None for one that goes the ordinary way."""
    try:
        return _compiled(schema, document)
    except (NotPlain, NotTaken):
        return None


def _compiled(schema: GraphQLSchema, document: DocumentNode) -> PlainMutation:
    if len(document.definitions) != 1 or schema.mutation_type is None:
        raise NotPlain
    operation = document.definitions[0]
    if not isinstance(operation, OperationDefinitionNode) or operation.directives:
        raise NotPlain
    if operation.operation is not OperationType.MUTATION:
        raise NotPlain
    node = _only_field(operation)
    field = schema.mutation_type.fields[node.name.value]
    return PlainMutation(
        node,
        operation.name.value if operation.name else None,
        field.extensions["strawberry-definition"].base_resolver.wrapped_func,
        _decoder_of(field, node, operation),
        Completion(schema).of(field.type, node.selection_set),
    )


def _only_field(operation: OperationDefinitionNode) -> FieldNode:
    [node, *others] = operation.selection_set.selections
    if others or not isinstance(node, FieldNode) or node.directives:
        raise NotPlain
    if node.name.value == "__typename":
        raise NotPlain
    return node


def _decoder_of(
    field: GraphQLField, node: FieldNode, operation: OperationDefinitionNode
) -> Decoder:
    """For an input that is one variable, or an object of variables."""
    type_ = field.args["input"].type
    input_type = get_named_type(type_)
    assert isinstance(input_type, GraphQLInputObjectType), "every mutation of ours takes one"
    declared = {each.variable.name.value: each for each in operation.variable_definitions or ()}
    [argument] = node.arguments or ()
    match argument.value:
        case VariableNode():
            return Decoder(input_type, _variable(argument.value, declared, type_))
        case ObjectValueNode(fields=parts):
            names = {
                part.name.value: _variable(
                    part.value, declared, input_type.fields[part.name.value].type
                )
                for part in parts
            }
            if len(set(names.values())) == len(names):
                return Decoder(input_type, names)
    raise NotPlain


def _variable(
    value: Any, declared: Mapping[str, VariableDefinitionNode], type_: GraphQLInputType
) -> str:
    """The name of a variable of just this type, or of a field with a default without its `!`."""
    if not isinstance(value, VariableNode):
        raise NotPlain
    definition = declared[value.name.value]
    accepted = {str(type_)}
    if isinstance(type_, GraphQLNonNull):
        accepted.add(str(type_.of_type))
    if definition.default_value or definition.directives:
        raise NotPlain
    if print_ast(definition.type) not in accepted:
        raise NotPlain
    return value.name.value
