"""Bodies of requests. A list may be as long as its `maxItems`, a text as its `maxLength` in the OpenAPI document."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from smartqueue.terms import (
    ChoiceReason,
    CommandId,
    DepartmentId,
    Language,
    Need,
    OperatorId,
    Outcome,
    ParkReason,
    Priority,
    PriorityReason,
    RoomId,
    Tick,
    TokenId,
    VisitTypeId,
)
from smartqueue.wire.base import COMMAND_ID, LONG_CODE, NOTE_CHARACTERS, SHORT_CODE, Message

# --- tokens -------------------------------------------------------------------------------------------


class IssueBody(Message, frozen=True, kw_only=True):
    """`POST /tokens`. A kiosk never sends `priority` or `override`; needs give priority. trial: set by trials only.

    services: more departments to visit, in any order. visit_type: of `department`. doctor: only this one may call.
    override: the asker, a supervisor, puts aside quota and last token of the day.
    """

    department: Annotated[DepartmentId, Meta(max_length=64)]
    language: Annotated[Language, Meta(max_length=64)] | None = None
    needs: Annotated[list[Need], Meta(max_length=8)] = []
    """One that is named twice counts once."""
    priority: Priority | None = None
    trial: bool = False
    services: Annotated[list[Annotated[DepartmentId, Meta(max_length=64)]], Meta(max_length=8)] = []
    visit_type: Annotated[VisitTypeId, Meta(max_length=64)] | None = None
    doctor: Annotated[OperatorId, Meta(max_length=64)] | None = None
    override: bool = False


class PressBody(Message, frozen=True, kw_only=True):
    """Body of every route that a caller unit presses, and has nothing more to say."""

    tick: Tick | None = None
    """Of the last heartbeat before the press; left out only by consoles."""


class CallTokenBody(Message, frozen=True, kw_only=True):
    """`POST /tokens/{id}/call`: this one, and not the next. after, tick, outcome: as in CallNextBody."""

    room: Annotated[RoomId, Meta(max_length=64)]
    reason: ChoiceReason
    after: Annotated[TokenId, Meta(max_length=64)] | UnsetType | None = UNSET
    tick: Tick | None = None
    outcome: Outcome | None = None


class FinishBody(Message, frozen=True, kw_only=True):
    """`POST /tokens/{id}/finish`. note: of the consultation; kept encrypted, sent by operators only."""

    tick: Tick | None = None
    note: Annotated[str, Meta(max_length=NOTE_CHARACTERS)] | None = None


class ParkBody(Message, frozen=True, kw_only=True):
    """`POST /tokens/{id}/park`."""

    reason: ParkReason
    tick: Tick | None = None


class PlannedStep(Message, frozen=True, kw_only=True):
    """One step of a visit. departments: several = in any order, shortest wait first. doctor: only this one."""

    departments: Annotated[list[Annotated[DepartmentId, Meta(max_length=64)]], Meta(min_length=1, max_length=8)]
    doctor: Annotated[OperatorId, Meta(max_length=64)] | None = None


class TransferBody(Message, frozen=True, kw_only=True):
    """`POST /tokens/{id}/transfer`. department: left out = the next planned step. plan: instead of what was planned."""

    department: Annotated[DepartmentId, Meta(max_length=64)] | None = None
    doctor: Annotated[OperatorId, Meta(max_length=64)] | None = None
    plan: Annotated[list[PlannedStep], Meta(max_length=16)] | None = None
    tick: Tick | None = None


class PriorityBody(Message, frozen=True, kw_only=True):
    """`POST /tokens/{id}/set-priority`."""

    priority: Priority
    reason: PriorityReason


# --- rooms, people, departments -----------------------------------------------------------------------


class CallNextBody(Message, frozen=True, kw_only=True):
    """`POST /rooms/{id}/call-next`. after: the token that the asker believes is current, or null; left out = unchecked.

    tick: of the last heartbeat before the press; left out only by consoles.
    """

    after: Annotated[TokenId, Meta(max_length=64)] | UnsetType | None = UNSET
    tick: Tick | None = None
    outcome: Outcome | None = None


class PauseBody(Message, frozen=True, kw_only=True):
    """`POST /rooms/{id}/pause`. back_at: expected return."""

    tick: Tick | None = None
    back_at: datetime | None = None


class UndoBody(Message, frozen=True, kw_only=True):
    """`POST /rooms/{id}/undo`. command: Idempotency-Key of the room's last command, which is to be taken back."""

    command: Annotated[CommandId, Meta(pattern=COMMAND_ID)]
    tick: Tick | None = None


