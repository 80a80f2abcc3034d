"""What credits should do, in a few lines: lots, holds, and what is owed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

MINUTE, HOURS_4 = timedelta(minutes=1), timedelta(hours=4)
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass
class Lot:
    """Millicredits; what each call holds is part of what remains, and may be `refunded` later."""

    remaining: int
    granted_at: datetime
    expires_at: datetime | None = None
    is_gift: bool = True
    refunded: int = 0
    holds: dict[str, int] = field(default_factory=dict)

    @property
    def free(self) -> int:
        return self.remaining - sum(self.holds.values())


@dataclass
class Call:
    """A call that lives, at so many millicredits a minute."""

    began: datetime
    minute_mc: int
    minutes: int
    held_minutes: int
    next_at: datetime


class Model:
    """The books of one holder."""

    def __init__(self, lots: list[Lot], now: datetime) -> None:
        self.lots, self.now, self.debt = lots, now, 0
        self.calls: dict[str, Call] = {}

    @property
    def available(self) -> int:
        return sum(lot.free for lot in self.lots if not self._is_dead(lot)) - self.debt

    @property
    def held(self) -> int:
        return sum(sum(lot.holds.values()) for lot in self.lots)

    def grant(self, amount: int, expires_at: datetime | None, *, is_gift: bool = True) -> Lot:
        repaid = min(amount, self.debt)
        self.debt -= repaid
        self.lots.append(Lot(amount - repaid, self.now, expires_at, is_gift))
        return self.lots[-1]

    def refund(self, lot: Lot, amount: int) -> None:
        lot.refunded += amount
        self._take_back(lot)

    def use(self, amount: int, *, may_owe: bool) -> bool:
        if amount > max(0, self.available) and not may_owe:
            return False
        for lot in self._burning():
            part = min(amount, lot.free)
            lot.remaining -= part
            amount -= part
        self.debt += amount
        return True

    def begin(self, id: str, minute_mc: int, minutes: int) -> bool:
        if not self._hold(id, minute_mc * minutes):
            return False
        ends = self.now + min(minutes * MINUTE, HOURS_4)
        self.calls[id] = Call(self.now, minute_mc, minutes, minutes, ends)
        return True

    def end(self, id: str, cost: int) -> None:
        for lot in sorted((lot for lot in self.lots if id in lot.holds), key=_burn_order):
            part = min(cost, lot.holds[id])
            lot.holds[id] -= part
            lot.remaining -= part
            cost -= part
        self.use(cost, may_owe=True)
        self._release(id)

    def advance(self, to: datetime) -> None:
        while due := [each for each in self.calls.items() if each[1].next_at <= to]:
            id, call = min(due, key=lambda each: each[1].next_at)
            self._at(call.next_at)
            if call.next_at >= call.began + HOURS_4:
                self._release(id)
            else:
                self._extend(id, call)
        self._at(to)

    def _extend(self, id: str, call: Call) -> None:
        fitting = [n for n in range(call.minutes + 1) if n * call.minute_mc <= self.available]
        more = max(fitting, default=0)
        self._hold(id, more * call.minute_mc)
        call.held_minutes += more
        again = call.began + call.held_minutes * MINUTE if more else self.now + MINUTE
        call.next_at = min(again, call.began + HOURS_4)

    def _hold(self, id: str, amount: int) -> bool:
        if amount > max(0, self.available):
            return False
        for lot in self._burning():
            part = min(amount, lot.free)
            lot.holds[id] = lot.holds.get(id, 0) + part
            amount -= part
        return True

    def _release(self, id: str) -> None:
        self.calls.pop(id, None)
        for lot in sorted((lot for lot in self.lots if id in lot.holds), key=_burn_order):
            part = lot.holds.pop(id)
            lost = part if self._is_dead(lot) else min(part, self.debt)
            lot.remaining -= lost
            self.debt -= 0 if self._is_dead(lot) else lost
            self._take_back(lot)

    def _take_back(self, lot: Lot) -> None:
        part = min(lot.refunded, lot.free)
        lot.remaining -= part
        lot.refunded -= part

    def _at(self, now: datetime) -> None:
        self.now = now
        for lot in filter(self._is_dead, self.lots):
            lot.remaining -= lot.free

    def _burning(self) -> list[Lot]:
        return sorted((lot for lot in self.lots if not self._is_dead(lot)), key=_burn_order)

    def _is_dead(self, lot: Lot) -> bool:
        return lot.expires_at is not None and self.now >= lot.expires_at


def _burn_order(lot: Lot) -> tuple[datetime, bool, datetime]:
    return lot.expires_at or NEVER, not lot.is_gift, lot.granted_at
