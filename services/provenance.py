"""Where the money in a database comes from. Play money and real money never meet in one."""

from __future__ import annotations

from enum import StrEnum

from tortoise import connections


class Mode(StrEnum):
    """What the money is."""

    SANDBOX = "SANDBOX"
    TEST = "TEST"
    LIVE = "LIVE"


_SANDBOX_METHODS = "payment methods of the sandbox"
_CLOCKS = "workspaces on clocks of their own"
_TEST_CUSTOMERS = "customers of Stripe's test mode"
_LIVE_CUSTOMERS = "live customers of Stripe"
_TRACES = {
    # the names of methods at Stripe have no colon
    _SANDBOX_METHODS: "SELECT 1 FROM payment_method WHERE gateway_reference LIKE '%:%'",
    _CLOCKS: "SELECT 1 FROM workspace WHERE clock_at IS NOT NULL",
    _TEST_CUSTOMERS: "SELECT 1 FROM stripe_customer WHERE NOT is_live",
    _LIVE_CUSTOMERS: "SELECT 1 FROM stripe_customer WHERE is_live",
}
_FOREIGN = {
    Mode.SANDBOX: (_TEST_CUSTOMERS, _LIVE_CUSTOMERS),
    Mode.TEST: (_SANDBOX_METHODS, _LIVE_CUSTOMERS),
    Mode.LIVE: (_SANDBOX_METHODS, _CLOCKS, _TEST_CUSTOMERS),
}


async def foreign_to(mode: Mode) -> list[str]:
    """What there is in the database that came about by other money."""
    connection = connections.get("default")
    return [
        name
        for name in _FOREIGN[mode]
        if await connection.execute_query_dict(f"{_TRACES[name]} LIMIT 1")
    ]
