-- The least that the database must do for the same renewals: one statement for all of them before
-- the charges and one after, which write the very rows that services/renewal_batches.py and
-- services/renewal_settlements.py write. They trust what bench/due.py made: a plan with add-ons,
-- months in UTC, no tax, no address, a card that lives, one lot whose credits are dead.
-- Ids are counted, so that they grow as ours do.

-- name: open
WITH due AS (
    SELECT s.id, s.workspace_id, s.period_index + 1 AS index, s.plan_id, w.name, w.email,
           w.time_zone, w.invoice_prefix || '-' || lpad((w.invoice_count + 1)::text, 4, '0')
               AS number,
           w.invoice_count + 1 AS sequence, m.id AS method_id, p.price_cents AS plan_cents,
           p.name AS plan_name, p.currency,
           lpad(to_hex(row_number() OVER ()), 32, '0')::uuid AS new_id,
           s.anchor + make_interval(months => s.period_index + 1) AS period_start,
           s.anchor + make_interval(months => s.period_index + 2) AS period_end
    FROM (
        SELECT * FROM subscription s
        WHERE s.due_at <= $1 AND s.due_at = s.period_end AND s.status = 'ACTIVE' AND s.auto_billing
          AND NOT s.cancel_at_period_end
          AND NOT EXISTS (SELECT FROM pending_change c WHERE c.subscription_id = s.id)
          AND NOT EXISTS (SELECT FROM dunning d WHERE d.workspace_id = s.workspace_id)
          AND NOT EXISTS (SELECT FROM payment y WHERE y.workspace_id = s.workspace_id
                          AND y.status IN ('PENDING', 'REQUIRES_ACTION', 'PROCESSING'))
        FOR UPDATE
    ) s
    JOIN workspace w ON w.id = s.workspace_id
    JOIN plan p ON p.id = s.plan_id
    JOIN payment_method m ON m.workspace_id = s.workspace_id AND m.is_default
), bought AS (
    SELECT due.id, sum(i.quantity * a.price_cents) AS cents,
           jsonb_agg(jsonb_build_object(
               'description', a.name, 'quantity', i.quantity, 'unit_price_cents', a.price_cents,
               'amount_cents', i.quantity * a.price_cents, 'currency', due.currency,
               'period_start', due.period_start, 'period_end', due.period_end,
               'proration', false, 'plan_id', null, 'add_on_id', a.id) ORDER BY a.position) AS lines
    FROM due
    JOIN subscription_item i ON i.subscription_id = due.id
    JOIN add_on a ON a.id = i.add_on_id
    GROUP BY due.id
), invoices AS (
    INSERT INTO invoice (id, created_at, workspace_id, subscription_id, sequence, number, status,
        reason, period_start, period_end, currency, lines, buyer, seller, tax_percent,
        subtotal_cents, tax_cents, total_cents, amount_paid_cents, issued_at, due_at)
    SELECT due.new_id, $1, due.workspace_id, due.id, due.sequence, due.number, 'OPEN', 'RENEWAL',
           due.period_start, due.period_end, due.currency,
           jsonb_build_array(jsonb_build_object(
               'description', due.plan_name, 'quantity', 1, 'unit_price_cents', due.plan_cents,
               'amount_cents', due.plan_cents, 'currency', due.currency,
               'period_start', due.period_start, 'period_end', due.period_end,
               'proration', false, 'plan_id', due.plan_id, 'add_on_id', null)) || bought.lines,
           jsonb_build_object('name', due.name, 'email', due.email, 'time_zone', due.time_zone),
           (SELECT seller FROM installation), 0,
           due.plan_cents + bought.cents, 0, due.plan_cents + bought.cents, 0, $1, $1
    FROM due JOIN bought ON bought.id = due.id
), payments AS (
    INSERT INTO payment (id, created_at, workspace_id, invoice_id, method_id, status, amount_cents,
        refunded_cents, currency, opened_at)
    SELECT due.new_id, $1, due.workspace_id, due.new_id, due.method_id, 'PENDING',
           due.plan_cents + bought.cents, 0, due.currency, $1
    FROM due JOIN bought ON bought.id = due.id
), dunned AS (
    INSERT INTO dunning (id, created_at, workspace_id, invoice_id, is_automatic, step, next_at)
    SELECT due.new_id, $1, due.workspace_id, due.new_id, true, 0, $1 FROM due
), counted AS (
    UPDATE workspace w SET invoice_count = due.sequence FROM due WHERE w.id = due.workspace_id
)
UPDATE subscription s SET period_index = due.index, period_start = due.period_start,
    period_end = due.period_end, due_at = $1::timestamptz + interval '2 minutes'