class AssignBody(Message, frozen=True, kw_only=True):
    """`POST /rooms/{id}/assign`: takes the place of what was said before.

    operator: who works there; null or left out = nobody in particular. departments: left out = as configured.
    """

    operator: Annotated[OperatorId, Meta(max_length=64)] | None = None
    departments: Annotated[list[Annotated[DepartmentId, Meta(max_length=64)]], Meta(max_length=100)] | None = None


class AvailabilityBody(Message, frozen=True, kw_only=True):
    """`POST /operators/{id}/availability`. back_at: expected return of somebody who is away."""

    available: bool
    back_at: datetime | None = None


class AckBody(Message, frozen=True, kw_only=True):
    """`POST /announcements/{id}/ack`. heard: False = shown but not heard (no sound)."""

    heard: bool = True


# --- leases -------------------------------------------------------------------------------------------


class LeaseBody(Message, frozen=True, kw_only=True):
    """`POST /leases`. tomorrow: for the next clinic day."""

    department: Annotated[DepartmentId, Meta(max_length=64)]
    tomorrow: bool = False


class OfflineTicket(Message, frozen=True, kw_only=True):
    """What a kiosk issued from its block of numbers while the hub was away, as it was printed.

    command_id: of the touch. issued_at: by the kiosk's clock. secret: of the ticket's QR code; short_code: beside it.
    """

    command_id: Annotated[CommandId, Meta(pattern=COMMAND_ID)]
    number: Annotated[int, Meta(ge=1, le=99_999)]
    issued_at: datetime
    secret: Annotated[str, Meta(pattern=LONG_CODE)]
    short_code: Annotated[str, Meta(pattern=SHORT_CODE)]
    language: Annotated[Language, Meta(max_length=64)] | None = None
    needs: Annotated[list[Need], Meta(max_length=8)] = []
    visit_type: Annotated[VisitTypeId, Meta(max_length=64)] | None = None


class MergeBody(Message, frozen=True, kw_only=True):
    """`POST /leases/{id}/tokens`. last_contact: the hub's time that the kiosk heard last before it was alone."""

    last_contact: datetime
    tokens: Annotated[list[OfflineTicket], Meta(max_length=200)]


# --- appointments -------------------------------------------------------------------------------------


class BookBody(Message, frozen=True, kw_only=True):
    """`POST /appointments`, and each entry of the list that `POST /appointments/import` takes.

    reference: its key in the system that it comes from, no personal data; an import changes the one that has it.
    """

    department: Annotated[DepartmentId, Meta(max_length=64)]
    at: datetime
    """The booked time."""
    doctor: Annotated[OperatorId, Meta(max_length=64)] | None = None
    language: Annotated[Language, Meta(max_length=64)] | None = None
    needs: Annotated[list[Need], Meta(max_length=8)] = []
    visit_type: Annotated[VisitTypeId, Meta(max_length=64)] | None = None
    reference: Annotated[str, Meta(max_length=64)] = ""


class CheckInBody(Message, frozen=True, kw_only=True):
    """`POST /appointments/{id, code or reference}/check-in`. language, needs: as the person says now."""

    language: Annotated[Language, Meta(max_length=64)] | None = None
    needs: Annotated[list[Need], Meta(max_length=8)] = []


# --- tickets of this day ------------------------------------------------------------------------------


class FindBody(Message, frozen=True, kw_only=True):
    """`POST /tickets/find`. code: the ticket's eight characters, what stands in its QR code, or its label."""

    code: Annotated[str, Meta(min_length=1, max_length=512)]


class ContactBody(Message, frozen=True, kw_only=True):
    """`PUT /tokens/{id}/contact`: where to send messages about this token. phone: with its country's prefix, or as it
    is dialled within the site's country where the site has a `phone_prefix`. language: of the messages; null = the
    token's. consent: the person has agreed to be sent messages.
    """

    phone: Annotated[str, Meta(max_length=32)]
    language: Annotated[Language, Meta(max_length=64)] | None = None
    consent: bool = False


# --- keys ---------------------------------------------------------------------------------------------


class KeyBody(Message, frozen=True, kw_only=True):
    """`PUT /operators/{id}/key`. digest: SHA-256 of the key's secret part, in hexadecimal; the key itself stays out."""

    digest: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


# --- units --------------------------------------------------------------------------------------------


class BindBody(Message, frozen=True, kw_only=True):
    """`POST /units/{unit}/bind`: the room that a caller unit acts for from now on."""

    room: Annotated[RoomId, Meta(max_length=64)]
