"""What the database must refuse about disputes and others' refunds; see forbidden.py."""

from tests.models.forbidden import alter, another, case, never_truncated

BACK = """
    INSERT INTO credit_transfer SELECT (jsonb_populate_record(NULL::credit_transfer,
        to_jsonb(t) || jsonb_build_object('id', gen_random_uuid(), 'source_id', t.target_id,
        'target_id', t.source_id, 'corrects_id', t.id, 'sequence', {sequence}))).*
    FROM credit_transfer t WHERE t.id = $taking
"""
RECONCILED = (
    "INSERT INTO reconciliation (id, created_at, since, until, difference_count) "
    "VALUES (gen_random_uuid(), now(), {since}, now(), {count})"
)
DISPUTES = [
    case(
        "dispute_gateway_reference_key",
        "a dispute is kept twice",
        another("dispute", "$dispute", reason="'other'"),
    ),
    case(
        "dispute_known_status",
        "nobody knows how it is",
        alter("dispute", "$dispute", "taken_mc = 0, status = 'SETTLED'"),
    ),
    case(
        "dispute_positive", "nothing is disputed", alter("dispute", "$dispute", "amount_cents = 0")
    ),
    case(
        "dispute_takes_while_it_has_the_money",
        "won, and nothing was given back",
        alter("dispute", "$dispute", "status = 'WON', decided_at = now()"),
    ),
    case(
        "dispute_takes_while_it_has_the_money",
        "it gives what it never took",
        alter("dispute", "$dispute", "taken_mc = -1"),
    ),
    case(
        "dispute_decided_has_instant",
        "lost, but nobody knows when",
        alter("dispute", "$dispute", "status = 'LOST'"),
    ),
    case(
        "dispute_decided_has_instant",
        "decided, and still under review",
        alter("dispute", "$dispute", "status = 'UNDER_REVIEW', decided_at = now()"),
    ),
    case("dispute_revision", "never written", alter("dispute", "$dispute", "revision = 0")),
    case(
        "dispute_never_deleted",
        "a dispute is forgotten",
        "DELETE FROM dispute WHERE id = $dispute",
        says="dispute is written once: DELETE refused",
    ),
    never_truncated("dispute"),
    case(
        "dispute_transfer_written_once",
        "another dispute has taken it",
        "UPDATE dispute_transfer SET dispute_id = dispute_id WHERE transfer_id = $taking",
        says="dispute_transfer is written once: UPDATE refused",
    ),
    case(
        "dispute_transfer_written_once",
        "no dispute has taken it",
        "DELETE FROM dispute_transfer WHERE transfer_id = $taking",
        says="dispute_transfer is written once: DELETE refused",
    ),
    never_truncated("dispute_transfer"),
    case(
        "credit_transfer_given_back_once",
        "what was taken once is given back twice",
        BACK.format(sequence=98),
        BACK.format(sequence=99),
    ),
    case(
        "credit_transfer_reversal_of_something",
        "a correction of nothing",
        another("credit_transfer", "$taking", sequence="99", corrects_id="NULL::text"),
    ),
    case(
        "sandbox_dispute_positive",
        "a payer wants nothing back",
        "UPDATE sandbox_dispute SET amount_cents = 0 WHERE charge_id = "
        "(SELECT payment_id FROM dispute WHERE id = $dispute)",
    ),
    case(
        "refund_reference_once",
        "what went back once is booked twice",
        another("refund", "$refund", made_elsewhere="true"),
    ),
    case(
        "refund_made_elsewhere_has_name",
        "somebody gave back, but nobody knows what",
        alter("refund", "$refund", "made_elsewhere = true, gateway_reference = NULL"),
    ),
    case(
        "refund_made_elsewhere_has_name",
        "others' refund is still to be asked for",
        alter("refund", "$refund", "made_elsewhere = true, status = 'PENDING', decided_at = NULL"),
    ),
    case(
        "reconciliation_of_a_time",
        "nothing is compared",
        RECONCILED.format(since="now()", count=0),
    ),
    case(
        "reconciliation_counts",
        "fewer differences than none",
        RECONCILED.format(since="now() - interval '1 day'", count=-1),
    ),
]
