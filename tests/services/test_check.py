"""`billwright check` finds what is broken in the books, and names it.

Each invariant is broken by SQL in a transaction that is rolled back, on the books of workspaces
that were made by the API; its query is run in the same transaction. So nothing has to be put right
again, and what the ORM's one connection pool sees stays clean.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from string import Template

import asyncpg
import pytest

from models.payments import Payment
from services import check
from services.check import INVARIANTS, Invariant, check_books
from tests import calls
from tests.client import Api
from tests.corrections import refund, with_balance
from tests.disputes import bought_for
from tests.given import (
    Tenant,
    a_bought_number,
    a_key,
    a_workspace,
    an_open_invoice,
    attach,
    id_of,
)
from tests.metering import an_event, record
from tests.processes import program
from tests.top_ups import a_low_one, a_subscriber, bought, switched_on, use, worker_works

BALANCE = "every holder's balance is the sum of its transfers"
COUNTED = "every holder's transfers are counted without a gap, each with the balance after it"
ZERO = "all accounts sum to zero"
LOTS = "every balance is the sum of its lots less what is owed, when no more is left than held"
LOT = "what remains of a lot is what its transfers and its repayment left"
OWED = "what went out without a lot was repaid by later ones or is owed"
HELD = "what is held of balances, of lots and for calls is the sum of the open holds"
HELD_OWN = "calls hold their own workspace's credits"
CALL_CLIENT = "calls are for clients of their own workspace"
CALL_COST = "a call costs what its rates and its plan say, rounded up once, and is listed as usage"
EVENT_PAID = "every usage event was paid whole, once, by its own workspace"
EVENT_RATED = "every usage event costs what its rate and its plan say"
TENURE = "usage is rated by the plan that a subscription has"
EVENT_OWNER = "usage events belong to workspaces, and to their own clients"
EVENT_ONCE = "no workspace has two usage events of one id within the time that ids are remembered"
SUMS = "the sums of usage are the sums of its events"
GRANTED = "a paid purchase has brought its credits, once, and no other has"
UNDER_WAY = "a purchase that is not paid is void, or its payment is under way"
LOOKS_OUT = "auto-recharge looks out for those balances that it may charge for"
DECLINE = "what blocks auto-recharge is a decline of its own"
PAID = "what was paid on an invoice is the sum of its settled payments less refunds"
GIVEN_BACK = "what was given back of a payment is the sum of its refunds that went through"
CREDITED = "what was credited of an invoice is the sum of its credit notes"
NOTE = "a credit note says what its refund gave back of its invoice"
NOTE_NUMBERS = "credit notes' numbers have no gap"
UNAPPLIED = "every workspace's unapplied balance is the sum of its entries"
ENTRIES = "entries of the unapplied balance are counted without a gap, each with what is there then"
TOO_LATE = "money that came too late is in the unapplied balance, and what it pays was taken out"
DISPUTED = "a payment is disputed as long as a dispute of it has its money"
TAKEN = "what a dispute has taken in credits is what it moved out and not back in"
BACK = "what a dispute gives back is an entry that it took, whole, and to whom it took it from"
OF_ITS_GRANT = "credits that a dispute takes are of the payment's own workspace, by its own grant"
NUMBERS = "invoice numbers have no gap"
PERIOD = "a paid plan's period has an invoice, which only an operator may have voided"
WAITING = "a change that waits for its money has an open invoice of its subscription"
SCHEDULED = "a change without an invoice is scheduled for the end of its subscription's period"
ANSWERS = "who answers at a number is there, and of the number's workspace"
SALES = "what the sandbox carrier has sold is had, on order or about to be returned"
WHOLE = "every workspace has a subscription, an account and its owner's seat"


@dataclass(frozen=True)
class Break:
    """How the books are broken, and every invariant that this breaks."""

    story: str
    sql: str
    finds: set[str]


BREAKS = [
    Break(
        "a balance is a millicredit too high",
        "UPDATE credit_balance SET total_mc = total_mc + 1 WHERE account_id = $account",
        {BALANCE, ZERO, LOTS},
    ),
    Break(
        "a transfer is missing",
        "DELETE FROM credit_transfer WHERE holder_id = $account AND sequence = 2",
        {BALANCE, COUNTED, ZERO, LOT},
    ),
    Break(
        "a transfer is counted past one that never was",
        "UPDATE credit_transfer SET sequence = 9 WHERE holder_id = $account AND sequence = 3",
        {COUNTED},
    ),
    Break(
        "a transfer shows a wrong balance",
        "UPDATE credit_transfer SET balance_after_mc = 0 "
        "WHERE holder_id = $account AND sequence = 2",
        {COUNTED},
    ),
    Break(
        "credits come from another customer instead of the house",
        "UPDATE credit_transfer SET source_id = $other_account, kind = 'TRANSFER_IN' "
        "WHERE holder_id = $account AND sequence = 2",
        {ZERO},
    ),
    Break(
        "a lot holds a millicredit less than its transfers left",
        "UPDATE credit_lot SET remaining_mc = remaining_mc - 1 "
        "WHERE account_id = $account AND source = 'PLAN'",
        {LOTS, LOT},
    ),
    Break(
        "a millicredit has changed its lot without a transfer",
        "UPDATE credit_lot SET remaining_mc = "
        "remaining_mc + CASE source WHEN 'PLAN' THEN 1 ELSE -1 END WHERE account_id = $account",
        {LOT},
    ),
    Break(
        "a lot repaid what nobody owed",
        "UPDATE credit_lot SET remaining_mc = remaining_mc - 1, repaid_mc = 1 "
        "WHERE account_id = $account AND source = 'PLAN'",
        {LOTS, OWED},
    ),
    Break(
        "what is owed has come out of a lot that had nothing left",
        "UPDATE credit_transfer SET lot_id = (SELECT lot_id FROM credit_transfer "
        "WHERE holder_id = $other_account AND sequence = 1) "
        "WHERE holder_id = $other_account AND lot_id IS NULL",
        {OWED, LOT},
    ),
    Break(
        "a balance holds a millicredit that no call does",
        "UPDATE credit_balance SET held_mc = held_mc + 1 WHERE account_id = $account",
        {HELD},
    ),
    Break(
        "a lot holds a millicredit less than calls do",
        "UPDATE credit_lot SET held_mc = held_mc - 1 WHERE held_mc > 0 AND account_id = "
        "(SELECT id FROM credit_account WHERE workspace_id = $caller)",
        {HELD},
    ),
    Break(
        "a call that lives has lost its hold",
        "UPDATE credit_hold SET closed_at = now() WHERE closed_at IS NULL AND call_id IN "
        "(SELECT id FROM call WHERE workspace_id = $caller)",
        {HELD},
    ),
    Break(
        "a call holds credits of another workspace",
        "UPDATE credit_hold SET lot_id = (SELECT lot_id FROM credit_transfer "
        "WHERE holder_id = $account AND sequence = 1) WHERE closed_at IS NOT NULL AND call_id IN "
        "(SELECT id FROM call WHERE workspace_id = $caller)",
        {HELD_OWN},
    ),
    Break(
        "a call is for another workspace's client",
        "UPDATE call SET client_id = (SELECT id FROM client WHERE workspace_id = $workspace) "
        "WHERE ended_at IS NULL AND workspace_id = $caller",
        {CALL_CLIENT},
    ),
    Break(
        "a call costs a millicredit more than was paid for it",
        "UPDATE call SET stt_mc = stt_mc + 1, total_mc = total_mc + 1 WHERE ended_at IS NOT NULL "
        "AND workspace_id = $caller",
        {CALL_COST},
    ),
    Break(
        "a call has lasted a second longer than was paid for",
        "UPDATE call SET seconds = seconds + 1 WHERE ended_at IS NOT NULL "
        "AND workspace_id = $caller",
        {CALL_COST},
    ),
    Break(
        "a call was rated by another plan than it began under",
        "UPDATE call SET plan_id = (SELECT s.plan_id FROM subscription s "
        "WHERE s.workspace_id = $workspace) WHERE workspace_id = $caller",
        {CALL_COST},
    ),
    Break(
        "a call does not know what it is in the list of usage",
        "UPDATE call SET usage_event_ids = '[]' WHERE ended_at IS NOT NULL "
        "AND workspace_id = $caller",
        {CALL_COST, EVENT_RATED},
    ),
    Break(
        "a part of a call's cost has gone to another part, though there is more to it",
        "UPDATE usage_event SET credits_mc = credits_mc + CASE meter WHEN 'voice.stt' THEN 2 "
        "WHEN 'voice.tts' THEN -2 ELSE 0 END WHERE workspace_id = $caller",
        {CALL_COST, EVENT_PAID, SUMS},
    ),
    Break(
        "an event costs a millicredit more than was paid for it",
        "UPDATE usage_event SET credits_mc = credits_mc + 1 WHERE workspace_id = $workspace",
        {EVENT_PAID, EVENT_RATED, SUMS},
    ),
    Break(
        "an event was paid by another workspace",
        "UPDATE usage_event SET workspace_id = $debtor WHERE workspace_id = $workspace",
        {EVENT_PAID, SUMS},
    ),
    Break(
        "an event is lost that was paid for",
        "DELETE FROM usage_event WHERE workspace_id = $workspace",
        {EVENT_PAID, SUMS},
    ),
    Break(
        "an event was rated by the rate of another meter",
        "UPDATE usage_event SET rate_id = (SELECT id FROM rate WHERE meter = 'kb.sync' "
        "AND catalog_version_id = (SELECT catalog_version_id FROM workspace WHERE id = $workspace)"
        ") WHERE workspace_id = $workspace",
        {EVENT_RATED},
    ),
    Break(
        "a plan was changed and is not what usage is rated by",
        "UPDATE subscription SET plan_id = (SELECT id FROM plan WHERE key = 'enterprise' "
        "ORDER BY id LIMIT 1) WHERE workspace_id = $debtor",
        {TENURE},
    ),
    Break(
        "an event is another workspace's client's",
        "UPDATE usage_event SET client_id = gen_random_uuid() WHERE workspace_id = $workspace",
        {EVENT_OWNER, SUMS},
    ),
    Break(
        "an event is of no workspace",
        "UPDATE usage_event SET workspace_id = gen_random_uuid() WHERE workspace_id = $workspace",
        {EVENT_OWNER, EVENT_PAID, SUMS},
    ),
    Break(
        "an event is stored again in another month",
        "SELECT make_usage_partition('2026-05-15Z'); INSERT INTO usage_event SELECT "
        "(jsonb_populate_record(NULL::usage_event, to_jsonb(e) || jsonb_build_object("
        "'id', gen_random_uuid(), 'occurred_at', e.occurred_at + interval '54 days'))).* "
        "FROM usage_event e WHERE workspace_id = $workspace",
        {EVENT_ONCE, EVENT_PAID, SUMS},
    ),
    Break(
        "a sum counts an event that never was",
        "UPDATE usage_addition SET events = events + 1 WHERE workspace_id = $workspace",
        {SUMS},
    ),
    Break(
        "what adds to the sums is lost",
        "DELETE FROM usage_addition WHERE workspace_id = $workspace",
        {SUMS},
    ),
    Break(
        "a sum is folded and still to be folded",
        "INSERT INTO usage_rollup SELECT workspace_id, 1, date_bin('1 day', slot, 'epoch'), NULL, "
        "NULL, NULL, NULL, NULL, quantity, credits_mc, events FROM usage_addition "
        "WHERE workspace_id = $workspace LIMIT 1",
        {SUMS},
    ),
    Break(
        "a purchase was paid and has brought a millicredit too much",
        "UPDATE credit_lot SET granted_mc = granted_mc + 1, remaining_mc = remaining_mc + 1 "
        "WHERE account_id = $buyer_account AND source = 'PURCHASE'",
        {GRANTED, LOTS, LOT},
    ),
    Break(
        "a purchase was paid and has brought nothing",
        "UPDATE credit_lot SET source = 'TRANSFER' "
        "WHERE account_id = $buyer_account AND source = 'PURCHASE'",
        {GRANTED},
    ),
    Break(
        "a purchase is called off, and its credits were given",
        "UPDATE invoice SET reason = 'MANUAL' "
        "WHERE workspace_id = $buyer AND reason = 'CREDIT_PURCHASE'",
        {GRANTED},
    ),
    Break(
        "a purchase is open and nobody pays it",
        "UPDATE invoice SET status = 'OPEN', voided_at = NULL "
        "WHERE workspace_id = $buyer AND status = 'VOID'",
        {UNDER_WAY},
    ),
    Break(
        "auto-recharge looks out though a decline blocks it",
        "UPDATE credit_balance SET recharge_below_mc = 500000 WHERE account_id = $buyer_account",
        {LOOKS_OUT},
    ),
    Break(
        "auto-recharge does not look out though nothing blocks it",
        "UPDATE auto_recharge SET declined_payment_id = NULL WHERE workspace_id = $buyer",
        {LOOKS_OUT},
    ),
    Break(
        "auto-recharge is blocked by a payment that went through",
        "UPDATE auto_recharge SET declined_payment_id = (SELECT id FROM payment "
        "WHERE workspace_id = $buyer AND status = 'SUCCEEDED' LIMIT 1) "
        "WHERE workspace_id = $buyer",
        {DECLINE},
    ),
    Break(
        "a cent was refunded and is still counted as paid",
        "UPDATE payment SET refunded_cents = 1, status = 'PARTIALLY_REFUNDED' "
        "WHERE workspace_id = $workspace",
        {PAID, GIVEN_BACK},
    ),
    Break(
        "a payment failed and its invoice is paid",
        "UPDATE payment SET status = 'FAILED' WHERE workspace_id = $workspace",
        {PAID},
    ),
    Break(
        "a number was given to no invoice",
        "UPDATE workspace SET invoice_count = invoice_count + 1 WHERE id = $workspace",
        {NUMBERS},
    ),
    Break(
        "the first invoice is number 2",
        "UPDATE invoice SET sequence = 2 WHERE workspace_id = $workspace",
        {NUMBERS},
    ),
    Break(
        "a period was billed by no invoice",
        "UPDATE subscription SET period_start = period_start + interval '1 second' "
        "WHERE workspace_id = $workspace",
        {PERIOD},
    ),
    Break(
        "the invoice of a period is void",
        "UPDATE invoice SET status = 'VOID', voided_at = now(), amount_paid_cents = 0 "
        "WHERE workspace_id = $workspace",
        {PERIOD, TOO_LATE},
    ),
    Break(
        "a refund went through and its payment does not show it",
        "UPDATE payment SET refunded_cents = 0, status = 'SUCCEEDED' "
        "WHERE workspace_id = $corrected AND method_id IS NOT NULL AND refunded_cents = 100",
        {GIVEN_BACK, PAID},
    ),
    Break(
        "a credit note is missing",
        "DELETE FROM credit_note WHERE workspace_id = $corrected",
        {CREDITED, NOTE_NUMBERS},
    ),
    Break(
        "a credit note says a cent too much",
        "UPDATE credit_note SET amount_cents = amount_cents + 1 WHERE workspace_id = $corrected",
        {CREDITED, NOTE},
    ),
    Break(
        "a credit note of a refund that failed",
        "UPDATE refund SET status = 'FAILED' WHERE workspace_id = $corrected",
        {NOTE, GIVEN_BACK},
    ),
    Break(
        "the first credit note is number 2",
        "UPDATE credit_note SET sequence = 2 WHERE workspace_id = $corrected",
        {NOTE_NUMBERS},
    ),
    Break(
        "a balance is a cent too high",
        "UPDATE workspace SET balance_cents = balance_cents + 1 WHERE id = $corrected",
        {UNAPPLIED},
    ),
    Break(
        "an entry of the balance is missing",
        "DELETE FROM balance_entry WHERE workspace_id = $corrected AND sequence = 1",
        {UNAPPLIED, ENTRIES, TOO_LATE},
    ),
    Break(
        "an entry shows a wrong balance",
        "UPDATE balance_entry SET balance_after_cents = 7 "
        "WHERE workspace_id = $corrected AND sequence = 1",
        {ENTRIES},
    ),
    Break(
        "late money is in the balance of another payment",
        "UPDATE balance_entry SET payment_id = (SELECT id FROM payment "
        "WHERE workspace_id = $corrected AND refunded_cents = 100) "
        "WHERE workspace_id = $corrected AND sequence = 1",
        {PAID, TOO_LATE},
    ),
    Break(
        "a payment is disputed by nobody",
        "UPDATE payment SET status = 'DISPUTED' WHERE workspace_id = $workspace",
        {DISPUTED},
    ),
    Break(
        "a dispute has a payment's money, which does not show it",
        "UPDATE payment SET status = 'SUCCEEDED' WHERE workspace_id = $disputed",
        {DISPUTED},
    ),
    Break(
        "a dispute has taken a millicredit less than it says",
        "UPDATE dispute SET taken_mc = taken_mc + 1 "
        "WHERE workspace_id = $disputed AND taken_mc > 0",
        {TAKEN},
    ),
    Break(
        "what was won corrects what was granted",
        "UPDATE credit_transfer SET corrects_id = (SELECT id FROM credit_transfer "
        "WHERE holder_id = $disputed_account AND sequence = 1) "
        "WHERE kind = 'REVERSAL' AND target_id = $disputed_account",
        {BACK},
    ),
    Break(
        "what a dispute takes corrects another grant than its payment's",
        "UPDATE credit_transfer SET corrects_id = (SELECT id FROM credit_transfer "
        "WHERE holder_id = $disputed_account AND sequence = 1) "
        "WHERE kind = 'REVERSAL' AND source_id = $disputed_account",
        {OF_ITS_GRANT},
    ),
    Break(
        "a change waits for an invoice that is given up",
        "UPDATE invoice SET status = 'UNCOLLECTIBLE' WHERE workspace_id = $debtor",
        {WAITING},
    ),
    Break(
        "a change waits for the invoice of another subscription",
        "UPDATE pending_change SET subscription_id = (SELECT id FROM subscription "
        "WHERE workspace_id = $workspace) WHERE subscription_id = (SELECT id FROM subscription "
        "WHERE workspace_id = $debtor)",
        {WAITING},
    ),
    Break(
        "a change that waited for its money has lost its invoice",
        "UPDATE pending_change SET invoice_id = NULL WHERE subscription_id = (SELECT id "
        "FROM subscription WHERE workspace_id = $debtor)",
        {SCHEDULED},
    ),
    Break(
        "a change is scheduled for the middle of a period",
        "UPDATE pending_change SET effective_at = effective_at - interval '1 day' "
        "WHERE invoice_id IS NULL AND subscription_id = (SELECT id FROM subscription "
        "WHERE workspace_id = $workspace)",
        {SCHEDULED},
    ),
    Break(
        "an archived agent answers",
        "UPDATE agent SET archived_at = now() WHERE workspace_id = $workspace",
        {ANSWERS},
    ),
    Break(
        "an agent of another workspace answers",
        "UPDATE agent SET workspace_id = $debtor WHERE workspace_id = $workspace",
        {ANSWERS},
    ),
    Break(
        "a number is an archived client's",
        "UPDATE client SET archived_at = now() WHERE workspace_id = $workspace",
        {ANSWERS},
    ),
    Break(
        "a number is a client's of another workspace",
        "UPDATE client SET workspace_id = $debtor WHERE workspace_id = $workspace",
        {ANSWERS},
    ),
    Break(
        "a number is billed by the carrier and nobody has it",
        "DELETE FROM phone_number WHERE workspace_id = $workspace",
        {SALES},
    ),
    Break(
        "a number was released and the carrier is never told",
        "UPDATE phone_number SET released_at = now(), agent_id = NULL "
        "WHERE workspace_id = $workspace",
        {SALES},
    ),
    Break(
        "the carrier has sold another number than the one that was ordered",
        "UPDATE sandbox_number SET number = '+19075550196' WHERE operation_id = "
        "(SELECT id FROM phone_number WHERE workspace_id = $workspace)",
        {SALES},
    ),
    Break(
        "a workspace has no owner",
        "UPDATE seat SET is_owner = false WHERE workspace_id = $workspace",
        {WHOLE},
    ),
    Break(
        "a workspace has no subscription",
        "DELETE FROM subscription WHERE workspace_id = $workspace",
        {WHOLE},
    ),
    Break(
        "a workspace has no balance",
        "DELETE FROM credit_balance WHERE account_id = $account",
        {WHOLE, ZERO},
    ),
]


@pytest.fixture(scope="module")
async def connection(database_url: str, client: object) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(database_url)
    yield connection
    await connection.close()


@pytest.fixture(scope="module")
async def names(operator: Api, connection: asyncpg.Connection) -> dict[str, str]:
    """A workspace that paid by card, has given back 10 credits, used 1, has a phone number at which
    an agent answers for a client, and wants to be free again in a month; one whose debit is under
    way and that owes 250 credits; one whose late money was used, and got $1 back; a buyer; one
    whose payer disputes; one that has called for a second and is calling again.
    """
    payer = await a_workspace(operator, card="pm_card_visa")
    debtor = await a_workspace(operator, card="pm_usBankAccount")
    for tenant in (payer, debtor):
        done = await tenant.api.do(
            "subscribe",
            "invoice { id }",
            plan="pay-as-you-go",
            addOns=[{"addOn": "phone-number", "quantity": 1}],
            idempotencyKey=a_key(),
        )
        assert done["errors"] == []
    await operator.do(
        "adjustCredits", "entry { id }", workspaceId=payer.id, credits="-10", reason="Test"
    )
    await record(payer, an_event())
    await record(debtor, an_event(quantity="1000"), shortfall="OWE")
    await payer.api.do("registerAgent", "agent { id }", externalId="agent-1", name="Front desk")
    seat = await payer.api.do(
        "assignSeat", "seat { client { id } }", kind="CLIENT", email="ceo@one.test"
    )
    done = await payer.api.do(
        "assignPhoneNumber",
        "phoneNumber { id }",
        phoneNumberId=(await a_bought_number(payer))["id"],
        agentId="agent-1",
        clientId=seat["seat"]["client"]["id"],
    )
    assert done["errors"] == []
    done = await payer.api.do("changePlan", "subscription { id }", plan="free", acceptOverage=True)
    assert done["errors"] == []
    corrected = await with_balance(operator)
    invoice = await an_open_invoice(corrected, cents=50_00)
    await corrected.api.do("payInvoice", "payment { id }", invoiceId=id_of(invoice))
    payment = await Payment.get(invoice_id=invoice.id, method_id__isnull=False)
    assert (await refund(operator, payment, amount="1"))["errors"] == []
    buyer, disputed = await a_buyer(operator), await a_disputed_one(operator)
    caller = await a_workspace(operator)
    await calls.started(caller, "call-1", model="gpt-5", holdMinutes=1)
    await calls.ended(caller, "call-1", seconds=1, inputTokens=1)
    await calls.started(caller, holdMinutes=1)
    account = "SELECT id FROM credit_account WHERE workspace_id = $1"
    keys = {
        "buyer": buyer.key,
        "buyer_account": await connection.fetchval(account, buyer.key),
        "disputed": disputed.key,
        "disputed_account": await connection.fetchval(account, disputed.key),
        "workspace": payer.key,
        "debtor": debtor.key,
        "corrected": corrected.key,
        "caller": caller.key,
        "account": await connection.fetchval(account, payer.key),
        "other_account": await connection.fetchval(account, debtor.key),
    }
    return {name: f"'{key}'::uuid" for name, key in keys.items()}


async def a_buyer(operator: Api) -> Tenant:
    """Has bought $5 of credits, used 10,300 and was declined when auto-recharge wanted more."""
    buyer = await a_low_one(operator)
    await bought(buyer, "5")
    await attach(buyer, "pm_card_chargeCustomerFail")
    await switched_on(buyer)
    await use(buyer, 5_200)
    assert await worker_works(buyer) == 1
    return buyer


async def a_disputed_one(operator: Api) -> Tenant:
    """Has bought credits for $5, which its payer disputes, and for $10: that dispute was won."""
    tenant = await a_subscriber(operator)
    for dollars, statuses in (5, ["NEEDS_RESPONSE"]), (10, ["NEEDS_RESPONSE", "WON"]):
        await bought(tenant, str(dollars))
        payment = id_of(await bought_for(tenant, dollars))
        for status in statuses:
            done = await operator.do(
                "simulateDispute", "payment { id }", paymentId=payment, status=status
            )
            assert done["errors"] == []
    return tenant


async def found_after(connection: asyncpg.Connection, sql: str) -> dict[str, list[str]]:
    """What each broken invariant says after `sql`, which is then undone."""
    transaction = connection.transaction()
    await transaction.start()
    try:
        await connection.execute("SET LOCAL session_replication_role = replica")  # no triggers
        assert not (await connection.execute(sql)).endswith(" 0"), "nothing was broken"
        found = {each.name: await connection.fetch(each.violations_sql) for each in INVARIANTS}
    finally:
        await transaction.rollback()
    return {name: [row["format"] for row in rows] for name, rows in found.items() if rows}


@pytest.mark.parametrize("broken", BREAKS, ids=lambda broken: broken.story)
async def test_finds(broken: Break, names: dict[str, str], connection: asyncpg.Connection) -> None:
    found = await found_after(connection, Template(broken.sql).substitute(names))
    assert found.keys() == broken.finds


async def test_a_finding_says_what_is_wrong_by_how_much(
    names: dict[str, str], connection: asyncpg.Connection
) -> None:
    too_high = Template(BREAKS[0].sql).substitute(names)
    account = names["account"].split("'")[1]
    assert await found_after(connection, too_high) == {
        BALANCE: [f"account {account}: balance 5739001 mc, transfers 5739000 mc"],
        ZERO: ["all accounts together: 1 mc"],
        LOTS: [f"account {account}: balance 5739001 mc, lots 5739000 mc"],
    }


async def test_clean_books_have_nothing_to_find(names: dict[str, str]) -> None:
    findings = await check_books()
    assert [finding.invariant for finding in findings if finding.violations] == []
    assert len(findings) == len(INVARIANTS)


def test_every_invariant_is_broken_here() -> None:
    assert {invariant.name for invariant in INVARIANTS} == {
        name for broken in BREAKS for name in broken.finds
    }


async def test_the_command_says_ok_and_then_what_is_broken(fresh_database: str) -> None:
    clean = program("check", BILLWRIGHT_DATABASE_URL=fresh_database)
    assert clean.returncode == 0, clean.stderr
    assert clean.stdout.splitlines() == [f"ok      {each.name}" for each in INVARIANTS]
    connection = await asyncpg.connect(fresh_database)
    workspace = await connection.fetchval(
        "INSERT INTO workspace (id, created_at, name, email, time_zone, invoice_prefix, "
        "invoice_count, catalog_version_id) SELECT gen_random_uuid(), now(), 'Acme', 'a@b.test', "
        "'UTC', 'X', 0, id FROM catalog_version RETURNING id"
    )
    await connection.close()
    broken = program("check", BILLWRIGHT_DATABASE_URL=fresh_database)
    assert broken.returncode == 1
    assert broken.stdout.splitlines()[-2:] == [
        f"BROKEN  {WHOLE}",
        f"          workspace {workspace}",
    ]


async def test_books_of_any_size_may_take_their_time(
    client: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Invariant("asked", "SELECT current_setting('statement_timeout') AS format")
    monkeypatch.setattr(check, "INVARIANTS", [asked])
    assert [finding.violations for finding in await check_books()] == [["0"]]
