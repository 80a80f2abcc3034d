"""A year of usage for workspaces that are there: one very large, all others small.

Made by SQL, the same in every run: ten million events would take Python an hour. Every event costs
what its rate says and is paid by a transfer of its own, so that `billwright check` holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg

from bench.tenants import NOW
from services import usage_cubes

START = datetime(NOW.year - 1, NOW.month, NOW.day, tzinfo=NOW.tzinfo)
LARGE_SHARE = 0.4  # of all events
# What the sums have not folded yet, on average: half of what there is between two foldings.
UNFOLDED = usage_cubes.EVENTS_PER_FOLDING // 2


@dataclass(frozen=True)
class Crowd:
    """Who causes usage in a workspace."""

    agents: int
    clients: int


LARGE = Crowd(agents=300, clients=60)
SMALL = Crowd(agents=20, clients=2)


async def generate(connection: asyncpg.Connection, tenants: int, events: int) -> None:
    """Add that many events to those so many workspaces; the first one has the most."""
    # the rows refer to each other by construction; foreign keys would double the time
    await connection.execute(
        "SET session_replication_role = replica; SET synchronous_commit = off; "
        "SET work_mem = '1GB'; SET maintenance_work_mem = '1GB'; SET statement_timeout = 0; "
        "SET TimeZone = 'UTC'; SELECT setseed(0.5)"
    )
    for statement in (_PARTITIONS, _CLIENTS, _SERIES, _EVENTS, _LOTS, _TRANSFERS, _BALANCES):
        await connection.execute(
            statement.format(
                start=f"timestamptz '{START.isoformat()}'",
                now=f"timestamptz '{NOW.isoformat()}'",
                tenants=tenants,
                events=events,
                of_large=int(events * LARGE_SHARE),
                large=LARGE,
                small=SMALL,
            )
        )


async def sum_up(connection: asyncpg.Connection, large: UUID) -> None:
    """Have the sums that the API keeps: of the small workspaces nothing was ever folded."""
    of_large = f"workspace_id = '{large}'"
    last = f"""
        SELECT min(occurred_at) FROM (SELECT occurred_at FROM usage_event WHERE {of_large}
                                      ORDER BY occurred_at DESC LIMIT {UNFOLDED}) AS latest
    """
    since = usage_cubes.slot_at(usage_cubes.slot_number(await connection.fetchval(last)))
    folded = f"{of_large} AND occurred_at < '{since}'"
    for statement in (
        f"INSERT INTO usage_addition {_ADDITIONS.format(condition=f'NOT ({folded})')}",
        f"CREATE TEMP TABLE additions AS {_ADDITIONS.format(condition=folded)}",
        f"INSERT INTO usage_rollup {usage_cubes.sums_of('additions')} ORDER BY cube, slot",
        "VACUUM (ANALYZE)",
        "CHECKPOINT",
    ):
        await connection.execute(statement)


_PARTITIONS = """
    SELECT make_usage_partition(month)
    FROM generate_series(date_trunc('month', {start}), {now}, '1 month') AS month
"""
_CLIENTS = """
    CREATE TEMP TABLE crowd AS
        SELECT w.id AS workspace_id, w.invoice_prefix = 'B000000' AS is_large,
               (row_number() OVER (ORDER BY w.invoice_prefix) - 1)::int AS number
        FROM workspace w;
    INSERT INTO client (id, created_at, workspace_id, name, email)
        SELECT md5('client' || c.number || '/' || n)::uuid, {start}, c.workspace_id, 'Client ' || n,
               'client' || n || '@example.com'
        FROM crowd c CROSS JOIN generate_series(
            0, CASE WHEN c.is_large THEN {large.clients} ELSE {small.clients} END - 1) AS n;
"""
# An agent has a model, half of them voices; each of its eight kinds of event costs what it costs.
_SERIES = """
    CREATE TEMP TABLE priced AS
        SELECT r.id AS rate_id, r.meter, r.provider, r.model, p.id AS plan_id,
               r.credits_per_unit * 1000 * CASE WHEN r.marked_up
                   THEN 1 + p.provider_markup_percent / 100 ELSE 1 END AS unit_mc,
               row_number() OVER (PARTITION BY r.meter ORDER BY r.position) - 1 AS place,
               count(*) OVER (PARTITION BY r.meter) AS places
        FROM rate r JOIN catalog_version v ON v.id = r.catalog_version_id AND v.is_current
        JOIN plan p ON p.catalog_version_id = v.id AND p.key = 'pay-as-you-go'
        WHERE r.effective_from IS NULL;
    CREATE TEMP TABLE series AS
        SELECT c.number, c.workspace_id, agent, kind,
               'agent-' || c.number || '-' || agent AS agent_id,
               md5('client' || c.number || '/' || agent % CASE WHEN c.is_large THEN {large.clients}
                   ELSE {small.clients} END)::uuid AS client_id,
               p.rate_id, p.meter, p.provider, p.model, p.plan_id, p.unit_mc, k.quantity
        FROM crowd c
        CROSS JOIN LATERAL generate_series(
            0, CASE WHEN c.is_large THEN {large.agents} ELSE {small.agents} END - 1) AS agent
        CROSS JOIN (VALUES (0, 'interaction', 'interaction', 1),
                           (1, 'llm.input_tokens', 'llm.input_tokens', 400),
                           (2, 'llm.output_tokens', 'llm.output_tokens', 50),
                           (3, 'tool.use', 'tool.use', 1),
                           (4, 'voice.platform', 'interaction', 0.25),
                           (5, 'voice.stt', 'llm.input_tokens', 0.25),
                           (6, 'voice.tts', 'llm.output_tokens', 0.25),
                           (7, 'voice.telephony', 'tool.use', 0.25))
            AS k (kind, of_voice, of_text, quantity)
        JOIN priced p ON p.meter = CASE WHEN agent % 2 = 0 THEN k.of_voice ELSE k.of_text END
            AND p.place = agent % p.places;
    CREATE UNIQUE INDEX ON series (number, agent, kind);
    ANALYZE series;
