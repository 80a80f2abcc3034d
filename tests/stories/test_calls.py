"""Calls take a line and hold credits, and are paid by the second when they end."""

from __future__ import annotations

from tests import given
from tests.calls import ended, started
from tests.client import Api
from tests.metering import balance


async def test_a_call_holds_five_minutes_and_pays_its_seconds(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    call = await started(acme, "call-1")
    assert (call["heldCredits"], call["cost"]) == ("507.500", None)
    found = await balance(acme)
    assert (found["available"], found["held"], found["total"]) == ("242.500", "507.500", "750.000")
    call = await ended(acme, "call-1", seconds=61)
    assert call["cost"] == {
        "platform": "30.500",
        "stt": "11.184",
        "tts": "44.733",
        "sts": "0.000",
        "llm": "0.000",
        "telephony": "16.775",
        "total": "103.192",
        "seconds": 61,
    }
    found = await balance(acme)
    assert (found["available"], found["held"], found["total"]) == ("646.808", "0.000", "646.808")
