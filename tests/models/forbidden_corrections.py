"""What the database must refuse about refunds, credit notes, unapplied balance and contracts.

See forbidden.py.
"""

from tests.models.forbidden import alter, another, case, written_once


def contract_invoice(**columns: str) -> str:
    """Another invoice under the contract, right in everything but `columns`."""
    numbered = {"number": "'other'", "sequence": "99", "reason": "'MANUAL'"}
    return another("invoice", "$contract_invoice", **(numbered | columns))


ANOTHER_REFUND = another("refund", "$refund", reason="'other'", gateway_reference="'other'")


def credit_note(**columns: str) -> str:
    """A credit note of another refund, right in everything but `columns`."""
    own = {
        "number": "'other'",
        "sequence": "99",
        "refund_id": "(SELECT id FROM refund WHERE reason = 'other')",
    }
    return another("credit_note", "$credit_note", **(own | columns))


def pending_refund() -> str:
    return another(
        "refund",
        "$refund",
        status="'PENDING'",
        decided_at="NULL::text",
        gateway_reference="NULL::text",
    )


def balance_entry(**columns: str) -> str:
    """One more entry, right in everything but `columns`."""
    return another("balance_entry", "$balance_entry", **({"sequence": "99"} | columns))


INVOICES = [
    case(
        "invoice_paid_within_total",
        "more credited than billed",
        another(
            "invoice",
            "$open_invoice",
            number="'other'",
            sequence="99",
            reason="'MANUAL'",
            credited_cents="r.total_cents + 1",
        ),
    ),
    case(
        "invoice_paid_when_paid",
        "a cent that went back is not credited",
        alter("invoice", "$contract_invoice", "amount_paid_cents = amount_paid_cents - 1"),
    ),
    case(
        "invoice_never_rewritten",
        "a credit note is taken back",
        alter(
            "invoice",
            "$contract_invoice",
            "credited_cents = credited_cents - 1, amount_paid_cents = amount_paid_cents + 1",
        ),
        says="was credited for good",
    ),
    case(
        "invoice_never_rewritten",
        "a void invoice gets another reason",
        alter("invoice", "$open_invoice", "status = 'VOID', voided_at = now(), void_reason = 'A'"),
        alter("invoice", "$open_invoice", "void_reason = 'B'"),
        says="is VOID for good",
    ),
    case(
        "invoice_reason_of_void",
        "why it is void, and it is not",
        alter("invoice", "$open_invoice", "void_reason = 'Billed by mistake'"),
    ),
    case(
        "invoice_credits_of_contract",
        "a contract, but nobody knows with how many credits",
        contract_invoice(contract_credits_mc="NULL::text"),
    ),
    case(
        "invoice_credits_of_contract",
        "a contract's credits without a contract",
        contract_invoice(contract_id="NULL::text"),
    ),
    case(
        "invoice_credits_of_contract",
        "a contract that takes credits",
        contract_invoice(contract_credits_mc="-1"),
    ),
]
PAYMENTS = [
    case(
        "payment_without_method_arrived",
        "nothing is charged, and it fails",
        another("payment", "$balance_payment", status="'FAILED'"),
    ),
    case(
        "payment_refunded_as_status_says",
        "some went back, and it does not say so",
        alter("payment", "$payment", "refunded_cents = 1"),
    ),
    case(
        "payment_refunded_as_status_says",
        "it says that all went back",
        alter("payment", "$payment", "status = 'REFUNDED', refunded_cents = 1"),
    ),
    case(
        "payment_refunded_as_status_says",
        "it says that some went back",
        alter("payment", "$payment", "status = 'PARTIALLY_REFUNDED'"),
    ),
]
REFUNDS = [
    case("refund_positive", "nothing goes back", another("refund", "$refund", amount_cents="0")),
    case(
        "refund_decided_has_instant",
        "decided, but nobody knows when",
        alter("refund", "$refund", "decided_at = NULL"),
    ),
    case(
        "refund_decided_has_instant",
        "decided and still under way",
        alter("refund", "$refund", "status = 'PROCESSING'"),
    ),
    case("refund_one_undecided", "given back twice at once", pending_refund(), pending_refund()),
    case(
        "sandbox_refund_positive",
        "the provider is to give back nothing",
        "UPDATE sandbox_refund SET amount_cents = 0 WHERE operation_id = $refund",
    ),
    case(
        "credit_note_positive",
        "nothing is credited",
        ANOTHER_REFUND,
        credit_note(amount_cents="0"),
    ),
    case(
        "credit_note_number_key",
        "two credit notes with one name",
        ANOTHER_REFUND,
        credit_note(number="r.number"),
    ),
    case(
        "credit_note_sequence_once",
        "two credit notes with one number",
        ANOTHER_REFUND,
        credit_note(sequence="r.sequence"),
    ),
    case(
        "credit_note_refund_id_key",
        "a refund is credited twice",
        credit_note(refund_id="r.refund_id"),
    ),
    *written_once("credit_note", "$credit_note", "reason"),
]
BALANCES = [
    *[
        case(
            "workspace_correction_counts",
            f"fewer than none are counted by {column}",
            alter("workspace", "$workspace", f"{column} = -1"),
        )
        for column in ("credit_note_count", "balance_entry_count")
    ],
    case(
        "balance_entry_not_overdrawn",
        "an invoice has used what could have been charged",
        balance_entry(kind="'APPLIED'", amount_cents="-1", balance_after_cents="-50"),
    ),
    *[
        case("balance_entry_moves_as_its_kind", story, balance_entry(kind=kind, amount_cents=cents))
        for story, kind, cents in (
            ("nothing moves", "'LATE_PAYMENT'", "0"),
            ("late money takes away", "'LATE_PAYMENT'", "-1"),
            ("an invoice moves nothing", "'APPLIED'", "0"),
            ("what is set aside comes in", "'REFUND'", "1"),
            ("what a bank has taken comes in", "'DISPUTE'", "1"),
            ("what was won goes out", "'DISPUTE_WON'", "-1"),
        )
    ],
    case(
        "balance_entry_sequence_once",
        "two entries are a workspace's first",
        balance_entry(sequence="r.sequence"),
    ),
    *written_once("balance_entry", "$balance_entry", "kind"),
]
CONTRACTS = [
    case(
        "contract_price_positive",
        "service for nothing is agreed",
        another("contract", "$contract", price_cents="0"),
    ),
    case(
        "contract_credits_not_negative",
        "a contract takes credits every month",
        another("contract", "$contract", included_credits_mc="-1"),
    ),
    *[
        case(
            "contract_due_days",
            f"an invoice is due after {days} days",
            another("contract", "$contract", invoice_due_days=days),
        )
        for days in ("-1", "91")
    ],
    *written_once("contract", "$contract", "price_cents"),
]
CORRECTIONS = [*INVOICES, *PAYMENTS, *REFUNDS, *BALANCES, *CONTRACTS]
