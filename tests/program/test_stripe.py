"""The program with keys of Stripe: what it says, what it refuses, whom it asks."""

from __future__ import annotations

from pathlib import Path

import asyncpg
import httpx2
import pytest

from billwright.settings import Settings
from services.gateway.stripe_words import HEARD
from tests import postgres
from tests.models.forbidden_stripe import event
from tests.processes import (
    environment_of,
    outside_the_loop,
    program,
    running_server,
    serving,
    until,
)
from tests.stripe_server import (
    PUBLISHABLE_KEY,
    SECRET_KEY,
    WEBHOOK_SECRET,
    FakeStripe,
    Fault,
)

LIVE = {
    "BILLWRIGHT_STRIPE_SECRET_KEY": "sk_live_secret",
    "BILLWRIGHT_STRIPE_PUBLISHABLE_KEY": "pk_live_1",
    "BILLWRIGHT_STRIPE_WEBHOOK_SECRET": "whsec_secret",
}
SUBSCRIBE = """
mutation ($id: ID!) {
  subscribe(input: {workspaceId: $id, plan: "pay-as-you-go"}) {
    invoice { status } errors { message } }
}
"""
CREATE = """
mutation { createWorkspace(input: {name: "Acme", email: "owner@acme.test", startClockAt: %s}) {
  workspace { id } apiKey errors { message } } }
"""
ATTACH = """
mutation ($id: ID!, $token: String!) {
  attachPaymentMethod(input: {workspaceId: $id, token: $token}) {
  paymentMethod { label } errors { message } } }
"""


STATUS = "query ($id: ID!) { workspace(id: $id) { invoices(first: 9) { nodes { status } } } }"
PAID = [{"status": "PAID"}]


def keys_of(stripe: FakeStripe) -> dict[str, str]:
    """The settings for the tests' Stripe."""
    return {
        "BILLWRIGHT_STRIPE_SECRET_KEY": SECRET_KEY,
        "BILLWRIGHT_STRIPE_PUBLISHABLE_KEY": PUBLISHABLE_KEY,
        "BILLWRIGHT_STRIPE_WEBHOOK_SECRET": WEBHOOK_SECRET,
        "BILLWRIGHT_STRIPE_API_BASE": stripe.url,
    }


async def tables_with(url: str, *secrets: str) -> list[str]:
    """The tables in which one of these stands."""
    connection = await asyncpg.connect(url)
    tables = await connection.fetch(
        "SELECT format('%I', tablename) AS name FROM pg_tables WHERE schemaname = 'public'"
    )
    found = [
        table["name"]
        for table in tables
        for secret in secrets
        if await connection.fetchval(
            f"SELECT count(*) FROM {table['name']} t WHERE t::text LIKE '%' || $1 || '%'",
            secret,
        )
    ]
    await connection.close()
    assert len(tables) > 40
    return found


async def test_with_a_test_key_stripe_is_asked_and_clocks_work(
    tmp_path: Path, server_url: str, template: str, stripe: FakeStripe
) -> None:
    before = len(stripe.account.payment_intents)
    with running_server(
        tmp_path, database=lambda: postgres.copy(server_url, template), **keys_of(stripe)
    ) as server:
        made = server.ask(CREATE % '"2026-04-01T00:00:00Z"')["createWorkspace"]
        id = made["workspace"]["id"]
        attached = server.ask(ATTACH, id=id, token="pm_card_visa")["attachPaymentMethod"]
        assert attached == {"paymentMethod": {"label": "Visa •••• 4242"}, "errors": []}
        assert server.ask(SUBSCRIBE, id=id)["subscribe"]["invoice"] == {"status": "PAID"}
        assert "Stripe, test mode: no real money moves" in server.said()
        assert not any(value in server.said() for value in (SECRET_KEY, WEBHOOK_SECRET))
    assert len(stripe.account.payment_intents) == before + 1


