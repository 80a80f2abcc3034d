"""Pages of long lists: every entry once, in order, in as many statements as there are lists."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import Any

import pytest

from tests.client import Api
from tests.given import Tenant, a_workspace
from tests.statements import counted

ENTRIES = 60
LEDGER = """
    query ($first: Int, $after: String, $last: Int, $before: String) { workspace {
        ledgerEntries(first: $first, after: $after, last: $last, before: $before) {
            nodes { id } edges { cursor node { id } }
            pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        }
    } }
"""


@pytest.fixture(scope="module")
async def tenant(operator: Api) -> Tenant:
    """A workspace with 60 entries in its ledger."""
    tenant = await a_workspace(operator)
    there = (await tenant.api.ask("{ workspace { ledgerEntries { totalCount } } }"))["workspace"]
    for number in range(ENTRIES - there["ledgerEntries"]["totalCount"]):
        done = await operator.do(
            "adjustCredits",
            "entry { id }",
            workspaceId=tenant.id,
            credits=1,
            reason=f"no. {number}",
        )
        assert done["errors"] == []
    return tenant


async def page(tenant: Tenant, **arguments: Any) -> dict[str, Any]:
    answer = await tenant.api.ask(LEDGER, **arguments)
    found: dict[str, Any] = answer["workspace"]["ledgerEntries"]
    assert [edge["node"] for edge in found["edges"]] == found["nodes"]
    cursors = [edge["cursor"] for edge in found["edges"]]
    assert found["pageInfo"]["startCursor"] == (cursors[0] if cursors else None)
    assert found["pageInfo"]["endCursor"] == (cursors[-1] if cursors else None)
    return found


def ids(found: dict[str, Any]) -> list[str]:
    return [node["id"] for node in found["nodes"]]


@pytest.fixture(scope="module")
async def everything(tenant: Tenant) -> list[str]:
    """The whole list, on one page."""
    whole = await page(tenant, first=100)
    assert whole["pageInfo"]["hasNextPage"] is whole["pageInfo"]["hasPreviousPage"] is False
    assert len(set(ids(whole))) == ENTRIES
    return ids(whole)


async def test_the_newest_comes_first(tenant: Tenant) -> None:
    found = await tenant.api.ask(
        "{ workspace { ledgerEntries(first: 2) { nodes { description } } } }"
    )
    last, *_ = found["workspace"]["ledgerEntries"]["nodes"]
    assert last["description"].endswith("no. 58")


@pytest.mark.parametrize("size", [1, 7, 20, 59, 60, 61])
async def test_walking_forward_gives_each_entry_once_and_in_order(
    tenant: Tenant, everything: list[str], size: int
) -> None:
    walked: list[str] = []
    after = None
    while True:
        found = await page(tenant, first=size, after=after)
        assert found["pageInfo"]["hasPreviousPage"] is (after is not None)
        walked += ids(found)
        assert len(walked) <= ENTRIES
        if not found["pageInfo"]["hasNextPage"]:
            break
        assert len(found["nodes"]) == size
        after = found["pageInfo"]["endCursor"]
    assert walked == everything


@pytest.mark.parametrize("size", [1, 7, 20, 59, 60, 61])
async def test_walking_backward_gives_each_entry_once_and_in_the_same_order(
    tenant: Tenant, everything: list[str], size: int
) -> None:
    walked: list[str] = []
    before = None
    while True:
        found = await page(tenant, last=size, before=before)
        assert found["pageInfo"]["hasNextPage"] is (before is not None)
        walked = ids(found) + walked
        assert len(walked) <= ENTRIES
        if not found["pageInfo"]["hasPreviousPage"]:
            break
        assert len(found["nodes"]) == size
        before = found["pageInfo"]["startCursor"]
    assert walked == everything


async def test_a_page_has_25_entries_unless_another_size_is_asked_for(
    tenant: Tenant, everything: list[str]
) -> None:
    assert ids(await page(tenant)) == everything[:25]
    cursor = (await page(tenant, first=30))["pageInfo"]["endCursor"]
    assert ids(await page(tenant, after=cursor)) == everything[30:55]
    assert ids(await page(tenant, before=cursor)) == everything[4:29]
    assert (
        ids(await page(tenant, first=None, after=None, last=None, before=None)) == (everything[:25])
    )
    assert ids(await page(tenant, first=100)) == everything
    assert ids(await page(tenant, last=100)) == everything


async def test_an_empty_page_knows_whether_there_is_anything(tenant: Tenant) -> None:
    found = await page(tenant, first=0)
    assert found["nodes"] == []
    assert found["pageInfo"]["hasNextPage"] is True


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        ({"first": 101}, ["first"]),
        ({"first": -1}, ["first"]),
        ({"last": 101}, ["last"]),
        ({"last": -1}, ["last"]),
        ({"first": 2**31 - 1}, ["first"]),
        ({"first": 5, "last": 5}, []),
        ({"first": 5, "before": "x"}, []),
        ({"last": 5, "after": "x"}, []),
        ({"after": "x", "before": "x"}, []),
    ],
    ids=str,
)
async def test_a_page_that_makes_no_sense_is_refused(
    tenant: Tenant, arguments: dict[str, Any], path: list[str]
) -> None:
    answer = await tenant.api.send(LEDGER, **arguments)
    [error] = answer["errors"]
    assert error["extensions"] == {"code": "INVALID_INPUT", "path": path}


def encoded(text: str) -> str:
    return urlsafe_b64encode(text.encode()).decode()


async def a_cursor(tenant: Tenant, field: str) -> str:
    answer = await tenant.api.ask(
        f"{{ workspace {{ found: {field}(first: 1) {{ edges {{ cursor }} }} }} }}"
    )
    return str(answer["workspace"]["found"]["edges"][0]["cursor"])


@pytest.mark.parametrize(
    "garbage",
    [
        "",
        " ",
        "x",
        "====",
        "Łódź",
        "1",
        "x" * 100_000,
        encoded(""),
        encoded("1"),
        encoded("credit_transfer:"),
        encoded("credit_transfer:x"),
        encoded("credit_transfer:1.5"),
        encoded("credit_transfer:-1"),
        encoded("credit_transfer:0"),
        encoded("credit_transfer:01"),
        encoded("credit_transfer: 1"),
        encoded("credit_transfer:1_0"),
        encoded("credit_transfer:\u0661"),
        encoded("credit_transfer:" + "9" * 19),
        encoded("credit_transfer:" + "9" * 5000),
        encoded("credit_transfer:01a209f2-1a2b-74c8-ae43-67766cec9ced"),
        encoded("credit_transfer:1; DROP TABLE credit_transfer"),
    ],
    ids=lambda text: repr(text[:40]),
)
async def test_a_cursor_that_was_made_up_is_refused(tenant: Tenant, garbage: str) -> None:
    for name in ("after", "before"):
        answer = await tenant.api.send(LEDGER, **{name: garbage})
        [error] = answer["errors"]
        assert error["extensions"] == {"code": "INVALID_INPUT", "path": [name]}
        assert len(error["message"]) < 300


async def test_a_cursor_of_another_list_is_refused(tenant: Tenant, operator: Api) -> None:
    found = await operator.ask("{ workspaces(first: 1) { edges { cursor } } }")
    foreign = {
        "of workspaces": found["workspaces"]["edges"][0]["cursor"],
        "of grants": await a_cursor(tenant, "creditGrants"),
        "of seats": await a_cursor(tenant, "seats"),
    }
    for cursor in foreign.values():
        assert await tenant.api.code_of(LEDGER, after=cursor) == "INVALID_INPUT"
    own = await a_cursor(tenant, "ledgerEntries")
    seats = "query ($after: String) { workspace { seats(after: $after) { nodes { id } } } }"
    assert await tenant.api.code_of(seats, after=own) == "INVALID_INPUT"
    assert await tenant.api.code_of(seats, after=foreign["of grants"]) == "INVALID_INPUT"
    assert "errors" not in await tenant.api.send(seats, after=foreign["of seats"])


async def test_a_cursor_of_another_workspace_shows_nothing_of_it(
    operator: Api, tenant: Tenant, everything: list[str]
) -> None:
    other = await a_workspace(operator)
    foreign = await a_cursor(other, "ledgerEntries")
    assert set(ids(await page(tenant, before=foreign))) <= set(everything)
    own = await a_cursor(tenant, "ledgerEntries")
    assert not set(ids(await page(other, after=own))) & set(everything)


async def test_the_total_is_counted_only_when_it_is_asked_for(tenant: Tenant) -> None:
    async with counted() as without:
        await tenant.api.ask("{ workspace { ledgerEntries { nodes { id } } } }")
    async with counted() as asked:
        found = await tenant.api.ask("{ workspace { ledgerEntries { totalCount nodes { id } } } }")
    assert found["workspace"]["ledgerEntries"]["totalCount"] == ENTRIES
    assert len(asked) == len(without) + 1


async def test_the_total_is_that_of_the_list_and_not_of_the_page(operator: Api) -> None:
    tenant = await a_workspace(operator)
    found = await tenant.api.ask(
        "{ workspace { seats(first: 0) { totalCount } workspaceSeats: seats(kind: WORKSPACE) "
        "{ totalCount } clientSeats: seats(kind: CLIENT) { totalCount } "
        "invoices { totalCount nodes { id } } } }"
    )
    assert found["workspace"] == {
        "seats": {"totalCount": 1},
        "workspaceSeats": {"totalCount": 1},
        "clientSeats": {"totalCount": 0},
        "invoices": {"totalCount": 0, "nodes": []},
    }


LISTS = """
    query ($n: Int!) { workspaces(last: $n) { nodes {
        seats(first: 3) { totalCount nodes { id } }
        creditGrants(first: 3) { totalCount nodes { id } }
        ledgerEntries(first: 3) { totalCount nodes { id } }
        invoices(first: 3) { totalCount nodes { id } }
    } } }
