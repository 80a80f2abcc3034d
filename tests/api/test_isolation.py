"""What belongs to another workspace is answered exactly as what does not exist.

Types and arguments are found by reading the schema: one that is added without being told to this
file fails here.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from graphql import GraphQLField, GraphQLInputObjectType, GraphQLInterfaceType, get_named_type

from models.workspaces import ApiKey
from resolvers.nodes import NODE_KINDS
from schema.root import build_schema
from tests.calls import started
from tests.client import Api
from tests.given import Tenant, a_workspace, an_open_invoice, attach, id_of
from tests.metering import an_event, record

SCHEMA = build_schema()._schema
NODE = SCHEMA.type_map["Node"]
assert isinstance(NODE, GraphQLInterfaceType)
NODE_TYPES = sorted(kind.name for kind in SCHEMA.get_possible_types(NODE))


async def asked(tenant: Tenant, selection: str) -> Any:
    return (await tenant.api.ask(f"{{ workspace {{ {selection} }} }}"))["workspace"]


async def the_workspace(tenant: Tenant, _: Api) -> str:
    return tenant.id


async def the_subscription(tenant: Tenant, _: Api) -> str:
    return str((await asked(tenant, "subscription { id }"))["subscription"]["id"])


async def a_client_seat(tenant: Tenant, _: Api) -> dict[str, Any]:
    made = await tenant.api.do(
        "assignSeat", "seat { id client { id } }", kind="CLIENT", email="ceo@one.test"
    )
    found: dict[str, Any] = made["seat"]
    return found


async def a_seat(tenant: Tenant, operator: Api) -> str:
    return str((await a_client_seat(tenant, operator))["id"])


async def a_client(tenant: Tenant, operator: Api) -> str:
    return str((await a_client_seat(tenant, operator))["client"]["id"])


async def an_agent(tenant: Tenant, _: Api) -> str:
    made = await tenant.api.do(
        "registerAgent", "agent { id }", externalId="agent-1", name="Front desk"
    )
    return str(made["agent"]["id"])


async def a_number(tenant: Tenant, _: Api) -> str:
    """Imported: that takes no slot."""
    made = await tenant.api.do(
        "importPhoneNumber", "phoneNumber { id }", number=f"+49151{tenant.key.int % 10**8:08}"
    )
    return str(made["phoneNumber"]["id"])


async def a_grant(tenant: Tenant, _: Api) -> str:
    found = await asked(tenant, "creditGrants { nodes { id } }")
    return str(found["creditGrants"]["nodes"][0]["id"])


async def an_entry(tenant: Tenant, _: Api) -> str:
    found = await asked(tenant, "ledgerEntries { nodes { id } }")
    return str(found["ledgerEntries"]["nodes"][0]["id"])


async def a_usage_event(tenant: Tenant, _: Api) -> str:
    await record(tenant, an_event())
    found = await asked(tenant, "usageEvents { nodes { id } }")
    return str(found["usageEvents"]["nodes"][0]["id"])


async def a_call(tenant: Tenant, _: Api) -> str:
    return str((await started(tenant, holdMinutes=1))["id"])


async def an_invoice(tenant: Tenant, _: Api) -> str:
    return id_of(await an_open_invoice(tenant, cents=20_00))


async def a_method(tenant: Tenant, _: Api) -> str:
    return await attach(tenant, "pm_card_visa", makeDefault=False)


async def a_payment(tenant: Tenant, operator: Api) -> str:
    paid = await tenant.api.do(
        "payInvoice", "payment { id }", invoiceId=await an_invoice(tenant, operator)
    )
    return str(paid["payment"]["id"])


async def a_credit_note(tenant: Tenant, operator: Api) -> str:
    made = await operator.do(
        "refundPayment",
        "creditNote { id }",
        paymentId=await a_payment(tenant, operator),
        reason="for the test",
    )
    return str(made["creditNote"]["id"])


async def an_api_key(tenant: Tenant, operator: Api) -> str:
    made = await operator.do(
        "createApiKey", "apiKey { id }", workspaceId=tenant.id, label="Another", scopes=["*"]
    )
    return str(made["apiKey"]["id"])


# One of a workspace's own, for every type that workspaces have.
MAKERS: dict[str, Callable[[Tenant, Api], Awaitable[str]]] = {
    "Workspace": the_workspace,
    "PlanSubscription": the_subscription,
    "Seat": a_seat,
    "Client": a_client,
    "Agent": an_agent,
    "PhoneNumber": a_number,
    "CreditGrant": a_grant,
    "LedgerEntry": an_entry,
    "UsageEvent": a_usage_event,
    "Call": a_call,
    "Invoice": an_invoice,
    "Payment": a_payment,
    "PaymentMethod": a_method,
    "CreditNote": a_credit_note,
    "ApiKey": an_api_key,
}
# Types that are the same for everybody, and where they are listed.
PUBLIC = {"Plan": "plans", "AddOn": "addOns"}

# What an argument's ids are ids of, by its name or, where that does not tell, by its place.
KINDS = {
    "workspaceId": "Workspace",
    "invoiceId": "Invoice",
    "paymentId": "Payment",
    "paymentMethodId": "PaymentMethod",
    "seatId": "Seat",
    "agentId": "Agent",
    "clientId": "Client",
    "phoneNumberId": "PhoneNumber",
    "workspace.id": "Workspace",
    "revokeApiKey.id": "ApiKey",
}
# What else a command needs to be told.
REST: dict[str, dict[str, Any]] = {
    "adjustCredits": {"credits": "1", "reason": "for the test"},
    "advanceClock": {"to": "2026-06-01T00:00:00Z"},
    "archiveAgent": {},
    "assignPhoneNumber": {},
    "assignSeat": {"kind": "CLIENT", "email": "ceo@two.test"},
    "attachPaymentMethod": {"token": "pm_card_visa"},
    "buyPhoneNumber": {"number": "+12025550101"},
    "cancelSubscription": {},
    "changePlan": {"plan": "free"},
    "createApiKey": {"label": "Another", "scopes": ["*"]},
    "detachPaymentMethod": {},
    "endCall": {"callId": "call-1", "seconds": 60},
    "importPhoneNumber": {"number": "+33612345671"},
    "payInvoice": {},
    "previewChangePlan": {"plan": "free"},
    "previewSetAddOns": {"addOns": [{"addOn": "client-seat", "quantity": 1}]},
    "previewSubscribe": {"plan": "pay-as-you-go"},
    "purchaseCredits": {"amount": "5"},
    "recordUsage": {"events": [{"eventId": "event-1", "meter": "interaction", "quantity": "1"}]},
    "refundPayment": {"reason": "for the test"},
    "registerAgent": {"externalId": "agent-2", "name": "Back office"},
    "releasePhoneNumber": {},
    "releaseSeat": {},
    "resumeSubscription": {},
    "revokeApiKey": {},
    "setAddOns": {"addOns": [{"addOn": "client-seat", "quantity": 1}]},
    "setAutoBilling": {"enabled": False},
    "setAutoRecharge": {"enabled": False},
    "setBillingAddress": {"country": "DE"},
    "setContract": {"monthlyPrice": "1000", "includedCredits": "0"},
    "setDefaultPaymentMethod": {},
    "setUpPaymentMethod": {},
    "simulateDispute": {},
    "startCall": {"callId": "call-2"},
    "subscribe": {"plan": "pay-as-you-go"},
    "voidInvoice": {"reason": "for the test"},
    "workspace": {},
}


@dataclass(frozen=True)
class Place:
    """An argument, or a field of an input, that takes an id."""

    operation: str
    field: str
    name: str
    definition: GraphQLField

    @property
    def kind(self) -> str:
        """The type of what it takes ids of."""
        return KINDS.get(f"{self.field}.{self.name}") or KINDS[self.name]

    @property
    def has_errors(self) -> bool:
        """Whether refusals are part of the answer."""
        return "errors" in getattr(get_named_type(self.definition.type), "fields", {})

    def query(self) -> str:
        """A document that gives the place's arguments by variables."""
        arguments = self.definition.args.items()
        declared = ", ".join(f"${name}: {argument.type}" for name, argument in arguments)
        given = ", ".join(f"{name}: ${name}" for name, _ in arguments)
        errors = "errors { __typename code message path }" if self.has_errors else ""
        answer = f"{{ __typename {errors} }}"
        return f"{self.operation} ({declared}) {{ {self.field}({given}) {answer} }}"

    def one(self, id: str) -> dict[str, Any]:
        """A single id, given as the argument wants it."""
        return {self.name: [id] if self.name == "ids" else id}

    def variables(self, values: dict[str, Any]) -> dict[str, Any]:
        return {"input": values} if "input" in self.definition.args else values


