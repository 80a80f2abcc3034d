"""Real processes of the program, for what only they can show."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

PROGRAM = Path(sys.executable).with_name("billwright")
PATIENCE_SECONDS = 30


@dataclass
class Server:
    """A `billwright serve` that answers."""

    url: str
    operator_key: str
    process: subprocess.Popen[bytes]
    log: Path

    def kill(self) -> None:
        """As the kernel would, for lack of memory: nothing is tidied up."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def program(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program to its end with these settings and no others."""
    return subprocess.run(
        [PROGRAM, *arguments],
        env=_environment(environment),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@contextmanager
def running_server(
    folder: Path, *, database: Callable[[], Awaitable[str]] | None, **environment: str
) -> Iterator[Server]:
    """Serve until the block ends: on `database`, or on the embedded one in `folder`."""
    port = free_port()
    settings = {"BILLWRIGHT_DATA_DIR": str(folder), "BILLWRIGHT_PORT": str(port), **environment}
    settings.setdefault("BILLWRIGHT_OPERATOR_KEY", "bw_op_of_a_live_server")
    if database is not None:
        with ThreadPoolExecutor(1) as thread:  # this thread's loop is already running
            settings["BILLWRIGHT_DATABASE_URL"] = thread.submit(_run, database).result()
    log = folder / f"serve-{port}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [PROGRAM, "serve"],
            env=_environment(settings),
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    server = Server(f"http://127.0.0.1:{port}", settings["BILLWRIGHT_OPERATOR_KEY"], process, log)
    try:
        wait_until_ready(server)
        yield server
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(PATIENCE_SECONDS)


def wait_until_ready(server: Server) -> None:
    """Return once /readyz says so; fail with the log when the process ends or takes too long."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        assert server.process.poll() is None, server.log.read_text()
        try:
            if httpx2.get(f"{server.url}/readyz", timeout=2).status_code == 200:
                return
        except httpx2.TransportError:
            pass
        time.sleep(0.05)
    raise AssertionError(f"not ready within {PATIENCE_SECONDS} s:\n{server.log.read_text()}")


def _run(database: Callable[[], Awaitable[str]]) -> str:
    async def url() -> str:
        return await database()

    return asyncio.run(url())


def _environment(settings: dict[str, str]) -> dict[str, str]:
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith("BILLWRIGHT_")
    }
    return inherited | settings
