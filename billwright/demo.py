"""Example workspaces, one in every state that there is, for the sandbox.

They are made by the services that everybody uses, under fixed idempotency keys: a second run is
answered as the first and changes nothing, also after people have played with the workspaces. The
clock of each stands still, so that what waits goes on waiting.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

from billwright import database
from billwright.settings import Settings, SettingsError
from models.catalog import CatalogVersion
from models.disputes import DisputeStatus
from models.money import Credits
from models.payments import Payment
from models.workspaces import Workspace
from services import (
    agents,
    api_keys,
    catalog,
    credit_purchases,
    credits,
    disputes,
    payment_methods,
    phone_numbers,
    sellers,
    subscriptions,
    workspaces,
)
from services.answers import Answer
from services.api_keys import Keyring, Scope, WrongSecret, open_keyring
from services.carrier import Carrier
from services.carrier.sandbox import SandboxCarrier
from services.choices import WantedAddOn
from services.credit_purchases import PurchaseRequest
from services.errors import BillingError, PaymentActionRequired, PaymentDeclined
from services.gateway import Gateway
from services.gateway.sandbox import SandboxGateway
from services.idempotency import OPERATOR_SCOPE, Command, once
from services.invoices import ADDRESS_COLUMNS
from services.phone_numbers import NumberRequest
from services.price_list_file import load as load_price_list
from services.subscriptions import SubscribeRequest
from services.workspaces import NewWorkspace

FIRST_OF_JULY = datetime(2026, 7, 1, 9, tzinfo=UTC)
LAST_OF_JANUARY_IN_BERLIN = datetime(2026, 1, 31, 8, tzinfo=UTC)
PAID_PLAN = "pay-as-you-go"


class DemoError(SettingsError):
    """One line: why there is no demo, and what to do."""


@dataclass(frozen=True, slots=True)
class Example:
    """A workspace of the demo as it is shown: how it came to be, and a key to all of it."""

    name: str
    story: str
    key: str
    workspace_id: UUID


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is done with a new workspace. The first of `tokens` becomes its default method."""

    slug: str
    name: str
    story: str
    tokens: Sequence[str] = ()
    plan: str | None = None
    add_ons: Mapping[str, int] = field(default_factory=dict)
    auto_billing: bool = True
    adjustments: Sequence[tuple[int, str]] = ()
    disputed_dollars: int | None = None
    agent: str | None = None
    numbers: Sequence[NumberRequest] = ()
    imported_numbers: Sequence[NumberRequest] = ()
    address: Mapping[str, str] = field(default_factory=dict)
    clock: datetime = FIRST_OF_JULY
    time_zone: str = "UTC"
    refused_with: type[BillingError] | None = None


RECIPES = (
    Recipe("free", "Free", "750 sign-up credits, nothing to charge"),
    Recipe(
        "free-with-a-card",
        "Free with a card",
        "a Visa is attached, nothing is bought yet",
        tokens=["pm_card_visa"],
    ),
    Recipe(
        "pay-as-you-go",
        "Pay as you go",
        "$20.00 paid by card, 5,750 credits, renews on 1 August",
        tokens=["pm_card_visa"],
        plan=PAID_PLAN,
    ),
    Recipe(
        "whitelabel",
        "Whitelabel with seats",
        "$285.00 a month for the plan, Whitelabel, 2 workspace seats and 3 client seats",
        tokens=["pm_card_mastercard", "pm_card_visa"],
        plan=PAID_PLAN,
        add_ons={"whitelabel": 1, "workspace-seat": 2, "client-seat": 3},
        address={
            "company": "Whitelabel Example Inc.",
            "line1": "500 Example Street",
            "city": "Springfield",
            "region": "IL",
            "postal_code": "62701",
            "country": "US",
            "email": "invoices@whitelabel.test",
        },
    ),
    Recipe(
        "auto-billing-off",
        "Auto-billing off",
        "paid, but the next renewal waits to be paid by hand",
        tokens=["pm_card_amex"],
        plan=PAID_PLAN,
        auto_billing=False,
    ),
    Recipe(
        "bank-debit-settling",
        "Bank debit settling",
        "still free, until its bank debit has settled",
        tokens=["pm_usBankAccount"],
        plan=PAID_PLAN,
    ),
    Recipe(
        "3-d-secure",
        "Waiting for 3-D Secure",
        "still free, until its payer has confirmed the payment",
        tokens=["pm_card_authenticationRequired"],
        plan=PAID_PLAN,
        refused_with=PaymentActionRequired,
    ),
    Recipe(
        "declined",
        "Declined",
        "still free, for the bank said no; the invoice is void",
        tokens=["pm_card_chargeDeclinedInsufficientFunds"],
        plan=PAID_PLAN,
        refused_with=PaymentDeclined,
    ),
    Recipe(
        "berlin",
        "Agency in Berlin, since the 31st",
        "began on 31 January, renews on 28 February, then on 31 March, at nine in Berlin",
        tokens=["pm_card_visa"],
        plan=PAID_PLAN,
        add_ons={"whitelabel": 1},
        address={"company": "Agentur Beispiel GmbH", "city": "Berlin", "country": "DE"},
        clock=LAST_OF_JANUARY_IN_BERLIN,
        time_zone="Europe/Berlin",
    ),
    Recipe(
        "disputed",
        "Disputed",
        "bought 10,000 credits for $10.00 and disputes that: they are taken back",
        tokens=["pm_card_visa"],
        plan=PAID_PLAN,
        disputed_dollars=10,
    ),
    Recipe(
        "adjusted-credits",
        "Adjusted credits",
        "free, with 1,000 credits given and 300 taken by hand",
        adjustments=[(1_000, "Welcome gift"), (-300, "Test calls of our own")],
    ),
    Recipe(
        "phone-numbers",
        "Phone numbers",
        "3 numbers: two bought for slots of $3.00, of which one is free, and one of its own",
        tokens=["pm_card_visa"],
        plan=PAID_PLAN,
        add_ons={"phone-number": 3},
        agent="front-desk",
        numbers=[
            NumberRequest("+18085550177", "Front desk", "front-desk"),
            NumberRequest("+442079460977", "London", None),
        ],
        imported_numbers=[NumberRequest("+491713920077", "Mobile", "front-desk")],
    ),
)


