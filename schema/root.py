"""The schema: every domain's queries and mutations under one roof."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import strawberry
from graphql import GraphQLError
from strawberry.extensions import (
    AddValidationRules,
    DisableIntrospection,
    MaxTokensLimiter,
    ParserCache,
    ValidationCache,
)
from strawberry.schema.config import StrawberryConfig
from strawberry.types.execution import ExecutionContext

from schema.base import Node
from schema.catalog import CatalogQueries
from schema.credits import CreditMutations
from schema.descriptions import describe
from schema.errors import ERROR_TYPES
from schema.limits import TOKENS_MAX, LimitSize
from schema.payments import PaymentMutations
from schema.scalars import SCALARS
from schema.subscriptions import SubscriptionMutations, SubscriptionQueries
from schema.workspaces import WorkspaceMutations, WorkspaceQueries

DOCUMENTS_CACHED_MAX = 1_000


@strawberry.type
class Query(WorkspaceQueries, CatalogQueries, SubscriptionQueries):
    """Everything that can be asked."""


@strawberry.type
class Mutation(WorkspaceMutations, CreditMutations, SubscriptionMutations, PaymentMutations):
    """Everything that can be done: one business action each."""


class BillwrightSchema(strawberry.Schema):
    """Leaves the reporting of errors to the view, which knows the request."""

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """Nothing here: the default would log every refusal with a traceback."""


def _value(source: Any, name: str) -> Any:
    """A field without a resolver: an attribute of a row, or a key of stored JSON."""
    return source[name] if isinstance(source, Mapping) else getattr(source, name)


def build_schema(*, introspection: bool = True) -> BillwrightSchema:
    """The schema, with its limits and caches."""
    extensions: list[Any] = [
        lambda: MaxTokensLimiter(max_token_count=TOKENS_MAX),
        lambda: ParserCache(maxsize=DOCUMENTS_CACHED_MAX),
        lambda: ValidationCache(maxsize=DOCUMENTS_CACHED_MAX),
        lambda: AddValidationRules([LimitSize]),
    ]
    if not introspection:
        extensions.append(DisableIntrospection)
    schema = BillwrightSchema(
        query=Query,
        mutation=Mutation,
        types=[*ERROR_TYPES, *_node_types()],
        extensions=extensions,
        config=StrawberryConfig(scalar_map=SCALARS, default_resolver=_value),
    )
    describe(schema._schema)  # noqa: SLF001 - strawberry offers no other way to the built schema
    return schema


def _node_types() -> Iterable[type]:
    return Node.__subclasses__()
