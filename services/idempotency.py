"""A command given twice under one key has one effect and one answer (R19)."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from pydantic_core import to_jsonable_python
from tortoise.transactions import in_transaction
from uuid_utils.compat import uuid7

from models.workspaces import IdempotencyRecord
from services.answers import Answer
from services.errors import BillingError, IdempotencyConflict, InvalidInput, Refused

KEY_LENGTH_MIN = 8
KEY_LENGTH_MAX = 255
# Commands that belong to no workspace (createWorkspace) share the operator's scope.
OPERATOR_SCOPE = UUID(int=0)


@dataclass(frozen=True)
class Command:
    """A mutation by name and input, and the caller's key for it (None: no protection)."""

    scope: UUID
    mutation: str
    key: str | None
    request: Mapping[str, Any]

    @property
    def request_hash(self) -> str:
        """Equal for equal inputs, whatever the order of their fields."""
        canonical = orjson.dumps(to_jsonable_python(self.request), option=orjson.OPT_SORT_KEYS)
        return hashlib.sha256(canonical).hexdigest()


async def once(command: Command, run: Callable[[], Awaitable[Answer]]) -> Answer:
    """Do `run` in one transaction, unless this command was given before: then its first answer.

    The key is claimed before `run` looks at anything; a second process with the same key waits
    for the first. What `run` refuses is kept like any answer, its half-done work is rolled back.
    Raises IdempotencyConflict when the key was used with another input, InvalidInput for a key
    of another length than 8 to 255.
    """
    if command.key is None:
        async with in_transaction():
            return await run()
    _check_key(command.key)
    async with in_transaction():
        record = await _claim(command, command.key)
        if record.answer is not None:
            return Answer.from_json(record.answer)
        answer = await _answer_of(run)
        await _keep(record.id, answer)
        return answer


async def conclude(command: Command, answer: Answer) -> None:
    """Replace a collecting answer by the final one. Safe to repeat: the first final one stays."""
    if command.key is None:
        return
    async with in_transaction():
        record = await IdempotencyRecord.select_for_update().get(
            scope=command.scope, mutation=command.mutation, key=command.key
        )
        assert record.answer is not None, "only an opened command can be concluded"
        if Answer.from_json(record.answer).collecting is not None:
            await _keep(record.id, answer)


async def _claim(command: Command, key: str) -> IdempotencyRecord:
    await IdempotencyRecord.bulk_create(
        [
            IdempotencyRecord(
                id=uuid7(),
                scope=command.scope,
                mutation=command.mutation,
                key=key,
                request_hash=command.request_hash,
            )
        ],
        ignore_conflicts=True,
    )
    record = await IdempotencyRecord.select_for_update().get(
        scope=command.scope, mutation=command.mutation, key=key
    )
    if record.request_hash != command.request_hash:
        raise IdempotencyConflict(key)
    return record


async def _answer_of(run: Callable[[], Awaitable[Answer]]) -> Answer:
    try:
        async with in_transaction():  # a savepoint: a refusal leaves nothing behind but itself
            return await run()
    except BillingError as refusal:
        return Answer(refusals=[refusal])
    except Refused as refused:
        return Answer(refusals=refused.errors)


async def _keep(record_id: UUID, answer: Answer) -> None:
    await IdempotencyRecord.filter(id=record_id).update(answer=answer.to_json())


def _check_key(key: str) -> None:
    if not KEY_LENGTH_MIN <= len(key) <= KEY_LENGTH_MAX:
        raise InvalidInput(
            f"An idempotency key has {KEY_LENGTH_MIN} to {KEY_LENGTH_MAX} characters, "
            f"this one has {len(key)}.",
            path=("idempotencyKey",),
        )
