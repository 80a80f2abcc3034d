"""What a call is metered by: the same list for calls that run and for the calculator (1.6, R21)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple, Protocol

from models.calls import CallPart
from services.errors import InvalidInput
from services.rating import MeterUsage, RateTable

TELEPHONY_PROVIDER = "twilio"


class CallSetup(Protocol):
    """Who does what in a call.

    Speech-to-speech takes the place of speech-to-text and text-to-speech. `own_keys` names parts
    (stt, tts, sts, llm, telephony) or whose they are.
    """

    @property
    def stt(self) -> str | None: ...
    @property
    def tts(self) -> str | None: ...
    @property
    def sts(self) -> str | None: ...
    @property
    def model(self) -> str | None: ...
    @property
    def telephony(self) -> bool: ...
    @property
    def own_keys(self) -> Sequence[str]: ...


class CallMeter(NamedTuple):
    """A meter of a call, and whose service it counts."""

    part: CallPart
    meter: str
    provider: str | None = None
    model: str | None = None
    own_key: bool = False

    def used(self, quantity: Decimal) -> MeterUsage:
        """So much of it."""
        return MeterUsage(self.meter, quantity, self.provider, self.model, self.own_key)


def by_the_minute(call: CallSetup) -> list[CallMeter]:
    """What every minute of the call costs: the platform, speech, the phone line."""
    providers, own = _providers(call), set(call.own_keys)
    named = [
        CallMeter(part, f"voice.{part}", name, own_key=bool({part.value, name} & own))
        for part, name in providers.items()
    ]
    return [CallMeter(CallPart.PLATFORM, "voice.platform"), *named]


def by_the_token(call: CallSetup) -> list[CallMeter]:
    """What the call's model is paid by: tokens that go in, and those that come out."""
    is_own = bool({CallPart.LLM.value, call.model} & set(call.own_keys))
    return [
        CallMeter(CallPart.LLM, f"llm.{direction}_tokens", None, call.model, is_own)
        for direction in ("input", "output")
    ]


def unknown_keys(call: CallSetup) -> Iterator[InvalidInput]:
    """Why a key is for no part of this call."""
    providers = _providers(call)
    llm = (CallPart.LLM.value, call.model) if call.model is not None else ()
    known = {*(part.value for part in providers), *providers.values(), *llm}
    for index, key in enumerate(call.own_keys):
        if key not in known:
            yield InvalidInput(
                f"'{key[:100]}' is no part of this call that a key could be for; there are "
                f"{', '.join(sorted(known))}.",
                path=("ownKeys", str(index)),
            )


def unknown_names(call: CallSetup, rates: RateTable, at: datetime) -> Iterator[InvalidInput]:
    """What has no rate: unknown providers, also those that speech-to-speech replaces, and model."""
    replaced = ((CallPart.STT, call.stt), (CallPart.TTS, call.tts)) if call.sts is not None else ()
    meters = [
        *by_the_minute(call),
        *(CallMeter(part, f"voice.{part}", name) for part, name in replaced if name is not None),
        # the other tokens have the same models
        *(by_the_token(call)[:1] if call.model is not None else ()),
    ]
    for meter in meters:
        try:
            rates.rate(meter.used(Decimal(1)), at)
        except InvalidInput as problem:
            fields = {"provider": (meter.part.value,), "model": ("model",)}
            yield replace(problem, path=fields.get(problem.path[0], ()))


def _providers(call: CallSetup) -> dict[CallPart, str]:
    speech = (
        {CallPart.STT: call.stt, CallPart.TTS: call.tts}
        if call.sts is None
        else {CallPart.STS: call.sts}
    )
    providers = speech | {CallPart.TELEPHONY: TELEPHONY_PROVIDER if call.telephony else None}
    return {part: name for part, name in providers.items() if name is not None}
