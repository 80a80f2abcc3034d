"""Documents, parsed and validated once for as long as a bounded memory keeps them.

Strawberry's own caches count documents, however long: a thousand of the longest that are read
would be gigabytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass

from cachetools import LRUCache
from graphql import DocumentNode, GraphQLError, parse, validate
from strawberry.extensions import SchemaExtension

from schema.limits import TOKENS_MAX
from schema.plain import PlainMutation

# a parsed document takes up to 250 bytes for each of its characters
CHARACTERS_CACHED_MAX = 250_000
# what is longer has its values written into it, and does not come twice
CHARACTERS_MAX_OF_CACHED = 10_000


@dataclass(slots=True)
class Document:
    """A parsed document, what validation says of it once it was asked, and its compiled form."""

    text: str
    node: DocumentNode
    problems: list[GraphQLError] | None = None
    plain: PlainMutation | None = None
    was_compiled: bool = False


class Documents:
    """The documents that one process has read lately."""

    def __init__(self) -> None:
        self._read: LRUCache[str, Document] = LRUCache(
            CHARACTERS_CACHED_MAX, getsizeof=lambda document: len(document.text)
        )

    def known(self, text: str) -> Document | None:
        """What was read lately."""
        return self._read.get(text)

    def read(self, text: str) -> Document:
        """Raises GraphQLError for what is no document."""
        document = self.known(text)
        if document is None:
            document = Document(text, parse(text, max_tokens=TOKENS_MAX))
            if len(text) <= CHARACTERS_MAX_OF_CACHED:
                self._read[text] = document
        return document


being_executed: ContextVar[Document] = ContextVar("being_executed")


class UseDocument(SchemaExtension):
    """Execute the document that was read already."""

    def on_parse(self) -> Iterator[None]:
        """In place of parsing."""
        self.execution_context.graphql_document = being_executed.get().node
        yield

    def on_validate(self) -> Iterator[None]:
        """In place of validating, from the second time on."""
        context, document = self.execution_context, being_executed.get()
        if document.problems is None:
            document.problems = validate(
                context.schema._schema,  # noqa: SLF001 - as in root
                document.node,
                context.validation_rules,
            )
        context.pre_execution_errors = document.problems
        yield
