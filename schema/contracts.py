"""Contracts as operators make them."""

from __future__ import annotations

from decimal import Decimal

import strawberry

from models.catalog import Resource
from models.money import Credits
from resolvers import contracts
from schema.errors import UserError
from schema.invoices import Invoice
from schema.mutation import mutation, payload
from schema.subscriptions import PlanSubscription


@strawberry.input
class AllowanceInput:
    resource: Resource
    quantity: int | None = None


@strawberry.input
class SetContractInput:
    workspace_id: strawberry.ID
    monthly_price: Decimal
    included_credits: Credits
    allowances: list[AllowanceInput] = strawberry.field(default_factory=list)
    invoice_due_days: int = 30
    idempotency_key: str | None = None


@payload
class SetContractPayload:
    subscription: PlanSubscription | None
    invoice: Invoice | None
    errors: list[UserError]


@strawberry.type
class ContractMutations:
    set_contract = mutation(contracts.set_contract, SetContractInput, SetContractPayload)