async def test_what_stripe_tells_is_done_by_the_worker_and_seen_by_operators(
    tmp_path: Path, server_url: str, template: str, stripe: FakeStripe
) -> None:
    url = outside_the_loop(lambda: postgres.copy(server_url, template))
    settings = {"BILLWRIGHT_DATABASE_URL": url, "BILLWRIGHT_OPERATOR_KEY": "bw_op_of_the_tests"}
    with serving(tmp_path, **settings, **keys_of(stripe)) as server:
        id = server.ask(CREATE % "null")["createWorkspace"]["workspace"]["id"]
        server.ask(ATTACH, id=id, token="pm_usBankAccount")
        assert server.ask(SUBSCRIBE, id=id)["subscribe"]["invoice"] == {"status": "OPEN"}
        intent = list(stripe.account.payment_intents)[-1]
        stripe.account.bank_settles(intent)
        told = stripe.account.events[-1]
        body, headers = stripe.signed(told)
        hook = f"{server.url}/webhooks/stripe"
        assert httpx2.post(hook, content=body, headers=headers).status_code == 200
        assert httpx2.post(hook, content=body).status_code == 400
        until(lambda: server.ask(STATUS, id=id)["workspace"]["invoices"]["nodes"] == PAID)
        assert await tables_with(url, SECRET_KEY, WEBHOOK_SECRET) == []
        # then operators can look at it, and have it done again
        command = {"BILLWRIGHT_DATABASE_URL": url}
        assert program("webhooks", "list", **command).stdout == "No events are parked.\n"
        listed = program("webhooks", "list", "--all", **command).stdout
        assert listed.startswith(told["id"])
        assert "DONE     payment_intent.succeeded" in listed
        shown = program("webhooks", "show", told["id"], **command).stdout
        assert f"about       payment_intent {intent}\n" in shown
        replayed = program("webhooks", "replay", told["id"], **command).stdout
        assert replayed == f"{told['id']} is queued; the next worker takes it.\n"
        unknown = program("webhooks", "show", "evt_nobody", **command)
        assert (unknown.returncode, unknown.stderr) == (
            1,
            "There is no event 'evt_nobody'. See: billwright webhooks list --all\n",
        )


async def test_play_money_and_real_money_never_meet(
    tmp_path: Path, server_url: str, template: str, stripe: FakeStripe
) -> None:
    url = outside_the_loop(lambda: postgres.copy(server_url, template))
    database = {"BILLWRIGHT_DATABASE_URL": url, "BILLWRIGHT_OPERATOR_KEY": "bw_op_of_a_live_server"}
    # given demo data in a database of the sandbox
    with serving(tmp_path / "sandbox", **database) as server:
        id = server.ask(CREATE % '"2026-04-01T00:00:00Z"')["createWorkspace"]["workspace"]["id"]
        server.ask(ATTACH, id=id, token="pm_card_visa")
    # when it is to be served, worked on or renewed with a live key
    for command in ("serve", "worker", "renew"):
        ended = program(command, **database, **LIVE, BILLWRIGHT_DATA_DIR=str(tmp_path))
        assert (ended.returncode, ended.stdout) == (1, "")
        assert ended.stderr == (
            "This database holds payment methods of the sandbox and workspaces on clocks of their "
            "own, and cannot be used with a live key of Stripe. Name another by "
            "BILLWRIGHT_DATABASE_URL or BILLWRIGHT_DATA_DIR, or set the key that this one was used "
            "with.\n"
        )
    ended = program("serve", **database, **keys_of(stripe), BILLWRIGHT_DATA_DIR=str(tmp_path))
    assert ended.returncode == 1
    assert "payment methods of the sandbox, and cannot be used with a test key" in ended.stderr


async def test_a_live_key_switches_clocks_and_test_tokens_off(
    tmp_path: Path, server_url: str, template: str
) -> None:
    with running_server(
        tmp_path, database=lambda: postgres.copy(server_url, template), **LIVE
    ) as server:
        refused = server.ask(CREATE % '"2026-04-01T00:00:00Z"')["createWorkspace"]
        assert [error["message"] for error in refused["errors"]] == [
            "A clock of its own is a sandbox feature; payments are live here."
        ]
        id = server.ask(CREATE % "null")["createWorkspace"]["workspace"]["id"]
        refused = server.ask(ATTACH, id=id, token="pm_card_visa")["attachPaymentMethod"]
        assert [error["message"] for error in refused["errors"]] == [
            "'pm_card_visa' is a test token, and payments are live here."
        ]
        assert "Stripe, live: real money moves" in server.said()
        assert "secret" not in server.said()


