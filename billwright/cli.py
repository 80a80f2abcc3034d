"""The program: `billwright serve` and its helpers."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from billwright import settings as settings_module
from billwright.settings import Settings, SettingsError

app = typer.Typer(
    help="Billing for AI-agent platforms, as a GraphQL API.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
catalog_app = typer.Typer(help="Price lists.", no_args_is_help=True)
app.add_typer(catalog_app, name="catalog")
usage_app = typer.Typer(help="What was used.", no_args_is_help=True)
app.add_typer(usage_app, name="usage")
webhooks_app = typer.Typer(help="What payment providers have told.", no_args_is_help=True)
app.add_typer(webhooks_app, name="webhooks")


def main() -> None:
    """Run the program; a stop from the keyboard is no error worth a traceback."""
    # `kill` is a stop like any other: what was started is stopped, wherever we are
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        app()
    except KeyboardInterrupt:
        raise SystemExit(130) from None


@app.command()
def serve() -> None:
    """Serve the API, on an embedded PostgreSQL unless BILLWRIGHT_DATABASE_URL names another."""
    with _explained():
        settings = settings_module.load()
        from billwright import server

        server.serve(settings)


@app.command()
def worker() -> None:
    """Do what falls due: renewals, further tries, repairs. Any number may run; `serve` is one."""
    with _explained():
        settings = settings_module.load()
        from billwright import server

        server.work(settings)


@app.command()
def renew(
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be billed; write nothing.")
    ] = False,
    at: Annotated[
        datetime | None,
        typer.Option(
            help="With --dry-run: as if it were this instant (UTC) already.",
            formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%SZ"],
        ),
    ] = None,
) -> None:
    """Do at once all that is due in real time, or say what that would be."""
    from billwright import renewing

    if at is not None and not dry_run:
        raise typer.BadParameter("time cannot be run ahead of; --at goes with --dry-run.")
    instant = (at or datetime.now(UTC)).replace(tzinfo=UTC)
    with _database(create=False) as (settings, database_url):
        if dry_run:
            summary = asyncio.run(renewing.forecast(database_url, at=instant))
        else:
            summary = asyncio.run(renewing.renew(settings, database_url))
    typer.echo(summary)


@app.command()
def reconcile(
    *,
    since: Annotated[
        datetime,
        typer.Option(
            help="Compare what was paid and given back from this instant (UTC) on.",
            formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%SZ"],
        ),
    ],
) -> None:
    """Compare our payments and refunds with Stripe's. Exit code 1 when they differ."""
    from billwright import reconciling

    instant = since.replace(tzinfo=UTC)
    with _database(create=False) as (settings, database_url):
        found = asyncio.run(reconciling.differences(settings, database_url, since=instant))
    typer.echo("\n".join(found) if found else "No differences.")
    if found:
        raise typer.Exit(1)


@app.command()
def migrate() -> None:
    """Bring the database's tables up to date."""
    from billwright import database

    with _database() as (_, database_url):
        applied = asyncio.run(database.migrate(database_url))
        typer.echo("\n".join(applied) if applied else "Nothing to migrate.")


@app.command()
def demo() -> None:
    """Fill the sandbox with example workspaces, one in every state, and print their keys."""
    from billwright import demo as demo_module

    with _database() as (settings, database_url):
        for example in asyncio.run(demo_module.seed(settings, database_url)):
            typer.echo(f"{example.key}  {example.name}: {example.story}")


@app.command()
def check() -> None:
    """Check the invariants of the books. Exit code 1 when one does not hold."""
    from billwright import database
    from services.check import Finding, check_books

    async def run(database_url: str) -> list[Finding]:
        if not await database.has_tables(database_url):
            raise database.DatabaseError("The database is empty. Run: billwright migrate")
        async with database.connected(database_url, pool_size=2):
            return await check_books()

    with _database(create=False) as (_, database_url):
        findings = asyncio.run(run(database_url))
    for finding in findings:
        typer.echo(f"{'BROKEN' if finding.violations else 'ok    '}  {finding.invariant}")
        for violation in finding.violations:
            typer.echo(f"          {violation}")
    if any(finding.violations for finding in findings):
        raise typer.Exit(1)


@app.command()
def doctor() -> None:
    """Say whether everything is ready for the money this is set up for. Exit code 1 when not."""
    from billwright import doctor as doctor_module

    with _database(create=False) as (settings, database_url):
        findings = asyncio.run(doctor_module.examine(settings, database_url))
    for finding in findings:
        typer.echo(str(finding))
    if any(finding.problem for finding in findings):
        raise typer.Exit(1)


@app.command()
def schema(
    file: Annotated[
        Path | None, typer.Argument(help="Where to write it; standard output when left out.")
    ] = None,
) -> None:
    """Write the GraphQL schema."""
    from schema.root import build_schema

    text = build_schema().as_str() + "\n"
    if file is None:
        sys.stdout.write(text)
        return
    try:
        file.write_text(text)
    except OSError as problem:
        raise typer.BadParameter(f"{file} cannot be written: {problem.strerror}.") from problem


