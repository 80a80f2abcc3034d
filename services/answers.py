"""What a command answers: which objects, or why not. Kept under its idempotency key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, get_type_hints
from uuid import UUID

from pydantic import TypeAdapter
from pydantic_core import to_jsonable_python

from services import errors
from services.errors import BillingError


@dataclass(frozen=True)
class Answer:
    """References to the objects a command made or changed, by their name in its payload.

    `values` are shown to the first asker only and never stored: secrets above all. `collecting`
    names the payment, the refund or the number on order whose outcome decides the answer: until
    then this is not the final one.
    """

    objects: Mapping[str, UUID] = field(default_factory=dict)
    refusals: Sequence[BillingError] = ()
    values: Mapping[str, object] = field(default_factory=dict)
    collecting: UUID | None = None

    def to_json(self) -> dict[str, object]:
        return {
            "objects": {name: str(value) for name, value in self.objects.items()},
            "refusals": [_refusal_to_json(refusal) for refusal in self.refusals],
            "collecting": str(self.collecting) if self.collecting else None,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Answer:
        return cls(
            objects={name: UUID(value) for name, value in stored["objects"].items()},
            refusals=[_refusal_from_json(refusal) for refusal in stored["refusals"]],
            collecting=UUID(stored["collecting"]) if stored["collecting"] else None,
        )


def _refusal_to_json(refusal: BillingError) -> dict[str, object]:
    values = {entry.name: getattr(refusal, entry.name) for entry in fields(refusal)}
    return {"type": type(refusal).__name__, "values": to_jsonable_python(values)}


def _refusal_from_json(stored: Mapping[str, Any]) -> BillingError:
    kind: type[BillingError] = getattr(errors, stored["type"])
    types = get_type_hints(kind)
    values = {
        name: TypeAdapter(types[name]).validate_python(value, strict=False)
        for name, value in stored["values"].items()
    }
    return kind(**values)
