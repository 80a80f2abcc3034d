"""What follows from the paid charges of many plain renewals, in one transaction.

What payments.settle, renewals.paid and ledger.Book do for one, for a batch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise.transactions import in_transaction
from uuid_utils.compat import uuid7

from models.catalog import Plan
from models.credits import CreditGrantSource
from models.invoices import InvoiceStatus
from models.money import Credits, Money
from models.payments import UNDECIDED, PaymentStatus
from models.refunds import UNDECIDED_REFUNDS
from services import credits, ledger
from services.bulk import connection_of, copy
from services.periods import Period

_UNDECIDED_REFUNDS = ", ".join(f"'{status}'" for status in UNDECIDED_REFUNDS)
REFUND_UNDER_WAY = f"""
    EXISTS (SELECT FROM refund r
            WHERE r.workspace_id = s.workspace_id AND r.status IN ({_UNDECIDED_REFUNDS}))
"""
"""Of a subscription `s`: money of its workspace is on its way back."""
_UNDECIDED = ", ".join(f"'{status}'" for status in UNDECIDED)
# For all at once, so that at the worst the planner goes through all that is undecided once.
_PAYING_SOMETHING_ELSE = f"""
    SELECT s.id FROM subscription s JOIN payment o ON o.workspace_id = s.workspace_id
    WHERE s.id = ANY($1) AND o.status IN ({_UNDECIDED}) AND o.id <> ALL($2)
