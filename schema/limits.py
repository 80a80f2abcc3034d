"""How large an operation may be, decided before it runs.

A fragment is measured once and its size added wherever it is spread, so that measuring takes time
in proportion to the document, and a document that grows exponentially is refused, not followed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLField,
    GraphQLSyntaxError,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    NameNode,
    Node,
    NullValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    StringValueNode,
    ValidationContext,
    ValidationRule,
    get_named_type,
    is_composite_type,
)
from graphql.validation.validate import ValidationAbortedError

from resolvers.access import NODES_MAX
from resolvers.pages import PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX

TOKENS_MAX = 30_000  # of one document: a thousand usage events written inline fit
DEFINITIONS_MAX = 200  # of one document: operations and fragments
DEPTH_MAX = 20
FIELDS_MAX = 1_000  # of one operation, each as often as fragments repeat it
ROOT_FIELDS_MAX = 50  # of those, at the top: each is a statement to the database, or a command
VALUES_MAX = 50_000  # in the largest possible answer: each field as often as pages repeat it


@dataclass(frozen=True, slots=True)
class Size:
    """What a selection comes to, fragments written out.

    `width`: fields at its top; `values`: how many the largest possible answer has.
    """

    depth: int = 0
    fields: int = 0
    width: int = 0
    values: int = 0


class TooLarge(ValidationAbortedError):
    """An operation beyond a limit. No other rule looks at its document: that may take long."""


def is_limit(error: GraphQLError) -> bool:
    """Whether an error is about the size of a document, ours or the parser's own."""
    aborted = isinstance(error, GraphQLSyntaxError) and error.message.endswith("aborted.")
    return aborted or isinstance(error, ValidationAbortedError)


class CheckDocument(ValidationRule):
    """Refuse what is larger than any honest operation, and text that cannot be stored."""

    def __init__(self, context: ValidationContext) -> None:
        super().__init__(context)
        self._fragments: dict[str, Size] = {}

    def enter_document(self, *_: object) -> None:
        """Measure everything before the other rules begin."""
        definitions = self.context.document.definitions
        if len(definitions) > DEFINITIONS_MAX:
            raise TooLarge(
                f"The document has {len(definitions)} operations and fragments; "
                f"at most {DEFINITIONS_MAX} are read."
            )
        for definition in definitions:
            if isinstance(definition, OperationDefinitionNode):
                self._check(definition)

    def enter_string_value(self, node: StringValueNode, *_: object) -> None:
        """PostgreSQL has no place for U+0000."""
        if "\x00" in node.value:
            self.report_error(
                GraphQLError("Text with the character U+0000 cannot be stored.", node)
            )

    def _check(self, operation: OperationDefinitionNode) -> None:
        root = self.context.schema.get_root_type(operation.operation)
        size = self._measure(operation.selection_set, root)
        for found, most, problem in (
            (size.depth, DEPTH_MAX, "is {} levels deep"),
            (size.fields, FIELDS_MAX, "asks for {} fields"),
            (size.width, ROOT_FIELDS_MAX, "asks for {} fields at its top"),
            (size.values, VALUES_MAX, "could be answered by {} values, with full pages"),
        ):
            if found > most:
                name = f"Operation '{operation.name.value}'" if operation.name else "The operation"
                shown = problem.format(f"{min(found, 10**9):,}")
                raise TooLarge(f"{name} {shown}; at most {most:,} are allowed.", operation)

    def _measure(self, selection_set: SelectionSetNode | None, parent: Any) -> Size:
        if selection_set is None:
            return Size()
        parts = [self._measure_one(selection, parent) for selection in selection_set.selections]
        return Size(
            max((part.depth for part in parts), default=0),
            sum(part.fields for part in parts),
            sum(part.width for part in parts),
            sum(part.values for part in parts),
        )

    def _measure_one(self, selection: Node, parent: Any) -> Size:
        match selection:
            case FieldNode():
                return self._measure_field(selection, parent)
            case InlineFragmentNode(type_condition=condition):
                narrowed = self._type(condition.name) if condition else parent
                return self._measure(selection.selection_set, narrowed)
            case FragmentSpreadNode():
                return self._measure_fragment(selection.name.value)
            case _:
                raise AssertionError(f"a selection of another kind: {selection}")

    def _measure_field(self, node: FieldNode, parent: Any) -> Size:
        # an unknown type or field is another rule's business
        known = is_composite_type(parent)
        field = self.context.schema.get_field(parent, node.name.value) if known else None
        inner = self._measure(node.selection_set, get_named_type(field.type) if field else None)
        rows = _rows(node, field) if field else 1
        return Size(inner.depth + 1, inner.fields + 1, 1, 1 + rows * inner.values)

    def _measure_fragment(self, name: str) -> Size:
        if name not in self._fragments:
            # what spreads itself counts as empty here: another rule refuses the cycle
            self._fragments[name] = Size()
            fragment: FragmentDefinitionNode | None = self.context.get_fragment(name)
            if fragment is not None:
                on = self._type(fragment.type_condition.name)
                self._fragments[name] = self._measure(fragment.selection_set, on)
        return self._fragments[name]

    def _type(self, name: NameNode) -> Any:
        return self.context.schema.get_type(name.value)


def _rows(node: FieldNode, field: GraphQLField) -> int:
    """How many objects a field may answer. Lists that have no pages are short and count as one."""
    given = {argument.name.value: argument.value for argument in node.arguments or ()}
    if "ids" in field.args:
        ids = given.get("ids")
        return len(ids.values) if isinstance(ids, ListValueNode) else NODES_MAX
    if "first" not in field.args:
        return 1
    sizes = [_page_size(given[name]) for name in ("first", "last") if name in given]
    return max(sizes, default=PAGE_SIZE_DEFAULT)


def _page_size(value: Node) -> int:
    if isinstance(value, NullValueNode):
        return PAGE_SIZE_DEFAULT
    # a variable's value is not known yet; a number too long to read is refused later
    if not isinstance(value, IntValueNode) or len(value.value) > len(str(PAGE_SIZE_MAX)):
        return PAGE_SIZE_MAX
    return max(0, min(int(value.value), PAGE_SIZE_MAX))
