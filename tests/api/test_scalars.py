"""Exact numbers and instants, as they come in and as they go out."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
import strawberry
from strawberry.schema.config import StrawberryConfig

from models.money import Credits
from schema.scalars import SCALARS
from services.inputs import rfc3339
from tests.client import Api
from tests.given import a_workspace


@strawberry.type
class Query:
    """What is given comes back: in by the scalar's one side, out by its other."""

    @strawberry.field
    def decimal(self, value: Decimal) -> Decimal:
        return value

    @strawberry.field
    def credits(self, value: Credits) -> Credits:
        return value

    @strawberry.field
    def instant(self, value: datetime) -> datetime:
        return value


ECHO = strawberry.Schema(Query, config=StrawberryConfig(scalar_map=SCALARS))
TYPES = {"decimal": "Decimal", "credits": "Credits", "instant": "DateTime"}


def echoed(field: str, written: str) -> object:
    """What comes back for a value in a document and, alike, in a variable; None for a refusal."""
    literal = ECHO.execute_sync(f"{{ {field}(value: {written}) }}")
    variable = ECHO.execute_sync(
        f"query ($value: {TYPES[field]}!) {{ {field}(value: $value) }}",
        variable_values={"value": json.loads(written)},
    )
    assert literal.data == variable.data, "a literal and a variable mean the same"
    if literal.data is None:
        assert literal.errors
        assert variable.errors
        assert "Expected" in literal.errors[0].message + variable.errors[0].message
        return None
    return literal.data[field]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('"20.00"', "20.00"),
        ('"20"', "20"),
        ("20", "20"),
        ("-3", "-3"),
        ('"-0.5"', "-0.5"),
        ('"0.000000000001"', "0.000000000001"),
        ('"999999999999999.999999999999"', "999999999999999.999999999999"),
        ('"007.10"', "7.10"),
    ],
)
def test_a_decimal_keeps_every_digit(written: str, shown: str) -> None:
    assert echoed("decimal", written) == shown


@pytest.mark.parametrize(
    "written",
    [
        "20.0",
        "0.1",
        "1e3",
        "true",
        "null",
        "[]",
        "{}",
        '""',
        '" 1"',
        '"1 "',
        '"1\\n"',
        '"+1"',
        '".5"',
        '"5."',
        '"1,000"',
        '"1_000"',
        '"1e3"',
        '"1E-3"',
        '"NaN"',
        '"sNaN"',
        '"Infinity"',
        '"-Infinity"',
        '"0x10"',
        '"--1"',
        '"\u0661\u0662"',
        '"\uff11"',
        '"0.0000000000001"',
        '"1000000000000000"',
        "1000000000000000",
    ],
)
@pytest.mark.parametrize("field", ["decimal", "credits"])
def test_what_is_no_exact_number_is_no_decimal_and_no_credits(field: str, written: str) -> None:
    if written in ("[]", "{}", "null"):
        assert ECHO.execute_sync(f"{{ {field}(value: {written}) }}").errors
    else:
        assert echoed(field, written) is None


def test_a_number_too_long_to_read_is_no_decimal() -> None:
    for field in ("decimal", "credits", "instant"):
        assert ECHO.execute_sync(f"{{ {field}(value: {'1' * 5000}) }}").errors


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('"4999.5"', "4999.500"),
        ('"4999.500"', "4999.500"),
        ("7", "7.000"),
        ('"-0.001"', "-0.001"),
        ('"0"', "0.000"),
        ('"999999999999.999"', "999999999999.999"),
    ],
)
def test_credits_are_shown_with_three_decimals(written: str, shown: str) -> None:
    assert echoed("credits", written) == shown


@pytest.mark.parametrize("written", ['"0.0001"', '"0.0010"', '"1000000000000"', "1000000000000"])
def test_credits_are_whole_thousandths_below_a_trillion(written: str) -> None:
    assert echoed("credits", written) is None


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2026-07-01T00:00:00Z", "2026-07-01T00:00:00Z"),
        ("2026-07-01t00:00:00z", "2026-07-01T00:00:00Z"),
        ("2026-07-01T02:00:00+02:00", "2026-07-01T00:00:00Z"),
        ("2026-06-30T18:30:00-05:30", "2026-07-01T00:00:00Z"),
        ("2026-07-01T00:00:00-00:00", "2026-07-01T00:00:00Z"),
        ("2026-07-01T00:00:00.5Z", "2026-07-01T00:00:00.500000Z"),
        ("2026-07-01T00:00:00.123Z", "2026-07-01T00:00:00.123000Z"),
        ("2026-07-01T00:00:00.123456Z", "2026-07-01T00:00:00.123456Z"),
        ("2026-07-01T00:00:00.000Z", "2026-07-01T00:00:00Z"),
        ("2028-02-29T23:59:59Z", "2028-02-29T23:59:59Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
    ],
)
def test_an_instant_is_shown_in_utc(written: str, shown: str) -> None:
    assert echoed("instant", f'"{written}"') == shown


