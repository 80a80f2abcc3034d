"""HTTP by uvicorn, with an answer's head and body sent together.

uvicorn writes the one and then the other, and each write is a call of the kernel, a packet and a
moment at which the client is woken: more than a tenth of a request that reports a single event.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

PENDING_BYTES_MAX = 64 * 1024


class OneWriteProtocol(HttpToolsProtocol):
    """What `uvicorn.Config(http=...)` takes."""

    def connection_made(self, transport: Any) -> None:
        """A client has connected."""
        joined: Any = Joined(transport, self.loop)
        super().connection_made(joined)


class Joined:
    """A transport that writes at the end of the loop's turn what it was given in it."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop = transport, loop
        self._pending: list[bytes] = []
        self._pending_bytes = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Soon; at once when it is much, so that a sender that is too fast is told to wait."""
        if not self._pending:
            self._loop.call_soon(self._flush)
        self._pending.append(data)
        self._pending_bytes += len(data)
        if self._pending_bytes > PENDING_BYTES_MAX:
            self._flush()

    def close(self) -> None:
        """After what was written."""
        self._flush()
        self._transport.close()

    def _flush(self) -> None:
        if self._pending and not self._transport.is_closing():
            self._transport.write(b"".join(self._pending))
        self._pending.clear()
        self._pending_bytes = 0
