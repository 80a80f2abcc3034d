"""What the database must refuse about invoices, payments and credits; see forbidden.py."""

from tests.models.forbidden import alter, another, case, never_truncated, written_once


def invoice(**columns: str) -> str:
    """Another invoice beside the open one, right in everything but `columns`."""
    numbered = {"number": "'other'", "sequence": "99", "reason": "'MANUAL'"}
    return another("invoice", "$open_invoice", **(numbered | columns))


DUNNING = (
    "INSERT INTO dunning (id, created_at, workspace_id, invoice_id, step, is_automatic, next_at) "
    "SELECT gen_random_uuid(), now(), workspace_id, id, 0, true, due_at FROM invoice "
    "WHERE id = $open_invoice"
)
INVOICES = [
    case("invoice_sequence_once", "two invoices with one number", invoice(sequence="r.sequence")),
    case("invoice_number_key", "two invoices with one name", invoice(number="r.number")),
    case(
        "invoice_lines_add_up",
        "the lines are a cent short",
        invoice(subtotal_cents="r.subtotal_cents + 1", total_cents="r.total_cents + 1"),
    ),
    case("invoice_lines_add_up", "nothing says what it is for", invoice(lines="'[]'::jsonb")),
    case(
        "invoice_total_adds_up", "a cent out of nowhere", invoice(total_cents="r.total_cents + 1")
    ),
    case(
        "invoice_not_negative",
        "a tax that is paid out",
        invoice(tax_cents="-1", total_cents="r.total_cents - 1"),
    ),
    case(
        "invoice_not_negative",
        "an invoice that pays its customer",
        # nothing paid is more than -1: this would break invoice_paid_within_total, too
        invoice(lines="""'[{"amount_cents": -1}]'::jsonb""", subtotal_cents="-1", total_cents="-1"),
    ),
    case(
        "invoice_paid_within_total",
        "more paid than billed",
        invoice(amount_paid_cents="r.total_cents + 1"),
    ),
    case(
        "invoice_paid_when_paid",
        "paid, and a cent is due",
        invoice(status="'PAID'", paid_at="now()", amount_paid_cents="r.total_cents - 1"),
    ),
    case(
        "invoice_paid_when_paid",
        "paid, but nobody knows when",
        invoice(status="'PAID'", amount_paid_cents="r.total_cents"),
    ),
    case("invoice_void_unpaid", "void, but nobody knows when", invoice(status="'VOID'")),
    case("invoice_void_unpaid", "called off and still open", invoice(voided_at="now()")),
    case(
        "invoice_void_unpaid",
        "void, and the money kept",
        invoice(status="'VOID'", voided_at="now()", amount_paid_cents="1"),
    ),
    case("invoice_period_whole", "a period without an end", invoice(period_end="NULL::text")),
    case("invoice_period_whole", "a period of no time", invoice(period_end="r.period_start")),
    case(
        "invoice_one_per_period",
        "a first period is billed twice",
        invoice(reason="'SUBSCRIBE'"),
    ),
    case(
        "invoice_one_per_period",
        "a period that was subscribed to is renewed, too",
        invoice(reason="'RENEWAL'"),
    ),
    case(
        "invoice_never_rewritten",
        "an issued invoice gets another total",
        alter("invoice", "$invoice", "lines = '[]', subtotal_cents = 0, total_cents = 0"),
        says="is issued: only its status and payments may change",
    ),
    case(
        "invoice_never_rewritten",
        "a paid invoice is opened again",
        alter("invoice", "$invoice", "status = 'OPEN'"),
        says="is PAID for good",
    ),
    case(
        "invoice_never_rewritten",
        "a void invoice is opened again",
        alter("invoice", "$open_invoice", "status = 'VOID', voided_at = now()"),
        alter("invoice", "$open_invoice", "status = 'OPEN', voided_at = NULL"),
        says="is VOID for good",
    ),
    case(
        "invoice_never_deleted",
        "an invoice is thrown away",
        "DELETE FROM invoice WHERE id = $invoice",
        says="invoice is written once: DELETE refused",
    ),
    never_truncated("invoice"),
    case("dunning_invoice_id_key", "an invoice is dunned twice at once", DUNNING, DUNNING),
]