def takes_ids(name: str, kind: Any) -> bool:
    return get_named_type(kind).name == "ID" or name in ("id", "ids")


def places() -> list[Place]:
    found = []
    for operation, root in (("query", SCHEMA.query_type), ("mutation", SCHEMA.mutation_type)):
        assert root is not None
        for field, definition in root.fields.items():
            for name, argument in definition.args.items():
                taken = {name: argument.type}
                kind = get_named_type(argument.type)
                if isinstance(kind, GraphQLInputObjectType):
                    taken = {inner: entry.type for inner, entry in kind.fields.items()}
                found += [
                    Place(operation, field, inner, definition)
                    for inner, type_ in taken.items()
                    if takes_ids(inner, type_)
                ]
    return found


OF_ANY_TYPE = [place for place in places() if place.field in ("node", "nodes")]
OF_ONE_TYPE = [place for place in places() if place not in OF_ANY_TYPE]


def unknown(kind: str) -> str:
    """A well-formed id of something that is not there."""
    return urlsafe_b64encode(f"{kind}:{uuid4()}".encode()).decode()


async def answer(
    client: httpx2.AsyncClient, api: Api, query: str, variables: dict[str, Any]
) -> tuple[int, bytes]:
    """The answer, to the byte."""
    response = await client.post(
        "/graphql", json={"query": query, "variables": variables}, headers=api.headers
    )
    errors = response.json().get("errors", [])
    codes = [error["extensions"]["code"] for error in errors]
    assert "GRAPHQL_REQUEST_INVALID" not in codes, errors  # it was asked as the schema wants it
    return response.status_code, response.content


