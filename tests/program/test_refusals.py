"""What cannot work is refused at once, in a line that says what to do, and nothing is begun."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from billwright import embedded
from billwright.embedded_binaries import find_binaries
from tests.processes import free_port, program, serving
from tests.program.conftest import execute

ADDRESS = "an address such as postgresql://USER:PASSWORD@HOST:5432/DATABASE"


def refused(folder: Path, *command: str, **environment: str) -> str:
    """The one line that a command ends with."""
    ended = program(*(command or ("serve",)), BILLWRIGHT_DATA_DIR=str(folder), **environment)
    assert ended.returncode == 1, ended
    assert ended.stdout == ""
    [line] = ended.stderr.splitlines()
    return line


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("PROT", "8000", "BILLWRIGHT_PROT is no setting; did you mean BILLWRIGHT_PORT?"),
        ("PORT", "abc", "BILLWRIGHT_PORT is 'abc': expected a whole number."),
        ("PORT", "0", "BILLWRIGHT_PORT is '0': expected 1 or more."),
        ("PORT", "70000", "BILLWRIGHT_PORT is '70000': expected 65535 or less."),
        ("WORKERS", "0", "BILLWRIGHT_WORKERS is '0': expected 1 or more."),
        ("LOG_FORMAT", "xml", "BILLWRIGHT_LOG_FORMAT is 'xml': expected 'text' or 'json'."),
        ("INTROSPECTION", "on?", "BILLWRIGHT_INTROSPECTION is 'on?': expected true or false."),
        (
            "SELLER_NAME",
            "Acme\nGmbH",
            "BILLWRIGHT_SELLER_NAME is 'Acme\\nGmbH': expected text without control characters.",
        ),
        (
            "SELLER_TAX_ID",
            "1" * 201,
            f"BILLWRIGHT_SELLER_TAX_ID is '{'1' * 201}': expected at most 200 characters a line.",
        ),
        (
            "SELLER_ADDRESS",
            "; ".join("abcdefghijk"),
            (
                "BILLWRIGHT_SELLER_ADDRESS is 'a; b; c; d; e; f; g; h; i; j; k': "
                "expected at most 10 lines."
            ),
        ),
        ("DATABASE_URL", "mysql://u:secret@h/d", f"BILLWRIGHT_DATABASE_URL: expected {ADDRESS}."),
        ("DATABASE_URL", "postgresql://h:99999/d", f"BILLWRIGHT_DATABASE_URL: expected {ADDRESS}."),
        (
            "DATABASE_URL",
            "postgresql://h/d?sslcert=c",
            (
                "BILLWRIGHT_DATABASE_URL has options that are not understood: sslcert. "
                "Use host, port, user, password, sslmode."
            ),
        ),
        (
            "STRIPE_SECRET_KEY",
            "secret",
            (
                "BILLWRIGHT_STRIPE_SECRET_KEY: expected a key that begins with "
                "sk_test_, rk_test_, sk_live_, rk_live_."
            ),
        ),
        (
            "STRIPE_PUBLISHABLE_KEY",
            "secret",
            (
                "BILLWRIGHT_STRIPE_PUBLISHABLE_KEY: expected a key that begins with "
                "pk_test_ or pk_live_."
            ),
        ),
        (
            "STRIPE_WEBHOOK_SECRET",
            "whsec_a,whsec_b,whsec_c",
            (
                "BILLWRIGHT_STRIPE_WEBHOOK_SECRET: expected one secret that begins with whsec_, "
                "or two with a comma."
            ),
        ),
        (
            "STRIPE_API_BASE",
            "https://stripe.test",
            (
                "BILLWRIGHT_STRIPE_API_BASE is set, but not BILLWRIGHT_STRIPE_SECRET_KEY; "
                "set both or none."
            ),
        ),
    ],
)
def test_a_wrong_setting(tmp_path: Path, name: str, given: str, said: str) -> None:
    assert refused(tmp_path / "data", **{f"BILLWRIGHT_{name}": given}) == said
    assert not (tmp_path / "data").exists()


def test_the_keys_of_stripe_are_of_one_mode(tmp_path: Path) -> None:
    keys = {
        "BILLWRIGHT_STRIPE_SECRET_KEY": "sk_test_1",
        "BILLWRIGHT_STRIPE_PUBLISHABLE_KEY": "pk_live_1",
    }
    assert refused(tmp_path / "data", **keys) == (
        "BILLWRIGHT_STRIPE_PUBLISHABLE_KEY and BILLWRIGHT_STRIPE_SECRET_KEY are not of the same "
        "mode; the secret key is a test key, so set one that begins with pk_test_."
    )


def test_a_live_key_needs_the_others_and_https(tmp_path: Path) -> None:
    ended = program(
        "serve",
        BILLWRIGHT_STRIPE_SECRET_KEY="rk_live_1",
        BILLWRIGHT_STRIPE_API_BASE="http://stripe.test",
        BILLWRIGHT_DATA_DIR=str(tmp_path),
    )
    assert ended.returncode == 1
    assert ended.stderr.splitlines() == [
        (
            "BILLWRIGHT_STRIPE_PUBLISHABLE_KEY is not set, and a live key needs it: without it "
            "nobody can add a card."
        ),
        (
            "BILLWRIGHT_STRIPE_WEBHOOK_SECRET is not set, and a live key needs it: without it what "
            "happens at Stripe is not heard."
        ),
        (
            "BILLWRIGHT_STRIPE_API_BASE is 'http://stripe.test', and a live key is sent by https "
            "only; set an address that begins with https://."
        ),
    ]


def test_every_wrong_setting_is_told_at_once(tmp_path: Path) -> None:
    ended = program("serve", BILLWRIGHT_PORT="x", BILLWRIGHT_SPEED="high", BILLWRIGHT_WORKERS="65")
    assert ended.returncode == 1
    unknown, *wrong = ended.stderr.splitlines()
    assert unknown.startswith("BILLWRIGHT_SPEED is no setting; there are BILLWRIGHT_CATALOG, ")
    assert wrong == [
        "BILLWRIGHT_PORT is 'x': expected a whole number.",
        "BILLWRIGHT_WORKERS is '65': expected 64 or less.",
    ]


def test_a_busy_port(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert refused(tmp_path / "data", BILLWRIGHT_PORT=str(port)) == (
            f"Cannot listen on 127.0.0.1:{port} (Address already in use). "
            "Stop what listens there, or set BILLWRIGHT_PORT (or BILLWRIGHT_HOST) to another."
        )
    assert not (tmp_path / "data").exists()


def test_a_price_list_that_is_missing_or_wrong(tmp_path: Path) -> None:
    file = tmp_path / "prices.toml"
    for command in (["serve"], ["catalog", "check", str(file)]):
        settings = {"BILLWRIGHT_CATALOG": str(file)} if command == ["serve"] else {}
        file.unlink(missing_ok=True)
        said = f"{file}: cannot be read: No such file or directory"
        assert refused(tmp_path / "data", *command, **settings) == said
        text = Path("catalog/2026-07.toml").read_text()
        file.write_text(text.replace('price = "20.00"', 'price = "20.005"'))
        said = refused(tmp_path / "data", *command, **settings)
        assert said.startswith(f"{file}: plans[1].price: ")
        assert "20.005" in said
    assert not (tmp_path / "data").exists()


def test_a_data_folder_of_another_major_version(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "postgres"
    folder.mkdir(parents=True)
    (folder / "PG_VERSION").write_text("9\n")
    here = ", ".join(f"{found.version} ({found.folder})" for found in find_binaries())
    said = refused(tmp_path / "data", BILLWRIGHT_PORT=str(free_port()))
    assert said == (
        f"The database in {folder} needs PostgreSQL 9, but found here: {here}. Install "
        "PostgreSQL 9, set BILLWRIGHT_DATA_DIR to another folder, or set BILLWRIGHT_DATABASE_URL."
    )


def test_a_database_that_does_not_answer(tmp_path: Path) -> None:
    def said(where: str, why: str) -> str:
        return (
            f"No PostgreSQL answers at {where} ({why}). Start it, or correct "
            "BILLWRIGHT_DATABASE_URL, or unset it to use the embedded one."
        )

    def told(where: str) -> str:
        url = f"postgresql://billing:secret@{where}/billing"
        return refused(
            tmp_path / "data", BILLWRIGHT_DATABASE_URL=url, BILLWRIGHT_PORT=str(free_port())
        )

    closed = f"127.0.0.1:{free_port()}"
    assert told(closed) == said(closed, "Connection refused")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        where = f"127.0.0.1:{silent.getsockname()[1]}"
        assert told(where) == said(where, "not within 5 seconds")
    assert not (tmp_path / "data").exists()


async def test_a_database_that_refuses_us(tmp_path: Path, own_server: Path) -> None:
    url = embedded.start(own_server)
    access = own_server / "postgres" / "pg_hba.conf"
    access.write_text("local all guest scram-sha-256\n" + access.read_text())
    await execute(
        url,
        "CREATE ROLE guest LOGIN PASSWORD 'right'",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        "SELECT pg_reload_conf()",
    )

    def told(user: str, database: str = "billwright") -> str:
        address = url.replace("billwright@/billwright", f"{user}@/{database}")
        return refused(
            tmp_path / "data", BILLWRIGHT_DATABASE_URL=address, BILLWRIGHT_PORT=str(free_port())
        )

    sockets = own_server / "postgres"
    assert told("guest:wrong") == (
        f"PostgreSQL at {sockets}:5432 refuses us: password authentication failed for user "
        '"guest". Correct BILLWRIGHT_DATABASE_URL.'
    )
    assert told("billwright", "nosuch") == (
        f'PostgreSQL at {sockets}:5432 refuses us: database "nosuch" does not exist. '
        "Correct BILLWRIGHT_DATABASE_URL."
    )
    assert told("guest:right") == (
        "The tables cannot be made: permission denied for schema public. Let "
        "BILLWRIGHT_DATABASE_URL name a user who owns the database."
    )
    assert not (tmp_path / "data").exists()


def test_another_secret_key_than_the_keys_were_made_with(
    tmp_path: Path, fresh_database: str
) -> None:
    settings = {
        "BILLWRIGHT_DATABASE_URL": fresh_database,
        "BILLWRIGHT_OPERATOR_KEY": "bw_op_of_a_test",
    }
    with serving(tmp_path / "data", **settings, BILLWRIGHT_SECRET_KEY="the first"):
        pass
    settings["BILLWRIGHT_PORT"] = str(free_port())
    assert refused(tmp_path / "data", **settings, BILLWRIGHT_SECRET_KEY="the second") == (
        "The keys in this database were not made with this BILLWRIGHT_SECRET_KEY; set the one "
        "that they were made with, or unset it if there was none."
    )
    assert refused(tmp_path / "data", **settings) == (
        "The keys in this database were made with a BILLWRIGHT_SECRET_KEY; set it."
    )


def test_an_operator_key_that_cannot_be_kept(tmp_path: Path, fresh_database: str) -> None:
    (tmp_path / "data").write_text("in the way")
    said = refused(
        tmp_path / "data",
        BILLWRIGHT_DATABASE_URL=fresh_database,
        BILLWRIGHT_PORT=str(free_port()),
    )
    assert said == (
        f"The operator key cannot be kept in {tmp_path}/data/operator.key ({os.strerror(17)}). "
        "Put that right, or set BILLWRIGHT_OPERATOR_KEY, or BILLWRIGHT_DATA_DIR to another folder."
    )