@catalog_app.command("check")
def catalog_check(file: Annotated[Path, typer.Argument(help="A price list in TOML.")]) -> None:
    """Read a price list and say what is wrong with it, or what is in it."""
    from services.price_list_file import load

    with _explained():
        price_list = load(file)
    typer.echo(
        f"{file}: version {price_list.version}, {len(price_list.plans)} plans, "
        f"{len(price_list.add_ons)} add-ons, {len(price_list.rates)} rates, "
        f"content {price_list.content_hash[:12]}"
    )


@usage_app.command("import")
def usage_import(
    file: Annotated[Path, typer.Argument(help="Events as .ndjson or .csv, one a line.")],
    *,
    workspace: Annotated[
        str | None, typer.Option(help="The id of the workspace of rows that name none.")
    ] = None,
    shortfall: Annotated[
        Literal["REJECT", "OWE"],
        typer.Option(help="What becomes of events that credits do not pay whole."),
    ] = "REJECT",
    rejected: Annotated[
        Path | None, typer.Option(help="Where rejected rows go; FILE.rejected.ndjson if left out.")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Start over with a file that was imported before.")
    ] = False,
) -> None:
    """Record a file of usage events. Cut off, it goes on where it was. Exit code 1 if some are bad.

    Each line is an event as the API's recordUsage takes it: eventId, meter, quantity and any of
    provider, model, occurredAt, agentId, sessionId, clientId, ownKey, workspaceId.
    """
    from billwright import usage_import as importing
    from models.usage import ShortfallPolicy

    request = importing.ImportRequest(
        file,
        workspace,
        ShortfallPolicy(shortfall),
        rejected or file.with_name(f"{file.name}.rejected.ndjson"),
        again=again,
    )
    with _database(create=False) as (_, database_url):
        try:
            summary, is_clean = asyncio.run(importing.run(database_url, request))
        except KeyboardInterrupt:
            typer.echo("Stopped; the same command goes on from here.", err=True)
            raise
    typer.echo(summary)
    if not is_clean:
        raise typer.Exit(1)


@webhooks_app.command("list")
def webhooks_list(
    *,
    everything: Annotated[
        bool, typer.Option("--all", help="The last 50, whatever became of them.")
    ] = False,
) -> None:
    """List the events that could not be worked on and are parked."""
    from billwright import webhook_commands

    with _database(create=False) as (_, database_url):
        lines = asyncio.run(webhook_commands.listed(database_url, everything=everything))
    typer.echo("\n".join(lines))


@webhooks_app.command("show")
def webhooks_show(event: Annotated[str, typer.Argument(help="The event's id, evt_...")]) -> None:
    """Show all that is known of an event."""
    from billwright import webhook_commands

    with _database(create=False) as (_, database_url), _explained():
        lines = asyncio.run(webhook_commands.shown(database_url, event))
    typer.echo("\n".join(lines))


@webhooks_app.command("replay")
def webhooks_replay(event: Annotated[str, typer.Argument(help="The event's id, evt_...")]) -> None:
    """Have an event worked on again."""
    from billwright import webhook_commands

    with _database(create=False) as (_, database_url), _explained():
        told = asyncio.run(webhook_commands.replayed(database_url, event))
    typer.echo(told)


@contextmanager
def _explained() -> Iterator[None]:
    """What a person can put right is told in a line, with exit code 1; the rest is a traceback."""
    try:
        yield
    except Exception as problem:
        if not _is_for_people(problem):
            raise
        text = str(problem)
        if settings_module.wants_json():
            text = json.dumps({"level": "critical", "event": text})
        typer.echo(text, err=True)
        raise typer.Exit(1) from None


def _is_for_people(problem: Exception) -> bool:
    if isinstance(problem, SettingsError):
        return True
    # imported only now: a wrong setting is told before all the rest is loaded
    from billwright.database import DatabaseError
    from billwright.embedded_binaries import EmbeddedDatabaseError
    from billwright.server import ServerError
    from billwright.usage_import import ImportRefused
    from billwright.usage_rows import UnusableFile
    from billwright.webhook_commands import NoSuchEvent
    from services.price_list_file import PriceListError
    from services.usage_imports import ImportedElsewhere

    return isinstance(
        problem,
        (
            DatabaseError,
            EmbeddedDatabaseError,
            ServerError,
            ImportRefused,
            UnusableFile,
            ImportedElsewhere,
            NoSuchEvent,
            PriceListError,
        ),
    )


@contextmanager
def _database(*, create: bool = True) -> Iterator[tuple[Settings, str]]:
    """The settings and a database that answers, for as long as the command runs."""
    with _explained():
        settings = settings_module.load()
        from billwright.server import open_database

        with open_database(settings, create=create) as database_url:
            yield settings, database_url
