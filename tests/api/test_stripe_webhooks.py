"""What Stripe tells: whoever forges it is refused, and however it comes, it is done once."""

from __future__ import annotations

import statistics
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
from tortoise import connections

from models.credits import CreditLot
from models.invoices import Invoice
from models.payments import Payment, PaymentMethod, PaymentMethodKind
from models.webhooks import WebhookEvent
from services import payment_methods, payments, refunds, webhooks
from services.gateway.stripe import StripeGateway
from services.idempotency import Command
from services.refunds import RefundRequest
from tests import given
from tests.client import Api
from tests.stripe_hooks import (
    NEW_SECRET,
    a_payer,
    all_comes,
    deliver,
    events_about,
    status_of,
    subscribe,
    work,
)
from tests.stripe_server import WEBHOOK_SECRET, FakeStripe, Fault


async def jobs_of(event: dict[str, Any]) -> int:
    row = await WebhookEvent.get(reference=event["id"])
    found = await connections.get("default").execute_query_dict(
        "SELECT count(*) FROM pgqueuer WHERE entrypoint = 'webhook_event' AND payload = $1",
        [str(row.id).encode()],
    )
    return int(found[0]["count"])


def an_event(**about: Any) -> dict[str, Any]:
    """Of a type that means nothing to us."""
    return {
        "id": f"evt_{given.a_key()}",
        "object": "event",
        "type": "product.created",
        "created": int(time.time()),
        "livemode": False,
        "data": {"object": {"id": "prod_1", "object": "product"}},
    } | about


async def test_an_event_is_stored_and_answered_before_it_is_worked_on(
    hooks: httpx2.AsyncClient, stripe: FakeStripe
) -> None:
    event = an_event()
    before = len(stripe.asked)
    answer = await deliver(hooks, stripe, event)
    assert (answer.status_code, answer.json()) == (200, {"status": "stored"})
    assert (await status_of(event), await jobs_of(event)) == ("WAITING", 1)
    assert len(stripe.asked) == before


async def test_an_answer_takes_less_than_100_milliseconds(
    hooks: httpx2.AsyncClient, stripe: FakeStripe
) -> None:
    times = []
    for _ in range(21):
        began = time.perf_counter()
        assert (await deliver(hooks, stripe, an_event())).status_code == 200
        times.append(time.perf_counter() - began)
    assert statistics.median(times) < 0.1


async def test_an_event_that_comes_twice_is_kept_once(
    hooks: httpx2.AsyncClient, stripe: FakeStripe, gateway: StripeGateway
) -> None:
    event = an_event()
    await deliver(hooks, stripe, event)
    again = await deliver(hooks, stripe, event)
    assert (again.status_code, again.json()) == (200, {"status": "known already"})
    assert (await WebhookEvent.filter(reference=event["id"]).count(), await jobs_of(event)) == (
        1,
        1,
    )
    # also after it was worked on
    await work(gateway, event)
    assert (await deliver(hooks, stripe, event)).json() == {"status": "known already"}
    assert await status_of(event) == "IGNORED"


@pytest.mark.parametrize("secret", [WEBHOOK_SECRET, NEW_SECRET])
async def test_two_secrets_are_good_while_one_replaces_the_other(
    hooks: httpx2.AsyncClient, stripe: FakeStripe, secret: str
) -> None:
    assert (await deliver(hooks, stripe, an_event(), secret=secret)).status_code == 200


@pytest.mark.parametrize(
    "how", [{"secret": "whsec_of_another"}, {"at": time.time() - 301}], ids=["forged", "old"]
)
async def test_what_stripe_has_not_just_signed_is_refused(
    hooks: httpx2.AsyncClient, stripe: FakeStripe, how: dict[str, Any]
) -> None:
    event = an_event()
    answer = await deliver(hooks, stripe, event, **how)
    assert answer.status_code == 400
    assert not await WebhookEvent.exists(reference=event["id"])


async def test_the_signature_is_over_every_byte(
    hooks: httpx2.AsyncClient, stripe: FakeStripe
) -> None:
    body, headers = stripe.signed(an_event())
    for wrong in (body.replace(b"false", b"true "), body + b" ", b"", b"\xff"):
        answer = await hooks.post("/webhooks/stripe", content=wrong, headers=headers)
        assert answer.status_code == 400
    assert (await hooks.post("/webhooks/stripe", content=body)).status_code == 400


async def test_a_signed_body_that_is_no_event_is_refused(
    hooks: httpx2.AsyncClient, stripe: FakeStripe
) -> None:
    for wrong in ({"id": "evt_1"}, an_event(data=None), an_event(created="now")):
        assert (await deliver(hooks, stripe, wrong)).status_code == 400


