"""PostgreSQL inside the data folder: `billwright serve` needs no database of yours.

`data_dir`/postgres holds the server's files, postgres.log what it says; postgres.lock and
postgres.users are locks. Whether it runs is found out by talking to it: a process id may belong
to a zombie or, after a restart of the machine, to a stranger.
"""

import asyncio
import fcntl
import os
import pwd
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

import asyncpg  # type: ignore[import-untyped,unused-ignore]
import psutil  # type: ignore[import-untyped,unused-ignore]

from billwright import embedded_sockets
from billwright.embedded_binaries import (
    Account,
    Binaries,
    EmbeddedDatabaseError,
    choose_binaries,
    reason,
    run,
    within_reach,
)

NAME = "billwright"  # of the database and of its user
PATIENCE_SECONDS = 30.0
ANSWER_SECONDS = 5.0
SETTINGS: Mapping[str, str] = MappingProxyType(
    {
        "listen_addresses": "",  # nobody is asked for a password: only our socket's folder is safe
        "port": "5432",
        "unix_socket_permissions": "0700",
        "max_connections": "100",
        "shared_buffers": "128MB",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_checkpoints": "off",
    }
)
NO_SETTINGS: Mapping[str, str] = MappingProxyType({})

# Locks of servers that this process has started or joined; the system drops them with the process.
_presence: dict[Path, int] = {}


def exists(data_dir: Path) -> bool:
    """Whether a server's files are in `data_dir`."""
    return _major_version(data_dir / "postgres") is not None


def start(
    data_dir: Path, *, binaries: Path | None = None, settings: Mapping[str, str] = NO_SETTINGS
) -> str:
    """Start the server of `data_dir`, or join the one that runs; the URL of its database.

    `settings` are for a server that is started now; one that runs keeps its own.
    """
    with _one_at_a_time(data_dir, create=True) as folder:
        if not _wait_for_answer(folder, lambda: _server(folder) is not None):
            _remove_stale_files(folder)
            made_by = _major_version(folder)
            programs = choose_binaries(folder, made_by, binaries)
            if account := _account(folder):
                programs = within_reach(programs, account)
            if not made_by:
                _create(folder, programs, account, sync=settings.get("fsync") != "off")
            _launch(folder, programs, account, settings)
        _make_database(folder)
        _be_present(folder)
        return _url(embedded_sockets.in_use(folder))


def stop(data_dir: Path) -> None:
    """Stop the server if it runs. Clients are cut off; nothing that was committed is lost."""
    if data_dir.exists():
        with _one_at_a_time(data_dir) as folder:
            _leave(folder)
            _stop(folder)


def stop_if_last(data_dir: Path) -> None:
    """Stop the server unless somebody else uses it: the last one out turns off the light.

    In use is what another process has started or joined, even before it connects, and what
    any client, such as psql, is connected to.
    """
    if data_dir.exists():
        with _one_at_a_time(data_dir) as folder:
            if _leave(folder) and not _has_clients(folder):
                _stop(folder)


def _major_version(folder: Path) -> int | None:
    """Of the files in `folder`; None when there are none yet."""
    with suppress(FileNotFoundError, ValueError):
        return int((folder / "PG_VERSION").read_text())
    if folder.exists() and any(folder.iterdir()):
        raise EmbeddedDatabaseError(
            f"{folder} holds files but no database (PG_VERSION is missing or unreadable). "
            "Move it away, or set BILLWRIGHT_DATA_DIR to another folder."
        )
    return None


def _account(folder: Path) -> Account | None:
    """Whom the server runs as: PostgreSQL refuses to be root. Who owns the files keeps them.

    `nobody` where PostgreSQL's packages have not made their account: to make one is for a
    package, a program should not change the machine.
    """
    if os.geteuid() != 0:
        return None
    if folder.exists() and (owner := folder.stat()).st_uid != 0:
        return owner.st_uid, owner.st_gid
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            found = pwd.getpwnam(name)
            return found.pw_uid, found.pw_gid
    raise EmbeddedDatabaseError(
        "PostgreSQL does not run as root, and there is neither an account 'postgres' nor 'nobody'. "
        "Start Billwright as another user, or set BILLWRIGHT_DATABASE_URL."
    )


