"""However it ends, the next start goes on from what was acknowledged."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import asyncpg
import httpx2
import psutil  # type: ignore[import-untyped,unused-ignore]
import pytest

from billwright import embedded
from tests import postgres
from tests.processes import Server, launch, program, serving, status, until
from tests.program.conftest import execute, value
from tests.program.test_start import CREATE, a_workspace_key, with_printed_key


def postmaster_of(data: Path) -> psutil.Process:
    noted = (data / "postgres" / "postmaster.pid").read_text()
    return psutil.Process(int(noted.split("\n")[0]))


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """A folder whose server ends with the test."""
    yield tmp_path / "data"
    embedded.stop(tmp_path / "data")


@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_is_quick_and_clean(data: Path, workers: str, how: signal.Signals) -> None:
    with serving(data, BILLWRIGHT_WORKERS=workers) as server:
        if how is signal.SIGINT:
            server.signal(how)  # to all, as the terminal does
        else:
            server.process.send_signal(how)  # to the one that was started, as systemd may
        assert server.ended() == 0
        assert server.log.read_text() == ""
    assert not (data / "postgres" / "postmaster.pid").exists()


def test_after_kill_9_of_everything_nothing_acknowledged_is_lost(data: Path) -> None:
    acknowledged: list[str] = []

    def work(server: Server) -> None:
        try:
            while True:
                made = server.ask(CREATE, name=f"Number {len(acknowledged)}")
                acknowledged.append(made["createWorkspace"]["apiKey"])
        except httpx2.TransportError:
            return

    with serving(data) as server:
        worker = threading.Thread(target=work, args=[with_printed_key(server)])
        worker.start()
        until(lambda: len(acknowledged) >= 3, server.said)
        postmaster = postmaster_of(data)
        children = postmaster.children(recursive=True)
        for victim in (postmaster, psutil.Process(server.process.pid), *children):
            with suppress(psutil.NoSuchProcess):  # who noticed that the others are gone
                victim.kill()
        worker.join()
    with serving(data) as server:
        with_printed_key(server)
        for number, key in enumerate(acknowledged):
            found = server.ask("{ workspace { name } }", key=key)["workspace"]
            assert found == {"name": f"Number {number}"}
        checked = program("check", BILLWRIGHT_DATA_DIR=str(data))
        assert checked.returncode == 0, checked


def test_an_embedded_database_that_dies_is_started_again(data: Path) -> None:
    with serving(data, BILLWRIGHT_OPERATOR_KEY="bw_op_of_a_test") as server:
        key = a_workspace_key(server)
        postmaster_of(data).kill()
        until(lambda: status(server, "/readyz") == 200, server.said)
        assert server.ask("{ workspace { name } }", key=key)


def test_an_impatient_second_ctrl_c_changes_nothing(data: Path) -> None:
    with serving(data) as server:
        server.signal(signal.SIGINT)
        # uvicorn has closed its door and the database is about to be stopped
        until(lambda: not _listens(server))
        server.signal(signal.SIGINT)
        assert server.ended() in (0, 130)
        assert server.log.read_text() == ""
    assert not (data / "postgres" / "postmaster.pid").exists()


def _listens(server: Server) -> bool:
    try:
        httpx2.get(f"{server.url}/healthz")
    except httpx2.TransportError:
        return False
    return True


def test_ctrl_c_while_the_database_is_made(data: Path) -> None:
    server = launch(data)
    until(lambda: list(data.glob("postgres.new-*/PG_VERSION")), server.said)
    server.signal(signal.SIGINT)
    assert server.ended() == 130
    assert server.said() == ""
    with serving(data) as server:
        assert a_workspace_key(with_printed_key(server))


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
async def test_an_end_in_the_middle_of_a_migration(
    tmp_path: Path, empty_database: str, how: signal.Signals
) -> None:
    settings = {
        "BILLWRIGHT_DATABASE_URL": empty_database,
        "BILLWRIGHT_OPERATOR_KEY": "bw_op_of_a_test",
    }
    waiting = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    # given a migration that waits for a table of ours after it made some of its own
    ours = await asyncpg.connect(empty_database)
    try:
        transaction = ours.transaction()
        await transaction.start()
        await ours.execute("CREATE TABLE workspace ()")
        server = launch(tmp_path / "data", **settings)
        until(lambda: value(empty_database, waiting), server.said)
        # when it ends there
        server.signal(how)
        assert server.ended() == (-9 if how == signal.SIGKILL else 130)
        assert server.said() == ""
        await transaction.rollback()
    finally:
        await ours.close()
    # then nothing is left of it, and the next start makes it all
    with serving(tmp_path / "data", **settings) as server:
        assert a_workspace_key(server)


async def test_a_migration_that_is_kept_waiting_says_what_to_do(empty_database: str) -> None:
    ours = await asyncpg.connect(empty_database)
    try:
        transaction = ours.transaction()
        await transaction.start()
        await ours.execute("CREATE TABLE workspace ()")
        ended = program("migrate", BILLWRIGHT_DATABASE_URL=empty_database)
        await transaction.rollback()
    finally:
        await ours.close()
    [line] = ended.stderr.splitlines()
    assert ended.returncode == 1
    assert line == (
        "The tables cannot be brought up to date: another session has locked one of them for over "
        "ten seconds. End it (pg_stat_activity shows it), and try again: it goes on where it was."
    )
    assert program("migrate", BILLWRIGHT_DATABASE_URL=empty_database).returncode == 0


async def test_a_pause_of_the_database_is_told_and_overcome(
    tmp_path: Path, own_server: Path
) -> None:
    url = embedded.start(own_server)
    await execute(url, "CREATE DATABASE paused")
    settings = {
        "BILLWRIGHT_DATABASE_URL": postgres.at_database(url, "paused"),
        "BILLWRIGHT_OPERATOR_KEY": "bw_op_of_a_test",
    }
    with serving(tmp_path / "data", **settings) as server:
        key = a_workspace_key(server)
        embedded.stop(own_server)
        response = httpx2.get(f"{server.url}/readyz")
        assert response.status_code == 503
        assert response.json() == {"status": "the database does not answer"}
        assert status(server, "/healthz") == 200
        embedded.start(own_server, settings=postgres.FAST)
        assert status(server, "/readyz") == 200
        assert server.ask("{ workspace { name } }", key=key)
        # one that is alive but silent, too
        postmaster = postmaster_of(own_server)
        frozen = [postmaster, *postmaster.children()]
        for process in frozen:
            process.suspend()
        try:
            assert status(server, "/readyz") == 503
        finally:
            for process in frozen:
                process.resume()
        until(lambda: status(server, "/readyz") == 200, server.said)
