"""Callers of the API, as tests write them."""

from __future__ import annotations

from typing import Any

import httpx2


class Api:
    """A caller with a key, or without one."""

    def __init__(self, client: httpx2.AsyncClient, key: str | None = None) -> None:
        self._client = client
        self.headers = {"authorization": f"Bearer {key}"} if key else {}

    def with_key(self, key: str) -> Api:
        """Another caller of the same server."""
        return Api(self._client, key)

    async def send(self, query: str, **variables: Any) -> dict[str, Any]:
        """The whole answer: data and errors."""
        response = await self._client.post(
            "/graphql", json={"query": query, "variables": variables}, headers=self.headers
        )
        answer: dict[str, Any] = response.json()
        return answer

    async def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        """The data of an answer that has no errors at its top."""
        answer = await self.send(query, **variables)
        assert "errors" not in answer, answer["errors"]
        data: dict[str, Any] = answer["data"]
        return data

    async def do(self, mutation: str, payload: str, **input: Any) -> dict[str, Any]:
        """The payload of a mutation by name, asked for the fields in `payload` and its errors."""
        type_name = mutation[0].upper() + mutation[1:]
        answer = await self.ask(
            f"mutation ($input: {type_name}Input!) {{ {mutation}(input: $input) "
            f"{{ {payload} errors {{ __typename code message path }} }} }}",
            input=input,
        )
        found: dict[str, Any] = answer[mutation]
        return found

    async def code_of(self, query: str, **variables: Any) -> str:
        """The code of the one error at the top of an answer."""
        answer = await self.send(query, **variables)
        [error] = answer["errors"]
        code: str = error["extensions"]["code"]
        return code
