"""The parts of an invoice's document: texts in their order, ready to be set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from services.inputs import is_unprintable

# Shown for a character that no line of text can have: it came in before that was refused.
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Party:
    """Seller or buyer: a name, the lines below it, and what the tax office wants to know."""

    name: str
    lines: Sequence[str]
    tax_id: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One of the particulars at the top, e.g. the date of issue."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class ShownLine:
    """What is billed. `detail` says for when, and whether for a part of it only."""

    description: str
    detail: str
    quantity: str
    unit_price: str
    amount: str


@dataclass(frozen=True, slots=True)
class Sum:
    """A line below the lines. `is_main`: one of the two that everybody looks for."""

    label: str
    amount: str
    note: str = ""
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A table below the sums: what happened to the invoice since. The last column is an amount."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class InvoiceDocument:
    """All there is to see. `status` is a word of `InvoiceStatus` in lower case."""

    number: str
    status: str
    headline: str
    issued_on: date
    seller: Party
    buyer: Party
    facts: Sequence[Fact]
    lines: Sequence[ShownLine]
    sums: Sequence[Sum]
    sections: Sequence[Section]
    small_print: str

    def to_json(self) -> dict[str, Any]:
        """As templates read it. Every text in it can be printed."""
        shown: dict[str, Any] = _printable(asdict(self))
        return shown


def _printable(value: Any) -> Any:
    match value:
        case str():
            return "".join(REPLACEMENT if is_unprintable(each) else each for each in value)
        case dict():
            return {key: _printable(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_printable(inner) for inner in value]
        case date():
            return value.isoformat()
        case _:
            return value
