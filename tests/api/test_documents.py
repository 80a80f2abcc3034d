"""Documents are read once, and what is kept of them is bounded."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from graphql import GraphQLError, validate

from schema.documents import CHARACTERS_CACHED_MAX, CHARACTERS_MAX_OF_CACHED, Documents
from tests.client import Api


def test_a_document_is_parsed_once() -> None:
    read = Documents()
    assert read.read("{ plans { key } }") is read.read("{ plans { key } }")


def test_a_long_document_is_not_kept() -> None:
    read = Documents()
    text = "{ plans { key } }".ljust(CHARACTERS_MAX_OF_CACHED + 1)
    assert read.read(text) is not read.read(text)


def test_the_oldest_documents_make_room_for_new_ones() -> None:
    read = Documents()
    texts = [
        f"{{ plans {{ a{number}: key }} }}".ljust(CHARACTERS_MAX_OF_CACHED)
        for number in range(CHARACTERS_CACHED_MAX // CHARACTERS_MAX_OF_CACHED + 1)
    ]
    first, *_, last = [read.read(text) for text in texts]
    assert read.read(texts[-1]) is last
    assert read.read(texts[0]) is not first


def test_what_is_no_document_is_not_kept_as_one() -> None:
    read = Documents()
    for _ in range(2):
        with pytest.raises(GraphQLError, match="Syntax Error"):
            read.read("{ plans")


async def test_a_document_is_validated_once_and_refused_every_time(public: Api) -> None:
    with patch("schema.documents.validate", wraps=validate) as validated:
        for _ in range(3):
            answer = await public.send("{ plans { nothing } }")
            assert "Cannot query field 'nothing'" in answer["errors"][0]["message"]
    assert validated.call_count == 1
