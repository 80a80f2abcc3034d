"""The demo in this worker's database, and the examples run one after the other, as in GraphiQL."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest

from billwright import demo as demo_module
from billwright.demo import RECIPES, Example
from billwright.graphiql import PLACEHOLDERS, example_operations
from services import usage_partitions
from services.api_keys import Keyring, open_keyring
from services.carrier.sandbox import SandboxCarrier
from services.catalog import current_version
from services.gateway.sandbox import SandboxGateway
from services.rating import rates_of
from tests.client import Api
from tests.given import instant
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
    examples = await demo_module.seed_examples(
        SandboxGateway("http://testserver"), SandboxCarrier(), keyring
    )
    return {recipe.slug: example for recipe, example in zip(RECIPES, examples, strict=True)}


# What is run besides the tabs, each time with a workspace of its own: entries of the menu, and the
# tabs that come before them.
MENU_STORIES = (
    ("create-workspace", "open-invoice", "pay-invoice"),
    ("create-workspace", "record-usage", "usage", "price-estimate"),
    (
        "start-clock",
        "add-payment-method",
        "subscribe",
        "advance-clock",
        "purchase-credits",
        "set-auto-recharge",
        "preview-set-add-ons",
        "set-add-ons",
        "assign-seats",
        "release-seat",
        "start-and-end-call",
        "available-phone-numbers",
        "buy-phone-number",
        "cancel-and-resume",
        "refund-payment",
        "simulate-dispute",
        "set-contract",
        "void-invoice",
    ),
)


@pytest.fixture(scope="session")
async def runs(operator: Api) -> dict[str, Run]:
    """The examples by name: the tabs from left to right, and the menu's by its stories."""
    await rates_of((await current_version()).id)  # what a process reads once, and no more
    await usage_partitions.make([instant("2026-04-16T00:00:00Z")])  # and what is made once
    operations = {each["name"]: each for each in example_operations()}
    tabs = [name for name, each in operations.items() if each["isTab"]]
    runs: dict[str, Run] = {}
    for names in (tabs, *MENU_STORIES):
        story = Story(operator)
        runs = {name: await story.run(operations[name]) for name in names} | runs
    return runs


class Story:
    """Runs examples and, as web/graphiql/src/story.ts does, fills in the ids that others made."""

    def __init__(self, operator: Api) -> None:
        self._operator = operator
        self._ids: dict[str, str] = {}

    async def run(self, operation: Mapping[str, Any]) -> Run:
        """Run an example; what it waits for must have been made."""
        text = operation.get("variables", "{}")
        for placeholder, id in self._ids.items():
            text = text.replace(placeholder, id)
        assert not [placeholder for placeholder in PLACEHOLDERS if placeholder in text]
        variables = json.loads(text)
        async with counted() as statements:
            answer = await self._operator.send(operation["query"], **variables)
        self._ids |= {
            placeholder: id
            for placeholder, path in PLACEHOLDERS.items()
            if isinstance(id := value_at(answer["data"], path), str)
        }
        return Run(operation["query"], variables, answer, statements)


def value_at(value: Any, path: str) -> Any:
    """What stands at a path such as "errors.0.message"; None where it ends too early."""
    for name in path.split("."):
        try:
            value = value[int(name) if name.isdigit() else name]
        except (LookupError, TypeError):
            return None
    return value