async def test_the_doctor_says_what_is_missing_until_nothing_is(
    tmp_path: Path, server_url: str, template: str, stripe: FakeStripe
) -> None:
    url = outside_the_loop(lambda: postgres.copy(server_url, template))
    settings = {
        "BILLWRIGHT_DATABASE_URL": url,
        "BILLWRIGHT_PUBLIC_URL": "https://billing.acme.test",
        "BILLWRIGHT_STRIPE_SECRET_KEY": SECRET_KEY,
        "BILLWRIGHT_STRIPE_API_BASE": stripe.url,
    }
    hook = "https://billing.acme.test/webhooks/stripe"
    ended = program("doctor", **settings)
    assert ended.returncode == 1
    assert ended.stdout.splitlines() == [
        "ok       payments: test",
        "ok       the database fits the key",
        "ok       the books add up",
        (
            "MISSING  Nobody sells: set BILLWRIGHT_SELLER_NAME and the others, or invoices say "
            "Billwright."
        ),
        "ok       Stripe accepts the key",
        "ok       payments, refunds and disputes can be read at Stripe",
        f"MISSING  Stripe tells nothing here: add a webhook endpoint {hook} in its dashboard.",
        "MISSING  Webhooks are not believed: set BILLWRIGHT_STRIPE_WEBHOOK_SECRET.",
        "MISSING  No card can be collected: set BILLWRIGHT_STRIPE_PUBLISHABLE_KEY.",
        "ok       no event is parked",
        (
            "MISSING  No event has come yet: send a test event from Stripe's dashboard, and look "
            "again."
        ),
    ]
    # when it is all done, but some types were forgotten
    settings |= keys_of(stripe) | {"BILLWRIGHT_SELLER_NAME": "Acme"}
    stripe.account.add_webhook_endpoint(hook, *HEARD[1:])
    connection = await asyncpg.connect(url)
    await connection.execute(event())
    await connection.close()
    ended = program("doctor", **settings)
    missing = [line for line in ended.stdout.splitlines() if line.startswith("MISSING")]
    assert missing == [
        f"MISSING  Stripe's webhook endpoint {hook} is not told of {HEARD[0]}: add them."
    ]
    stripe.account.add_webhook_endpoint(hook, "*")
    ended = program("doctor", **settings)
    assert (ended.returncode, "MISSING" in ended.stdout) == (0, False)
    # when the key may not read disputes
    stripe.faults.add("GET /v1/disputes", Fault.TOO_MANY_429, times=3)
    ended = program("doctor", **settings)
    stripe.faults.clear()
    [unread] = [line for line in ended.stdout.splitlines() if line.startswith("MISSING")]
    assert unread == (
        "MISSING  Stripe does not list disputes (RateLimitError 429): give the key read access to "
        "them."
    )
    # and with a key that Stripe does not know
    wrong = settings | {"BILLWRIGHT_STRIPE_SECRET_KEY": "sk_test_another"}
    ended = program("doctor", **wrong)
    assert ended.stdout.splitlines()[-1] == (
        "MISSING  Stripe does not accept the key, or does not answer: AuthenticationError 401"
    )


def test_reconciling_is_told_of_by_its_exit_code(
    tmp_path: Path, server_url: str, template: str, stripe: FakeStripe
) -> None:
    url = outside_the_loop(lambda: postgres.copy(server_url, template))
    since = ("reconcile", "--since", "2999-01-01")
    ended = program(*since, BILLWRIGHT_DATABASE_URL=url, **keys_of(stripe))
    assert (ended.returncode, ended.stdout) == (0, "No differences.\n")
    ended = program(*since, BILLWRIGHT_DATABASE_URL=url)
    assert ended.returncode == 1
    assert ended.stderr.endswith("Set BILLWRIGHT_STRIPE_SECRET_KEY.\n")


def test_settings_do_not_show_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment_of(LIVE).items():
        monkeypatch.setenv(name, value)
    settings = Settings()
    assert "secret" not in f"{settings.stripe_access!r}"
    assert "sk_live_secret" not in repr(settings)
    assert "whsec_secret" not in repr(settings)