@pytest.mark.parametrize(
    "written",
    [
        '"2026-07-01T00:00:00"',
        '"2026-07-01"',
        '"2026-07-01 00:00:00Z"',
        '"2026-07-01T00:00Z"',
        '"20260701T000000Z"',
        '"2026-W27-3T00:00:00Z"',
        '"2026-02-31T00:00:00Z"',
        '"2027-02-29T00:00:00Z"',
        '"2026-13-01T00:00:00Z"',
        '"0000-01-01T00:00:00Z"',
        '"10000-01-01T00:00:00Z"',
        '"-001-01-01T00:00:00Z"',
        '"2026-07-01T24:00:00Z"',
        '"2026-07-01T23:59:60Z"',
        '"2026-07-01T23:60:00Z"',
        '"2026-07-01T00:00:00+24:00"',
        '"2026-07-01T00:00:00+99:99"',
        '"2026-07-01T00:00:00+02:60"',
        '"2026-07-01T00:00:00+0200"',
        '"2026-07-01T00:00:00.1234567Z"',
        '"2026-07-01T00:00:00.Z"',
        '"2026-07-01T00:00:00,5Z"',
        '" 2026-07-01T00:00:00Z"',
        '"2026-07-01T00:00:00Z\\n"',
        '"\u0662\u0660\u0662\u0666-07-01T00:00:00Z"',
        '"0001-01-01T00:00:00+14:00"',
        '"9999-12-31T23:59:59-14:00"',
        '""',
        "1782864000",
        "1782864000.5",
        "true",
    ],
)
def test_what_is_no_instant_with_an_offset_is_refused(written: str) -> None:
    assert echoed("instant", written) is None


def test_an_instant_from_elsewhere_is_shown_in_utc() -> None:
    tokyo = timezone(timedelta(hours=9))
    assert rfc3339(datetime(2026, 7, 1, 9, tzinfo=tokyo)) == "2026-07-01T00:00:00Z"
    assert rfc3339(datetime(2026, 7, 1, 0, 0, 0, 1, UTC)) == "2026-07-01T00:00:00.000001Z"


async def test_a_refused_value_is_quoted_in_part_with_what_was_expected(operator: Api) -> None:
    tenant = await a_workspace(operator)
    answer = await operator.send(
        "mutation ($input: AdjustCreditsInput!) { adjustCredits(input: $input) { entry { id } } }",
        input={"workspaceId": tenant.id, "credits": "x" * 10_000, "reason": "r"},
    )
    [error] = answer["errors"]
    assert (
        "Expected credits as a string of at most twelve digits and three decimals"
        in error["message"]
    )
    assert len(error["message"]) < 600


async def test_a_float_of_credits_is_refused_and_the_exact_string_is_not(operator: Api) -> None:
    tenant = await a_workspace(operator)
    mutation = (
        "mutation ($input: AdjustCreditsInput!) { adjustCredits(input: $input) "
        "{ entry { amount } errors { message } } }"
    )
    wanted = {"workspaceId": tenant.id, "reason": "for the test"}
    assert await operator.code_of(mutation, input=wanted | {"credits": 12.5}) == (
        "GRAPHQL_REQUEST_INVALID"
    )
    done = await operator.ask(mutation, input=wanted | {"credits": "12.5"})
    assert done["adjustCredits"] == {"entry": {"amount": "12.500"}, "errors": []}


async def test_every_number_of_the_price_list_is_an_exact_string(public: Api) -> None:
    found = await public.ask(
        "{ plans { price { amount } includedCredits } rates { creditsPerUnit } }"
    )
    assert {plan["price"]["amount"] for plan in found["plans"]} >= {"0.00"}
    assert all(re.fullmatch(r"\d+\.\d{2}", plan["price"]["amount"]) for plan in found["plans"])
    assert all(re.fullmatch(r"\d+\.\d{3}", plan["includedCredits"]) for plan in found["plans"])
    rates = [rate["creditsPerUnit"] for rate in found["rates"]]
    assert all(re.fullmatch(r"\d+(\.\d*[1-9])?", rate) for rate in rates), "no exponents, no 4.000"
