"""The countries of ISO 3166-1: which there are, and what they are called."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from babel import Locale


@cache
def country_codes() -> frozenset[str]:
    """The officially assigned two-letter codes.

    The time zone database keeps the list, and we have that database anyway. Babel's own list of
    territories has more: the EU, the Canaries, "unknown region".
    """
    table = (files("tzdata") / "zoneinfo" / "iso3166.tab").read_text(encoding="utf-8")
    return frozenset(line[:2] for line in table.splitlines() if not line.startswith("#"))


def country_name(code: str) -> str:
    """In English, as the Unicode consortium spells it; the code itself for what is no country."""
    name: str = Locale("en").territories.get(code, code)
    return name
