"""Calls: begun, ended, and listed."""

from __future__ import annotations

from collections.abc import Sequence

from models.calls import Call
from models.clients import Client
from models.workspaces import Workspace
from resolvers import access
from resolvers.context import Info
from resolvers.nodes import key_of
from resolvers.pages import Listing, Page, page
from services import calls as service
from services.answers import Answer
from services.api_keys import Scope
from services.call_requests import EndRequest, StartRequest

CALLS = {
    None: Listing(Call, "workspace_id", newest_first=True),
    True: Listing(Call, "workspace_id", newest_first=True, where="next_at IS NOT NULL"),
    False: Listing(Call, "workspace_id", newest_first=True, where="next_at IS NULL"),
}


async def calls(
    root: Workspace,
    info: Info,
    live: bool | None = None,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> Page:
    """Newest first."""
    return await page(
        info, CALLS[live], root.id, first=first, after=after, last=last, before=before
    )


async def client_of(root: Call, info: Info) -> Client | None:
    return await info.context.loaders.client.load(root.client_id) if root.client_id else None


async def start_call(
    info: Info,
    workspace_id: str | None,
    call_id: str,
    agent_id: str | None,
    client_id: str | None,
    stt: str | None,
    tts: str | None,
    sts: str | None,
    model: str | None,
    telephony: bool,
    own_keys: Sequence[str],
    hold_minutes: int,
) -> Answer:
    owner = await access.workspace(info, workspace_id, Scope.WRITE)
    client = None if client_id is None else key_of(client_id, "Client")
    request = StartRequest(
        call_id=call_id,
        agent_id=agent_id,
        client_id=client,
        stt=stt,
        tts=tts,
        sts=sts,
        model=model,
        telephony=telephony,
        own_keys=own_keys,
        hold_minutes=hold_minutes,
    )
    return await service.start(owner.id, request)


async def end_call(
    info: Info,
    workspace_id: str | None,
    call_id: str,
    seconds: int,
    input_tokens: int,
    output_tokens: int,
) -> Answer:
    owner = await access.workspace(info, workspace_id, Scope.WRITE)
    return await service.end(owner.id, EndRequest(call_id, seconds, input_tokens, output_tokens))
