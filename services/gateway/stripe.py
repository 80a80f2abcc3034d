"""Stripe, through its official SDK: the only module that imports it.

Each charge is one PaymentIntent and each refund one Refund, under our operation id: it is their
idempotency key, and stands in their metadata for the day on which Stripe has forgotten the key.
What is called declined here is cancelled there first, so that it can never be paid after all.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

import aiohttp
import stripe
from stripe import params as parameters
from uuid_utils.compat import uuid7

from models.disputes import HOLDS_MONEY
from models.money import Money
from models.payments import Payment, PaymentMethodKind, PaymentStatus, StripeCustomer
from models.refunds import Refund
from models.workspaces import Workspace
from services.gateway import (
    ActionRequired,
    AttachedMethod,
    Charge,
    Declined,
    DisputeMoved,
    ForgedEvent,
    GatewayUnavailable,
    KnownDispute,
    MethodGone,
    MethodKept,
    MethodRefused,
    Movement,
    News,
    Outcome,
    PaymentMoved,
    Processing,
    ProviderEvent,
    RefundMade,
    RefundMoved,
    RefundOutcome,
    Repayment,
    Setup,
    Succeeded,
    UnknownToken,
    WebhookAddress,
)
from services.gateway.stripe_access import StripeAccess
from services.gateway.stripe_words import (
    DISPUTE_STATUSES,
    HEARD,
    KINDS,
    OUR_ID,
    TYPES,
    asked_first_at,
    event_in,
    may_be_forgotten,
    metadata,
    operation_in,
)

API_VERSION = "2026-10-28.endive"
ANSWER_WITHIN_SECONDS = 20.0
CONNECT_WITHIN_SECONDS = 5.0
QUICK_RETRIES = 2
SIGNATURE_GOOD_FOR = timedelta(minutes=5)
BANK_DEBIT_TAKES = timedelta(days=4)
CONFIRMATION_LAPSES_AFTER = timedelta(days=1)
CLOCKS_DIFFER_BY = timedelta(minutes=5)
PAGE = 100
NOT_CONFIRMED = "authentication_required"
CANCELLED = "payment_cancelled"
GIVEN_UP = "requested_by_customer"
LAPSED = "abandoned"
MONEY_TAKEN = ("succeeded", "processing")
TEST_TOKENS = ("pm_card_", "pm_usBankAccount", "pm_cashapp", "tok_")

# The SDK tells of every request, and at lower levels of whole bodies, which hold client secrets.
logging.getLogger("stripe").setLevel(logging.WARNING)
logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")
Listed = TypeVar("Listed", bound=stripe.StripeObject)


class _HttpClient(stripe.AIOHTTPClient):
    """The SDK's own, but a connection that is cut within an answer is a cut connection too."""

    async def request_async(
        self, method: str, url: str, headers: Mapping[str, str], post_data: Any = None
    ) -> tuple[bytes, int, Mapping[str, str]]:
        try:
            return await super().request_async(method, url, headers, post_data)
        except (aiohttp.ClientError, TimeoutError) as cut:
            self._handle_request_error(cut)