"""  # noqa: S608 - of our own constants


@dataclass(frozen=True, slots=True)
class BilledRenewal:
    """A renewal that is billed, and about to be charged."""

    subscription_id: UUID
    account_id: UUID
    invoice_id: UUID
    payment_id: UUID
    period: Period
    total: Money
    method_reference: str
    plan: Plan


async def settle_together(
    succeeded: Mapping[UUID, tuple[BilledRenewal, str]], *, now: datetime
) -> set[UUID]:
    """What payments.settle does for a paid renewal. Returns the subscriptions for which it did."""
    async with in_transaction() as transaction:
        connection = connection_of(transaction)
        await connection.execute(
            "SELECT FROM subscription WHERE id = ANY($1) ORDER BY id FOR UPDATE", list(succeeded)
        )
        wanted = [succeeded[key] for key in await _unchanged(connection, succeeded)]
        if not wanted:
            return set()
        await _book_payments(connection, wanted, now=now)
        book = await _LotsOfMany.lock(connection, [each.account_id for each, _ in wanted], now=now)
        for renewal, _ in wanted:
            book.expire(renewal.account_id)
            if now < renewal.period.end and renewal.plan.included_credits_mc:
                book.grant(renewal)
        await book.write(connection)
        await connection.execute(
            """
            UPDATE subscription s SET due_at = n.due_at
            FROM unnest($1::uuid[], $2::timestamptz[]) AS n (id, due_at) WHERE s.id = n.id
            """,
            [renewal.subscription_id for renewal, _ in wanted],
            [book.next_due(renewal) for renewal, _ in wanted],
        )
    return {renewal.subscription_id for renewal, _ in wanted}


async def _unchanged(
    connection: Any, succeeded: Mapping[UUID, tuple[BilledRenewal, str]]
) -> list[UUID]:
    """Those whose payment still waits and whose period is still the one that was billed.

    A refund or another payment under way has its own time, which `_LotsOfMany.next_due` does not
    know.

    Looked at here, not in a WHERE: the planner believes that next to nothing is pending or open,
    and would begin at all that is.
    """
    payment_ids = [renewal.payment_id for renewal, _ in succeeded.values()]
    others = await connection.fetch(_PAYING_SOMETHING_ELSE, list(succeeded), payment_ids)
    is_paying_something_else = {row["id"] for row in others}
    rows = await connection.fetch(
        f"""
        SELECT s.id, s.period_start,
               (s.status, p.status, i.status) = ('ACTIVE', 'PENDING', 'OPEN')
               AND i.amount_paid_cents = 0 AND NOT {REFUND_UNDER_WAY} AS waits
        FROM unnest($1::uuid[], $2::uuid[]) AS n (subscription_id, payment_id)
        JOIN subscription s ON s.id = n.subscription_id
        JOIN payment p ON p.id = n.payment_id
        JOIN invoice i ON i.id = p.invoice_id
        ORDER BY s.id FOR UPDATE OF i, p
        """,  # noqa: S608 - of our own constants
        list(succeeded),
        payment_ids,
    )
    return [
        row["id"]
        for row in rows
        if row["waits"]
        and row["period_start"] == succeeded[row["id"]][0].period.start
        and row["id"] not in is_paying_something_else
    ]


async def _book_payments(
    connection: Any, wanted: Sequence[tuple[BilledRenewal, str]], *, now: datetime
) -> None:
    invoice_ids = [renewal.invoice_id for renewal, _ in wanted]
    await connection.execute(
        """
        UPDATE payment p SET status = $3, decided_at = $4, gateway_reference = n.reference
        FROM unnest($1::uuid[], $2::text[]) AS n (id, reference) WHERE p.id = n.id
        """,
        [renewal.payment_id for renewal, _ in wanted],
        [reference for _, reference in wanted],
        PaymentStatus.SUCCEEDED,
        now,
    )
    await connection.execute(
        "UPDATE invoice SET status = $2, amount_paid_cents = total_cents, paid_at = $3 "
        "WHERE id = ANY($1)",
        invoice_ids,
        InvoiceStatus.PAID,
        now,
    )
    await connection.execute("DELETE FROM dunning WHERE invoice_id = ANY($1)", invoice_ids)


class _LotsOfMany:
    """What ledger.Book does, for the books of many holders at once; their balances are locked."""

    def __init__(
        self,
        balances: Sequence[Mapping[str, Any]],
        lots: Sequence[Mapping[str, Any]],
        calls_due: Mapping[UUID, datetime],
        now: datetime,
    ) -> None:
        self._now = now
        self._calls_due = calls_due
        self._total_mc = {row["account_id"]: row["total_mc"] for row in balances}
        self._held_mc = {row["account_id"]: row["held_mc"] for row in balances}
        self._count = {row["account_id"]: row["entry_count"] for row in balances}
        self._dead: dict[UUID, list[Mapping[str, Any]]] = defaultdict(list)
        self._expiry: dict[UUID, datetime] = {}
        for lot in lots:  # earliest expiry first
            if now >= lot["expires_at"]:
                self._dead[lot["account_id"]].append(lot)
            else:
                self._expiry.setdefault(lot["account_id"], lot["expires_at"])
        self._lots: list[dict[str, Any]] = []
        self._transfers: list[dict[str, Any]] = []

    @classmethod
    async def lock(
        cls, connection: Any, account_ids: Collection[UUID], *, now: datetime
    ) -> _LotsOfMany:
        """Lock the balances; read the lots that may expire, and when calls are due."""
        ids = list(account_ids)
        balances = await connection.fetch(
            "SELECT account_id, total_mc, held_mc, entry_count FROM credit_balance "
            "WHERE account_id = ANY($1) ORDER BY account_id FOR UPDATE",
            ids,
        )
        lots = await connection.fetch(
            "SELECT id, account_id, remaining_mc - held_mc AS free_mc, expires_at FROM credit_lot "
            "WHERE account_id = ANY($1) AND remaining_mc > held_mc AND expires_at IS NOT NULL "
            "ORDER BY expires_at, id",
            ids,
        )
        calls = await connection.fetch(
            "SELECT a.id, min(c.next_at) AS due FROM credit_account a "
            "JOIN call c ON c.workspace_id = a.workspace_id AND c.next_at IS NOT NULL "
            "WHERE a.id = ANY($1) GROUP BY a.id",
            ids,
        )
        return cls(balances, lots, {row["id"]: row["due"] for row in calls}, now)

    def expire(self, account_id: UUID) -> None:
        """Book the end of each lot that is dead by now."""
        for lot in self._dead[account_id]:
            self._move(
                account_id,
                lot["id"],
                -lot["free_mc"],
                other=ledger.EXPIRED,
                why=ledger.expiry_of(lot["expires_at"]),
            )

    def grant(self, renewal: BilledRenewal) -> None:
        """The period's credits."""
        plan, lot_id = renewal.plan, uuid7()
        granted_mc = plan.included_credits_mc
        available_mc = self._total_mc[renewal.account_id] - self._held_mc[renewal.account_id]
        repaid_mc = ledger.repayment_mc(Credits(available_mc), granted_mc)
        expires_at = None if plan.credits_roll_over else renewal.period.end
        self._lots.append(
            {
                "id": lot_id,
                "created_at": self._now,
                "account_id": renewal.account_id,
                "source": CreditGrantSource.PLAN,
                "priority": ledger.PRIORITY_DEFAULT,
                "granted_mc": granted_mc,
                "remaining_mc": granted_mc - repaid_mc,
                "repaid_mc": repaid_mc,
                "granted_at": self._now,
                "expires_at": expires_at,
                "invoice_id": renewal.invoice_id,
                "subscription_id": renewal.subscription_id,
                "plan_id": plan.id,
                "period_start": renewal.period.start,
            }
        )
        if expires_at is not None:
            before = self._expiry.get(renewal.account_id, expires_at)
            self._expiry[renewal.account_id] = min(before, expires_at)
        self._move(
            renewal.account_id,
            lot_id,
            granted_mc,
            other=ledger.ISSUED,
            why=credits.plan_grant(plan, now=self._now),
        )

    def next_due(self, renewal: BilledRenewal) -> datetime:
        """When something falls due next: the period's end, or credits or a call before it."""
        end = renewal.period.end
        expiry, call = (due.get(renewal.account_id, end) for due in (self._expiry, self._calls_due))
        return min(expiry, call, end)

    async def write(self, connection: Any) -> None:
        """Lots and transfers, then the balances after them."""
        dead = [lot["id"] for lots in self._dead.values() for lot in lots]
        await connection.execute(
            "UPDATE credit_lot SET remaining_mc = held_mc WHERE id = ANY($1)", dead
        )
        await copy(connection, "credit_lot", self._lots)
        await copy(connection, "credit_transfer", self._transfers)
        await connection.execute(
            """
            UPDATE credit_balance b SET total_mc = n.total, entry_count = n.count
            FROM unnest($1::uuid[], $2::bigint[], $3::bigint[]) AS n (id, total, count)
            WHERE b.account_id = n.id
            """,
            list(self._total_mc),
            list(self._total_mc.values()),
            list(self._count.values()),
        )

    def _move(
        self, account_id: UUID, lot_id: UUID, amount_mc: int, *, other: UUID, why: ledger.Why
    ) -> None:
        self._total_mc[account_id] += amount_mc
        self._count[account_id] += 1
        came_in = amount_mc > 0
        self._transfers.append(
            {
                "id": uuid7(),
                "created_at": self._now,
                "source_id": other if came_in else account_id,
                "target_id": account_id if came_in else other,
                "holder_id": account_id,
                "sequence": self._count[account_id],
                "lot_id": lot_id,
                "amount_mc": abs(amount_mc),
                "balance_after_mc": self._total_mc[account_id],
                "kind": why.kind,
                "description": why.description,
                "occurred_at": why.occurred_at,
            }
        )
