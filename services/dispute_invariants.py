"""What must hold of disputes: for `services.check`, as name and query for what breaks it."""

from __future__ import annotations

DISPUTES = (
    (
        "a payment is disputed as long as a dispute of it has its money",
        """
        SELECT format('payment %s is %s', p.id, p.status)
        FROM payment p
        WHERE (p.status = 'DISPUTED') <> EXISTS (
            SELECT FROM dispute d WHERE d.payment_id = p.id
              AND d.status IN ('NEEDS_RESPONSE', 'UNDER_REVIEW', 'LOST'))
        """,
    ),
    (
        "what a dispute has taken in credits is what it moved out and not back in",
        """
        SELECT format('dispute %s: taken %s mc, moved %s mc', d.id, d.taken_mc, t.sum)
        FROM dispute d
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(CASE WHEN t.source_id = t.holder_id THEN t.amount_mc
                                     ELSE -t.amount_mc END), 0) AS sum
            FROM dispute_transfer m JOIN credit_transfer t ON t.id = m.transfer_id
            WHERE m.dispute_id = d.id
        ) t
        WHERE d.taken_mc <> t.sum
        """,
    ),
    (
        "what a dispute gives back is an entry that it took, whole, and to whom it took it from",
        """
        SELECT format('transfer %s corrects %s', b.id, b.corrects_id)
        FROM credit_transfer b
        LEFT JOIN dispute_transfer back ON back.transfer_id = b.id
        LEFT JOIN credit_transfer t ON t.id = b.corrects_id
        LEFT JOIN dispute_transfer taken ON taken.transfer_id = t.id
        WHERE b.kind = 'REVERSAL' AND b.target_id = b.holder_id
          AND (t.holder_id, t.source_id, t.amount_mc, taken.dispute_id)
              IS DISTINCT FROM (b.holder_id, b.holder_id, b.amount_mc, back.dispute_id)
        """,
    ),
    (
        "credits that a dispute takes are of the payment's own workspace, by its own grant",
        """
        SELECT format('transfer %s of dispute %s', t.id, d.id)
        FROM dispute_transfer m
        JOIN credit_transfer t ON t.id = m.transfer_id
        JOIN dispute d ON d.id = m.dispute_id
        JOIN payment p ON p.id = d.payment_id
        LEFT JOIN credit_account a ON a.id = t.holder_id
        LEFT JOIN credit_transfer g ON g.id = t.corrects_id
        LEFT JOIN credit_lot l ON l.id = g.lot_id
        WHERE t.source_id = t.holder_id
          AND (t.kind, a.workspace_id, d.workspace_id, g.kind, l.invoice_id) IS DISTINCT FROM
              ('REVERSAL', p.workspace_id, p.workspace_id, 'GRANT', p.invoice_id)
        """,
    ),
)
