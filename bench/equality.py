"""Both programs give the very same answer, field by field, before anything is timed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

import orjson

from bench.client import Endpoint, ask
from bench.tenants import SEED, Tenant

AT_ONCE = 8


class Different(Exception):
    """The programs disagree, so comparing their speed means nothing."""


async def assert_same(
    ours: Endpoint, limit: Endpoint, tenants: Sequence[Tenant], *, count: int
) -> None:
    """Compare the answers for so many of the workspaces. Raises Different, BadAnswer."""
    chosen = Random(SEED).sample(tenants, count)
    gate = asyncio.Semaphore(AT_ONCE)

    async def compare(tenant: Tenant) -> None:
        async with gate:
            answers = [orjson.loads(await ask(each, tenant.key)) for each in (ours, limit)]
        found = list(differences(*answers))
        if found:
            listed = "\n  ".join(found[:10])
            raise Different(f"{limit.path}, workspace {tenant.number}:\n  {listed}")

    await asyncio.gather(*map(compare, chosen))


def differences(ours: Any, limit: Any, path: str = "") -> Iterator[str]:
    """Where two JSON values differ: nothing is converted, and lists keep their order."""
    if isinstance(ours, dict) and isinstance(limit, dict):
        for name in ours.keys() | limit.keys():
            yield from differences(ours.get(name, "-"), limit.get(name, "-"), f"{path}.{name}")
    elif isinstance(ours, list) and isinstance(limit, list) and len(ours) == len(limit):
        for index, (one, other) in enumerate(zip(ours, limit, strict=True)):
            yield from differences(one, other, f"{path}[{index}]")
    elif type(ours) is not type(limit) or ours != limit:
        yield f"{path}: ours {str(ours)[:200]!r}, limit {str(limit)[:200]!r}"
