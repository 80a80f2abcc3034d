"""What is left to spend, where it came from and where it went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from models.credits import CreditAccount, CreditBalance, CreditLot, CreditTransfer
from models.invoices import Invoice
from models.money import Credits
from models.workspaces import Workspace
from resolvers import access
from resolvers.context import Info
from resolvers.pages import Listing, Page, page
from resolvers.subscriptions import method_key
from services import credit_purchases
from services import credits as service
from services.answers import Answer
from services.api_keys import Scope
from services.credit_purchases import PurchaseRequest
from services.credits import BalanceView, balance_view
from services.idempotency import Command

ALL_GRANTS = Listing(CreditLot, "account_id", newest_first=True)
UNSPENT_GRANTS = Listing(CreditLot, "account_id", newest_first=True, where="remaining_mc > 0")


async def _entry_counts(account_ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """Entries are counted as they are written, without a gap."""
    balances = await CreditBalance.filter(account_id__in=list(account_ids))
    return {balance.account_id: balance.entry_count for balance in balances}


ENTRIES = Listing(
    CreditTransfer, "holder_id", order="sequence", newest_first=True, count=_entry_counts
)


async def credit_balance(root: Workspace, info: Info) -> BalanceView:
    balance, lots = await info.context.loaders.balance.load(root.id)
    return balance_view(balance, lots, now=root.now)


async def credit_grants(
    root: Workspace,
    info: Info,
    include_spent: bool | None = False,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Page:
    """Newest first."""
    account: CreditAccount = await info.context.loaders.account.load(root.id)
    listing = ALL_GRANTS if include_spent else UNSPENT_GRANTS
    return await page(info, listing, account.id, first=first, after=after, last=last, before=before)


async def ledger_entries(
    root: Workspace,
    info: Info,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Page:
    """Newest first."""
    account: CreditAccount = await info.context.loaders.account.load(root.id)
    return await page(info, ENTRIES, account.id, first=first, after=after, last=last, before=before)


async def invoice_of_grant(root: CreditLot, info: Info) -> Invoice | None:
    return await info.context.loaders.invoice.load(root.invoice_id) if root.invoice_id else None


async def grant_of_entry(root: CreditTransfer, info: Info) -> CreditLot | None:
    return await info.context.loaders.lot.load(root.lot_id) if root.lot_id else None


async def purchase_credits(
    info: Info,
    workspace_id: str | None,
    amount: Decimal,
    payment_method_id: str | None,
    idempotency_key: str | None,
) -> Answer:
    owner = await access.workspace(info, workspace_id, Scope.WRITE)
    request = PurchaseRequest(amount, method_key(payment_method_id))
    return await credit_purchases.purchase(
        Command(owner.id, "purchaseCredits", idempotency_key, asdict(request)),
        owner.id,
        request,
        gateway=info.context.gateway,
    )


async def grant_of_purchase(root: Any) -> CreditLot | None:
    """What came in for it; nothing yet while its money is on its way."""
    return await service.bought_with(root.invoice.id) if root.invoice else None


async def balance_after_purchase(root: Any, info: Info) -> BalanceView | None:
    if root.invoice is None:
        return None
    workspace: Workspace = await info.context.loaders.workspace.load(root.invoice.workspace_id)
    return await credit_balance(workspace, info)


async def adjust_credits(
    info: Info,
    workspace_id: str,
    credits: Credits,
    reason: str,
    expires_at: datetime | None,
    idempotency_key: str | None,
) -> Answer:
    access.operator(info, Scope.WRITE)
    owner = await access.workspace(info, workspace_id, Scope.WRITE)
    request = {"credits": credits, "reason": reason, "expires_at": expires_at}
    return await service.adjust(
        Command(owner.id, "adjustCredits", idempotency_key, request),
        owner.id,
        credits=credits,
        reason=reason,
        expires_at=expires_at,
    )
