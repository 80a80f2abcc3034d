"""What a run starts, and ends: a PostgreSQL of its own, the server, the limit program."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import psutil

from bench.client import Endpoint
from billwright import embedded
from tests.processes import free_port

ROOT = Path(__file__).parent.parent
SECRET = "the secret of benchmarks"
OPERATOR_KEY = "bw_op_of_benchmarks"
PATIENCE_SECONDS = 30


class NotStarted(Exception):
    """A program did not come up; its log says why."""


@dataclass(frozen=True)
class Program:
    """A process that answers, with all that it started."""

    name: str
    port: int
    process: psutil.Process

    def cpu_seconds(self) -> float:
        return cpu_seconds(self.process)

    def rss_mib(self) -> float:
        family = [self.process, *self.process.children(recursive=True)]
        return float(sum(member.memory_info().rss for member in family) / 2**20)

    def endpoint(self, path: str, body: bytes) -> Endpoint:
        return Endpoint(self.port, path, body)


def cpu_seconds(process: psutil.Process) -> float:
    """Of a process, of those it started, and of those among them that have ended."""
    total = 0.0
    for member in [process, *process.children(recursive=True)]:
        try:
            times = member.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system
        if member == process:
            total += times.children_user + times.children_system
    return total


@contextmanager
def postgres() -> Iterator[tuple[str, psutil.Process]]:
    """The address of an empty database on a server of its own, and the server's first process."""
    folder = Path(tempfile.mkdtemp(prefix="billwright-bench-"))
    try:
        url = embedded.start(folder)
        pid = int((folder / "postgres" / "postmaster.pid").read_text().split("\n")[0])
        yield url, psutil.Process(pid)
    finally:
        embedded.stop(folder)
        shutil.rmtree(folder)


@contextmanager
def server(
    database_url: str, folder: Path, *, name: str = "ours", jobs: bool = True
) -> Iterator[Program]:
    """`billwright serve`, as anyone would run it: one process, logs and all."""
    command = [str(Path(sys.executable).with_name("billwright")), "serve"]
    with _serving(name, command, database_url, folder, jobs=jobs) as program:
        yield program


@contextmanager
def one_by_one(database_url: str, folder: Path) -> Iterator[Program]:
    """The same without what makes many small reports one transaction (bench/stock)."""
    command = [sys.executable, "-m", "bench.stock.one_by_one"]
    with _serving("one-by-one", command, database_url, folder, jobs=False) as program:
        yield program


@contextmanager
def limit(database_url: str, folder: Path) -> Iterator[Program]:
    """The limit program (bench/limits)."""
    port = free_port()
    settings = {
        "BENCH_DATABASE_URL": database_url,
        "BENCH_PORT": str(port),
        "BENCH_SECRET": SECRET,
    }
    command = [sys.executable, "-m", "bench.limits.server"]
    with _running("limit", command, port, "/ready", settings, folder) as program:
        yield program


@contextmanager
def _serving(
    name: str, command: list[str], database_url: str, folder: Path, *, jobs: bool
) -> Iterator[Program]:
    port = free_port()
    settings = {
        "BILLWRIGHT_DATABASE_URL": database_url,
        "BILLWRIGHT_PORT": str(port),
        "BILLWRIGHT_DATA_DIR": str(folder),
        "BILLWRIGHT_OPERATOR_KEY": OPERATOR_KEY,
        "BILLWRIGHT_SECRET_KEY": SECRET,
        "BILLWRIGHT_JOBS": str(jobs).lower(),
    }
    with _running(name, command, port, "/readyz", settings, folder) as program:
        yield program


@contextmanager
def _running(
    name: str,
    command: list[str],
    port: int,
    ready: str,
    settings: Mapping[str, str],
    folder: Path,
) -> Iterator[Program]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("BILLWRIGHT_")}
    log = folder / f"{name}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**clean, **settings}, stdout=output, stderr=output
        )
    try:
        _wait_until_ready(process, f"http://127.0.0.1:{port}{ready}", log)
        yield Program(name, port, psutil.Process(process.pid))
    finally:
        _stop(process)


def _wait_until_ready(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise NotStarted(log.read_text())
        try:
            with urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.05)
    raise NotStarted(f"no answer within {PATIENCE_SECONDS} s:\n{log.read_text()}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(PATIENCE_SECONDS / 2)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
