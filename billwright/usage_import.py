"""`billwright usage import`: a file of usage events, of any length, from where it was left off."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from io import BufferedReader
from itertools import islice
from pathlib import Path
from uuid import UUID

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

from billwright import database
from billwright.usage_rows import Line, Parse, Row, UnusableFile, csv_parser, json_row, lines
from models.usage import ShortfallPolicy, UsageImport
from resolvers.nodes import keys_of
from services import usage_imports
from services.errors import BillingError, InvalidInput, NotFound
from services.usage_events import EVENTS_MAX, Recorded, Report

PARSERS = {".ndjson": "json", ".jsonl": "json", ".json": "json", ".csv": "csv"}


class ImportRefused(Exception):
    """One line: why the file is not imported, and what to do."""


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What to import, and for whom. `workspace_id`: of the rows that name none."""

    file: Path
    workspace_id: str | None
    shortfall: ShortfallPolicy
    rejected_file: Path
    again: bool


@dataclass(slots=True)
class _Chunk:
    """Some lines of the file, on their way to the database."""

    lines: Sequence[Line]
    errors: dict[int, BillingError] = field(default_factory=dict)  # by place in the chunk
    places: dict[UUID, list[int]] = field(default_factory=dict)  # of the rows, by workspace
    rows: dict[int, Row] = field(default_factory=dict)


async def run(database_url: str, request: ImportRequest) -> tuple[str, bool]:
    """Import what is left of the file. Returns a summary, and whether all rows were good.

    Raises ImportRefused, UnusableFile, ImportedElsewhere.
    """
    with _opened(request.file) as file:
        async with database.connected(database_url, pool_size=2):
            importer = _Importer(request, file)
            current = await importer.run()
    return _summary(current, request.rejected_file), not current.rejected


class _Importer:
    """One run of an import."""

    def __init__(self, request: ImportRequest, file: BufferedReader) -> None:
        self._request = request
        self._file = file
        self._default_key: UUID | None = None
        self._parse: Parse = json_row

    async def run(self) -> UsageImport:
        self._default_key = await self._named_workspace()
        begins_at = self._prepare_parser()
        digest = _digest(self._file, self._request)
        current, is_new = await usage_imports.begin(digest, again=self._request.again)
        if current.finished_at is not None:
            return current
        self._prepare_rejected(current, is_new=is_new)
        position, number = max(begins_at, (current.position_bytes, current.lines))
        remaining = lines(self._file, number=number + 1, position=position)
        with _progress(self._file, current) as show:
            while chunk := list(islice(remaining, EVENTS_MAX)):
                current = await self._import(current, chunk)
                show(current)
        return await usage_imports.finish(current)

    async def _named_workspace(self) -> UUID | None:
        id = self._request.workspace_id
        if id is None:
            return None
        keys = keys_of([id], "Workspace")
        if not await usage_imports.known_workspaces(keys):
            raise ImportRefused(f"There is no workspace '{id}'; give its id as the API shows it.")
        return keys[0]

    def _prepare_parser(self) -> tuple[int, int]:
        """Choose how lines are read. Returns where the first row begins, and the lines before."""
        kind = PARSERS.get(self._request.file.suffix.lower())
        if kind is None:
            raise UnusableFile(
                f"{self._request.file} is named neither .ndjson, .jsonl nor .csv; what is in it?"
            )
        if kind == "json":
            return 0, 0
        header = next(lines(self._file, number=1, position=0), None)
        if header is None:
            raise UnusableFile(f"{self._request.file} is empty; a CSV file begins with a header.")
        self._parse = csv_parser(header)
        return header.end, header.number

    async def _import(self, current: UsageImport, lines: Sequence[Line]) -> UsageImport:
        chunk = await self._read(lines)
        reports = [
            Report(key, [chunk.rows[place].event for place in places], self._request.shortfall)
            for key, places in chunk.places.items()
        ]
        conclude = partial(self._conclude, chunk, current.rejected_file_bytes)
        return await usage_imports.advance(current, reports, conclude)

    async def _read(self, lines: Sequence[Line]) -> _Chunk:
        chunk = _Chunk(lines)
        for place, line in enumerate(lines):
            try:
                chunk.rows[place] = self._parse(line)
            except InvalidInput as problem:
                chunk.errors[place] = problem
        named = {place: self._workspace_of(row) for place, row in chunk.rows.items()}
        known = await usage_imports.known_workspaces(
            {key for key in named.values() if isinstance(key, UUID)}
        )
        for place, key in named.items():
            if isinstance(key, BillingError):
                chunk.errors[place] = key
            elif key not in known:
                chunk.errors[place] = NotFound("The workspace", path=("workspaceId",))
            else:
                chunk.places.setdefault(key, []).append(place)
        return chunk

    def _workspace_of(self, row: Row) -> UUID | BillingError:
        """Whose event it is, or why that cannot be told."""
        if row.workspace_id is None:
            return self._default_key or InvalidInput(
                "The row names no workspace, and --workspace does not either.",
                path=("workspaceId",),
            )
        keys = keys_of([row.workspace_id], "Workspace")
        if not keys:
            return NotFound("The workspace", path=("workspaceId",))
        if self._default_key not in (None, keys[0]):
            return InvalidInput(
                "The row names another workspace than --workspace.", path=("workspaceId",)
            )
        return keys[0]

    def _conclude(
        self, chunk: _Chunk, rejected_file_bytes: int, recorded: Sequence[Recorded]
    ) -> usage_imports.Step:
        """Write down what was rejected, before the transaction that says so ends."""
        errors = dict(chunk.errors)
        for places, of_workspace in zip(chunk.places.values(), recorded, strict=True):
            for place, result in zip(places, of_workspace.results, strict=True):
                if result.error is not None:
                    errors[place] = result.error
        text = b"".join(_rejected(chunk.lines[place], errors[place]) for place in sorted(errors))
        if text:
            with self._request.rejected_file.open("ab") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
        last = chunk.lines[-1]
        return usage_imports.Step(
            last.end,
            last.number,
            [error.code.value for error in errors.values()],
            rejected_file_bytes + len(text),
        )

    def _prepare_rejected(self, current: UsageImport, *, is_new: bool) -> None:
        """Have the file of the rejected rows as it was when the last transaction ended."""
        path, wanted = self._request.rejected_file, current.rejected_file_bytes
        there = path.stat().st_size if path.exists() else 0
        if there < wanted:
            raise ImportRefused(
                f"{path} lacks rows that were rejected before. Put it back, or start over "
                "with --again: what is stored already is told as a duplicate."
            )
        if there and is_new and not self._request.again:
            raise ImportRefused(f"{path} is there already; move it, or name another: --rejected.")
        if there > wanted:  # the last run was cut off before it could say that it had written this
            os.truncate(path, wanted)


