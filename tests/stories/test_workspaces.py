"""A workspace begins, and says where its bills go."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from billwright.settings import Settings
from models.workspaces import Workspace
from services import catalog
from services.price_list import PriceList, TaxRate
from services.price_list_file import load
from tests import given
from tests.client import Api

NEW = {"name": "Acme", "email": "owner@acme.test"}


async def test_a_workspace_begins_on_the_free_plan_with_its_owners_seat(operator: Api) -> None:
    made = await operator.do(
        "createWorkspace",
        """workspace { name timeZone now createdAt
            subscription { status plan { key } currentPeriod { start } anchor addOns { quantity }
                           cancelAtPeriodEnd monthlyTotal { amount } }
            seats { totalCount nodes { kind status email assignedAt releasedAt } }
            upcomingInvoice { total { amount } } paymentMethods { id } billingAddress { country }
        } apiKey""",
        **NEW,
        timeZone="Asia/Kathmandu",
        startClockAt="2026-01-31T12:00:00+05:45",
    )
    workspace = made["workspace"]
    created_at = given.instant(workspace.pop("createdAt"))
    assert created_at > given.instant("2026-11-01T00:00:00Z")  # a record about ourselves: real time
    assert workspace == {
        "name": "Acme",
        "timeZone": "Asia/Kathmandu",
        "now": "2026-01-31T06:15:00Z",
        "subscription": {
            "status": "ACTIVE",
            "plan": {"key": "free"},
            "currentPeriod": None,
            "anchor": None,
            "addOns": [],
            "cancelAtPeriodEnd": False,
            "monthlyTotal": {"amount": "0.00"},
        },
        "seats": {
            "totalCount": 1,
            "nodes": [
                {
                    "kind": "WORKSPACE",
                    "status": "ACTIVE",
                    "email": "owner@acme.test",
                    "assignedAt": "2026-01-31T06:15:00Z",
                    "releasedAt": None,
                }
            ],
        },
        "upcomingInvoice": None,
        "paymentMethods": [],
        "billingAddress": None,
    }
    # its key opens it, and nothing else
    acme = operator.with_key(made["apiKey"])
    viewer = (await acme.ask("query { viewer { kind label scopes workspace { name } } }"))["viewer"]
    assert viewer == {
        "kind": "WORKSPACE",
        "label": "First key",
        "scopes": ["*"],
        "workspace": {"name": "Acme"},
    }


async def test_without_a_clock_of_its_own_it_lives_in_real_time(operator: Api) -> None:
    acme = await given.a_workspace(operator, clock=None)
    first = (await acme.api.ask("query { workspace { now } }"))["workspace"]["now"]
    second = (await acme.api.ask("query { workspace { now } }"))["workspace"]["now"]
    assert given.instant(first) < given.instant(second)


@pytest.mark.parametrize(
    ("input", "path", "message"),
    [
        ({"name": " "}, ["name"], "name must not be empty."),
        ({"name": "x" * 201}, ["name"], "name has 201 characters; at most 200 are kept."),
        ({"email": "owner"}, ["email"], "'owner' is not an e-mail address."),
        ({"email": "a@b@c.de"}, ["email"], "'a@b@c.de' is not an e-mail address."),
        (
            {"timeZone": "localtime"},
            ["timeZone"],
            "'localtime' is not an IANA time zone such as Europe/Berlin.",
        ),
        (
            {"timeZone": "Mars/Olympus"},
            ["timeZone"],
            "'Mars/Olympus' is not an IANA time zone such as Europe/Berlin.",
        ),
        (
            {"startClockAt": "1999-12-31T23:59:59Z"},
            ["startClockAt"],
            "1999-12-31T23:59:59+00:00 is outside the years 2000 to 2100.",
        ),
    ],
)
async def test_what_is_no_name_address_zone_or_instant_is_refused(
    operator: Api, input: dict[str, str], path: list[str], message: str
) -> None:
    count = await Workspace.all().count()
    refused = await operator.do("createWorkspace", "workspace { id } apiKey", **(NEW | input))
    assert refused["workspace"] is refused["apiKey"] is None
    assert [(error["code"], error["path"], error["message"]) for error in refused["errors"]] == [
        ("INVALID_INPUT", path, message)
    ]
    assert await Workspace.all().count() == count


async def test_a_repeat_answers_the_same_workspace_and_shows_its_key_no_more(
    operator: Api,
) -> None:
    input = {**NEW, "idempotencyKey": given.a_key()}
    answers = await asyncio.gather(
        *(operator.do("createWorkspace", "workspace { id } apiKey", **input) for _ in range(5))
    )
    assert len({answer["workspace"]["id"] for answer in answers}) == 1
    assert sum(answer["apiKey"] is not None for answer in answers) == 1
    changed = await operator.do(
        "createWorkspace", "workspace { id } apiKey", **(input | {"name": "Another"})
    )
    assert [error["code"] for error in changed["errors"]] == ["IDEMPOTENCY_CONFLICT"]


async def test_a_billing_address_is_kept_replaced_and_checked(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    fields = "billingAddress { company line1 postalCode country taxId email name }"
    first = await acme.api.do(
        "setBillingAddress",
        fields,
        company=" Acme GmbH ",
        line1="Weg 1",
        postalCode="10115",
        country="de",
        taxId="DE123456789",
    )
    assert first["billingAddress"] == {
        "company": "Acme GmbH",
        "line1": "Weg 1",
        "postalCode": "10115",
        "country": "DE",
        "taxId": "DE123456789",
        "email": None,
        "name": None,
    }
    second = await acme.api.do("setBillingAddress", fields, country="US", email="books@acme.test")
    assert second["billingAddress"]["company"] is None
    for input, path in (
        ({"country": "Germany"}, ["country"]),
        ({"country": "DE", "postalCode": "1" * 21}, ["postalCode"]),
        ({"country": "DE", "email": "nobody"}, ["email"]),
    ):
        refused = await acme.api.do("setBillingAddress", fields, **input)
        assert [(error["code"], error["path"]) for error in refused["errors"]] == [
            ("INVALID_INPUT", path)
        ]
    kept = await acme.api.ask(f"query {{ workspace {{ {fields} }} }}")
    assert kept["workspace"]["billingAddress"] == second["billingAddress"]


@pytest.fixture
async def price_list_with_tax() -> AsyncIterator[PriceList]:
    """The shipped price list with 19 % VAT in Germany, current for as long as the test runs."""
    shipped = load(Settings().catalog)
    taxed = replace(shipped, tax_rates=(TaxRate(country="DE", name="VAT", percent=Decimal(19)),))
    await catalog.publish(taxed)
    yield taxed
    await catalog.publish(shipped)


@pytest.mark.usefixtures("price_list_with_tax")
async def test_tax_of_the_billing_addresss_country_is_added_once_to_the_sum(operator: Api) -> None:
    # given German VAT of 19 %, and a German and an American workspace
    german, american = [await given.a_workspace(operator, card="pm_card_visa") for _ in range(2)]
    await german.api.do("setBillingAddress", "billingAddress { country }", country="DE")
    await american.api.do("setBillingAddress", "billingAddress { country }", country="US")
    wanted: dict[str, Any] = {
        "plan": "pay-as-you-go",
        "addOns": [{"addOn": "phone-number", "quantity": 1}],
    }
    # then $23.00 become 23.00 + 4.37 in Germany: preview, invoice, payment and renewal alike
    sums = "subtotal { amount } tax { amount } total { amount }"
    taxed = {
        "subtotal": {"amount": "23.00"},
        "tax": {"amount": "4.37"},
        "total": {"amount": "27.37"},
    }
    preview = await german.api.ask(
        f"query ($input: SubscribeInput!) {{ previewSubscribe(input: $input) {{ "
        f"dueNow {{ {sums} }} next {{ {sums} }} }} }}",
        input=wanted,
    )
    assert preview["previewSubscribe"] == {"dueNow": taxed, "next": taxed}
    done = await german.api.do(
        "subscribe",
        f"invoice {{ {sums} payments {{ amount {{ amount }} }} }} "
        f"workspace {{ upcomingInvoice {{ {sums} }} }}",
        **wanted,
    )
    assert done == {
        "invoice": {**taxed, "payments": [{"amount": {"amount": "27.37"}}]},
        "workspace": {"upcomingInvoice": taxed},
        "errors": [],
    }
    untaxed = await american.api.do("subscribe", "invoice { tax { amount } }", **wanted)
    assert untaxed["invoice"]["tax"] == {"amount": "0.00"}
