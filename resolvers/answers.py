"""From the references in an answer to the rows that its payload shows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from models.base import Entity
from models.calls import Call
from models.credits import CreditTransfer
from models.invoices import Invoice
from models.payments import Payment, PaymentMethod
from models.phone_numbers import PhoneNumber
from models.refunds import CreditNote
from models.seats import Agent, Seat
from models.subscriptions import Subscription
from models.workspaces import ApiKey, BillingAddress, Workspace
from services.answers import Answer
from services.errors import BillingError

MODEL_OF: dict[str, type[Entity]] = {
    "workspace": Workspace,
    "subscription": Subscription,
    "auto_billing": Subscription,
    "seat": Seat,
    "agent": Agent,
    "phone_number": PhoneNumber,
    "call": Call,
    "invoice": Invoice,
    "payment": Payment,
    "payment_method": PaymentMethod,
    "credit_note": CreditNote,
    "entry": CreditTransfer,
    "api_key": ApiKey,
    "billing_address": BillingAddress,
}


async def payload_values(answer: Answer) -> dict[str, Any]:
    """What the payload's fields hold, read after the command: a repeat is answered alike."""
    rows: dict[str, Any] = {}
    if not answer.refusals:
        for name, key in answer.objects.items():
            rows[name] = await MODEL_OF[name].get(id=key)
    return {**rows, **answer.values, "errors": shown(answer.refusals)}


class Shown:
    """A refusal as an object of an answer: GraphQL takes a bare exception for a fault."""

    def __init__(self, refusal: BillingError) -> None:
        self.refusal = refusal

    def __getattr__(self, name: str) -> Any:
        return getattr(self.refusal, name)


def shown(refusals: Iterable[BillingError]) -> list[Shown]:
    """As `errors` and `problems` list them."""
    return [Shown(refusal) for refusal in refusals]
