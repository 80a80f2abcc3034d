"""Questions that come while others are being answered, answered together.

So the batches make themselves: with nobody else about a question is answered at once and alone, and
the more come, the more share a statement or a transaction. Nothing waits for a timer.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextvars import copy_context
from typing import Generic, NamedTuple, TypeVar

Question = TypeVar("Question")
Reply = TypeVar("Reply")


class Busy(Exception):
    """More is waiting than will be answered soon; nothing was done. Try again."""

    code = "BUSY"

    def __init__(self) -> None:
        super().__init__(
            "Too much is waiting at the moment. Nothing was done; try again in a second."
        )


class _Asked(NamedTuple, Generic[Question, Reply]):
    question: Question
    size: int
    reply: asyncio.Future[Reply]


class Gathering(Generic[Question, Reply]):
    """Asks `answer_all` with as many questions at once as have come meanwhile.

    A round takes questions whose sizes sum to at most `round_size_max`, or a single larger one.
    Another one begins beside it only for a full round that waits, up to `rounds_at_once`: smaller
    ones are cheaper together. When more than `waiting_size_max` would wait, `ask` raises Busy. When
    a round of several fails, each of them is asked alone, so that only who is at fault hears of it;
    Busy is told to all of them. Who has gone counts until their turn comes.
    """

    def __init__(
        self,
        answer_all: Callable[[Sequence[Question]], Awaitable[Sequence[Reply]]],
        *,
        rounds_at_once: int,
        round_size_max: int,
        waiting_size_max: int,
    ) -> None:
        self._answer_all = answer_all
        self._rounds_at_once, self._round_size_max = rounds_at_once, round_size_max
        self._waiting_size_max = waiting_size_max
        self._waiting: deque[_Asked[Question, Reply]] = deque()
        self._waiting_size = 0
        self._workers: set[asyncio.Task[None]] = set()
        self._at_work = 0
        self._is_closed = False
        # not that of whoever asks: what is under way for them, a transaction above all, is theirs
        self._context = copy_context()

    async def ask(self, question: Question, *, size: int = 1) -> Reply:
        """The reply to this question. Raises Busy, and whatever `answer_all` raises for it."""
        if self._is_closed or (
            self._waiting and self._waiting_size + size > self._waiting_size_max
        ):
            raise Busy
        reply: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        asked = _Asked(question, size, reply)
        self._waiting.append(asked)
        self._waiting_size += size
        if self._at_work == 0 or (self._is_full and self._at_work < self._rounds_at_once):
            self._at_work += 1
            worker = asyncio.create_task(self._work(), context=self._context.copy())
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)
        return await reply

    async def close(self) -> None:
        """Answer what is waiting, and nothing after it."""
        self._is_closed = True
        while self._workers:
            await asyncio.wait(self._workers)

    @property
    def _is_full(self) -> bool:
        return self._waiting_size >= self._round_size_max

    async def _work(self) -> None:
        try:
            # no round waits for what would make it full, unless another one is under way
            while self._waiting and (self._is_full or self._at_work == 1):
                if found := self._next_round():
                    await self._reply_to(found)
        finally:
            self._at_work -= 1

    def _next_round(self) -> list[_Asked[Question, Reply]]:
        found: list[_Asked[Question, Reply]] = []
        size = 0
        while self._waiting and (not found or size + self._waiting[0].size <= self._round_size_max):
            asked = self._waiting.popleft()
            self._waiting_size -= asked.size
            if not asked.reply.done():  # whoever asked has gone
                found.append(asked)
                size += asked.size
        return found

    async def _reply_to(self, asked: Sequence[_Asked[Question, Reply]]) -> None:
        try:
            replies = await self._answer_all([each.question for each in asked])
            for each, reply in zip(asked, replies, strict=True):
                if not each.reply.done():
                    each.reply.set_result(reply)
        except Exception as fault:  # noqa: BLE001 - told to who asked
            await self._tell_fault(asked, fault)
        except BaseException:  # the process ends: nobody may wait for ever
            for each in asked:
                each.reply.cancel()
            raise

    async def _tell_fault(self, asked: Sequence[_Asked[Question, Reply]], fault: Exception) -> None:
        is_everybodys = len(asked) == 1 or isinstance(fault, Busy)
        for each in asked:
            if each.reply.done():  # who has gone meanwhile is not asked for again
                continue
            if is_everybodys:
                each.reply.set_exception(fault)
            else:
                await self._reply_to([each])
