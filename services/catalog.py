"""The published price list: versions that are written once and read for ever."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from tortoise.transactions import in_transaction

from models.catalog import AddOn, CatalogVersion, Plan, Rate, Resource
from services.locks import transaction_lock
from services.price_list import PriceList, Rollover
from services.rating import rates_of


async def publish(price_list: PriceList) -> CatalogVersion:
    """Make `price_list` the current version, writing it first if its content is new (R43).

    Who pays by an earlier version stays on it; new workspaces and new subscriptions take this one.
    Any number of processes may publish at once.
    """
    async with in_transaction():
        await transaction_lock("billwright:publish")
        version = await CatalogVersion.get_or_none(content_hash=price_list.content_hash)
        if version is None:
            version = await _write(price_list)
        if not version.is_current:
            await CatalogVersion.filter(is_current=True).update(is_current=False)
            await CatalogVersion.filter(id=version.id).update(is_current=True)
            version.is_current = True
        return version


async def current_version() -> CatalogVersion:
    """The version that sales are made under. `serve` publishes one before it listens."""
    return await CatalogVersion.get(is_current=True)


async def version_to_subscribe_under(current: Plan) -> CatalogVersion:
    """The price list for who is on this plan: its own, or the current one if it is free (R43)."""
    if current.is_default:
        return await current_version()
    return await CatalogVersion.get(id=current.catalog_version_id)


async def default_plan(catalog_version_id: UUID) -> Plan:
    """The free plan, on which every workspace of this version starts."""
    return await Plan.get(catalog_version_id=catalog_version_id, is_default=True)


async def rates_in_force(
    catalog_version_id: UUID, wanted: Mapping[str, str], *, now: datetime
) -> list[Rate]:
    """The rates at `now` that fit what is wanted, by column; one per meter, provider and model."""
    rates = (await rates_of(catalog_version_id)).in_force(now)
    return [
        rate
        for rate in rates
        if all(getattr(rate, column) == value for column, value in wanted.items())
    ]


async def _write(price_list: PriceList) -> CatalogVersion:
    version = await CatalogVersion.create(
        name=price_list.version,
        content_hash=price_list.content_hash,
        currency=price_list.currency,
        tax_rates=[
            {"country": tax.country, "name": tax.name, "percent": str(tax.percent)}
            for tax in price_list.tax_rates
        ],
    )
    await Plan.bulk_create(_plan_rows(price_list, version))
    await AddOn.bulk_create(_add_on_rows(price_list, version))
    await Rate.bulk_create(_rate_rows(price_list, version))
    return version


def _plan_rows(price_list: PriceList, version: CatalogVersion) -> list[Plan]:
    return [
        Plan(
            catalog_version_id=version.id,
            position=position,
            key=plan.key,
            name=plan.name,
            description=plan.description,
            price_cents=plan.price_cents,
            currency=price_list.currency,
            price_is_starting_at=plan.price_is_starting_at,
            self_serve=plan.self_serve,
            is_default=plan.key == price_list.free_plan.key,
            may_have_add_ons=plan.may_have_add_ons,
            may_buy_credits=plan.may_buy_credits,
            signup_credits_mc=plan.signup_credits_mc,
            included_credits_mc=plan.included_credits_mc,
            credits_roll_over=plan.rollover is Rollover.ROLL_OVER,
            provider_markup_percent=plan.provider_markup_percent,
            allowances=[
                {"resource": resource, "quantity": plan.allowances.get(resource, 0)}
                for resource in Resource
            ],
            features=_features(price_list.features_of(plan.key)),
        )
        for position, plan in enumerate(price_list.plans)
    ]


def _add_on_rows(price_list: PriceList, version: CatalogVersion) -> list[AddOn]:
    return [
        AddOn(
            catalog_version_id=version.id,
            position=position,
            key=add_on.key,
            name=add_on.name,
            description=add_on.description,
            price_cents=add_on.price_cents,
            currency=price_list.currency,
            max_quantity=add_on.max_quantity,
            allowances=[
                {"resource": resource, "quantity": add_on.allowances[resource]}
                for resource in Resource
                if resource in add_on.allowances
            ],
            features=_features([(key, price_list.feature_names[key]) for key in add_on.features]),
        )
        for position, add_on in enumerate(price_list.add_ons)
    ]


def _rate_rows(price_list: PriceList, version: CatalogVersion) -> list[Rate]:
    meters = {meter.name: meter for meter in price_list.meters}
    return [
        Rate(
            catalog_version_id=version.id,
            position=position,
            meter=rate.meter,
            unit=meters[rate.meter].unit,
            provider=rate.provider,
            model=rate.model,
            credits_per_unit=rate.credits_per_unit,
            marked_up=meters[rate.meter].marked_up,
            effective_from=rate.effective_from,
        )
        for position, rate in enumerate(price_list.rates)
    ]


def _features(named: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"key": key, "name": name} for key, name in named]
