"""The Stripe gateway against a Stripe of the tests' own: what it asks, and what it makes of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4

import pytest
from tortoise import connections
from tortoise.transactions import in_transaction

from models.money import Money
from models.payments import Payment, PaymentMethod, PaymentMethodKind, StripeCustomer
from services import payment_methods, payments
from services.errors import InvalidInput, PaymentDeclined, PaymentUnavailable
from services.gateway import (
    ActionRequired,
    Declined,
    GatewayUnavailable,
    Processing,
    Succeeded,
    UnknownToken,
)
from services.gateway.stripe import API_VERSION, StripeGateway
from services.locks import locked_subscription
from services.payment_attempts import open_payment
from tests import given
from tests.client import Api
from tests.given import Tenant, an_open_invoice
from tests.stripe_server import SECRET_KEY, FakeStripe, Fault

NOW = given.instant(given.FIRST_OF_APRIL)
PATIENCE = 0.3


@pytest.fixture
async def gateway(stripe: FakeStripe) -> AsyncIterator[StripeGateway]:
    """Impatient, so that silence is short; nothing goes wrong unless a test says so."""
    gateway = stripe.gateway(answer_within_seconds=PATIENCE)
    with patch("stripe.HTTPClient.INITIAL_DELAY", 0.01):
        yield gateway
    stripe.faults.clear()
    await gateway.close()


async def a_payer(operator: Api, gateway: StripeGateway, token: str = "pm_card_visa") -> Tenant:
    tenant = await given.a_workspace(operator)
    await payment_methods.attach(tenant.key, token, make_default=True, gateway=gateway)
    return tenant


async def a_payment(
    tenant: Tenant, *, cents: int = 20_00, payer_present: bool = True, id: UUID | None = None
) -> Payment:
    """Of an invoice of its own by the default method, written and not yet asked for."""
    invoice = await an_open_invoice(tenant, cents=cents)
    method = await PaymentMethod.get(workspace_id=tenant.key, is_default=True)
    async with in_transaction():
        await locked_subscription(tenant.key)
        payment = await open_payment(invoice, method, now=NOW, payer_present=payer_present)
    if id is not None:
        await connections.get("default").execute_query(
            "UPDATE payment SET id = $1 WHERE id = $2", [id, payment.id]
        )
    return await Payment.get(id=id or payment.id)


def of_two_days_ago() -> UUID:
    """The id of an operation that was begun then."""
    milliseconds = int((datetime.now(UTC) - timedelta(days=2)).timestamp() * 1000)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | 0b10 << 62 | uuid4().int & (1 << 62) - 1)


async def outcome_of(payment: Payment, gateway: StripeGateway) -> Any:
    return await gateway.charge(payments.charge_of(await payment_with_method(payment)))


async def payment_with_method(payment: Payment) -> Payment:
    return await Payment.get(id=payment.id).select_related("method")


async def test_a_charge_is_one_intent_under_our_id(
    operator: Api, stripe: FakeStripe, gateway: StripeGateway
) -> None:
    acme = await a_payer(operator, gateway)
    payment = await a_payment(acme)
    outcome = await outcome_of(payment, gateway)
    [intent] = stripe.intents_of(payment.id)
    assert outcome == Succeeded(intent["id"])
    customer = (await StripeCustomer.get(workspace_id=acme.key)).reference
    assert (intent["amount"], intent["currency"], intent["customer"]) == (20_00, "usd", customer)
    assert intent["metadata"] == {"operation_id": str(payment.id), "workspace_id": str(acme.key)}
    [asked] = [each for each in stripe.asked if each.key == str(payment.id)]
    assert (asked.method, asked.path) == ("POST", "/v1/payment_intents")
    assert (asked.version, asked.api_key) == (API_VERSION, SECRET_KEY)
    assert (asked.given["confirm"], asked.given["off_session"]) == (True, False)
    # every POST has a key: what the SDK repeats by itself has one effect
    assert all(each.key for each in stripe.asked if each.method == "POST")


async def test_what_falls_due_by_itself_is_charged_off_session(
    operator: Api, stripe: FakeStripe, gateway: StripeGateway
) -> None:
    acme = await a_payer(operator, gateway)
    payment = await a_payment(acme, payer_present=False)
    assert isinstance(await outcome_of(payment, gateway), Succeeded)
    assert stripe.intents_of(payment.id)[0]["off_session"] is True


async def test_asked_again_it_is_the_same_charge(
    operator: Api, stripe: FakeStripe, gateway: StripeGateway
) -> None:
    payment = await a_payment(await a_payer(operator, gateway))
    first = await outcome_of(payment, gateway)
    assert await outcome_of(payment, gateway) == first
    assert len(stripe.intents_of(payment.id)) == 1


async def test_a_workspace_is_one_customer(
    operator: Api, stripe: FakeStripe, gateway: StripeGateway
) -> None:
    acme = await given.a_workspace(operator, name="Acme", email="owner@acme.test")
    for token in ("pm_card_visa", "pm_card_amex"):
        await payment_methods.attach(acme.key, token, make_default=False, gateway=gateway)
    ours = [
        customer
        for customer in stripe.account.customers.values()
        if customer["metadata"]["workspace_id"] == str(acme.key)
    ]
    assert [(each["name"], each["email"]) for each in ours] == [("Acme", "owner@acme.test")]
    # lost between Stripe and us, it is found again under its key
    await StripeCustomer.filter(workspace_id=acme.key).delete()
    await payment_methods.attach(acme.key, "pm_card_visa", make_default=False, gateway=gateway)
    assert (await StripeCustomer.get(workspace_id=acme.key)).reference == ours[0]["id"]


async def test_a_failure_that_stripe_keeps_under_its_key_does_not_keep_a_customer_away(
    operator: Api, stripe: FakeStripe, gateway: StripeGateway
) -> None:
    acme = await given.a_workspace(operator)
    # as often as the SDK asks under that key
    stripe.faults.add("POST /v1/customers", Fault.ERROR_500_BEFORE, times=3)
    await payment_methods.attach(acme.key, "pm_card_visa", make_default=False, gateway=gateway)
    tries = [each.key for each in stripe.asked if each.path == "/v1/customers"][-4:]
    assert tries[:3] == [f"{acme.key}:customer"] * 3
    assert tries[3] not in tries[:3]
    assert await StripeCustomer.exists(workspace_id=acme.key)


async def test_who_hears_of_it_before_the_charge_is_answered_asks_the_payer_too(
    operator: Api, stripe: FakeStripe, gateway: StripeGateway
) -> None:
    acme = await a_payer(operator, gateway, "pm_card_authenticationRequired")
    payment = await a_payment(acme, payer_present=False)
    # given an answer that is lost on its way, and a webhook that is not
    stripe.faults.add("POST /v1/payment_intents$", Fault.CUT_AFTER, times=1)
    stripe.faults.add("v1/payment_intents", Fault.CUT_BEFORE, times=100)
    with pytest.raises(GatewayUnavailable):
        await outcome_of(payment, gateway)
    stripe.faults.clear()
    found = await gateway.find(payment.id, now=NOW)
    [intent] = stripe.intents_of(payment.id)
    assert isinstance(found, ActionRequired)
    assert intent["status"] == "requires_action"


@pytest.mark.parametrize(
    ("token", "kind", "label", "last4", "expires"),
    [
        ("pm_card_visa", "CARD", "Visa •••• 4242", "4242", (12, 2034)),
        (
            "pm_usBankAccount",
            "US_BANK_ACCOUNT",
            "Sandbox Bank •••• 6789",
            "6789",
            (None, None),
        ),
        ("pm_cashapp", "CASHAPP", "Cash App $sandbox", None, (None, None)),
    ],
)
async def test_methods_are_described_as_stripe_knows_them(
    operator: Api,
    gateway: StripeGateway,
    token: str,
    kind: str,
    label: str,
    last4: str | None,
    expires: tuple[int | None, int | None],
) -> None:
    acme = await a_payer(operator, gateway, token)
    method = await PaymentMethod.get(workspace_id=acme.key)
    assert (method.kind, method.label, method.last4) == (kind, label, last4)
    assert (method.expires_month, method.expires_year) == expires


async def test_a_method_that_stripe_js_has_set_up_is_attached(
    operator: Api, stripe: FakeStripe, gateway: StripeGateway
) -> None:
    acme = await given.a_workspace(operator)
    kinds = [
        PaymentMethodKind.CARD,
        PaymentMethodKind.CASHAPP,
        PaymentMethodKind.US_BANK_ACCOUNT,
    ]
    setup = await gateway.set_up(acme.key, kinds)
    assert (setup.provider, setup.publishable_key) == ("stripe", "pk_test_of_the_tests")
    intent = stripe.account.get("setup_intents", setup.client_secret.split("_secret_")[0])
    assert intent["allowed_payment_method_types"] == ["card", "cashapp", "us_bank_account"]
    assert intent["usage"] == "off_session"
    token = stripe.account.payer_sets_up(setup.client_secret, "pm_card_visa")
    attached = await gateway.attach(acme.key, token)
    assert (attached.reference, attached.label) == (token, "Visa •••• 4242")


async def test_another_workspaces_method_is_unknown(
    operator: Api, stripe: FakeStripe, gateway: StripeGateway
) -> None:
    acme, other = await a_payer(operator, gateway), await given.a_workspace(operator)
    theirs = await PaymentMethod.get(workspace_id=acme.key)
    with pytest.raises(UnknownToken):
        await gateway.attach(other.key, theirs.gateway_reference)


async def test_a_card_that_its_bank_refuses_is_not_attached(
    operator: Api, gateway: StripeGateway
) -> None:
    acme = await given.a_workspace(operator)
    with pytest.raises(PaymentDeclined) as declined:
        await payment_methods.attach(
            acme.key, "pm_card_visa_chargeDeclined", make_default=True, gateway=gateway
        )
    assert declined.value.decline_code == "generic_decline"


async def test_a_token_that_stripe_does_not_know_is_named(
    operator: Api, gateway: StripeGateway
) -> None:
    acme = await given.a_workspace(operator)
    with pytest.raises(InvalidInput, match="Stripe does not accept 'pm_nobody' here"):
        await payment_methods.attach(acme.key, "pm_nobody", make_default=True, gateway=gateway)


async def test_a_live_key_takes_no_test_tokens(operator: Api, stripe: FakeStripe) -> None:
    acme = await given.a_workspace(operator)
    access = replace(stripe.access, secret_key="sk_live_of_the_tests")
    live = StripeGateway(access, "http://testserver")
    assert not live.is_sandbox
    before = len(stripe.asked)
    with pytest.raises(UnknownToken, match="is a test token, and payments are live here"):
        await live.attach(acme.key, "pm_card_visa")
    assert len(stripe.asked) == before
    await live.close()


@pytest.mark.parametrize(
    "code", ["insufficient_funds", "lost_card", "expired_card", "do_not_honor"]
)
async def test_a_decline_has_the_banks_code_and_is_final(
    operator: Api, stripe: FakeStripe, gateway: StripeGateway, code: str
) -> None:
    acme = await a_payer(operator, gateway)
    method = await PaymentMethod.get(workspace_id=acme.key)
    stripe.account.declines(method.gateway_reference, code)
    payment = await a_payment(acme)
    outcome = await outcome_of(payment, gateway)
    [intent] = stripe.intents_of(payment.id)
    assert outcome == Declined(intent["id"], code)
    # nobody who kept its secret can pay it after all
    assert intent["status"] == "canceled"
    assert await outcome_of(payment, gateway) == outcome


@pytest.mark.parametrize("payer_present", [True, False])
async def test_three_d_secure_asks_the_payer_and_takes_the_answer(
    operator: Api, stripe: FakeStripe, gateway: StripeGateway, payer_present: bool
) -> None:
    acme = await a_payer(operator, gateway, "pm_card_authenticationRequired")
    payment = await a_payment(acme, payer_present=payer_present)
    settled = await payments.collect(payment.id, gateway)
    [intent] = stripe.intents_of(payment.id)
    assert intent["status"] == "requires_action"
    assert settled.status == "REQUIRES_ACTION"
    assert settled.action_client_secret == intent["client_secret"]
    until = NOW + timedelta(days=1)
    waiting = ActionRequired(intent["id"], intent["client_secret"], None, until)
    assert await gateway.find(payment.id, now=NOW) == waiting
    stripe.account.payer_confirms(intent["id"])
    assert await gateway.find(payment.id, now=NOW) == Succeeded(intent["id"])


async def test_who_refuses_at_their_bank_has_declined(
    operator: Api, stripe: FakeStripe, gateway: StripeGateway
) -> None:
    acme = await a_payer(operator, gateway, "pm_card_authenticationRequired")
    payment = await a_payment(acme)
    await payments.collect(payment.id, gateway)
    [intent] = stripe.intents_of(payment.id)
    stripe.account.payer_confirms(intent["id"], approved=False)
    declined = Declined(intent["id"], "payment_intent_authentication_failure")
    assert await gateway.find(payment.id, now=NOW) == declined
    assert intent["status"] == "canceled"


async def test_what_nobody_confirms_in_a_day_lapses(
    operator: Api, stripe: FakeStripe, gateway: StripeGateway
) -> None:
    acme = await a_payer(operator, gateway, "pm_card_authenticationRequired")
    payment = await a_payment(acme)
    await payments.collect(payment.id, gateway)
    [intent] = stripe.intents_of(payment.id)
    tomorrow = NOW + timedelta(days=1)
    lapsed = Declined(intent["id"], "authentication_required")
    assert await gateway.find(payment.id, now=tomorrow) == lapsed
    assert (intent["status"], intent["cancellation_reason"]) == ("canceled", "abandoned")


async def test_a_charge_that_waits_can_be_given_up_unless_it_was_paid(
    operator: Api, stripe: FakeStripe, gateway: StripeGateway
) -> None:
    acme = await a_payer(operator, gateway, "pm_card_authenticationRequired")
    given_up, paid = [await a_payment(acme) for _ in range(2)]
    for payment in (given_up, paid):
        await payments.collect(payment.id, gateway)
    [first], [second] = stripe.intents_of(given_up.id), stripe.intents_of(paid.id)
    stripe.account.payer_confirms(second["id"])
    cancelled = Declined(first["id"], "payment_cancelled")
    assert await gateway.cancel(given_up.id, now=NOW) == cancelled
    assert await gateway.cancel(paid.id, now=NOW) == Succeeded(second["id"])


async def test_a_bank_debit_is_under_way_for_days(
    operator: Api, stripe: FakeStripe, gateway: StripeGateway
) -> None:
    acme = await a_payer(operator, gateway, "pm_usBankAccount")
    arriving, returned = [await a_payment(acme) for _ in range(2)]
    for payment in (arriving, returned):
        outcome = await outcome_of(payment, gateway)
        assert isinstance(outcome, Processing)
        assert outcome.until == NOW + timedelta(days=4)
    [first], [second] = stripe.intents_of(arriving.id), stripe.intents_of(returned.id)
    stripe.account.bank_settles(first["id"])
    stripe.account.bank_settles(second["id"], declined="insufficient_funds")
    assert await gateway.find(arriving.id, now=NOW) == Succeeded(first["id"])
    assert await gateway.find(returned.id, now=NOW) == Declined(second["id"], "insufficient_funds")


@pytest.mark.parametrize("fault", list(Fault))
async def test_whatever_goes_wrong_once_the_money_is_taken_once(
    operator: Api, stripe: FakeStripe, gateway: StripeGateway, fault: Fault
) -> None:
    acme = await a_payer(operator, gateway)
    payment = await a_payment(acme)
    stripe.faults.add("POST /v1/payment_intents$", fault)
    try:
        await payments.collect(payment.id, gateway)
    except PaymentUnavailable:
        assert (await Payment.get(id=payment.id)).status == "PENDING"
        await payments.collect(payment.id, gateway)
    [intent] = stripe.charges_of(payment.id)
    settled = await Payment.get(id=payment.id)
    assert (settled.status, settled.gateway_reference) == ("SUCCEEDED", intent["id"])


@pytest.mark.parametrize("fault", list(Fault))
async def test_a_provider_that_goes_on_failing_leaves_the_payment_pending(
    operator: Api, stripe: FakeStripe, gateway: StripeGateway, fault: Fault
) -> None:
    acme = await a_payer(operator, gateway)
    payment = await a_payment(acme)
    stripe.faults.add("v1/payment_intents", fault, times=100)
    before = len(stripe.asked)
    with pytest.raises(PaymentUnavailable):
        await payments.collect(payment.id, gateway)
    posts = [each for each in stripe.asked[before:] if each.method == "POST"]
    assert len(posts) <= 3  # one and two quick retries
    assert (await Payment.get(id=payment.id)).status == "PENDING"
    stripe.faults.clear()
    await payments.collect(payment.id, gateway)
    assert (await Payment.get(id=payment.id)).status == "SUCCEEDED"
    assert len(stripe.charges_of(payment.id)) == 1


@pytest.mark.parametrize(
    "fault", [each for each in Fault if each.comes_after], ids=lambda fault: fault.name
)
async def test_a_charge_is_found_also_after_stripe_has_forgotten_its_key(
    operator: Api, stripe: FakeStripe, gateway: StripeGateway, fault: Fault
) -> None:
    acme = await a_payer(operator, gateway)
    payment = await a_payment(acme, id=of_two_days_ago())
    # given a charge of two days ago whose answer was lost, and Stripe was silent from then on
    stripe.faults.add("POST /v1/payment_intents$", fault, times=1)
    stripe.faults.add("v1/payment_intents", Fault.CUT_BEFORE, times=100)
    long_ago = patch("services.gateway.stripe_words.KEY_KEPT_FOR", timedelta(days=3))
    with long_ago, pytest.raises(PaymentUnavailable):
        await payments.collect(payment.id, gateway)
    stripe.faults.clear()
    assert len(stripe.charges_of(payment.id)) == 1
    for intent in stripe.intents_of(payment.id):
        intent["created"] -= 2 * 24 * 60 * 60
    stripe.forget_keys()
    await payments.collect(payment.id, gateway)
    assert (await Payment.get(id=payment.id)).status == "SUCCEEDED"
    assert len(stripe.intents_of(payment.id)) == 1


async def test_a_refused_request_is_a_decline(
    operator: Api, stripe: FakeStripe, gateway: StripeGateway
) -> None:
    acme = await a_payer(operator, gateway)
    charge = payments.charge_of(await payment_with_method(await a_payment(acme)))
    small = replace(charge, amount=Money(49))  # which the books never ask for
    assert await gateway.charge(small) == Declined(None, "amount_too_small")
    method = await PaymentMethod.get(workspace_id=acme.key)
    stripe.account.detach(method.gateway_reference)
    assert await outcome_of(await a_payment(acme), gateway) == Declined(None, "resource_missing")


async def test_a_wrong_key_is_no_decline_and_is_not_told(
    operator: Api, stripe: FakeStripe, gateway: StripeGateway
) -> None:
    acme = await a_payer(operator, gateway)
    payment = await a_payment(acme)
    wrong = StripeGateway(replace(stripe.access, secret_key="sk_test_another"), "http://testserver")
    with pytest.raises(GatewayUnavailable) as silence:
        await outcome_of(payment, wrong)
    assert "sk_test_another" not in f"{silence.value} {wrong!r} {vars(wrong)!r}"
    await wrong.close()


async def test_what_is_detached_here_is_detached_there_whether_stripe_answers_or_not(
    operator: Api, stripe: FakeStripe, gateway: StripeGateway, caplog: pytest.LogCaptureFixture
) -> None:
    acme = await a_payer(operator, gateway)
    method = await PaymentMethod.get(workspace_id=acme.key)
    stripe.faults.add("detach", Fault.TOO_MANY_429)
    await payment_methods.detach(acme.key, method.id, gateway=gateway)
    assert (await PaymentMethod.get(id=method.id)).detached_at == NOW
    assert f"the provider was not told that {method.gateway_reference} is detached" in caplog.text
    for _ in range(2):
        await gateway.detach(method.gateway_reference)
    there = stripe.account.get("payment_methods", method.gateway_reference)
    assert there["customer"] is None


async def test_a_charge_of_another_account_is_not_decided(
    operator: Api, stripe: FakeStripe, gateway: StripeGateway
) -> None:
    acme = await a_payer(operator, gateway, "pm_usBankAccount")
    payment = await a_payment(acme)
    await payments.collect(payment.id, gateway)
    [intent] = stripe.intents_of(payment.id)
    del stripe.account.payment_intents[intent["id"]]
    with pytest.raises(GatewayUnavailable, match="InvalidRequestError 404 resource_missing"):
        await gateway.find(payment.id, now=NOW)
    stripe.account.payment_intents[intent["id"]] = intent
