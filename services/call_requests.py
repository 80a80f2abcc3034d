"""What somebody tells of a call: that it begins, and how it has ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from models.calls import Call
from services.errors import BillingError, InvalidInput, Refused
from services.inputs import identifier
from services.rating import NAME_LENGTH_MAX, QUANTITY_MAX
from services.usage_events import ID_LENGTH_MAX

# Nobody is held credits for longer than a hold lives without a word.
HOLD_MINUTES_MAX = 240
# parts, their providers and the model: no call has more that a key could be for
OWN_KEYS_MAX = 20
SECONDS_MAX = 24 * 60 * 60
TEXTS = (
    ("call_id", ("callId",), ID_LENGTH_MAX),
    ("agent_id", ("agentId",), ID_LENGTH_MAX),
    ("stt", ("stt",), NAME_LENGTH_MAX),
    ("tts", ("tts",), NAME_LENGTH_MAX),
    ("sts", ("sts",), NAME_LENGTH_MAX),
    ("model", ("model",), NAME_LENGTH_MAX),
)


@dataclass(frozen=True, slots=True)
class StartRequest:
    """A call that wants to begin. `own_keys`: see call_meters.CallSetup."""

    call_id: str
    agent_id: str | None
    client_id: UUID | None
    stt: str | None
    tts: str | None
    sts: str | None
    model: str | None
    telephony: bool
    own_keys: Sequence[str]
    hold_minutes: int

    def check(self) -> None:
        """Raises Refused with all that can never be right, whatever the workspace."""
        if problems := list(self._problems()):
            raise Refused(problems)

    def began(self, call: Call) -> bool:
        """Whether this very request has begun a call."""
        return self.columns == {name: getattr(call, name) for name in self.columns}

    @property
    def columns(self) -> dict[str, Any]:
        """As the table names them."""
        return {
            "external_id": self.call_id,
            "agent_id": self.agent_id,
            "client_id": self.client_id,
            "stt": self.stt,
            "tts": self.tts,
            "sts": self.sts,
            "model": self.model,
            "telephony": self.telephony,
            "own_keys": list(self.own_keys),
            "hold_minutes": self.hold_minutes,
        }

    def _problems(self) -> Iterator[BillingError]:
        for name, path, length_max in TEXTS:
            value = getattr(self, name)
            try:
                if value is not None:
                    identifier(value, path=path, length_max=length_max)
            except InvalidInput as problem:
                yield problem
        if len(self.own_keys) > OWN_KEYS_MAX:
            yield InvalidInput(
                f"A call has at most {OWN_KEYS_MAX} own keys, not {len(self.own_keys)}.",
                path=("ownKeys",),
            )
        if not 1 <= self.hold_minutes <= HOLD_MINUTES_MAX:
            yield InvalidInput(
                f"Credits are held for 1 to {HOLD_MINUTES_MAX} minutes at a time, not "
                f"{self.hold_minutes}.",
                path=("holdMinutes",),
            )


@dataclass(frozen=True, slots=True)
class EndRequest:
    """How a call has ended. No seconds: nobody answered."""

    call_id: str
    seconds: int
    input_tokens: int
    output_tokens: int

    def check(self) -> None:
        """Raises Refused with all that can never be right, whatever the call."""
        if problems := list(self._problems()):
            raise Refused(problems)

    def ended(self, call: Call) -> bool:
        """Whether a call has ended in this very way."""
        return (call.seconds, call.input_tokens, call.output_tokens) == (
            self.seconds,
            self.input_tokens,
            self.output_tokens,
        )

    @property
    def tokens(self) -> tuple[tuple[str, int], ...]:
        """By the name of the input's field."""
        return (("inputTokens", self.input_tokens), ("outputTokens", self.output_tokens))

    def _problems(self) -> Iterator[BillingError]:
        try:
            identifier(self.call_id, path=("callId",), length_max=ID_LENGTH_MAX)
        except InvalidInput as problem:
            yield problem
        if not 0 <= self.seconds <= SECONDS_MAX:
            yield InvalidInput(
                f"A call lasts 0 to {SECONDS_MAX:,} seconds (a day), not {self.seconds:,}.",
                path=("seconds",),
            )
        for name, count in self.tokens:
            if not 0 <= count <= QUANTITY_MAX:
                yield InvalidInput(
                    f"{name} is {count:,}; it goes from 0 to {QUANTITY_MAX:,}.", path=(name,)
                )