@contextmanager
def _entrance(folder: Path, account: Account | None) -> Iterator[tuple[str, tuple[int, ...]]]:
    """A path by which `account` gets into `folder`, and the descriptors it must inherit for it.

    The folders above may be closed to it, as /root is. Opening them to everybody is not ours to
    do, and moving the files elsewhere would part them from the data folder. So root opens the
    folder, and the server enters by the descriptor, without walking the path.
    """
    if account is None or not Path("/proc/self/fd").is_dir():
        yield str(folder), ()
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{descriptor}", (descriptor,)
    finally:
        os.close(descriptor)


def _create(folder: Path, programs: Binaries, account: Account | None, *, sync: bool) -> None:
    """Make the files beside their place, then move them there: half of them is never seen."""
    for leftover in folder.parent.glob(f"{folder.name}.new-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    draft = Path(tempfile.mkdtemp(prefix=f"{folder.name}.new-", dir=folder.parent))
    if account:
        os.chown(draft, *account)
    with _entrance(draft, account) as (path, inherit):
        options = ["-D", path, "-U", NAME, "--auth=trust", "--encoding=UTF8"]
        options += [] if sync else ["--no-sync"]
        for locale in ("C.UTF-8", "C"):  # not every system has the first
            command = [str(programs.folder / "initdb"), *options, f"--locale={locale}"]
            made = run(command, account, inherit=inherit)
            if "invalid locale" not in made.stderr:
                break
    if made.returncode != 0:
        shutil.rmtree(draft, ignore_errors=True)
        raise EmbeddedDatabaseError(
            f"A database could not be made in {folder}: {reason(made.stderr)}. "
            "Put that right, or set BILLWRIGHT_DATA_DIR to another folder."
        )
    draft.rename(folder)


def _launch(
    folder: Path, programs: Binaries, account: Account | None, settings: Mapping[str, str]
) -> None:
    """Start the server and wait until it answers.

    Children of a server that was killed hold its shared memory for a moment longer, and a new
    one refuses to start beside them: that is worth another try.
    """
    log = folder.parent / "postgres.log"
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        log_bytes = log.stat().st_size if log.exists() else 0
        pid = _spawn(folder, programs, account, settings)
        if _wait_for_answer(folder, lambda pid=pid: _server(folder, pid) is not None):  # type: ignore[misc]
            return
        why = reason(log.read_bytes()[log_bytes:].decode(errors="replace"))
        if "pre-existing shared memory" not in why or time.monotonic() > deadline:
            raise EmbeddedDatabaseError(
                f"PostgreSQL {programs.version} did not start in {folder}: {why}. "
                f"Put that right and try again; {log} says more."
            )
        time.sleep(0.1)


def _spawn(
    folder: Path, programs: Binaries, account: Account | None, settings: Mapping[str, str]
) -> int:
    """The id of the new server. A shell that ends at once starts it: it is to outlive us, and a
    child of ours would stay a zombie when it ends."""
    log = folder.parent / "postgres.log"
    output = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        with _entrance(folder, account) as (path, inherit):
            sockets = embedded_sockets.place(folder, path, account)
            command = ["/bin/sh", "-c", '"$@" >&2 & echo $!', "sh"]
            command += [str(programs.folder / "postgres"), "-D", path, "-c", _mark(folder)]
            command += ["-c", f'unix_socket_directories="{sockets}"']
            for name, value in {**SETTINGS, **settings}.items():
                command += ["-c", f"{name}={value}"]
            return int(run(command, account, inherit=inherit, errors=output).stdout)
    finally:
        os.close(output)


def _mark(folder: Path) -> str:
    """A setting without effect that shows in the list of processes whose server this is."""
    return f"billwright.folder={folder}"


def _url(sockets: Path) -> str:
    """For asyncpg, libpq and Tortoise alike. With the port, or PGPORT would decide."""
    return f"postgresql://{NAME}@/{NAME}?host={quote(str(sockets))}&port={SETTINGS['port']}"


def _wait_for_answer(folder: Path, alive: Callable[[], bool]) -> bool:
    """True when the server answers, False when its process is gone."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not _answers(folder):
        if not alive():
            return False
        if time.monotonic() > deadline:
            raise EmbeddedDatabaseError(
                f"The database in {folder} has not answered for {PATIENCE_SECONDS:.0f} seconds. "
                f"It may be recovering: see {folder.parent / 'postgres.log'} and try again later."
            )
        time.sleep(0.02)
    return True


def _answers(folder: Path) -> bool:
    """Refusals other than that it is starting or stopping are for the caller to see."""
    unready = (asyncpg.OperatorInterventionError, asyncpg.PostgresConnectionError)
    try:
        _ask(folder, "SELECT 1")
        return True
    except (OSError, *unready) as refusal:
        if "shutting down" in str(refusal):
            _end_shutdown(folder)
        return False


def _end_shutdown(folder: Path) -> None:
    """A stray `kill` has the server wait until all clients have gone of themselves; ours stay."""
    if server := _server(folder):
        server.send_signal(signal.SIGINT)


def _make_database(folder: Path) -> None:
    """Unless it is there: whoever made the files may have been killed before this."""
    if not _ask(folder, f"SELECT count(*) FROM pg_database WHERE datname = '{NAME}'"):  # noqa: S608
        _ask(folder, f"CREATE DATABASE {NAME}", seconds=PATIENCE_SECONDS)


def _ask(folder: Path, question: str, *, seconds: float | None = None) -> Any:
    """In a thread of its own: the caller may be inside an event loop."""
    where = {"host": str(embedded_sockets.in_use(folder)), "port": int(SETTINGS["port"])}
    seconds = seconds or ANSWER_SECONDS

    async def ask() -> Any:
        connection = await asyncpg.connect(**where, user=NAME, database="postgres", timeout=seconds)
        try:
            return await connection.fetchval(question, timeout=seconds)
        finally:
            await connection.close(timeout=seconds)

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(ask())).result()


def _server(folder: Path, pid: int | None = None) -> psutil.Process | None:
    """The live server of `folder`: neither a zombie nor a stranger with its old number."""
    with suppress(OSError, ValueError, psutil.Error):
        pid = pid or int((folder / "postmaster.pid").read_text().split("\n")[0])
        process = psutil.Process(pid)
        if _mark(folder) in process.cmdline() or process.cwd() == str(folder):
            return process
    return None


def _remove_stale_files(folder: Path) -> None:
    """PostgreSQL would take a zombie or a stranger for the server that wrote them.

    It still does not start beside live children of that server: the shared memory tells.
    """
    for name in ("postmaster.pid", ".s.PGSQL.5432", ".s.PGSQL.5432.lock"):
        (folder / name).unlink(missing_ok=True)
        (embedded_sockets.short_place(folder) / name).unlink(missing_ok=True)


def _stop(folder: Path) -> None:
    sockets = embedded_sockets.in_use(folder)
    if not (server := _server(folder)):
        return
    for request in (signal.SIGINT, signal.SIGQUIT):  # fast; then at once, to recover at next start
        server.send_signal(request)
        deadline = time.monotonic() + PATIENCE_SECONDS / 2
        while time.monotonic() < deadline:
            if not _server(folder, server.pid):
                with suppress(OSError):
                    sockets.rmdir()  # only the short one is empty
                return
            time.sleep(0.01)
    raise EmbeddedDatabaseError(
        f"The database in {folder} does not stop: see {folder.parent / 'postgres.log'}, "
        f"then end process {server.pid} by hand."
    )


def _has_clients(folder: Path) -> bool:
    """Other than us. A connection that was closed just now is still listed for a moment."""
    count = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
    deadline = time.monotonic() + 0.5
    try:
        while _ask(folder, f"{count} AND pid <> pg_backend_pid()"):
            if time.monotonic() > deadline:
                return True
            time.sleep(0.02)
    except OSError:
        return False  # nobody has a server that does not listen
    except asyncpg.TooManyConnectionsError:
        return True
    return False


def _be_present(folder: Path) -> None:
    """Until this process ends, however it ends, `stop_if_last` of others sees it."""
    if folder not in _presence:
        _presence[folder] = _open_lock(folder.parent / "postgres.users")
        fcntl.flock(_presence[folder], fcntl.LOCK_SH)


def _leave(folder: Path) -> bool:
    """True when no other process is present."""
    if folder in _presence:
        os.close(_presence.pop(folder))
    descriptor = _open_lock(folder.parent / "postgres.users")
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)


def _open_lock(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)


@contextmanager
def _one_at_a_time(data_dir: Path, *, create: bool = False) -> Iterator[Path]:
    """Alone with the server's folder; what the system refuses becomes one line."""
    folder = (data_dir / "postgres").resolve()
    try:
        if create:
            folder.parent.mkdir(parents=True, exist_ok=True)
        lock = _open_lock(folder.parent / "postgres.lock")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield folder
        finally:
            os.close(lock)
    except (OSError, psutil.Error, asyncpg.PostgresError) as refusal:
        raise EmbeddedDatabaseError(
            f"The embedded database cannot use {data_dir}: {refusal}. "
            "Put that right, or set BILLWRIGHT_DATA_DIR to another folder."
        ) from refusal
