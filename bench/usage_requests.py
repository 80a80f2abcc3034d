"""Requests that report usage, made quickly: all but the ids of the events is written once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import orjson

from bench.client import BadAnswer, Endpoint
from bench.metered import Metered
from bench.usage_mix import ID_LENGTH, Choice, Ids, Pattern
from services.inputs import rfc3339
from services.usage_events import ReportedEvent

MUTATION = """mutation ($input: RecordUsageInput!) {
  recordUsage(input: $input) {
    results { eventId status credits error { code message path } }
    accepted
    duplicates
    rejected
    credits
    creditBalance { available }
    errors { code message path }
  }
}"""
PLACE_OF_ID = "#" * ID_LENGTH


def variables_of(events: Sequence[ReportedEvent], ids: Sequence[str]) -> dict[str, object]:
    """The variables of one report, as JSON has them."""
    return {
        "input": {
            "events": [_json_of(event, id) for event, id in zip(events, ids, strict=True)],
        }
    }


class UsageRequests:
    """Requests of these workspaces to one program, each with new ids."""

    def __init__(
        self, port: int, workspaces: Sequence[Metered], patterns: Sequence[Pattern], ids: Ids
    ) -> None:
        endpoint = Endpoint(port, "/graphql", b"")
        self._heads = [endpoint.head(workspace.key) for workspace in workspaces]
        self._pieces = [_pieces(pattern) for pattern in patterns]
        self._ids = ids

    def of(self, choices: Iterator[Choice]) -> Iterator[bytes]:
        """A request for each choice of a workspace and a pattern."""
        for workspace, pattern in choices:
            first, *others = self._pieces[pattern]
            parts = [b""] * (2 * len(others) + 1)
            parts[0] = self._heads[workspace] + first
            parts[1::2] = self._ids.encoded(len(others))
            parts[2::2] = others
            yield b"".join(parts)


class Accepted:
    """Reads of an answer how many events were accepted: all, or there is nothing to time."""

    def __init__(self, events: int) -> None:
        self._events = events
        self._wanted = b'"accepted":%d,"duplicates":0,"rejected":0,' % events

    def __call__(self, body: bytes) -> int:
        """Raises BadAnswer."""
        if body.rfind(self._wanted) < 0 or not body.startswith(b'{"data":{'):
            raise BadAnswer(body[:1000].decode(errors="replace"))
        return self._events


def _pieces(pattern: Pattern) -> list[bytes]:
    """The text between the ids, from the length of the body on."""
    variables = variables_of(pattern.events, [PLACE_OF_ID] * len(pattern.events))
    body = orjson.dumps({"query": MUTATION, "variables": variables})
    return (b"%d\r\n\r\n%s" % (len(body), body)).split(PLACE_OF_ID.encode())


def _json_of(event: ReportedEvent, id: str) -> dict[str, object]:
    """Without what is not known of it, as a program would send it."""
    assert event.occurred_at is not None
    known = {
        "eventId": id,
        "meter": event.meter,
        "quantity": f"{event.quantity.normalize():f}",
        "provider": event.provider,
        "model": event.model,
        "occurredAt": rfc3339(event.occurred_at),
        "agentId": event.agent_id,
        "sessionId": event.session_id,
    }
    return {name: value for name, value in known.items() if value is not None}
