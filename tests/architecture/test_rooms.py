"""One way down, one reader of the environment, one door to the provider, an index per reference."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from services import errors
from services.errors import BillingError

ROOT = Path(__file__).parents[2]
ROOMS = ("billwright", "schema", "resolvers", "services", "models")

# Nothing that is referred to is ever deleted, so an index is needed only for what is looked up.
UNINDEXED = {
    "auto_recharge.declined_payment_id": "a block shows its decline, never the reverse",
    "agent.client_id": "an agent shows its client, never the reverse",
    "call.client_id": "a call shows its client, never the reverse",
    "call.plan_id": "a price list is not asked for the calls that it rates",
    "contract.plan_id": "a price list is not asked for its buyers",
    "credit_hold.lot_id": "a call shows its holds; whose lots they are only the check asks",
    "credit_lot.invoice_id": "leads credit_lot_one_per_purchase; of others it is not asked",
    "credit_lot.plan_id": "a price list is not asked for its grants",
    "credit_lot.subscription_id": "leads credit_lot_one_per_period, which has every row with one",
    "credit_transfer.corrects_id": "an entry shows what it corrects, never the reverse",
    "plan_tenure.plan_id": "a price list is not asked for who had its plans",
    "dunning.dead_method_id": "only compared with the method that would be charged",
    "invoice.contract_id": "an invoice shows its contract, never the reverse",
    "invoice.subscription_id": "leads invoice_one_per_period; the others are found by workspace",
    "payment.method_id": "a payment shows its method, never the reverse",
    "payment.workspace_id": "leads payment_undecided_of_workspace; the others: by their invoice",
    "payment_method.workspace_id": "leads payment_method_attached; detached ones are not listed",
    "pending_change.contract_id": "a change shows its contract, never the reverse",
    "pending_change.plan_id": "a price list is not asked for its buyers",
    "phone_number.agent_id": "leads phone_number_of_agent, which has every row with one",
    "phone_number.client_id": "leads phone_number_of_client, which has every row with one",
    "refund.workspace_id": "leads refund_undecided_of_workspace; the others: by their payment",
    "subscription.contract_id": "a subscription shows its contract, never the reverse",
    "subscription.plan_id": "a price list is not asked for its buyers",
    "subscription_item.add_on_id": "a price list is not asked for its buyers",
    "workspace.catalog_version_id": "a price list is not asked for its buyers",
}


def modules() -> dict[str, ast.Module]:
    """Our own modules by their path from the root."""
    files = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    return {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in files
    }


def imported(module: ast.Module) -> Iterator[str]:
    """The names of the modules that a module imports, and of what it takes from them."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def reads_environment(module: ast.Module) -> bool:
    names = {"os.environ", "os.environb", "os.getenv", "os.putenv"}
    used = {ast.unparse(node) for node in ast.walk(module) if isinstance(node, ast.Attribute)}
    return bool(names & (used | set(imported(module))))


def test_imports_go_down_only() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_only_the_settings_read_the_environment() -> None:
    readers = {path for path, module in modules().items() if reads_environment(module)}
    assert readers == {"billwright/settings.py"}


@pytest.mark.parametrize(
    "text",
    [
        "import os\nos.environ['A']",
        "import os\nos.getenv('A')",
        "from os import environ",
        "import os\nos.environ.setdefault('A', '1')",
    ],
)
def test_every_way_to_read_the_environment_is_seen(text: str) -> None:
    assert reads_environment(ast.parse(text))


def test_the_payment_providers_library_has_one_door() -> None:
    users = {
        path
        for path, module in modules().items()
        if any(name.split(".")[0] == "stripe" for name in imported(module))
    }
    assert users <= {"services/gateway/stripe.py"}


async def test_every_reference_leads_an_index(database_url: str) -> None:
    connection = await asyncpg.connect(database_url)
    references = await connection.fetch(
        """
        SELECT c.conrelid::regclass::text || '.' || a.attname AS name,
               EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.conrelid
                       AND i.indkey[0] = c.conkey[1] AND i.indpred IS NULL) AS indexed
        FROM pg_constraint c
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
        WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace
        """
    )
    await connection.close()
    assert sorted(f["name"] for f in references if not f["indexed"]) == sorted(UNINDEXED)


def refusals(kind: type[BillingError] = BillingError) -> list[type[BillingError]]:
    return [each for sub in kind.__subclasses__() for each in (sub, *refusals(sub))]


def test_every_refusal_is_expected_in_a_test() -> None:
    here = Path(__file__)
    texts = [path.read_text() for path in (ROOT / "tests").rglob("*.py") if path != here]
    text = "\n".join(texts)
    unheard = [
        refusal.__name__
        for refusal in refusals()
        if not re.search(rf'\b{refusal.__name__}\b|"{refusal.code}"', text)
    ]
    assert unheard == [], "no test hears these refusals"


def test_the_tree_at_the_top_of_the_refusals_names_them_all() -> None:
    drawn = [line.split()[1] for line in (errors.__doc__ or "").splitlines() if "── " in line]
    assert drawn == [refusal.__name__ for refusal in refusals()]
