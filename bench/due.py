"""Subscriptions that are all due at once: a database of them, and whether they were renewed."""

from __future__ import annotations

from dataclasses import dataclass

import asyncpg

from bench.data import BrokenBooks
from bench.equality import Different

# Each: a plan and two each of two add-ons for $50, paid once, 2,000 of 5,000 credits spent; one has
# fallen due every second until now.
_FILL = """
    INSERT INTO workspace (id, created_at, name, email, time_zone, catalog_version_id,
                           invoice_prefix, invoice_count)
    SELECT md5('workspace' || n)::uuid, now(), 'Workspace ' || n, 'owner' || n || '@example.com',
           'UTC', (SELECT id FROM catalog_version WHERE is_current), 'B' || n, 1
    FROM generate_series(1, {count}) n;
    INSERT INTO subscription (id, created_at, workspace_id, plan_id, status, auto_billing, anchor,
        period_index, period_start, period_end, cancel_at_period_end, due_at)
    SELECT md5('subscription' || n)::uuid, now(), md5('workspace' || n)::uuid,
           (SELECT p.id FROM plan p JOIN catalog_version v ON v.id = p.catalog_version_id
            WHERE v.is_current AND p.key = 'pay-as-you-go'),
           'ACTIVE', true, started, 0, started, started + interval '1 month', false,
           started + interval '1 month'
    FROM (SELECT n, date_trunc('second', now()) - interval '1 month' - n * interval '1 second'
              AS started
          FROM generate_series(1, {count}) n) made;
    INSERT INTO plan_tenure (id, created_at, subscription_id, plan_id, since)
    SELECT md5('tenure' || id)::uuid, created_at, id, plan_id, anchor FROM subscription;
    INSERT INTO subscription_item (id, created_at, subscription_id, add_on_id, quantity)
    SELECT md5(a.key || n)::uuid, now(), md5('subscription' || n)::uuid, a.id, 2
    FROM generate_series(1, {count}) n
    CROSS JOIN (SELECT a.id, a.key FROM add_on a JOIN catalog_version v
                ON v.id = a.catalog_version_id
                WHERE v.is_current AND a.key IN ('workspace-seat', 'concurrent-call-line')) a;
    INSERT INTO seat (id, created_at, workspace_id, kind, status, email, is_owner, assigned_at)
    SELECT md5('seat' || n)::uuid, now(), md5('workspace' || n)::uuid, 'WORKSPACE', 'ACTIVE',
           'owner' || n || '@example.com', true, now()
    FROM generate_series(1, {count}) n;
    INSERT INTO payment_method (id, created_at, workspace_id, gateway_reference, kind, label,
        expires_month, expires_year, is_default)
    SELECT md5('method' || n)::uuid, now(), md5('workspace' || n)::uuid, 'pm_card_visa:' || n,
           'CARD', 'Visa •••• 4242', 12, 2099, true
    FROM generate_series(1, {count}) n;
    INSERT INTO invoice (id, created_at, workspace_id, subscription_id, sequence, number, status,
        reason, period_start, period_end, currency, lines, buyer, tax_percent, subtotal_cents,
        tax_cents, total_cents, amount_paid_cents, issued_at, due_at, paid_at)
    SELECT md5('invoice' || s.workspace_id)::uuid, now(), s.workspace_id, s.id, 1,
           w.invoice_prefix || '-0001', 'PAID', 'SUBSCRIBE', s.period_start, s.period_end, 'USD',
           jsonb_build_array(jsonb_build_object(
               'description', 'All of it', 'quantity', 1, 'unit_price_cents', 5000,
               'amount_cents', 5000, 'currency', 'USD', 'period_start', s.period_start,
               'period_end', s.period_end, 'proration', false, 'plan_id', null,
               'add_on_id', null)),
           '{{}}', 0, 5000, 0, 5000, 5000, s.period_start, s.period_start, s.period_start
    FROM subscription s JOIN workspace w ON w.id = s.workspace_id;
    INSERT INTO payment (id, created_at, workspace_id, invoice_id, method_id, status, amount_cents,
        refunded_cents, currency, gateway_reference, opened_at, decided_at)
    SELECT md5('payment' || i.id)::uuid, now(), i.workspace_id, i.id, m.id, 'SUCCEEDED', 5000, 0,
           'USD', 'pi_' || i.id, i.issued_at, i.issued_at
    FROM invoice i JOIN payment_method m ON m.workspace_id = i.workspace_id;
    INSERT INTO credit_account (id, created_at, kind, workspace_id)
    SELECT md5('account' || w.id)::uuid, now(), 'WORKSPACE', w.id FROM workspace w;
    INSERT INTO credit_balance (account_id, total_mc, held_mc, entry_count)
    SELECT id, 3000000, 0, 2 FROM credit_account WHERE workspace_id IS NOT NULL;
    INSERT INTO credit_lot (id, created_at, account_id, source, priority, granted_mc, remaining_mc,
        granted_at, expires_at, invoice_id, subscription_id, plan_id, period_start)
    SELECT md5('lot' || s.id)::uuid, now(), a.id, 'PLAN', 50, 5000000, 3000000, s.period_start,
           s.period_end, i.id, s.id, s.plan_id, s.period_start
    FROM subscription s
    JOIN credit_account a ON a.workspace_id = s.workspace_id
    JOIN invoice i ON i.workspace_id = s.workspace_id;
    INSERT INTO credit_transfer (id, created_at, source_id, target_id, holder_id, sequence, lot_id,
        amount_mc, balance_after_mc, kind, description, occurred_at)
    SELECT md5('grant' || l.id)::uuid, now(), '00000000-0000-4000-8000-000000000001', l.account_id,
           l.account_id, 1, l.id, 5000000, 5000000, 'GRANT', 'Included', l.granted_at
    FROM credit_lot l;
    INSERT INTO credit_transfer (id, created_at, source_id, target_id, holder_id, sequence, lot_id,
        amount_mc, balance_after_mc, kind, description, occurred_at)
    SELECT md5('usage' || l.id)::uuid, now(), l.account_id, '00000000-0000-4000-8000-000000000002',
           l.account_id, 2, l.id, 2000000, 3000000, 'USAGE', 'Calls', l.granted_at
    FROM credit_lot l;
    ANALYZE;
"""
# What must be so of every subscription after one round, and how many it is so of.
_RENEWED = """
    WITH invoices AS (
        SELECT subscription_id, count(*) AS count,
               array_agg((status, total_cents, amount_paid_cents, jsonb_array_length(lines),
                          period_start)::text) FILTER (WHERE reason = 'RENEWAL') AS renewals
        FROM invoice GROUP BY subscription_id
    ), payments AS (
        SELECT workspace_id, array_agg(status) AS statuses FROM payment GROUP BY workspace_id
    ), lots AS (
        SELECT subscription_id, period_start,
               array_agg((granted_mc, remaining_mc, expires_at)::text) AS lots
        FROM credit_lot GROUP BY subscription_id, period_start
    )
    SELECT count(*) FROM subscription s
    JOIN invoices i ON i.subscription_id = s.id
    JOIN payments p ON p.workspace_id = s.workspace_id
    JOIN lots l ON l.subscription_id = s.id AND l.period_start = s.period_start
    JOIN credit_account a ON a.workspace_id = s.workspace_id
    JOIN credit_balance b ON b.account_id = a.id
    WHERE s.period_index = 1 AND s.due_at = s.period_end AND i.count = 2
      AND i.renewals = ARRAY[('PAID', 5000, 5000, 3, s.period_start)::text]
      AND p.statuses = ARRAY['SUCCEEDED', 'SUCCEEDED']::varchar[]
      AND l.lots = ARRAY[(5000000, 5000000, s.period_end)::text]
      AND (b.total_mc, b.entry_count) = (5000000, 4)
      AND NOT EXISTS (SELECT FROM dunning d WHERE d.workspace_id = s.workspace_id)
"""
# Every row that a renewal writes or changes, without what differs by nature: ids are named by what
# they point at, instants of the run by how they relate to each other.
_WRITTEN = {
    "subscription": """
        SELECT id, to_jsonb(s) AS row FROM subscription s WHERE period_index = 1
    """,
    "workspace": """
        SELECT w.id, to_jsonb(w) AS row FROM workspace w WHERE invoice_count = 2
    """,
    "invoice": """
        SELECT workspace_id AS id, to_jsonb(i) - ARRAY['id', 'created_at', 'issued_at', 'due_at',
               'paid_at'] || jsonb_build_object('due_at_once', due_at = issued_at,
               'paid_after', paid_at >= issued_at) AS row
        FROM invoice i WHERE sequence = 2
    """,
    "payment": """
        SELECT p.workspace_id AS id, to_jsonb(p) - ARRAY['id', 'created_at', 'opened_at',
               'decided_at', 'invoice_id', 'gateway_reference'] || jsonb_build_object(
               'invoice', i.sequence, 'opened_with_invoice', p.opened_at = i.issued_at,
               'decided_with_invoice', p.decided_at = i.paid_at,
               'names_itself', p.gateway_reference LIKE 'pi_%' || p.id) AS row
        FROM payment p JOIN invoice i ON i.id = p.invoice_id WHERE i.sequence = 2
    """,
    "dunning": "SELECT workspace_id AS id, to_jsonb(d) AS row FROM dunning d",
    "credit_lot": """
        SELECT a.workspace_id AS id, to_jsonb(l) - ARRAY['id', 'created_at', 'granted_at',
               'invoice_id'] || jsonb_build_object('invoice', i.sequence,
               'granted_when_paid', l.granted_at = i.paid_at) AS row
        FROM credit_lot l
        JOIN credit_account a ON a.id = l.account_id
        JOIN invoice i ON i.id = l.invoice_id
        WHERE i.sequence = 2 OR l.remaining_mc = 0
    """,
    "credit_transfer": """
        SELECT a.workspace_id AS id, to_jsonb(t) - ARRAY['id', 'created_at', 'occurred_at',
               'lot_id'] || jsonb_build_object('lot', i.sequence, 'when_granted',
               t.occurred_at = l.granted_at, 'when_expired', t.occurred_at = l.expires_at) AS row
        FROM credit_transfer t
        JOIN credit_lot l ON l.id = t.lot_id
        JOIN credit_account a ON a.id = t.holder_id
        JOIN invoice i ON i.id = l.invoice_id
        WHERE t.sequence > 2
    """,
    "credit_balance": """
        SELECT a.workspace_id AS id, to_jsonb(b) AS row
        FROM credit_balance b JOIN credit_account a ON a.id = b.account_id
        WHERE b.entry_count > 2
    """,
}
_DIGEST = """
    SELECT count(*) AS count, md5(string_agg(md5(row::text), '' ORDER BY id, row::text)) AS digest,
           (array_agg(row::text ORDER BY id, row::text))[1] AS first
    FROM ({rows}) written
"""


