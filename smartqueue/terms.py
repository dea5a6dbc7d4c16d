"""Identifiers and choices that every part of SmartQueue shares: the words of docs/glossary.md as types.

Standard library only; imported by everything, imports nothing of ours.
"""

from enum import StrEnum
from typing import NewType

DepartmentId = NewType("DepartmentId", str)
"""A department's short name in lower-case letters, digits and hyphens, e.g. `general-medicine`."""
RoomId = NewType("RoomId", str)
"""A room's short name, same alphabet, e.g. `room-3`."""
OperatorId = NewType("OperatorId", str)
TokenId = NewType("TokenId", str)
"""Opaque and never shown; what people read and hear is the token's label."""
Label = NewType("Label", str)
"""Department letter and number, e.g. `A012`."""
UnitName = NewType("UnitName", str)
CommandId = NewType("CommandId", str)
"""Made by the client, one per intent: 8 to 64 letters, digits, `-` or `_`."""
AnnouncementId = NewType("AnnouncementId", str)
"""The `seq` of the call or recall that it announces, in decimal."""
AppointmentId = NewType("AppointmentId", str)
"""Opaque, made by the hub."""
ContactId = NewType("ContactId", str)
"""Opaque, made by the hub: where messages go; the telephone number lies elsewhere, sealed."""
LeaseId = NewType("LeaseId", str)
"""Opaque, made by the hub."""
VisitTypeId = NewType("VisitTypeId", str)
"""A visit type's short name within its department, same alphabet as a department's."""
Day = NewType("Day", str)
"""A clinic day as ISO date, e.g. `2026-03-02`."""
Instant = NewType("Instant", int)
"""Milliseconds since 1970-01-01T00:00Z."""
Tick = NewType("Tick", int)
"""The hub's monotonic clock in milliseconds; starts at the wall time of the hub's start."""
Language = NewType("Language", str)
"""BCP 47, e.g. `en`, `hi`, `ar`."""

LANGUAGES: tuple[Language, ...] = tuple(map(Language, ("en", "hi", "bn", "ta", "ar", "es", "fr", "pt", "sw", "zh")))
"""Languages that SmartQueue ships words for; the first is there for whoever has another one."""


class Priority(StrEnum):
    NORMAL = "normal"
    HIGH = "high"
    EMERGENCY = "emergency"


class PriorityReason(StrEnum):
    """Why a token has its priority; always recorded."""

    NONE = "none"
    NEED = "need"
    OPERATOR = "operator"
    TRIAL = "trial"
    WORSE = "worse"
    """The person's condition has become worse, or turned out to be."""
    BETTER = "better"
    AGREED = "agreed"
    """Promised beforehand, e.g. on the telephone."""
    LAW = "law"
    MISTAKE = "mistake"
    """The priority before was set by mistake."""


class Need(StrEnum):
    ELDERLY = "elderly"
    PREGNANT = "pregnant"
    INFANT = "infant"
    DISABLED = "disabled"
    WHEELCHAIR = "wheelchair"
    DEAF = "deaf"
    BLIND = "blind"
    SLOW_WALKING = "slow_walking"


class Care(StrEnum):
    """What somebody who is called needs of those who call: all that a unit learns of needs."""

    TIME = "time"
    """Comes more slowly than others."""
    FETCH = "fetch"
    """May not hear or not see the call."""


class TokenState(StrEnum):
    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    SERVED = "served"
    NO_SHOW = "no_show"
    PARKED = "parked"
    CANCELLED = "cancelled"
    UNSERVED = "unserved"


class CallReason(StrEnum):
    """Why this token was called and not another (queue-rules, rule 7)."""

    EMERGENCY = "emergency"
    CREDIT = "credit"
    APPOINTMENT = "appointment"
    RETURN = "return"
    TRANSFER = "transfer"
    OLDEST = "oldest"
    CHOSEN = "chosen"


class ChoiceReason(StrEnum):
    """Why an operator called this label instead of the next one; always recorded."""

    WORSE = "worse"
    RESULT = "result"
    """A result that was waited for is here."""
    TOGETHER = "together"
    """Belongs to somebody who is in the room."""
    SHORT = "short"
    """A question that takes a minute."""
    LEAVING = "leaving"
    """Has to leave soon."""
    AGREED = "agreed"
    MISTAKE = "mistake"
    OTHER = "other"


class EntryKind(StrEnum):
    """How a token came into the queue in which it waits."""

    ISSUE = "issue"
    APPOINTMENT = "appointment"
    TRANSFER = "transfer"
    RETURN = "return"


class ParkReason(StrEnum):
    """Why somebody is out of the queue and keeps a claim."""

    EXAMINATION = "examination"
    """X-ray, blood test and the like."""
    STEP_OUT = "step_out"
    PREPARATION = "preparation"
    INTERPRETER = "interpreter"
    PAPERS = "papers"
    OTHER = "other"


class LeaveReason(StrEnum):
    HOLIDAY = "holiday"
    SICK = "sick"
    TRAINING = "training"
    OTHER = "other"


class EstimateMethod(StrEnum):
    """Where a range of minutes comes from (queue-rules, Estimates)."""

    COLD = "cold"
    """Configured minutes of a consultation."""
    THROUGHPUT = "throughput"
    """Departures of the last hour, with what earlier days taught as the prior."""


class CancelReason(StrEnum):
    PATIENT = "patient"
    OPERATOR = "operator"
    KIOSK = "kiosk"


class Outcome(StrEnum):
    """What the person in the room says of the token called last."""

    NO_SHOW = "no_show"


class RoomState(StrEnum):
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


class RoomKind(StrEnum):
    """The word that stands before a room's number."""

    ROOM = "room"
    WINDOW = "window"


class Role(StrEnum):
    RECEPTION = "reception"
    NURSE = "nurse"
    DOCTOR = "doctor"
    ADMINISTRATOR = "administrator"
    TECHNICIAN = "technician"


class PeriodKind(StrEnum):
    """What a report is about."""

    DAY = "day"
    WEEK = "week"
    """Monday to Sunday."""
    MONTH = "month"


class UnitKind(StrEnum):
    KIOSK = "kiosk"
    CALLER = "caller"
    DISPLAY = "display"


class Audience(StrEnum):
    """Who reads a feed; decides what is projected for them."""

    PUBLIC = "public"
    UNIT = "unit"


class PrinterState(StrEnum):
    """What stands in the way of a ticket, or does not. Also the cause of a job that failed."""

    UNKNOWN = "unknown"
    """Nobody has asked yet, or this kind of connection or printer carries no answers."""
    OK = "ok"
    LOW_PAPER = "low_paper"
    OUT_OF_PAPER = "out_of_paper"
    COVER_OPEN = "cover_open"
    OFFLINE = "offline"
    SILENT = "silent"
    """Connected, but it answers nothing or takes no more."""
    REFUSED = "refused"
    """No connection: refused, unplugged, not permitted, host away."""
    CLOSED_MID_JOB = "closed_mid_job"
    ERROR = "error"
    """Cutter jam, overheated head, driver broken."""