"""
# Few agents are busy, most are not, and most work is done by day. In the order of time, as it came.
_EVENTS = """
    INSERT INTO usage_event (id, created_at, workspace_id, event_id, meter, quantity, provider,
        model, agent_id, session_id, client_id, own_key, credits_mc, rate_id, plan_id, occurred_at,
        is_dated)
    SELECT (lpad(to_hex((extract(epoch FROM e.at) * 1000)::bigint), 12, '0') || '7'
                || substr(md5(e.n::text), 1, 3) || '8' || substr(md5(e.n::text), 4, 15))::uuid,
           e.at, s.workspace_id, 'event-' || e.n, s.meter, s.quantity * e.times, s.provider,
           s.model, s.agent_id, 'session-' || e.n / 8, s.client_id, false,
           ceil(s.quantity * e.times * s.unit_mc), s.rate_id, s.plan_id, e.at, true
    FROM (
        SELECT n, CASE WHEN n <= {of_large} THEN 0 ELSE 1 + n % ({tenants} - 1) END AS number,
               floor(power(random(), 2) * CASE WHEN n <= {of_large} THEN {large.agents}
                                          ELSE {small.agents} END)::int AS agent,
               floor(random() * 8)::int AS kind, 1 + floor(random() * 20)::int AS times,
               {start} + floor(random() * 365) * interval '1 day'
                   + (CASE WHEN random() < 0.8 THEN 12 + random() * 11 ELSE random() * 12 END)
                   * interval '1 hour' AS at
        FROM generate_series(1, {events}) AS n
    ) AS e
    JOIN series s ON s.number = e.number AND s.agent = e.agent AND s.kind = e.kind
    ORDER BY e.at, e.n;
    ANALYZE usage_event;
"""
_LOTS = """
    CREATE TEMP TABLE spent AS
        SELECT e.workspace_id, a.id AS account_id, b.total_mc, b.entry_count,
               sum(e.credits_mc)::bigint AS spent_mc,
               count(*) FILTER (WHERE e.credits_mc > 0) AS paid,
               md5('usage' || a.id)::uuid AS lot_id
        FROM usage_event e JOIN credit_account a ON a.workspace_id = e.workspace_id
        JOIN credit_balance b ON b.account_id = a.id GROUP BY 1, 2, 3, 4;
    INSERT INTO credit_lot (id, created_at, account_id, source, priority, granted_mc, remaining_mc,
                            repaid_mc, granted_at)
        SELECT lot_id, {start}, account_id, 'ADJUSTMENT', 50, spent_mc, 0, 0, {start} FROM spent;
    INSERT INTO credit_transfer (id, created_at, source_id, target_id, holder_id, sequence, lot_id,
        amount_mc, balance_after_mc, kind, description, occurred_at)
        SELECT md5('grant' || account_id)::uuid, {start}, '00000000-0000-4000-8000-000000000004',
               account_id, account_id, entry_count + 1, lot_id, spent_mc, total_mc + spent_mc,
               'ADJUSTMENT', 'For a year', {start} FROM spent;
"""
_TRANSFERS = """
    INSERT INTO credit_transfer (id, created_at, source_id, target_id, holder_id, sequence, lot_id,
        amount_mc, balance_after_mc, kind, description, occurred_at, usage_event_id)
    SELECT md5(e.id::text)::uuid, e.created_at, s.account_id,
           '00000000-0000-4000-8000-000000000002', s.account_id,
           s.entry_count + 1 + row_number() OVER w, s.lot_id, e.credits_mc,
           s.total_mc + s.spent_mc - sum(e.credits_mc) OVER w, 'USAGE', e.meter, e.occurred_at,
           e.id
    FROM usage_event e JOIN spent s ON s.workspace_id = e.workspace_id WHERE e.credits_mc > 0
    WINDOW w AS (PARTITION BY e.workspace_id ORDER BY e.occurred_at, e.id ROWS UNBOUNDED PRECEDING)
"""
_BALANCES = """
    UPDATE credit_balance b SET entry_count = s.entry_count + 1 + s.paid
    FROM spent s WHERE s.account_id = b.account_id
"""
# In the order of time: those of one workspace lie among those of all others, as batches write them.
_ADDITIONS = """
    SELECT workspace_id, date_bin('15 minutes', occurred_at, 'epoch') AS slot, meter, provider,
           model, agent_id, client_id, sum(quantity) AS quantity, sum(credits_mc) AS credits_mc,
           count(*) AS events
    FROM usage_event WHERE {condition} GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 2
"""
