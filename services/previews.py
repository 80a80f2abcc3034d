"""What a change would bring, and what stands in its way: one shape for every preview."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.money import Credits
from services.errors import BillingError
from services.invoices import InvoiceDraft
from services.terms import Capacity


@dataclass(frozen=True, slots=True)
class Preview:
    """As much as can be said: without a plan there is nothing due, but there are errors."""

    effective_at: datetime
    due_now: InvoiceDraft | None
    next: InvoiceDraft | None
    capacities_after: Sequence[Capacity]
    credits_granted: Credits
    errors: Sequence[BillingError]
