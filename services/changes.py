"""Another plan or other quantities: more at once and prorated, less at the period's end.

`_evaluate_*` say what a change would be and why it is refused; previews show that, mutations do it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from models.catalog import Plan
from models.invoices import InvoiceReason
from models.money import Credits
from models.payments import PaymentMethod
from models.subscriptions import Subscription
from services import agenda, capacities, contracts, invoices, payments, pending_changes, proration
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
    RenewalDue,
)
from services.gateway import Gateway
from services.idempotency import Command, once
from services.invoices import InvoiceDraft, Line
from services.locks import locked_subscription
from services.payment_attempts import open_payment
from services.payment_methods import method_to_charge
from services.previews import Preview
from services.situations import Situation, situation_of
from services.subscriptions import renewal_draft
from services.terms import Holding, Terms


class ChangeTiming(StrEnum):
    """When a change of plan takes effect."""

    AUTO = "AUTO"
    NOW = "NOW"
    PERIOD_END = "PERIOD_END"


@dataclass(frozen=True, slots=True)
class ChangePlanRequest:
    """What changePlan and previewChangePlan take."""

    plan: str
    timing: ChangeTiming
    accept_overage: bool


@dataclass(frozen=True, slots=True)
class SetAddOnsRequest:
    """What setAddOns and previewSetAddOns take; add-ons not named stay as they are."""

    add_ons: Sequence[WantedAddOn]


@dataclass(frozen=True, slots=True)
class Change:
    """What a change comes to: `now` as soon as `due_now` is paid, `then` at the period's end.

    `then` None: the period's end brings nothing but the renewal of `now`.
    """

    now: Terms
    then: Terms | None
    due_now: InvoiceDraft
    credits_granted: Credits


Request = ChangePlanRequest | SetAddOnsRequest


async def preview(workspace_id: UUID, request: Request) -> Preview:
    """What the mutation would do now, and why it would refuse. Writes nothing."""
    subscription = await Subscription.get(workspace_id=workspace_id).select_related("workspace")
    change, _, refusals = await _evaluate(subscription, request)
    at = subscription.workspace.now
    if change is None:
        return Preview(at, None, None, [], Credits(0), refusals)
    used = (await capacities.used_by([workspace_id]))[workspace_id]
    after = capacities.next_terms(change.now, change.then, used)
    is_now = bool(change.due_now.lines) or change.then is None
    assert subscription.period_end is not None
    return Preview(
        effective_at=at if is_now else subscription.period_end,
        due_now=change.due_now if change.due_now.lines else None,
        next=await _next_renewal(subscription, after, change.due_now),
        capacities_after=after.capacities,
        credits_granted=change.credits_granted,
        errors=refusals,
    )


async def change(
    command: Command, workspace_id: UUID, request: Request, *, gateway: Gateway
) -> Answer:
    """Do what `preview` shows: charge more now, schedule less (R27, R32 to R36).

    A declined charge changes nothing. Raises or answers, as many as apply: InvalidInput, NoChange,
    PlanRequired, PlanNotSelfServe, ChangePending, OutstandingInvoices (not when only less is
    wanted), CapacityInUse, PaymentMethodRequired.
    """
    opened = await once(command, lambda: _open(workspace_id, request))
    return await payments.carry_out(command, opened, gateway)


async def _open(workspace_id: UUID, request: Request) -> Answer:
    subscription = await locked_subscription(workspace_id)
    wanted, method, refusals = await _evaluate(subscription, request)
    if refusals:
        raise Refused(refusals)
    assert wanted is not None, "without a refusal there is a change"
    objects = {"subscription": subscription.id}
    if not wanted.due_now.lines:
        await pending_changes.schedule(subscription, wanted.then)
        return Answer(objects=objects)
    now = subscription.workspace.now
    invoice = await invoices.issue(
        subscription.workspace,
        wanted.due_now,
        reason=InvoiceReason.CHANGE,
        subscription_id=subscription.id,
        now=now,
    )
    objects["invoice"] = invoice.id
    await pending_changes.wait_for(
        invoice,
        subscription,
        wanted.now,
        auto_billing=subscription.auto_billing,
        then=wanted.then,
    )
    if invoice.amount_due.cents == 0:
        await pending_changes.take_effect(invoice, subscription, now=now)
        await agenda.note_next(subscription)
        return Answer(objects=objects)
    assert method is not None, "without a refusal there is a method to charge"
    payment = await open_payment(invoice, method, now=now, payer_present=True)
    return Answer(objects=objects, collecting=payment.id)


async def _evaluate(
    subscription: Subscription, request: Request
) -> tuple[Change | None, PaymentMethod | None, list[BillingError]]:
    refusals: list[BillingError] = []
    if subscription.period_end is None:
        plan = await Plan.get(id=subscription.plan_id)
        problem = f"The workspace is on {plan.name}; begin with subscribe."
        return None, None, [PlanRequired(problem)]
    if subscription.period_end <= subscription.workspace.now:
        return None, None, await pending_changes.refusals(subscription) or [RenewalDue()]
    situation = await situation_of(subscription)
    if isinstance(request, ChangePlanRequest):
        wanted = await _plan_change(situation, request, refusals)
    else:
        wanted = await _add_on_change(situation, request, refusals)
    waiting = await pending_changes.refusals(subscription)
    refusals += waiting
    if wanted is None:
        return None, None, refusals
    costs_more = wanted.due_now.lines or isinstance(request, ChangePlanRequest)
    if costs_more and not waiting:  # the invoice of a pending change is named already
        refusals += await invoices.outstanding_refusals(subscription.workspace_id)
    is_plan_change = isinstance(request, ChangePlanRequest)
    # another plan may have less of something also when it costs more
    coming = wanted.then or (wanted.now if is_plan_change else None)
    accepts = isinstance(request, ChangePlanRequest) and request.accept_overage
    if coming and not accepts:
        refusals += await capacities.shortages(
            subscription.workspace_id,
            coming,
            lowered_from=situation.after,
            can_be_accepted=is_plan_change,
        )
    method = None
    if wanted.due_now.amount_due.cents > 0:
        method = await _method(subscription, refusals)
    return wanted, method, refusals


async def _plan_change(
    situation: Situation, request: ChangePlanRequest, refusals: list[BillingError]
) -> Change | None:
    present = situation.terms
    plan = await plan_called(
        request.plan, situation.subscription.workspace.catalog_version_id, refusals
    )
    if plan is None:
        return None
    if plan.id == present.plan.id:
        return await _stay(situation, refusals)
    if not plan.self_serve:
        refusals.append(PlanNotSelfServe(plan.key))
        return None
    wanted = Terms(plan, present.holdings if plan.may_have_add_ons else [])
    future = Terms(plan, situation.lasting_add_ons if plan.may_have_add_ons else [])
    is_more = plan.price > present.price
    if not is_more and request.timing is ChangeTiming.NOW:
        problem = (
            f"{plan.name} costs less than {present.plan.name}: it begins at the period's end "
            "(timing AUTO or PERIOD_END)."
        )
        refusals.append(InvalidInput(problem, path=("timing",)))
        return None
    if not is_more or request.timing is ChangeTiming.PERIOD_END:
        if situation.scheduled and future.same_as(situation.scheduled):
            problem = f"{plan.name} begins at the period's end already."
            refusals.append(NoChange(problem, path=("plan",)))
            return None
        return Change(present, future, await _draft(situation, []), Credits(0))
    left = situation.part_left
    lines = proration.plan_lines(present, wanted, left, situation.rest)
    granted = proration.upgrade_credits(present.included_credits, wanted.included_credits, left)
    then = None if future.same_as(wanted) else future
    return Change(wanted, then, await _draft(situation, lines), granted)


async def _stay(situation: Situation, refusals: list[BillingError]) -> Change | None:
    """The present plan is wanted: that takes a scheduled change of plan back, or is no change.

    What an operator has agreed since for the next period is not taken back with it.
    """
    present = situation.terms
    if situation.scheduled is None or situation.scheduled.plan.id == present.plan.id:
        refusals.append(
            NoChange(f"The workspace is on {present.plan.name} already.", path=("plan",))
        )
        return None
    agreed = await contracts.latest(situation.subscription) if present.contract else None
    future = Terms(present.plan, situation.lasting_add_ons, agreed)
    then = None if future.same_as(present) else future
    return Change(present, then, await _draft(situation, []), Credits(0))


async def _add_on_change(
    situation: Situation, request: SetAddOnsRequest, refusals: list[BillingError]
) -> Change | None:
    present = situation.terms
    workspace = situation.subscription.workspace
    wanted = await holdings_called(
        request.add_ons, workspace.catalog_version_id, refusals, quantity_min=0
    )
    if wanted is None:
        return None
    if not present.plan.may_have_add_ons:
        refusals.append(PlanRequired(f"{present.plan.name} has no add-ons.", path=("addOns",)))
        return None
    after = situation.after
    # on the way to a plan without add-ons they can still be had for the rest of the period
    future = after.with_quantities(wanted) if after.plan.may_have_add_ons else after
    more = [
        Holding(holding.add_on, holding.quantity - present.quantity_of(holding.add_on))
        for holding in wanted
        if holding.quantity > present.quantity_of(holding.add_on)
    ]
    if not more and future.same_as(after):
        refusals.append(NoChange("The add-ons are as wanted already.", path=("addOns",)))
        return None
    left = situation.part_left
    lines = [proration.add_on_line(added, left, situation.rest) for added in more]
    grown = present.with_quantities(
        [
            Holding(added.add_on, added.quantity + present.quantity_of(added.add_on))
            for added in more
        ]
    )
    then = None if future.same_as(grown) else future
    return Change(grown, then, await _draft(situation, lines), Credits(0))


async def _draft(situation: Situation, lines: Sequence[Line]) -> InvoiceDraft:
    workspace = situation.subscription.workspace
    return InvoiceDraft(
        lines=lines,
        currency=situation.terms.plan.currency,
        tax_rate=await invoices.tax_of(workspace),
        period=situation.rest if lines else None,
        due_at=workspace.now,
        balance_cents=workspace.balance_cents,
    )


async def _next_renewal(
    subscription: Subscription, after: Terms, due_now: InvoiceDraft
) -> InvoiceDraft | None:
    if subscription.cancel_at_period_end or not after.is_billed:
        return None
    assert subscription.anchor is not None
    return renewal_draft(
        subscription.workspace,
        after,
        await invoices.tax_of(subscription.workspace),
        anchor=subscription.anchor,
        index=subscription.period_index + 1,
        auto_billing=subscription.auto_billing,
        used_before=due_now.balance_applied,
    )


async def _method(subscription: Subscription, refusals: list[BillingError]) -> PaymentMethod | None:
    now = subscription.workspace.now
    try:
        return await method_to_charge(subscription.workspace_id, None, now=now)
    except (NotFound, PaymentMethodRequired) as refusal:
        refusals.append(refusal)
        return None
