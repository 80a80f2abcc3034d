"""From nothing to a server that answers, and again."""

from __future__ import annotations

import json
import os
import pwd
import re
import shutil
import tempfile
from pathlib import Path

import psutil  # type: ignore[import-untyped,unused-ignore]

from billwright import embedded
from tests.processes import Server, launch, serving, status, stop, wait_until_ready
from tests.program.conftest import value

CREATE = """
mutation ($name: String!) {
  createWorkspace(input: {name: $name, email: "owner@acme.test"}) {
    workspace { id } apiKey errors { message }
  }
}
"""
ATTACH = """
mutation { attachPaymentMethod(input: {token: "pm_card_visa"}) { errors { message } } }
"""
SUBSCRIBE = """
mutation {
  subscribe(input: {plan: "pay-as-you-go", idempotencyKey: "the-only-attempt"}) {
    invoice { total { amount } } errors { message }
  }
}
"""
PLANS = "{ plans { key price { amount } } }"


def with_printed_key(server: Server) -> Server:
    """The same, with the operator key that it shows to people."""
    found = re.search(r"operator key  (\S+)", server.out.read_text())
    assert found, server.said()
    server.operator_key = found[1]
    return server


def a_workspace_key(server: Server, name: str = "Acme") -> str:
    made = server.ask(CREATE, name=name)["createWorkspace"]
    assert made["errors"] == []
    key: str = made["apiKey"]
    return key


def plan_price(server: Server, key: str) -> str:
    """Of pay-as-you-go, as the workspace with this key sees it."""
    plans = server.ask(PLANS, key=key)["plans"]
    [price] = [plan["price"]["amount"] for plan in plans if plan["key"] == "pay-as-you-go"]
    return str(price)


def test_the_first_start_makes_all_and_the_second_keeps_all(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with serving(data) as server:
        # people see where and with which key, and nothing else
        with_printed_key(server)
        assert server.said() == (
            "\n  Billwright serves. Ctrl-C stops it.\n\n"
            "  price list    2026-07\n"
            f"  database      {data}/postgres\n"
            "  payments      sandbox: no real money moves\n"
            f"  GraphiQL      {server.url}/graphql\n"
            f"  operator key  {server.operator_key}   (from {data}/operator.key)\n\n"
        )
        assert (data / "operator.key").stat().st_mode & 0o777 == 0o600
        assert status(server, "/healthz") == 200
        workspace_key = a_workspace_key(server)
        first_key = server.operator_key
    assert not (data / "postgres" / "postmaster.pid").exists()
    with serving(data) as server:
        assert with_printed_key(server).operator_key == first_key
        name = server.ask("{ workspace { name } }", key=workspace_key)["workspace"]["name"]
        assert name == "Acme"


def test_two_servers_that_start_at_once_on_nothing_share_it(tmp_path: Path) -> None:
    data = tmp_path / "data"
    both = [launch(data), launch(data)]
    try:
        for server in both:
            wait_until_ready(server)
        one, other = (with_printed_key(server) for server in both)
        assert one.operator_key == other.operator_key
        workspace_key = a_workspace_key(one)
        assert other.ask("{ workspace { name } }", key=workspace_key)
        url = embedded.start(data)
        assert value(url, "SELECT count(*) FROM catalog_version") == 1
        # the database outlives the first that leaves, not the last
        stop(one)
        assert other.ask("{ workspace { name } }", key=workspace_key)
    finally:
        for server in both:
            stop(server)
        embedded.stop(data)


def test_a_changed_price_list_is_for_whoever_subscribes_from_now_on(
    tmp_path: Path, fresh_database: str
) -> None:
    prices = tmp_path / "prices.toml"
    shutil.copy("catalog/2026-07.toml", prices)
    settings = {
        "BILLWRIGHT_DATABASE_URL": fresh_database,
        "BILLWRIGHT_OPERATOR_KEY": "bw_op_of_a_test",
        "BILLWRIGHT_CATALOG": str(prices),
    }
    with serving(tmp_path / "data", **settings) as server:
        free, paying = a_workspace_key(server), a_workspace_key(server)
        server.ask(ATTACH, key=paying)
        server.ask(SUBSCRIBE, key=paying)
    text = prices.read_text().replace('price = "20.00"', 'price = "24.00"')
    prices.write_text(text.replace('version = "2026-07"', 'version = "2026-08"'))
    with serving(tmp_path / "data", **settings) as server:
        new = a_workspace_key(server)
        # who pays already goes on at the price they know
        assert plan_price(server, paying) == "20.00"
        # who is free sees, and is charged, what is asked now
        assert plan_price(server, free) == plan_price(server, new) == "24.00"
        server.ask(ATTACH, key=free)
        made = server.ask(SUBSCRIBE, key=free)["subscribe"]
        assert made == {"invoice": {"total": {"amount": "24.00"}}, "errors": []}
    assert value(fresh_database, "SELECT count(*) FROM catalog_version") == 2


def test_several_processes_serve(tmp_path: Path, fresh_database: str) -> None:
    settings = {"BILLWRIGHT_OPERATOR_KEY": "bw_op_of_a_test", "BILLWRIGHT_WORKERS": "2"}
    settings["BILLWRIGHT_DATABASE_URL"] = fresh_database
    with serving(tmp_path / "data", **settings) as server:
        assert a_workspace_key(server)
        assert server.log.read_text().count("\n") <= 2  # nothing but our own requests
    assert server.ended() == 0
    assert "Traceback" not in server.said()


def test_a_machine_reads_every_line_of_the_log(tmp_path: Path, fresh_database: str) -> None:
    settings = {"BILLWRIGHT_LOG_FORMAT": "json", "BILLWRIGHT_DATABASE_URL": fresh_database}
    with serving(tmp_path / "data", **settings) as server:
        server.operator_key = (tmp_path / "data" / "operator.key").read_text().strip()
        a_workspace_key(server)
    first, *rest = [json.loads(line) for line in server.log.read_text().splitlines()]
    assert first["event"] == "serving"
    assert first["url"] == f"{server.url}/graphql"
    assert first["operator_key_from"] == str(tmp_path / "data" / "operator.key")
    assert [line["event"] for line in rest] == ["POST /graphql 200"]
    # logs travel: no key is in them
    assert server.operator_key not in server.said()
    # a refusal is a line like any other
    refused = launch(tmp_path / "data", **settings, BILLWRIGHT_WORKERS="none")
    assert refused.ended() == 1
    [line] = refused.log.read_text().splitlines()
    assert json.loads(line)["event"] == "BILLWRIGHT_WORKERS is 'none': expected a whole number."


def test_an_ordinary_user_serves() -> None:
    """Root becomes one who may still read everything: its Python may be under /root."""
    with tempfile.TemporaryDirectory(dir="/tmp") as home:
        prefix: list[str] = []
        uid = os.getuid()
        if uid == 0:
            ordinary = pwd.getpwnam("nobody")
            uid = ordinary.pw_uid
            os.chown(home, uid, ordinary.pw_gid)
            prefix = ["setpriv", f"--reuid={uid}", f"--regid={ordinary.pw_gid}", "--clear-groups"]
            prefix += ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
        data = Path(home) / "data"
        with serving(data, prefix=prefix) as server:
            noted = (data / "postgres" / "postmaster.pid").read_text()
            assert psutil.Process(int(noted.split("\n")[0])).uids().real == uid
            assert a_workspace_key(with_printed_key(server))
