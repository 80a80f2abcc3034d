"""What the database must refuse of usage and of what is owed for it."""

from __future__ import annotations

from tests.models.forbidden import alter, another, case, never_truncated, written_once


def other_sum(table: str, values: str) -> str:
    """A copy of a workspace's sums with other values."""
    return (
        f"INSERT INTO {table} SELECT (jsonb_populate_record(NULL::{table}, to_jsonb(r) || "
        f"jsonb_build_object({values}))).* FROM {table} r WHERE workspace_id = $workspace"
    )


LATER = "'slot', r.slot + interval '15 minutes'"
FOLD = (
    "INSERT INTO usage_rollup SELECT workspace_id, 16, slot, meter, provider, model, agent_id, "
    "client_id, quantity, credits_mc, events FROM usage_addition "
    "WHERE workspace_id = $workspace LIMIT 1; "
)
AN_IMPORT = (
    "INSERT INTO usage_import (id, created_at, digest, position_bytes, lines, accepted, "
    "duplicates, credits_mc, rejected, rejected_file_bytes) "
    "VALUES (gen_random_uuid(), now(), 'd', 0, {}, 0, 0, 0, '{{}}', 0)"
)

USAGE = [
    case(
        "usage_event_quantity_positive",
        "nothing was used",
        another("usage_event", "$event", event_id="'other'", quantity="0"),
    ),
    case(
        "usage_event_credits_not_negative",
        "usage brings credits in",
        another("usage_event", "$event", event_id="'other'", credits_mc="-1"),
    ),
    case(
        "usage_event_202604_once",
        "one id is stored twice in a month",
        another("usage_event", "$event", occurred_at="r.occurred_at + interval '1 day'"),
    ),
    case(
        "usage_event_written_once",
        "an event is changed",
        alter("usage_event", "$event", "meter = meter"),
        says="is written once: UPDATE refused",
    ),
    case(
        "usage_event_written_once",
        "an event is deleted",
        "DELETE FROM usage_event WHERE id = $event",
        says="is written once: DELETE refused",
    ),
    never_truncated("usage_event"),
    case(
        "usage_event_never_truncated",
        "a month is emptied",
        "TRUNCATE usage_event_202604",
        says="usage_event_202604 is written once: TRUNCATE refused",
    ),
    case("usage_rollup_once", "one sum is kept twice", FOLD + FOLD),
    *(
        case(f"{table}_{constraint}", story, before + other_sum(table, values))
        for table, before in (("usage_addition", ""), ("usage_rollup", FOLD))
        for constraint, story, values in (
            ("whole_slot", "a sum of ten minutes", "'slot', r.slot + interval '10 minutes'"),
            ("of_events", "a sum of no event", f"{LATER}, 'events', 0"),
            ("of_events", "a sum of nothing", f"{LATER}, 'quantity', 0"),
            ("of_events", "a sum that brings credits in", f"{LATER}, 'credits_mc', -1"),
        )
    ),
    case(
        "usage_import_digest_key",
        "one file is imported twice at once",
        AN_IMPORT.format("0") + "; " + AN_IMPORT.format("0"),
    ),
    case("usage_import_goes_forward", "an import goes backward", AN_IMPORT.format("-1")),
    *written_once("plan_tenure", "$tenure", "since"),
    case(
        "credit_lot_within_grant",
        "a lot repays less than nothing",
        alter("credit_lot", "$plan_lot", "repaid_mc = -1"),
    ),
    case(
        "credit_lot_within_grant",
        "what repaid a debt is still there to be spent",
        alter("credit_lot", "$plan_lot", "repaid_mc = granted_mc - remaining_mc + 1"),
    ),
    case(
        "credit_transfer_with_house",
        "credits are granted by nobody who could",
        another("credit_transfer", "$transfer", sequence="99", source_id="gen_random_uuid()"),
    ),
    case(
        "credit_transfer_owed_goes_out",
        "credits come in without a lot",
        another("credit_transfer", "$transfer", sequence="99", lot_id="NULL::uuid"),
    ),
    case(
        "credit_transfer_usage_of_event",
        "a grant is paid to a usage event",
        another("credit_transfer", "$transfer", sequence="99", usage_event_id="$event"),
    ),
]
