"""Fills a database with workspaces that have twenty months of billing behind them.

Rows are made in Python and sent by COPY, month by month for all workspaces, so that what belongs to
one workspace lies scattered over the tables, as it does where time has passed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import asyncpg

from bench.history import balance_row, period_rows
from bench.tenants import PERIODS, Row, Rows, Tenant, make_tenant, opening_rows
from billwright.database import connection_arguments
from models.catalog import AddOn, Plan
from services import catalog
from services.api_keys import Keyring
from services.check import check_books

PLAN = "pay-as-you-go"
# In this order the tables refer to each other.
TABLES = (
    "workspace",
    "api_key",
    "billing_address",
    "subscription",
    "plan_tenure",
    "subscription_item",
    "client",
    "seat",
    "credit_account",
    "payment_method",
    "invoice",
    "pending_change",
    "payment",
    "credit_lot",
    "credit_transfer",
    "credit_balance",
)


class BrokenBooks(Exception):
    """The books do not add up, so nothing that is measured on them means anything."""


async def generate(database_url: str, keyring: Keyring, workspaces: int) -> list[Tenant]:
    """Make that many workspaces in an empty database to which the ORM is connected."""
    version = await catalog.current_version()
    plan = await Plan.get(catalog_version_id=version.id, key=PLAN)
    add_ons = await AddOn.filter(catalog_version_id=version.id).order_by("position")
    tenants = [make_tenant(number, plan, add_ons) for number in range(workspaces)]
    connection = await asyncpg.connect(**connection_arguments(database_url))
    try:
        await _copy(connection, (opening_rows(tenant, keyring) for tenant in tenants))
        for index in range(PERIODS):
            await _copy(connection, (period_rows(tenant, index) for tenant in tenants))
        balances = ([("credit_balance", balance_row(tenant))] for tenant in tenants)
        await _copy(connection, map(iter, balances))
        await connection.execute("VACUUM (ANALYZE)")
        await connection.execute("CHECKPOINT")
    finally:
        await connection.close()
    return tenants


async def assert_clean() -> int:
    """Every invariant of the books holds; how many there are. Raises BrokenBooks."""
    findings = await check_books()
    for finding in findings:
        if finding.violations:
            raise BrokenBooks(f"not so: {finding.invariant}: {finding.violations[:3]}")
    return len(findings)


async def _copy(connection: asyncpg.Connection, histories: Iterable[Rows]) -> None:
    waiting: dict[str, list[Row]] = defaultdict(list)
    for rows in histories:
        for table, row in rows:
            waiting[table].append(row)
    for table in TABLES:
        if rows_of_table := waiting.pop(table, []):
            await connection.copy_records_to_table(
                table,
                records=[tuple(row.values()) for row in rows_of_table],
                columns=list(rows_of_table[0]),
            )
    assert not waiting, f"tables without a place in the order: {list(waiting)}"
