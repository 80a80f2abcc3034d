"""What the database must refuse of calls and of what they hold."""

from __future__ import annotations

from tests.models.forbidden import alter, another, case, never_truncated

LIVE, ENDED = "$live_call", "$ended_call"


def another_call(**columns: str) -> str:
    """Insert another live call, with these columns as SQL."""
    return another("call", LIVE, **{"external_id": "'another'"} | columns)


CALLS = [
    case("call_once", "one id is of two calls", another_call(external_id="r.external_id")),
    case("call_holds_minutes", "for no minute", another_call(hold_minutes="0")),
    case(
        "call_holds_minutes",
        "for longer than anybody waits for its end",
        another_call(hold_minutes="241", held_minutes="241"),
    ),
    case("call_holds_minutes", "fewer than at its start", another_call(held_minutes="0")),
    case(
        "call_live_is_looked_after",
        "a live call is forgotten",
        alter("call", LIVE, "next_at = NULL, held_mc = 0"),
    ),
    case(
        "call_live_is_looked_after",
        "a call that was given up keeps its line",
        alter("call", LIVE, "abandoned_at = now()"),
    ),
    case("call_holds_while_live", "less than nothing is held", alter("call", LIVE, "held_mc = -1")),
    case(
        "call_holds_while_live",
        "a call that was given up holds credits",
        alter("call", LIVE, "abandoned_at = now(), next_at = NULL"),
    ),
    case(
        "call_holds_while_live",
        "a call that was given up is to be ended",
        alter(
            "call",
            LIVE,
            "abandoned_at = now(), next_at = NULL, held_mc = 0, uncovered_since = now()",
        ),
    ),
    case(
        "call_ended_is_paid",
        "a call has ended and nobody knows what it cost",
        alter("call", LIVE, "ended_at = now(), next_at = NULL, held_mc = 0"),
    ),
    case("call_ended_is_paid", "a live call has lasted", alter("call", LIVE, "seconds = 1")),
    case(
        "call_used_not_negative",
        "a call pays back",
        another("call", ENDED, external_id="'another'", seconds="-1"),
    ),
    case(
        "call_parts_sum_to_total",
        "a call costs more than its parts",
        another("call", ENDED, external_id="'another'", total_mc="r.total_mc + 1"),
    ),
    case(
        "call_ended_once",
        "a call that has ended ends otherwise",
        alter("call", ENDED, "seconds = seconds"),
        says="call is written once: UPDATE refused",
    ),
    case(
        "call_never_deleted",
        "a call is deleted",
        f"DELETE FROM call WHERE id = {LIVE}",
        says="call is written once: DELETE refused",
    ),
    never_truncated("call"),
    case(
        "credit_hold_once",
        "one call holds one lot twice",
        another("credit_hold", "$open_hold"),
    ),
    case(
        "credit_hold_positive",
        "nothing is held",
        alter("credit_hold", "$open_hold", "amount_mc = 0"),
    ),
    case(
        "credit_hold_closed_once",
        "what was given back is held again",
        alter("credit_hold", "$closed_hold", "closed_at = NULL"),
        says="credit_hold is written once: UPDATE refused",
    ),
    case(
        "credit_hold_never_deleted",
        "what was held is forgotten",
        "DELETE FROM credit_hold WHERE id = $open_hold",
        says="credit_hold is written once: DELETE refused",
    ),
    never_truncated("credit_hold"),
    case(
        "credit_lot_held_within",
        "more is held than remains",
        alter("credit_lot", "$plan_lot", "held_mc = remaining_mc + 1"),
    ),
    case(
        "credit_lot_held_within",
        "what is held is spent",
        alter("credit_lot", "$plan_lot", "held_mc = remaining_mc"),
        alter("credit_lot", "$plan_lot", "remaining_mc = remaining_mc - 1"),
    ),
    case(
        "credit_lot_held_within",
        "less than nothing is held",
        alter("credit_lot", "$plan_lot", "held_mc = -1"),
    ),
]
