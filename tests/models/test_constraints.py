"""The database refuses what must never be, whoever asks: every rule is broken once, by SQL."""

import re
from collections.abc import AsyncIterator
from string import Template
from typing import Any

import asyncpg
import pytest

from models.payments import Payment
from tests import calls
from tests.client import Api
from tests.corrections import refund, with_balance
from tests.disputes import bought_for
from tests.given import Tenant, a_bought_number, a_key, a_workspace, id_of
from tests.metering import an_event, record
from tests.models.forbidden import TERMS, Case
from tests.models.forbidden_calls import CALLS
from tests.models.forbidden_corrections import CORRECTIONS
from tests.models.forbidden_disputes import DISPUTES
from tests.models.forbidden_money import MONEY
from tests.models.forbidden_stripe import STRIPE
from tests.models.forbidden_top_ups import TOP_UPS
from tests.models.forbidden_usage import USAGE
from tests.top_ups import a_subscriber, bought, switched_on

CASES = [*TERMS, *MONEY, *CORRECTIONS, *STRIPE, *USAGE, *CALLS, *TOP_UPS, *DISPUTES]
MAY_CHANGE = {
    "status",
    "amount_paid_cents",
    "credited_cents",
    "paid_at",
    "voided_at",
    "void_reason",
}
# other tests of this process may have published another price list meanwhile
OF_CURRENT = "catalog_version_id = (SELECT id FROM catalog_version WHERE is_current)"
# the row behind each $name in forbidden.py, of a workspace that pays by card and one whose bank
# debit is under way
ROWS = {
    "version": "SELECT id FROM catalog_version WHERE is_current",
    "plan": f"SELECT id FROM plan WHERE key = 'pay-as-you-go' AND {OF_CURRENT}",
    "free_plan": f"SELECT id FROM plan WHERE is_default AND {OF_CURRENT}",
    "add_on": f"SELECT id FROM add_on WHERE key = 'client-seat' AND {OF_CURRENT}",
    "rate": "SELECT id FROM rate "
    f"WHERE meter = 'interaction' AND provider IS NULL AND {OF_CURRENT}",
    "record": "SELECT id FROM idempotency_record WHERE scope = $1",
    "api_key": "SELECT id FROM api_key WHERE workspace_id = $1",
    "address": "SELECT id FROM billing_address WHERE workspace_id = $1",
    "seat": "SELECT id FROM seat WHERE workspace_id = $1 AND is_owner",
    "client_seat": "SELECT id FROM seat WHERE workspace_id = $1 AND kind = 'CLIENT'",
    "agent": "SELECT id FROM agent WHERE workspace_id = $1",
    "phone_number": "SELECT id FROM phone_number WHERE workspace_id = $1",
    "subscription": "SELECT id FROM subscription WHERE workspace_id = $1",
    "item": "SELECT i.id FROM subscription_item i JOIN subscription s ON s.id = i.subscription_id "
    "WHERE s.workspace_id = $1 ORDER BY i.quantity LIMIT 1",
    "invoice": "SELECT id FROM invoice WHERE workspace_id = $1",
    "method": "SELECT id FROM payment_method WHERE workspace_id = $1",
    "payment": "SELECT id FROM payment WHERE workspace_id = $1",
    "account": "SELECT id FROM credit_account WHERE workspace_id = $1",
    "plan_lot": "SELECT l.id FROM credit_lot l JOIN credit_account a ON a.id = l.account_id "
    "WHERE l.source = 'PLAN' AND a.workspace_id = $1",
    "signup_lot": "SELECT l.id FROM credit_lot l JOIN credit_account a ON a.id = l.account_id "
    "WHERE l.source = 'SIGNUP' AND a.workspace_id = $1",
    "transfer": "SELECT t.id FROM credit_transfer t JOIN credit_account a ON a.id = t.holder_id "
    "WHERE t.sequence = 2 AND a.workspace_id = $1",
    "live_call": "SELECT id FROM call WHERE workspace_id = $1 AND ended_at IS NULL",
    "ended_call": "SELECT id FROM call WHERE workspace_id = $1 AND ended_at IS NOT NULL",
    "open_hold": "SELECT h.id FROM credit_hold h JOIN call c ON c.id = h.call_id "
    "WHERE h.closed_at IS NULL AND c.workspace_id = $1",
    "closed_hold": "SELECT h.id FROM credit_hold h JOIN call c ON c.id = h.call_id "
    "WHERE h.closed_at IS NOT NULL AND c.workspace_id = $1",
    "recharge": "SELECT id FROM auto_recharge WHERE workspace_id = $1",
    "event": "SELECT id FROM usage_event WHERE workspace_id = $1",
    "tenure": "SELECT t.id FROM plan_tenure t JOIN plan p ON p.id = t.plan_id "
    "JOIN subscription s ON s.id = t.subscription_id WHERE p.is_default AND s.workspace_id = $1",
}
# of a workspace under a contract that its unapplied balance and a card have paid, and of which some
# went back
ROWS_OF_CORRECTED = {
    "contract": "SELECT id FROM contract WHERE workspace_id = $1",
    "contract_invoice": "SELECT id FROM invoice WHERE workspace_id = $1 AND status = 'PAID'",
    "balance_payment": "SELECT id FROM payment WHERE workspace_id = $1 AND method_id IS NULL",
    "refund": "SELECT id FROM refund WHERE workspace_id = $1",
    "credit_note": "SELECT id FROM credit_note WHERE workspace_id = $1",
    "balance_entry": "SELECT id FROM balance_entry WHERE workspace_id = $1 AND sequence = 1",
}
# of one that has bought credits, whose payer disputes that
ROWS_OF_DISPUTED = {
    "dispute": "SELECT id FROM dispute WHERE workspace_id = $1",
    "taking": "SELECT m.transfer_id AS id FROM dispute_transfer m "
    "JOIN dispute d ON d.id = m.dispute_id WHERE d.workspace_id = $1",
}
ROWS_OF_DEBTOR = {
    "change": "SELECT c.id FROM pending_change c JOIN invoice i ON i.id = c.invoice_id "
    "WHERE i.workspace_id = $1",
    "open_invoice": "SELECT id FROM invoice WHERE workspace_id = $1",
    "undecided_payment": "SELECT id FROM payment WHERE workspace_id = $1",
}


