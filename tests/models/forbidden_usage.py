"""What the database must refuse of usage and of what is owed for it."""

from __future__ import annotations

from tests.models.forbidden import alter, another, case, never_truncated, written_once

TO_ROLLUP = (
    "INSERT INTO usage_rollup SELECT (jsonb_populate_record(NULL::usage_rollup, "
    "to_jsonb(r) || jsonb_build_object({}))).* FROM usage_rollup r WHERE workspace_id = $workspace"
)
OTHER_HOUR = "'hour', r.hour + interval '1 hour'"

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
    case("usage_rollup_once", "one sum is kept twice", TO_ROLLUP.format("'events', 9")),
    case(
        "usage_rollup_whole_hour",
        "a sum of half an hour",
        TO_ROLLUP.format("'hour', r.hour + interval '30 minutes'"),
    ),
    case(
        "usage_rollup_of_events",
        "a sum of no event",
        TO_ROLLUP.format(f"{OTHER_HOUR}, 'events', 0"),
    ),
    case(
        "usage_rollup_of_events",
        "a sum of nothing",
        TO_ROLLUP.format(f"{OTHER_HOUR}, 'quantity', 0"),
    ),
    case(
        "usage_rollup_of_events",
        "a sum that brings credits in",
        TO_ROLLUP.format(f"{OTHER_HOUR}, 'credits_mc', -1"),
    ),
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
