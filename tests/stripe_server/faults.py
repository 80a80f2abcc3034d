"""Failing on purpose: what goes wrong with which requests, before or after their effect."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum


class Fault(Enum):
    """How a request goes wrong. What comes AFTER has had its effect by then."""

    IN_USE_409 = "another request with this idempotency key is under way"
    TOO_MANY_429 = "too many requests"
    ERROR_500_BEFORE = "an error of Stripe's, nothing was done"
    ERROR_500_AFTER = "an error of Stripe's, kept under the idempotency key"
    SILENCE_BEFORE = "no answer, nothing was done"
    SILENCE_AFTER = "no answer, but it was done"
    CUT_BEFORE = "the connection is cut, nothing was done"
    CUT_AFTER = "the connection is cut, but it was done"
    CUT_IN_BODY = "the connection is cut in the middle of the answer"

    @property
    def comes_after(self) -> bool:
        return self in (
            Fault.ERROR_500_AFTER,
            Fault.SILENCE_AFTER,
            Fault.CUT_AFTER,
            Fault.CUT_IN_BODY,
        )


@dataclass
class Scripted:
    """A fault for the next `times` requests whose "METHOD /path" the pattern is found in."""

    pattern: str
    fault: Fault
    times: int


class Script:
    """What is to go wrong, in the order in which it was asked for."""

    def __init__(self) -> None:
        self._scripted: list[Scripted] = []

    def add(self, pattern: str, fault: Fault, *, times: int = 1) -> None:
        """Let the next requests of this kind fail."""
        self._scripted.append(Scripted(pattern, fault, times))

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        self._scripted.clear()

    def next_for(self, method: str, path: str) -> Fault | None:
        """What goes wrong with this request, if anything."""
        for scripted in self._scripted:
            if scripted.times and re.search(scripted.pattern, f"{method} {path}"):
                scripted.times -= 1
                return scripted.fault
        return None
