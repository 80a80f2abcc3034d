"""The limit: what the database and the HTTP server can do, with nothing of ours in between.

A bare ASGI program under the server and the settings that `billwright serve` uses, with a pool of
the same size, answers each query by one hand-written SQL statement whose result is the answer. The
statement looks up the caller's key too. It reads the request but does not look into it, and makes
no promise of ours: no schema, no limits, no logs, no refusals.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import asyncpg
import uvicorn

from billwright.database import tortoise_config
from billwright.one_write import OneWriteProtocol
from services.api_keys import Keyring

HERE = Path(__file__).parent
STATEMENTS = {f"/{name}": (HERE / f"{name}.sql").read_text() for name in ("page", "small")}


class Limit:
    """The ASGI application."""

    def __init__(self, database_url: str, secret: str) -> None:
        self._arguments = tortoise_config(database_url)["connections"]["default"]["credentials"]
        self._keyring = Keyring(secret.encode())
        self._pool: asyncpg.Pool

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request, or start and stop with the process."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        while (await receive()).get("more_body"):
            pass
        if scope["path"] == "/ready":
            await _reply(send, 200, b"ready")
            return
        key = dict(scope["headers"])[b"authorization"].removeprefix(b"Bearer ").decode()
        answer = await self._pool.fetchval(STATEMENTS[scope["path"]], self._keyring.hash(key))
        await _reply(send, 200 if answer else 401, (answer or "").encode())

    async def _live(self, receive: Any, send: Any) -> None:
        await receive()
        arguments = dict(self._arguments)
        application = {"application_name": arguments.pop("application_name")}
        self._pool = await asyncpg.create_pool(
            min_size=arguments.pop("minsize"),
            max_size=arguments.pop("maxsize"),
            server_settings=arguments.pop("server_settings") | application,
            **arguments,
        )
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self._pool.close()
        await send({"type": "lifespan.shutdown.complete"})


async def _reply(send: Any, status: int, body: bytes) -> None:
    headers = [
        (b"content-type", b"application/json; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def main() -> None:
    """Serve on BENCH_PORT until stopped."""
    uvicorn.run(
        Limit(os.environ["BENCH_DATABASE_URL"], os.environ["BENCH_SECRET"]),
        host="127.0.0.1",
        port=int(os.environ["BENCH_PORT"]),
        log_config=None,
        access_log=False,
        server_header=False,
        loop="uvloop",
        http=OneWriteProtocol,
        ws="none",
    )


if __name__ == "__main__":
    main()
