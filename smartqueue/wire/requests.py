"""Bodies of requests."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from smartqueue.terms import DepartmentId, Language, Need, Outcome, Priority, Tick, TokenId
from smartqueue.wire.base import Message


class IssueBody(Message, frozen=True, kw_only=True):
    """`POST /tokens`. A kiosk never sends `priority`; needs give it. trial: left out of reports, set by trials only."""

    department: Annotated[DepartmentId, Meta(max_length=64)]
    language: Annotated[Language, Meta(max_length=64)] | None = None
    needs: Annotated[list[Need], Meta(max_length=8)] = []
    """One that is named twice counts once."""
    priority: Priority | None = None
    trial: bool = False


class CallNextBody(Message, frozen=True, kw_only=True):
    """`POST /rooms/{id}/call-next`. after: the token that the asker believes is current, or null; left out = unchecked.

    tick: of the last heartbeat before the press; left out only by consoles.
    """

    after: Annotated[TokenId, Meta(max_length=64)] | UnsetType | None = UNSET
    tick: Tick | None = None
    outcome: Outcome | None = None


class PressBody(Message, frozen=True, kw_only=True):
    """Body of every other route that a caller unit presses."""

    tick: Tick | None = None


class PauseBody(Message, frozen=True, kw_only=True):
    """`POST /rooms/{id}/pause`. back_at: expected return."""

    tick: Tick | None = None
    back_at: datetime | None = None


class AckBody(Message, frozen=True, kw_only=True):
    """`POST /announcements/{id}/ack`. heard: False = shown but not heard (no sound)."""

    heard: bool = True
