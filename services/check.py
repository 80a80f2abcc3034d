"""The invariants of the books, asked of the database: anyone may run them at any time.

Each invariant is one query for what breaks it. Constraints keep most of them already; the checker
looks across rows, where constraints cannot.
"""

from __future__ import annotations

from dataclasses import dataclass

from tortoise import connections
from tortoise.transactions import in_transaction

from services.call_invariants import CALLS
from services.dispute_invariants import DISPUTES
from services.top_up_invariants import TOP_UPS
from services.usage_invariants import USAGE


@dataclass(frozen=True, slots=True)
class Invariant:
    """What must hold, and the query that returns one row (a text) per violation."""

    name: str
    violations_sql: str


@dataclass(frozen=True, slots=True)
class Finding:
    """An invariant with what breaks it; clean when nothing does."""

    invariant: str
    violations: list[str]


INVARIANTS = (
    Invariant(
        "every holder's balance is the sum of its transfers",
        """
        SELECT format('account %s: balance %s mc, transfers %s mc', b.account_id, b.total_mc, t.sum)
        FROM credit_balance b
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(CASE WHEN target_id = b.account_id THEN amount_mc
                                     ELSE -amount_mc END), 0) AS sum
            FROM credit_transfer WHERE holder_id = b.account_id
        ) t
        WHERE b.total_mc <> t.sum
        """,
    ),
    Invariant(
        "every holder's transfers are counted without a gap, each with the balance after it",
        """
        SELECT format('transfer %s: sequence %s, balance %s mc', id, sequence, balance_after_mc)
        FROM (
            SELECT id, sequence, balance_after_mc,
                   row_number() OVER w AS expected_sequence,
                   sum(CASE WHEN target_id = holder_id THEN amount_mc ELSE -amount_mc END) OVER w
                       AS expected_balance
            FROM credit_transfer WINDOW w AS (PARTITION BY holder_id ORDER BY sequence)
        ) t
        WHERE sequence <> expected_sequence OR balance_after_mc <> expected_balance
        """,
    ),
    Invariant(
        "all accounts sum to zero",
        """
        SELECT format('all accounts together: %s mc', sum(balance)) FROM (
            SELECT total_mc AS balance FROM credit_balance
            UNION ALL
            SELECT coalesce(sum(CASE WHEN t.target_id = a.id THEN t.amount_mc
                                     ELSE -t.amount_mc END), 0)
            FROM credit_account a
            LEFT JOIN credit_transfer t ON a.id IN (t.source_id, t.target_id)
            WHERE a.workspace_id IS NULL
        ) accounts
        HAVING sum(balance) <> 0
        """,
    ),
    Invariant(
        "every balance is the sum of its lots less what is owed, when no more is left than held",
        """
        SELECT format('account %s: balance %s mc, lots %s mc', b.account_id, b.total_mc, l.sum)
        FROM credit_balance b
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(remaining_mc), 0) AS sum
            FROM credit_lot WHERE account_id = b.account_id
        ) l
        WHERE greatest(b.total_mc, b.held_mc) <> l.sum
        """,
    ),
    Invariant(
        "what went out without a lot was repaid by later ones or is owed",
        """
        SELECT format('account %s: balance %s mc, %s mc without a lot, %s mc repaid',
                      b.account_id, b.total_mc, t.sum, l.sum)
        FROM credit_balance b
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(amount_mc), 0) AS sum
            FROM credit_transfer WHERE holder_id = b.account_id AND lot_id IS NULL
        ) t
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(repaid_mc), 0) AS sum
            FROM credit_lot WHERE account_id = b.account_id
        ) l
        WHERE t.sum <> l.sum + greatest(b.held_mc - b.total_mc, 0)
        """,
    ),
    Invariant(
        "what remains of a lot is what its transfers and its repayment left",
        """
        SELECT format('lot %s: remaining %s mc, repaid %s mc, transfers %s mc',
                      l.id, l.remaining_mc, l.repaid_mc, t.sum)
        FROM credit_lot l
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(CASE WHEN target_id = l.account_id THEN amount_mc
                                     ELSE -amount_mc END), 0) AS sum
            FROM credit_transfer WHERE lot_id = l.id
        ) t
        WHERE l.remaining_mc + l.repaid_mc <> t.sum
        """,
    ),
    *(
        Invariant(name, violations_sql)
        for name, violations_sql in (*CALLS, *USAGE, *TOP_UPS, *DISPUTES)
    ),
    Invariant(
        "what was paid on an invoice is the sum of its settled payments less refunds",
        """
        SELECT format('invoice %s: paid %s cents, payments %s cents',
                      i.number, i.amount_paid_cents, p.sum)
        FROM invoice i
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(amount_cents - refunded_cents), 0) AS sum FROM payment
            WHERE invoice_id = i.id
              AND status IN ('SUCCEEDED', 'REFUNDED', 'PARTIALLY_REFUNDED', 'DISPUTED')
              AND NOT EXISTS (SELECT FROM balance_entry e
                              WHERE e.payment_id = payment.id AND e.kind = 'LATE_PAYMENT')
        ) p
        WHERE i.amount_paid_cents <> p.sum AND i.status <> 'VOID'
        """,
    ),
    Invariant(
        "what was given back of a payment is the sum of its refunds that went through",
        """
        SELECT format('payment %s: refunded %s cents, refunds %s cents',
                      p.id, p.refunded_cents, r.sum)
        FROM payment p
        JOIN invoice i ON i.id = p.invoice_id
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(amount_cents), 0) AS sum FROM refund
            WHERE payment_id = p.id AND status = 'SUCCEEDED'
        ) r
        -- what paid a void invoice from the balance went back to it without a refund
        WHERE p.refunded_cents <> r.sum AND NOT (p.method_id IS NULL AND i.status = 'VOID')
        """,
    ),
    Invariant(
        "what was credited of an invoice is the sum of its credit notes",
        """
        SELECT format('invoice %s: credited %s cents, credit notes %s cents',
                      i.number, i.credited_cents, n.sum)
        FROM invoice i
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(amount_cents), 0) AS sum FROM credit_note WHERE invoice_id = i.id
        ) n
        WHERE i.credited_cents <> n.sum
        """,
    ),
    Invariant(
        "a credit note says what its refund gave back of its invoice",
        """
        SELECT format('credit note %s: %s cents of a %s refund of %s cents',
                      n.number, n.amount_cents, r.status, r.amount_cents)
        FROM credit_note n JOIN refund r ON r.id = n.refund_id JOIN payment p ON p.id = r.payment_id
        WHERE n.amount_cents <> r.amount_cents OR r.status <> 'SUCCEEDED'
           OR n.invoice_id <> p.invoice_id OR n.workspace_id <> p.workspace_id
        """,
    ),
    Invariant(
        "credit notes' numbers have no gap",
        """
        SELECT format('workspace %s: %s credit notes, highest number %s, counter %s',
                      w.id, n.count, n.highest, w.credit_note_count)
        FROM workspace w
        CROSS JOIN LATERAL (
            SELECT count(*) AS count, coalesce(max(sequence), 0) AS highest
            FROM credit_note WHERE workspace_id = w.id
        ) n
        WHERE n.count <> n.highest OR n.highest <> w.credit_note_count
        """,
    ),
    Invariant(
        "every workspace's unapplied balance is the sum of its entries",
        """
        SELECT format('workspace %s: balance %s cents, %s entries, sum %s cents',
                      w.id, w.balance_cents, e.count, e.sum)
        FROM workspace w
        CROSS JOIN LATERAL (
            SELECT count(*) AS count, coalesce(sum(amount_cents), 0) AS sum
            FROM balance_entry WHERE workspace_id = w.id
        ) e
        WHERE w.balance_cents <> e.sum OR w.balance_entry_count <> e.count
        """,
    ),
    Invariant(
        "entries of the unapplied balance are counted without a gap, each with what is there then",
        """
        SELECT format('balance entry %s: sequence %s, balance %s cents', id, sequence,
                      balance_after_cents)
        FROM (
            SELECT id, sequence, balance_after_cents,
                   row_number() OVER w AS expected_sequence,
                   sum(amount_cents) OVER w AS expected_balance
            FROM balance_entry WINDOW w AS (PARTITION BY workspace_id ORDER BY sequence)
        ) e
        WHERE sequence <> expected_sequence OR balance_after_cents <> expected_balance
        """,
    ),
    Invariant(
        "money that came too late is in the unapplied balance, and what it pays was taken out",
        """
        SELECT format('payment %s: %s cents should have moved the balance, %s cents did',
                      p.id, p.expected, p.entered)
        FROM (
            SELECT p.id,
                   (SELECT coalesce(sum(amount_cents), 0) FROM balance_entry
                    WHERE payment_id = p.id) AS entered,
                   CASE WHEN p.method_id IS NULL THEN p.refunded_cents - p.amount_cents
                        WHEN (i.status = 'VOID'
                              OR EXISTS (SELECT FROM balance_entry
                                         WHERE payment_id = p.id AND kind = 'LATE_PAYMENT'))
                             AND p.status IN ('SUCCEEDED', 'PARTIALLY_REFUNDED', 'REFUNDED',
                                              'DISPUTED')
                        THEN p.amount_cents - p.refunded_cents
                             - (SELECT coalesce(sum(amount_cents), 0) FROM refund
                                WHERE payment_id = p.id AND status IN ('PENDING', 'PROCESSING'))
                             - (SELECT coalesce(sum(amount_cents), 0) FROM dispute
                                WHERE payment_id = p.id
                                  AND status IN ('NEEDS_RESPONSE', 'UNDER_REVIEW', 'LOST'))
                        ELSE 0 END
                   -- what went back and was sent back by the payer's bank
                   + (SELECT coalesce(sum(amount_cents), 0) FROM refund
                      WHERE payment_id = p.id AND status = 'SUCCEEDED' AND decline_code IS NOT NULL)
                   AS expected
            FROM payment p JOIN invoice i ON i.id = p.invoice_id
        ) p
        WHERE p.entered <> p.expected
        """,
    ),
    Invariant(
        "invoice numbers have no gap",
        """
        SELECT format('workspace %s: %s invoices, highest number %s, counter %s',
                      w.id, i.count, i.highest, w.invoice_count)
        FROM workspace w
        CROSS JOIN LATERAL (
            SELECT count(*) AS count, coalesce(max(sequence), 0) AS highest
            FROM invoice WHERE workspace_id = w.id
        ) i
        WHERE i.count <> i.highest OR i.highest <> w.invoice_count
        """,
    ),
    Invariant(
        "a paid plan's period has an invoice, which only an operator may have voided",
        """
        SELECT format('subscription %s: period from %s without an invoice', s.id, s.period_start)
        FROM subscription s
        WHERE s.period_start IS NOT NULL
          AND NOT EXISTS (
            SELECT FROM invoice i
            WHERE i.subscription_id = s.id AND i.period_start = s.period_start
              AND (i.status <> 'VOID' OR i.void_reason IS NOT NULL)
          )
        """,
    ),
    Invariant(
        "a change that waits for its money has an open invoice of its subscription",
        """
        SELECT format('pending change %s: invoice %s is %s', c.id, i.number, i.status)
        FROM pending_change c JOIN invoice i ON i.id = c.invoice_id
        WHERE i.status <> 'OPEN' OR i.subscription_id IS DISTINCT FROM c.subscription_id
        """,
    ),
    Invariant(
        "a change without an invoice is scheduled for the end of its subscription's period",
        """
        SELECT format('pending change %s: for %s, period ends %s', c.id, c.effective_at,
                      s.period_end)
        FROM pending_change c JOIN subscription s ON s.id = c.subscription_id
        WHERE c.invoice_id IS NULL AND c.effective_at IS DISTINCT FROM s.period_end
        """,
    ),
    Invariant(
        "who answers at a number is there, and of the number's workspace",
        """
        SELECT format('phone number %s: agent %s, client %s', n.id, n.agent_id, n.client_id)
        FROM phone_number n
        LEFT JOIN agent a ON a.id = n.agent_id
        LEFT JOIN client c ON c.id = n.client_id
        WHERE n.released_at IS NULL
          AND (a.workspace_id <> n.workspace_id OR a.archived_at IS NOT NULL
               OR c.workspace_id <> n.workspace_id OR c.archived_at IS NOT NULL)
        """,
    ),
    Invariant(
        "what the sandbox carrier has sold is had, on order or about to be returned",
        """
        SELECT format('sale %s: of %s', s.operation_id, s.number)
        FROM sandbox_number s
        WHERE s.rests_until IS NULL
          AND NOT EXISTS (
            SELECT FROM phone_number n
            WHERE n.id = s.operation_id AND n.number = s.number
              AND (n.released_at IS NULL OR n.is_to_be_returned)
          )
        """,
    ),
    Invariant(
        "every workspace has a subscription, an account and its owner's seat",
        """
        SELECT format('workspace %s', w.id) FROM workspace w
        WHERE NOT EXISTS (SELECT FROM subscription s WHERE s.workspace_id = w.id)
           OR NOT EXISTS (SELECT FROM credit_account a
                          JOIN credit_balance b ON b.account_id = a.id WHERE a.workspace_id = w.id)
           OR NOT EXISTS (SELECT FROM seat WHERE seat.workspace_id = w.id AND seat.is_owner)
        """,
    ),
)


async def check_books() -> list[Finding]:
    """Every invariant with what breaks it, read from one consistent snapshot."""
    findings = []
    async with in_transaction() as transaction:
        await transaction.execute_script(
            "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY;"
            # of ten million events an invariant takes minutes to look at, and nobody waits for it
            "SET LOCAL statement_timeout = 0"
        )
        for invariant in INVARIANTS:
            rows = await connections.get("default").execute_query_dict(invariant.violations_sql)
            findings.append(Finding(invariant.name, [str(row["format"]) for row in rows]))
    return findings
