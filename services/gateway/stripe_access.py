"""What we need to be let in at Stripe. Apart from stripe.py, so that reading settings is quick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

LIVE_KEYS = ("sk_live_", "rk_live_")
TEST_KEYS = ("sk_test_", "rk_test_")


@dataclass(frozen=True, slots=True)
class StripeAccess:
    """Keys of one Stripe account. Its secrets are never shown, also not by accident."""

    secret_key: str = field(repr=False)
    publishable_key: str | None = None
    # two while one replaces the other
    webhook_secrets: Sequence[str] = field(default=(), repr=False)
    api_base: str | None = None

    @property
    def is_live(self) -> bool:
        """Whether real money moves."""
        return self.secret_key.startswith(LIVE_KEYS)
