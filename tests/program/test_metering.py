"""Usage in real processes: however they die, what was acknowledged is there exactly once."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx2
import psutil  # type: ignore[import-untyped,unused-ignore]
import pytest

from billwright import embedded
from tests.metering import an_event
from tests.processes import Server, program, serving, until
from tests.program.test_start import a_workspace_key, with_printed_key
from tests.program.test_stop_and_crash import postmaster_of

RECORD = """mutation ($events: [UsageEventInput!]!, $shortfall: ShortfallPolicy!) {
    recordUsage(input: {events: $events, shortfall: $shortfall}) {
        results { eventId status } accepted duplicates rejected credits } }"""
USED = """{ workspace { creditBalance { total }
    usageReport(input: {from: "2026-01-01T00:00:00Z", to: "2099-01-01T00:00:00Z", grain: TOTAL}) {
        events total } } }"""
# of each reporter at work: large reports, and small ones that are recorded together
EVENTS_AT_ONCE = (40, 40, 1, 1, 1, 1, 1, 1)
ACKNOWLEDGED_MIN = 400


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """A folder whose server ends with the test."""
    yield tmp_path / "data"
    embedded.stop(tmp_path / "data")


def record(server: Server, key: str, *events: dict[str, Any], shortfall: str) -> dict[str, Any]:
    found: dict[str, Any] = server.ask(RECORD, key=key, events=list(events), shortfall=shortfall)[
        "recordUsage"
    ]
    return found


def the_server(server: Server, _: Path) -> None:
    server.kill()


def the_database(_: Server, data: Path) -> None:
    # what PostgreSQL calls an immediate shutdown: nothing is written any more
    postmaster_of(data).send_signal(signal.SIGQUIT)


def everything(server: Server, data: Path) -> None:
    postmaster = postmaster_of(data)
    children = postmaster.children(recursive=True)
    for victim in (postmaster, psutil.Process(server.process.pid), *children):
        with suppress(psutil.NoSuchProcess):  # who noticed that the others are gone
            victim.kill()


@pytest.mark.parametrize("die", [the_server, the_database, everything])
def test_what_was_acknowledged_is_there_once_whoever_dies(
    data: Path, die: Callable[[Server, Path], None]
) -> None:
    sent: list[dict[str, Any]] = []
    acknowledged: set[str] = set()
    stop = threading.Event()

    def report(server: Server, key: str, at_once: int) -> None:
        while not stop.is_set():
            events = [an_event() for _ in range(at_once)]
            sent.extend(events)
            try:
                recorded = record(server, key, *events, shortfall="OWE")
            except (httpx2.TransportError, AssertionError, ValueError):
                return  # no answer, or one that acknowledges nothing
            acknowledged.update(each["eventId"] for each in recorded["results"])

    # given eight reporters at work when it happens
    with serving(data) as server:
        with_printed_key(server)
        key = a_workspace_key(server)
        with ThreadPoolExecutor(len(EVENTS_AT_ONCE)) as reporters:
            for at_once in EVENTS_AT_ONCE:
                reporters.submit(report, server, key, at_once)
            until(lambda: len(acknowledged) >= ACKNOWLEDGED_MIN, server.said)
            die(server, data)
            stop.set()
    # when it serves again and all reports are sent again, whatever became of them
    with serving(data) as server:
        with_printed_key(server)
        stored = server.ask(USED, key=key)["workspace"]["usageReport"]["events"]
        assert len(acknowledged) <= stored <= len(sent)
        statuses: dict[str, str] = {}
        for begin in range(0, len(sent), 1_000):
            recorded = record(server, key, *sent[begin : begin + 1_000], shortfall="OWE")
            statuses |= {each["eventId"]: each["status"] for each in recorded["results"]}
        # then what was acknowledged was there, none is there twice, and none was invented
        assert {statuses[id] for id in acknowledged} == {"DUPLICATE"}
        assert list(statuses.values()).count("DUPLICATE") == stored
        used = server.ask(USED, key=key)["workspace"]
        assert used["usageReport"] == {"events": len(sent), "total": f"{len(sent)}.000"}
        assert used["creditBalance"]["total"] == f"{750 - len(sent)}.000"
        checked = program("check", BILLWRIGHT_DATA_DIR=str(data))
        assert checked.returncode == 0, checked


GIVE = """mutation ($workspace: ID!) { adjustCredits(
    input: {workspaceId: $workspace, credits: "250", reason: "For the test"}
) { errors { message } } }"""


def test_fifty_at_once_in_two_processes_spend_30_of_1000_credits_33_times(data: Path) -> None:
    with serving(data, BILLWRIGHT_WORKERS="2") as server:
        with_printed_key(server)
        key = a_workspace_key(server)
        workspace = server.ask("{ workspace { id } }", key=key)["workspace"]["id"]
        server.ask(GIVE, workspace=workspace)

        def spend(_: int) -> dict[str, Any]:
            return record(server, key, an_event("voice.platform"), shortfall="REJECT")

        with ThreadPoolExecutor(25) as spenders:
            recorded = list(spenders.map(spend, range(50)))
        assert sum(each["accepted"] for each in recorded) == 33
        assert sum(each["rejected"] for each in recorded) == 17
        assert server.ask(USED, key=key)["workspace"]["creditBalance"]["total"] == "10.000"
