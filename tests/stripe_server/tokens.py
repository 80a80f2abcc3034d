"""Stripe's own test tokens: what each stands for and how it behaves (docs.stripe.com/testing)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Token:
    """A test token: the details of its method, and when something is refused or asked."""

    type: str
    details: dict[str, Any]
    attach_declined: str | None = None
    charge_declined: str | None = None
    needs_authentication: bool = False
    is_debit: bool = False
    refunds: str = "succeeded"
    is_disputed: bool = False


def _card(brand: str, last4: str, **behaviour: Any) -> Token:
    details = {"brand": brand, "last4": last4, "exp_month": 12, "exp_year": 2034}
    return Token("card", details, **behaviour)


@dataclass
class Tokens:
    """All that are known; the cards of a decline code can only be charged, not attached."""

    known: dict[str, Token] = field(
        default_factory=lambda: {
            "pm_card_visa": _card("visa", "4242"),
            "pm_card_mastercard": _card("mastercard", "4444"),
            "pm_card_amex": _card("amex", "8431"),
            "pm_card_visa_chargeDeclined": _card("visa", "0002", attach_declined="generic_decline"),
            "pm_card_chargeCustomerFail": _card("visa", "0341", charge_declined="generic_decline"),
            "pm_card_chargeDeclinedInsufficientFunds": _card(
                "visa", "9995", attach_declined="insufficient_funds"
            ),
            "pm_card_authenticationRequired": _card("visa", "3184", needs_authentication=True),
            "pm_card_createDispute": _card("visa", "0259", is_disputed=True),
            "pm_card_pendingRefund": _card("visa", "7726", refunds="pending"),
            "pm_card_refundFail": _card("visa", "5126", refunds="failed"),
            "pm_usBankAccount": Token(
                "us_bank_account", {"bank_name": "Sandbox Bank", "last4": "6789"}, is_debit=True
            ),
            "pm_cashapp": Token("cashapp", {"buyer_id": "test_buyer_id", "cashtag": "$sandbox"}),
        }
    )
