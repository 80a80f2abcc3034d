"""Contracts: price, credits and limits agreed with one workspace, by an operator (R40).

A workspace that comes onto a contract has it at once and an open invoice to pay by hand; a later
contract holds from the next period on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from models.catalog import CatalogVersion, Plan, Resource
from models.contracts import Contract
from models.invoices import Invoice, InvoiceReason
from models.money import Credits, Money
from models.subscriptions import Subscription
from services import (
    agenda,
    capacities,
    catalog,
    dunning,
    invoices,
    pending_changes,
    proration,
    renewals,
)
from services.answers import Answer
from services.credits import ADJUSTMENT_MAX
from services.errors import (
    BillingError,
    InvalidInput,
    NoChange,
    PlanRequired,
    Refused,
    RenewalDue,
)
from services.idempotency import Command, once
from services.inputs import money
from services.invoices import InvoiceDraft, Line
from services.locks import locked_subscription
from services.periods import Period, period_of
from services.situations import Situation, situation_of
from services.terms import Terms

PRICE_MAX = Decimal(10_000_000)
DUE_DAYS_MAX = 90
QUANTITY_MAX = 1_000_000


@dataclass(frozen=True, slots=True)
class AgreedAllowance:
    """How much of a resource was agreed; None: unlimited."""

    resource: Resource
    quantity: int | None


@dataclass(frozen=True, slots=True)
class ContractRequest:
    """What setContract takes. Of resources that are not named the plan's allowance holds."""

    monthly_price: Decimal
    included_credits: Credits
    allowances: Sequence[AgreedAllowance]
    invoice_due_days: int


@dataclass(frozen=True, slots=True)
class _Bill:
    """What coming onto a contract is billed with, and the credits that come when it is paid."""

    reason: InvoiceReason
    period: Period
    lines: Sequence[Line]
    credits: Credits


async def set_contract(command: Command, workspace_id: UUID, request: ContractRequest) -> Answer:
    """Put a workspace on the plan that is agreed by contract, or change what was agreed.

    From a free plan a cycle begins now; from another paid plan the rest of the period is prorated.
    Both hold at once and leave an open invoice that is not charged by itself. On a contract already
    (or when the present plan costs no less) the new one begins with the next period.

    Refuses, as many as apply: InvalidInput, PlanRequired, RenewalDue, ChangePending, NoChange,
    OutstandingInvoices (for what is billed now), CapacityInUse.
    """
    return await once(command, lambda: _set(workspace_id, request))


async def latest(subscription: Subscription) -> Contract | None:
    """What was last agreed with a workspace, in force or not."""
    contracts = Contract.filter(workspace_id=subscription.workspace_id)
    return await contracts.order_by("-id").first()


async def _set(workspace_id: UUID, request: ContractRequest) -> Answer:
    subscription = await locked_subscription(workspace_id)
    contract, plan = await _contract(subscription, request)
    waiting = await pending_changes.refusals(subscription)
    if waiting:
        raise Refused(waiting)
    if subscription.period_end is None:
        return await _begin(subscription, Terms(plan, [], contract))
    if subscription.period_end <= subscription.workspace.now:
        raise RenewalDue
    situation = await situation_of(subscription)
    lasting = Terms(plan, situation.lasting_add_ons, contract)
    if situation.terms.contract or contract.price <= situation.terms.price:
        return await _follow(situation, lasting)
    return await _upgrade(situation, lasting)


async def _begin(subscription: Subscription, terms: Terms) -> Answer:
    """From a free plan: a cycle begins now (R13)."""
    await _refuse_in_the_way(subscription, await capacities.terms_of(subscription), terms)
    workspace = subscription.workspace
    period = period_of(workspace.now, 0, workspace.time_zone)
    bill = _Bill(InvoiceReason.SUBSCRIBE, period, terms.lines(period), terms.included_credits)
    invoice = await _issue(subscription, terms, bill)
    pending_changes.begin_cycle(subscription, invoice)
    await pending_changes.put_on(subscription, terms)
    return await _billed(subscription, invoice)


async def _upgrade(situation: Situation, lasting: Terms) -> Answer:
    """From a plan that costs less: the rest of the period is prorated (R34, R36)."""
    subscription, present = situation.subscription, situation.terms
    terms = Terms(lasting.plan, present.holdings, lasting.contract)
    await _refuse_in_the_way(subscription, present, terms)
    left = situation.part_left
    bill = _Bill(
        InvoiceReason.CHANGE,
        situation.rest,
        proration.plan_lines(present, terms, left, situation.rest),
        proration.upgrade_credits(present.included_credits, terms.included_credits, left),
    )
    invoice = await _issue(subscription, terms, bill)
    subscription.cancel_at_period_end, subscription.cancel_reason = False, None
    await pending_changes.put_on(subscription, terms)
    await pending_changes.schedule(subscription, None if lasting.same_as(terms) else lasting)
    return await _billed(subscription, invoice)


async def _follow(situation: Situation, lasting: Terms) -> Answer:
    """On a contract already: the new one begins with the next period, and bills nothing now."""
    subscription = situation.subscription
    if lasting.same_as(situation.after) and not subscription.cancel_at_period_end:
        raise NoChange("The contract is as wanted already.")
    shortages = await capacities.shortages(
        subscription.workspace_id, lasting, lowered_from=situation.after
    )
    if shortages:
        raise Refused(shortages)
    assert lasting.contract is not None
    await lasting.contract.save(force_create=True)
    subscription.cancel_at_period_end, subscription.cancel_reason = False, None
    await subscription.save(update_fields=["cancel_at_period_end", "cancel_reason"])
    then = None if lasting.same_as(situation.terms) else lasting
    await pending_changes.schedule(subscription, then)
    await agenda.note_next(subscription)
    return Answer(objects={"subscription": subscription.id})