def _rejected(line: Line, error: BillingError) -> bytes:
    """One line: which row it was, why it was rejected, and what it said."""
    # the first of the path is where the event stood among others, which says nothing here
    path = [*error.path[2:]] if tuple(error.path[:1]) == ("events",) else [*error.path]
    told = {
        "line": line.number,
        "code": error.code.value,
        "message": error.message,
        "path": path,
        "row": line.text,
    }
    return json.dumps(told).encode() + b"\n"


@contextmanager
def _opened(path: Path) -> Iterator[BufferedReader]:
    try:
        with path.open("rb") as file:
            if not path.is_file():
                raise ImportRefused(f"{path} is no file that could be gone on with later.")
            yield file
    except OSError as problem:
        raise ImportRefused(f"{path} cannot be read: {problem.strerror}.") from None


def _digest(file: BufferedReader, request: ImportRequest) -> str:
    """Of the content and of how it is imported: what is to be gone on with."""
    file.seek(0)
    content = hashlib.file_digest(file, "sha256")
    content.update(f"\0{request.workspace_id}\0{request.shortfall}".encode())
    return content.hexdigest()


@contextmanager
def _progress(
    file: BufferedReader, current: UsageImport
) -> Iterator[Callable[[UsageImport], None]]:
    """A bar on a terminal; nothing elsewhere."""
    console = Console(stderr=True)
    bar = Progress(
        BarColumn(bar_width=12),  # so that the counts fit into a line of 80 characters
        TaskProgressColumn(show_speed=False),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
        console=console,
        disable=not sys.stderr.isatty(),
    )
    with bar:
        size = os.fstat(file.fileno()).st_size
        task = bar.add_task("", total=size, completed=current.position_bytes)

        def show(current: UsageImport) -> None:
            bar.update(task, completed=current.position_bytes, description=_counts(current))

        yield show


def _counts(current: UsageImport) -> str:
    rejected = sum(current.rejected.values())
    return (
        f"{current.accepted:,} accepted, {current.duplicates:,} duplicates, {rejected:,} rejected"
    )


def _summary(current: UsageImport, rejected_file: Path) -> str:
    text = [
        f"{current.accepted:>13,}  accepted, {current.credits} credits",
        f"{current.duplicates:>13,}  duplicates",
        f"{sum(current.rejected.values()):>13,}  rejected",
    ]
    text += [f"{count:>13,}      {code}" for code, count in sorted(current.rejected.items())]
    if current.rejected:
        text.append(f"The rejected rows are in {rejected_file}.")
    return "\n".join(text)
