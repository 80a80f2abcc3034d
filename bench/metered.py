"""Workspaces that report usage: each has a plan, a key, and more credits than it can spend.

They are as small as can be, and their own clocks stand at `bench.tenants.NOW`, so that the same
events cost the same in every run.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import asyncpg

from bench import programs
from bench.tenants import NEVER_YET, NOW
from billwright import database
from billwright.settings import Settings
from services import catalog
from services.api_keys import PREFIX_LENGTH, Keyring, Scope, open_keyring
from services.price_list_file import load

PLAN = "pay-as-you-go"
GRANTED_MC = 10**15  # in one lot: no slice of any run comes to its end
_FILL = """
    CREATE TEMP TABLE made AS
        SELECT n AS number, md5('workspace' || n)::uuid AS id, md5('account' || n)::uuid AS account,
               md5('subscription' || n)::uuid AS subscription, md5('lot' || n)::uuid AS lot,
               timestamptz '{now}' - interval '400 days' AS joined
        FROM generate_series(0, {count} - 1) AS n;
    CREATE TEMP TABLE chosen AS
        SELECT p.id, v.id AS version FROM plan p JOIN catalog_version v
        ON v.id = p.catalog_version_id WHERE v.is_current AND p.key = '{plan}';
    INSERT INTO workspace (id, created_at, name, email, time_zone, clock_at, catalog_version_id,
                           invoice_prefix, invoice_count)
        SELECT id, joined, 'Workspace ' || number, 'owner' || number || '@example.com', 'UTC',
               '{now}', (SELECT version FROM chosen), 'B' || lpad(number::text, 6, '0'), 0
        FROM made;
    INSERT INTO subscription (id, created_at, workspace_id, plan_id, status, auto_billing,
                              period_index, cancel_at_period_end)
        SELECT subscription, joined, id, (SELECT id FROM chosen), 'ACTIVE', true, 0, false
        FROM made;
    INSERT INTO plan_tenure (id, created_at, subscription_id, plan_id, since)
        SELECT md5('tenure' || number)::uuid, joined, subscription, (SELECT id FROM chosen), joined
        FROM made;
    INSERT INTO seat (id, created_at, workspace_id, kind, status, email, is_owner, assigned_at)
        SELECT md5('seat' || number)::uuid, joined, id, 'WORKSPACE', 'ACTIVE',
               'owner' || number || '@example.com', true, joined FROM made;
    INSERT INTO credit_account (id, created_at, kind, workspace_id)
        SELECT account, joined, 'WORKSPACE', id FROM made;
    INSERT INTO credit_balance (account_id, total_mc, held_mc, entry_count)
        SELECT account, {granted_mc}, 0, 1 FROM made;
    INSERT INTO credit_lot (id, created_at, account_id, source, priority, granted_mc, remaining_mc,
                            granted_at)
        SELECT lot, joined, account, 'ADJUSTMENT', 50, {granted_mc}, {granted_mc}, joined FROM made;
    INSERT INTO credit_transfer (id, created_at, source_id, target_id, holder_id, sequence, lot_id,
                                 amount_mc, balance_after_mc, kind, description, occurred_at)
        SELECT md5('grant' || number)::uuid, joined, '00000000-0000-4000-8000-000000000004',
               account, account, 1, lot, {granted_mc}, {granted_mc}, 'ADJUSTMENT', 'For a year',
               joined FROM made;
    SELECT make_usage_partition(timestamptz '{now}' - make_interval(months => n))
    FROM generate_series(0, 3) AS n;
"""
_KEY_COLUMNS = (
    "id",
    "created_at",
    "workspace_id",
    "label",
    "prefix",
    "secret_hash",
    "scopes",
    "last_used_at",
)


@dataclass(frozen=True)
class Metered:
    """A workspace that reports usage."""

    number: int
    id: UUID

    @property
    def key(self) -> str:
        """The API key, in plain text."""
        return f"bw_ws_meter{self.number:06d}"


async def prepare(url: str, count: int) -> list[Metered]:
    """Migrate an empty database, publish the price list, and make that many workspaces."""
    keyring = await migrated(url)
    connection = await asyncpg.connect(**database.connection_arguments(url))
    try:
        return await fill(connection, keyring, count)
    finally:
        await connection.close()


async def migrated(url: str) -> Keyring:
    """Migrate an empty database and publish the price list; what its keys are hashed with."""
    await database.migrate(url)
    async with database.connected(url, pool_size=2):
        await catalog.publish(load(Settings.model_fields["catalog"].default))
        return await open_keyring(programs.SECRET)


async def fill(connection: asyncpg.Connection, keyring: Keyring, count: int) -> list[Metered]:
    """Make the workspaces, and the months in which they may report."""
    await connection.execute(
        _FILL.format(count=count, now=NOW.isoformat(), plan=PLAN, granted_mc=GRANTED_MC)
    )
    rows = await connection.fetch("SELECT number, id FROM made ORDER BY number")
    workspaces = [Metered(row["number"], row["id"]) for row in rows]
    keys = [
        (
            workspace.id,
            NOW,
            workspace.id,
            "First key",
            workspace.key[:PREFIX_LENGTH],
            keyring.hash(workspace.key),
            f'["{Scope.ALL}"]',
            NEVER_YET,
        )
        for workspace in workspaces
    ]
    await connection.copy_records_to_table("api_key", columns=_KEY_COLUMNS, records=keys)
    await connection.execute("VACUUM (ANALYZE)")
    return workspaces
