"""Questions that come while others are being answered are answered together."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from services.gathering import Busy, Gathering


class Answers:
    """Answers with the square of each number, when told to; refuses 13, and all rounds with it."""

    def __init__(self) -> None:
        self.rounds: list[list[int]] = []
        self.may_go_on = asyncio.Event()

    async def answer_all(self, numbers: Sequence[int]) -> list[int]:
        self.rounds.append(list(numbers))
        await self.may_go_on.wait()
        if 13 in numbers:
            raise ValueError("13 has no square here")
        return [number**2 for number in numbers]


def gathering(
    answers: Answers,
    *,
    rounds_at_once: int = 1,
    round_size_max: int = 10,
    waiting_size_max: int = 99,
) -> Gathering[int, int]:
    return Gathering(
        answers.answer_all,
        rounds_at_once=rounds_at_once,
        round_size_max=round_size_max,
        waiting_size_max=waiting_size_max,
    )


async def asked(
    gathered: Gathering[int, int], *numbers: int, size: int = 1
) -> list[asyncio.Task[int]]:
    """Tasks that have asked, in this order, and wait."""
    tasks = [asyncio.create_task(gathered.ask(number, size=size)) for number in numbers]
    await until_all_wait()
    return tasks


async def until_all_wait() -> None:
    """Every task that can go on has gone on."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_the_first_is_answered_alone_and_who_comes_meanwhile_together() -> None:
    answers = Answers()
    gathered = gathering(answers)
    first = await asked(gathered, 1)
    others = await asked(gathered, 2, 3, 4)
    answers.may_go_on.set()
    assert await asyncio.gather(*first, *others) == [1, 4, 9, 16]
    assert answers.rounds == [[1], [2, 3, 4]]


async def test_a_round_takes_no_more_than_fits_and_a_large_one_alone() -> None:
    answers = Answers()
    gathered = gathering(answers, round_size_max=10)
    tasks = [
        *await asked(gathered, 1),
        *await asked(gathered, 2, 3, 4, size=4),
        *await asked(gathered, 5, size=50),
    ]
    answers.may_go_on.set()
    assert await asyncio.gather(*tasks) == [1, 4, 9, 16, 25]
    assert answers.rounds == [[1], [2, 3], [4], [5]]


async def test_another_round_begins_beside_only_when_a_full_one_waits() -> None:
    answers = Answers()
    gathered = gathering(answers, rounds_at_once=2, round_size_max=3)
    tasks = await asked(gathered, 1)
    tasks += await asked(gathered, 2, 3)
    assert answers.rounds == [[1]]
    tasks += await asked(gathered, 4, 5, 6, 7, 8)
    assert answers.rounds == [[1], [2, 3, 4]]
    answers.may_go_on.set()
    assert await asyncio.gather(*tasks) == [1, 4, 9, 16, 25, 36, 49, 64]
    assert answers.rounds == [[1], [2, 3, 4], [5, 6, 7], [8]]


async def test_only_who_is_at_fault_hears_of_it() -> None:
    answers = Answers()
    gathered = gathering(answers)
    tasks = [*await asked(gathered, 1), *await asked(gathered, 2, 13, 3)]
    answers.may_go_on.set()
    one, two, thirteen, three = await asyncio.gather(*tasks, return_exceptions=True)
    assert (one, two, three) == (1, 4, 9)
    assert str(thirteen) == "13 has no square here"
    assert answers.rounds == [[1], [2, 13, 3], [2], [13], [3]]


async def test_who_would_wait_too_long_is_told_so_and_the_others_are_answered() -> None:
    answers = Answers()
    gathered = gathering(answers, waiting_size_max=3)
    tasks = [*await asked(gathered, 1), *await asked(gathered, 2, 3, 4)]
    with pytest.raises(Busy, match="Nothing was done; try again"):
        await gathered.ask(5)
    answers.may_go_on.set()
    assert await asyncio.gather(*tasks) == [1, 4, 9, 16]
    assert await gathered.ask(5) == 25


async def test_who_has_gone_is_not_asked_for() -> None:
    answers = Answers()
    gathered = gathering(answers)
    [first] = await asked(gathered, 1)
    gone, last = await asked(gathered, 2, 3)
    gone.cancel()
    await until_all_wait()
    answers.may_go_on.set()
    assert [await first, await last] == [1, 9]
    assert answers.rounds == [[1], [3]]
    # nor does it count: another two fit
    assert list(await asyncio.gather(gathered.ask(4), gathered.ask(5))) == [16, 25]


async def test_closing_answers_who_waits_and_nobody_after() -> None:
    answers = Answers()
    gathered = gathering(answers)
    tasks = [*await asked(gathered, 1), *await asked(gathered, 2, 3)]
    closing = asyncio.create_task(gathered.close())
    await until_all_wait()
    with pytest.raises(Busy):
        await gathered.ask(4)
    assert not closing.done()
    answers.may_go_on.set()
    await closing
    assert [task.result() for task in tasks] == [1, 4, 9]


async def test_who_has_gone_is_not_asked_for_again_when_a_round_failed() -> None:
    answers = Answers()
    gathered = gathering(answers)
    gone, thirteen = await asked(gathered, 2, 13)
    gone.cancel()
    await until_all_wait()
    answers.may_go_on.set()
    with pytest.raises(ValueError, match="13 has no square"):
        await thirteen
    assert answers.rounds == [[2, 13], [13]]


async def test_what_is_busy_is_busy_for_the_whole_round() -> None:
    rounds = []

    async def busy(numbers: Sequence[int]) -> list[int]:
        rounds.append(list(numbers))
        await asyncio.sleep(0)
        raise Busy

    gathered = Gathering(busy, rounds_at_once=1, round_size_max=9, waiting_size_max=9)
    found = await asyncio.gather(
        *(gathered.ask(number) for number in (1, 2, 3)), return_exceptions=True
    )
    assert [type(each) for each in found] == [Busy] * 3
    assert rounds == [[1, 2, 3]]


async def test_a_reply_that_is_missing_is_a_fault_and_nobody_waits_for_ever() -> None:
    async def too_few(numbers: Sequence[int]) -> list[int]:
        return []

    gathered = Gathering(too_few, rounds_at_once=1, round_size_max=9, waiting_size_max=9)
    with pytest.raises(ValueError, match="zip"):
        await gathered.ask(1)


async def test_when_the_work_is_cancelled_nobody_waits_for_ever() -> None:
    answers = Answers()
    gathered = gathering(answers)
    [task] = await asked(gathered, 1)
    for worker in gathered._workers:
        worker.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
