"""The schema: every domain's queries and mutations under one roof."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import strawberry
from graphql import GraphQLError
from strawberry.extensions import AddValidationRules, DisableIntrospection
from strawberry.schema.config import StrawberryConfig
from strawberry.types.execution import ExecutionContext, ExecutionResult

from resolvers.context import Context
from schema.base import Node, value_of
from schema.calls import CallMutations
from schema.catalog import CatalogQueries
from schema.contracts import ContractMutations
from schema.corrections import CorrectionMutations
from schema.credits import CreditMutations
from schema.descriptions import describe
from schema.documents import Document, UseDocument, being_executed
from schema.errors import ERROR_TYPES
from schema.estimates import EstimateQueries
from schema.limits import CheckDocument
from schema.payments import PaymentMutations
from schema.phone_numbers import PhoneNumberMutations, PhoneNumberQueries
from schema.plain import PlainMutation, plain_mutation
from schema.scalars import SCALARS
from schema.seats import SeatMutations
from schema.subscriptions import SubscriptionMutations, SubscriptionQueries
from schema.usage import UsageMutations
from schema.workspaces import WorkspaceMutations, WorkspaceQueries


@strawberry.type
class Query(
    WorkspaceQueries, CatalogQueries, EstimateQueries, PhoneNumberQueries, SubscriptionQueries
):
    """Everything that can be asked."""


@strawberry.type
class Mutation(
    WorkspaceMutations,
    CreditMutations,
    UsageMutations,
    CallMutations,
    CorrectionMutations,
    ContractMutations,
    SubscriptionMutations,
    SeatMutations,
    PhoneNumberMutations,
    PaymentMutations,
):
    """Everything that can be done: one business action each."""


class BillwrightSchema(strawberry.Schema):
    """Leaves the reporting of errors to the view, which knows the request."""

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """Nothing here: the default would log every refusal with a traceback."""

    async def execute_document(
        self,
        document: Document,
        *,
        variable_values: dict[str, Any] | None,
        operation_name: str | None,
        context_value: Context,
    ) -> ExecutionResult:
        """Validate and execute a document that `Documents` has read."""
        before = being_executed.set(document)
        try:
            return await self.execute(
                document.text,
                variable_values=variable_values,
                operation_name=operation_name,
                context_value=context_value,
            )
        finally:
            being_executed.reset(before)

    def plain(self, document: Document) -> PlainMutation | None:
        """The compiled form of a document; None unless it is plain, and was found to be valid."""
        if document.problems is None or document.problems:
            return None
        if not document.was_compiled:
            document.plain = plain_mutation(self._schema, document.node)
            document.was_compiled = True
        return document.plain


def build_schema(*, introspection: bool = True) -> BillwrightSchema:
    """The schema, with its limits."""
    extensions: list[Any] = [
        lambda: AddValidationRules([CheckDocument]),
        UseDocument,
    ]
    if not introspection:
        extensions.insert(0, DisableIntrospection)
    schema = BillwrightSchema(
        query=Query,
        mutation=Mutation,
        types=[*ERROR_TYPES, *_node_types()],
        extensions=extensions,
        config=StrawberryConfig(scalar_map=SCALARS, default_resolver=value_of),
    )
    describe(schema._schema)  # noqa: SLF001 - strawberry offers no other way to the built schema
    return schema


def _node_types() -> Iterable[type]:
    return Node.__subclasses__()
