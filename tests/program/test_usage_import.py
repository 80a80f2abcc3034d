"""`billwright usage import`: every row of a file is decided once, whatever cuts it off."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from models.usage import UsageEvent, UsageImport
from services import usage_reports
from services.usage_questions import UsageFilter
from tests import given
from tests.client import Api
from tests.given import Tenant
from tests.metering import an_event, cost, give
from tests.processes import PROGRAM, environment_of, program, until
from tests.program.conftest import value

DAY = "2026-03-31T12:00:00Z"


def imported(
    database_url: str, file: Path, *options: str, code: int = 0
) -> subprocess.CompletedProcess[str]:
    ended = program("usage", "import", str(file), *options, BILLWRIGHT_DATABASE_URL=database_url)
    assert ended.returncode == code, ended.stderr + ended.stdout
    return ended


def written(path: Path, lines: Iterable[str | dict[str, Any]]) -> Path:
    text = "".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines)
    path.write_text(text)
    return path


def rejected_rows(file: Path) -> list[dict[str, Any]]:
    path = file.with_name(f"{file.name}.rejected.ndjson")
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def counts(summary: str) -> tuple[int, int, int]:
    """Accepted, duplicates, rejected."""
    first = [int(line.split()[0].replace(",", "")) for line in summary.splitlines()[:3]]
    return first[0], first[1], first[2]


async def test_json_of_several_workspaces_is_recorded_by_the_rules(
    operator: Api, database_url: str, tmp_path: Path
) -> None:
    acme, other = [await given.a_workspace(operator) for _ in range(2)]
    await cost(acme, an_event(eventId="known", occurredAt=DAY))
    rows = [
        an_event("voice.tts", "2.5", eventId="1", provider="elevenlabs", occurredAt=DAY),
        an_event(eventId="2", workspaceId=other.id, agentId="a", sessionId=None),
        an_event(eventId="known", occurredAt=DAY),
        {"eventId": "3", "meter": "interaction", "quantity": 0.000001, "ownKey": False},
        an_event(eventId="old", occurredAt="2026-02-01T00:00:00Z"),
        an_event(eventId="1", occurredAt=DAY),
    ]
    for row in rows:
        row.setdefault("workspaceId", acme.id)
    file = written(tmp_path / "usage.ndjson", rows)
    ended = imported(database_url, file, code=1)
    assert ended.stderr == ""  # no bar where nobody looks
    assert ended.stdout == (
        "            3  accepted, 111.001 credits\n"
        "            1  duplicates\n"
        "            2  rejected\n"
        "            1      IDEMPOTENCY_CONFLICT\n"
        "            1      INVALID_INPUT\n"
        f"The rejected rows are in {file}.rejected.ndjson.\n"
    )
    old, conflict = rejected_rows(file)
    assert (old["line"], old["code"], old["path"]) == (5, "INVALID_INPUT", ["occurredAt"])
    assert old["message"].startswith("2026-02-01T00:00:00Z is too old: events are taken up to 35")
    assert json.loads(old["row"]) == rows[4]
    assert (conflict["line"], conflict["code"]) == (6, "IDEMPOTENCY_CONFLICT")
    assert await UsageEvent.filter(workspace_id=acme.key).count() == 3
    assert await UsageEvent.filter(workspace_id=other.key).count() == 1
    # the same file again is done already; --again finds duplicates
    assert imported(database_url, file, code=1).stdout == ended.stdout
    assert counts(imported(database_url, file, "--again", code=1).stdout) == (0, 4, 2)
    assert len(rejected_rows(file)) == 2


async def test_csv_is_read_by_its_header(operator: Api, database_url: str, tmp_path: Path) -> None:
    acme = await given.a_workspace(operator)
    lines = [
        "\ufeffquantity,eventId,meter,model,occurredAt,ownKey",
        f'1000,"a, ""b""",llm.input_tokens,gpt-4o,{DAY},',
        "",
        f"1000,c,llm.input_tokens,gpt-4o,{DAY},TRUE",
        f"1000,d,llm.input_tokens,gpt-4o,{DAY}",
        f'1000,"e,llm.input_tokens,gpt-4o,{DAY},',
        f"1e3,f,llm.input_tokens,gpt-4o,{DAY},perhaps",
    ]
    file = written(tmp_path / "usage.csv", lines)
    ended = imported(database_url, file, "--workspace", acme.id, code=1)
    assert counts(ended.stdout) == (2, 0, 3)
    events = await UsageEvent.filter(workspace_id=acme.key).order_by("id")
    assert [(e.event_id, e.own_key, e.credits_mc) for e in events] == [
        ('a, "b"', False, 3_000),
        ("c", True, 0),
    ]
    assert [(row["line"], row["message"]) for row in rejected_rows(file)] == [
        (5, "The line has 5 columns, the header 6."),
        (6, "The line is not CSV: unexpected end of data."),
        (7, "ownKey is neither true nor false."),
    ]


