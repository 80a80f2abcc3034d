"""Subscribing: what it would cost, whether it may be, and doing it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.catalog import AddOn, Plan, Resource
from models.invoices import Invoice, InvoiceReason
from models.money import Credits
from models.payments import PaymentMethod
from models.subscriptions import PendingChange, Subscription
from models.workspaces import Workspace
from services import invoices, payments
from services.answers import Answer
from services.errors import (
    BillingError,
    ChangePending,
    InvalidInput,
    NoChange,
    NotFound,
    OutstandingInvoices,
    PaymentMethodRequired,
    PlanNotSelfServe,
    PlanRequired,
    Refused,
)
from services.gateway import Gateway
from services.idempotency import Command, once
from services.invoices import InvoiceDraft, Tax
from services.locks import locked_subscription
from services.payment_methods import auto_billing_problems, default_method, method_to_charge
from services.periods import Period, period_of
from services.terms import Capacity, Holding, Terms

QUANTITY_MAX = 10_000


@dataclass(frozen=True, slots=True)
class WantedAddOn:
    """So many units of the add-on with this key."""

    add_on: str
    quantity: int


@dataclass(frozen=True, slots=True)
class SubscribeRequest:
    """What subscribe and previewSubscribe take."""

    plan: str
    add_ons: Sequence[WantedAddOn]
    payment_method_id: UUID | None
    auto_billing: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """What a change would bring: what is due now, and the renewal after it."""

    terms: Terms
    due_now: InvoiceDraft
    next: InvoiceDraft
    effective_at: datetime


@dataclass(frozen=True, slots=True)
class Preview:
    """An offer, or as much of it as can be made, and what stands in its way."""

    effective_at: datetime
    offer: Offer | None
    errors: Sequence[BillingError]

    @property
    def due_now(self) -> InvoiceDraft | None:
        return self.offer.due_now if self.offer else None

    @property
    def next(self) -> InvoiceDraft | None:
        return self.offer.next if self.offer else None

    @property
    def capacities_after(self) -> list[Capacity]:
        if self.offer is None:
            return []
        return [self.offer.terms.capacity(resource) for resource in Resource]

    @property
    def credits_granted(self) -> Credits:
        return self.offer.terms.plan.included_credits if self.offer else Credits(0)


async def preview_subscribe(workspace_id: UUID, request: SubscribeRequest) -> Preview:
    """What `subscribe` would do now, and why it would refuse. Writes nothing."""
    subscription = await Subscription.get(workspace_id=workspace_id).select_related("workspace")
    evaluation = await _evaluate(subscription, request)
    now = subscription.workspace.now
    return Preview(now, evaluation.offer, evaluation.refusals)


async def subscribe(
    command: Command, workspace_id: UUID, request: SubscribeRequest, *, gateway: Gateway
) -> Answer:
    """Put a workspace on a paid plan: charge the first period, then begin it (R1, R9, R13, R34).

    Refuses, in this order and as many as apply: InvalidInput, PlanRequired (R31),
    PlanNotSelfServe (R40), ChangePending, NoChange (R37), OutstandingInvoices (R33),
    PaymentMethodRequired (R7). After a declined charge nothing has changed and the invoice is
    void; a bank debit leaves a pending change until it settles.
    """
    opened = await once(command, lambda: _open(workspace_id, request))
    return await payments.carry_out(command, opened, gateway)


def first_period(workspace: Workspace, *, now: datetime) -> Period:
    """A new cycle begins this moment (R1, R13)."""
    return period_of(now, 0, workspace.time_zone)


def renewal_draft(
    workspace: Workspace, terms: Terms, tax: Tax | None, *, anchor: datetime, index: int
) -> InvoiceDraft:
    """What the renewal for the period number `index` bills, in advance (R2)."""
    period = period_of(anchor, index, workspace.time_zone)
    return InvoiceDraft(
        lines=terms.lines(period),
        currency=terms.plan.currency,
        tax_rate=tax,
        period=period,
        due_at=period.start,
    )


def upcoming_invoice(
    subscription: Subscription, terms: Terms, tax: Tax | None
) -> InvoiceDraft | None:
    """What the next renewal bills if nothing changes; None when there is nothing to renew.

    `subscription` comes with its workspace.
    """
    if subscription.anchor is None or subscription.cancel_at_period_end or not terms.is_billed:
        return None
    index = subscription.period_index + 1
    return renewal_draft(
        subscription.workspace, terms, tax, anchor=subscription.anchor, index=index
    )


@dataclass(frozen=True, slots=True)
class _Evaluation:
    offer: Offer | None
    method: PaymentMethod | None
    refusals: Sequence[BillingError]


async def _open(workspace_id: UUID, request: SubscribeRequest) -> Answer:
    subscription = await locked_subscription(workspace_id)
    evaluation = await _evaluate(subscription, request)
    if evaluation.refusals:
        raise Refused(evaluation.refusals)
    offer, method = evaluation.offer, evaluation.method
    assert offer is not None, "without a refusal there is an offer"
    assert method is not None, "without a refusal there is a method to charge"
    invoice = await invoices.issue(
        subscription.workspace,
        offer.due_now,
        reason=InvoiceReason.SUBSCRIBE,
        subscription_id=subscription.id,
        now=offer.effective_at,
    )
    await _note_pending(subscription, offer, invoice, auto_billing=request.auto_billing)
    payment = await payments.open_payment(invoice, method, now=offer.effective_at)
    return Answer(
        objects={
            "subscription": subscription.id,
            "invoice": invoice.id,
            "workspace": workspace_id,
        },
        collecting=payment.id,
    )


async def _evaluate(subscription: Subscription, request: SubscribeRequest) -> _Evaluation:
    workspace = subscription.workspace
    refusals: list[BillingError] = []
    terms = await _wanted_terms(workspace, request, refusals)
    refusals += await _state_refusals(subscription, terms)
    method = await _method(workspace, request, refusals)
    offer = await _offer(workspace, terms) if terms else None
    return _Evaluation(offer, method, refusals)


async def _offer(workspace: Workspace, terms: Terms) -> Offer:
    now = workspace.now
    tax = await invoices.tax_of(workspace)
    period = first_period(workspace, now=now)
    due_now = InvoiceDraft(terms.lines(period), terms.plan.currency, tax, period, due_at=now)
    next_draft = renewal_draft(workspace, terms, tax, anchor=now, index=1)
    return Offer(terms, due_now, next_draft, effective_at=now)


async def _wanted_terms(
    workspace: Workspace, request: SubscribeRequest, refusals: list[BillingError]
) -> Terms | None:
    plans = await Plan.filter(catalog_version_id=workspace.catalog_version_id).order_by("position")
    plan = next((plan for plan in plans if plan.key == request.plan), None)
    holdings = await _wanted_holdings(workspace, request.add_ons, refusals)
    if plan is None:
        keys = ", ".join(plan.key for plan in plans)
        refusals.insert(
            0,
            InvalidInput(
                f"There is no plan '{request.plan[:100]}'; there are {keys}.", path=("plan",)
            ),
        )
    elif holdings and not plan.may_have_add_ons:
        refusals.append(
            PlanRequired(f"Add-ons need a paid plan; {plan.name} has none.", path=("addOns",))
        )
    if plan is None or holdings is None:
        return None
    return Terms(plan, holdings)


async def _wanted_holdings(
    workspace: Workspace, wanted: Sequence[WantedAddOn], refusals: list[BillingError]
) -> list[Holding] | None:
    rows = await AddOn.filter(catalog_version_id=workspace.catalog_version_id)
    by_key = {row.key: row for row in rows}
    times_named = Counter(entry.add_on for entry in wanted)
    problems: list[BillingError] = []
    for index, entry in enumerate(wanted):
        where = ("addOns", str(index))
        if entry.add_on not in by_key:
            known = ", ".join(sorted(by_key, key=lambda key: by_key[key].position))
            problem = f"There is no add-on '{entry.add_on[:100]}'; there are {known}."
            problems.append(InvalidInput(problem, path=(*where, "addOn")))
        elif times_named[entry.add_on] > 1:
            problem = f"The add-on '{entry.add_on}' is named more than once; name it once."
            problems.append(InvalidInput(problem, path=(*where, "addOn")))
        else:
            problems += _quantity_problems(by_key[entry.add_on], entry.quantity, where)
    refusals += problems
    if problems:
        return None
    holdings = [Holding(by_key[entry.add_on], entry.quantity) for entry in wanted]
    return sorted(holdings, key=lambda holding: holding.add_on.position)


def _quantity_problems(add_on: AddOn, quantity: int, where: tuple[str, ...]) -> list[BillingError]:
    most = add_on.max_quantity or QUANTITY_MAX
    if 1 <= quantity <= most:
        return []
    problem = f"Between 1 and {most:,} units of '{add_on.key}' can be had, not {quantity:,}."
    return [InvalidInput(problem, path=(*where, "quantity"))]


async def _state_refusals(subscription: Subscription, terms: Terms | None) -> list[BillingError]:
    refusals: list[BillingError] = []
    if terms and not terms.plan.self_serve:
        refusals.append(PlanNotSelfServe(terms.plan.key))
    pending = await PendingChange.get_or_none(subscription_id=subscription.id).select_related(
        "invoice"
    )
    if pending:
        refusals.append(ChangePending(pending.invoice.number))
    current = await Plan.get(id=subscription.plan_id)
    if terms:
        refusals += _plan_refusals(current, terms.plan)
    if not pending:  # the invoice of a pending change is named already
        refusals += _outstanding_refusals(await invoices.outstanding(subscription.workspace_id))
    return refusals


def _plan_refusals(current: Plan, wanted: Plan) -> list[BillingError]:
    if current.id == wanted.id:
        return [NoChange(f"The workspace is on {current.name} already.", path=("plan",))]
    if not current.is_default:
        problem = f"The workspace is subscribed to {current.name}; use changePlan to leave it."
        return [InvalidInput(problem, path=("plan",))]
    return []


def _outstanding_refusals(outstanding: Sequence[Invoice]) -> list[BillingError]:
    if not outstanding:
        return []
    totals = [f"{invoice.number} ({invoice.amount_due})" for invoice in outstanding]
    return [OutstandingInvoices([invoice.id for invoice in outstanding], totals)]


async def _method(
    workspace: Workspace, request: SubscribeRequest, refusals: list[BillingError]
) -> PaymentMethod | None:
    now = workspace.now
    try:
        method = await method_to_charge(workspace.id, request.payment_method_id, now=now)
    except (NotFound, PaymentMethodRequired) as refusal:
        refusals.append(refusal)
        return None
    if request.auto_billing:
        refusals += auto_billing_problems(await default_method(workspace.id), now=now)
    return method


async def _note_pending(
    subscription: Subscription, offer: Offer, invoice: Invoice, *, auto_billing: bool
) -> None:
    await PendingChange.create(
        subscription_id=subscription.id,
        plan_id=offer.terms.plan.id,
        add_ons=[
            {"add_on_id": str(holding.add_on.id), "quantity": holding.quantity}
            for holding in offer.terms.holdings
        ],
        auto_billing=auto_billing,
        invoice_id=invoice.id,
        effective_at=offer.effective_at,
    )
