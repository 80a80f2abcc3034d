"""A PostgreSQL of these tests' own, for what would disturb the others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from billwright import embedded
from tests import postgres
from tests.processes import outside_the_loop


async def execute(url: str, *statements: str) -> None:
    """Run statements, each by itself."""
    connection = await asyncpg.connect(url)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


def value(url: str, question: str) -> Any:
    """What the database answers, for tests without a loop."""

    async def answer() -> Any:
        connection = await asyncpg.connect(url)
        try:
            return await connection.fetchval(question)
        finally:
            await connection.close()

    return outside_the_loop(answer)


@pytest.fixture
async def empty_database(server_url: str) -> str:
    """A database without tables."""
    return await postgres.copy(server_url, "template0")


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The data folder of a PostgreSQL that these tests may stop and reconfigure."""
    folder = tmp_path_factory.mktemp("own") / "data"
    embedded.start(folder, settings=postgres.FAST)
    yield folder
    embedded.stop(folder)
