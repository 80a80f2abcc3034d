"""Reading single values of a price list file, and saying what was expected instead.

A `Table` hands out its values by key; a reader makes one value of what the file says, or raises
ValueRefusedError. Here is nothing about plans or rates: that is `services.price_list_file`.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeVar

from services.price_list import UNLIMITED, hint

COUNT_MAX: Final = 1_000_000
TEXT_MAX: Final = 500
NAME_MAX: Final = 64
SHOWN_MAX: Final = 40
WORDS: Final = {2: "two", 3: "three", 4: "four", 6: "six", 9: "nine"}

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
Reader = Callable[[object], T]
"""Makes a value of what the file says, or raises ValueRefusedError."""


class Table:
    """One table of the file. Every reading notes what is wrong and goes on with a stand-in."""

    def __init__(self, values: Mapping[str, object], *, where: str, problems: list[str]) -> None:
        self.values = values
        self.where = where
        self.problems = problems
        self.asked: set[str] = set()

    def note(self, key: str, reason: str) -> None:
        self.problems.append(f"{self.place(key)}: {reason}")

    def place(self, key: str) -> str:
        """The key with the way to it, as in `rates."voice.stt"[0].credits`."""
        quoted = key if re.fullmatch(r"[A-Za-z0-9_-]*", key) else json.dumps(key)
        return ".".join(part for part in (self.where, quoted) if part)

    def get(self, key: str, reader: Reader[T], otherwise: T, *, optional: bool = False) -> T:
        """The value of `key`, or `otherwise` when there is none or `reader` refuses it."""
        self.asked.add(key)
        value = self.values.get(key)
        if value is None:
            if not optional:
                self.note(key, "missing")
            return otherwise
        try:
            return reader(value)
        except ValueRefusedError as refusal:
            self.note(key, str(refusal))
            return otherwise

    def table(self, key: str) -> "Table":
        """The table at `key`; an empty one when there is none."""
        nothing: dict[str, object] = {}
        values = self.get(key, _mapping, nothing, optional=True)
        return Table(values, where=self.place(key), problems=self.problems)

    def tables(self, key: str, *, optional: bool = False) -> list["Table"]:
        """The array of tables at `key`, each named by its position from 0."""
        nothing: list[dict[str, object]] = []
        rows = self.get(key, _mappings, nothing, optional=optional)
        return [
            Table(row, where=f"{self.place(key)}[{i}]", problems=self.problems)
            for i, row in enumerate(rows)
        ]

    def names(self, reader: Reader[str]) -> list[str]:
        """The keys of this table that `reader` accepts; a problem for each of the others."""
        accepted = []
        for key in self.values:
            try:
                accepted.append(reader(key))
            except ValueRefusedError as refusal:
                self.note(key, str(refusal))
        return accepted

    def finish(self, stranger: str = "unknown key", known: Iterable[str] | None = None) -> None:
        """Note every key that nobody has asked for. Call it last."""
        for key in self.values:
            if key not in self.asked:
                self.note(key, f"{stranger}; {hint(key, known or self.asked)}")


class ValueRefusedError(ValueError):
    """What was expected instead of the value that the file has."""


def _refusal(expected: str, value: object) -> ValueRefusedError:
    return ValueRefusedError(f"expected {expected}, got {_shown(value)}")


@dataclass(frozen=True, slots=True)
class Float:
    """A number without quotes and with a point: kept as written, to be shown and refused."""

    written: str


@dataclass(frozen=True, slots=True)
class Number:
    """Reads one kind of exact number from a string; refuses what would lose or hide digits."""

    what: str
    decimals: int
    example: str
    largest: int

    def __call__(self, value: object) -> Decimal:
        if isinstance(value, Float | float):
            refusal = _refusal(f"{self.what} in quotes such as {self.example}", value)
            raise ValueRefusedError(f"{refusal}; without quotes it is a float, which is not exact")
        if not isinstance(value, str):
            raise _refusal(f"{self.what} in quotes such as {self.example}", value)
        match = re.fullmatch(r"-?[0-9]+(?:\.([0-9]+))?", value)
        if not match or len(match[1] or "") > self.decimals:
            at_most = f"with at most {WORDS[self.decimals]} decimals such as {self.example}"
            raise _refusal(f"{self.what} {at_most}", value)
        if value.startswith("-"):
            raise ValueRefusedError(f"must not be negative, got {_shown(value)}")
        if (number := Decimal(value)) > self.largest:
            raise ValueRefusedError(f"must be at most {self.largest}, got {_shown(value)}")
        return number


MONEY = Number("an amount", 2, '"20.00"', largest=1_000_000)
CREDITS = Number("credits", 3, '"5000"', largest=1_000_000_000)
RATE = Number("a rate", 9, '"0.5"', largest=1_000_000)
RATE_PER_1000 = Number("a rate", 6, '"1.875"', largest=1_000_000)
"""Three decimals fewer, so that the rate for one unit has at most 9."""
PERCENT = Number("a percentage", 4, '"10"', largest=100)


@dataclass(frozen=True, slots=True)
class Word:
    """Reads a short string of one form, such as the key of a plan."""

    what: str
    form: str

    def __call__(self, value: object) -> str:
        if not isinstance(value, str) or not re.fullmatch(self.form, value):
            raise _refusal(self.what, value)
        if len(value) > NAME_MAX:
            raise ValueRefusedError(f"must have at most {NAME_MAX} characters, has {len(value)}")
        return value


VERSION = Word('a version name such as "2026-07"', r"[A-Za-z0-9]+([._-][A-Za-z0-9]+)*")
KEY = Word('a key such as "pay-as-you-go"', r"[a-z0-9]+(-[a-z0-9]+)*")
METER = Word('a meter such as "voice.stt"', r"[a-z0-9]+([._][a-z0-9]+)*")
MODEL = Word('a key such as "gpt-4.1-mini"', r"[a-z0-9]+([.-][a-z0-9]+)*")
COUNTRY = Word('a country of two capital letters such as "DE"', r"[A-Z]{2}")


def a_line(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise _refusal("a line of text", value)
    if len(value) > TEXT_MAX:
        raise ValueRefusedError(f"must have at most {TEXT_MAX} characters, has {len(value)}")
    return value


def a_flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise _refusal("true or false", value)
    return value


def a_count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _refusal("a whole number such as 5", value)
    if not 0 <= value <= COUNT_MAX:
        raise _refusal(f"a whole number from 0 to {COUNT_MAX}", value)
    return value


def a_quantity(value: object) -> int:
    if a_count(value) == 0:
        raise _refusal(f"a whole number from 1 to {COUNT_MAX}", value)
    return a_count(value)


def count_or_unlimited(value: object) -> int | None:
    if value == UNLIMITED:
        return None
    if isinstance(value, str):
        raise _refusal(f'a whole number or "{UNLIMITED}"', value)
    return a_count(value)


def one_of(options: type[E]) -> Reader[E]:
    names = {option.value: option for option in options}

    def member(value: object) -> E:
        if not isinstance(value, str) or value not in names:
            raise _refusal(" or ".join(f'"{name}"' for name in names), value)
        return names[value]

    return member


def key_list(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _refusal("a list of keys", value)
    return tuple(map(KEY, value))


def a_day(value: object) -> datetime:
    """Midnight UTC of a TOML date, or of a string of the same form."""
    day = _iso_day(value) if isinstance(value, str) else value
    if not isinstance(day, date) or isinstance(day, datetime):
        raise _refusal("a day such as 2026-08-01", value)
    return datetime.combine(day, time.min, tzinfo=UTC)


def _iso_day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError:
        return None


def _mapping(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise _refusal("a table", value)
    return value


def _mappings(value: object) -> list[dict[str, object]]:
    if not isinstance(value, list):
        raise _refusal("an array of tables", value)
    return [_mapping(row) for row in value]


def _shown(value: object) -> str:
    """The value as it stands in the file, shortened."""
    match value:
        case Float():
            return value.written
        case str():
            short = value if len(value) <= SHOWN_MAX else f"{value[:SHOWN_MAX]}..."
            return json.dumps(short, ensure_ascii=False)
        case bool():
            return json.dumps(value)
        case list():
            return "a list"
        case dict():
            return "a table"
        case date():
            return value.isoformat()
        case _:
            return str(value)
