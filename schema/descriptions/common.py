"""What repeats all over the schema, and the words of the types that every domain uses."""

from __future__ import annotations

from collections.abc import Mapping

# the key of the text about a type itself, when its class has no docstring
ITSELF = ""
Texts = Mapping[str, Mapping[str, str]]

TEXTS: Texts = {
    "Node": {
        "id": "Opaque id, unique among all objects; `node` finds this object by it.",
    },
    "Money": {
        "amount": "In major units with two decimals, e.g. 20.00 dollars; never a fraction of a "
        "cent, and negative when it is owed to the customer.",
        "currency": "ISO 4217 code, e.g. USD.",
    },
    "Period": {
        "start": "First instant that belongs to it.",
        "end": "First instant that no longer belongs to it; the next period starts there.",
    },
    "PageInfo": {
        "hasNextPage": "Whether something follows this page.",
        "hasPreviousPage": "Whether something precedes this page.",
        "startCursor": "Cursor of the first object on this page, for `before`; null on an empty "
        "page.",
        "endCursor": "Cursor of the last object on this page, for `after`; null on an empty page.",
    },
}

ARGUMENTS = {
    "first": "How many to answer from the start of the list, or after `after`: 0 to 100, and 25 "
    "when neither `first` nor `last` is given.",
    "after": "Cursor of an object of this list: answer what follows it.",
    "last": "How many to answer from the end of the list, or before `before`: 0 to 100, never "
    "together with `first` or `after`.",
    "before": "Cursor of an object of this list: answer what precedes it.",
    "input": "What is asked for.",
}
OF_PAGES = {
    "edges": "The objects of this page, each with its cursor.",
    "nodes": "The objects of this page, without cursors.",
    "pageInfo": "Where this page stands in the list.",
    "totalCount": "How many objects the whole list has; counted only when asked for.",
}
OF_EDGES = {
    "cursor": "Where this object stands in the list, for `after` and `before`.",
    "node": "The object.",
}
OF_INPUTS = {
    "workspaceId": "The workspace it is for; may be left out with a key that belongs to one.",
    "paymentMethodId": "The payment method to charge; the workspace's default one when left out.",
    "idempotencyKey": "Your own id for this request, 8 to 255 characters: sent again with the same "
    "input it is answered as the first time and has no second effect, with another input it is an "
    "IDEMPOTENCY_CONFLICT; left out, every request is a new one.",
}
OF_PAYLOADS = {
    "errors": "Why it was not done; empty when it was.",
    "workspace": "The workspace as it is now; null when there are errors.",
    "subscription": "The subscription as it is now; null when there are errors.",
    "invoice": "The invoice of this change; null when there are errors.",
    "capacity": "What there is of the resource and how much is in use now; null when there are "
    "errors.",
}


def of_type(name: str) -> str | None:
    """The words for an input or payload, which are named for their mutation."""
    for suffix, text in (
        ("Input", "What `{}` asks for."),
        ("Payload", "What `{}` did: its objects are null when there are errors."),
    ):
        if name.endswith(suffix):
            mutation = name.removesuffix(suffix)
            return text.format(mutation[0].lower() + mutation[1:])
    return None


def of_member(type_name: str, key: str) -> str | None:
    """The words for what repeats from type to type, by name."""
    field, _, argument = key.partition(".")
    if argument:
        return ARGUMENTS.get(argument)
    for suffix, texts in (
        ("Connection", OF_PAGES),
        ("Edge", OF_EDGES),
        ("Input", OF_INPUTS),
        ("Payload", OF_PAYLOADS),
    ):
        if type_name.endswith(suffix):
            return texts.get(field)
    return None