async def state(tenant: Tenant) -> dict[str, Any]:
    """What strangers might have changed."""
    found: dict[str, Any] = await asked(
        tenant,
        "name now billingAddress { country } autoBilling { enabled } "
        "subscription { plan { key } cancelAtPeriodEnd monthlyTotal { amount } } "
        "seats { nodes { id email } } "
        "agents(includeArchived: true) { nodes { id name archivedAt client { id } } } "
        "phoneNumbers(includeReleased: true) { nodes { id status agentId client { id } } } "
        "paymentMethods { id isDefault } creditBalance { total } "
        "unappliedBalance { amount } autoRecharge { enabled amount { amount } } "
        "usageEvents { nodes { id } } calls { nodes { id endedAt } } "
        "invoices { nodes { id status payments { id refunded { amount } } creditNotes { id } } }",
    )
    found["keys"] = sorted(
        await ApiKey.filter(workspace_id=tenant.key).values_list("id", "revoked_at")
    )
    return found


def test_every_type_has_a_maker_and_a_table() -> None:
    assert sorted(MAKERS.keys() | PUBLIC.keys()) == NODE_TYPES
    assert sorted(NODE_KINDS) == NODE_TYPES
    assert {kind for kind, table in NODE_KINDS.items() if table.owner is None} == PUBLIC.keys()


def test_every_place_that_takes_an_id_is_covered() -> None:
    assert {place.field for place in OF_ANY_TYPE} == {"node", "nodes"}
    assert {place.field for place in OF_ONE_TYPE} == REST.keys()
    assert {place.kind for place in OF_ONE_TYPE} <= MAKERS.keys()


