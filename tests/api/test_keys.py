"""Who is asking: keys, what they open, and what is kept of them."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
from tortoise import connections

from models.workspaces import ApiKey, Workspace
from resolvers.nodes import parse_global_id
from services import api_keys
from tests.client import Api
from tests.given import Tenant, a_workspace

VIEWER = "{ viewer { kind label scopes workspace { id } } }"
WORKSPACE = "{ workspace { id } }"
PUBLIC = "{ plans { key } addOns { key } rates { meter } __schema { queryType { name } } }"


def text_of(api: Api) -> str:
    return api.headers["authorization"].removeprefix("Bearer ")


async def a_key_of(
    operator: Api, tenant: Tenant, scopes: Sequence[str] = ("*",), **input: Any
) -> tuple[str, Api]:
    """A further key of a workspace: its id, and a caller who has it."""
    made = await operator.do(
        "createApiKey",
        "apiKey { id } secret",
        **{"workspaceId": tenant.id, "label": "Another", "scopes": list(scopes)} | input,
    )
    assert made["errors"] == []
    return made["apiKey"]["id"], operator.with_key(made["secret"])


def row_of(id: str) -> Any:
    parsed = parse_global_id(id)
    assert parsed is not None
    return ApiKey.filter(id=parsed[1])


async def test_without_a_key_only_what_is_public_is_answered(public: Api) -> None:
    answered = await public.ask(PUBLIC)
    assert all(answered.values())
    assert await public.ask("{ viewer { label } }") == {"viewer": None}
    for query in (
        WORKSPACE,
        "{ workspaces { totalCount } }",
        '{ previewSubscribe(input: { plan: "pay-as-you-go" }) { effectiveAt } }',
        '{ previewChangePlan(input: { plan: "free" }) { effectiveAt } }',
        "{ previewSetAddOns(input: { addOns: [] }) { effectiveAt } }",
    ):
        answer = await public.send(query)
        assert [error["extensions"] for error in answer["errors"]] == [{"code": "UNAUTHENTICATED"}]
        assert set((answer["data"] or {"": None}).values()) == {None}


async def test_without_a_key_no_mutation_does_anything(public: Api) -> None:
    before = await Workspace.all().count()
    answer = await public.send(
        "mutation ($input: CreateWorkspaceInput!) { createWorkspace(input: $input) { apiKey } }",
        input={"name": "Acme", "email": "owner@acme.test"},
    )
    assert answer["data"] == {"createWorkspace": None}
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["UNAUTHENTICATED"]
    assert await Workspace.all().count() == before


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer wrong",
        "Bearer bw_ws_" + "x" * 43,
        "Bearer bw_op_of_the_test",
        "Bearer bw_op_of_the_tests2",
        "Bearer " + "x" * 60_000,
        "Bearer bw_op_of_the_tests bw_op_of_the_tests",
        "Basic YndfOm9w",
        "bw_op_of_the_tests",
        "Bearer \xff\xfe",
        "Bearer ' OR 1=1 --",
    ],
    ids=lambda text: repr(text[:30]),
)
async def test_a_wrong_key_is_refused_before_anything_is_executed(
    client: httpx2.AsyncClient, authorization: str
) -> None:
    for query in (PUBLIC, "{ nothing }"):
        response = await client.post(
            "/graphql",
            json={"query": query},
            headers=[(b"authorization", authorization.encode("latin-1"))],
        )
        assert response.status_code == 401
        assert response.headers["www-authenticate"] == "Bearer"
        answer = response.json()
        assert list(answer) == ["errors"]
        assert [error["extensions"] for error in answer["errors"]] == [{"code": "UNAUTHENTICATED"}]


async def test_the_word_bearer_is_read_in_any_case(operator: Api) -> None:
    api = operator.with_key("")
    api.headers = {"authorization": f"bEARER  {text_of(operator)} "}
    assert (await api.ask(VIEWER))["viewer"]["kind"] == "OPERATOR"


async def test_viewer_tells_whom_a_key_speaks_for(operator: Api) -> None:
    assert (await operator.ask(VIEWER))["viewer"] == {
        "kind": "OPERATOR",
        "label": "Operator",
        "scopes": ["*"],
        "workspace": None,
    }
    tenant = await a_workspace(operator)
    assert (await tenant.api.ask(VIEWER))["viewer"] == {
        "kind": "WORKSPACE",
        "label": "First key",
        "scopes": ["*"],
        "workspace": {"id": tenant.id},
    }


async def test_a_new_key_opens_its_workspace_and_is_shown_once(operator: Api) -> None:
    tenant = await a_workspace(operator)
    made = await operator.do(
        "createApiKey",
        "apiKey { id label prefix scopes createdAt lastUsedAt expiresAt revokedAt } secret",
        workspaceId=tenant.id,
        label="  The agents' key ",
        scopes=["write", "read", "read"],
        expiresAt="2099-01-01T00:00:00Z",
    )
    key = made["apiKey"]
    assert key["label"] == "The agents' key"
    assert key["scopes"] == ["read", "write"]
    assert key["expiresAt"] == "2099-01-01T00:00:00Z"
    assert key["lastUsedAt"] is key["revokedAt"] is None
    assert made["secret"].startswith(key["prefix"])
    assert len(made["secret"]) > len(key["prefix"]) + 30
    found = await operator.with_key(made["secret"]).ask(WORKSPACE)
    assert found["workspace"]["id"] == tenant.id


async def test_a_revoked_key_opens_nothing_and_the_others_stay(operator: Api) -> None:
    tenant = await a_workspace(operator)
    id, api = await a_key_of(operator, tenant)
    assert (await api.ask(WORKSPACE))["workspace"]["id"] == tenant.id

    revoked = await operator.do("revokeApiKey", "apiKey { id revokedAt }", id=id)
    assert revoked["errors"] == []
    assert revoked["apiKey"]["id"] == id
    assert await api.code_of(PUBLIC) == "UNAUTHENTICATED"
    assert (await tenant.api.ask(WORKSPACE))["workspace"]["id"] == tenant.id

    again = await operator.do("revokeApiKey", "apiKey { id revokedAt }", id=id)
    assert again == revoked, "the first time it was revoked is what is kept"


async def test_an_expired_key_opens_nothing(operator: Api) -> None:
    tenant = await a_workspace(operator)
    id, api = await a_key_of(operator, tenant, expiresAt="2099-01-01T00:00:00Z")
    now = datetime.now(UTC)
    await row_of(id).update(expires_at=now + timedelta(minutes=1))
    assert (await api.ask(WORKSPACE))["workspace"]["id"] == tenant.id
    await row_of(id).update(expires_at=now)
    assert await api.code_of(PUBLIC) == "UNAUTHENTICATED"


@pytest.mark.parametrize(
    ("input", "path"),
    [
        ({"scopes": []}, ["scopes"]),
        ({"scopes": ["read", "admin"]}, ["scopes", "1"]),
        ({"scopes": ["READ"]}, ["scopes", "0"]),
        ({"label": "  "}, ["label"]),
        ({"label": "x" * 201}, ["label"]),
        ({"expiresAt": "2020-01-01T00:00:00Z"}, ["expiresAt"]),
    ],
    ids=str,
)
async def test_a_key_that_makes_no_sense_is_not_made(
    operator: Api, input: dict[str, Any], path: list[str]
) -> None:
    tenant = await a_workspace(operator)
    made = await operator.do(
        "createApiKey",
        "apiKey { id } secret",
        **{"workspaceId": tenant.id, "label": "Another", "scopes": ["read"]} | input,
    )
    assert made["apiKey"] is made["secret"] is None
    assert [(error["code"], error["path"]) for error in made["errors"]] == [("INVALID_INPUT", path)]
    assert await ApiKey.filter(workspace_id=tenant.key).count() == 1


async def test_a_key_that_may_only_read_is_forbidden_to_write(operator: Api) -> None:
    tenant = await a_workspace(operator)
    _, reader = await a_key_of(operator, tenant, ["read"])
    assert (await reader.ask(WORKSPACE))["workspace"]["id"] == tenant.id
    done = await reader.do("setBillingAddress", "billingAddress { country }", country="US")
    assert done["billingAddress"] is None
    assert [(error["code"], error["message"]) for error in done["errors"]] == [
        ("FORBIDDEN", "This key lacks the scope 'write'; it has read.")
    ]
    found = await reader.ask("{ workspace { billingAddress { country } } }")
    assert found["workspace"]["billingAddress"] is None


async def test_a_key_that_may_only_write_is_forbidden_to_read(operator: Api) -> None:
    tenant = await a_workspace(operator)
    _, writer = await a_key_of(operator, tenant, ["write"])
    done = await writer.do("setBillingAddress", "billingAddress { country }", country="US")
    assert done == {"billingAddress": {"country": "US"}, "errors": []}
    for query in (
        WORKSPACE,
        f'{{ node(id: "{tenant.id}") {{ id }} }}',
        f'{{ nodes(ids: ["{tenant.id}"]) {{ id }} }}',
        '{ previewSubscribe(input: { plan: "pay-as-you-go" }) { effectiveAt } }',
        '{ previewChangePlan(input: { plan: "free" }) { effectiveAt } }',
        "{ previewSetAddOns(input: { addOns: [] }) { effectiveAt } }",
        "{ viewer { workspace { id } } }",
    ):
        assert await writer.code_of(query) == "FORBIDDEN", query
    assert all((await writer.ask(PUBLIC)).values())


OPERATORS_MUTATIONS: dict[str, dict[str, Any]] = {
    "createWorkspace": {"name": "Acme", "email": "owner@acme.test"},
    "createApiKey": {"label": "Another", "scopes": ["*"]},
    "revokeApiKey": {"id": "x"},
    "adjustCredits": {"workspaceId": "x", "credits": "1000", "reason": "I would like some"},
}


@pytest.mark.parametrize("mutation", OPERATORS_MUTATIONS)
async def test_what_operators_do_is_forbidden_to_a_workspace(operator: Api, mutation: str) -> None:
    tenant = await a_workspace(operator)
    done = await tenant.api.do(mutation, "__typename", **OPERATORS_MUTATIONS[mutation])
    assert [(error["code"], error["message"]) for error in done["errors"]] == [
        ("FORBIDDEN", "Only an operator's key may do this.")
    ]
    assert await ApiKey.filter(workspace_id=tenant.key).count() == 1


async def test_all_workspaces_are_listed_for_operators_only(operator: Api) -> None:
    tenant = await a_workspace(operator)
    assert await tenant.api.code_of("{ workspaces { totalCount } }") == "FORBIDDEN"


MUTATIONS_OF_A_WORKSPACE: dict[str, dict[str, Any]] = {
    "createApiKey": {"label": "Another", "scopes": ["*"]},
    "setBillingAddress": {"country": "US"},
    "subscribe": {"plan": "pay-as-you-go"},
    "changePlan": {"plan": "free"},
    "setAddOns": {"addOns": []},
    "cancelSubscription": {},
    "resumeSubscription": {},
    "assignSeat": {"kind": "CLIENT", "email": "ceo@one.test"},
    "registerAgent": {"externalId": "agent-1", "name": "Front desk"},
    "setAutoBilling": {"enabled": False},
    "setUpPaymentMethod": {},
    "attachPaymentMethod": {"token": "pm_card_visa"},
}


@pytest.mark.parametrize("mutation", MUTATIONS_OF_A_WORKSPACE)
async def test_an_operator_says_which_workspace_is_meant(operator: Api, mutation: str) -> None:
    done = await operator.do(mutation, "__typename", **MUTATIONS_OF_A_WORKSPACE[mutation])
    assert [(error["code"], error["path"]) for error in done["errors"]] == [
        ("INVALID_INPUT", ["workspaceId"])
    ]


async def test_an_operator_says_which_workspace_a_preview_is_for(operator: Api) -> None:
    preview = '{ previewSubscribe(input: { plan: "pay-as-you-go" }) { effectiveAt } }'
    answer = await operator.send(preview)
    assert [error["extensions"] for error in answer["errors"]] == [
        {"code": "INVALID_INPUT", "path": ["workspaceId"]}
    ]
    assert await operator.ask(WORKSPACE) == {"workspace": None}


async def test_when_a_key_was_last_used_is_known_to_the_minute(operator: Api) -> None:
    tenant = await a_workspace(operator)
    id, api = await a_key_of(operator, tenant)
    assert (await row_of(id).get()).last_used_at is None
    before = datetime.now(UTC)
    await api.ask(WORKSPACE)
    first = (await row_of(id).get()).last_used_at
    assert before <= first <= datetime.now(UTC)

    await api.ask(WORKSPACE)
    assert (await row_of(id).get()).last_used_at == first, "not written with every request"

    await row_of(id).update(last_used_at=first - timedelta(minutes=2))
    await api.ask(WORKSPACE)
    assert (await row_of(id).get()).last_used_at >= first


async def test_nothing_that_is_kept_or_logged_tells_the_key(
    client: httpx2.AsyncClient, operator: Api, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    tenant = await a_workspace(operator)
    _, api = await a_key_of(operator, tenant)
    for secret in (text_of(tenant.api), text_of(api), text_of(operator)):
        await operator.with_key(secret).ask(WORKSPACE)
        await operator.with_key(secret + "x").send(WORKSPACE)
    logged = "\n".join(
        record.getMessage() + str(record.__dict__)
        for record in caplog.records
        if record.name.startswith(("billwright", "services", "resolvers", "uvicorn"))
    )
    kept = []
    for table in ("api_key", "idempotency_record", "installation"):
        rows = await connections.get("default").execute_query_dict(
            f"SELECT to_jsonb({table})::text AS row FROM {table}"
        )
        kept += [row["row"] for row in rows]
    assert len(kept) >= 3
    prefixes = {json.loads(row).get("prefix") for row in kept}
    for secret in (text_of(tenant.api), text_of(api)):
        assert secret[:14] in prefixes, "what is visible of it is kept"
        assert not any(secret[14:] in row for row in kept)
        assert secret[14:] not in logged
    assert text_of(operator) not in logged


async def test_a_workspace_made_again_under_the_same_key_does_not_show_its_api_key_again(
    operator: Api,
) -> None:
    input = {"name": "Acme", "email": "owner@acme.test", "idempotencyKey": "made-only-once-" * 3}
    first = await operator.do("createWorkspace", "workspace { id } apiKey", **input)
    again = await operator.do("createWorkspace", "workspace { id } apiKey", **input)
    assert again["workspace"] == first["workspace"]
    assert first["apiKey"].startswith("bw_ws_")
    assert again["apiKey"] is None


async def test_who_may_only_read_the_database_is_answered_all_the_same(
    operator: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a key that was not used for a while, and a database that takes no note of it
    tenant = await a_workspace(operator)
    await ApiKey.filter(workspace_id=tenant.key).update(last_used_at=None)
    refused = "UPDATE api_key SET last_used_at = $2::timestamptz, label = NULL WHERE id = ANY($1)"
    monkeypatch.setattr(api_keys, "_USED", refused)
    assert (await tenant.api.ask(WORKSPACE))["workspace"] == {"id": tenant.id}
    assert (await ApiKey.get(workspace_id=tenant.key)).last_used_at is None
