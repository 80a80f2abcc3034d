"""Values that are checked the same way wherever they come in. Each raises InvalidInput."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import available_timezones

import phonenumbers

from models.money import Money
from services.countries import country_codes
from services.errors import InvalidInput

# One @, something on both sides, a dot in the domain: what is worth refusing without sending mail.
EMAIL = re.compile(r"[^\s@<>\"(),:;]{1,64}@[^\s@<>\"(),:;]+\.[^\s@<>\"(),:;.]{2,}")
EMAIL_LENGTH_MAX = 254
# the machine's own zone and the one for what is not set are no places
TIME_ZONES = available_timezones() - {"localtime", "Factory", "posixrules"}
# What no line of text has: control characters, line and paragraph separators, halves of a
# character, and the marks that turn round the order in which all that follows is read.
UNPRINTABLE = ("Cc", "Zl", "Zp", "Cs")
TURNING_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Letters, digits and what stands between them, e.g. DE123456789, CHE-123.456.789 MWST, 12-3456789.
TAX_ID = re.compile(r"(?=.*\d)[A-Za-z0-9](?:[A-Za-z0-9 ./&*+-]{2,48}[A-Za-z0-9*+])")


@dataclass(frozen=True, slots=True)
class Number:
    """A phone number (E.164) that could be somebody's, and the country that it is of."""

    e164: str
    country: str


def text(value: str, *, path: Sequence[str], length_max: int) -> str:
    """`value` without surrounding space: one line, of 1 to `length_max` characters."""
    stripped = value.strip()
    _check_line(stripped, path=path, length_max=length_max)
    return stripped


def identifier(value: str, *, path: Sequence[str], length_max: int) -> str:
    """As `text`, but kept to the character: somebody's own name for something."""
    # what is printable by Python's own, narrower, reckoning is told in one call
    if not (value.isprintable() and 0 < len(value) <= length_max and value[0] != " "):
        _check_line(value, path=path, length_max=length_max)
    return value


def _check_line(value: str, *, path: Sequence[str], length_max: int) -> None:
    if not value.strip():
        raise InvalidInput(f"{path[-1]} must not be empty.", path=path)
    if len(value) > length_max:
        raise InvalidInput(
            f"{path[-1]} has {len(value)} characters; at most {length_max} are kept.", path=path
        )
    for character in value:
        if is_unprintable(character):
            raise InvalidInput(
                f"{path[-1]} has the character U+{ord(character):04X}, which cannot be printed.",
                path=path,
            )


def is_unprintable(character: str) -> bool:
    """Whether no invoice could show this character in a line of text."""
    return unicodedata.category(character) in UNPRINTABLE or character in TURNING_MARKS


def optional_text(value: str | None, *, path: Sequence[str], length_max: int) -> str | None:
    """As `text`, but absent and blank are None."""
    if value is None or not value.strip():
        return None
    return text(value, path=path, length_max=length_max)


def email(value: str, *, path: Sequence[str]) -> str:
    """An address that mail could be sent to."""
    stripped = value.strip()
    if len(stripped) > EMAIL_LENGTH_MAX or not EMAIL.fullmatch(stripped):
        raise InvalidInput(f"'{stripped[:100]}' is not an e-mail address.", path=path)
    return stripped


def country(value: str, *, path: Sequence[str]) -> str:
    """A two-letter code of ISO 3166-1, in capitals."""
    code = value.strip().upper()
    if code not in country_codes():
        raise InvalidInput(
            f"'{value.strip()[:20]}' is not a two-letter ISO 3166 country code such as US.",
            path=path,
        )
    return code


def tax_id(value: str, *, path: Sequence[str]) -> str:
    """What could be a tax number somewhere in the world: 4 to 50 characters, a digit among them.

    Whether it is one, only the country's own register could tell.
    """
    if not TAX_ID.fullmatch(value):
        raise InvalidInput(
            f"'{value[:50]}' is not a tax number such as DE123456789: 4 to 50 letters, digits and "
            "signs between them.",
            path=path,
        )
    return value


def time_zone(value: str, *, path: Sequence[str]) -> str:
    """An IANA name that this machine's calendar knows."""
    if value not in TIME_ZONES:
        raise InvalidInput(
            f"'{value[:100]}' is not an IANA time zone such as Europe/Berlin.", path=path
        )
    return value


def rfc3339(value: datetime) -> str:
    """An instant as the API writes it: in UTC, microseconds only when there are any."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def instant(value: datetime, *, path: Sequence[str]) -> datetime:
    """An instant in the years that calendars and the database can reckon with."""
    if not 2000 <= value.year <= 2100:
        raise InvalidInput(f"{rfc3339(value)} is outside the years 2000 to 2100.", path=path)
    return value


def phone_number(value: str, *, path: Sequence[str]) -> Number:
    """A number that the numbering plan of some country has."""
    with suppress(phonenumbers.NumberParseException):
        parsed = phonenumbers.parse(value)
        country = phonenumbers.region_code_for_number(parsed)
        # one number, one spelling: without spaces, and no trunk prefix left in
        spelt = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
        is_known = phonenumbers.is_valid_number(parsed) and spelt == value
        if is_known and country in phonenumbers.SUPPORTED_REGIONS:
            return Number(value, country)
    raise InvalidInput(
        f"'{value[:50]}' is no phone number of any country; write it as +14155550100.", path=path
    )


def country_code(value: str, *, path: Sequence[str]) -> str:
    """A two-letter code of a country that has phone numbers, in capitals."""
    code = value.strip().upper()
    if code not in phonenumbers.SUPPORTED_REGIONS:
        raise InvalidInput(
            f"'{value[:20]}' is not a two-letter ISO 3166 country code such as US.", path=path
        )
    return code


def money(value: Decimal, currency: str, *, path: Sequence[str]) -> Money:
    """More than nothing, in whole cents."""
    cents = value * 100
    if cents != int(cents):
        raise InvalidInput(f"{value:f} has fractions of a cent; give two decimals.", path=path)
    if cents <= 0:
        raise InvalidInput(f"{path[-1]} must be more than 0, not {value:f}.", path=path)
    return Money(int(cents), currency)
