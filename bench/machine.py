"""On what a run was made."""

from __future__ import annotations

import os
import platform
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

import psutil

from bench.slices import Slice

PACKAGES = (
    "asyncpg",
    "graphql-core",
    "orjson",
    "starlette",
    "strawberry-graphql",
    "tortoise-orm",
    "uvicorn",
    "uvloop",
)


def facts(folder: Path, postgres_version: str) -> dict[str, Any]:
    """The machine, what else it did, and the versions."""
    return {
        "processor": _processor(),
        "cores": psutil.cpu_count(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30),
        "load_average": [round(load, 2) for load in psutil.getloadavg()],
        "fdatasync_ms": round(_fdatasync_ms(folder), 2),
        "system": platform.platform(),
        "python": platform.python_version(),
        "postgresql": postgres_version,
        "packages": {name: version(name) for name in PACKAGES},
        "revision": _git("rev-parse", "--short", "HEAD"),
        "uncommitted_changes": bool(_git("status", "--porcelain")),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(": ")[1] for line in lines if line.startswith("model name")), "unknown")


def _fdatasync_ms(folder: Path) -> float:
    times = []
    with (folder / "fdatasync").open("wb", buffering=0) as file:
        for _ in range(20):
            file.write(bytes(8192))
            started = time.perf_counter()
            os.fsync(file.fileno()) if not hasattr(os, "fdatasync") else os.fdatasync(file.fileno())
            times.append(time.perf_counter() - started)
    return median(times) * 1e3


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip()


def others(facts: Mapping[str, Any], slices: Sequence[Slice]) -> Iterator[str]:
    """How much else wanted the machine, as reports end with it."""
    shares = sorted(piece.others_share for piece in slices)
    yield (
        f"  others took {median(shares):.0%} of the machine during a slice (up to "
        f"{shares[-1]:.0%}); load {facts['load_average'][0]}"
    )
