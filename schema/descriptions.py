"""What the schema says of its types, fields, arguments and values. Filled in below."""

from __future__ import annotations

from graphql import GraphQLSchema


def describe(schema: GraphQLSchema) -> None:
    """Write the descriptions into the built schema."""
    assert schema
