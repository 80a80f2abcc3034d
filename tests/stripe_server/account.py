"""One Stripe account, kept in memory: its objects, what happens to them, and the events of that."""

from __future__ import annotations

import copy
import itertools
import secrets
import time
from typing import Any

from tests.stripe_server.errors import StripeRefusal, missing
from tests.stripe_server.tokens import Token, Tokens

Object = dict[str, Any]
HELD_BY_BANK = ("needs_response", "under_review", "lost")
CANCELABLE = ("requires_payment_method", "requires_confirmation", "requires_action")


class Account:
    """What Stripe knows. Payers and banks act by `payer_confirms`, `bank_settles` and the like."""

    def __init__(self) -> None:
        self.customers: dict[str, Object] = {}
        self.payment_methods: dict[str, Object] = {}
        self.setup_intents: dict[str, Object] = {}
        self.payment_intents: dict[str, Object] = {}
        self.refunds: dict[str, Object] = {}
        self.disputes: dict[str, Object] = {}
        self.webhook_endpoints: dict[str, Object] = {}
        self.events: list[Object] = []
        self._tokens = Tokens().known
        self._behaviour: dict[str, Token] = {}
        self._serial = itertools.count(1)

    # customers and payment methods

    def create_customer(self, given: Object) -> Object:
        """A customer with what was given."""
        return self._add(self.customers, "customer", "cus", {"metadata": {}} | given)

    def get(self, kind: str, id: str) -> Object:
        """An object of a kind by its id; a test token becomes a method of its own."""
        found: Object | None = getattr(self, kind).get(id)
        if found is None:
            raise missing(kind.removesuffix("s"), id)
        return found

    def attach(self, id: str, customer: str) -> Object:
        """Keep a method for a customer. A token gives a new method each time."""
        self._customer(customer)
        if id in self._tokens:
            token = self._tokens[id]
            if token.attach_declined:
                raise _declined(token.attach_declined)
            method = self.create_method(id)
        else:
            method = self.get("payment_methods", id)
            if method["customer"] is not None:
                raise StripeRefusal(
                    400,
                    "payment_method_unexpected_state",
                    "The payment method you provided has already been attached to a customer.",
                )
        method["customer"] = customer
        self._note("payment_method.attached", method)
        return method

    def create_method(self, token: str) -> Object:
        """What Stripe.js makes of what a payer types in: a method of nobody's yet."""
        known = self._tokens[token]
        details = {"type": known.type, known.type: dict(known.details), "customer": None}
        method = self._add(self.payment_methods, "payment_method", "pm", details)
        self._behaviour[method["id"]] = known
        return method

    def detach(self, id: str) -> Object:
        """A detached method is never anybody's again."""
        method = self.get("payment_methods", id)
        if method["customer"] is None:
            raise StripeRefusal(400, "payment_method_unexpected_state", "It is not attached.")
        method["customer"] = None
        self._note("payment_method.detached", method)
        return method

    def network_updates(self, id: str, **card: Any) -> None:
        """The card network reports a new number or date of a card."""
        method = self.get("payment_methods", id)
        method["card"] |= card
        self._note("payment_method.automatically_updated", method)

    def add_webhook_endpoint(self, url: str, *types: str, status: str = "enabled") -> None:
        """Somebody names an address in the dashboard."""
        told = {"url": url, "enabled_events": list(types), "status": status}
        self._add(self.webhook_endpoints, "webhook_endpoint", "we", told)

    # setting up

    def create_setup_intent(self, given: Object) -> Object:
        """Begin to collect a method in the browser."""
        self._customer(given["customer"])
        intent = self._add(
            self.setup_intents,
            "setup_intent",
            "seti",
            {"metadata": {}, "payment_method": None, "status": "requires_payment_method"} | given,
        )
        intent["client_secret"] = f"{intent['id']}_secret_{secrets.token_urlsafe(12)}"
        return intent

    def payer_sets_up(self, client_secret: str, token: str) -> str:
        """The payer fills in the form of Stripe.js; the id of the method that comes of it."""
        intent = self.get("setup_intents", client_secret.split("_secret_")[0])
        assert intent["client_secret"] == client_secret
        method = self.create_method(token)
        method["customer"] = intent["customer"]
        intent |= {"status": "succeeded", "payment_method": method["id"]}
        self._note("payment_method.attached", method)
        self._note("setup_intent.succeeded", intent)
        id: str = method["id"]
        return id

    # charging

    def create_payment_intent(self, given: Object) -> Object:
        """Ask for money, and with `confirm` take it."""
        method = self.payment_methods.get(given["payment_method"])
        if method is None or method["customer"] != given["customer"]:
            raise missing("PaymentMethod", given["payment_method"], param="payment_method")
        if method["type"] not in given["allowed_payment_method_types"]:
            raise StripeRefusal(400, "parameter_invalid_string_enum", "The types do not fit.")
        amount = int(given["amount"])
        if amount < 50:
            raise StripeRefusal(400, "amount_too_small", "Amount must be at least $0.50 usd")
        kept = {name: value for name, value in given.items() if name not in ("confirm",)}
        intent = self._add(
            self.payment_intents,
            "payment_intent",
            "pi",
            {"metadata": {}, "last_payment_error": None, "next_action": None}
            | kept
            | {"amount": amount, "amount_received": 0, "status": "requires_confirmation"},
        )
        intent["client_secret"] = f"{intent['id']}_secret_{secrets.token_urlsafe(12)}"
        intent["cancellation_reason"] = None
        return self._try(intent, off_session=bool(given.get("off_session")))

    def confirm(self, id: str, given: Object) -> Object:
        """Try again to take the money, now with the payer there."""
        intent = self.get("payment_intents", id)
        if intent["status"] not in CANCELABLE:
            raise self._unexpected(intent)
        return self._try(intent, off_session=bool(given.get("off_session")))

    def cancel(self, id: str, given: Object) -> Object:
        """Give up an intent that has not taken money yet."""
        intent = self.get("payment_intents", id)
        if intent["status"] not in CANCELABLE:
            raise self._unexpected(intent)
        reason = given.get("cancellation_reason")
        intent |= {"status": "canceled", "cancellation_reason": reason, "next_action": None}
        self._note("payment_intent.canceled", intent)
        return intent

    def payer_confirms(self, id: str, *, approved: bool = True) -> None:
        """The payer answers their bank's question."""
        intent = self.get("payment_intents", id)
        if intent["status"] != "requires_action":
            return
        if approved:
            self._succeed(intent)
        else:
            self._fail(intent, "payment_intent_authentication_failure", None)

    def bank_settles(self, id: str, *, declined: str | None = None) -> None:
        """A debit that was under way for days arrives, or is returned."""
        intent = self.get("payment_intents", id)
        assert intent["status"] == "processing"
        if declined:
            self._fail(intent, "payment_intent_payment_attempt_failed", declined)
        else:
            self._succeed(intent)

    def declines(self, method: str, code: str | None) -> None:
        """From now on charges of a method are declined with a code, or not any more."""
        token = self._behaviour[method]
        self._behaviour[method] = Token(token.type, token.details, charge_declined=code)

    # giving back

    def create_refund(self, given: Object) -> Object:
        """Give some or all of a payment back."""
        intent = self.payment_intents.get(given["payment_intent"])
        if intent is None:
            raise missing("payment_intent", given["payment_intent"], param="payment_intent")
        if intent["status"] != "succeeded":
            raise StripeRefusal(400, "payment_intent_unexpected_state", "Nothing was charged.")
        if any(
            dispute["payment_intent"] == intent["id"] and dispute["status"] in HELD_BY_BANK
            for dispute in self.disputes.values()
        ):
            raise StripeRefusal(400, "charge_disputed", "The charge has been charged back.")
        amount = int(given["amount"])
        if amount > intent["amount"] - self._refunded(intent):
            raise StripeRefusal(400, "charge_already_refunded", "More than is left of it.")
        behaviour = self._behaviour[intent["payment_method"]]
        status = "pending" if behaviour.is_debit else behaviour.refunds
        # a refund that fails does so later; Stripe's first answer is that it went well
        refund = self._add(
            self.refunds,
            "refund",
            "re",
            {"metadata": {}, "currency": intent["currency"], "failure_reason": None, "reason": None}
            | given
            | {"amount": amount, "status": "succeeded" if status == "failed" else status},
        )
        self._note("refund.created", refund)
        if status == "failed":
            self.bank_refuses_refund(refund["id"], "expired_or_canceled_card")
        return refund

    def bank_refuses_refund(self, id: str, reason: str) -> None:
        """The payer's bank sends a refund back."""
        refund = self.get("refunds", id)
        refund |= {"status": "failed", "failure_reason": reason}
        self._note("refund.failed", refund)

    def bank_refunds(self, id: str) -> None:
        """A refund that was under way has arrived."""
        refund = self.get("refunds", id)
        refund["status"] = "succeeded"
        self._note("refund.updated", refund)

    def somebody_refunds(
        self, payment_intent: str, amount: int, *, reason: str | None = None
    ) -> Object:
        """Somebody gives back in the dashboard: no operation of ours stands at the refund."""
        return self.create_refund(
            {"payment_intent": payment_intent, "amount": amount, "reason": reason}
        )

    # disputes

    def payer_disputes(
        self, payment_intent: str, *, amount: int | None = None, status: str = "needs_response"
    ) -> Object:
        """The payer tells their bank that they did not want this; the bank takes, or only asks."""
        intent = self.get("payment_intents", payment_intent)
        dispute = self._add(
            self.disputes,
            "dispute",
            "du",
            {
                "payment_intent": payment_intent,
                "amount": amount or intent["amount"],
                "currency": intent["currency"],
                "status": status,
                "reason": "fraudulent",
                "evidence_details": {"due_by": int(time.time()) + 7 * 24 * 60 * 60},
            },
        )
        self._note("charge.dispute.created", dispute)
        if status == "needs_response":
            self._note("charge.dispute.funds_withdrawn", dispute)
        return dispute

    def bank_moves(self, dispute: str, status: str) -> None:
        """The bank goes on with a dispute, or comes to its decision."""
        found = self.get("disputes", dispute)
        found["status"] = status
        is_over = status in ("won", "lost", "warning_closed")
        self._note("charge.dispute.closed" if is_over else "charge.dispute.updated", found)
        if status == "won":
            self._note("charge.dispute.funds_reinstated", found)

    # how

    def _try(self, intent: Object, *, off_session: bool) -> Object:
        behaviour = self._behaviour[intent["payment_method"]]
        if behaviour.charge_declined:
            self._fail(intent, "card_declined", behaviour.charge_declined)
            raise _declined(behaviour.charge_declined, payment_intent=copy.deepcopy(intent))
        if behaviour.needs_authentication and off_session:
            code = "authentication_required"
            self._fail(intent, code, code)
            raise _declined(code, code=code, payment_intent=copy.deepcopy(intent))
        if behaviour.needs_authentication:
            intent |= {"status": "requires_action", "next_action": {"type": "use_stripe_sdk"}}
            self._note("payment_intent.requires_action", intent)
        elif behaviour.is_debit:
            intent["status"] = "processing"
            self._note("payment_intent.processing", intent)
        else:
            self._succeed(intent)
        return intent

    def _succeed(self, intent: Object) -> None:
        intent |= {
            "status": "succeeded",
            "amount_received": intent["amount"],
            "next_action": None,
            "last_payment_error": None,
        }
        self._note("payment_intent.succeeded", intent)
        if self._behaviour[intent["payment_method"]].is_disputed:
            self.payer_disputes(intent["id"])

    def _fail(self, intent: Object, code: str, decline_code: str | None) -> None:
        error = {"type": "card_error", "code": code, "message": "It was declined."}
        if decline_code:
            error["decline_code"] = decline_code
        intent |= {
            "status": "requires_payment_method",
            "next_action": None,
            "last_payment_error": error,
        }
        self._note("payment_intent.payment_failed", intent)

    def _refunded(self, intent: Object) -> int:
        return sum(
            int(refund["amount"])
            for refund in self.refunds.values()
            if refund["payment_intent"] == intent["id"] and refund["status"] != "failed"
        )

    def _customer(self, id: str) -> Object:
        if id not in self.customers:
            raise missing("customer", id, param="customer")
        return self.customers[id]

    def _unexpected(self, intent: Object) -> StripeRefusal:
        return StripeRefusal(
            400,
            "payment_intent_unexpected_state",
            f"This PaymentIntent's status is {intent['status']}.",
            payment_intent=copy.deepcopy(intent),
        )

    def _add(self, kind: dict[str, Object], name: str, prefix: str, values: Object) -> Object:
        id = f"{prefix}_{next(self._serial):06}{secrets.token_hex(8)}"
        made = values | {"id": id, "object": name, "created": int(time.time()), "livemode": False}
        kind[id] = made
        return made

    def _note(self, kind: str, about: Object) -> None:
        self.events.append(
            {
                "id": f"evt_{next(self._serial):06}{secrets.token_hex(8)}",
                "object": "event",
                "api_version": "2026-10-28.endive",
                "created": int(time.time()),
                "livemode": False,
                "type": kind,
                "data": {"object": copy.deepcopy(about)},
            }
        )


def _declined(decline_code: str, *, code: str = "card_declined", **more: Any) -> StripeRefusal:
    return StripeRefusal(402, code, "Your card was declined.", decline_code=decline_code, **more)