class StripeGateway:
    """The provider that moves real money, or with a test key none."""

    provider = "stripe"

    def __init__(
        self,
        access: StripeAccess,
        public_url: str,
        *,
        answer_within_seconds: float = ANSWER_WITHIN_SECONDS,
    ) -> None:
        self._access, self._public_url = access, public_url
        self.is_sandbox = not access.is_live
        self._http = _HttpClient(
            timeout=aiohttp.ClientTimeout(
                total=answer_within_seconds, connect=CONNECT_WITHIN_SECONDS
            )
        )
        self._stripe = stripe.StripeClient(
            access.secret_key,
            stripe_version=API_VERSION,
            base_addresses={"api": access.api_base} if access.api_base else None,
            max_network_retries=QUICK_RETRIES,
            http_client=self._http,
        ).v1

    async def close(self) -> None:
        """Let go of the connections."""
        await self._http.close_async()  # type: ignore[no-untyped-call]

    # payment methods

    async def set_up(self, workspace_id: UUID, kinds: Sequence[PaymentMethodKind]) -> Setup:
        """A SetupIntent, which Stripe.js confirms in the payer's browser."""
        operation_id = uuid7()
        wanted: parameters.SetupIntentCreateParams = {
            "customer": await self._customer(workspace_id),
            "allowed_payment_method_types": [TYPES[kind] for kind in kinds],
            "usage": "off_session",
            "metadata": metadata(operation_id, workspace_id),
        }
        made = self._stripe.setup_intents.create_async(wanted, _key(operation_id))
        intent = await _answered(made)
        assert intent.client_secret is not None, "the secret key sees it"
        return Setup(self.provider, self._access.publishable_key, intent.client_secret)

    async def attach(self, workspace_id: UUID, token: str) -> AttachedMethod:
        """Keep a method for a customer, unless Stripe.js or a webhook was first."""
        if self._access.is_live and token.startswith(TEST_TOKENS):
            raise UnknownToken(f"'{token[:100]}' is a test token, and payments are live here.")
        customer = await self._customer(workspace_id)
        try:
            method = await self._attached(customer, token)
        except stripe.CardError as declined:
            raise MethodRefused(_code_of(declined)) from declined
        except stripe.InvalidRequestError as refused:
            raise UnknownToken(f"Stripe does not accept '{token[:100]}' here.") from refused
        if method.customer != customer:
            raise UnknownToken(f"Stripe does not accept '{token[:100]}' here.")
        described = _described(method)
        if described is None:
            raise UnknownToken(f"Methods of type '{method.type}' cannot be charged here.")
        return described

    async def detach(self, reference: str) -> None:
        """Never charge this method again. Safe to repeat."""
        try:
            await _decided(self._stripe.payment_methods.detach_async(reference, {}, _key(uuid7())))
        except stripe.InvalidRequestError:
            return  # detached already, or never there

    # charges

    async def charge(self, charge: Charge) -> Outcome:
        """Create and confirm a PaymentIntent; asked again, as it was the first time."""
        payment = await Payment.get(id=charge.operation_id).select_related("method")
        if may_be_forgotten(charge.operation_id):
            known = await self._intent_of(payment)
            if known is not None:
                return await self._outcome(known, payment, now=charge.at, asks_payer=True)
        try:
            intent = await self._create_intent(payment, charge)
        except stripe.StripeError as error:
            return await self._after(error, payment, now=charge.at)
        return await self._outcome(intent, payment, now=charge.at)

    async def find(self, operation_id: UUID, *, now: datetime) -> Outcome | None:
        """What became of a charge by `now`; what nobody has confirmed in a day lapses."""
        payment = await Payment.get(id=operation_id).select_related("method")
        intent = await self._intent_of(payment)
        if intent is None:
            return None
        # its webhook may be quicker than the answer to the charge, which would ask the payer
        asks_payer = payment.status is PaymentStatus.PENDING
        return await self._outcome(intent, payment, now=now, asks_payer=asks_payer)

    async def cancel(self, operation_id: UUID, *, now: datetime) -> Outcome:
        """Give up a charge that still waits for its payer."""
        payment = await Payment.get(id=operation_id)
        intent = await self._intent_of(payment)
        assert intent is not None, "what waits for its payer has a name at Stripe"
        if intent.status in (*MONEY_TAKEN, "canceled"):
            return await self._outcome(intent, payment, now=now)
        return await self._called_off(intent, payment, GIVEN_UP, now=now)

    # refunds

    async def refund(self, repayment: Repayment) -> RefundOutcome:
        """Give some or all of a PaymentIntent back."""
        if may_be_forgotten(repayment.operation_id):
            known = await self.find_refund(repayment.operation_id, now=repayment.at)
            if known is not None:
                return known
        wanted: parameters.RefundCreateParams = {
            "payment_intent": repayment.charge_reference,
            "amount": repayment.amount.cents,
            "metadata": {OUR_ID: str(repayment.operation_id)},
        }
        try:
            made = await self._stripe.refunds.create_async(wanted, _key(repayment.operation_id))
        except stripe.StripeError as error:
            return await self._after_refund(error, repayment)
        return _refund_outcome(made, opened_at=repayment.at)

    async def find_refund(
        self,
        operation_id: UUID,
        *,
        now: datetime,  # noqa: ARG002
    ) -> RefundOutcome | None:
        """What became of a refund, by its name there or by our id in its metadata."""
        refund = await Refund.get(id=operation_id).select_related("payment")
        if refund.gateway_reference is not None:
            kept = await _answered(self._stripe.refunds.retrieve_async(refund.gateway_reference))
            return _refund_outcome(kept, opened_at=refund.opened_at)
        assert refund.payment.gateway_reference is not None, "what arrived has a name at Stripe"
        wanted: parameters.RefundListParams = {
            "payment_intent": refund.payment.gateway_reference,
            "limit": PAGE,
        }
        async for each in _listed(self._stripe.refunds.list_async(wanted)):
            if operation_in(each.metadata) == operation_id:
                return _refund_outcome(each, opened_at=refund.opened_at)
        return None

    # what goes back without us

    async def find_dispute(self, reference: str) -> KnownDispute | None:
        """How a dispute stands, whatever its events have told."""
        dispute = await _answered(self._stripe.disputes.retrieve_async(reference))
        payment_id = await self._payment_behind(dispute.payment_intent)
        if payment_id is None:
            return None
        due_by = dispute.evidence_details.due_by
        return KnownDispute(
            reference=dispute.id,
            payment_id=payment_id,
            status=DISPUTE_STATUSES[dispute.status],
            amount=Money(dispute.amount, dispute.currency.upper()),
            reason=dispute.reason,
            due_by=_instant(due_by) if due_by else None,
            made_at=_instant(dispute.created),
        )

    async def _made_elsewhere(self, refund: stripe.Refund) -> RefundMade | None:
        """A refund that does not bear our id: made in the dashboard, or by another program."""
        payment_id = await self._payment_behind(refund.payment_intent)
        if payment_id is None:
            return None
        why = (refund.reason or "no reason given").replace("_", " ")
        made_at = _instant(refund.created)
        return RefundMade(
            reference=refund.id,
            payment_id=payment_id,
            amount=Money(refund.amount, refund.currency.upper()),
            reason=f"Refunded at Stripe: {why}",
            made_at=made_at,
            outcome=_refund_outcome(refund, opened_at=made_at),
        )

    async def _payment_behind(self, intent: str | stripe.PaymentIntent | None) -> UUID | None:
        """Our payment that is charged by an intent; None when it is not ours."""
        if not isinstance(intent, str):
            return None
        found = await _answered(self._stripe.payment_intents.retrieve_async(intent))
        return operation_in(found.metadata)

    # events

    def verified(self, body: bytes, signature: str | None) -> ProviderEvent:
        """What a webhook tells. Raises ForgedEvent unless one of our secrets has signed it."""
        tolerance = int(SIGNATURE_GOOD_FOR.total_seconds())
        for secret in self._access.webhook_secrets:
            try:
                stripe.WebhookSignature.verify_header(body, signature, secret, tolerance)
            except (stripe.SignatureVerificationError, UnicodeDecodeError):
                continue
            return event_in(body)
        raise ForgedEvent

    async def addresses(self) -> list[WebhookAddress]:
        """The webhook endpoints of the account, of this mode."""
        return [
            WebhookAddress(
                endpoint.url,
                endpoint.status == "enabled",
                []
                if "*" in endpoint.enabled_events
                else [each for each in HEARD if each not in endpoint.enabled_events],
            )
            async for endpoint in _listed(
                self._stripe.webhook_endpoints.list_async({"limit": PAGE})
            )
        ]

    async def news(self, event: ProviderEvent) -> News | None:
        """What an event means for us by now: its object is fetched anew, whatever its age."""
        reference = event.object_reference
        match event.object_type:
            case "payment_intent":
                intent = await _answered(self._stripe.payment_intents.retrieve_async(reference))
                payment_id = operation_in(intent.metadata)
                return PaymentMoved(payment_id) if payment_id else None
            case "refund":
                refund = await _answered(self._stripe.refunds.retrieve_async(reference))
                refund_id = operation_in(refund.metadata)
                return RefundMoved(refund_id) if refund_id else await self._made_elsewhere(refund)
            case "dispute":
                return DisputeMoved(reference)
            case "setup_intent":
                setup = await _answered(self._stripe.setup_intents.retrieve_async(reference))
                if setup.status == "succeeded" and isinstance(setup.payment_method, str):
                    return await self._method_news(setup.payment_method)
            case "payment_method":
                return await self._method_news(reference)
        return None

    async def _method_news(self, reference: str) -> News | None:
        method = await _answered(self._stripe.payment_methods.retrieve_async(reference))
        if method.customer is None:
            return MethodGone(reference)
        owner = await StripeCustomer.get_or_none(reference=method.customer)
        described = _described(method)
        if owner is None or described is None:
            return None
        return MethodKept(owner.workspace_id, described)

    # statements

    async def charges_since(self, since: datetime) -> AsyncIterator[Movement]:
        """The PaymentIntents that have taken money, newest first."""
        wanted: parameters.PaymentIntentListParams = {
            "created": {"gte": int(since.timestamp())},
            "limit": PAGE,
        }
        async for intent in _listed(self._stripe.payment_intents.list_async(wanted)):
            if intent.status == "succeeded":
                amount = Money(intent.amount_received, intent.currency.upper())
                made_at = _instant(intent.created)
                yield Movement(intent.id, operation_in(intent.metadata), amount, made_at)

    async def refunds_since(self, since: datetime) -> AsyncIterator[Movement]:
        """The refunds that have given money back, newest first."""
        async for refund in self._refunds(since):
            if refund.status == "succeeded":
                amount = Money(refund.amount, refund.currency.upper())
                made_at = _instant(refund.created)
                yield Movement(refund.id, operation_in(refund.metadata), amount, made_at)

    async def disputes_since(self, since: datetime) -> AsyncIterator[Movement]:
        """The disputes by which payers' banks have money of ours, newest first."""
        async for dispute in self._disputes(since):
            # what we have no word for is told, too: the books cannot have it
            if DISPUTE_STATUSES.get(dispute.status) in (None, *HOLDS_MONEY):
                amount = Money(dispute.amount, dispute.currency.upper())
                yield Movement(dispute.id, None, amount, _instant(dispute.created))

    async def news_since(self, since: datetime) -> AsyncIterator[News]:
        """The refunds of our payments that are not ours, and all disputes."""
        async for refund in self._refunds(since):
            made = None if operation_in(refund.metadata) else await self._made_elsewhere(refund)
            if made is not None:
                yield made
        async for dispute in self._disputes(since):
            yield DisputeMoved(dispute.id)

    def _refunds(self, since: datetime) -> AsyncIterator[stripe.Refund]:
        wanted: parameters.RefundListParams = {
            "created": {"gte": int(since.timestamp())},
            "limit": PAGE,
        }
        return _listed(self._stripe.refunds.list_async(wanted))

    def _disputes(self, since: datetime) -> AsyncIterator[stripe.Dispute]:
        wanted: parameters.DisputeListParams = {
            "created": {"gte": int(since.timestamp())},
            "limit": PAGE,
        }
        return _listed(self._stripe.disputes.list_async(wanted))

    # how

    async def _customer(self, workspace_id: UUID) -> str:
        """The workspace's customer, made at the first need and once."""
        known = await StripeCustomer.get_or_none(workspace_id=workspace_id)
        if known is not None:
            return known.reference
        workspace = await Workspace.get(id=workspace_id)
        wanted: parameters.CustomerCreateParams = {
            "name": workspace.name,
            "email": workspace.email,
            "metadata": metadata(workspace_id, workspace_id),
        }
        customers = self._stripe.customers
        try:
            made = await customers.create_async(wanted, _key(workspace_id, "customer"))
        except (stripe.APIError, stripe.IdempotencyError):
            # Stripe repeats its first answer to a key for a day, a failure too; a customer too
            # many costs nothing
            made = await _answered(customers.create_async(wanted, _key(uuid7())))
        except stripe.StripeError as error:
            raise _unavailable(error) from error
        row = StripeCustomer(
            workspace_id=workspace_id, reference=made.id, is_live=self._access.is_live
        )
        await StripeCustomer.bulk_create([row], ignore_conflicts=True)
        # of two that came at once the first is kept
        return (await StripeCustomer.get(workspace_id=workspace_id)).reference

    async def _attached(self, customer: str, token: str) -> stripe.PaymentMethod:
        methods = self._stripe.payment_methods
        wanted: parameters.PaymentMethodAttachParams = {"customer": customer}
        try:
            return await _decided(methods.attach_async(token, wanted, _key(uuid7())))
        except stripe.InvalidRequestError as refused:
            if refused.code != "payment_method_unexpected_state":
                raise
        return await _decided(methods.retrieve_async(token))

    async def _create_intent(self, payment: Payment, charge: Charge) -> stripe.PaymentIntent:
        assert payment.method is not None, "what is to be charged has a method"
        wanted: parameters.PaymentIntentCreateParams = {
            "amount": charge.amount.cents,
            "currency": charge.amount.currency.lower(),
            "customer": await self._customer(payment.workspace_id),
            "payment_method": charge.method_reference,
            "allowed_payment_method_types": [TYPES[payment.method.kind]],
            "confirm": True,
            "off_session": not payment.payer_present,
            "return_url": self._public_url,
            "metadata": metadata(payment.id, payment.workspace_id),
        }
        return await self._stripe.payment_intents.create_async(wanted, _key(payment.id))

    async def _after(
        self, error: stripe.StripeError, payment: Payment, *, now: datetime
    ) -> Outcome:
        """What a charge became that was not answered with an intent."""
        if isinstance(error, stripe.APIConnectionError):
            raise _unavailable(error) from error
        # Stripe repeats its first answer to a key, also if that was an error after the deed
        intent = await self._intent_of(payment)
        if intent is not None:
            return await self._outcome(intent, payment, now=now, asks_payer=True)
        if not _is_final(error):
            raise _unavailable(error) from error
        logger.error("Stripe refused payment %s: %s", payment.id, error.user_message)
        return Declined(None, _code_of(error))

    async def _after_refund(self, error: stripe.StripeError, repayment: Repayment) -> RefundOutcome:
        """What a refund became that was not answered with one."""
        if isinstance(error, stripe.APIConnectionError):
            raise _unavailable(error) from error
        known = await self.find_refund(repayment.operation_id, now=repayment.at)
        if known is not None:
            return known
        if not _is_final(error):
            raise _unavailable(error) from error
        return Declined(None, _code_of(error))

    async def _intent_of(self, payment: Payment) -> stripe.PaymentIntent | None:
        """The intent as it is now, by its name there or by our id in its metadata."""
        intents = self._stripe.payment_intents
        if payment.gateway_reference is not None:
            return await _answered(intents.retrieve_async(payment.gateway_reference))
        customer = await StripeCustomer.get_or_none(workspace_id=payment.workspace_id)
        if customer is None:
            return None
        since = asked_first_at(payment.id) - CLOCKS_DIFFER_BY
        wanted: parameters.PaymentIntentListParams = {
            "customer": customer.reference,
            "created": {"gte": int(since.timestamp())},
            "limit": PAGE,
        }
        async for intent in _listed(intents.list_async(wanted)):
            if operation_in(intent.metadata) == payment.id:
                return intent
        return None

    async def _outcome(
        self,
        intent: stripe.PaymentIntent,
        payment: Payment,
        *,
        now: datetime,
        asks_payer: bool = False,
    ) -> Outcome:
        lapses_at = payment.opened_at + CONFIRMATION_LAPSES_AFTER
        match intent.status:
            case "succeeded":
                return Succeeded(intent.id)
            case "processing":
                return Processing(intent.id, payment.opened_at + BANK_DEBIT_TAKES)
            case "requires_action" if now < lapses_at:
                assert intent.client_secret is not None, "the secret key sees it"
                return ActionRequired(intent.id, intent.client_secret, _page_of(intent), lapses_at)
            case "canceled":
                return Declined(intent.id, _why_declined(intent))
        if asks_payer and now < lapses_at and _decline_code(intent) == NOT_CONFIRMED:
            return await self._ask_payer(intent, payment, now=now)
        return await self._called_off(intent, payment, LAPSED, now=now)

    async def _ask_payer(
        self, intent: stripe.PaymentIntent, payment: Payment, *, now: datetime
    ) -> Outcome:
        """A bank that wants its payer to confirm what was charged without them gets to ask."""
        assert payment.method is not None, "what is to be charged has a method"
        intents = self._stripe.payment_intents
        wanted: parameters.PaymentIntentConfirmParams = {
            "payment_method": payment.method.gateway_reference,
            "return_url": self._public_url,
        }
        try:
            asked = intents.confirm_async(intent.id, wanted, _key(payment.id, "confirm"))
            confirmed = await _decided(asked)
        except (stripe.CardError, stripe.InvalidRequestError):
            confirmed = await _answered(intents.retrieve_async(intent.id))
        return await self._outcome(confirmed, payment, now=now)

    async def _called_off(
        self, intent: stripe.PaymentIntent, payment: Payment, reason: str, *, now: datetime
    ) -> Outcome:
        """Cancel an intent for good, or if that comes too late learn what it has become."""
        intents = self._stripe.payment_intents
        wanted: parameters.PaymentIntentCancelParams = {"cancellation_reason": reason}
        try:
            # a new key each time: what could not be cancelled then may be by now, and twice is once
            await _decided(intents.cancel_async(intent.id, wanted, _key(uuid7())))
        except stripe.InvalidRequestError as too_late:
            logger.info("payment %s could not be cancelled: %s", payment.id, too_late.user_message)
        current = await _answered(intents.retrieve_async(intent.id))
        if current.status not in (*MONEY_TAKEN, "canceled"):
            raise GatewayUnavailable(f"{intent.id} is {current.status} and was not cancelled")
        return await self._outcome(current, payment, now=now)


