"""GraphiQL, served from files of our own: it works without internet, under a strict policy."""

from __future__ import annotations

import ipaddress
import mimetypes
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOLDER = Path(str(files("billwright"))) / "static" / "graphiql"
EXAMPLES = Path(str(files("examples"))) / "operations"
# web/graphiql/README.md says why each of these is as wide as it is
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
NOTICE = "Sandbox: no real money moves."
LOOPBACK_NAMES = ("localhost", "localhost.localdomain")
# What an example's variable holds until another example was run, and where the id is in the data
# that this one was answered. A new workspace lets go of all below, which belong to the old one.
PLACEHOLDERS = {
    "run CreateWorkspace first": "createWorkspace.workspace.id",
    "run Subscribe first": "subscribe.invoice.id",
    "run OpenInvoice first": "subscribe.errors.0.invoice.id",
    "run AdvanceClock first": "advanceClock.invoices.0.payments.0.id",
    "run AssignSeats first": "clientSeat.seat.id",
    "run SetContract first": "setContract.invoice.id",
    "run AvailablePhoneNumbers first": "availablePhoneNumbers.0.number",
}
NUMBER = re.compile(r"\d+-")

# what the system's table says of these differs from machine to machine
for suffix, kind in ((".js", "text/javascript"), (".woff2", "font/woff2"), (".ttf", "font/ttf")):
    mimetypes.add_type(kind, suffix)


def is_wanted(request: Request) -> bool:
    """Whether a browser opens the address, rather than a client asking a query by GET."""
    return (
        request.method == "GET"
        and "query" not in request.query_params
        and "text/html" in request.headers.get("accept", "")
    )


def page() -> Response:
    """The page itself, never cached: it names the hashed files of this very build."""
    return FileResponse(
        FOLDER / "index.html",
        headers={
            "content-security-policy": CONTENT_SECURITY_POLICY,
            "cache-control": "no-cache",
            "x-content-type-options": "nosniff",
            "referrer-policy": "no-referrer",
        },
    )


def routes(*, operator_key: str, is_sandbox: bool) -> list[BaseRoute]:
    """The page's files, and what it is told at start."""

    async def config(request: Request) -> Response:
        is_trusted = is_sandbox and _is_own_machine(request)
        return JSONResponse(
            {
                "endpoint": "/graphql",
                "headers": {"Authorization": f"Bearer {operator_key}"} if is_trusted else {},
                "notice": NOTICE if is_sandbox else None,
                "operations": example_operations(),
                "placeholders": PLACEHOLDERS,
            },
            headers={"cache-control": "no-store"},
        )

    return [
        Route("/graphiql/config.json", config),
        Mount("/graphiql", _HashedFiles(directory=FOLDER)),
    ]


def example_operations() -> list[dict[str, Any]]:
    """The files of examples/operations, in the order of their names.

    Those with a number are tabs, one story from left to right; the others are only in the menu.
    """
    operations = []
    for path in sorted(EXAMPLES.glob("*.graphql")):
        number = NUMBER.match(path.stem)
        entry = {
            "name": path.stem[number.end() if number else 0 :],
            "isTab": number is not None,
            "query": path.read_text().rstrip(),
        }
        variables = path.with_suffix(".json")
        if variables.exists():
            entry["variables"] = variables.read_text().rstrip()
        operations.append(entry)
    return operations


def _is_own_machine(request: Request) -> bool:
    """Whether browser and server are one machine, asked for by its own name.

    The key of the sandbox is put into the page only then: a foreign site whose name was made to
    resolve to 127.0.0.1 sends its own name as Host, and a browser elsewhere its own address.
    """
    host = request.url.hostname or ""
    client = request.client.host if request.client else ""
    same_site = request.headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")
    return same_site and (host in LOOPBACK_NAMES or _is_loopback(host)) and _is_loopback(client)


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False


class _HashedFiles(StaticFiles):
    """Files whose names change with their content may be kept for ever."""

    def file_response(self, full_path: Any, stat_result: Any, scope: Scope, *rest: Any) -> Response:
        response = super().file_response(full_path, stat_result, scope, *rest)
        if "/assets/" in str(full_path):
            response.headers["cache-control"] = "public, max-age=31536000, immutable"
        response.headers["x-content-type-options"] = "nosniff"
        return response
