"""The only door to a tenant's rows.

What belongs to another tenant is answered exactly as what does not exist.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar, cast
from uuid import UUID

from models.base import Entity
from models.workspaces import KeyKind, Workspace
from resolvers.context import Info, Principal
from resolvers.nodes import NODE_KINDS, TYPE_NAMES, keys_of, parse_global_id
from services.api_keys import Scope
from services.errors import Forbidden, InvalidInput, NotFound

NODES_MAX = 100
Row = TypeVar("Row", bound=Entity)


class Unauthenticated(Exception):
    """The request has no key, or one that opens nothing."""

    code = "UNAUTHENTICATED"


def principal(info: Info, scope: Scope) -> Principal:
    """Who asks, if their key has `scope`. Raises Unauthenticated, Forbidden."""
    return permitted(info.context.principal, scope)


def permitted(who: Principal | None, scope: Scope) -> Principal:
    """As `principal`, for what is asked by other ways than GraphQL."""
    if who is None:
        raise Unauthenticated(
            "This needs a key: send the header 'Authorization: Bearer <your key>'."
        )
    if not who.scopes & {scope, Scope.ALL}:
        raise Forbidden(
            f"This key lacks the scope '{scope}'; it has {', '.join(sorted(who.scopes))}."
        )
    return who


def operator(info: Info, scope: Scope) -> Principal:
    """As `principal`, for what only operators may do."""
    who = principal(info, scope)
    if who.kind is not KeyKind.OPERATOR:
        raise Forbidden("Only an operator's key may do this.")
    return who


async def workspace(info: Info, id: str | None, scope: Scope) -> Workspace:
    """The named workspace, or the caller's own. Raises NotFound, InvalidInput for no name."""
    who = principal(info, scope)
    key = _named_workspace(who, id)
    found = await info.context.loaders.workspace.load(key) if key else None
    return _found(found)


async def workspace_key(info: Info, id: str | None, scope: Scope) -> UUID:
    """As `workspace`, where its key is enough: that the caller's own exists need not be asked."""
    who = principal(info, scope)
    key = _named_workspace(who, id)
    if key is not None and key == who.workspace_id:
        return key
    return (await workspace(info, id, scope)).id


async def readable_workspace(who: Principal | None, id: str | None) -> Workspace:
    """As `workspace`, to be read, for what is asked by other ways than GraphQL."""
    key = _named_workspace(permitted(who, Scope.READ), id)
    return _found(await Workspace.get_or_none(id=key) if key else None)


def _found(workspace: Workspace | None) -> Workspace:
    if workspace is None:
        raise NotFound("The workspace", path=("workspaceId",))
    return workspace


def _named_workspace(who: Principal, id: str | None) -> UUID | None:
    """The key of the named workspace, or the caller's own; None for what they may not see."""
    if id is None and who.workspace_id is None:
        raise InvalidInput(
            "An operator's key belongs to no workspace: say which one.", path=("workspaceId",)
        )
    return _visible_key(who, id)


def _visible_key(who: Principal, id: str | None) -> UUID | None:
    named = keys_of([id], "Workspace") if id is not None else [who.workspace_id]
    key = named[0] if named else None
    return key if who.workspace_id in (None, key) else None


async def visible_workspace(info: Info, id: str | None, scope: Scope) -> Workspace | None:
    """The named workspace, or the caller's own; None when there is none that they may see."""
    key = _visible_key(principal(info, scope), id)
    found: Workspace | None = await info.context.loaders.workspace.load(key) if key else None
    return found


async def row(
    info: Info, model: type[Row], id: str, *, what: str, path: Sequence[str], scope: Scope
) -> Row:
    """The object with this id, if it is one of `model` that the caller may see. Raises NotFound."""
    who = principal(info, scope)
    found = await _visible(who, TYPE_NAMES[model], keys_of([id], TYPE_NAMES[model]))
    if not found:
        raise NotFound(what, path=path)
    return cast("Row", next(iter(found.values())))


async def readable_row(who: Principal | None, model: type[Row], key: UUID) -> Row | None:
    """The row with this key, if `who` may read it. For what is asked by other ways than GraphQL."""
    if who is None or not who.scopes & {Scope.READ, Scope.ALL}:
        return None
    return cast("Row | None", (await _visible(who, TYPE_NAMES[model], [key])).get(key))


async def nodes(info: Info, ids: Sequence[str]) -> list[Entity | None]:
    """The objects with these ids, in their order; None for each that the caller may not see.

    One query per type. Raises InvalidInput for more than 100 ids; Unauthenticated and Forbidden
    when one is not of a public type, whether it exists or not.
    """
    if len(ids) > NODES_MAX:
        raise InvalidInput(f"At most {NODES_MAX} ids at once, not {len(ids)}.", path=("ids",))
    parsed = [parse_global_id(value) for value in ids]
    found: dict[tuple[str, UUID], Entity] = {}
    for type_name in {entry[0] for entry in parsed if entry}:
        who = PUBLIC if NODE_KINDS[type_name].owner is None else principal(info, Scope.READ)
        rows = await _visible(who, type_name, keys_of(ids, type_name))
        found |= {(type_name, key): entity for key, entity in rows.items()}
    return [found.get(entry) if entry else None for entry in parsed]


async def _visible(who: Principal, type_name: str, keys: Sequence[UUID]) -> dict[UUID, Entity]:
    kind = NODE_KINDS[type_name]
    query: Any = kind.model.filter(id__in=list(keys), **kind.shown)
    if kind.owner is not None and who.kind is not KeyKind.OPERATOR:
        query = query.filter(**{kind.owner: who.workspace_id})
    return {entity.id: entity for entity in await query}


PUBLIC = Principal(KeyKind.WORKSPACE, "public", frozenset())