async def test_a_body_of_more_than_a_mebibyte_is_refused(
    hooks: httpx2.AsyncClient, stripe: FakeStripe
) -> None:
    event = an_event(padding="x" * 1024 * 1024)
    assert (await deliver(hooks, stripe, event)).status_code == 413


async def test_a_bank_debit_settles_by_its_webhook(
    operator: Api, hooks: httpx2.AsyncClient, stripe: FakeStripe, gateway: StripeGateway
) -> None:
    acme = await a_payer(operator, gateway, "pm_usBankAccount")
    payment = await subscribe(acme, gateway)
    assert payment.status == "PROCESSING"
    assert payment.gateway_reference is not None
    stripe.account.bank_settles(payment.gateway_reference)
    events = events_about(stripe, payment.gateway_reference)
    assert [event["type"] for event in events] == [
        "payment_intent.processing",
        "payment_intent.succeeded",
    ]
    await all_comes(hooks, stripe, gateway, events)
    assert (await Payment.get(id=payment.id)).status == "SUCCEEDED"
    assert (await Invoice.get(workspace_id=acme.key)).amount_paid_cents == 20_00
    lots = await CreditLot.filter(account__workspace_id=acme.key, source="PLAN")
    assert [lot.granted_mc for lot in lots] == [5_000_000]


async def test_a_returned_debit_calls_the_subscription_off(
    operator: Api, hooks: httpx2.AsyncClient, stripe: FakeStripe, gateway: StripeGateway
) -> None:
    acme = await a_payer(operator, gateway, "pm_usBankAccount")
    payment = await subscribe(acme, gateway)
    assert payment.gateway_reference is not None
    stripe.account.bank_settles(payment.gateway_reference, declined="insufficient_funds")
    event = events_about(stripe, payment.gateway_reference)[-1]
    await deliver(hooks, stripe, event)
    await work(gateway, event)
    failed = await Payment.get(id=payment.id)
    assert (failed.status, failed.decline_code) == ("FAILED", "insufficient_funds")
    assert (await Invoice.get(workspace_id=acme.key)).status == "VOID"


async def test_three_d_secure_is_finished_by_its_webhook(
    operator: Api, hooks: httpx2.AsyncClient, stripe: FakeStripe, gateway: StripeGateway
) -> None:
    acme = await a_payer(operator, gateway, "pm_card_authenticationRequired")
    payment = await subscribe(acme, gateway)
    assert payment.gateway_reference is not None
    stripe.account.payer_confirms(payment.gateway_reference)
    event = events_about(stripe, payment.gateway_reference)[-1]
    await deliver(hooks, stripe, event)
    await work(gateway, event)
    assert (await Payment.get(id=payment.id)).status == "SUCCEEDED"


async def test_an_old_event_does_not_say_how_things_are(
    operator: Api, hooks: httpx2.AsyncClient, stripe: FakeStripe, gateway: StripeGateway
) -> None:
    # given an event that says "succeeded" about a debit which is still under way
    acme = await a_payer(operator, gateway, "pm_usBankAccount")
    payment = await subscribe(acme, gateway)
    assert payment.gateway_reference is not None
    lie = an_event(
        type="payment_intent.succeeded",
        data={"object": {"id": payment.gateway_reference, "object": "payment_intent"}},
    )
    await deliver(hooks, stripe, lie)
    await work(gateway, lie)
    assert (await Payment.get(id=payment.id)).status == "PROCESSING"


async def test_a_method_comes_changes_and_goes_by_webhook(
    operator: Api, hooks: httpx2.AsyncClient, stripe: FakeStripe, gateway: StripeGateway
) -> None:
    acme = await given.a_workspace(operator)
    setup = await gateway.set_up(acme.key, [PaymentMethodKind.CARD])
    reference = stripe.account.payer_sets_up(setup.client_secret, "pm_card_visa")
    intent = setup.client_secret.split("_secret_")[0]
    for event in (*events_about(stripe, reference), *events_about(stripe, intent)):
        await deliver(hooks, stripe, event)
        await work(gateway, event)
    method = await PaymentMethod.get(workspace_id=acme.key)
    assert (method.gateway_reference, method.is_default) == (reference, True)
    # when the payer's page asks for it too, it is the same one
    token = await payment_methods.attach(acme.key, reference, make_default=True, gateway=gateway)
    assert token.objects == {"payment_method": method.id}
    # when the network sends a new card
    stripe.account.network_updates(reference, last4="1881", exp_year=2039)
    updated = events_about(stripe, reference)[-1]
    await deliver(hooks, stripe, updated)
    await work(gateway, updated)
    method = await PaymentMethod.get(workspace_id=acme.key)
    assert (method.label, method.last4, method.expires_year) == ("Visa •••• 1881", "1881", 2039)
    # when it is removed in Stripe's dashboard
    stripe.account.detach(reference)
    gone = events_about(stripe, reference)[-1]
    await deliver(hooks, stripe, gone)
    await work(gateway, gone)
    method = await PaymentMethod.get(workspace_id=acme.key)
    assert method.detached_at == given.instant(given.FIRST_OF_APRIL)
    assert not method.is_default


