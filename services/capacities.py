"""What is in use of each resource, whether there is room, and what a change would take away.

Capacity is given out under the subscription's lock: of twenty who want the last seat one gets it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from tortoise import connections

from models.catalog import AddOn, Plan, Resource
from models.contracts import Contract
from models.seats import SeatKind
from models.subscriptions import Subscription, SubscriptionItem, SubscriptionStatus
from services import catalog
from services.errors import BillingError, CapacityExceeded, CapacityInUse
from services.terms import Capacity, Terms, current_terms

SEAT_RESOURCES = {
    SeatKind.WORKSPACE: Resource.WORKSPACE_SEAT,
    SeatKind.CLIENT: Resource.CLIENT_SEAT,
}

Used = dict[Resource, int]

# seats that are not released, by their kind; agents that are not archived, paused ones too; the
# platform's numbers from the moment on at which they are ordered, imported ones never; live calls
USED_SQL = """
    SELECT workspace_id, kind || '_SEAT' AS resource, count(*) AS taken FROM seat
    WHERE workspace_id = ANY($1) AND status <> 'RELEASED' GROUP BY workspace_id, kind
    UNION ALL
    SELECT workspace_id, 'AGENT_SLOT', count(*) FROM agent
    WHERE workspace_id = ANY($1) AND archived_at IS NULL GROUP BY workspace_id
    UNION ALL
    SELECT workspace_id, 'PHONE_NUMBER', count(*) FROM phone_number
    WHERE workspace_id = ANY($1) AND origin = 'PLATFORM' AND released_at IS NULL
    GROUP BY workspace_id
    UNION ALL
    SELECT workspace_id, 'CALL_LINE', count(*) FROM call
    WHERE workspace_id = ANY($1) AND next_at IS NOT NULL GROUP BY workspace_id
"""
# Of these less than is in use needs a word, or waits. Calls end by themselves (R30).
KEPT = [resource for resource in Resource if resource is not Resource.CALL_LINE]


async def used_by(workspace_ids: Collection[UUID]) -> dict[UUID, Used]:
    """How much of each resource each workspace uses (R24, R28 to R30); of those not named, none."""
    ids = list(workspace_ids)
    used: dict[UUID, Used] = {workspace_id: {} for workspace_id in ids}
    for row in await connections.get("default").execute_query_dict(USED_SQL, [ids]):
        used[row["workspace_id"]][Resource(row["resource"])] = row["taken"]
    return used


async def terms_of(subscription: Subscription) -> Terms:
    """The present terms of a subscription."""
    items = SubscriptionItem.filter(subscription_id=subscription.id).select_related("add_on")
    plan = await Plan.get(id=subscription.plan_id)
    contract_id = subscription.contract_id
    contract = await Contract.get(id=contract_id) if contract_id else None
    return current_terms(plan, await items.order_by("add_on__position"), contract)


async def take(subscription: Subscription, resource: Resource) -> None:
    """Make sure that one more of a resource fits, under the subscription's lock.

    Raises CapacityExceeded, which names the add-on that would make room, of the price list that the
    workspace would buy it from; none helps with what is withheld.
    """
    terms = await terms_of(subscription)
    capacity = await _standing(subscription, terms, resource)
    if capacity.limit is None or capacity.used < capacity.limit:
        return
    helping = None
    if not capacity.is_withheld:
        version = await catalog.version_to_subscribe_under(terms.plan)
        helping = await add_on_for(resource, version.id)
    raise CapacityExceeded(
        resource=resource,
        limit=capacity.limit,
        used=capacity.used,
        requested=1,
        add_on_id=helping.id if helping else None,
        add_on_name=helping.key if helping else None,
        needs_plan=not terms.plan.may_have_add_ons,
    )


async def add_on_for(resource: Resource, catalog_version_id: UUID) -> AddOn | None:
    """The cheapest add-on that brings more of a resource, if there is one."""
    rows = AddOn.filter(catalog_version_id=catalog_version_id).order_by("price_cents")
    return next((row for row in await rows if _adds(row, resource)), None)


async def capacity_of(subscription: Subscription, resource: Resource) -> Capacity:
    """One resource as it stands."""
    return await _standing(subscription, await terms_of(subscription), resource)


def standing(
    subscription: Subscription, terms: Terms, resource: Resource, *, used: int
) -> Capacity:
    """One resource of a subscription with these terms: nobody calls while it is UNPAID (R5)."""
    is_withheld = (
        subscription.status is SubscriptionStatus.UNPAID and resource is Resource.CALL_LINE
    )
    return replace(terms.capacity(resource, used=used), is_withheld=is_withheld)


async def shortages(
    workspace_id: UUID,
    terms: Terms,
    *,
    lowered_from: Terms | None = None,
    can_be_accepted: bool = False,
) -> list[BillingError]:
    """CapacityInUse for each resource of which `terms` would leave less than is in use.

    With `lowered_from` only for those of which there would be less than in these other terms.
    `can_be_accepted`: whether the command has an `acceptOverage`.
    """
    used = (await used_by([workspace_id]))[workspace_id]
    found: list[BillingError] = []
    for resource in KEPT:
        limit = terms.capacity(resource).limit
        before = lowered_from.capacity(resource).limit if lowered_from else None
        is_lower = limit is not None and (before is None or limit < before)
        if limit is not None and is_lower and used.get(resource, 0) > limit:
            found.append(CapacityInUse(resource, limit, used[resource], can_be_accepted))
    return found


def next_terms(present: Terms, scheduled: Terms | None, used: Used) -> Terms:
    """The terms of the next period: as scheduled, as far as what is in use allows (R27).

    Another plan begins in any case (R35); fewer units of an add-on only when nobody needs them:
    otherwise they are kept, and billed.
    """
    if scheduled is None:
        return present
    if scheduled.plan.id != present.plan.id:
        return scheduled
    terms = scheduled
    for resource in KEPT:
        limit = scheduled.capacity(resource).limit
        if limit is not None and used.get(resource, 0) > limit:
            kept = [
                holding
                for holding in present.holdings
                if _adds(holding.add_on, resource)
                and holding.quantity > terms.quantity_of(holding.add_on)
            ]
            terms = terms.with_quantities(kept)
    return terms


async def _standing(subscription: Subscription, terms: Terms, resource: Resource) -> Capacity:
    workspace_id = subscription.workspace_id
    used = (await used_by([workspace_id]))[workspace_id].get(resource, 0)
    return standing(subscription, terms, resource, used=used)


def _adds(add_on: AddOn, resource: Resource) -> bool:
    return any(entry["resource"] == resource for entry in add_on.allowances)
