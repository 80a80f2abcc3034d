"""Where the embedded server listens: in its own folder, if clients can name the socket there."""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import suppress
from pathlib import Path

from billwright.embedded_binaries import Account, EmbeddedDatabaseError

SOCKET_PATH_BYTES_MAX = 100  # the kernel's limit is 104 (macOS) or 108


def place(folder: Path, path: str, account: Account | None) -> str:
    """`path`, the entrance of `folder`, unless clients cannot name the socket in it.

    A comma would be read as the end of the first of several hosts.
    """
    name_bytes = len(os.fsencode(folder / ".s.PGSQL.5432"))
    if name_bytes <= SOCKET_PATH_BYTES_MAX and "," not in str(folder):
        return path
    short, owner = short_place(folder), account or (os.getuid(), os.getgid())
    with suppress(FileExistsError):
        short.mkdir(mode=0o700)
        os.chown(short, *owner)
    found = short.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner[0] or found.st_mode & 0o077:
        raise EmbeddedDatabaseError(
            f"{short} is where the server of {folder} is to be asked, and somebody else's. Remove "
            "it, or set BILLWRIGHT_DATA_DIR to a folder with a shorter name."
        )
    return str(short)


def short_place(folder: Path) -> Path:
    """Always the same: clients keep asking there when the server was started again."""
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return Path("/tmp", f"billwright-{name}")  # noqa: S108 - TMPDIR may be long; made private


def in_use(folder: Path) -> Path:
    """Where the running server listens. It notes that itself, in several steps."""
    with suppress(OSError, IndexError):
        noted = Path((folder / "postmaster.pid").read_text().splitlines()[4])
        if noted.is_absolute() and not noted.is_relative_to("/proc"):
            return noted
    return folder