@pytest.mark.parametrize("kind", MAKERS)
async def test_a_thing_is_found_by_its_workspace_and_by_operators_and_by_nobody_else(
    client: httpx2.AsyncClient, operator: Api, kind: str
) -> None:
    owner = await a_workspace(operator, card="pm_card_visa")
    stranger = await a_workspace(operator, card="pm_card_visa")
    foreign, missing = await MAKERS[kind](owner, operator), unknown(kind)
    own = await MAKERS[kind](stranger, operator)
    for place in OF_ANY_TYPE:
        query = place.query()
        for api in (owner.api, operator):
            found = await api.ask(query, **place.one(foreign))
            assert found[place.field] in ({"__typename": kind}, [{"__typename": kind}])
        for api in (stranger.api, Api(client)):
            answers = [await answer(client, api, query, place.one(id)) for id in (foreign, missing)]
            assert answers[0] == answers[1]
    ids = json.dumps([own, foreign, missing, own])
    mixed = await stranger.api.ask(f"{{ nodes(ids: {ids}) {{ id }} }}")
    assert mixed["nodes"] == [{"id": own}, None, None, {"id": own}]


@pytest.mark.parametrize("place", OF_ONE_TYPE, ids=lambda place: f"{place.field}.{place.name}")
async def test_a_foreign_id_is_answered_to_the_byte_as_an_unknown_one(
    client: httpx2.AsyncClient, operator: Api, place: Place
) -> None:
    owner = await a_workspace(operator, card="pm_card_visa")
    stranger = await a_workspace(operator, card="pm_card_visa")
    foreign = await MAKERS[place.kind](owner, operator)
    rest = REST[place.field]
    if (place.field, place.name) == ("payInvoice", "paymentMethodId"):
        rest = {"invoiceId": await an_invoice(stranger, operator)}
    if (place.field, place.name) == ("assignPhoneNumber", "clientId"):
        rest = {"phoneNumberId": await a_number(stranger, operator)}
    before = await state(owner)

    async def asked_by(api: Api, id: str, **more: str) -> tuple[int, bytes]:
        variables = place.variables(rest | {place.name: id} | more)
        return await answer(client, api, place.query(), variables)

    answers = [await asked_by(stranger.api, id) for id in (foreign, unknown(place.kind))]
    assert answers[0] == answers[1]
    assert await state(owner) == before

    # and it is because of whose it is: who may, gets another answer
    own = await asked_by(stranger.api, await MAKERS[place.kind](stranger, operator))
    allowed = await asked_by(operator, foreign)
    assert answers[0] != own or answers[0] != allowed


@pytest.mark.parametrize("kind", PUBLIC)
async def test_public_types_are_found_by_everybody(public: Api, operator: Api, kind: str) -> None:
    tenant = await a_workspace(operator)
    for api in (public, tenant.api, operator):
        listed = await api.ask(f"{{ {PUBLIC[kind]} {{ id }} }}")
        id = listed[PUBLIC[kind]][0]["id"]
        found = await api.ask(
            f'{{ node(id: "{id}") {{ __typename id }} nodes(ids: ["{id}", "{unknown(kind)}"]) '
            "{ __typename id } }"
        )
        plan = {"__typename": kind, "id": id}
        assert found == {"node": plan, "nodes": [plan, None]}


async def test_an_id_is_found_as_what_it_says_and_as_nothing_else(operator: Api) -> None:
    owner = await a_workspace(operator, card="pm_card_visa")
    invoice = await an_open_invoice(owner, cents=20_00)
    for kind in MAKERS:
        if kind != "Invoice":
            disguised = urlsafe_b64encode(f"{kind}:{invoice.id}".encode()).decode()
            assert await operator.ask(f'{{ node(id: "{disguised}") {{ id }} }}') == {"node": None}
    wrong = await owner.api.do("payInvoice", "invoice { id }", invoiceId=owner.id)
    assert [error["code"] for error in wrong["errors"]] == ["NOT_FOUND"]


async def test_a_thing_has_one_id_and_no_other_spelling_of_it(operator: Api) -> None:
    owner = await a_workspace(operator)
    for text in (
        f"Workspace:{str(owner.key).upper()}",
        f"Workspace:{owner.key.hex}",
        f"Workspace:urn:uuid:{owner.key}",
        f"Workspace:{{{owner.key}}}",
    ):
        respelled = urlsafe_b64encode(text.encode()).decode()
        assert await owner.api.ask(f'{{ node(id: "{respelled}") {{ id }} }}') == {"node": None}
    for respelled in (f" {owner.id}", f"{owner.id}=", f"!{owner.id}"):
        assert await owner.api.ask(f'{{ node(id: "{respelled}") {{ id }} }}') == {"node": None}
