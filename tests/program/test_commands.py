"""The helpers of `billwright serve`."""

from __future__ import annotations

import re
from pathlib import Path

from billwright.settings import PREFIX, Settings
from tests.processes import program, serving
from tests.program.conftest import execute
from tests.program.test_start import a_workspace_key


def test_migrate_twice(empty_database: str) -> None:
    checked = program("check", BILLWRIGHT_DATABASE_URL=empty_database)
    assert (checked.returncode, checked.stderr) == (
        1,
        "The database is empty. Run: billwright migrate\n",
    )
    first, second = (program("migrate", BILLWRIGHT_DATABASE_URL=empty_database) for _ in range(2))
    assert (first.returncode, first.stderr) == (0, "")
    files = sorted(path.name for path in Path("migrations/billing").glob("[0-9]*.py"))
    assert sorted(first.stdout.splitlines()) == files
    assert (second.returncode, second.stdout, second.stderr) == (0, "Nothing to migrate.\n", "")


async def test_check_says_what_is_broken(tmp_path: Path, fresh_database: str) -> None:
    settings = {
        "BILLWRIGHT_DATABASE_URL": fresh_database,
        "BILLWRIGHT_OPERATOR_KEY": "bw_op_of_a_test",
    }
    with serving(tmp_path / "data", **settings) as server:
        a_workspace_key(server)
    clean = program("check", **settings)
    assert (clean.returncode, clean.stderr) == (0, "")
    assert re.fullmatch(r"(ok      every .*|ok      .*\n)+", clean.stdout, re.DOTALL)
    await execute(fresh_database, "UPDATE workspace SET invoice_count = 1")
    broken = program("check", **settings)
    assert broken.returncode == 1
    assert "BROKEN  invoice numbers have no gap\n          workspace " in broken.stdout
    assert "0 invoices, highest number 0, counter 1\n" in broken.stdout


def test_a_check_of_nothing_makes_nothing(tmp_path: Path) -> None:
    refused = program("check", BILLWRIGHT_DATA_DIR=str(tmp_path / "data"))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith(f"There is no database in {tmp_path / 'data'}. ")
    assert list(tmp_path.iterdir()) == []


def test_a_sound_price_list_is_summed_up() -> None:
    ended = program("catalog", "check", "catalog/2026-07.toml")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert re.fullmatch(
        r"catalog/2026-07\.toml: version 2026-07, \d+ plans, \d+ add-ons, \d+ rates, "
        r"content [0-9a-f]{12}\n",
        ended.stdout,
    )


def test_the_schema_is_written_to_a_file_or_shown(tmp_path: Path) -> None:
    shown = program("schema")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "\ntype Query {\n" in shown.stdout
    assert program("schema", str(tmp_path / "schema.graphql")).stdout == ""
    assert (tmp_path / "schema.graphql").read_text() == shown.stdout


def test_a_schema_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    refused = program("schema", str(tmp_path / "missing" / "schema.graphql"))
    assert refused.returncode == 2
    assert "cannot be written: No such file" in refused.stderr


def test_every_setting_stands_in_the_operators_guide() -> None:
    rows = [
        line
        for line in Path("docs/operations.md").read_text().splitlines()
        if line.startswith(f"| `{PREFIX}")
    ]
    assert rows == [
        f"| `{PREFIX}{name.upper()}` | {_shown(field.default)} | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]


def _shown(default: object) -> str:
    if default is None:
        return "unset"
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    if isinstance(default, Path) and default.is_absolute():
        return f"`{default.relative_to(Path.cwd())}`"
    return f"`{default}`"
