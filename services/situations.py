"""Where a paid subscription stands at one moment, as far as a change of its terms needs to know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from models.subscriptions import Subscription
from services import capacities, pending_changes, proration
from services.periods import Period
from services.terms import Holding, Terms


@dataclass(frozen=True, slots=True)
class Situation:
    """A paid subscription: its terms now, and those that are scheduled for its period's end."""

    subscription: Subscription
    terms: Terms
    scheduled: Terms | None

    @property
    def now(self) -> datetime:
        return self.subscription.workspace.now

    @property
    def period(self) -> Period:
        start, end = self.subscription.period_start, self.subscription.period_end
        assert start is not None
        assert end is not None
        return Period(start, end)

    @property
    def rest(self) -> Period:
        """What is left of the period."""
        return Period(self.now, self.period.end)

    @property
    def part_left(self) -> Fraction:
        """The part of the period that is left."""
        return proration.part_left(self.now, self.period.start, self.period.end)

    @property
    def after(self) -> Terms:
        """The terms of the next period as they stand: scheduled, or the present ones."""
        return self.scheduled or self.terms

    @property
    def lasting_add_ons(self) -> Sequence[Holding]:
        """The add-ons as they were last wished for; a plan without any has dropped them unasked."""
        return (self.after if self.after.plan.may_have_add_ons else self.terms).holdings


async def situation_of(subscription: Subscription) -> Situation:
    """The situation of a subscription that has a period and comes with its workspace."""
    terms = await capacities.terms_of(subscription)
    return Situation(subscription, terms, await pending_changes.scheduled(subscription))
