"""Subscribing: what it would cost, whether it may be, and doing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.catalog import CatalogVersion, Plan
from models.invoices import InvoiceReason
from models.money import Credits, Money
from models.payments import PaymentMethod
from models.subscriptions import Subscription
from models.workspaces import Workspace
from services import agenda, catalog, invoices, payments, pending_changes
from services.answers import Answer
from services.choices import WantedAddOn, holdings_called, plan_called
from services.errors import (
    BillingError,
    InvalidInput,
    NoChange,
    NotFound,
    PaymentMethodRequired,
    PlanNotSelfServe,
    PlanRequired,
    Refused,
)
from services.gateway import Gateway
from services.idempotency import Command, once
from services.invoices import InvoiceDraft, Tax
from services.locks import locked_subscription
from services.payment_attempts import open_payment
from services.payment_methods import auto_billing_problems, default_method, method_to_charge
from services.periods import Period, period_of
from services.previews import Preview
from services.terms import Terms


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


async def preview_subscribe(workspace_id: UUID, request: SubscribeRequest) -> Preview:
    """What `subscribe` would do now, and why it would refuse. Writes nothing."""
    subscription = await Subscription.get(workspace_id=workspace_id).select_related("workspace")
    evaluation = await _evaluate(subscription, request)
    offer = evaluation.offer
    return Preview(
        effective_at=subscription.workspace.now,
        due_now=offer.due_now if offer else None,
        next=offer.next if offer else None,
        capacities_after=offer.terms.capacities if offer else [],
        credits_granted=offer.terms.included_credits if offer else Credits(0),
        errors=evaluation.refusals,
    )


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
    workspace: Workspace,
    terms: Terms,
    tax: Tax | None,
    *,
    anchor: datetime,
    index: int,
    auto_billing: bool,
    used_before: Money | None = None,
) -> InvoiceDraft:
    """What the renewal for the period number `index` bills, in advance (R2).

    `used_before`: what an invoice that comes before it will use of the unapplied balance.
    """
    period = period_of(anchor, index, workspace.time_zone)
    return InvoiceDraft(
        lines=terms.lines(period),
        currency=terms.plan.currency,
        tax_rate=tax,
        period=period,
        due_at=period.start + terms.payment_takes(auto_billing=auto_billing),
        balance_cents=workspace.balance_cents - (used_before.cents if used_before else 0),
        contract=terms.contract,
        contract_credits=terms.included_credits if terms.contract else None,
    )


def upcoming_invoice(
    subscription: Subscription, terms: Terms, tax: Tax | None
) -> InvoiceDraft | None:
    """What the next renewal bills if nothing changes; None when there is nothing to renew.

    `subscription` comes with its workspace.
    """
    if subscription.anchor is None or subscription.cancel_at_period_end or not terms.is_billed:
        return None
    return renewal_draft(
        subscription.workspace,
        terms,
        tax,
        anchor=subscription.anchor,
        index=subscription.period_index + 1,
        auto_billing=subscription.auto_billing,
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
    invoice = await invoices.issue(
        subscription.workspace,
        offer.due_now,
        reason=InvoiceReason.SUBSCRIBE,
        subscription_id=subscription.id,
        now=offer.effective_at,
    )
    await pending_changes.wait_for(
        invoice, subscription, offer.terms, auto_billing=request.auto_billing
    )
    objects = {
        "subscription": subscription.id,
        "invoice": invoice.id,
        "workspace": workspace_id,
    }
    if invoice.amount_due.cents == 0:
        await pending_changes.take_effect(invoice, subscription, now=offer.effective_at)
        await agenda.note_next(subscription)
        return Answer(objects=objects)
    assert method is not None, "without a refusal there is a method to charge"
    payment = await open_payment(invoice, method, now=offer.effective_at, payer_present=True)
    return Answer(objects=objects, collecting=payment.id)


async def _evaluate(subscription: Subscription, request: SubscribeRequest) -> _Evaluation:
    workspace = subscription.workspace
    refusals: list[BillingError] = []
    current = await Plan.get(id=subscription.plan_id)
    version = await catalog.version_to_subscribe_under(current)
    terms = await _wanted_terms(version, request, refusals)
    refusals += await _state_refusals(subscription, current, terms)
    offer = await _offer(workspace, terms, version, request) if terms else None
    method = await _method(workspace, request, offer, refusals)
    return _Evaluation(offer, method, refusals)


async def _offer(
    workspace: Workspace, terms: Terms, version: CatalogVersion, request: SubscribeRequest
) -> Offer:
    now = workspace.now
    tax = await invoices.tax_of(workspace, version)
    period = first_period(workspace, now=now)
    due_now = InvoiceDraft(
        terms.lines(period),
        terms.plan.currency,
        tax,
        period,
        due_at=now,
        balance_cents=workspace.balance_cents,
    )
    next_draft = renewal_draft(
        workspace,
        terms,
        tax,
        anchor=now,
        index=1,
        auto_billing=request.auto_billing,
        used_before=due_now.balance_applied,
    )
    return Offer(terms, due_now, next_draft, effective_at=now)


async def _wanted_terms(
    version: CatalogVersion, request: SubscribeRequest, refusals: list[BillingError]
) -> Terms | None:
    plan = await plan_called(request.plan, version.id, refusals)
    holdings = await holdings_called(request.add_ons, version.id, refusals)
    if plan and holdings and not plan.may_have_add_ons:
        refusals.append(
            PlanRequired(f"Add-ons need a paid plan; {plan.name} has none.", path=("addOns",))
        )
    return None if plan is None or holdings is None else Terms(plan, holdings)


async def _state_refusals(
    subscription: Subscription, current: Plan, terms: Terms | None
) -> list[BillingError]:
    refusals: list[BillingError] = []
    if terms and not terms.plan.self_serve:
        refusals.append(PlanNotSelfServe(terms.plan.key))
    waiting = await pending_changes.refusals(subscription)
    refusals += waiting
    if terms:
        refusals += _plan_refusals(current, terms.plan)
    if not waiting:  # the invoice of a pending change is named already
        refusals += await invoices.outstanding_refusals(subscription.workspace_id)
    return refusals


def _plan_refusals(current: Plan, wanted: Plan) -> list[BillingError]:
    if current.id == wanted.id or (current.is_default and wanted.is_default):
        return [NoChange(f"The workspace is on {current.name} already.", path=("plan",))]
    if not current.is_default:
        problem = f"The workspace is subscribed to {current.name}; use changePlan to leave it."
        return [InvalidInput(problem, path=("plan",))]
    return []


async def _method(
    workspace: Workspace,
    request: SubscribeRequest,
    offer: Offer | None,
    refusals: list[BillingError],
) -> PaymentMethod | None:
    now = workspace.now
    is_paid = offer is not None and offer.due_now.amount_due.cents == 0
    if is_paid and not request.auto_billing and request.payment_method_id is None:
        return None  # the unapplied balance pays all of it, and nothing is to be charged later
    try:
        method = await method_to_charge(workspace.id, request.payment_method_id, now=now)
    except (NotFound, PaymentMethodRequired) as refusal:
        refusals.append(refusal)
        return None
    if request.auto_billing:
        refusals += auto_billing_problems(await default_method(workspace.id), now=now)
    return method
