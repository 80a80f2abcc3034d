"""A workspace begins: on the free plan, with its owner's seat and its sign-up credits."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tortoise.transactions import in_transaction

from models.seats import Seat, SeatKind, SeatStatus
from models.subscriptions import PlanTenure, Subscription, SubscriptionStatus
from models.workspaces import BillingAddress, Workspace
from services import api_keys, catalog, credits, inputs, ledger
from services.answers import Answer
from services.api_keys import Keyring, Scope
from services.errors import Forbidden, InvalidInput, Refused
from services.idempotency import Command, once
from services.inputs import email, instant, text, time_zone
from services.locks import locked_subscription

# no vowels, no look-alikes: an invoice prefix is read over the phone and should spell nothing
PREFIX_ALPHABET = "BCDFGHJKLMNPQRSTVWXZ23456789"
PREFIX_LENGTH = 8
ADDRESS_LENGTH_MAX = 200
ADDRESS_LENGTHS_MAX = {"postal_code": 20, "tax_id": 50, "email": 254}
ADDRESS_CHECKS = {"tax_id": inputs.tax_id, "email": inputs.email}


@dataclass(frozen=True)
class NewWorkspace:
    """What createWorkspace takes."""

    name: str
    email: str
    time_zone: str
    start_clock_at: datetime | None


async def create(
    command: Command, wanted: NewWorkspace, *, keyring: Keyring, sandbox: bool
) -> Answer:
    """A workspace on the free plan of the current price list, and a key to all of it.

    With `start_clock_at` (sandbox only) it lives on a clock of its own. The key is shown to the
    first asker only: a repeat answers the same workspace without it. Raises InvalidInput,
    Forbidden for a clock outside the sandbox.
    """

    async def run() -> Answer:
        workspace = await _create_row(wanted, sandbox=sandbox)
        await _begin(workspace)
        made = await api_keys.create(
            keyring, workspace, label="First key", scopes=[Scope.ALL], expires_at=None
        )
        return Answer(
            objects={"workspace": workspace.id}, values={"api_key": made.values["secret"]}
        )

    return await once(command, run)


async def set_billing_address(workspace_id: UUID, address: Mapping[str, str | None]) -> Answer:
    """Replace the address that the next invoice shows; its country decides the tax (R42).

    `address` has the columns of BillingAddress. Invoices that are issued keep theirs.
    Raises Refused with an InvalidInput for each column that can never be right.
    """
    columns = _address_columns(address)
    async with in_transaction():
        await locked_subscription(workspace_id)  # one address, even when two are set at once
        row, _ = await BillingAddress.update_or_create(workspace_id=workspace_id, defaults=columns)
    return Answer(objects={"billing_address": row.id})


async def _create_row(wanted: NewWorkspace, *, sandbox: bool) -> Workspace:
    if wanted.start_clock_at is not None and not sandbox:
        raise Forbidden(
            "A clock of its own is a sandbox feature; payments are live here.",
            path=("startClockAt",),
        )
    version = await catalog.current_version()
    start = wanted.start_clock_at
    return await Workspace.create(
        name=text(wanted.name, path=("name",), length_max=200),
        email=email(wanted.email, path=("email",)),
        time_zone=time_zone(wanted.time_zone, path=("timeZone",)),
        clock_at=instant(start, path=("startClockAt",)) if start else None,
        catalog_version_id=version.id,
        invoice_prefix="".join(secrets.choice(PREFIX_ALPHABET) for _ in range(PREFIX_LENGTH)),
    )


async def _begin(workspace: Workspace) -> None:
    now = workspace.now
    plan = await catalog.default_plan(workspace.catalog_version_id)
    subscription = await Subscription.create(
        workspace_id=workspace.id, plan_id=plan.id, status=SubscriptionStatus.ACTIVE
    )
    await PlanTenure.create(subscription_id=subscription.id, plan_id=plan.id, since=now)
    await Seat.create(
        workspace_id=workspace.id,
        kind=SeatKind.WORKSPACE,
        status=SeatStatus.ACTIVE,
        is_owner=True,
        email=workspace.email,
        assigned_at=now,
    )
    account = await ledger.open_account(workspace.id)
    await credits.grant_signup_credits(account, plan, now=now)


def _address_columns(address: Mapping[str, str | None]) -> dict[str, str | None]:
    columns, problems = {}, []
    for name, value in address.items():
        try:
            columns[name] = _address_column(name, value)
        except InvalidInput as problem:
            problems.append(problem)
    if problems:
        raise Refused(problems)
    return columns


def _address_column(name: str, value: str | None) -> str | None:
    path = (_camel_case(name),)
    if name == "country":
        return inputs.country(value or "", path=path)
    length_max = ADDRESS_LENGTHS_MAX.get(name, ADDRESS_LENGTH_MAX)
    line = inputs.optional_text(value, path=path, length_max=length_max)
    check = ADDRESS_CHECKS.get(name)
    return check(line, path=path) if line and check else line


def _camel_case(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.title() for part in rest)
