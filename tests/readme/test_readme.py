"""The README is acted out: its commands are run as they stand, its answers are compared."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.processes import Server

README = Path(__file__).parents[2] / "README.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
END = "=== end of block ==="


def blocks() -> list[tuple[str, list[str]]]:
    """Each bash block with the answers that stand below it."""
    found: list[tuple[str, list[str]]] = []
    for language, text in BLOCK.findall(README.read_text()):
        if language == "bash":
            found.append((text, []))
        elif language == "json":
            found[-1][1].append(text)
    return found


def run_in_one_shell(scripts: list[str], folder: Path) -> list[str]:
    """What each script prints, run one after the other by the same bash."""
    script = "".join(f"{text}\nprintf '\\n%s\\n' '{END}'\n" for text in scripts)
    done = subprocess.run(
        ["bash", "-euo", "pipefail"],
        input=script,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout.split(f"\n{END}\n")[:-1]


def assert_same(shown: Any, answered: Any) -> None:
    """Equal, where … stands for any text."""
    if shown == "…":
        assert isinstance(answered, str)
    elif isinstance(shown, dict):
        assert isinstance(answered, dict)
        assert shown.keys() == answered.keys()
        for key, value in shown.items():
            assert_same(value, answered[key])
    elif isinstance(shown, list):
        assert isinstance(answered, list)
        assert len(shown) == len(answered)
        for left, right in zip(shown, answered, strict=True):
            assert_same(left, right)
    else:
        assert shown == answered


def answers_in(printed: str) -> list[Any]:
    """The JSON documents that were printed one behind the other."""
    decoder = json.JSONDecoder()
    answers, position = [], 0
    text = printed.strip()
    while position < len(text):
        answer, position = decoder.raw_decode(text, position)
        answers.append(answer)
        while position < len(text) and text[position].isspace():
            position += 1
    return answers


def test_every_block_of_the_readme_answers_what_is_shown(
    live_server: Server, tmp_path: Path
) -> None:
    # given a server whose address and key stand in for those of the README
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "operator.key").write_text(live_server.operator_key + "\n")
    acts = blocks()
    assert len(acts) == 13
    scripts = [text.replace("http://127.0.0.1:8000", live_server.url) for text, _ in acts]
    printed = run_in_one_shell(scripts, tmp_path)
    # then each act prints what is shown below it
    for (_, shown), output in zip(acts, printed, strict=True):
        answers = answers_in(output)
        expected = [json.loads(text) for text in shown]
        if len(expected) == 1:  # shown once, whether asked once or twice
            expected *= len(answers)
        assert_same(expected, answers)


@pytest.mark.parametrize(
    "link", sorted(set(re.findall(r"\]\(([^)#h][^)#]*)\)", README.read_text())))
)
def test_what_the_readme_links_to_is_there(link: str) -> None:
    assert (README.parent / link).exists()


def test_settings_in_the_readme_exist() -> None:
    from billwright.settings import Settings

    named = set(re.findall(r"BILLWRIGHT_([A-Z_]+)", README.read_text()))
    assert named <= {name.upper() for name in Settings.model_fields}
