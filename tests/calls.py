"""What stories about calls are told with."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from tests.given import Tenant

CALL = """id externalId startedAt endedAt abandonedAt agentId client { id } heldCredits heldUntil
    uncoveredSince cost { platform stt tts sts llm telephony total seconds }"""
ERRORS = """errors { __typename code message path
    ... on InsufficientCreditsError { available required }
    ... on CapacityError { resource limit used requested addOn { key } } }"""
BALANCE = "creditBalance { available held total debt nextExpiry expiringAtNextExpiry }"
# 11 + 44 + 16.5 + 30 credits a minute
USUAL = {"stt": "deepgram", "tts": "elevenlabs"}


async def start(tenant: Tenant, call_id: str | None = None, **input: Any) -> dict[str, Any]:
    """The payload of `startCall`, for a call of deepgram, elevenlabs and a phone line."""
    call_id = call_id or f"call-{uuid4()}"
    return await tenant.api.do("startCall", f"call {{ {CALL} }}", callId=call_id, **USUAL | input)


async def started(tenant: Tenant, call_id: str | None = None, **input: Any) -> dict[str, Any]:
    """A call that has its line."""
    payload = await start(tenant, call_id, **input)
    assert payload["errors"] == []
    call: dict[str, Any] = payload["call"]
    return call


async def end(tenant: Tenant, call_id: str, **input: Any) -> dict[str, Any]:
    """The payload of `endCall`."""
    return await tenant.api.do(
        "endCall", f"call {{ {CALL} }} {BALANCE}", callId=call_id, **{"seconds": 60} | input
    )


async def ended(tenant: Tenant, call_id: str, **input: Any) -> dict[str, Any]:
    """A call that is paid."""
    payload = await end(tenant, call_id, **input)
    assert payload["errors"] == []
    call: dict[str, Any] = payload["call"]
    return call


async def the_call(tenant: Tenant, call_id: str) -> dict[str, Any]:
    """A call of the tenant, as it is now."""
    asked = await tenant.api.ask(
        f"{{ workspace {{ calls(first: 100) {{ nodes {{ {CALL} }} }} }} }}"
    )
    [found] = [
        call for call in asked["workspace"]["calls"]["nodes"] if call["externalId"] == call_id
    ]
    return dict(found)
