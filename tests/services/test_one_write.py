"""What is written in one turn of the loop is sent at once, and nothing is held back for longer."""

from __future__ import annotations

import asyncio
from typing import Any, cast

from billwright.one_write import PENDING_BYTES_MAX, Joined


class Sent(asyncio.Transport):
    """Notes each call of the kernel that there would be."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[Any] = []
        self.is_gone = False

    def write(self, data: Any) -> None:
        self.calls.append(data)

    def close(self) -> None:
        self.calls.append("close")

    def is_closing(self) -> bool:
        return self.is_gone


async def joined() -> tuple[Sent, Joined]:
    sent = Sent()
    return sent, Joined(cast("asyncio.Transport", sent), asyncio.get_running_loop())


async def test_head_and_body_are_sent_together_and_soon() -> None:
    sent, transport = await joined()
    transport.write(b"head ")
    transport.write(b"body")
    assert sent.calls == []
    await asyncio.sleep(0)
    assert sent.calls == [b"head body"]
    transport.write(b"the next")
    await asyncio.sleep(0)
    assert sent.calls == [b"head body", b"the next"]


async def test_a_connection_is_closed_after_what_was_written() -> None:
    sent, transport = await joined()
    transport.write(b"last words")
    transport.close()
    await asyncio.sleep(0)
    assert sent.calls == [b"last words", "close"]


async def test_much_does_not_wait() -> None:
    sent, transport = await joined()
    part = b"." * (PENDING_BYTES_MAX // 2)
    for _ in range(3):
        transport.write(part)
    assert sent.calls == [part * 3]


async def test_to_a_client_that_has_gone_nothing_is_sent() -> None:
    sent, transport = await joined()
    transport.write(b"too late")
    sent.is_gone = True
    await asyncio.sleep(0)
    assert sent.calls == []


async def test_whatever_else_is_asked_is_answered_by_the_connection() -> None:
    sent, transport = await joined()
    assert transport.is_closing() is False
    sent.is_gone = True
    assert transport.is_closing() is True
