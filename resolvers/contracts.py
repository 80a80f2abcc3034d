"""What an operator agrees with one workspace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Protocol

from models.catalog import Resource
from models.money import Credits
from resolvers import access
from resolvers.context import Info
from services import contracts
from services.answers import Answer
from services.api_keys import Scope
from services.contracts import AgreedAllowance, ContractRequest
from services.idempotency import Command


class Allowance(Protocol):
    """How much of a resource; None: unlimited."""

    resource: Resource
    quantity: int | None


async def set_contract(
    info: Info,
    workspace_id: str,
    monthly_price: Decimal,
    included_credits: Credits,
    allowances: Sequence[Allowance],
    invoice_due_days: int,
    idempotency_key: str | None,
) -> Answer:
    access.operator(info, Scope.WRITE)
    owner = await access.workspace(info, workspace_id, Scope.WRITE)
    request = ContractRequest(
        # 1000 and 1000.00 are the same price
        monthly_price=monthly_price.normalize(),
        included_credits=included_credits,
        allowances=[AgreedAllowance(entry.resource, entry.quantity) for entry in allowances],
        invoice_due_days=invoice_due_days,
    )
    asked = Command(owner.id, "setContract", idempotency_key, asdict(request))
    return await contracts.set_contract(asked, owner.id, request)