async def seed(settings: Settings, database_url: str) -> list[Example]:
    """Make the examples in a database that may be empty, or served by others meanwhile.

    Raises DemoError for what a person can put right.
    """
    if settings.stripe_access is not None:
        raise DemoError(
            "The demo is for the sandbox only, and BILLWRIGHT_STRIPE_SECRET_KEY is set; unset it, "
            "and name a database of the demo's own."
        )
    price_list = load_price_list(settings.catalog)
    await database.migrate(database_url)
    async with database.connected(database_url, pool_size=2):
        if not await CatalogVersion.exists(is_current=True):
            await catalog.publish(price_list)
        try:
            keyring = await open_keyring(settings.secret_key)
        except WrongSecret:
            raise DemoError(
                "The keys in this database were made with another BILLWRIGHT_SECRET_KEY; "
                "set that one again."
            ) from None
        if not await sellers.is_published():
            await sellers.publish(settings.seller)
        return await seed_examples(SandboxGateway(settings.base_url), SandboxCarrier(), keyring)


async def seed_examples(gateway: Gateway, carrier: Carrier, keyring: Keyring) -> list[Example]:
    """Make the examples, or find them as they were made. Raises DemoError."""
    if not gateway.is_sandbox:
        raise DemoError("The demo is for the sandbox only; payments are live here.")
    return [await _make(recipe, gateway, carrier, keyring) for recipe in RECIPES]


async def _make(recipe: Recipe, gateway: Gateway, carrier: Carrier, keyring: Keyring) -> Example:
    try:
        workspace = await _create(recipe, gateway, keyring)
        key = await _give_key(recipe, workspace, keyring)
        await _set_address(recipe, workspace)
        await _attach(recipe, workspace, gateway)
        await _subscribe(recipe, workspace, gateway)
        await _dispute(recipe, workspace, gateway)
        await _adjust(recipe, workspace)
        await _have_numbers(recipe, workspace, carrier)
    except BillingError as refusal:
        raise DemoError(
            f"The demo's workspace '{recipe.name}' cannot be made: {refusal} The demo needs a "
            "database that no other version of it was made in, and the price list shipped with it."
        ) from refusal
    return Example(recipe.name, recipe.story, key, workspace.id)


async def _create(recipe: Recipe, gateway: Gateway, keyring: Keyring) -> Workspace:
    wanted = NewWorkspace(
        recipe.name, f"owner@{recipe.slug}.test", recipe.time_zone, start_clock_at=recipe.clock
    )
    key = _step_key(recipe, "create")
    answer = await workspaces.create(
        Command(OPERATOR_SCOPE, "createWorkspace", key, {"wanted": wanted}),
        wanted,
        keyring=keyring,
        sandbox=gateway.is_sandbox,
    )
    return await Workspace.get(id=_expected(answer).objects["workspace"])