async def _refuse_in_the_way(subscription: Subscription, present: Terms, wanted: Terms) -> None:
    refusals = await invoices.outstanding_refusals(subscription.workspace_id)
    refusals += await capacities.shortages(subscription.workspace_id, wanted, lowered_from=present)
    if refusals:
        raise Refused(refusals)


async def _issue(subscription: Subscription, terms: Terms, bill: _Bill) -> Invoice:
    workspace, contract = subscription.workspace, terms.contract
    assert contract is not None
    await contract.save(force_create=True)
    version = await CatalogVersion.get(id=terms.plan.catalog_version_id)
    draft = InvoiceDraft(
        lines=bill.lines,
        currency=contract.currency,
        tax_rate=await invoices.tax_of(workspace, version),
        period=bill.period,
        due_at=workspace.now + timedelta(days=contract.invoice_due_days),
        contract=contract,
        contract_credits=bill.credits,
    )
    return await invoices.issue(
        workspace,
        draft,
        reason=bill.reason,
        subscription_id=subscription.id,
        now=workspace.now,
    )


async def _billed(subscription: Subscription, invoice: Invoice) -> Answer:
    """Nobody with a key of the workspace has asked for this: it is left to be paid by hand."""
    if invoice.amount_due.cents == 0:
        await renewals.paid(invoice, subscription, now=invoice.issued_at)
    else:
        await dunning.begin(invoice, is_automatic=False)
    await agenda.note_next(subscription)
    return Answer(objects={"subscription": subscription.id, "invoice": invoice.id})


async def _contract(subscription: Subscription, request: ContractRequest) -> tuple[Contract, Plan]:
    """What was agreed as a row that is not saved yet, and the plan that it is for."""
    workspace = subscription.workspace
    version = await catalog.version_to_subscribe_under(await Plan.get(id=subscription.plan_id))
    plans = Plan.filter(catalog_version_id=version.id, self_serve=False)
    plan = await plans.order_by("position").first()
    if plan is None:
        raise PlanRequired("The workspace's price list has no plan that is agreed by contract.")
    refusals: list[BillingError] = []
    price = _price(request, plan, refusals)
    _check_credits(request.included_credits, refusals)
    _check_allowances(request.allowances, refusals)
    if not 0 <= request.invoice_due_days <= DUE_DAYS_MAX:
        problem = (
            f"Invoices are due after 0 to {DUE_DAYS_MAX} days, not {request.invoice_due_days}."
        )
        refusals.append(InvalidInput(problem, path=("invoiceDueDays",)))
    if refusals:
        raise Refused(refusals)
    agreed = {allowance.resource: allowance.quantity for allowance in request.allowances}
    listed = {entry["resource"]: entry["quantity"] for entry in plan.allowances}
    contract = Contract(
        workspace_id=workspace.id,
        plan_id=plan.id,
        price_cents=price.cents,
        currency=plan.currency,
        included_credits_mc=request.included_credits.millicredits,
        allowances=[
            {"resource": resource, "quantity": agreed.get(resource, listed[resource])}
            for resource in Resource
        ],
        invoice_due_days=request.invoice_due_days,
        agreed_at=workspace.now,
    )
    return contract, plan


def _price(request: ContractRequest, plan: Plan, refusals: list[BillingError]) -> Money:
    path = ("monthlyPrice",)
    try:
        price = money(request.monthly_price, plan.currency, path=path)
    except InvalidInput as refusal:
        refusals.append(refusal)
        return plan.price
    if price < plan.price:
        problem = f"{plan.name} costs at least {plan.price} a month, not {price}."
        refusals.append(InvalidInput(problem, path=path))
    if price.amount > PRICE_MAX:
        most = money(PRICE_MAX, plan.currency, path=path)
        problem = f"A contract costs at most {most} a month, not {price}."
        refusals.append(InvalidInput(problem, path=path))
    return price


def _check_credits(included: Credits, refusals: list[BillingError]) -> None:
    if not Credits(0) <= included <= ADJUSTMENT_MAX:
        problem = f"Between 0 and {ADJUSTMENT_MAX} credits can be included, not {included}."
        refusals.append(InvalidInput(problem, path=("includedCredits",)))


def _check_allowances(allowances: Sequence[AgreedAllowance], refusals: list[BillingError]) -> None:
    times_named = Counter(allowance.resource for allowance in allowances)
    for index, allowance in enumerate(allowances):
        where = ("allowances", str(index))
        if times_named[allowance.resource] > 1:
            problem = f"{allowance.resource} is named more than once; name it once."
            refusals.append(InvalidInput(problem, path=(*where, "resource")))
        elif allowance.quantity is not None and not 0 <= allowance.quantity <= QUANTITY_MAX:
            problem = (
                f"Between 0 and {QUANTITY_MAX:,} of {allowance.resource} can be agreed, or null "
                f"for no limit, not {allowance.quantity:,}."
            )
            refusals.append(InvalidInput(problem, path=(*where, "quantity")))
