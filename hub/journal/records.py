"""What the journal keeps: events with their envelope, answers of commands, side rows with what no event may carry."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from hub.domain.events import Event
from smartqueue.terms import AppointmentId, CommandId, ContactId, Day, Instant, OperatorId, TokenId, UnitName

CONTACTS_KEPT_MS = 30 * 24 * 3600 * 1000
"""How long a telephone number is kept after it was given for the last time."""


class Recorded(NamedTuple):
    """An event in the journal. by: who asked for it, e.g. `kiosk:hall`; command_id: None where only time asked.

    A tuple, because replay makes one for each event.
    """

    seq: int
    at: Instant
    day: Day
    event: Event
    by: str
    command_id: CommandId | None


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """The first answer to a command; a repeat gets it again. digest: of route and body."""

    id: CommandId
    actor: str
    digest: bytes
    status: int
    body: bytes
    at: Instant


@dataclass(frozen=True, slots=True)
class UnitKey:
    """Of a unit or of an operator; takes the place of the one before. digest: SHA-256 of the secret."""

    unit: UnitName
    digest: bytes


@dataclass(frozen=True, slots=True)
class KeyForgotten:
    """Whoever has this name's key gets in no more."""

    unit: UnitName


@dataclass(frozen=True, slots=True)
class StatusSecret:
    """secret: path of the patient's page, 128 random bits in base 32. code: eight characters, to be typed."""

    token: TokenId
    secret: str
    code: str


@dataclass(frozen=True, slots=True)
class AppointmentCode:
    """code: eight characters with which the person checks in; kept until the appointment's day is over."""

    appointment: AppointmentId
    code: str


@dataclass(frozen=True, slots=True)
class ConsultationNote:
    """sealed: the text, encrypted with the token's own key, which lies elsewhere. command: that it came with."""

    token: TokenId
    command: CommandId
    at: Instant
    by: OperatorId
    sealed: bytes


@dataclass(frozen=True, slots=True)
class ContactNumber:
    """sealed: a telephone number, encrypted with the contact's own key, which lies elsewhere. at: given, or again."""

    contact: ContactId
    at: Instant
    sealed: bytes


@dataclass(frozen=True, slots=True)
class PersonName:
    """name: empty = forgotten."""

    operator: OperatorId
    name: str


@dataclass(frozen=True, slots=True)
class SetupCode:
    """digest: SHA-256 of the administrator's one-time code."""

    digest: bytes


SideRow = (
    UnitKey | KeyForgotten | StatusSecret | AppointmentCode | ConsultationNote | ContactNumber | PersonName | SetupCode
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What of the days before lives on when a day opens; the secrets and codes of all others are erased."""

    tokens: frozenset[TokenId] = frozenset()
    appointments: frozenset[AppointmentId] = frozenset()


@dataclass(slots=True)
class Batch:
    """One transaction. new_day: secrets and codes of what is over (all but `kept`) and old answers are erased first.

    undone: tokens with the command that was taken back; what it noted goes with it.
    """

    events: list[Recorded] = field(default_factory=list)
    answers: list[StoredAnswer] = field(default_factory=list)
    side_rows: list[SideRow] = field(default_factory=list)
    new_day: Instant | None = None
    kept: Kept = field(default_factory=Kept)
    undone: list[tuple[TokenId, CommandId]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a journal holds when it is opened, events apart. epoch: changes when a site is restored."""

    site: str
    epoch: str
    last_seq: int
    last_at: Instant
    command_ids: set[CommandId]
    unit_keys: Sequence[UnitKey]
    status_secrets: Sequence[StatusSecret]
    appointment_codes: Sequence[AppointmentCode] = ()
    people: Sequence[PersonName] = ()
