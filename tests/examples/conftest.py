"""The demo in this worker's database, and every example operation run once against it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest

from billwright import demo as demo_module
from billwright.demo import RECIPES, Example
from billwright.graphiql import example_operations
from resolvers.nodes import parse_global_id
from services.api_keys import Keyring, open_keyring
from services.gateway.sandbox import SandboxGateway
from tests.client import Api
from tests.statements import counted


@dataclass(frozen=True)
class Run:
    """An example operation, what was answered and what that took."""

    query: str
    variables: dict[str, Any]
    answer: dict[str, Any]
    statements: list[str]

    @property
    def data(self) -> dict[str, Any]:
        assert "errors" not in self.answer, self.answer["errors"]
        data: dict[str, Any] = self.answer["data"]
        return data


@pytest.fixture(scope="session")
async def keyring(client: httpx2.AsyncClient) -> Keyring:
    """As the application has it."""
    return await open_keyring(None)


@pytest.fixture(scope="session")
async def demo(keyring: Keyring) -> dict[str, Example]:
    """The examples of `billwright demo`, by slug."""
    examples = await demo_module.seed_examples(SandboxGateway("http://testserver"), keyring)
    return {recipe.slug: example for recipe, example in zip(RECIPES, examples, strict=True)}


@pytest.fixture(scope="session")
async def runs(demo: dict[str, Example], operator: Api) -> dict[str, Run]:
    """All example operations by name, run one after the other as the tabs of GraphiQL stand."""
    runs = {}
    for operation in example_operations(await demo_module.references()):
        variables = json.loads(operation.get("variables", "{}"))
        async with counted() as statements:
            answer = await operator.send(operation["query"], **variables)
        runs[operation["name"]] = Run(operation["query"], variables, answer, statements)
    return runs


def key_in(global_id: str) -> object:
    """The key of the row that an id stands for."""
    parsed = parse_global_id(global_id)
    assert parsed is not None, global_id
    return parsed[1]
