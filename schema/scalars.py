"""Scalars: exact numbers as strings, instants in UTC. Bad values are refused with a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, NewType

import strawberry
from graphql import GraphQLError

from models.money import Credits
from services.inputs import rfc3339

CurrencyCode = NewType("CurrencyCode", str)
PhoneNumberValue = NewType("PhoneNumberValue", str)
# No exponent, no NaN, no sign but a minus; the lengths keep every number within the database's.
DECIMAL = re.compile(r"-?\d{1,15}(\.\d{1,12})?", re.ASCII)
CLOCK = r"([01]\d|2[0-3]):[0-5]\d"  # also of an offset: fromisoformat takes +02:60 for +03:00
INSTANT = re.compile(
    rf"\d{{4}}-\d\d-\d\d[Tt]{CLOCK}:\d\d(\.\d{{1,6}})?([Zz]|[+-]{CLOCK})", re.ASCII
)
# The usual ones, each on a line of its own: a thousand are told at once.
DECIMALS = re.compile(rf"(?:{DECIMAL.pattern}\n)*", re.ASCII)
INSTANTS = re.compile(rf"(?:\d{{4}}-\d\d-\d\dT{CLOCK}:\d\d(\.\d{{1,6}})?Z\n)*", re.ASCII)
E164 = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)
CREDITS = re.compile(r"-?\d{1,12}(\.\d{1,3})?", re.ASCII)


def _shown(value: object) -> str:
    return repr(value)[:100]


def parse_decimal(value: object) -> Decimal:
    """An exact number: a string such as "20.00", or a whole number."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not DECIMAL.fullmatch(value):
        raise GraphQLError(
            "Expected an exact decimal number as a string of at most fifteen digits and twelve "
            f'decimals, e.g. "20.00", got {_shown(value)}.'
        )
    return Decimal(value)


def parse_credits(value: object) -> Credits:
    """Credits: a string with at most three decimals, or a whole number."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not CREDITS.fullmatch(value):
        raise GraphQLError(
            "Expected credits as a string of at most twelve digits and three decimals, "
            f'e.g. "4999.500", got {_shown(value)}.'
        )
    return Credits.of(Decimal(value))


def show_credits(value: Credits) -> str:
    """With three decimals, e.g. 4999.500."""
    whole, thousandths = divmod(abs(value.millicredits), 1_000)
    return f"{'-' if value.millicredits < 0 else ''}{whole}.{thousandths:03d}"


def parse_instant(value: object) -> datetime:
    """An instant with its offset, e.g. 2026-07-01T00:00:00Z; kept in UTC."""
    if isinstance(value, str) and INSTANT.fullmatch(value):
        with suppress(ValueError, OverflowError):  # 31 February, year 0, a 61st second
            return datetime.fromisoformat(value.upper()).astimezone(UTC)
    raise GraphQLError(
        "Expected an RFC 3339 instant with its offset and at most six decimals of a second, e.g. "
        f'"2026-07-01T00:00:00Z", got {_shown(value)}.'
    )


def parse_decimals(values: Sequence[str]) -> list[Decimal]:
    """As `parse_decimal`, for many strings."""
    if _are_all(DECIMALS, values):
        return [Decimal(value) for value in values]
    return [parse_decimal(value) for value in values]


def parse_instants(values: Sequence[str]) -> list[datetime]:
    """As `parse_instant`, for many strings."""
    if _are_all(INSTANTS, values):
        with suppress(ValueError):
            return [datetime.fromisoformat(value) for value in values]
    return [parse_instant(value) for value in values]


def _are_all(lines: re.Pattern[str], values: Sequence[str]) -> bool:
    text = "\n".join([*values, ""])
    return text.count("\n") == len(values) and lines.fullmatch(text) is not None


def parse_phone_number(value: object) -> str:
    """A number as it is dialled from anywhere; whether there can be such a one is decided later."""
    if isinstance(value, str) and E164.fullmatch(value):
        return value
    raise GraphQLError(
        f'Expected a phone number in E.164, e.g. "+14155550100", got {_shown(value)}.'
    )


SCALARS: dict[object, Any] = {
    Decimal: strawberry.scalar(
        name="Decimal",
        description='Exact decimal number as a string, e.g. "20.00". Never a float.',
        serialize=lambda value: format(value, "f"),
        parse_value=parse_decimal,
    ),
    Credits: strawberry.scalar(
        name="Credits",
        description="Credits as an exact decimal string with three places, "
        'e.g. "4999.500". 1 USD = 1000 credits.',
        serialize=show_credits,
        parse_value=parse_credits,
    ),
    datetime: strawberry.scalar(
        name="DateTime",
        description="RFC 3339 instant in UTC.",
        serialize=rfc3339,
        parse_value=parse_instant,
    ),
    CurrencyCode: strawberry.scalar(
        name="CurrencyCode",
        description="ISO 4217 code.",
        serialize=str,
        parse_value=str,
    ),
    PhoneNumberValue: strawberry.scalar(
        name="PhoneNumberValue",
        description="E.164 number, e.g. +14155550100.",
        serialize=str,
        parse_value=parse_phone_number,
    ),
}
# How to read many strings of one scalar, where that is faster than one by one.
READ_ALL: Mapping[str, Callable[[Sequence[str]], Sequence[object]]] = {
    "Decimal": parse_decimals,
    "DateTime": parse_instants,
}
