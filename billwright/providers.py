"""Which payment provider a process asks: by its settings, and as its database allows."""

from __future__ import annotations

from services import provenance
from services.gateway import Gateway
from services.gateway.sandbox import SandboxGateway
from services.gateway.stripe_access import StripeAccess
from services.provenance import Mode


def gateway_for(access: StripeAccess | None, base_url: str) -> Gateway:
    """Stripe with a key, the sandbox without."""
    if access is None:
        return SandboxGateway(base_url)
    from services.gateway.stripe import StripeGateway  # the SDK takes a second to load

    return StripeGateway(access, base_url)


def mode_of(access: StripeAccess | None) -> Mode:
    """What the money is."""
    if access is None:
        return Mode.SANDBOX
    return Mode.LIVE if access.is_live else Mode.TEST


async def problem_with_database(access: StripeAccess | None) -> str | None:
    """Why this database cannot be used with these settings, and what to do; None: it can."""
    mode = mode_of(access)
    foreign = await provenance.foreign_to(mode)
    if not foreign:
        return None
    with_what = {
        Mode.SANDBOX: "without a BILLWRIGHT_STRIPE_SECRET_KEY",
        Mode.TEST: "with a test key of Stripe",
        Mode.LIVE: "with a live key of Stripe",
    }
    return (
        f"This database holds {' and '.join(foreign)}, and cannot be used {with_what[mode]}. "
        "Name another by BILLWRIGHT_DATABASE_URL or BILLWRIGHT_DATA_DIR, or set the key that this "
        "one was used with."
    )
