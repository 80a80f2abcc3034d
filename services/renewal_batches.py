"""Plain renewals, hundreds in one transaction.

The rules are those of renewals.py and payments.py; only the way to the database is another: whole
batches are read by one statement and written by COPY. What is not plain (a contract, unapplied
balance, a scheduled change, a payment or refund under way, dunning, a cancellation, no card that
can be charged) is left to clock.py.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from tortoise.transactions import in_transaction
from uuid_utils.compat import uuid7

from models.catalog import AddOn, CatalogVersion, Plan
from models.invoices import InvoiceReason
from models.money import Money
from models.payments import UNDECIDED, PaymentStatus
from models.workspaces import BillingAddress
from services import dunning, invoices, jobs, payments, sellers
from services.bulk import connection_of, copy
from services.gateway import Charge, Gateway, GatewayUnavailable, Outcome, Succeeded
from services.invoices import InvoiceDraft
from services.jobs import Job
from services.periods import period_of
from services.renewal_settlements import REFUND_UNDER_WAY, BilledRenewal, settle_together
from services.terms import Holding, Terms

logger = logging.getLogger(__name__)

BATCH_SIZE = 500
CHARGES_AT_ONCE = 32
# What was begun and not finished, because this process died, is due again by then.
LOOK_AGAIN_AFTER = timedelta(minutes=2)

_UNDECIDED = ", ".join(f"'{status}'" for status in UNDECIDED)
PLAIN = f"""
    s.due_at <= $1 AND s.due_at = s.period_end AND s.status = 'ACTIVE'
    AND s.auto_billing AND NOT s.cancel_at_period_end AND s.contract_id IS NULL
    AND NOT EXISTS (SELECT FROM workspace b WHERE b.id = s.workspace_id AND b.balance_cents <> 0)
    AND NOT EXISTS (SELECT FROM pending_change c WHERE c.subscription_id = s.id)
    AND NOT EXISTS (SELECT FROM dunning d WHERE d.workspace_id = s.workspace_id)
    AND NOT EXISTS (SELECT FROM payment p
                    WHERE p.workspace_id = s.workspace_id AND p.status IN ({_UNDECIDED}) OFFSET 0)
    AND NOT {REFUND_UNDER_WAY}
    AND EXISTS (SELECT FROM payment_method m
                WHERE m.workspace_id = s.workspace_id AND m.is_default
                  AND (m.expires_year IS NULL OR m.expires_month IS NULL
                       OR make_date(m.expires_year, m.expires_month, 1)
                          >= date_trunc('month', $1 AT TIME ZONE 'UTC')))
"""  # noqa: S608 - of our own constants, as the one below
"""Of a subscription `s` at the instant $1: its next step is a renewal by the default method.

OFFSET 0 keeps the planner from joining: it believes that there are no undecided payments, as there
mostly are not, and would go through all of them for every subscription when there are thousands.
"""

# By the index alone: the planner cannot know how many are plain, and would look at all that is due
# to find the first few. What is not plain is locked as well, until the others are billed.
DUE = """
    SELECT id, due_at FROM subscription WHERE due_at <= $1 AND (due_at, id) > ($2, $3)
    ORDER BY due_at, id LIMIT $4 FOR UPDATE SKIP LOCKED
