"""How Stripe's API takes parameters: forms with brackets, checked against its published names."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl

from stripe import params

from tests.stripe_server.errors import StripeRefusal

# The parameters by the SDK's own types, which are made from Stripe's published API.
PUBLISHED = {
    "POST /v1/customers": params.CustomerCreateParams,
    "GET /v1/customers": params.CustomerListParams,
    "POST /v1/payment_methods/{id}/attach": params.PaymentMethodAttachParams,
    "POST /v1/payment_methods/{id}/detach": params.PaymentMethodDetachParams,
    "POST /v1/setup_intents": params.SetupIntentCreateParams,
    "POST /v1/payment_intents": params.PaymentIntentCreateParams,
    "POST /v1/payment_intents/{id}/confirm": params.PaymentIntentConfirmParams,
    "POST /v1/payment_intents/{id}/cancel": params.PaymentIntentCancelParams,
    "GET /v1/payment_intents": params.PaymentIntentListParams,
    "POST /v1/refunds": params.RefundCreateParams,
    "GET /v1/refunds": params.RefundListParams,
    "GET /v1/disputes": params.DisputeListParams,
}


def parse(text: str) -> dict[str, Any]:
    """`a[b]=1&c[0]=2` as nested values; true and false are not text."""
    found: dict[str, Any] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        first, *rest = re.findall(r"[^\[\]]+", name)
        place, key = found, first
        for step in rest:
            place, key = place.setdefault(key, {}), step
        place[key] = {"true": True, "false": False}.get(value, value)
    return {name: _list_of(value) for name, value in found.items()}


def check(endpoint: str, given: dict[str, Any]) -> None:
    """Refuse a parameter that Stripe does not publish, as Stripe does."""
    if endpoint not in PUBLISHED:
        return
    known = PUBLISHED[endpoint].__annotations__
    for name in given:
        if name not in known:
            raise StripeRefusal(
                400, "parameter_unknown", f"Received unknown parameter: {name}", param=name
            )


def _list_of(value: Any) -> Any:
    if isinstance(value, dict) and value and all(key.isdigit() for key in value):
        return [value[key] for key in sorted(value, key=int)]
    return value
