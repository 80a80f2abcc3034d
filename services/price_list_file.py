"""Reading a price list file, and saying everything that is wrong with it at once.

`load` reads a file, `read` the same content as plain data (what `PriceList.to_document` gave).
Both check the whole list before they hand it out: a `PriceList` that exists is a sound one.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final, TypeVar

from models.catalog import Resource
from services.price_list import (
    UNREADABLE,
    AddOn,
    Currency,
    Meter,
    Plan,
    PriceList,
    Rate,
    RatedBy,
    Rollover,
    TaxRate,
    contradictions,
)
from services.price_list_values import (
    COUNTRY,
    CREDITS,
    KEY,
    METER,
    MODEL,
    MONEY,
    PERCENT,
    RATE,
    RATE_PER_1000,
    VERSION,
    Float,
    Reader,
    Table,
    a_count,
    a_day,
    a_flag,
    a_line,
    a_quantity,
    count_or_unlimited,
    key_list,
    one_of,
)

ZERO: Final = Decimal(0)

T = TypeVar("T")


@dataclass(eq=False)
class PriceListError(Exception):
    """A price list that cannot be used, with everything that is wrong with it."""

    source: str
    problems: tuple[str, ...]
    """Key and reason, such as `plans[1].price: missing`."""

    def __str__(self) -> str:
        return "\n".join(f"{self.source}: {problem}" for problem in self.problems)


def load(path: Path) -> PriceList:
    """The price list in the file at `path`. Raises PriceListError."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        document = tomllib.loads(text, parse_float=Float)
    except OSError as error:
        raise PriceListError(str(path), (f"cannot be read: {error.strerror}",)) from error
    except UnicodeDecodeError as error:
        raise PriceListError(str(path), (f"is not UTF-8 text: {error.reason}",)) from error
    except ValueError as error:
        raise PriceListError(str(path), (f"is not valid TOML: {error}",)) from error
    return read(document, source=str(path))


def read(document: Mapping[str, object], *, source: str) -> PriceList:
    """The price list in `document`, called `source` in messages. Raises PriceListError."""
    root = Table(document, where="", problems=[])
    meter_table = root.table("meters")
    meters = list(_meters(meter_table))
    rates = _rates(root.table("rates"), meter_table, meters)
    price_list = PriceList(
        version=root.get("version", VERSION, ""),
        currency=root.get("currency", one_of(Currency), Currency.USD),
        plans=tuple(map(_plan, root.tables("plans", optional=True))),
        add_ons=tuple(map(_add_on, root.tables("add_ons", optional=True))),
        feature_names=dict(sorted(_features(root.table("features")))),
        meters=tuple(sorted(meters, key=lambda meter: meter.name)),
        rates=tuple(sorted(rates, key=lambda rate: rate.order)),
        tax_rates=tuple(sorted(_taxes(root.table("taxes")), key=lambda tax: tax.country)),
    )
    root.finish()
    problems = (*root.problems, *contradictions(price_list))
    if problems:
        raise PriceListError(source, problems)
    return price_list


# ------------------------------------------------------------------ the parts of a price list


def _plan(table: Table) -> Plan:
    plan = Plan(
        key=table.get("key", KEY, ""),
        name=table.get("name", a_line, ""),
        description=table.get("description", a_line, ""),
        price_cents=int(table.get("price", MONEY, UNREADABLE).scaleb(2)),
        price_is_starting_at=table.get("price_is_starting_at", a_flag, False, optional=True),
        self_serve=table.get("self_serve", a_flag, False),
        included_credits_mc=int(
            table.get("included_credits", CREDITS, ZERO, optional=True).scaleb(3)
        ),
        signup_credits_mc=int(table.get("signup_credits", CREDITS, ZERO, optional=True).scaleb(3)),
        rollover=table.get("rollover", one_of(Rollover), Rollover.EXPIRE, optional=True),
        may_buy_credits=table.get("may_buy_credits", a_flag, False),
        may_have_add_ons=table.get("may_have_add_ons", a_flag, False),
        provider_markup_percent=table.get("provider_markup_percent", PERCENT, ZERO),
        allowances=_allowances_of_plan(table),
        features=table.get("features", key_list, (), optional=True),
        builds_on=table.get("builds_on", KEY, None, optional=True),
    )
    table.finish()
    return plan


