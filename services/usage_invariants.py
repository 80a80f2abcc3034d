"""What must hold of usage: for `services.check`, as name and query for what breaks it."""

from __future__ import annotations

from services.usage_cubes import sums_of

_ADDITIONS_OF_EVENTS = """
    (SELECT workspace_id, date_bin('15 minutes', occurred_at, 'epoch') AS slot, meter, provider,
            model, agent_id, client_id, sum(quantity) AS quantity, sum(credits_mc) AS credits_mc,
            count(*) AS events
     FROM usage_event GROUP BY 1, 2, 3, 4, 5, 6, 7)
"""
USAGE = (
    (
        "every usage event was paid whole, once, by its own workspace",
        """
        SELECT format('event %s: costs %s mc, paid %s mc', coalesce(e.id, t.id), e.credits_mc,
                      t.sum)
        FROM (SELECT e.id, e.credits_mc, a.id AS account_id
              FROM usage_event e JOIN credit_account a ON a.workspace_id = e.workspace_id
              WHERE e.credits_mc > 0) e
        FULL JOIN (
            SELECT usage_event_id AS id, holder_id, sum(amount_mc) AS sum
            FROM credit_transfer WHERE usage_event_id IS NOT NULL GROUP BY 1, 2
        ) t ON t.id = e.id AND t.holder_id = e.account_id
        WHERE e.credits_mc IS DISTINCT FROM t.sum
        """,
    ),
    (
        "every usage event costs what its rate and its plan say",
        """
        SELECT format('event %s: costs %s mc, its rate says %s mc', id, credits_mc, rated_mc)
        FROM (
            SELECT e.id, e.credits_mc,
                   CASE WHEN e.own_key AND num_nonnulls(r.provider, r.model) > 0 THEN 0
                   ELSE ceil(e.quantity * r.credits_per_unit * 1000 * CASE WHEN r.marked_up
                             THEN 1 + p.provider_markup_percent / 100.0 ELSE 1 END)
                   END AS rated_mc
            FROM usage_event e LEFT JOIN rate r ON r.id = e.rate_id AND r.meter = e.meter
            LEFT JOIN plan p ON p.id = e.plan_id AND p.catalog_version_id = r.catalog_version_id
            -- a call is rounded as a whole: services/call_invariants.py
            WHERE NOT EXISTS (
                SELECT FROM (SELECT jsonb_array_elements_text(usage_event_ids) AS id FROM call) c
                WHERE c.id = e.id::text)
        ) events
        WHERE credits_mc IS DISTINCT FROM rated_mc
        """,
    ),
    (
        "usage is rated by the plan that a subscription has",
        """
        SELECT format('subscription %s: plan %s, rated by %s', s.id, s.plan_id, t.plan_id)
        FROM subscription s
        LEFT JOIN LATERAL (
            SELECT plan_id FROM plan_tenure WHERE subscription_id = s.id
            ORDER BY created_at DESC, id DESC LIMIT 1
        ) t ON true
        WHERE t.plan_id IS DISTINCT FROM s.plan_id
        """,
    ),
    (
        "usage events belong to workspaces, and to their own clients",
        """
        SELECT format('event %s', e.id)
        FROM usage_event e
        LEFT JOIN workspace w ON w.id = e.workspace_id
        LEFT JOIN client c ON c.id = e.client_id AND c.workspace_id = e.workspace_id
        WHERE w.id IS NULL OR (e.client_id IS NOT NULL AND c.id IS NULL)
        """,
    ),
    (
        "no workspace has two usage events of one id within the time that ids are remembered",
        """
        SELECT format('workspace %s: event %s', workspace_id, event_id)
        FROM (
            SELECT workspace_id, event_id, occurred_at - lag(occurred_at) OVER w AS apart
            FROM usage_event WINDOW w AS (PARTITION BY workspace_id, event_id ORDER BY occurred_at)
        ) events
        WHERE apart < interval '55 days'
        """,
    ),
    (
        "the sums of usage are the sums of its events",
        f"""
        WITH summed AS (
            SELECT workspace_id, cube, slot, meter, provider, model, agent_id, client_id,
                   sum(quantity) AS quantity, sum(credits_mc) AS credits_mc, sum(events) AS events
            FROM (SELECT * FROM usage_rollup
                  UNION ALL {sums_of("usage_addition")}) AS kept GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
        ), counted AS ({sums_of(_ADDITIONS_OF_EVENTS)})
        SELECT format('workspace %s, cube %s, %s: %s mc, events %s mc',
                      coalesce(s.workspace_id, e.workspace_id), coalesce(s.cube, e.cube),
                      coalesce(s.slot, e.slot), s.credits_mc, e.credits_mc)
        FROM summed s FULL JOIN counted e
            ON (e.workspace_id, e.cube, e.slot) = (s.workspace_id, s.cube, s.slot)
            AND coalesce(e.meter, '') = coalesce(s.meter, '')
            AND coalesce(e.provider, '') = coalesce(s.provider, '')
            AND coalesce(e.model, '') = coalesce(s.model, '')
            AND coalesce(e.agent_id, '') = coalesce(s.agent_id, '')
            AND coalesce(e.client_id::text, '') = coalesce(s.client_id::text, '')
        WHERE (e.quantity, e.credits_mc, e.events)
            IS DISTINCT FROM (s.quantity, s.credits_mc, s.events)
        """,  # noqa: S608 - of our own constants
    ),
)
