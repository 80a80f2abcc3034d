"""A workspace begins, and says where its bills go."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from models.workspaces import Workspace
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
            "1999-12-31T23:59:59Z is outside the years 2000 to 2100.",
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
    refused = await acme.api.do("setBillingAddress", fields, country="DE", line1="Weg 2", email="-")
    assert refused["billingAddress"] is None
    kept = await acme.api.ask(f"query {{ workspace {{ {fields} }} }}")
    assert kept["workspace"]["billingAddress"] == second["billingAddress"]


@pytest.mark.parametrize(
    ("input", "path", "message"),
    [
        ({"country": country}, ["country"], f"'{shown}' is not a two-letter ISO 3166 country code")
        for country, shown in [
            ("Germany", "Germany"),
            ("", ""),
            ("ZZ", "ZZ"),  # well formed, but nobody's
            ("EU", "EU"),  # reserved for others
            ("UK", "UK"),
            ("D1", "D1"),
            ("\uff24\uff25", "\uff24\uff25"),
        ]
    ]
    + [
        ({"postalCode": "1" * 21}, ["postalCode"], "postalCode has 21 characters; at most 20"),
        ({"city": "x" * 201}, ["city"], "city has 201 characters; at most 200 are kept."),
        ({"email": "nobody"}, ["email"], "'nobody' is not an e-mail address."),
        ({"taxId": "123"}, ["taxId"], "'123' is not a tax number such as DE123456789"),
        ({"taxId": "UNKNOWN"}, ["taxId"], "'UNKNOWN' is not a tax number"),
        ({"taxId": "DE 1234 <b>"}, ["taxId"], "'DE 1234 <b>' is not a tax number"),
        ({"taxId": "1" * 51}, ["taxId"], "taxId has 51 characters; at most 50 are kept."),
        ({"line1": "Weg\n1"}, ["line1"], "line1 has the character U+000A, which cannot be printed"),
        ({"line2": "\x1b[2J"}, ["line2"], "line2 has the character U+001B"),
        ({"name": "Acme\u202eGbmH"}, ["name"], "name has the character U+202E"),
        ({"company": "Acme\u2028GmbH"}, ["company"], "company has the character U+2028"),
    ],
)
async def test_what_is_no_billing_address_is_refused(
    operator: Api, input: dict[str, str], path: list[str], message: str
) -> None:
    acme = await given.a_workspace(operator)
    refused = await acme.api.do(
        "setBillingAddress", "billingAddress { country }", **({"country": "DE"} | input)
    )
    assert refused["billingAddress"] is None
    [error] = refused["errors"]
    assert (error["code"], error["path"]) == ("INVALID_INPUT", path)
    assert error["message"].startswith(message)


async def test_all_that_is_wrong_with_an_address_is_said_at_once(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    refused = await acme.api.do(
        "setBillingAddress", "billingAddress { country }", country="ZZ", taxId="?", email="?"
    )
    assert sorted(error["path"] for error in refused["errors"]) == [
        ["country"],
        ["email"],
        ["taxId"],
    ]


@pytest.mark.parametrize(
    "tax_id",
    ["DE123456789", "12-3456789", "CHE-123.456.789 MWST", "IE1234567WA", "20-12345678-9", "1234"],
)
async def test_tax_numbers_of_many_countries_are_taken(operator: Api, tax_id: str) -> None:
    acme = await given.a_workspace(operator)
    done = await acme.api.do(
        "setBillingAddress", "billingAddress { taxId }", country="US", taxId=tax_id
    )
    assert done == {"billingAddress": {"taxId": tax_id}, "errors": []}


async def test_names_in_every_script_are_taken(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    company = "شركة آكمي • 株式会社 • ऐक्मे • می‌خواهم • 👩‍🚀 & <Söhne>"
    done = await acme.api.do(
        "setBillingAddress", "billingAddress { company }", country="AE", company=company
    )
    assert done == {"billingAddress": {"company": company}, "errors": []}


async def test_addresses_that_are_set_at_once_leave_one_of_them_whole(operator: Api) -> None:
    acme = await given.a_workspace(operator)
    fields = "billingAddress { city country }"
    answers = await asyncio.gather(
        *(
            acme.api.do("setBillingAddress", fields, city=f"City of {country}", country=country)
            for country in ("DE", "US", "FR", "JP", "BR", "IN")
        )
    )
    assert [answer["errors"] for answer in answers] == [[]] * 6
    kept = (await acme.api.ask(f"query {{ workspace {{ {fields} }} }}"))["workspace"]
    assert kept["billingAddress"]["city"] == f"City of {kept['billingAddress']['country']}"


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