def _instant(timestamp: int) -> datetime:
    return datetime.fromtimestamp(timestamp, UTC)


async def _answered(call: Awaitable[Answer]) -> Answer:
    """An answer to what cannot be refused; if it is, something is wrong that a person must see."""
    try:
        return await call
    except stripe.StripeError as error:
        raise _unavailable(error) from error


async def _listed(first_page: Awaitable[stripe.ListObject[Listed]]) -> AsyncIterator[Listed]:
    """All that a list has, page by page."""
    try:
        async for each in (await first_page).auto_paging_iter():
            yield each
    except stripe.StripeError as error:
        raise _unavailable(error) from error


async def _decided(call: Awaitable[Answer]) -> Answer:
    """An answer, or a refusal that holds; anything else is no answer."""
    try:
        return await call
    except stripe.StripeError as error:
        if _is_final(error):
            raise
        raise _unavailable(error) from error


def _is_final(error: stripe.StripeError) -> bool:
    """Whether Stripe has understood and refused: asked again, it would do so again."""
    return isinstance(error, stripe.CardError | stripe.InvalidRequestError)


def _unavailable(error: stripe.StripeError) -> GatewayUnavailable:
    told = (type(error).__name__, error.http_status, error.code, error.request_id)
    return GatewayUnavailable(" ".join(str(each) for each in told if each))


