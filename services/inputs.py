"""Values that are checked the same way wherever they come in. Each raises InvalidInput."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import available_timezones

from services.errors import InvalidInput

# One @, something on both sides, a dot in the domain: what is worth refusing without sending mail.
EMAIL = re.compile(r"[^\s@<>\"(),:;]{1,64}@[^\s@<>\"(),:;]+\.[^\s@<>\"(),:;.]{2,}")
EMAIL_LENGTH_MAX = 254
# the machine's own zone and the one for what is not set are no places
TIME_ZONES = available_timezones() - {"localtime", "Factory", "posixrules"}


def text(value: str, *, path: Sequence[str], length_max: int) -> str:
    """`value` without surrounding space: neither empty nor longer than `length_max` characters."""
    stripped = value.strip()
    if not stripped:
        raise InvalidInput(f"{path[-1]} must not be empty.", path=path)
    if len(stripped) > length_max:
        raise InvalidInput(
            f"{path[-1]} has {len(stripped)} characters; at most {length_max} are kept.", path=path
        )
    return stripped


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


def time_zone(value: str, *, path: Sequence[str]) -> str:
    """An IANA name that this machine's calendar knows."""
    if value not in TIME_ZONES:
        raise InvalidInput(
            f"'{value[:100]}' is not an IANA time zone such as Europe/Berlin.", path=path
        )
    return value


def instant(value: datetime, *, path: Sequence[str]) -> datetime:
    """An instant in the years that calendars and the database can reckon with."""
    if not 2000 <= value.year <= 2100:
        raise InvalidInput(f"{value.isoformat()} is outside the years 2000 to 2100.", path=path)
    return value
