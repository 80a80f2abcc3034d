"""Who holds the seats."""

from __future__ import annotations

from models.seats import Seat, SeatKind
from models.workspaces import Workspace
from resolvers.context import Info
from resolvers.pages import Listing, Page, page

TAKEN = "status <> 'RELEASED'"
SEATS = {
    None: Listing(Seat, "workspace_id", where=TAKEN),
    SeatKind.WORKSPACE: Listing(Seat, "workspace_id", where=f"kind = 'WORKSPACE' AND {TAKEN}"),
    SeatKind.CLIENT: Listing(Seat, "workspace_id", where=f"kind = 'CLIENT' AND {TAKEN}"),
}


async def seats(
    root: Workspace,
    info: Info,
    kind: SeatKind | None = None,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Page:
    """Taken ones, oldest first."""
    return await page(
        info, SEATS[kind], root.id, first=first, after=after, last=last, before=before
    )
