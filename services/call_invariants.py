"""What must hold of calls and their holds: for `services.check`, as name and query for what breaks
it."""

from __future__ import annotations

# exact millicredits times 60 of each event of a call: a second is a sixtieth of a minute, and
# neither has an end as a decimal number
OF_CALLS = """
    SELECT c.id AS call_id, u.id AS event_id, e.credits_mc,
           CASE WHEN e.own_key AND num_nonnulls(r.provider, r.model) > 0 THEN 0
           ELSE CASE WHEN r.meter LIKE 'llm.%' THEN 60 * e.quantity ELSE c.seconds END
                * r.credits_per_unit * 1000
                * CASE WHEN r.marked_up THEN 1 + p.provider_markup_percent / 100.0 ELSE 1 END
           END AS sixty_exact_mc
    FROM call c
    CROSS JOIN LATERAL jsonb_array_elements_text(c.usage_event_ids) AS u (id)
    LEFT JOIN usage_event e ON e.id = u.id::uuid AND e.workspace_id = c.workspace_id
        AND e.occurred_at = c.started_at AND e.session_id = c.external_id
        AND (e.agent_id, e.client_id) IS NOT DISTINCT FROM (c.agent_id, c.client_id)
    LEFT JOIN rate r ON r.id = e.rate_id AND r.meter = e.meter
    LEFT JOIN plan p ON p.id = e.plan_id AND p.id = c.plan_id
        AND p.catalog_version_id = r.catalog_version_id
"""

CALLS = (
    (
        "what is held of balances, of lots and for calls is the sum of the open holds",
        """
        SELECT format('%s %s: %s mc, holds %s mc', what, id, held_mc, sum)
        FROM (
            SELECT 'account' AS what, b.account_id AS id, b.held_mc, coalesce(sum(h.amount_mc), 0)
            FROM credit_balance b
            LEFT JOIN credit_lot l ON l.account_id = b.account_id
            LEFT JOIN credit_hold h ON h.lot_id = l.id AND h.closed_at IS NULL
            GROUP BY b.account_id
            UNION ALL
            SELECT 'lot', l.id, l.held_mc, coalesce(sum(h.amount_mc), 0)
            FROM credit_lot l
            LEFT JOIN credit_hold h ON h.lot_id = l.id AND h.closed_at IS NULL GROUP BY l.id
            UNION ALL
            SELECT 'call', c.id, c.held_mc, coalesce(sum(h.amount_mc), 0)
            FROM call c
            LEFT JOIN credit_hold h ON h.call_id = c.id AND h.closed_at IS NULL GROUP BY c.id
        ) AS held (what, id, held_mc, sum)
        WHERE held_mc <> sum
        """,
    ),
    (
        "calls hold their own workspace's credits",
        """
        SELECT format('hold %s', h.id)
        FROM credit_hold h JOIN call c ON c.id = h.call_id JOIN credit_lot l ON l.id = h.lot_id
        JOIN credit_account a ON a.id = l.account_id
        WHERE a.workspace_id IS DISTINCT FROM c.workspace_id
        """,
    ),
    (
        "calls are for clients of their own workspace",
        """
        SELECT format('call %s: client %s', c.id, c.client_id)
        FROM call c JOIN client k ON k.id = c.client_id WHERE k.workspace_id <> c.workspace_id
        """,
    ),
    (
        "a call costs what its rates and its plan say, rounded up once, and is listed as usage",
        f"""
        SELECT format('call %s: costs %s mc, its events %s mc, its rates say %s mc', c.id,
                      c.total_mc, e.sum_mc, e.rated_mc)
        FROM call c
        LEFT JOIN (
            SELECT call_id, sum(credits_mc) AS sum_mc, ceil(sum(sixty_exact_mc) / 60) AS rated_mc,
                   bool_or(sixty_exact_mc IS NULL OR abs(60 * credits_mc - sixty_exact_mc) >= 60)
                       AS is_wrong
            FROM ({OF_CALLS}) AS events GROUP BY call_id
        ) e ON e.call_id = c.id
        WHERE c.ended_at IS NOT NULL
          AND (coalesce(e.is_wrong, false) OR (c.total_mc, c.total_mc)
               IS DISTINCT FROM (coalesce(e.sum_mc, 0), coalesce(e.rated_mc, 0)))
        """,  # noqa: S608 - of our own constants
    ),
)
