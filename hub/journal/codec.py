"""Events as JSON bodies, by kind: the class's name in lower case with underscores."""

import re
from typing import Any, get_args

import msgspec

from hub.domain import events
from hub.domain.events import Event

_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


def kind_of(event_class: type) -> str:
    """`token_issued` for `TokenIssued`."""
    return _CAPITAL.sub("_", event_class.__name__).lower()


CLASSES: dict[str, type] = {kind_of(event_class): event_class for event_class in get_args(events.Event)}
KINDS: dict[type, str] = {event_class: kind for kind, event_class in CLASSES.items()}
_DECODERS: dict[str, msgspec.json.Decoder[Any]] = {
    kind: msgspec.json.Decoder(event_class) for kind, event_class in CLASSES.items()
}
_ENCODER = msgspec.json.Encoder()


def encode(event: Event) -> bytes:
    return _ENCODER.encode(event)


def decode(kind: str, body: bytes) -> Event:
    """Raises KeyError for a kind from a newer version, msgspec.DecodeError for a damaged body."""
    event: Event = _DECODERS[kind].decode(body)
    return event
