"""Subscriptions that are all due at once: a database of them, and whether they were renewed."""

from __future__ import annotations

import asyncpg

from bench.data import BrokenBooks

# Each: a plan and two add-ons for $60, paid once, 2,000 of 5,000 credits spent, due since a second.
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
    FROM (SELECT n, date_trunc('second', now()) - interval '1 month' - n * interval '1 ms'
              AS started
          FROM generate_series(1, {count}) n) made;
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
    SELECT count(*) FROM subscription s
    WHERE s.period_index = 1 AND s.due_at = s.period_end
      AND (SELECT count(*) FROM invoice i WHERE i.subscription_id = s.id) = 2
      AND (SELECT array_agg((i.status, i.total_cents, i.amount_paid_cents,
                             jsonb_array_length(i.lines))::text)
           FROM invoice i WHERE i.subscription_id = s.id AND i.period_start = s.period_start)
          = ARRAY['(PAID,5000,5000,3)']
      AND (SELECT count(*) FROM payment p
           WHERE p.workspace_id = s.workspace_id AND p.status = 'SUCCEEDED') = 2
      AND (SELECT array_agg((l.granted_mc, l.remaining_mc, l.expires_at = s.period_end)::text)
           FROM credit_lot l WHERE l.subscription_id = s.id AND l.period_start = s.period_start)
          = ARRAY['(5000000,5000000,t)']
      AND (SELECT (b.total_mc, b.entry_count)::text FROM credit_balance b
           JOIN credit_account a ON a.id = b.account_id WHERE a.workspace_id = s.workspace_id)
          = '(5000000,4)'
      AND NOT EXISTS (SELECT FROM dunning d WHERE d.workspace_id = s.workspace_id)
"""


async def fill(connection: asyncpg.Connection, count: int) -> None:
    """Make `count` subscriptions in a database that has its price list and nothing else."""
    await connection.execute(_FILL.format(count=count))


async def assert_renewed(connection: asyncpg.Connection, count: int) -> None:
    """Each of `count` subscriptions was billed, paid and given its credits exactly once."""
    renewed = await connection.fetchval(_RENEWED)
    if renewed != count:
        raise BrokenBooks(f"{renewed} of {count} subscriptions were renewed exactly once")