FROM due WHERE s.id = due.id;

-- name: settle
WITH paid AS (
    UPDATE payment SET status = 'SUCCEEDED', decided_at = $1, gateway_reference = 'pi_' || id
    WHERE status = 'PENDING' RETURNING invoice_id
), invoices AS (
    UPDATE invoice i SET status = 'PAID', amount_paid_cents = total_cents, paid_at = $1
    FROM paid WHERE i.id = paid.invoice_id
    RETURNING i.id, i.subscription_id, i.workspace_id, i.period_start, i.period_end
), healed AS (
    DELETE FROM dunning d USING paid WHERE d.invoice_id = paid.invoice_id
), holders AS (
    SELECT i.id AS invoice_id, i.subscription_id, i.period_start, i.period_end, s.plan_id, p.name,
           p.included_credits_mc AS granted_mc, a.id AS account_id, b.total_mc, b.entry_count
    FROM invoices i
    JOIN subscription s ON s.id = i.subscription_id
    JOIN plan p ON p.id = s.plan_id
    JOIN credit_account a ON a.workspace_id = i.workspace_id
    JOIN (SELECT * FROM credit_balance FOR UPDATE) b ON b.account_id = a.id
), dead AS (
    SELECT l.id, l.account_id, l.remaining_mc, l.expires_at
    FROM holders h JOIN credit_lot l ON l.account_id = h.account_id
    WHERE l.remaining_mc > 0 AND l.expires_at <= $1
), emptied AS (
    UPDATE credit_lot l SET remaining_mc = 0 FROM dead WHERE l.id = dead.id
), lots AS (
    INSERT INTO credit_lot (id, created_at, account_id, source, priority, granted_mc, remaining_mc,
        granted_at, expires_at, invoice_id, subscription_id, plan_id, period_start)
    SELECT invoice_id, $1, account_id, 'PLAN', 50, granted_mc, granted_mc, $1,
           period_end, invoice_id, subscription_id, plan_id, period_start FROM holders
), expiries AS (
    INSERT INTO credit_transfer (id, created_at, source_id, target_id, holder_id, sequence, lot_id,
        amount_mc, balance_after_mc, kind, description, occurred_at)
    SELECT ('1' || lpad(to_hex(row_number() OVER ()), 31, '0'))::uuid, $1, h.account_id,
           '00000000-0000-4000-8000-000000000003', h.account_id, h.entry_count + 1, d.id,
           d.remaining_mc, h.total_mc - d.remaining_mc, 'EXPIRY', 'Credits expired', d.expires_at
    FROM holders h JOIN dead d ON d.account_id = h.account_id
), grants AS (
    INSERT INTO credit_transfer (id, created_at, source_id, target_id, holder_id, sequence, lot_id,
        amount_mc, balance_after_mc, kind, description, occurred_at)
    SELECT h.invoice_id, $1, '00000000-0000-4000-8000-000000000001', h.account_id, h.account_id,
           h.entry_count + 2, h.invoice_id, h.granted_mc,
           h.total_mc - d.remaining_mc + h.granted_mc, 'GRANT', 'Included in ' || h.name, $1
    FROM holders h JOIN dead d ON d.account_id = h.account_id
), balances AS (
    UPDATE credit_balance b
    SET total_mc = h.total_mc - d.remaining_mc + h.granted_mc, entry_count = h.entry_count + 2
    FROM holders h JOIN dead d ON d.account_id = h.account_id
    WHERE b.account_id = h.account_id
)
UPDATE subscription s SET due_at = h.period_end FROM holders h WHERE s.id = h.subscription_id;