"""


async def test_the_lists_of_many_workspaces_take_one_statement_each(operator: Api) -> None:
    for number in range(5):
        await a_workspace(operator, name=f"Acme {number}")
    taken = {}
    for many in (1, 5):
        async with counted() as statements:
            found = await operator.ask(LISTS, n=many)
        taken[many] = len(statements)
        nodes = found["workspaces"]["nodes"]
        assert [node["seats"]["totalCount"] for node in nodes] == [1] * many
        assert all(node["ledgerEntries"]["nodes"] for node in nodes)
    # the workspaces, their accounts, and a page and a count of each of the four lists
    assert taken == {1: 10, 5: 10}


async def test_each_workspace_gets_its_own_part_of_the_common_statement(operator: Api) -> None:
    made = [await a_workspace(operator) for _ in range(3)]
    for tenant, many in zip(made, (0, 2, 5), strict=True):
        for _ in range(many):
            await operator.do(
                "adjustCredits", "__typename", workspaceId=tenant.id, credits=1, reason="more"
            )
    found = await operator.ask(
        "{ workspaces(last: 3) { nodes { id ledgerEntries(first: 4) { totalCount nodes { kind } "
        "pageInfo { hasNextPage } } } } }"
    )
    shown = [
        (
            node["id"],
            len(entries["nodes"]),
            entries["totalCount"],
            entries["pageInfo"]["hasNextPage"],
        )
        for node in found["workspaces"]["nodes"]
        for entries in [node["ledgerEntries"]]
    ]
    begun = shown[0][2]  # what a workspace begins with
    assert shown == [
        (made[0].id, begun, begun, False),
        (made[1].id, begun + 2, begun + 2, False),
        (made[2].id, 4, begun + 5, True),
    ]


async def test_operators_page_through_all_workspaces_oldest_first(operator: Api) -> None:
    made = [(await a_workspace(operator)).id for _ in range(3)]
    query = (
        "query ($last: Int, $before: String) { workspaces(last: $last, before: $before) "
        "{ nodes { id } pageInfo { startCursor } } }"
    )
    newest = (await operator.ask(query, last=2))["workspaces"]
    assert ids(newest) == made[1:]
    older = await operator.ask(query, last=1, before=newest["pageInfo"]["startCursor"])
    assert ids(older["workspaces"]) == made[:1]