def bad(**values: Any) -> dict[str, Any]:
    """An event with something wrong in it."""
    return {"eventId": "bad", "meter": "interaction", "quantity": "1"} | values


BAD_LINES: list[tuple[Any, list[str], str]] = [
    ("{", [], "The line is not JSON: Expecting property name"),
    ("[1]", [], "The line is no JSON object."),
    ("[" * 50_000, [], "The line is not JSON: "),
    ("x" * 70_000, [], "The line is longer than 64 KiB."),
    ('{"eventId": "\ud800"}'.encode("utf-8", "surrogatepass"), [], "The line is not UTF-8"),
    (bad(eventId=None), ["eventId"], "eventId is missing."),
    (bad(quantity=None), ["quantity"], "quantity is missing."),
    (bad(weight=1), ["weight"], "'weight' is no field of an event; there are eventId,"),
    (bad(eventId=7), ["eventId"], "eventId is no text."),
    (bad(eventId="a\x00b"), ["eventId"], "eventId has the character U+0000"),
    (bad(eventId="a" * 256), ["eventId"], "eventId has 256 characters; at most 255"),
    ('{"eventId": "1", "meter": "interaction", "quantity": NaN}', [], "NaN is no number"),
    (bad(quantity="-1"), ["quantity"], "A quantity is more than 0"),
    (bad(quantity="0." + "1" * 40), ["quantity"], "Expected an exact decimal number"),
    (bad(quantity=True), ["quantity"], "Expected an exact decimal number"),
    (bad(quantity=10**30), ["quantity"], "Expected an exact decimal number"),
    (bad(ownKey="yes"), ["ownKey"], "ownKey is neither true nor false."),
    (bad(occurredAt="now"), ["occurredAt"], "Expected an RFC 3339 instant"),
    (bad(occurredAt=5), ["occurredAt"], "Expected an RFC 3339 instant"),
    (bad(meter="nothing"), ["meter"], "'nothing'"),
    (bad(clientId="nobody"), ["clientId"], "The client was not found."),
    (bad(workspaceId="nobody"), ["workspaceId"], "The workspace was not found."),
    (bad(meter="voice.platform", quantity="100"), [], "credits"),
]


async def test_bad_rows_are_told_and_their_neighbours_are_recorded(
    operator: Api, database_url: str, tmp_path: Path
) -> None:
    acme = await given.a_workspace(operator)
    file, lines = tmp_path / "usage.jsonl", list[bytes]()
    for line, _, _ in BAD_LINES:
        text = line if isinstance(line, str | bytes) else json.dumps(line)
        lines += [
            json.dumps(an_event("widget.visit", occurredAt=DAY)).encode(),
            text if isinstance(text, bytes) else text.encode(),
        ]
    file.write_bytes(b"\r\n".join(lines))  # no line break at the end
    ended = imported(database_url, file, "--workspace", acme.id, code=1)
    assert counts(ended.stdout) == (len(BAD_LINES), 0, len(BAD_LINES))
    told = rejected_rows(file)
    assert [row["line"] for row in told] == [2 * n + 2 for n in range(len(BAD_LINES))]
    for row, (_, path, message) in zip(told, BAD_LINES, strict=True):
        assert row["path"] == path, row
        assert message in row["message"]
    assert await UsageEvent.filter(workspace_id=acme.key).count() == len(BAD_LINES)


async def test_an_event_of_another_workspaces_client_is_none(
    operator: Api, database_url: str, tmp_path: Path
) -> None:
    acme, other = [await given.a_workspace(operator) for _ in range(2)]
    made = await other.api.do(
        "assignSeat", "seat { client { id } }", kind="CLIENT", email="ceo@one.test"
    )
    rows = [
        an_event(clientId=made["seat"]["client"]["id"], workspaceId=acme.id),
        an_event(workspaceId=other.id),
    ]
    file = written(tmp_path / "usage.ndjson", rows)
    assert counts(imported(database_url, file, "--workspace", acme.id, code=1).stdout) == (0, 0, 2)
    assert [row["path"] for row in rejected_rows(file)] == [["clientId"], ["workspaceId"]]
    assert await UsageEvent.filter(workspace_id=other.key).count() == 0