def _key(operation_id: UUID, step: str = "") -> stripe.RequestOptions:
    return {"idempotency_key": f"{operation_id}:{step}" if step else str(operation_id)}


def _described(method: stripe.PaymentMethod) -> AttachedMethod | None:
    """A method in our words; None for one that cannot be charged here."""
    # the SDK's objects have the attributes that Stripe has sent: of all types only the method's
    match KINDS.get(method.type):
        case PaymentMethodKind.CARD as kind:
            card = method.card
            assert card is not None, "a card is described as one"
            return AttachedMethod(
                reference=method.id,
                kind=kind,
                label=f"{card.brand.title()} •••• {card.last4}",
                brand=card.brand,
                last4=card.last4,
                expires_month=card.exp_month,
                expires_year=card.exp_year,
            )
        case PaymentMethodKind.US_BANK_ACCOUNT as kind:
            account = method.us_bank_account
            assert account is not None, "an account is described as one"
            label = f"{(account.bank_name or 'Bank account')[:80]} •••• {account.last4}"
            return AttachedMethod(method.id, kind, label, last4=account.last4)
        case PaymentMethodKind.CASHAPP as kind:
            cashapp = method.cashapp
            assert cashapp is not None, "Cash App is described as such"
            return AttachedMethod(method.id, kind, f"Cash App {cashapp.cashtag or ''}".strip())
    return None


def _page_of(intent: stripe.PaymentIntent) -> str | None:
    action = intent.next_action
    if action is None or action.type != "redirect_to_url" or action.redirect_to_url is None:
        return None
    return action.redirect_to_url.url


def _decline_code(intent: stripe.PaymentIntent) -> str | None:
    error = intent.last_payment_error
    if error is None:
        return None
    return (error.decline_code if "decline_code" in error else None) or error.code


def _why_declined(intent: stripe.PaymentIntent) -> str:
    if code := _decline_code(intent):
        return code
    return NOT_CONFIRMED if intent.cancellation_reason == LAPSED else CANCELLED


def _code_of(error: stripe.StripeError) -> str:
    """What a refusal is called: by the bank if it was the bank's, else by Stripe."""
    decline_code = error.error.decline_code if error.error else None
    return decline_code or error.code or "refused_by_stripe"


def _refund_outcome(refund: stripe.Refund, *, opened_at: datetime) -> RefundOutcome:
    match refund.status:
        case "succeeded":
            return Succeeded(refund.id)
        case "failed" | "canceled":
            reason = refund.failure_reason if "failure_reason" in refund else None
            return Declined(refund.id, reason or refund.status)
    return Processing(refund.id, opened_at + BANK_DEBIT_TAKES)
