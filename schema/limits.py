"""How large an operation may be, decided before it runs.

A fragment is measured once and its size added wherever it is spread, so that measuring takes time
in proportion to the document, and a document that grows exponentially is refused, not followed.
"""

from __future__ import annotations

from dataclasses import dataclass

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValidationContext,
    ValidationRule,
)

DEPTH_MAX = 20
FIELDS_MAX = 2_000  # of one operation, each as often as fragments repeat it
TOKENS_MAX = 30_000  # of one document: a thousand usage events written inline fit


@dataclass(frozen=True, slots=True)
class Size:
    """How deep a selection goes and how many fields it has, fragments written out."""

    depth: int = 0
    fields: int = 0


class LimitSize(ValidationRule):
    """Refuse operations that are deeper or larger than any honest one."""

    def __init__(self, context: ValidationContext) -> None:
        super().__init__(context)
        self._fragments: dict[str, Size] = {}

    def enter_operation_definition(self, node: OperationDefinitionNode, *_: object) -> None:
        """Measure an operation and report what is too much of it."""
        size = self._measure(node.selection_set)
        name = f"Operation '{node.name.value}'" if node.name else "The operation"
        if size.depth > DEPTH_MAX:
            self._refuse(
                f"{name} is {size.depth} levels deep; at most {DEPTH_MAX} are answered.", node
            )
        if size.fields > FIELDS_MAX:
            self._refuse(
                f"{name} asks for {min(size.fields, 10**9):,} fields; "
                f"at most {FIELDS_MAX:,} are answered.",
                node,
            )

    def _refuse(self, problem: str, node: OperationDefinitionNode) -> None:
        self.report_error(GraphQLError(problem, node, extensions={"code": "OPERATION_TOO_LARGE"}))

    def _measure(self, selection_set: SelectionSetNode | None) -> Size:
        if selection_set is None:
            return Size()
        parts = [self._measure_one(selection) for selection in selection_set.selections]
        return Size(max(part.depth for part in parts), sum(part.fields for part in parts))

    def _measure_one(self, selection: object) -> Size:
        match selection:
            case FieldNode():
                inner = self._measure(selection.selection_set)
                return Size(inner.depth + 1, inner.fields + 1)
            case InlineFragmentNode():
                return self._measure(selection.selection_set)
            case FragmentSpreadNode():
                return self._measure_fragment(selection.name.value)
            case _:
                raise AssertionError(f"a selection of another kind: {selection}")

    def _measure_fragment(self, name: str) -> Size:
        if name not in self._fragments:
            # what spreads itself counts as empty here: another rule refuses the cycle
            self._fragments[name] = Size()
            fragment: FragmentDefinitionNode | None = self.context.get_fragment(name)
            if fragment is not None:
                self._fragments[name] = self._measure(fragment.selection_set)
        return self._fragments[name]
