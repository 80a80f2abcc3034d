"""The schema as clients read it: every word of it is explained, and its file is up to date."""

from pathlib import Path

import pytest
from graphql import build_schema as schema_from_text
from graphql import is_scalar_type

from schema.descriptions import TABLES, describe, described_types, members
from schema.root import build_schema

FILE = Path(__file__).parents[2] / "docs" / "schema.graphql"
SCHEMA = build_schema()._schema


def test_every_type_field_argument_and_value_is_described() -> None:
    undescribed = [kind.name for kind in described_types(SCHEMA) if not kind.description]
    for kind in described_types(SCHEMA):
        undescribed += [
            f"{kind.name}.{key}" for key, member in members(kind) if not member.description
        ]
    scalars = [kind for kind in SCHEMA.type_map.values() if is_scalar_type(kind)]
    undescribed += [kind.name for kind in scalars if not kind.description]
    assert undescribed == [], "say in schema/descriptions/ what these are"


def test_a_description_is_a_sentence() -> None:
    texts = {kind.name: kind.description or "" for kind in described_types(SCHEMA)}
    for kind in described_types(SCHEMA):
        texts |= {f"{kind.name}.{key}": found.description or "" for key, found in members(kind)}
    wrong = {
        name: text
        for name, text in texts.items()
        if not text.endswith(".") or not text[:1].isupper() or "  " in text
    }
    assert wrong == {}


def test_a_type_without_a_docstring_is_not_described_by_what_python_makes_up() -> None:
    assert SCHEMA.type_map["SubscribeInput"].description == "What `subscribe` asks for."
    assert SCHEMA.type_map["SeatConnection"].description == "A page of a list."
    assert SCHEMA.type_map["SeatKind"].description == "Who takes a seat."


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ({"Gone": {"": "x"}}, "described, but not in the schema: Gone."),
        ({"BasicError": {"gone": "x"}}, "described, but not in the schema: BasicError.gone"),
        ({"Plan": {"key": "x"}}, "described in two tables: Plan"),
    ],
)
def test_a_description_that_fits_nothing_stops_the_program(
    table: dict[str, dict[str, str]], complaint: str
) -> None:
    with pytest.raises(AssertionError) as failure:
        describe(build_schema()._schema, (*TABLES, table))
    assert str(failure.value) == complaint


def test_the_schema_file_is_what_the_program_writes() -> None:
    assert FILE.read_text() == build_schema().as_str() + "\n", (
        "docs/schema.graphql is out of date; run .venv/bin/billwright schema docs/schema.graphql "
        "and read what changed: clients will see it"
    )


def test_the_schema_file_can_be_read_by_a_client() -> None:
    read = schema_from_text(FILE.read_text())
    assert read.type_map.keys() == SCHEMA.type_map.keys()
    assert read.type_map["Money"].description == "An amount of money."