async def _give_key(recipe: Recipe, workspace: Workspace, keyring: Keyring) -> str:
    """A key that every run can tell again: derived from this installation's own secret.

    docs/decisions/0004 rejects that for customers' keys. These open examples only, and fixed keys,
    the other way to tell them twice, would open the examples of every installation to everybody.
    """
    key = keyring.derived_key(f"demo {workspace.id}")
    await _once(
        recipe,
        workspace,
        "createApiKey",
        lambda: api_keys.create(
            keyring, workspace, label="Demo", scopes=[Scope.ALL], expires_at=None, key=key
        ),
    )
    return key


async def _set_address(recipe: Recipe, workspace: Workspace) -> None:
    if recipe.address:
        columns = {name: recipe.address.get(name) for name in ADDRESS_COLUMNS}
        await _once(
            recipe,
            workspace,
            "setBillingAddress",
            lambda: workspaces.set_billing_address(workspace.id, columns),
        )


async def _attach(recipe: Recipe, workspace: Workspace, gateway: Gateway) -> None:
    async def attach_all() -> Answer:
        for token in recipe.tokens:
            await payment_methods.attach(workspace.id, token, make_default=False, gateway=gateway)
        return Answer()

    await _once(recipe, workspace, "attachPaymentMethod", attach_all)


async def _subscribe(recipe: Recipe, workspace: Workspace, gateway: Gateway) -> None:
    if recipe.plan is None:
        return
    request = SubscribeRequest(
        plan=recipe.plan,
        add_ons=[WantedAddOn(add_on, quantity) for add_on, quantity in recipe.add_ons.items()],
        payment_method_id=None,
        auto_billing=recipe.auto_billing,
    )
    key = _step_key(recipe, "subscribe")
    command = Command(workspace.id, "subscribe", key, asdict(request))
    answer = await subscriptions.subscribe(command, workspace.id, request, gateway=gateway)
    _expected(answer, refused_with=recipe.refused_with)


async def _dispute(recipe: Recipe, workspace: Workspace, gateway: Gateway) -> None:
    """Buy credits, and go to the bank about it."""
    if recipe.disputed_dollars is None:
        return
    request = PurchaseRequest(Decimal(recipe.disputed_dollars), None)
    command = Command(
        workspace.id, "purchaseCredits", _step_key(recipe, "purchase"), asdict(request)
    )
    bought = await credit_purchases.purchase(command, workspace.id, request, gateway=gateway)
    payment = await Payment.get(invoice_id=_expected(bought).objects["invoice"])

    async def dispute() -> Answer:
        return await disputes.simulate(
            payment.id, DisputeStatus.NEEDS_RESPONSE, None, gateway=gateway
        )

    await _once(recipe, workspace, "simulateDispute", dispute)


async def _adjust(recipe: Recipe, workspace: Workspace) -> None:
    for amount, reason in recipe.adjustments:
        key = _step_key(recipe, f"adjust {amount}")
        answer = await credits.adjust(
            Command(workspace.id, "adjustCredits", key, {"credits": amount, "reason": reason}),
            workspace.id,
            credits=Credits.of(amount),
            reason=reason,
            expires_at=None,
        )
        _expected(answer)


async def _have_numbers(recipe: Recipe, workspace: Workspace, carrier: Carrier) -> None:
    if recipe.agent:
        name = recipe.agent.replace("-", " ").capitalize()
        await _once(
            recipe,
            workspace,
            "registerAgent",
            lambda: agents.register(
                workspace.id, external_id=str(recipe.agent), name=name, client_id=None
            ),
        )
    for request in recipe.numbers:
        command = _command(recipe, workspace, "buyPhoneNumber", request)
        _expected(await phone_numbers.buy(command, workspace.id, request, carrier=carrier))
    for request in recipe.imported_numbers:
        command = _command(recipe, workspace, "importPhoneNumber", request)
        _expected(await phone_numbers.take_in(command, workspace.id, request))


def _command(
    recipe: Recipe, workspace: Workspace, mutation: str, request: NumberRequest
) -> Command:
    key = _step_key(recipe, f"{mutation} {request.number}")
    return Command(workspace.id, mutation, key, asdict(request))


async def _once(
    recipe: Recipe, workspace: Workspace, mutation: str, run: Callable[[], Awaitable[Answer]]
) -> None:
    """Do what knows no idempotency key of its own, the first time only."""
    key = _step_key(recipe, mutation)
    _expected(await once(Command(workspace.id, mutation, key, {}), run))


def _expected(answer: Answer, *, refused_with: type[BillingError] | None = None) -> Answer:
    """The answer, if it refuses nothing but what it is to show."""
    for refusal in answer.refusals:
        if refused_with is None or not isinstance(refusal, refused_with):
            raise refusal
    return answer


def _step_key(recipe: Recipe, step: str) -> str:
    return f"billwright demo: {recipe.slug}, {step}"
