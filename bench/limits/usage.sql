-- The least that the database must do for a batch of usage: one call, which writes the very rows that
-- services/usage.py writes. It trusts its caller: what each event costs, that there are enough
-- credits in one lot, that ids come once in their month. A row of the ledger has its event's id.
-- The batch comes by COPY into a table of the session: with arrays as arguments the same function did
-- a tenth less; COPY straight into the tables, with the sums made by the caller, as much.

-- name: session
CREATE TEMP TABLE reported (
    id uuid, event_id text, meter text, quantity numeric, provider text, model text, agent_id text,
    session_id text, rate_id uuid, cost_mc bigint, occurred_at timestamptz
) ON COMMIT DELETE ROWS;

-- name: function
CREATE SCHEMA bench;
CREATE FUNCTION bench.record_usage(workspace uuid, plan uuid) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    holder record;
    accepted bigint;
BEGIN
    SELECT b.*, l.id AS lot_id INTO STRICT holder
    FROM credit_account a
    JOIN credit_balance b ON b.account_id = a.id
    JOIN credit_lot l ON l.account_id = a.id AND l.remaining_mc > 0
    WHERE a.workspace_id = workspace FOR UPDATE OF b;

    WITH written AS (
        INSERT INTO usage_event (id, created_at, workspace_id, event_id, meter, quantity, provider,
            model, agent_id, session_id, client_id, own_key, credits_mc, rate_id, plan_id,
            occurred_at, is_dated)
        SELECT e.id, now(), workspace, e.event_id, e.meter, e.quantity, e.provider, e.model,
               e.agent_id, e.session_id, NULL, false, e.cost_mc, e.rate_id, plan, e.occurred_at,
               true
        FROM reported e
        ON CONFLICT DO NOTHING
        RETURNING id, meter, quantity, provider, model, agent_id, credits_mc, occurred_at
    ), transfers AS (
        INSERT INTO credit_transfer (id, created_at, source_id, target_id, holder_id, sequence,
            lot_id, amount_mc, balance_after_mc, kind, description, occurred_at, usage_event_id)
        SELECT id, now(), holder.account_id, '00000000-0000-4000-8000-000000000002',
               holder.account_id, holder.entry_count + row_number() OVER w, holder.lot_id,
               credits_mc, holder.total_mc - sum(credits_mc) OVER w, 'USAGE',
               meter || coalesce(', ' || coalesce(model, provider), ''), occurred_at, id
        FROM written WHERE credits_mc > 0
        WINDOW w AS (ORDER BY id ROWS UNBOUNDED PRECEDING)
    ), additions AS (
        INSERT INTO usage_addition (workspace_id, slot, meter, provider, model, agent_id,
            client_id, quantity, credits_mc, events)
        SELECT workspace, date_bin('15 minutes', occurred_at, 'epoch') AS slot, meter, provider,
               model, agent_id, NULL, sum(quantity), sum(credits_mc), count(*)
        FROM written GROUP BY slot, meter, provider, model, agent_id
    ), sums AS (
        SELECT count(*) AS events, count(*) FILTER (WHERE credits_mc > 0) AS transfers,
               sum(credits_mc) AS spent_mc FROM written
    ), lots AS (
        UPDATE credit_lot l SET remaining_mc = l.remaining_mc - sums.spent_mc FROM sums
        WHERE l.id = holder.lot_id
    )
    UPDATE credit_balance b
    SET total_mc = b.total_mc - sums.spent_mc, entry_count = b.entry_count + sums.transfers
    FROM sums WHERE b.account_id = holder.account_id
    RETURNING sums.events INTO accepted;
    RETURN accepted;
END $$;