def _add_on(table: Table) -> AddOn:
    add_on = AddOn(
        key=table.get("key", KEY, ""),
        name=table.get("name", a_line, ""),
        description=table.get("description", a_line, ""),
        price_cents=int(table.get("price", MONEY, UNREADABLE).scaleb(2)),
        allowances={r: n for r, n in _allowances(table, a_count, 0).items() if n},
        features=table.get("features", key_list, (), optional=True),
        max_quantity=table.get("max_quantity", a_quantity, None, optional=True),
    )
    table.finish()
    return add_on


def _allowances_of_plan(plan: Table) -> dict[Resource, int | None]:
    said: dict[Resource, int | None] = _allowances(plan, count_or_unlimited, 0)
    return {resource: said.get(resource, 0) for resource in Resource}


def _allowances(owner: Table, reader: Reader[T], nothing: T) -> dict[Resource, T]:
    """What the owner's `allowances` say, in the order of the enum."""
    table = owner.table("allowances")
    found = {
        resource: table.get(resource.value, reader, nothing)
        for resource in Resource
        if resource.value in table.values
    }
    table.finish("unknown resource", known=[resource.value for resource in Resource])
    return found


def _features(table: Table) -> Iterator[tuple[str, str]]:
    for key in table.names(KEY):
        yield key, table.get(key, a_line, "")


def _meters(table: Table) -> Iterator[Meter]:
    """The meters without a mistake; of the others, only the mistake is kept."""
    for name in table.names(METER):
        row = table.table(name)
        so_far = len(row.problems)
        meter = Meter(
            name=name,
            unit=row.get("unit", a_line, ""),
            rated_by=row.get("rated_by", one_of(RatedBy), None, optional=True),
            marked_up=row.get("marked_up", a_flag, False, optional=True),
        )
        row.finish()
        if len(row.problems) == so_far:
            yield meter


def _rates(table: Table, meter_table: Table, meters: list[Meter]) -> Iterator[Rate]:
    """The rates of the sound meters."""
    for meter in meters:
        if not table.values.get(meter.name):
            meter_table.note(meter.name, "has no rate, so nobody could use it")
        yield from _rates_of(meter, table.tables(meter.name, optional=True))
    table.asked.update(meter_table.values)
    table.finish("unknown meter", known=meter_table.values)


def _rates_of(meter: Meter, rows: list[Table]) -> Iterator[Rate]:
    first: dict[tuple[str, ...], Table] = {}
    for row in rows:
        so_far = len(row.problems)
        rate = Rate(
            meter=meter.name,
            provider=_named(row, meter, RatedBy.PROVIDER),
            model=_named(row, meter, RatedBy.MODEL),
            credits_per_unit=_credits_per_unit(row),
            effective_from=row.get("from", a_day, None, optional=True),
        )
        row.finish()
        if len(row.problems) > so_far:
            continue
        if first.setdefault(rate.order, row) is not row:
            row.note("", f"is for the same thing and date as {first[rate.order].where}")
        yield rate


def _named(row: Table, meter: Meter, by: RatedBy) -> str | None:
    """The provider or model of a rate: needed where the meter is rated by it, else refused."""
    if meter.rated_by is by:
        return row.get(by.value, MODEL, None)
    if row.get(by.value, MODEL, None, optional=True):
        row.note(by.value, f"not allowed, because {meter.name} is not rated by {by.value}")
    return None


def _credits_per_unit(row: Table) -> Decimal:
    if ("credits" in row.values) == ("credits_per_1000" in row.values):
        row.asked.update({"credits", "credits_per_1000"})
        row.note("credits", "give either credits (for one unit) or credits_per_1000")
        return ZERO
    if "credits" in row.values:
        return row.get("credits", RATE, ZERO)
    return row.get("credits_per_1000", RATE_PER_1000, ZERO).scaleb(-3)


def _taxes(table: Table) -> Iterator[TaxRate]:
    for country in table.names(COUNTRY):
        row = table.table(country)
        yield TaxRate(
            country=country,
            name=row.get("name", a_line, ""),
            percent=row.get("percent", PERCENT, ZERO),
        )
        row.finish()
