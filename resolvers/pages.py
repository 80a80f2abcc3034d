"""Pages of long lists, by keyset: a page costs the same wherever in the list it stands.

A page of the same list of many parents at once is one statement.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from strawberry.dataloader import DataLoader
from tortoise import connections

from models.base import Entity
from resolvers.context import Info
from services.errors import InvalidInput

PAGE_SIZE_DEFAULT = 25
PAGE_SIZE_MAX = 100
SEQUENCE_MAX = 2**63 - 1
Position = tuple[UUID | int | datetime, ...]
Values = list[object]
Count = Callable[[Sequence[UUID]], Awaitable[Mapping[UUID, int]]]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list that can be paged: rows of a table, in the order of a column that never changes.

    `parent` is the column by which the rows belong to somebody (None: all rows there are). `order`
    is a column, or several between commas, unique within a parent. `where` is SQL of our own;
    `values` take the places of its `{}`. `count` knows how many rows each parent has, where
    counting them one by one would take long.
    """

    model: type[Entity]
    parent: str | None
    order: str = "id"
    newest_first: bool = False
    where: str = "true"
    values: tuple[object, ...] = ()
    count: Count | None = None

    @property
    def table(self) -> str:
        return self.model._meta.db_table  # noqa: SLF001 - the ORM offers no other way

    @property
    def columns(self) -> Sequence[str]:
        """Those of the order."""
        return self.order.split(", ")

    def position(self, row: Entity) -> Position:
        """Where a row stands in the order."""
        return tuple(getattr(row, column) for column in self.columns)

    def condition(self, first_place: int) -> str:
        """`where`, its values bound from this place on."""
        return self.where.format(*(f"${first_place + n}" for n in range(len(self.values))))

    @property
    def bound(self) -> list[object]:
        """The values, as the driver takes them."""
        return [list(value) if isinstance(value, tuple) else value for value in self.values]


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of a list: `size` rows before or after a cursor, from the front or the back."""

    size: int
    from_back: bool
    cursor: Position | None


@dataclass(frozen=True, slots=True)
class Edge:
    cursor: str
    node: Entity


@dataclass(frozen=True, slots=True)
class PageInfo:
    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list, and what lies on either side."""

    listing: Listing
    parent_id: UUID | None
    nodes: Sequence[Entity]
    window: Window
    has_more: bool

    @property
    def edges(self) -> list[Edge]:
        return [Edge(self._cursor(row), row) for row in self.nodes]

    @property
    def page_info(self) -> PageInfo:
        beyond_cursor = self.window.cursor is not None
        return PageInfo(
            has_next_page=beyond_cursor if self.window.from_back else self.has_more,
            has_previous_page=self.has_more if self.window.from_back else beyond_cursor,
            start_cursor=self._cursor(self.nodes[0]) if self.nodes else None,
            end_cursor=self._cursor(self.nodes[-1]) if self.nodes else None,
        )

    def _cursor(self, row: Entity) -> str:
        return _to_cursor(self.listing, self.listing.position(row))


async def page(
    info: Info,
    listing: Listing,
    parent_id: UUID | None,
    *,
    first: int | None,
    after: str | None,
    last: int | None,
    before: str | None,
) -> Page:
    """One page of a list. Raises InvalidInput for sizes out of 0 to 100 and for foreign cursors."""
    window = _window(listing, first=first, after=after, last=last, before=before)
    if parent_id is None:
        rows = await _all_rows(listing, window)
        return _to_page(listing, None, window, rows)

    async def load(parent_ids: list[UUID]) -> list[Page]:
        by_parent = await _rows_by_parent(listing, window, parent_ids)
        return [_to_page(listing, key, window, by_parent[key]) for key in parent_ids]

    loader = info.context.loaders.made((listing, window), lambda: DataLoader(load_fn=load))
    loaded: Page = await loader.load(parent_id)
    return loaded


async def total_count(root: Page, info: Info) -> int:
    """How many rows the whole list has; counted only when asked for."""
    listing = root.listing
    if root.parent_id is None:
        return await listing.model.all().count()

    async def load(parent_ids: list[UUID]) -> list[int]:
        counts = await (listing.count or _counting(listing))(parent_ids)
        return [counts.get(key, 0) for key in parent_ids]

    loader = info.context.loaders.made((listing, "count"), lambda: DataLoader(load_fn=load))
    return int(await loader.load(root.parent_id))


def _counting(listing: Listing) -> Count:
    async def count(parent_ids: Sequence[UUID]) -> Mapping[UUID, int]:
        rows = await connections.get("default").execute_query_dict(
            f"SELECT {listing.parent} AS parent, count(*) AS count "  # noqa: S608 - names of ours
            f"FROM {listing.table} "
            f"WHERE {listing.parent} = ANY($1) AND {listing.condition(2)} GROUP BY 1",
            [parent_ids, *listing.bound],
        )
        return {row["parent"]: row["count"] for row in rows}

    return count


