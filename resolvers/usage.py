"""What was used: reported, listed and summed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from strawberry.dataloader import DataLoader

from models.clients import Client
from models.credits import CreditTransfer
from models.usage import ShortfallPolicy, UsageEvent
from models.workspaces import Workspace
from resolvers import access
from resolvers.answers import Shown, shown
from resolvers.context import Info
from resolvers.nodes import key_of
from resolvers.pages import Listing, Page, page
from services import usage_reports
from services.answers import Answer
from services.api_keys import Scope
from services.usage_events import EventResult, Report, ReportedEvent
from services.usage_questions import ReportRequest, UsageFilter
from services.usage_reports import UsageBucket, UsageReport


@dataclass(frozen=True, slots=True)
class _Count:
    """Equal for equal filters, so that the lists of many workspaces are counted at once."""

    filter: UsageFilter

    async def __call__(self, workspace_ids: Sequence[UUID]) -> Mapping[UUID, int]:
        return await usage_reports.count(workspace_ids, self.filter)


async def record_usage(
    info: Info, workspace_id: str | None, events: Sequence[Any], shortfall: ShortfallPolicy
) -> Answer:
    owner_id = await access.workspace_key(info, workspace_id, Scope.WRITE)
    report = Report(owner_id, [_reported(event) for event in events], shortfall)
    recorded = await info.context.usage_queue.record(report)
    return Answer(
        values={
            "results": recorded.results,
            "accepted": recorded.accepted,
            "duplicates": recorded.duplicates,
            "rejected": recorded.rejected,
            "credits": recorded.credits,
            "credit_balance": recorded.credit_balance,
        }
    )


def error_of_result(root: EventResult) -> Shown | None:
    """Why an event was rejected."""
    return next(iter(shown([root.error])), None) if root.error else None


async def usage_events(
    root: Workspace,
    info: Info,
    filter: Any = None,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Page:
    """Newest first, by when they occurred."""
    wanted = _filter(filter)
    wanted.check("filter")
    conditions = list(wanted.conditions)
    if wanted.start is not None:
        conditions.append(("occurred_at >= {}", wanted.start))
    if wanted.end is not None:
        conditions.append(("occurred_at < {}", wanted.end))
    listing = Listing(
        UsageEvent,
        "workspace_id",
        order="occurred_at, id",
        newest_first=True,
        where=" AND ".join(["true", *(condition for condition, _ in conditions)]),
        values=tuple(value for _, value in conditions),
        count=_Count(wanted),
    )
    return await page(info, listing, root.id, first=first, after=after, last=last, before=before)


async def usage_report(root: Workspace, info: Info, input: Any) -> UsageReport:
    request = ReportRequest(
        start=input.from_,
        end=input.to,
        grain=input.grain,
        group_by=tuple(input.group_by),
        filter=_filter(input.filter),
        time_zone=input.time_zone,
    )

    async def load(workspace_ids: list[UUID]) -> list[UsageReport]:
        found = await usage_reports.reports(workspace_ids, request)
        return [found[key] for key in workspace_ids]

    loader = info.context.loaders.made(request, lambda: DataLoader(load_fn=load))
    report: UsageReport = await loader.load(root.id)
    return report


async def client_of(root: UsageEvent | UsageBucket, info: Info) -> Client | None:
    return await info.context.loaders.client.load(root.client_id) if root.client_id else None


async def event_of_entry(root: CreditTransfer, info: Info) -> UsageEvent | None:
    if root.usage_event_id is None:
        return None
    found: UsageEvent = await info.context.loaders.usage_event.load(root.usage_event_id)
    return found


def quantity(root: UsageEvent | UsageBucket) -> Decimal:
    """Without the zeros that the column's scale adds."""
    return root.quantity.normalize()


def _reported(event: Any) -> ReportedEvent:
    return ReportedEvent(
        event_id=event.event_id,
        meter=event.meter,
        quantity=event.quantity,
        provider=event.provider,
        model=event.model,
        occurred_at=event.occurred_at,
        agent_id=event.agent_id,
        session_id=event.session_id,
        client_id=_client_key(event.client_id),
        own_key=event.own_key,
    )


def _filter(given: Any) -> UsageFilter:
    if given is None:
        return UsageFilter()
    return UsageFilter(
        start=given.from_,
        end=given.to,
        meters=_distinct(given.meters),
        agent_ids=_distinct(given.agent_ids),
        client_id=_client_key(given.client_id),
        session_id=given.session_id,
    )


def _distinct(values: Sequence[str] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(sorted(set(values)))


def _client_key(id: str | None) -> UUID | None:
    return None if id is None else key_of(id, "Client")