@pytest.fixture(scope="module")
async def connection(database_url: str, client: object) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(database_url)
    yield connection
    await connection.close()


@pytest.fixture(scope="module")
async def rows(operator: Api, connection: asyncpg.Connection) -> dict[str, str]:
    """The keys of what the cases need, as SQL."""
    payer = await a_workspace(operator, card="pm_card_visa")
    await payer.api.do("setBillingAddress", "billingAddress { country }", country="US")
    await subscribe(
        payer.api,
        addOns=[{"addOn": "client-seat", "quantity": 2}, {"addOn": "phone-number", "quantity": 1}],
    )
    await a_bought_number(payer)
    await payer.api.do("assignSeat", "seat { id }", kind="CLIENT", email="ceo@one.test")
    await record(payer, an_event())
    await switched_on(payer)
    await payer.api.do("registerAgent", "agent { id }", externalId="agent-1", name="Front desk")
    await calls.started(payer, "call-1", sts="google-live", telephony=False, ownKeys=["sts"])
    await calls.ended(payer, "call-1", seconds=0)
    await calls.started(payer, "call-2")
    debtor = await a_workspace(operator, card="pm_usBankAccount")
    await subscribe(debtor.api)
    found = {name: await only(connection, sql, payer.key) for name, sql in ROWS.items()}
    found |= {name: await only(connection, sql, debtor.key) for name, sql in ROWS_OF_DEBTOR.items()}
    corrected = (await a_corrected_workspace(operator)).key
    found |= {
        name: await only(connection, sql, corrected) for name, sql in ROWS_OF_CORRECTED.items()
    }
    disputed = (await a_disputed_workspace(operator)).key
    found |= {name: await only(connection, sql, disputed) for name, sql in ROWS_OF_DISPUTED.items()}
    return found | {"workspace": f"'{payer.key}'::uuid"}


async def a_corrected_workspace(operator: Api) -> Tenant:
    tenant = await with_balance(operator)
    agreed = await operator.do(
        "setContract",
        "invoice { id }",
        workspaceId=tenant.id,
        monthlyPrice="1000",
        includedCredits="0",
    )
    paid = await tenant.api.do("payInvoice", "payment { id }", invoiceId=agreed["invoice"]["id"])
    assert paid["errors"] == []
    payment = await Payment.get(workspace_id=tenant.key, amount_cents=980_00)
    assert (await refund(operator, payment, amount="1"))["errors"] == []
    return tenant


