"""What the database refuses of Stripe's customers, and of what Stripe tells."""

from __future__ import annotations

from tests.models.forbidden import case, never_truncated


def event(**columns: str) -> str:
    """An event that waits, with these columns as SQL."""
    values = {
        "id": "gen_random_uuid()",
        "created_at": "now()",
        "source": "'stripe'",
        "reference": "'evt_of_the_database'",
        "type": "'refund.updated'",
        "object_type": "'refund'",
        "object_reference": "'re_1'",
        "is_live": "false",
        "told_at": "now()",
        "status": "'WAITING'",
        "attempts": "0",
        "next_try_at": "now()",
    } | columns
    names = ", ".join(values)
    return f"INSERT INTO webhook_event ({names}) VALUES ({', '.join(values.values())})"


CUSTOMER = "INSERT INTO stripe_customer (reference, is_live, workspace_id) VALUES ('cus_1', false, "
STRIPE = [
    case(
        "stripe_customer_of_one",
        "two workspaces are one customer",
        f"{CUSTOMER} $workspace)",
        f"{CUSTOMER} (SELECT id FROM workspace WHERE id <> $workspace LIMIT 1))",
    ),
    case("webhook_event_once", "an event is kept twice", event(), event()),
    case(
        "webhook_event_known_status",
        "nobody knows how it is",
        event(status="'LOST'", decided_at="now()"),
    ),
    case(
        "webhook_event_decided_when_not_waiting",
        "worked on, but nobody knows when",
        event(status="'DONE'"),
    ),
    case("webhook_event_attempts", "tried less than never", event(attempts="-1")),
    case(
        "webhook_event_never_deleted",
        "what was told is forgotten",
        event(),
        "DELETE FROM webhook_event WHERE reference = 'evt_of_the_database'",
        says="webhook_event is written once: DELETE refused",
    ),
    never_truncated("webhook_event"),
]
