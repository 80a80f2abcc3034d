"""What the database must refuse whoever asks: a row or a change for each of its rules.

`$name` stands for a row that test_constraints.py has made. A case breaks one rule and no other.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """Statements of which the last one breaks the rule called `name`; before it nothing does."""

    name: str
    story: str
    statements: tuple[str, ...]
    says: str | None = None  # what a trigger says: it cannot be told by name

    def __str__(self) -> str:
        return f"{self.name}: {self.story}"


def case(name: str, story: str, *statements: str, says: str | None = None) -> Case:
    return Case(name, story, statements, says)


def another(table: str, row: str, **columns: str) -> str:
    """Insert a copy of `row` (in SQL: r) with an id of its own and these columns, as SQL."""
    changed = {"id": "gen_random_uuid()", **columns}
    pairs = ", ".join(f"'{name}', {value}" for name, value in changed.items())
    return (
        f"INSERT INTO {table} SELECT (jsonb_populate_record(NULL::{table}, "
        f"to_jsonb(r) || jsonb_build_object({pairs}))).* FROM {table} r WHERE r.id = {row}"
    )


def alter(table: str, row: str, assignments: str) -> str:
    return f"UPDATE {table} SET {assignments} WHERE id = {row}"


def written_once(table: str, row: str, column: str) -> list[Case]:
    """A table whose rows are neither changed nor deleted."""
    name = f"{table}_written_once"
    return [
        case(
            name,
            "a row is changed",
            alter(table, row, f"{column} = {column}"),
            says=f"{table} is written once: UPDATE refused",
        ),
        case(
            name,
            "a row is deleted",
            f"DELETE FROM {table} WHERE id = {row}",
            says=f"{table} is written once: DELETE refused",
        ),
        never_truncated(table),
    ]


def never_truncated(table: str) -> Case:
    return case(
        f"{table}_never_truncated",
        "the table is emptied",
        f"TRUNCATE {table} CASCADE",
        says=f"{table} is written once: TRUNCATE refused",
    )


CATALOG = [
    case(
        "catalog_version_never_rewritten",
        "a published price list gets another name",
        alter("catalog_version", "$version", "name = name || '!'"),
        says="is published: only whether it is current may change",
    ),
    case(
        "catalog_version_never_deleted",
        "a published price list is deleted",
        "DELETE FROM catalog_version WHERE id = $version",
        says="catalog_version is written once: DELETE refused",
    ),
    never_truncated("catalog_version"),
    case(
        "catalog_version_one_current",
        "two price lists are current",
        another("catalog_version", "$version", content_hash="'other'"),
    ),
    case(
        "catalog_version_content_hash_key",
        "the same price list is published twice",
        another("catalog_version", "$version", is_current="false"),
    ),
    case(
        "plan_key_once",
        "two plans of a list have one key",
        another("plan", "$plan", name="'Other'"),
    ),
    case(
        "plan_price_not_negative",
        "a plan pays its customer",
        another("plan", "$plan", key="'other'", price_cents="-1"),
    ),
    case(
        "plan_credits_not_negative",
        "a plan takes credits every month",
        another("plan", "$plan", key="'other'", included_credits_mc="-1"),
    ),
    case(
        "plan_credits_not_negative",
        "a plan takes credits at sign-up",
        another("plan", "$plan", key="'other'", signup_credits_mc="-1"),
    ),
    case(
        "plan_one_default",
        "workspaces could begin on either of two plans",
        another("plan", "$free_plan", key="'other'"),
    ),
    case(
        "add_on_key_once",
        "two add-ons of a list have one key",
        another("add_on", "$add_on", name="'Other'"),
    ),
    case(
        "add_on_price_not_negative",
        "an add-on pays its customer",
        another("add_on", "$add_on", key="'other'", price_cents="-1"),
    ),
    case(
        "add_on_max_positive",
        "an add-on of which nobody can have any",
        another("add_on", "$add_on", key="'other'", max_quantity="0"),
    ),
    case(
        "rate_once",
        "a meter without provider and model costs two prices",
        another("rate", "$rate", credits_per_unit="1"),
    ),
    case(
        "rate_not_negative",
        "using something earns credits",
        another("rate", "$rate", meter="'other'", credits_per_unit="-0.000000001"),
    ),
    *written_once("plan", "$plan", "price_cents"),
    *written_once("add_on", "$add_on", "price_cents"),
    *written_once("rate", "$rate", "credits_per_unit"),
]

WORKSPACES = [
    case(
        "workspace_invoice_count",
        "fewer than no invoices",
        alter("workspace", "$workspace", "invoice_count = -1"),
    ),
    case(
        "workspace_invoice_prefix_key",
        "two workspaces number their invoices alike",
        another("workspace", "$workspace"),
    ),
    case(
        "idempotency_record_once",
        "a key belongs to two requests",
        another("idempotency_record", "$record", request_hash="'other'"),
    ),
    case(
        "installation_is_one",
        "a second secret for the same keys",
        "INSERT INTO installation (id, secret_fingerprint) VALUES (2, 'other')",
    ),
    case("api_key_secret_hash_key", "a key opens two doors", another("api_key", "$api_key")),
    case(
        "billing_address_workspace_id_key",
        "a workspace has two addresses",
        another("billing_address", "$address"),
    ),
    case("seat_one_owner", "a workspace has two owners", another("seat", "$seat")),
    case(
        "seat_released_has_instant",
        "a seat is free since nobody knows when",
        alter("seat", "$seat", "status = 'RELEASED'"),
    ),
    case(
        "seat_released_has_instant",
        "a seat is taken and was given back",
        alter("seat", "$seat", "released_at = now()"),
    ),
    case(
        "seat_client_has_company",
        "a client seat is taken by no company",
        alter("seat", "$client_seat", "client_id = NULL"),
    ),
    case(
        "seat_client_has_company",
        "a company sits in the workspace's own team",
        alter("seat", "$client_seat", "kind = 'WORKSPACE'"),
    ),
    case("seat_client_id_key", "a company takes two seats", another("seat", "$client_seat")),
    case(
        "agent_external_id_once",
        "the platform's agent is known as two",
        another("agent", "$agent", name="'Other'"),
    ),
    case(
        "agent_archived_not_paused",
        "an agent without a slot waits for one",
        alter("agent", "$agent", "archived_at = now(), paused_at = now()"),
    ),
]

PHONE_NUMBERS = [
    case(
        "phone_number_had_once",
        "a number answers in two workspaces",
        another("phone_number", "$phone_number", origin="'IMPORTED'"),
    ),
    case(
        "phone_number_is_e164",
        "a number that cannot be dialled",
        alter("phone_number", "$phone_number", "number = '4155550100'"),
    ),
    case(
        "phone_number_import_not_pending",
        "a carrier is waited for that nobody asked",
        another(
            "phone_number",
            "$phone_number",
            number="'+4915112345678'",
            origin="'IMPORTED'",
            purchased_at="NULL::text",
        ),
    ),
    case(
        "phone_number_released_answers_not",
        "an agent answers at a number that was given back",
        alter("phone_number", "$phone_number", "released_at = now(), agent_id = $agent"),
    ),
    case(
        "phone_number_returned_when_released",
        "a number that is in use goes back to the carrier",
        alter("phone_number", "$phone_number", "is_to_be_returned = true"),
    ),
    case(
        "phone_number_returned_when_released",
        "the carrier gets a number that it never had",
        alter(
            "phone_number",
            "$phone_number",
            "origin = 'IMPORTED', released_at = now(), is_to_be_returned = true",
        ),
    ),
    case(
        "sandbox_number_sold_once",
        "the carrier sells a number twice",
        "INSERT INTO sandbox_number (operation_id, number) "
        "SELECT gen_random_uuid(), number FROM sandbox_number WHERE operation_id = $phone_number",
    ),
]

SCHEDULED = another("pending_change", "$change", invoice_id="NULL::uuid")
SUBSCRIPTIONS = [
    case(
        "subscription_workspace_id_key",
        "a workspace has two subscriptions",
        another("subscription", "$subscription"),
    ),
    case(
        "subscription_period_whole",
        "a period of no time",
        alter("subscription", "$subscription", "period_end = period_start"),
    ),
    case(
        "subscription_period_whole",
        "a period before the anchor",
        alter("subscription", "$subscription", "anchor = period_start + interval '1 second'"),
    ),
    case(
        "subscription_period_whole",
        "a period without an anchor",
        alter("subscription", "$subscription", "anchor = NULL"),
    ),
    case(
        "subscription_period_whole",
        "a period without an end",
        alter("subscription", "$subscription", "period_end = NULL"),
    ),
    case(
        "subscription_period_index",
        "a period before the first",
        alter("subscription", "$subscription", "period_index = -1"),
    ),
    case(
        "subscription_item_once",
        "an add-on is had twice",
        another("subscription_item", "$item", quantity="1"),
    ),
    case(
        "subscription_item_quantity",
        "an add-on is had, but none of it",
        alter("subscription_item", "$item", "quantity = 0"),
    ),
    case(
        "subscription_item_quantity",
        "more of an add-on than anybody needs",
        alter("subscription_item", "$item", "quantity = 10001"),
    ),
    case(
        "pending_change_one_waiting",
        "two changes wait for their money",
        another("pending_change", "$change", invoice_id="$invoice"),
    ),
    case(
        "pending_change_one_scheduled",
        "two changes wait for one period's end",
        SCHEDULED,
        SCHEDULED,
    ),
    case(
        "pending_change_then_after_money",
        "a change of the period's end leads to another one",
        another("pending_change", "$change", invoice_id="NULL::uuid", then="'{}'::jsonb"),
    ),
    case(
        "pending_change_invoice_id_key",
        "one invoice pays for two changes",
        another("pending_change", "$change", subscription_id="$subscription"),
    ),
]

TERMS = [*CATALOG, *WORKSPACES, *PHONE_NUMBERS, *SUBSCRIPTIONS]
