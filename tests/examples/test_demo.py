"""`billwright demo`: a workspace in every state, made once, with keys that are told again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2
import pytest

from billwright import demo as demo_module
from billwright.demo import DemoError, Example
from models.workspaces import ApiKey, IdempotencyRecord, Workspace
from resolvers.nodes import global_id
from services.api_keys import Keyring
from services.carrier.sandbox import SandboxCarrier
from services.gateway.sandbox import SandboxGateway
from tests.client import Api
from tests.processes import program, running_server

STATE = """{ workspace {
  timeZone
  subscription {
    plan { key }
    addOns { addOn { key } quantity }
    currentPeriod { start end }
    pendingChange { plan { key } effectiveAt }
  }
  autoBilling { enabled problems { code } }
  upcomingInvoice { period { start end } }
  creditBalance { available }
  paymentMethods { label }
  billingAddress { company country }
  invoices { nodes { status payments { status declineCode action { redirectUrl } } } }
  ledgerEntries { nodes { amount description } }
} }"""


SUMMARY = """query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Workspace {
  subscription { plan { key } monthlyTotal { amount } }
  creditBalance { available }
} } }"""


class LiveGateway(SandboxGateway):
    """As a provider with real money would say of itself."""

    is_sandbox = False


async def state_of(example: Example, public: Api) -> Any:
    """The workspace as its own key sees it."""
    return (await public.with_key(example.key).ask(STATE))["workspace"]


# --------------------------------------------------------------------------------------- the states


async def test_free_has_sign_up_credits_and_nothing_to_charge(
    demo: dict[str, Example], public: Api
) -> None:
    state = await state_of(demo["free"], public)
    assert state["subscription"]["plan"] == {"key": "free"}
    assert state["creditBalance"] == {"available": "750.000"}
    assert state["paymentMethods"] == []
    assert state["autoBilling"]["problems"] == [{"code": "PAYMENT_METHOD_REQUIRED"}]


async def test_free_with_a_card_has_bought_nothing(demo: dict[str, Example], public: Api) -> None:
    state = await state_of(demo["free-with-a-card"], public)
    assert state["paymentMethods"] == [{"label": "Visa •••• 4242"}]
    assert state["invoices"]["nodes"] == []


async def test_auto_billing_off_was_paid_and_has_no_problems(
    demo: dict[str, Example], public: Api
) -> None:
    state = await state_of(demo["auto-billing-off"], public)
    assert state["autoBilling"] == {"enabled": False, "problems": []}
    assert [invoice["status"] for invoice in state["invoices"]["nodes"]] == ["PAID"]


async def test_a_bank_debit_that_settles_leaves_the_plan_pending(
    demo: dict[str, Example], public: Api
) -> None:
    state = await state_of(demo["bank-debit-settling"], public)
    assert state["subscription"]["plan"] == {"key": "free"}
    assert state["subscription"]["pendingChange"] == {
        "plan": {"key": "pay-as-you-go"},
        "effectiveAt": "2026-07-05T09:00:00Z",
    }
    [invoice] = state["invoices"]["nodes"]
    assert (invoice["status"], invoice["payments"][0]["status"]) == ("OPEN", "PROCESSING")


async def test_3_d_secure_says_where_the_payer_confirms(
    demo: dict[str, Example], public: Api
) -> None:
    [invoice] = (await state_of(demo["3-d-secure"], public))["invoices"]["nodes"]
    [payment] = invoice["payments"]
    assert (invoice["status"], payment["status"]) == ("OPEN", "REQUIRES_ACTION")
    assert payment["action"]["redirectUrl"].startswith("http://testserver/sandbox/confirm/")


async def test_declined_is_still_free_and_its_invoice_void(
    demo: dict[str, Example], public: Api
) -> None:
    state = await state_of(demo["declined"], public)
    assert state["subscription"]["plan"] == {"key": "free"}
    [invoice] = state["invoices"]["nodes"]
    assert invoice["status"] == "VOID"
    assert [payment["declineCode"] for payment in invoice["payments"]] == ["insufficient_funds"]


async def test_disputed_has_lost_what_it_had_bought(demo: dict[str, Example], public: Api) -> None:
    state = await state_of(demo["disputed"], public)
    assert state["creditBalance"] == {"available": "5750.000"}
    statuses = [invoice["payments"][0]["status"] for invoice in state["invoices"]["nodes"]]
    assert statuses == ["DISPUTED", "SUCCEEDED"]
    assert [entry["amount"] for entry in state["ledgerEntries"]["nodes"]][:2] == [
        "-10000.000",
        "10000.000",
    ]


async def test_the_agency_in_berlin_renews_at_nine_on_the_last_of_the_month(
    demo: dict[str, Example], public: Api
) -> None:
    state = await state_of(demo["berlin"], public)
    assert state["timeZone"] == "Europe/Berlin"
    assert state["billingAddress"] == {"company": "Agentur Beispiel GmbH", "country": "DE"}
    assert state["subscription"]["currentPeriod"] == {
        "start": "2026-01-31T08:00:00Z",
        "end": "2026-02-28T08:00:00Z",
    }
    # summer time has begun by then
    assert state["upcomingInvoice"]["period"]["end"] == "2026-03-31T07:00:00Z"


async def test_adjusted_credits_says_why(demo: dict[str, Example], public: Api) -> None:
    entries = (await state_of(demo["adjusted-credits"], public))["ledgerEntries"]["nodes"]
    told = [(entry["amount"], entry["description"]) for entry in entries]
    assert told[-3:] == [
        ("-300.000", "Test calls of our own"),
        ("1000.000", "Welcome gift"),
        ("750.000", "Sign-up credits"),
    ]


async def test_phone_numbers_are_bought_imported_and_answered(
    demo: dict[str, Example], public: Api
) -> None:
    query = """{ workspace {
        capacity(resource: PHONE_NUMBER) { limit used available }
        phoneNumbers { nodes { number country origin label agentId } }
    } }"""
    answer = await public.with_key(demo["phone-numbers"].key).ask(query)
    assert answer["workspace"]["capacity"] == {"limit": 3, "used": 2, "available": 1}
    assert [tuple(node.values()) for node in answer["workspace"]["phoneNumbers"]["nodes"]] == [
        ("+18085550177", "US", "PLATFORM", "Front desk", "front-desk"),
        ("+442079460977", "GB", "PLATFORM", "London", None),
        ("+491713920077", "DE", "IMPORTED", "Mobile", "front-desk"),
    ]


async def test_each_pays_and_has_left_what_its_story_says(
    demo: dict[str, Example], operator: Api
) -> None:
    ids = [global_id(Workspace(id=example.workspace_id)) for example in demo.values()]
    shown = await operator.ask(SUMMARY, ids=ids)
    assert {
        slug: (
            node["subscription"]["plan"]["key"],
            node["subscription"]["monthlyTotal"]["amount"],
            node["creditBalance"]["available"],
        )
        for slug, node in zip(demo, shown["nodes"], strict=True)
    } == {
        "free": ("free", "0.00", "750.000"),
        "free-with-a-card": ("free", "0.00", "750.000"),
        "pay-as-you-go": ("pay-as-you-go", "20.00", "5750.000"),
        "whitelabel": ("pay-as-you-go", "285.00", "5750.000"),
        "auto-billing-off": ("pay-as-you-go", "20.00", "5750.000"),
        "bank-debit-settling": ("free", "0.00", "750.000"),
        "3-d-secure": ("free", "0.00", "750.000"),
        "declined": ("free", "0.00", "750.000"),
        "berlin": ("pay-as-you-go", "220.00", "5750.000"),
        "disputed": ("pay-as-you-go", "20.00", "5750.000"),
        "adjusted-credits": ("free", "0.00", "1450.000"),
        "phone-numbers": ("pay-as-you-go", "29.00", "5750.000"),
    }


# -------------------------------------------------------------------------------- twice, and safely


async def test_a_second_run_tells_the_same_and_changes_nothing(
    demo: dict[str, Example], keyring: Keyring, public: Api
) -> None:
    before = [await state_of(example, public) for example in demo.values()]
    rows = [await model.all().count() for model in (Workspace, ApiKey, IdempotencyRecord)]
    again = await demo_module.seed_examples(
        SandboxGateway("http://testserver"), SandboxCarrier(), keyring
    )
    assert again == list(demo.values())
    assert [await state_of(example, public) for example in again] == before
    assert [await model.all().count() for model in (Workspace, ApiKey, IdempotencyRecord)] == rows


async def test_a_second_run_leaves_alone_what_people_changed(
    demo: dict[str, Example], keyring: Keyring, public: Api
) -> None:
    own = public.with_key(demo["auto-billing-off"].key)
    await own.do("setAutoBilling", "autoBilling { enabled }", enabled=True)
    await demo_module.seed_examples(SandboxGateway("http://testserver"), SandboxCarrier(), keyring)
    state = await state_of(demo["auto-billing-off"], public)
    assert state["autoBilling"]["enabled"] is True
    await own.do("setAutoBilling", "autoBilling { enabled }", enabled=False)


async def test_the_keys_cannot_be_told_without_the_secret_of_the_installation(
    demo: dict[str, Example], keyring: Keyring
) -> None:
    keys = [example.key for example in demo.values()]
    assert len(set(keys)) == len(keys)
    name = f"demo {demo['free'].workspace_id}"
    assert keyring.derived_key(name) == demo["free"].key
    assert Keyring(b"of another installation").derived_key(name) != demo["free"].key


async def test_where_payments_are_live_there_is_no_demo(keyring: Keyring) -> None:
    before = await ApiKey.all().count()
    with pytest.raises(DemoError) as refusal:
        await demo_module.seed_examples(LiveGateway("http://testserver"), SandboxCarrier(), keyring)
    assert str(refusal.value) == "The demo is for the sandbox only; payments are live here."
    assert await ApiKey.all().count() == before


def test_the_program_makes_no_demo_with_a_live_key(tmp_path: Path) -> None:
    ended = program(
        "demo", BILLWRIGHT_DATA_DIR=str(tmp_path), BILLWRIGHT_STRIPE_SECRET_KEY="sk_live_no"
    )
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_the_program_makes_a_demo_while_the_embedded_database_is_served(tmp_path: Path) -> None:
    settings = {"BILLWRIGHT_DATA_DIR": str(tmp_path)}
    with running_server(tmp_path, database=None) as server:
        # when two people make the demo at the same time
        with ThreadPoolExecutor(2) as threads:
            first, second = threads.map(lambda _: program("demo", **settings), range(2))
        # then every line is a key, a name and a story; the first key opens the first workspace
        assert first.returncode == 0, first.stderr
        lines = first.stdout.splitlines()
        assert len(lines) == len(demo_module.RECIPES)
        key, _, told = lines[0].partition("  ")
        assert told == "Free: 750 sign-up credits, nothing to charge"
        answer = httpx2.post(
            f"{server.url}/graphql",
            json={"query": "{ workspace { name } }"},
            headers={"authorization": f"Bearer {key}"},
        )
        assert answer.json() == {"data": {"workspace": {"name": "Free"}}}
        # and both were told the same
        assert second.stdout == first.stdout