def _window(
    listing: Listing, *, first: int | None, after: str | None, last: int | None, before: str | None
) -> Window:
    if (first is not None or after is not None) and (last is not None or before is not None):
        raise InvalidInput("Page forward (first, after) or backward (last, before), not both.")
    from_back = last is not None or before is not None
    size = last if from_back else first
    name = "last" if from_back else "first"
    size = PAGE_SIZE_DEFAULT if size is None else size
    if not 0 <= size <= PAGE_SIZE_MAX:
        raise InvalidInput(f"{name} is {size}; it goes from 0 to {PAGE_SIZE_MAX}.", path=(name,))
    given, path = (before, "before") if from_back else (after, "after")
    cursor = _parse_cursor(listing, given, path) if given is not None else None
    return Window(size, from_back, cursor)


def _to_cursor(listing: Listing, position: Position) -> str:
    words = (
        part.astimezone(UTC).isoformat() if isinstance(part, datetime) else str(part)
        for part in position
    )
    return urlsafe_b64encode(f"{listing.table}:{','.join(words)}".encode()).decode()


def _parse_cursor(listing: Listing, cursor: str, path: str) -> Position:
    """The position behind a cursor of a list of the same kind. Raises InvalidInput."""
    try:
        _, _, text = urlsafe_b64decode(cursor.encode()).decode().partition(":")
        words = zip(listing.columns, text.split(","), strict=True)
        position: Position = tuple(_parse_part(column, word) for column, word in words)
    except (ValueError, OverflowError):  # not base64, not text, no position
        position = ()
    # one position, one cursor: what decodes to the same but is written otherwise is not ours
    if not position or _to_cursor(listing, position) != cursor:
        raise InvalidInput(
            f"'{cursor[:100]}' is no cursor of this list; take one from an edge or pageInfo.",
            path=(path,),
        )
    return position


def _parse_part(column: str, word: str) -> UUID | int | datetime:
    if column == "id":
        return UUID(word)
    if column.endswith("_at"):
        return datetime.fromisoformat(word).astimezone(UTC)
    number = int(word)
    if not 0 < number <= SEQUENCE_MAX:
        raise ValueError(f"{number} counts nothing")
    return number


def _select(listing: Listing, window: Window, parent: str, first_place: int) -> tuple[str, Values]:
    """The page of one parent, one row longer than asked, so that we know whether more follow.

    With the values that are bound from `first_place` on.
    """
    downward = listing.newest_first != window.from_back
    direction = "DESC" if downward else "ASC"
    cursor = list(window.cursor or ())
    places = ", ".join(f"${first_place + n}" for n in range(len(cursor)))
    beyond = f"({listing.order}) {'<' if downward else '>'} ({places})" if cursor else "true"
    order = ", ".join(f"{column} {direction}" for column in listing.columns)
    sql = (
        f"SELECT * FROM {listing.table} "  # noqa: S608 - names of ours, values are bound
        f"WHERE {parent} AND {listing.condition(first_place + len(cursor))} AND {beyond} "
        f"ORDER BY {order} LIMIT {window.size + 1}"
    )
    return sql, [*cursor, *listing.bound]


async def _all_rows(listing: Listing, window: Window) -> list[Entity]:
    sql, values = _select(listing, window, "true", 1)
    return _to_rows(listing, await connections.get("default").execute_query_dict(sql, values))


async def _rows_by_parent(
    listing: Listing, window: Window, parent_ids: Sequence[UUID]
) -> dict[UUID, list[Entity]]:
    inner, values = _select(listing, window, f"{listing.parent} = parent.id", 2)
    found = await connections.get("default").execute_query_dict(
        "SELECT page.* FROM unnest($1::uuid[]) AS parent(id) "  # noqa: S608 - as in _select
        f"CROSS JOIN LATERAL ({inner}) AS page",
        [parent_ids, *values],
    )
    by_parent: dict[UUID, list[Entity]] = defaultdict(list)
    for row in _to_rows(listing, found):
        by_parent[getattr(row, str(listing.parent))].append(row)
    return by_parent


def _to_rows(listing: Listing, found: Sequence[dict[str, Any]]) -> list[Entity]:
    # the ORM's own way from a record to an instance: its raw() takes no values to bind
    return [listing.model._init_from_db(**record) for record in found]  # noqa: SLF001


def _to_page(
    listing: Listing, parent_id: UUID | None, window: Window, rows: Sequence[Entity]
) -> Page:
    has_more = len(rows) > window.size
    kept = sorted(
        rows,
        key=listing.position,
        reverse=listing.newest_first != window.from_back,
    )[: window.size]
    nodes = kept[::-1] if window.from_back else kept
    return Page(listing, parent_id, nodes, window, has_more)