"""
# Under the lock, so that what makes it plain does not change any more.
_READ = f"""
    SELECT s.id, s.workspace_id, s.plan_id, s.anchor, s.period_index, w.time_zone, w.name, w.email,
           w.catalog_version_id, w.invoice_prefix, w.invoice_count,
           m.id AS method_id, m.gateway_reference, a.id AS account_id
    FROM subscription s
    JOIN workspace w ON w.id = s.workspace_id
    JOIN payment_method m ON m.workspace_id = s.workspace_id AND m.is_default
    JOIN credit_account a ON a.workspace_id = s.workspace_id
    WHERE s.id = ANY($2) AND {PLAIN}
    ORDER BY s.id
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far the list of what is due has been gone through."""

    due_at: datetime
    subscription_id: UUID


BEGINNING = Cursor(datetime.min.replace(tzinfo=UTC), UUID(int=0))


@dataclass(slots=True)
class Batch:
    """What one transaction has opened; `next` is where the list goes on, None at its end."""

    opened: list[BilledRenewal] = field(default_factory=list)
    next: Cursor | None = None


class PriceLists:
    """Plans, add-ons and taxes, and who sells them: read once per run."""

    def __init__(self) -> None:
        self.plans: dict[UUID, Plan] = {}
        self.add_ons: dict[UUID, AddOn] = {}
        self.versions: dict[UUID, CatalogVersion] = {}
        self.seller: dict[str, Any] = {}

    async def read(self) -> None:
        """Read what there is."""
        self.plans = {row.id: row for row in await Plan.all()}
        self.add_ons = {row.id: row for row in await AddOn.all()}
        self.versions = {row.id: row for row in await CatalogVersion.all()}
        self.seller = (await sellers.current()).to_json()


async def run(gateway: Gateway, *, size: int = BATCH_SIZE) -> int:
    """Renew every plain subscription that is due in real time. Returns how many were billed.

    Any number of processes may do so at once, and be killed: each subscription is one's at a time.
    """
    lists = PriceLists()
    await lists.read()
    cursor: Cursor | None = BEGINNING
    renewed = 0
    while cursor is not None:
        batch = await open_batch(lists, after=cursor, now=datetime.now(UTC), size=size)
        outcomes = await charge(batch.opened, gateway, now=datetime.now(UTC))
        await settle_batch(outcomes, now=datetime.now(UTC))
        renewed += len(batch.opened)
        cursor = batch.next
    return renewed


async def open_batch(lists: PriceLists, *, after: Cursor, now: datetime, size: int) -> Batch:
    """Begin the next period of up to `size` subscriptions: invoices and payments are written."""
    async with in_transaction() as transaction:
        connection = connection_of(transaction)
        due = await connection.fetch(DUE, now, after.due_at, after.subscription_id, size)
        ids = [row["id"] for row in due]
        rows = await connection.fetch(_READ, now, ids)
        holdings = await _holdings(connection, ids, lists)
        addresses = await _addresses([row["workspace_id"] for row in rows])
        writer = _Writer(lists, now)
        for row in rows:
            try:
                writer.add(row, holdings[row["id"]], addresses.get(row["workspace_id"]))
            except Exception:  # a zone that is known no more, say: the others are due all the same
                logger.exception("subscription %s cannot be renewed; it is left out", row["id"])
        await writer.write(connection)
    following = Cursor(due[-1]["due_at"], due[-1]["id"]) if len(due) == size else None
    return Batch(writer.opened, following)


async def charge(
    opened: Sequence[BilledRenewal], gateway: Gateway, *, now: datetime
) -> list[tuple[BilledRenewal, Outcome]]:
    """Ask the provider for the money, many at once. What it does not answer stays pending."""
    turns = asyncio.Semaphore(CHARGES_AT_ONCE)

    async def one(renewal: BilledRenewal) -> tuple[BilledRenewal, Outcome] | None:
        wanted = Charge(renewal.payment_id, renewal.method_reference, renewal.total, at=now)
        async with turns:
            try:
                return renewal, await gateway.charge(wanted)
            except GatewayUnavailable:
                return None

    answers = await asyncio.gather(*(one(renewal) for renewal in opened))
    return [answer for answer in answers if answer is not None]


async def settle_batch(outcomes: Sequence[tuple[BilledRenewal, Outcome]], *, now: datetime) -> None:
    """Book what became of the charges: those that succeeded together, the others one by one."""
    succeeded = {
        renewal.subscription_id: (renewal, outcome.reference)
        for renewal, outcome in outcomes
        if isinstance(outcome, Succeeded)
    }
    settled = await settle_together(succeeded, now=now) if succeeded else set()
    for renewal, outcome in outcomes:
        if renewal.subscription_id not in settled:
            await payments.settle(renewal.payment_id, outcome)


class _Writer:
    """The rows of one batch, gathered and then written table by table."""

    def __init__(self, lists: PriceLists, now: datetime) -> None:
        self.opened: list[BilledRenewal] = []
        self._lists, self._now = lists, now
        self._invoices: list[dict[str, Any]] = []
        self._subscriptions: list[tuple[Any, ...]] = []
        self._payments: list[dict[str, Any]] = []
        self._dunning: list[dict[str, Any]] = []
        self._not_plain: list[str] = []

    def add(
        self, row: Mapping[str, Any], holdings: list[Holding], address: BillingAddress | None
    ) -> None:
        """One subscription: what renewals.renew does."""
        now, index = self._now, row["period_index"] + 1
        terms = Terms(self._lists.plans[row["plan_id"]], holdings)
        period = period_of(row["anchor"], index, row["time_zone"])
        version = self._lists.versions[row["catalog_version_id"]]
        draft = InvoiceDraft(
            terms.lines(period),
            terms.plan.currency,
            invoices.tax_for(version, address),
            period,
            due_at=now,
        )
        if draft.amount_due.cents == 0:  # too little to be charged (docs/decisions/0019)
            self._not_plain.append(str(row["workspace_id"]))
            return
        invoice_id, payment_id = uuid7(), uuid7()
        sequence = row["invoice_count"] + 1
        columns = invoices.columns_of(
            draft,
            sequence=sequence,
            number=invoices.number_of(row["invoice_prefix"], sequence),
            buyer=invoices.buyer_of(row["name"], row["email"], row["time_zone"], address),
            seller=self._lists.seller,
            now=now,
        )
        total = Money(columns["total_cents"], draft.currency)
        self._invoices.append(
            columns
            | {
                "id": invoice_id,
                "created_at": now,
                "workspace_id": row["workspace_id"],
                "subscription_id": row["id"],
                "reason": InvoiceReason.RENEWAL,
                "lines": orjson.dumps(columns["lines"]).decode(),
                "buyer": orjson.dumps(columns["buyer"]).decode(),
                "seller": orjson.dumps(columns["seller"]).decode(),
            }
        )
        self._payments.append(
            {
                "id": payment_id,
                "created_at": now,
                "workspace_id": row["workspace_id"],
                "invoice_id": invoice_id,
                "method_id": row["method_id"],
                "status": PaymentStatus.PENDING,
                "amount_cents": total.cents,
                "refunded_cents": 0,
                "currency": draft.currency,
                "opened_at": now,
            }
        )
        self._dunning.append(
            {
                "id": uuid7(),
                "created_at": now,
                "workspace_id": row["workspace_id"],
                "invoice_id": invoice_id,
                "is_automatic": True,
                "step": 0,
                "next_at": now + dunning.SCHEDULE[0].after,
            }
        )
        self._subscriptions.append(
            (row["id"], row["workspace_id"], index, period.start, period.end)
        )
        self.opened.append(
            BilledRenewal(
                row["id"],
                row["account_id"],
                invoice_id,
                payment_id,
                period,
                total,
                row["gateway_reference"],
                terms.plan,
            )
        )

    async def write(self, connection: Any) -> None:
        """In the caller's transaction, under the subscriptions' locks."""
        await jobs.enqueue(Job.WORKSPACE, self._not_plain)
        if not self.opened:
            return
        ids, workspaces, indexes, starts, ends = zip(*self._subscriptions, strict=True)
        await connection.execute(
            """
            UPDATE subscription s SET period_index = n.index, period_start = n.start,
                                      period_end = n.end, due_at = $5
            FROM unnest($1::uuid[], $2::int[], $3::timestamptz[], $4::timestamptz[])
                 AS n (id, index, start, "end")
            WHERE s.id = n.id
            """,
            ids,
            indexes,
            starts,
            ends,
            self._now + LOOK_AGAIN_AFTER,
        )
        await connection.execute(
            "UPDATE workspace SET invoice_count = invoice_count + 1 WHERE id = ANY($1)", workspaces
        )
        await copy(connection, "invoice", self._invoices)
        await copy(connection, "payment", self._payments)
        await copy(connection, "dunning", self._dunning)


async def _holdings(
    connection: Any, ids: Sequence[UUID], lists: PriceLists
) -> dict[UUID, list[Holding]]:
    rows = await connection.fetch(
        "SELECT i.subscription_id, i.add_on_id, i.quantity FROM subscription_item i "
        "JOIN add_on a ON a.id = i.add_on_id WHERE i.subscription_id = ANY($1) ORDER BY a.position",
        ids,
    )
    found: dict[UUID, list[Holding]] = defaultdict(list)
    for row in rows:
        found[row["subscription_id"]].append(
            Holding(lists.add_ons[row["add_on_id"]], row["quantity"])
        )
    return found


async def _addresses(workspace_ids: Sequence[UUID]) -> dict[UUID, BillingAddress]:
    found = await BillingAddress.filter(workspace_id__in=workspace_ids)
    return {address.workspace_id: address for address in found}