@dataclass(frozen=True)
class Written:
    """What a table says of the renewals: how many rows, their digest, and one to look at."""

    count: int
    digest: str | None
    first: str | None


async def fill(connection: asyncpg.Connection, count: int) -> None:
    """Make `count` subscriptions in a database that has its price list and nothing else."""
    await connection.execute(_FILL.format(count=count))


async def assert_renewed(connection: asyncpg.Connection, count: int) -> None:
    """Each of `count` subscriptions was billed, paid and given its credits exactly once."""
    async with connection.transaction():
        await connection.execute("SET LOCAL enable_nestloop = off")  # all of them, not a few
        renewed = await connection.fetchval(_RENEWED)
    if renewed != count:
        raise BrokenBooks(f"{renewed} of {count} subscriptions were renewed exactly once")


async def written(connection: asyncpg.Connection) -> dict[str, Written]:
    """What renewals have written, table by table, so that two ways to renew can be compared."""
    found = {}
    for table, rows in _WRITTEN.items():
        row = await connection.fetchrow(_DIGEST.format(rows=rows))
        found[table] = Written(row["count"], row["digest"], row["first"])
    return found


def assert_same(way: str, theirs: dict[str, Written], limits: dict[str, Written]) -> None:
    """Both have written the same rows, value for value. Raises Different."""
    for table, rows in limits.items():
        if theirs[table] != rows:
            raise Different(f"{table}, {way}: {theirs[table]}\n  limit: {rows}")
