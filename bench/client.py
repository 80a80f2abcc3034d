"""A load generator that costs little: some connections that each always have one request under way.

It reads no more of an answer than it must: the status, the length, and what a judge looks for, by
default whether the body begins as an answer without errors does. Anything else ends the run.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

CONNECTIONS = 16
ANSWER_SECONDS_MAX = 30
HEAD_END = b"\r\n\r\n"
LENGTH = b"content-length: "


class BadAnswer(Exception):
    """What came back is no answer, so there is nothing to time."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a program listens, and what is sent there."""

    port: int
    path: str
    body: bytes

    def requests(self, keys: Sequence[str]) -> list[bytes]:
        """The whole request, once per API key."""
        return [self.request(key) for key in keys]

    def request(self, key: str) -> bytes:
        return b"%s%d\r\n\r\n%s" % (self.head(key), len(self.body), self.body)

    def head(self, key: str) -> bytes:
        """All that comes before the length of the body."""
        head = (
            f"POST {self.path} HTTP/1.1\r\nhost: 127.0.0.1:{self.port}\r\n"
            f"authorization: Bearer {key}\r\ncontent-type: application/json\r\n"
            "content-length: "
        )
        return head.encode()


Judge = Callable[[bytes], int]
"""Says of an answer's body how many operations it reports as done. Raises BadAnswer."""


@dataclass
class Load:
    """What a stretch of load came to."""

    seconds: float
    latencies: list[float]  # of requests, each of which may ask for many operations
    operations: int
    generator_cpu_seconds: float


def has_data(body: bytes) -> int:
    """The answer to a query, which is one operation."""
    if not body.startswith((b'{"data":{', b'{"data" : {')):
        raise BadAnswer(body[:1000].decode(errors="replace"))
    return 1


class Connection(asyncio.Protocol):
    """One connection: sends the next request as soon as the last one is answered."""

    def __init__(self, requests: Iterator[bytes], judge: Judge) -> None:
        self.latencies: list[float] = []
        self.operations = 0
        self.finished: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.last_body = b""
        self._requests = requests
        self._judge = judge
        self._received = b""
        self._expected = 0
        self._transport: asyncio.Transport
        self._sent_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = cast("asyncio.Transport", transport)
        self._send()

    def data_received(self, data: bytes) -> None:
        """Note a whole answer and send the next request."""
        self._received = self._received + data if self._received else data
        if not self._expected:
            self._expected = self._whole_length()
        if not self._expected or len(self._received) < self._expected:
            return
        self.latencies.append(time.perf_counter() - self._sent_at)
        try:
            self.operations += self._judge(self._body())
        except BadAnswer as bad:
            self._fail(str(bad))
            return
        self._received, self._expected = b"", 0
        self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        """The server may not hang up on us."""
        self._fail(f"the connection was lost: {exc}")

    def _send(self) -> None:
        request = next(self._requests, None)
        if request is not None:
            self._sent_at = time.perf_counter()
            self._transport.write(request)
        elif not self.finished.done():
            self.finished.set_result(None)
            self._transport.close()

    def _whole_length(self) -> int:
        """Of head and body; 0 while the head is incomplete."""
        end = self._received.find(HEAD_END)
        if end < 0:
            return 0
        start = self._received.find(LENGTH, 0, end) + len(LENGTH)
        assert start >= len(LENGTH), "an answer without content-length"
        body_length = int(self._received[start : self._received.index(b"\r", start)])
        return end + len(HEAD_END) + body_length

    def _body(self) -> bytes:
        if not self._received.startswith(b"HTTP/1.1 200 "):
            raise BadAnswer(self._received[:1000].decode(errors="replace"))
        body_at = self._received.index(HEAD_END) + len(HEAD_END)
        self.last_body = self._received[body_at : self._expected]
        return self.last_body

    def _fail(self, problem: str) -> None:
        if not self.finished.done():
            self.finished.set_exception(BadAnswer(problem))
            self._transport.close()


async def ask(endpoint: Endpoint, key: str) -> bytes:
    """One answer, by a connection of its own. Raises BadAnswer."""
    request = iter([endpoint.request(key)])
    (connection,) = await _drive(endpoint.port, request, connections=1, judge=has_data)
    return connection.last_body


async def press(
    port: int,
    requests: Iterator[bytes],
    *,
    connections: int = CONNECTIONS,
    judge: Judge = has_data,
) -> Load:
    """Send the requests, as many at once as there are connections, until there are no more."""
    started, cpu_started = time.perf_counter(), time.process_time()
    driven = await _drive(port, requests, connections=connections, judge=judge)
    return Load(
        time.perf_counter() - started,
        [latency for connection in driven for latency in connection.latencies],
        sum(connection.operations for connection in driven),
        time.process_time() - cpu_started,
    )


def for_seconds(seconds: float, requests: Iterator[bytes]) -> Iterator[bytes]:
    """The requests that begin within that time from the first."""
    deadline = time.perf_counter() + seconds
    for request in requests:
        if time.perf_counter() > deadline:
            return
        yield request


async def _drive(
    port: int, requests: Iterator[bytes], *, connections: int, judge: Judge
) -> list[Connection]:
    loop = asyncio.get_running_loop()
    driven: list[Connection] = []
    for _ in range(connections):
        _, connection = await loop.create_connection(
            lambda: Connection(requests, judge), "127.0.0.1", port
        )
        driven.append(connection)
    waiting = asyncio.gather(*(connection.finished for connection in driven))
    last = 0
    while not waiting.done():
        await asyncio.wait([waiting], timeout=ANSWER_SECONDS_MAX)
        answered = sum(len(connection.latencies) for connection in driven)
        if not waiting.done() and answered == last:
            raise BadAnswer(f"nothing was answered for {ANSWER_SECONDS_MAX} seconds")
        last = answered
    await waiting
    return driven