async def a_disputed_workspace(operator: Api) -> Tenant:
    tenant = await a_subscriber(operator)
    await bought(tenant, "5")
    payment = await bought_for(tenant, 5)
    done = await operator.do("simulateDispute", "payment { status }", paymentId=id_of(payment))
    assert done == {"payment": {"status": "DISPUTED"}, "errors": []}
    return tenant


async def subscribe(api: Api, **input: Any) -> None:
    done = await api.do(
        "subscribe", "invoice { id }", plan="pay-as-you-go", idempotencyKey=a_key(), **input
    )
    assert done["errors"] == []


async def only(connection: asyncpg.Connection, sql: str, workspace: object) -> str:
    found = await connection.fetch(sql, *([workspace] if "$1" in sql else []))
    assert len(found) == 1, f"{len(found)} rows: {sql}"
    return f"'{found[0]['id']}'::uuid"


async def refusal(connection: asyncpg.Connection, *statements: str) -> asyncpg.PostgresError | None:
    """What the database says to the last statement; nothing of it stays."""
    transaction = connection.transaction()
    await transaction.start()
    try:
        for statement in statements[:-1]:
            await connection.execute(statement)
        await connection.execute(statements[-1])
    except asyncpg.IntegrityConstraintViolationError as refused:
        return refused
    finally:
        await transaction.rollback()
    return None


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_refused(case: Case, rows: dict[str, str], connection: asyncpg.Connection) -> None:
    statements = [Template(statement).substitute(rows) for statement in case.statements]
    refused = await refusal(connection, *statements)
    assert refused is not None, "the database took it"
    if case.says:
        assert case.says in str(refused)
    else:
        assert refused.constraint_name == case.name


async def test_no_column_of_an_issued_invoice_changes_but_those_of_its_payment(
    rows: dict[str, str], connection: asyncpg.Connection
) -> None:
    other = {
        "uuid": "gen_random_uuid()",
        "character varying": "'?'",
        "integer": "{0} + 1",
        "bigint": "coalesce({0}, 0) + 1",
        "numeric": "{0} + 1",
        "jsonb": "jsonb_build_array({0})",
        "timestamp with time zone": "coalesce({0}, now()) + interval '1 second'",
    }
    columns = await connection.fetch(
        "SELECT column_name, data_type FROM information_schema.columns "
        "WHERE table_schema = 'public' AND table_name = 'invoice'"
    )
    refused = set()
    for name, kind in columns:
        change = f"UPDATE invoice SET {name} = {other[kind].format(name)} "
        said = await refusal(connection, f"{change} WHERE id = {rows['invoice']}")
        if "is issued: only its status and payments may change" in str(said):
            refused.add(name)
    assert {name for name, _ in columns} - refused == MAY_CHANGE


async def test_what_a_void_invoice_billed_can_be_billed_anew(
    rows: dict[str, str], connection: asyncpg.Connection
) -> None:
    again = next(case for case in CASES if case.name == "invoice_one_per_period").statements[0]
    void = (
        f"UPDATE invoice SET status = 'VOID', voided_at = now() WHERE id = {rows['open_invoice']}"
    )
    copy = Template(again).substitute(rows)
    assert await refusal(connection, copy) is not None
    # the copy is made from the void invoice: open again, and of the same period
    reopened = copy.replace("'reason'", "'status', 'OPEN', 'voided_at', NULL::text, 'reason'")
    assert await refusal(connection, void, reopened) is None


async def test_every_rule_of_the_database_is_broken_here_once(
    connection: asyncpg.Connection,
) -> None:
    rules = await connection.fetch(
        """
        SELECT conname AS name FROM pg_constraint
            WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'u', 'x')
        UNION
        SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
            WHERE c.relnamespace = 'public'::regnamespace AND i.indisunique AND NOT i.indisprimary
        UNION
        SELECT tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
            WHERE c.relnamespace = 'public'::regnamespace AND NOT tgisinternal
        """
    )
    # the queue's own tables are the library's business
    ours = {rule["name"] for rule in rules if "pgqueuer" not in rule["name"]}
    # the rule of a month is the rule of every month
    ours = {re.sub(r"^usage_event_\d{6}_once$", "usage_event_202604_once", name) for name in ours}
    assert ours == {case.name for case in CASES}