PAYMENTS = [
    case(
        "payment_method_gateway_reference_key",
        "a card belongs to two",
        another("payment_method", "$method", is_default="false"),
    ),
    case(
        "payment_method_one_default",
        "renewals could be charged to either of two",
        another("payment_method", "$method", gateway_reference="'other'"),
    ),
    case(
        "payment_method_default_attached",
        "renewals are charged to a card that was taken away",
        alter("payment_method", "$method", "detached_at = now()"),
    ),
    case(
        "payment_one_undecided",
        "an invoice is charged twice at once",
        another("payment", "$undecided_payment", status="'PENDING'"),
    ),
    case(
        "payment_amount_positive",
        "a payment of nothing",
        another("payment", "$payment", amount_cents="0"),
    ),
    case(
        "payment_amount_positive",
        "a card is charged less than nothing",
        another("payment", "$payment", amount_cents="-1"),
    ),
    case(
        "payment_refunded_within",
        "more is given back than came in",
        alter("payment", "$payment", "status = 'DISPUTED', refunded_cents = amount_cents + 1"),
    ),
    case(
        "payment_refunded_within",
        "less than nothing is given back",
        alter("payment", "$payment", "status = 'DISPUTED', refunded_cents = -1"),
    ),
    case(
        "payment_decided_has_instant",
        "decided, but nobody knows when",
        alter("payment", "$payment", "decided_at = NULL"),
    ),
    case(
        "payment_decided_has_instant",
        "decided and still under way",
        alter("payment", "$undecided_payment", "decided_at = now()"),
    ),
    case(
        "sandbox_charge_positive",
        "the provider is asked for nothing",
        "UPDATE sandbox_charge SET amount_cents = 0 WHERE operation_id = $payment",
    ),
]


def transfer(**columns: str) -> str:
    """One more transfer of the plan's credits, right in everything but `columns`."""
    return another("credit_transfer", "$transfer", **({"sequence": "99"} | columns))


CREDITS = [
    case(
        "credit_account_has_holder",
        "a customer's account is nobody's",
        alter("credit_account", "$account", "workspace_id = NULL"),
    ),
    case(
        "credit_account_has_holder",
        "a customer holds an account of the house",
        alter("credit_account", "$account", "kind = 'ISSUED'"),
    ),
    case(
        "credit_account_house_once",
        "credits are issued by two accounts",
        another("credit_account", "'00000000-0000-4000-8000-000000000001'"),
    ),
    case(
        "credit_account_workspace_id_key",
        "a workspace has two accounts",
        another("credit_account", "$account"),
    ),
    case(
        "credit_balance_held_not_negative",
        "calls hold fewer than no credits",
        "UPDATE credit_balance SET held_mc = -1 WHERE account_id = $account",
    ),
    case(
        "credit_lot_within_grant",
        "a lot is spent below nothing",
        alter("credit_lot", "$plan_lot", "remaining_mc = -1, held_mc = 0"),
    ),
    case(
        "credit_lot_within_grant",
        "more is left of a lot than was granted",
        alter("credit_lot", "$plan_lot", "remaining_mc = granted_mc + 1"),
    ),
    case(
        "credit_lot_positive",
        "a grant of nothing",
        another("credit_lot", "$signup_lot", granted_mc="0", remaining_mc="0"),
    ),
    *[
        case(
            "credit_lot_plan_has_period",
            f"a plan's credits without their {column}",
            alter("credit_lot", "$plan_lot", f"{column} = NULL"),
        )
        for column in ("subscription_id", "plan_id", "period_start")
    ],
    case(
        "credit_lot_plan_has_period",
        "a gift that is a period's",
        alter("credit_lot", "$plan_lot", "source = 'ADJUSTMENT'"),
    ),
    case(
        "credit_lot_one_per_period",
        "a plan's credits are granted twice for one period",
        another("credit_lot", "$plan_lot"),
    ),
    case("credit_transfer_positive", "nothing moves", transfer(amount_mc="0")),
    case("credit_transfer_positive", "credits move backwards", transfer(amount_mc="-1")),
    case(
        "credit_transfer_between_two",
        "credits go where they came from",
        transfer(source_id="r.target_id"),
    ),
    case(
        "credit_transfer_of_holder",
        "credits move past their holder",
        transfer(holder_id="'00000000-0000-4000-8000-000000000003'"),
    ),
    case(
        "credit_transfer_sequence_once",
        "two transfers are the holder's second",
        transfer(sequence="r.sequence"),
    ),
    *written_once("credit_transfer", "$transfer", "description"),
]
MONEY = [*INVOICES, *PAYMENTS, *CREDITS]
