"""Real processes of the program, for what only they can show."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import httpx2

PROGRAM = Path(sys.executable).with_name("billwright")
PATIENCE_SECONDS = 30
Found = TypeVar("Found")


@dataclass
class Server:
    """A `billwright serve`, in a process group of its own; what it says is in `out` and `log`."""

    url: str
    operator_key: str
    process: subprocess.Popen[bytes]
    out: Path
    log: Path

    def said(self) -> str:
        """On standard output and in the log."""
        return self.out.read_text() + self.log.read_text()

    def signal(self, number: int) -> None:
        """To the whole group, as Ctrl-C in a terminal."""
        os.killpg(self.process.pid, number)

    def kill(self) -> None:
        """As the kernel would, for lack of memory: nothing is tidied up."""
        self.signal(signal.SIGKILL)
        self.process.wait()

    def ended(self) -> int:
        """The exit code, once there is one."""
        return self.process.wait(PATIENCE_SECONDS)

    def ask(self, query: str, *, key: str | None = None, **variables: Any) -> dict[str, Any]:
        """The data of an answer without errors, asked for with `key` or as the operator."""
        response = httpx2.post(
            f"{self.url}/graphql",
            json={"query": query, "variables": variables},
            headers={"authorization": f"Bearer {key or self.operator_key}"},
            timeout=PATIENCE_SECONDS,
        )
        answer: dict[str, Any] = response.json()
        assert "errors" not in answer, answer
        data: dict[str, Any] = answer["data"]
        return data


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
        env=environment_of(environment),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def launch(folder: Path, *, prefix: Sequence[str] = (), **environment: str) -> Server:
    """Start a server with its data in `folder`, and do not wait for it."""
    port = free_port()
    settings = {"BILLWRIGHT_DATA_DIR": str(folder), "BILLWRIGHT_PORT": str(port), **environment}
    out, log = (folder.parent / f"{folder.name}-{port}.{kind}" for kind in ("out", "log"))
    with out.open("wb") as said, log.open("wb") as logged:
        process = subprocess.Popen(
            [*prefix, PROGRAM, "serve"],
            env=environment_of(settings),
            stdout=said,
            stderr=logged,
            start_new_session=True,
        )
    key = settings.get("BILLWRIGHT_OPERATOR_KEY", "")
    return Server(f"http://127.0.0.1:{port}", key, process, out, log)


@contextmanager
def serving(folder: Path, *, prefix: Sequence[str] = (), **environment: str) -> Iterator[Server]:
    """Serve until the block ends, with the settings given and no others."""
    server = launch(folder, prefix=prefix, **environment)
    try:
        wait_until_ready(server)
        yield server
    finally:
        stop(server)


@contextmanager
def running_server(
    folder: Path, *, database: Callable[[], Awaitable[str]] | None, **environment: str
) -> Iterator[Server]:
    """Serve until the block ends: on `database`, or on the embedded one in `folder`."""
    settings = {"BILLWRIGHT_OPERATOR_KEY": "bw_op_of_a_live_server"} | environment
    if database is not None:
        settings["BILLWRIGHT_DATABASE_URL"] = outside_the_loop(database)
    with serving(folder, **settings) as server:
        yield server


def stop(server: Server) -> None:
    """End it, as `kill` does; nothing to do when it has ended."""
    if server.process.poll() is None:
        server.process.terminate()
        server.process.wait(PATIENCE_SECONDS)


def wait_until_ready(server: Server) -> None:
    """Return once /readyz says so; fail with what it said when it ends or takes too long."""

    def ready() -> bool:
        assert server.process.poll() is None, server.said()
        return status(server, "/readyz") == 200

    until(ready, server.said)


def status(server: Server, path: str) -> int | None:
    """Of the answer to a GET; None when nobody answers."""
    try:
        return httpx2.get(server.url + path, timeout=5).status_code
    except httpx2.TransportError:
        return None


def until(found: Callable[[], Found | None], what: Callable[[], str] = str) -> Found:
    """What `found` returns, once that is true. `what` tells of it when it takes too long."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if it := found():
            return it
        time.sleep(0.02)
    raise AssertionError(f"waited {PATIENCE_SECONDS} s for {found}: {what()}")


def outside_the_loop(question: Callable[[], Awaitable[Found]]) -> Found:
    """What `question` answers, from a thread: the caller's event loop is already running."""

    async def answer() -> Found:
        return await question()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(answer())).result()


def environment_of(settings: dict[str, str]) -> dict[str, str]:
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith("BILLWRIGHT_")
    }
    return inherited | settings
