"""How Stripe says no."""

from __future__ import annotations

from typing import Any


class StripeRefusal(Exception):
    """An answer that is an error; `more` is what stands in it besides."""

    def __init__(self, status: int, code: str, message: str, **more: Any) -> None:
        super().__init__(message)
        kinds = {402: "card_error", 429: "rate_limit_error", 500: "api_error"}
        kind = more.pop("type", kinds.get(status, "invalid_request_error"))
        self.status = status
        self.body = {"error": {"type": kind, "code": code, "message": message, **more}}


def missing(what: str, id: object, *, param: str | None = None) -> StripeRefusal:
    """There is no such object, or it is another customer's."""
    return StripeRefusal(
        404 if param is None else 400, "resource_missing", f"No such {what}: '{id}'", param=param
    )
