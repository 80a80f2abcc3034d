"""What must hold of bought credits: for `services.check`, as name and query for what breaks it."""

from __future__ import annotations

TOP_UPS = (
    (
        "a paid purchase has brought its credits, once, and no other has",
        """
        SELECT format('invoice %s: bought %s mc, granted %s mc', coalesce(i.id, l.invoice_id),
                      i.bought_mc, l.granted_mc)
        FROM (SELECT id, workspace_id, subtotal_cents * 10000 AS bought_mc,
                     CASE reason WHEN 'CREDIT_PURCHASE' THEN 'PURCHASE' ELSE reason END AS source
              FROM invoice
              WHERE reason IN ('CREDIT_PURCHASE', 'AUTO_RECHARGE') AND status = 'PAID') i
        FULL JOIN (
            SELECT l.invoice_id, l.source, l.granted_mc, a.workspace_id
            FROM credit_lot l JOIN credit_account a ON a.id = l.account_id
            WHERE l.source IN ('PURCHASE', 'AUTO_RECHARGE')
        ) l ON (l.invoice_id, l.workspace_id, l.source) = (i.id, i.workspace_id, i.source)
        WHERE l.granted_mc IS DISTINCT FROM i.bought_mc
        """,
    ),
    (
        "a purchase that is not paid is void, or its payment is under way",
        """
        SELECT format('invoice %s is %s, and nobody is paying it', i.number, i.status)
        FROM invoice i
        WHERE i.reason IN ('CREDIT_PURCHASE', 'AUTO_RECHARGE')
          AND i.status NOT IN ('PAID', 'VOID')
          AND NOT EXISTS (
              SELECT FROM payment p WHERE p.invoice_id = i.id
                AND p.status IN ('PENDING', 'REQUIRES_ACTION', 'PROCESSING'))
        """,
    ),
    (
        "auto-recharge looks out for those balances that it may charge for",
        """
        SELECT format('workspace %s: looks out below %s mc, wanted below %s mc', workspace_id,
                      recharge_below_mc, wanted_below_mc)
        FROM (
            SELECT a.workspace_id, b.recharge_below_mc,
                   CASE WHEN r.enabled AND r.wanted_at IS NULL AND r.declined_payment_id IS NULL
                             AND NOT EXISTS (
                                 SELECT FROM payment p JOIN invoice i ON i.id = p.invoice_id
                                 WHERE p.workspace_id = a.workspace_id
                                   AND p.status IN ('PENDING', 'REQUIRES_ACTION', 'PROCESSING')
                                   AND i.reason = 'AUTO_RECHARGE')
                        THEN r.threshold_mc END AS wanted_below_mc
            FROM credit_balance b
            JOIN credit_account a ON a.id = b.account_id
            LEFT JOIN auto_recharge r ON r.workspace_id = a.workspace_id
        ) balances
        WHERE recharge_below_mc IS DISTINCT FROM wanted_below_mc
        """,
    ),
    (
        "what blocks auto-recharge is a decline of its own",
        """
        SELECT format('workspace %s: payment %s is %s', r.workspace_id, p.id, p.status)
        FROM auto_recharge r
        JOIN payment p ON p.id = r.declined_payment_id
        JOIN invoice i ON i.id = p.invoice_id
        WHERE (p.workspace_id, p.status, i.reason)
              IS DISTINCT FROM (r.workspace_id, 'FAILED', 'AUTO_RECHARGE')
        """,
    ),
)