async def test_a_refund_under_way_arrives_by_its_webhook(
    operator: Api, hooks: httpx2.AsyncClient, stripe: FakeStripe, gateway: StripeGateway
) -> None:
    acme = await a_payer(operator, gateway, "pm_card_pendingRefund")
    payment = await subscribe(acme, gateway)
    command = Command(acme.key, "refundPayment", given.a_key(), {})
    request = RefundRequest(None, "changed their mind")
    await refunds.refund_payment(command, payment.id, request, gateway=gateway)
    [refund] = [
        refund
        for refund in stripe.account.refunds.values()
        if refund["payment_intent"] == payment.gateway_reference
    ]
    assert (await Payment.get(id=payment.id)).status == "SUCCEEDED"
    stripe.account.bank_refunds(refund["id"])
    event = events_about(stripe, refund["id"])[-1]
    await deliver(hooks, stripe, event)
    await work(gateway, event)
    assert (await Payment.get(id=payment.id)).status == "REFUNDED"


async def test_what_is_not_ours_or_of_the_other_mode_is_ignored(
    operator: Api, hooks: httpx2.AsyncClient, stripe: FakeStripe, gateway: StripeGateway
) -> None:
    acme = await a_payer(operator, gateway, "pm_usBankAccount")
    payment = await subscribe(acme, gateway)
    assert payment.gateway_reference is not None
    stripe.account.bank_settles(payment.gateway_reference)
    live = events_about(stripe, payment.gateway_reference)[-1] | {"livemode": True}
    await deliver(hooks, stripe, live)
    await work(gateway, live)
    assert await status_of(live) == "IGNORED"
    # given an intent that somebody has made in the dashboard
    intent = stripe.account.payment_intents[payment.gateway_reference]
    kept, intent["metadata"] = intent["metadata"], {}
    theirs = events_about(stripe, payment.gateway_reference)[0]
    await deliver(hooks, stripe, theirs)
    await work(gateway, theirs)
    assert await status_of(theirs) == "IGNORED"
    intent["metadata"] = kept
    await payments.find_out(payment.id, gateway)


async def test_what_fails_is_tried_again_and_finally_parked_and_replayed(
    operator: Api, hooks: httpx2.AsyncClient, stripe: FakeStripe, gateway: StripeGateway
) -> None:
    acme = await a_payer(operator, gateway, "pm_usBankAccount")
    payment = await subscribe(acme, gateway)
    assert payment.gateway_reference is not None
    stripe.account.bank_settles(payment.gateway_reference)
    event = events_about(stripe, payment.gateway_reference)[-1]
    await deliver(hooks, stripe, event)
    stripe.faults.add("GET /v1/payment_intents", Fault.TOO_MANY_429, times=1_000)
    minutes = []
    for attempt in range(1, webhooks.ATTEMPTS_MAX + 1):
        await work(gateway, event)
        row = await WebhookEvent.get(reference=event["id"])
        assert row.attempts == attempt
        assert row.problem is not None
        assert row.problem.startswith("GatewayUnavailable: RateLimitError 429")
        # nobody takes it before its time
        await work(gateway, event)
        assert (await WebhookEvent.get(reference=event["id"])).attempts == attempt
        minutes.append(round((row.next_try_at - datetime.now(UTC)) / timedelta(minutes=1)))
        await WebhookEvent.filter(id=row.id).update(next_try_at=datetime.now(UTC))
    assert minutes == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360]
    assert await status_of(event) == "PARKED"
    assert event["id"] in [each.reference for each in await webhooks.parked()]
    assert (await Payment.get(id=payment.id)).status == "PROCESSING"
    # when Stripe answers again and somebody replays it
    stripe.faults.clear()
    await webhooks.replay(event["id"])
    await work(gateway, event)
    assert await status_of(event) == "DONE"
    assert (await Payment.get(id=payment.id)).status == "SUCCEEDED"
    assert await webhooks.replay("evt_nobody") is None


async def test_an_event_whose_job_was_lost_is_found_again(
    hooks: httpx2.AsyncClient, stripe: FakeStripe, gateway: StripeGateway
) -> None:
    event = an_event()
    await deliver(hooks, stripe, event)
    await connections.get("default").execute_query(
        "DELETE FROM pgqueuer WHERE entrypoint = 'webhook_event'"
    )
    await webhooks.share_out()
    assert await jobs_of(event) == 1
    await work(gateway, event)
    assert await status_of(event) == "IGNORED"
