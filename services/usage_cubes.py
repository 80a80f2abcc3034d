"""Sums of usage, kept so that a report reads few rows whatever it asks for (docs/decisions/0017).

A batch appends what it adds to `usage_addition`, in the transaction that writes its events. Once in
a while the additions of a workspace are folded into `usage_rollup`: one row per cube, slot of time
and what the cube tells apart. Both together are the sums of the events, in every snapshot.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from tortoise import connections
from tortoise.transactions import in_transaction

from models.usage import UsageDimension
from services import jobs
from services.jobs import Job
from services.locks import transaction_lock

# Every zone's clock is a multiple of it away from UTC, and has been since 1972.
SLOT = timedelta(minutes=15)
SLOT_SECONDS = 15 * 60
HALF_HOUR = timedelta(minutes=30)
HOUR = timedelta(hours=1)
HOURS_3 = timedelta(hours=3)
DAY = timedelta(days=1)
WEEK = timedelta(days=7)

NOTHING = frozenset[UsageDimension]()
METER, PROVIDER, MODEL, AGENT, CLIENT = (frozenset({dimension}) for dimension in UsageDimension)
KINDS = METER | PROVIDER | MODEL
ALL = frozenset(UsageDimension)

# On average so many events are written between two foldings of a workspace: each addition that
# waits makes a report slower by a microsecond, each folding costs some hundred rows.
EVENTS_PER_FOLDING = 8_192
ADDITIONS_AT_ONCE = 50_000


@dataclass(frozen=True, slots=True)
class Cube:
    """Sums of slots of this length, told apart by these dimensions. `number` is stored."""

    number: int
    dimensions: frozenset[UsageDimension]
    length: timedelta


# From few rows to many. Where they are few, slots go down to the step of every clock, so that a day
# of any zone is few of them; where they are many, short slots would be as many as the events.
_LENGTHS = (
    (NOTHING, (DAY, SLOT)),
    (METER, (DAY, HOURS_3, SLOT)),
    (PROVIDER, (DAY, HOURS_3, SLOT)),
    (MODEL, (DAY, HOURS_3, HALF_HOUR)),
    (CLIENT, (DAY, HOURS_3, HALF_HOUR)),
    (KINDS, (WEEK, DAY, HOUR)),
    (CLIENT | METER, (WEEK, DAY, HOURS_3)),
    (AGENT, (WEEK, DAY, HOUR)),
    (ALL, (WEEK, DAY, HOUR)),
)
# A cube's number is its place: another list needs a migration that sums up anew.
CUBES = tuple(
    Cube(number, dimensions, length)
    for number, (dimensions, length) in enumerate(
        ((dimensions, length) for dimensions, lengths in _LENGTHS for length in lengths), start=1
    )
)


def slot_number(at: datetime) -> int:
    """The slot that an instant lies in, counted from 1970: quick to tell, and to look up."""
    return int(at.timestamp()) // SLOT_SECONDS


def slot_at(number: int) -> datetime:
    """The slot of this number."""
    return datetime.fromtimestamp(number * SLOT_SECONDS, UTC)


def cubes_for(dimensions: Collection[UsageDimension]) -> list[Cube]:
    """The smallest sums that tell these apart, from long slots to short ones."""
    wanted = frozenset(dimensions)
    smallest = next(cube.dimensions for cube in CUBES if cube.dimensions >= wanted)
    return [cube for cube in CUBES if cube.dimensions == smallest]


def sums_of(additions: str) -> str:
    """The rows that `additions` (a table or query) have in each cube, as SQL."""
    return _SUMS.format(additions=additions)


_CUBES = ", ".join(
    f"({cube.number}, interval '{cube.length.total_seconds():.0f} seconds', "
    + ", ".join(str(dimension in cube.dimensions) for dimension in UsageDimension)
    + ")"
    for cube in CUBES
)
_SUMS = f"""
    SELECT a.workspace_id, c.cube::smallint AS cube, date_bin(c.length, a.slot, 'epoch') AS slot,
           CASE WHEN c.by_meter THEN a.meter END AS meter,
           CASE WHEN c.by_provider THEN a.provider END AS provider,
           CASE WHEN c.by_model THEN a.model END AS model,
           CASE WHEN c.by_agent THEN a.agent_id END AS agent_id,
           CASE WHEN c.by_client THEN a.client_id END AS client_id,
           sum(a.quantity) AS quantity, sum(a.credits_mc)::bigint AS credits_mc,
           sum(a.events)::bigint AS events
    FROM {{additions}} AS a
    CROSS JOIN (VALUES {_CUBES})
        AS c (cube, length, by_meter, by_provider, by_model, by_agent, by_client)
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
"""  # noqa: S608 - of our own constants
# in the order of the unique index: two foldings never wait for each other, and pages stay warm
_FOLD = f"""
    WITH additions AS (
        DELETE FROM usage_addition WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM usage_addition WHERE workspace_id = $1 LIMIT $2))
        RETURNING *
    ), folded AS (
        INSERT INTO usage_rollup AS r (workspace_id, cube, slot, meter, provider, model, agent_id,
                                       client_id, quantity, credits_mc, events)
        SELECT * FROM ({sums_of("additions")}) AS sums
        ORDER BY cube, slot, meter, provider, model, agent_id, client_id
        ON CONFLICT (workspace_id, cube, slot, meter, provider, model, agent_id, client_id)
        DO UPDATE SET quantity = r.quantity + excluded.quantity,
                      credits_mc = r.credits_mc + excluded.credits_mc,
                      events = r.events + excluded.events
    )
    SELECT count(*) AS folded FROM additions
"""  # noqa: S608 - of our own constants


async def have_folded(new_events: Mapping[UUID, int]) -> None:
    """Queue a folding for each workspace that so many new events bring it about for.

    Which do is left to chance, so that nobody has to count, and no row to be written for it.
    """
    due = [
        workspace_id
        for workspace_id, count in new_events.items()
        if random.random() < count / EVENTS_PER_FOLDING  # noqa: S311 - nobody gains by guessing it
    ]
    await jobs.enqueue(Job.FOLD_USAGE, sorted(map(str, due)))


async def fold(workspace_id: UUID) -> int:
    """Fold what a workspace's batches have added. Returns how many additions there were.

    Writers and readers do not wait for it, and no report changes by it. Safe to repeat.
    """
    folded_total = 0
    while True:
        async with in_transaction():
            await transaction_lock(f"fold usage {workspace_id}")
            [row] = await connections.get("default").execute_query_dict(
                _FOLD, [workspace_id, ADDITIONS_AT_ONCE]
            )
        folded = int(row["folded"])
        folded_total += folded
        if folded < ADDITIONS_AT_ONCE:
            return folded_total
