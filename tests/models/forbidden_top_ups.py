"""What the database must refuse of auto-recharge and of bought credits."""

from __future__ import annotations

from tests.models.forbidden import alter, another, case
from tests.models.forbidden_money import invoice


def recharge(assignments: str) -> str:
    """What the payer wants of auto-recharge (below 500 credits, $5), changed."""
    return alter("auto_recharge", "$recharge", assignments)


def look_out(assignments: str) -> str:
    return f"UPDATE credit_balance SET {assignments} WHERE account_id = $account"


A_PURCHASE = alter("credit_lot", "$signup_lot", "source = 'PURCHASE', invoice_id = $invoice")
A_RECHARGE = {"reason": "'AUTO_RECHARGE'"}
TOP_UPS = [
    case(
        "auto_recharge_of_one",
        "a workspace wants two things",
        another("auto_recharge", "$recharge"),
    ),
    case(
        "auto_recharge_amount_can_be_bought",
        "half a dollar of credits",
        recharge("amount_cents = 550"),
    ),
    case(
        "auto_recharge_amount_can_be_bought",
        "four dollars of credits",
        recharge("threshold_mc = 1, amount_cents = 400"),
    ),
    case(
        "auto_recharge_amount_can_be_bought",
        "more than $10,000 of credits",
        recharge("amount_cents = 1000100"),
    ),
    case(
        "auto_recharge_threshold_below_amount",
        "a charge never brings the balance above the threshold",
        recharge("threshold_mc = 5000000"),
    ),
    case(
        "auto_recharge_threshold_below_amount",
        "it waits for less than nothing",
        recharge("threshold_mc = 0"),
    ),
    case(
        "auto_recharge_cap_allows_one",
        "the cap allows no charge",
        recharge("monthly_cap_cents = 499"),
    ),
    case(
        "auto_recharge_off_wants_nothing",
        "off, and a charge is wanted",
        recharge("enabled = false, wanted_at = now()"),
    ),
    case(
        "auto_recharge_off_wants_nothing",
        "off, and blocked by a decline",
        recharge("enabled = false, declined_payment_id = $payment"),
    ),
    case(
        "auto_recharge_blocked_wants_nothing",
        "blocked, and a charge is wanted",
        recharge("wanted_at = now(), declined_payment_id = $payment"),
    ),
    case(
        "credit_balance_recharge_below_positive",
        "it looks out for less than nothing",
        look_out("recharge_below_mc = 0"),
    ),
    case(
        "credit_balance_recharge_from_when_below",
        "it will look out for nobody knows what",
        look_out("recharge_below_mc = NULL, recharge_from = now()"),
    ),
    case(
        "credit_lot_bought_has_invoice",
        "credits are bought, and nothing was billed",
        alter("credit_lot", "$signup_lot", "source = 'AUTO_RECHARGE'"),
    ),
    case(
        "credit_lot_one_per_purchase",
        "a purchase brings its credits twice",
        A_PURCHASE,
        another("credit_lot", "$signup_lot"),
    ),
    case(
        "invoice_one_recharge_at_a_time",
        "two recharges are under way",
        invoice(**A_RECHARGE),
        invoice(**A_RECHARGE, number="'third'", sequence="100"),
    ),
]
