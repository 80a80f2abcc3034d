"""The words in which lives are told: short commands and answers that read as a bill."""

from __future__ import annotations

from typing import Any

from models.workspaces import Workspace
from tests import given
from tests.client import Api
from tests.given import Tenant

BILL = "issuedAt status total { amount }"


def midnight(day: str) -> str:
    """When a day begins; an instant is itself."""
    return day if "T" in day else f"{day}T00:00:00Z"


def told(invoices: list[dict[str, Any]]) -> list[str]:
    """Day of issue, amount, status."""
    return [f"{i['issuedAt'][:10]} {i['total']['amount']} {i['status']}" for i in invoices]


async def until(acme: Tenant, day: str) -> list[str]:
    """Time passes; the bills that came on the way."""
    answer = await acme.api.do(
        "advanceClock", f"invoices {{ {BILL} }}", workspaceId=acme.id, to=midnight(day)
    )
    assert answer["errors"] == []
    return told(answer["invoices"])


async def all_bills(acme: Tenant) -> list[str]:
    """Oldest first, as they stand now."""
    answer = await acme.api.ask(
        f"{{ workspace {{ invoices(first: 50) {{ nodes {{ {BILL} }} }} }} }}"
    )
    return told(answer["workspace"]["invoices"]["nodes"][::-1])


async def does(acme: Tenant, mutation: str, **input: Any) -> str | None:
    """A command that is not refused; what its invoice comes to, if there is one."""
    has_invoice = mutation in ("subscribe", "changePlan", "setAddOns", "payInvoice")
    payload = "invoice { total { amount } }" if has_invoice else "__typename"
    answer = await acme.api.do(mutation, payload, **input)
    assert answer["errors"] == []
    invoice = answer.get("invoice")
    return invoice and str(invoice["total"]["amount"])


async def is_refused(acme: Tenant, mutation: str, **input: Any) -> str:
    """Why it is."""
    [error] = (await acme.api.do(mutation, "__typename", **input))["errors"]
    return str(error["code"])


async def has(acme: Tenant, **quantities: int) -> str | None:
    """From now on so many of these add-ons; what is charged for them now."""
    return await does(acme, "setAddOns", addOns=units(**quantities))


def units(**quantities: int) -> list[dict[str, Any]]:
    """Add-ons as the API takes them."""
    return [{"addOn": key.replace("_", "-"), "quantity": n} for key, n in quantities.items()]


async def pays(acme: Tenant) -> str | None:
    """The oldest open bill."""
    answer = await acme.api.ask("{ workspace { invoices { nodes { id status } } } }")
    owed = [
        each["id"]
        for each in answer["workspace"]["invoices"]["nodes"]
        if each["status"] in ("OPEN", "UNCOLLECTIBLE")
    ]
    return await does(acme, "payInvoice", invoiceId=owed[-1])


async def stands(acme: Tenant) -> tuple[str, str, str]:
    """Plan, status, credits."""
    answer = await acme.api.ask(
        "{ workspace { subscription { plan { key } status } creditBalance { total } } }"
    )
    found = answer["workspace"]
    subscription = found["subscription"]
    return subscription["plan"]["key"], subscription["status"], found["creditBalance"]["total"]


async def nobody_works_until(acme: Tenant, day: str) -> None:
    """An outage: the clock goes on, and nothing that falls due is done."""
    await Workspace.filter(id=acme.key).update(clock_at=given.instant(midnight(day)))


async def begins(
    operator: Api, day: str, *, card: str | None = "pm_card_visa", **input: Any
) -> Tenant:
    """A free workspace on a clock of its own that stands at this midnight, with a card."""
    return await given.a_workspace(operator, card=card, clock=midnight(day), **input)


async def working(acme: Tenant) -> list[int]:
    """The numbers of the agents that are not paused."""
    answer = await acme.api.ask("{ workspace { agents { nodes { externalId pausedAt } } } }")
    nodes = answer["workspace"]["agents"]["nodes"]
    return sorted(int(each["externalId"][6:]) for each in nodes if each["pausedAt"] is None)
