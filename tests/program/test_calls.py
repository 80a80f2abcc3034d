"""Calls in real processes: lines are counted once, and whoever dies takes no credits along."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from billwright import embedded
from tests.processes import Server, program, serving, until
from tests.program.test_metering import everything, the_server
from tests.program.test_start import a_workspace_key, with_printed_key

START = """mutation ($id: String!) {
    startCall(input: {callId: $id, stt: "deepgram", holdMinutes: 1}) {
    call { id } errors { code } } }"""
END = """mutation ($id: String!) { endCall(input: {callId: $id, seconds: 61}) {
    call { cost { total } } errors { code } } }"""
AGREE = """mutation ($workspace: ID!, $lines: Int) { setContract(input: {workspaceId: $workspace,
    monthlyPrice: "1000", includedCredits: "0",
    allowances: [{resource: CALL_LINE, quantity: $lines}]}) { errors { code } }
    adjustCredits(input: {workspaceId: $workspace, credits: "100000", reason: "For the test"}) {
        errors { code } } }"""
STANDING = """{ workspace { capacity(resource: CALL_LINE) { used } creditBalance { held total }
    usageReport(input: {from: "2026-01-01T00:00:00Z", to: "2099-01-01T00:00:00Z", grain: TOTAL}) {
        events total } } }"""
# 30 + 10 + 15 credits a minute without markup, a second of it rounded up: 55.91666...
COST = "55.917"


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """A folder whose server ends with the test."""
    yield tmp_path / "data"
    embedded.stop(tmp_path / "data")


def a_caller(server: Server, *, lines: int | None) -> str:
    """The key of a workspace with so many lines and 100,750 credits."""
    with_printed_key(server)
    key = a_workspace_key(server)
    workspace = server.ask("{ workspace { id } }", key=key)["workspace"]["id"]
    agreed = server.ask(AGREE, workspace=workspace, lines=lines)
    assert agreed == {"setContract": {"errors": []}, "adjustCredits": {"errors": []}}
    return key


def started(server: Server, key: str, id: str) -> list[str]:
    """Why a call does not begin."""
    payload: dict[str, Any] = server.ask(START, key=key, id=id)["startCall"]
    return [error["code"] for error in payload["errors"]]


def ended(server: Server, key: str, id: str) -> str:
    """What a call cost, or why it does not end."""
    payload: dict[str, Any] = server.ask(END, key=key, id=id)["endCall"]
    refusals = [str(error["code"]) for error in payload["errors"]]
    return refusals[0] if refusals else str(payload["call"]["cost"]["total"])


def test_fifty_at_once_in_two_processes_find_ten_lines(data: Path) -> None:
    with serving(data, BILLWRIGHT_WORKERS="2") as server:
        key = a_caller(server, lines=10)
        with ThreadPoolExecutor(25) as callers:
            refusals = list(callers.map(lambda n: started(server, key, f"call-{n}"), range(50)))
        assert refusals.count([]) == 10
        assert refusals.count(["CAPACITY_EXCEEDED"]) == 40
        standing = server.ask(STANDING, key=key)["workspace"]
        assert standing["capacity"]["used"] == 10
        assert standing["creditBalance"] == {"held": "550.000", "total": "100750.000"}


@pytest.mark.parametrize("die", [the_server, everything])
def test_whoever_dies_no_call_is_lost_and_nothing_stays_held(
    data: Path, die: Callable[[Server, Path], None]
) -> None:
    sent: list[str] = []
    begun: set[str] = set()
    paid: set[str] = set()
    stop = threading.Event()

    def call(server: Server, key: str) -> None:
        # no answer, or one that acknowledges nothing, ends it
        with suppress(httpx2.TransportError, AssertionError, ValueError):
            while not stop.is_set():
                id = str(uuid4())
                sent.append(id)
                assert started(server, key, id) == []
                begun.add(id)
                assert ended(server, key, id) == COST
                paid.add(id)

    # given four callers at work when it happens
    with serving(data) as server:
        key = a_caller(server, lines=None)
        with ThreadPoolExecutor(4) as callers:
            for _ in range(4):
                callers.submit(call, server, key)
            until(lambda: len(paid) >= 20, server.said)
            die(server, data)
            stop.set()
    # when it serves again, and all is told again
    with serving(data) as server:
        with_printed_key(server)
        standing = server.ask(STANDING, key=key)["workspace"]
        assert len(begun - paid) - 4 <= standing["capacity"]["used"] <= len(sent) - len(paid)
        outcomes = {id: ended(server, key, id) for id in sent}
        # then what was acknowledged was there, and all that has begun is paid once
        assert {outcomes[id] for id in begun} == {COST}
        assert set(outcomes.values()) <= {COST, "NOT_FOUND"}
        count = list(outcomes.values()).count(COST)
        standing = server.ask(STANDING, key=key)["workspace"]
        millicredits = 55_917 * count
        assert standing == {
            "capacity": {"used": 0},
            "creditBalance": {"held": "0.000", "total": credits(100_750_000 - millicredits)},
            "usageReport": {"events": 3 * count, "total": credits(millicredits)},
        }
        checked = program("check", BILLWRIGHT_DATA_DIR=str(data))
        assert checked.returncode == 0, checked


def credits(millicredits: int) -> str:
    return f"{millicredits // 1_000}.{millicredits % 1_000:03}"
