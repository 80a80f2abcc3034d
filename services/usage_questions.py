"""What can be asked about usage, and what makes no sense."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.usage import UsageDimension, UsageGrain
from services import inputs
from services.errors import InvalidInput

NAMES_MAX = 100


@dataclass(frozen=True, slots=True)
class UsageFilter:
    """Which events count: all that fit all of it. None: whatever."""

    start: datetime | None = None
    end: datetime | None = None
    meters: tuple[str, ...] | None = None
    agent_ids: tuple[str, ...] | None = None
    client_id: UUID | None = None
    session_id: str | None = None

    def check(self, *path: str) -> None:
        """Raises InvalidInput for what no event could have."""
        for name, bound in (("from", self.start), ("to", self.end)):
            if bound is not None:
                inputs.instant(bound, path=(*path, name))
        for name, values in (("meters", self.meters), ("agentIds", self.agent_ids)):
            if values is not None and len(values) > NAMES_MAX:
                raise InvalidInput(
                    f"{name} has {len(values)} entries; at most {NAMES_MAX} are looked for.",
                    path=(*path, name),
                )
            for value in values or ():
                inputs.identifier(value, path=(*path, name), length_max=255)
        if self.session_id is not None:
            inputs.identifier(self.session_id, path=(*path, "sessionId"), length_max=255)

    @property
    def conditions(self) -> list[tuple[str, object]]:
        """As SQL, but for the times, each with the value that goes where `{}` stands."""
        found: list[tuple[str, object]] = []
        if self.meters is not None:
            found.append(("meter = ANY({}::text[])", self.meters))
        if self.agent_ids is not None:
            found.append(("agent_id = ANY({}::text[])", self.agent_ids))
        if self.client_id is not None:
            found.append(("client_id = {}", self.client_id))
        if self.session_id is not None:
            found.append(("session_id = {}", self.session_id))
        return found

    @property
    def dimensions(self) -> set[UsageDimension]:
        """By which events are told apart to find those that fit."""
        asked = {
            UsageDimension.METER: self.meters,
            UsageDimension.AGENT: self.agent_ids,
            UsageDimension.CLIENT: self.client_id,
        }
        return {dimension for dimension, value in asked.items() if value is not None}


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """What a report is about: [start, end) in buckets of `grain` on a zone's calendar."""

    start: datetime
    end: datetime
    grain: UsageGrain
    group_by: tuple[UsageDimension, ...]
    filter: UsageFilter
    time_zone: str

    def check(self) -> None:
        """Raises InvalidInput for what cannot be reported."""
        inputs.instant(self.start, path=("from",))
        inputs.instant(self.end, path=("to",))
        inputs.time_zone(self.time_zone, path=("timeZone",))
        if self.start >= self.end:
            raise InvalidInput(
                f"The end {inputs.rfc3339(self.end)} is not after the start "
                f"{inputs.rfc3339(self.start)}.",
                path=("to",),
            )
        self.filter.check("filter")
