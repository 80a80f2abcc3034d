-- The billing page, for the key whose hash is $1: field by field what
-- examples/operations/*-billing-page.graphql asks for.
SELECT json_build_object('data', json_build_object('workspace', json_build_object(
    'name', w.name,
    'now', bench.instant(clock.at),
    'subscription', json_build_object(
        'status', s.status,
        'plan', json_build_object(
            'name', p.name,
            'price', json_build_object('amount', bench.money(p.price_cents))),
        'addOns', coalesce(held.add_ons, '[]'),
        'monthlyTotal', json_build_object(
            'amount', bench.money(held.monthly_cents), 'currency', p.currency),
        'currentPeriod', CASE WHEN s.period_start IS NOT NULL THEN json_build_object(
            'start', bench.instant(s.period_start), 'end', bench.instant(s.period_end)) END,
        'cancelAtPeriodEnd', s.cancel_at_period_end,
        'pendingChange', (
            SELECT json_build_object(
                'plan', (SELECT json_build_object('name', name) FROM plan WHERE id = c.plan_id),
                'addOns', coalesce((
                    SELECT json_agg(json_build_object(
                        'addOn', json_build_object('name', ao.name),
                        'quantity', (wanted.entry ->> 'quantity')::int) ORDER BY wanted.place)
                    FROM jsonb_array_elements(c.add_ons) WITH ORDINALITY AS wanted (entry, place)
                    JOIN add_on ao ON ao.id = (wanted.entry ->> 'add_on_id')::uuid), '[]'),
                'effectiveAt', bench.instant(c.effective_at))
            FROM pending_change c WHERE c.subscription_id = s.id)),
    'creditBalance', json_build_object(
        'available', bench.credits(live.total_mc - b.held_mc),
        'held', bench.credits(b.held_mc),
        'worth', json_build_object(
            'amount', bench.money(round(live.total_mc / 10000.0)::bigint), 'currency', 'USD'),
        'nextExpiry', bench.instant(live.next_expiry),
        'expiringAtNextExpiry', bench.credits(coalesce((
            SELECT sum(l.remaining_mc)::bigint FROM credit_lot l
            WHERE l.account_id = a.id AND l.remaining_mc > 0
              AND l.expires_at = live.next_expiry), 0))),
    'capacities', (
        SELECT json_agg(json_build_object(
            'resource', r.resource, 'included', r.included, 'purchased', r.purchased,
            'limit', r.included + r.purchased, 'used', r.used,
            'available', CASE WHEN r.included IS NOT NULL THEN
                greatest(0, r.included + r.purchased - r.used) END) ORDER BY r.place)
        FROM (
            SELECT entry ->> 'resource' AS resource, place,
                   (entry ->> 'quantity')::int AS included, more.purchased,
                   CASE entry ->> 'resource'
                       WHEN 'WORKSPACE_SEAT' THEN taken.workspace_seats
                       WHEN 'CLIENT_SEAT' THEN taken.client_seats
                       WHEN 'AGENT_SLOT' THEN taken.agents
                       WHEN 'PHONE_NUMBER' THEN taken.numbers
                       ELSE 0 END AS used
            FROM jsonb_array_elements(p.allowances) WITH ORDINALITY AS allowance (entry, place)
            CROSS JOIN LATERAL (
                SELECT coalesce(sum(i.quantity * (extra ->> 'quantity')::int), 0)::int AS purchased
                FROM subscription_item i JOIN add_on ao ON ao.id = i.add_on_id,
                    jsonb_array_elements(ao.allowances) AS extra
                WHERE i.subscription_id = s.id AND extra ->> 'resource' = entry ->> 'resource'
            ) more
        ) r),
    'autoBilling', json_build_object(
        'enabled', s.auto_billing,
        'nextRenewalAt', CASE WHEN NOT s.cancel_at_period_end THEN
            bench.instant(s.period_end) END,
        'problems', CASE
            WHEN pay.default_label IS NULL THEN json_build_array(json_build_object(
                'code', 'PAYMENT_METHOD_REQUIRED', 'message',
                'There is no payment method. Add one with attachPaymentMethod.'))
            WHEN pay.default_is_expired THEN json_build_array(json_build_object(
                'code', 'PAYMENT_METHOD_REQUIRED', 'message',
                pay.default_label || ' has expired. Attach another payment method.'))
            ELSE '[]' END),
    'unappliedBalance', json_build_object(
        'amount', bench.money(w.balance_cents), 'currency', p.currency),
    'upcomingInvoice', CASE
        WHEN s.anchor IS NOT NULL AND NOT s.cancel_at_period_end AND held.monthly_cents > 0
        THEN json_build_object(
            'period', (
                SELECT json_build_object(
                    'start', bench.instant((local.anchor + make_interval(months => local.index))
                        AT TIME ZONE w.time_zone),
                    'end', bench.instant((local.anchor + make_interval(months => local.index + 1))
                        AT TIME ZONE w.time_zone))
                FROM (SELECT s.anchor AT TIME ZONE w.time_zone, s.period_index + 1)
                    AS local (anchor, index)),
            'lines', (
                SELECT json_agg(json_build_object(
                    'description', line.name, 'quantity', line.quantity,
                    'amount', json_build_object('amount', bench.money(line.cents)))
                    ORDER BY line.position)
                FROM (
                    SELECT p.name, 1 AS quantity, p.price_cents AS cents, -1 AS position
                    UNION ALL
                    SELECT ao.name, i.quantity, i.quantity * ao.price_cents, ao.position
                    FROM subscription_item i JOIN add_on ao ON ao.id = i.add_on_id
                    WHERE i.subscription_id = s.id
                ) line),
            'total', json_build_object(
                'amount', bench.money(held.monthly_cents + coalesce((
                    SELECT round(held.monthly_cents * (tax ->> 'percent')::numeric / 100)
                    FROM catalog_version v, jsonb_array_elements(v.tax_rates) AS tax,
                        billing_address ad
                    WHERE v.id = w.catalog_version_id AND ad.workspace_id = w.id
                      AND tax ->> 'country' = ad.country), 0)::bigint),
                'currency', p.currency)) END,
    'paymentMethods', coalesce(pay.methods, '[]'),
    'billingAddress', (
        SELECT json_build_object(
            'company', ad.company, 'line1', ad.line1, 'city', ad.city, 'region', ad.region,
            'postalCode', ad.postal_code, 'country', ad.country, 'taxId', ad.tax_id)
        FROM billing_address ad WHERE ad.workspace_id = w.id),
    'features', (
        SELECT json_agg(json_build_object('name', f.name) ORDER BY f.source, f.place)
        FROM (
            SELECT DISTINCT ON (every.key) every.* FROM (
                SELECT entry ->> 'key' AS key, entry ->> 'name' AS name, -1 AS source, place
                FROM jsonb_array_elements(p.features) WITH ORDINALITY AS feature (entry, place)
                UNION ALL
                SELECT entry ->> 'key', entry ->> 'name', ao.position, place
                FROM subscription_item i JOIN add_on ao ON ao.id = i.add_on_id,
                    jsonb_array_elements(ao.features) WITH ORDINALITY AS feature (entry, place)
                WHERE i.subscription_id = s.id
            ) every ORDER BY every.key, every.source, every.place
        ) f),
    'phoneNumbers', (
        SELECT json_build_object('nodes', coalesce(json_agg(json_build_object(
            'number', n.number, 'origin', n.origin, 'label', n.label,
            'agentId', (SELECT external_id FROM agent WHERE id = n.agent_id)) ORDER BY n.id), '[]'))
        FROM (
            SELECT * FROM phone_number
            WHERE workspace_id = w.id AND purchased_at IS NOT NULL AND released_at IS NULL
            ORDER BY id LIMIT 20
        ) n),
    'invoices', invoices.page,
    'creditGrants', (
        SELECT json_build_object('nodes', coalesce(json_agg(json_build_object(
            'source', l.source, 'granted', bench.credits(l.granted_mc),
            'remaining', bench.credits(l.remaining_mc), 'expiresAt', bench.instant(l.expires_at),
            'note', l.note,
            'invoice', (
                SELECT json_build_object('number', number) FROM invoice WHERE id = l.invoice_id)
            ) ORDER BY l.id DESC), '[]'))
        FROM (
            SELECT * FROM credit_lot WHERE account_id = a.id AND remaining_mc > 0
            ORDER BY id DESC LIMIT 20
        ) l),
    'ledgerEntries', entries.page
)))::text
FROM api_key k
JOIN workspace w ON w.id = k.workspace_id
JOIN subscription s ON s.workspace_id = w.id
JOIN plan p ON p.id = s.plan_id
JOIN credit_account a ON a.workspace_id = w.id
JOIN credit_balance b ON b.account_id = a.id
CROSS JOIN LATERAL (SELECT coalesce(w.clock_at, now()) AS at) clock
CROSS JOIN LATERAL (
    SELECT json_agg(json_build_object(
               'addOn', json_build_object('name', ao.name), 'quantity', i.quantity,
               'unitPrice', json_build_object('amount', bench.money(ao.price_cents)))
               ORDER BY ao.position) AS add_ons,
           (p.price_cents + coalesce(sum(i.quantity * ao.price_cents), 0))::bigint AS monthly_cents
    FROM subscription_item i JOIN add_on ao ON ao.id = i.add_on_id
    WHERE i.subscription_id = s.id
) held
CROSS JOIN LATERAL (
    SELECT b.total_mc - coalesce(sum(l.remaining_mc) FILTER (WHERE l.expires_at <= clock.at), 0)
               ::bigint AS total_mc,
           min(l.expires_at) FILTER (WHERE l.expires_at > clock.at) AS next_expiry
    FROM credit_lot l WHERE l.account_id = a.id AND l.remaining_mc > 0
) live
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE kind = 'WORKSPACE') AS workspace_seats,
           count(*) FILTER (WHERE kind = 'CLIENT') AS client_seats,
           (SELECT count(*) FROM agent
            WHERE agent.workspace_id = w.id AND archived_at IS NULL) AS agents,
           (SELECT count(*) FROM phone_number
            WHERE phone_number.workspace_id = w.id AND origin = 'PLATFORM'
              AND released_at IS NULL) AS numbers
    FROM seat WHERE seat.workspace_id = w.id AND status <> 'RELEASED'
) taken
CROSS JOIN LATERAL (
    SELECT json_agg(json_build_object(
               'id', bench.node_id('PaymentMethod', m.id), 'kind', m.kind, 'label', m.label,
               'expiresMonth', m.expires_month, 'expiresYear', m.expires_year,
               'isDefault', m.is_default, 'isExpired', m.is_expired) ORDER BY m.id) AS methods,
           max(m.label) FILTER (WHERE m.is_default) AS default_label,
           bool_or(m.is_expired) FILTER (WHERE m.is_default) AS default_is_expired
    FROM (
        SELECT *, coalesce(make_date(expires_year, expires_month, 1) + interval '1 month'
                   <= clock.at AT TIME ZONE 'UTC', false) AS is_expired
        FROM payment_method WHERE workspace_id = w.id AND detached_at IS NULL
    ) m
) pay
CROSS JOIN LATERAL (
    SELECT json_build_object(
        'nodes', coalesce(json_agg(json_build_object(
            'id', bench.node_id('Invoice', i.id), 'number', i.number, 'status', i.status,
            'isOverdue', i.status IN ('OPEN', 'UNCOLLECTIBLE') AND i.due_at < clock.at
                AND i.total_cents > i.amount_paid_cents,
            'issuedAt', bench.instant(i.issued_at),
            'lines', (
                SELECT json_agg(json_build_object(
                    'description', line.description, 'quantity', line.quantity,
                    'unitPrice', json_build_object('amount', bench.money(line.unit_price_cents)),
                    'amount', json_build_object('amount', bench.money(line.amount_cents)),
                    'plan', CASE WHEN lp.id IS NOT NULL THEN
                        json_build_object('key', lp.key) END,
                    'addOn', CASE WHEN la.id IS NOT NULL THEN
                        json_build_object('key', la.key) END) ORDER BY line.place)
                FROM ROWS FROM (jsonb_to_recordset(i.lines) AS (
                        description text, quantity int, unit_price_cents bigint,
                        amount_cents bigint, plan_id uuid, add_on_id uuid))
                    WITH ORDINALITY AS line (description, quantity, unit_price_cents,
                        amount_cents, plan_id, add_on_id, place)
                LEFT JOIN plan lp ON lp.id = line.plan_id
                LEFT JOIN add_on la ON la.id = line.add_on_id),
            'tax', json_build_object('amount', bench.money(i.tax_cents)),
            'total', json_build_object(
                'amount', bench.money(i.total_cents), 'currency', i.currency),
            'amountDue', json_build_object('amount', bench.money(CASE i.status
                WHEN 'VOID' THEN 0 ELSE i.total_cents - i.amount_paid_cents - i.credited_cents END)),
            'payments', coalesce((
                SELECT json_agg(json_build_object(
                    'status', y.status, 'createdAt', bench.instant(y.opened_at),
                    'declineCode', y.decline_code,
                    'refunded', json_build_object('amount', bench.money(y.refunded_cents)),
                    'method', (SELECT json_build_object('label', label) FROM payment_method
                               WHERE id = y.method_id),
                    'action', CASE y.status WHEN 'REQUIRES_ACTION' THEN
                        json_build_object('redirectUrl', y.action_redirect_url) END) ORDER BY y.id)
                FROM payment y WHERE y.invoice_id = i.id), '[]'),
            'creditNotes', coalesce((
                SELECT json_agg(json_build_object(
                    'number', c.number,
                    'amount', json_build_object('amount', bench.money(c.amount_cents)),
                    'reason', c.reason) ORDER BY c.id)
                FROM credit_note c WHERE c.invoice_id = i.id), '[]')
            ) ORDER BY i.id DESC) FILTER (WHERE i.nth <= 20), '[]'),
        'pageInfo', json_build_object(
            'hasNextPage', count(*) > 20,
            'endCursor', bench.base64(
                'invoice:' || min(i.id::text) FILTER (WHERE i.nth <= 20)))
        ) AS page
    FROM (
        SELECT *, row_number() OVER (ORDER BY id DESC) AS nth
        FROM invoice WHERE workspace_id = w.id ORDER BY id DESC LIMIT 21
    ) i
) invoices
CROSS JOIN LATERAL (
    SELECT json_build_object(
        'nodes', coalesce(json_agg(json_build_object(
            'occurredAt', bench.instant(t.occurred_at), 'kind', t.kind,
            'amount', bench.credits(CASE t.target_id
                WHEN a.id THEN t.amount_mc ELSE -t.amount_mc END),
            'balanceAfter', bench.credits(t.balance_after_mc), 'description', t.description,
            'grant', (SELECT json_build_object('source', source) FROM credit_lot
                      WHERE id = t.lot_id)
            ) ORDER BY t.sequence DESC) FILTER (WHERE t.nth <= 20), '[]'),
        'pageInfo', json_build_object(
            'hasNextPage', count(*) > 20,
            'endCursor', bench.base64(
                'credit_transfer:' || min(t.sequence) FILTER (WHERE t.nth <= 20)))
        ) AS page
    FROM (
        SELECT *, row_number() OVER (ORDER BY sequence DESC) AS nth
        FROM credit_transfer WHERE holder_id = a.id ORDER BY sequence DESC LIMIT 21
    ) t
) entries
WHERE k.secret_hash = $1
  AND k.revoked_at IS NULL
  AND (k.expires_at IS NULL OR k.expires_at > now())
  AND k.scopes ?| '{read,*}'