@pytest.mark.parametrize(
    ("name", "text", "options", "problem"),
    [
        ("usage.txt", "", (), "is named neither .ndjson, .jsonl nor .csv"),
        ("usage.csv", "", (), "is empty; a CSV file begins with a header."),
        ("usage.csv", "a,b\n", (), "The first line must name the columns eventId, meter,"),
        ("usage.csv", "eventId,meter\n", (), "It says: eventId,meter"),
        ("usage.csv", "eventId,meter,quantity,meter\n", (), "The first line must name"),
        ("usage.csv", '"eventId\n', (), "The first line is no header: The line is not CSV"),
        ("usage.ndjson", "", ("--workspace", "nobody"), "There is no workspace 'nobody'"),
    ],
)
async def test_a_file_that_cannot_be_imported_is_explained(
    database_url: str, tmp_path: Path, name: str, text: str, options: tuple[str, ...], problem: str
) -> None:
    file = tmp_path / name
    file.write_text(text)
    assert problem in imported(database_url, file, *options, code=1).stderr


async def test_a_file_that_is_not_there_is_no_traceback(database_url: str, tmp_path: Path) -> None:
    ended = imported(database_url, tmp_path / "usage.csv", code=1)
    assert ended.stderr == f"{tmp_path / 'usage.csv'} cannot be read: No such file or directory.\n"


async def test_what_others_have_rejected_is_not_overwritten(
    operator: Api, database_url: str, tmp_path: Path
) -> None:
    acme = await given.a_workspace(operator)
    file = written(tmp_path / "usage.ndjson", [an_event(occurredAt=DAY)])
    precious = tmp_path / "usage.ndjson.rejected.ndjson"
    precious.write_text("precious\n")
    ended = imported(database_url, file, "--workspace", acme.id, code=1)
    assert "is there already; move it, or name another: --rejected." in ended.stderr
    assert precious.read_text() == "precious\n"


async def test_killed_anywhere_each_row_is_counted_once(
    operator: Api, database_url: str, tmp_path: Path
) -> None:
    # given 12,000 rows, each tenth of them bad and each seventh given before
    acme = await given.a_workspace(operator)
    await give(operator, acme, "100000")
    rows = [a_row(number) for number in range(12_000)]
    good = {row["eventId"] for row in rows if row["quantity"] != "0"}
    bad = [number + 1 for number, row in enumerate(rows) if row["quantity"] == "0"]
    file = written(tmp_path / "usage.ndjson", rows)
    # when it is killed, or stopped, after more and more of them
    moments = [0, 1_000, 3_000, 6_000, 9_000]
    for number, moment in enumerate(moments):
        cut_off(acme, database_url, file, moment, signal.SIGINT if number % 2 else signal.SIGKILL)
    # then the last run finishes what is left, and the sum of all is that of one
    summary = imported(database_url, file, "--workspace", acme.id, code=1).stdout
    assert counts(summary) == (len(good), 12_000 - len(good) - len(bad), len(bad))
    stored = await UsageEvent.filter(workspace_id=acme.key).values_list("event_id", flat=True)
    assert sorted(map(str, stored)) == sorted(good)
    assert [row["line"] for row in rejected_rows(file)] == bad
    assert (await usage_reports.count([acme.key], UsageFilter()))[acme.key] == len(good)
    assert not await UsageImport.filter(finished_at=None, accepted=len(good)).exists()


def a_row(number: int) -> dict[str, Any]:
    known = number - 7 if number % 7 == 0 and number % 10 and (number - 7) % 10 else number
    return an_event(
        "tool.use",
        "1" if number % 10 else "0",
        eventId=f"event-{known}",
        occurredAt=DAY,
    )


def cut_off(
    tenant: Tenant, database_url: str, file: Path, moment: int, number: signal.Signals
) -> None:
    """Import, until so many events are stored.

    It stands still while it is looked at, so that it cannot end before the signal comes, however
    busy the machine is.
    """
    stored = f"SELECT count(*) FROM usage_event WHERE workspace_id = '{tenant.key}'"
    process = subprocess.Popen(
        [PROGRAM, "usage", "import", str(file), "--workspace", tenant.id],
        env=environment_of({"BILLWRIGHT_DATABASE_URL": database_url}),
        start_new_session=True,
        stderr=subprocess.PIPE,
        text=True,
    )

    def has_come_so_far() -> bool:
        if value(database_url, stored) >= moment:
            return True
        process.send_signal(signal.SIGCONT)
        time.sleep(0.05)
        process.send_signal(signal.SIGSTOP)
        return False

    try:
        until(has_come_so_far)
        process.send_signal(number)
    finally:
        process.send_signal(signal.SIGCONT)
        _, said = process.communicate(timeout=30)
    stopped = (130, "Stopped; the same command goes on from here.\n")
    assert (process.returncode, said) == (
        stopped if number is signal.SIGINT else (-signal.SIGKILL, "")
    )
