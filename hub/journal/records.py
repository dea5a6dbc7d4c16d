"""What the journal keeps: events with their envelope, answers of commands, side rows with what no event may carry."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from hub.domain.events import Event
from smartqueue.terms import CommandId, Day, Instant, OperatorId, TokenId, UnitName


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
    """digest: SHA-256 of the unit's secret."""

    unit: UnitName
    digest: bytes


@dataclass(frozen=True, slots=True)
class StatusSecret:
    """secret: path of the patient's page, 128 random bits in base 32. code: eight characters, to be typed."""

    token: TokenId
    secret: str
    code: str


@dataclass(frozen=True, slots=True)
class PersonName:
    operator: OperatorId
    name: str


@dataclass(frozen=True, slots=True)
class SetupCode:
    """digest: SHA-256 of the administrator's one-time code."""

    digest: bytes


SideRow = UnitKey | StatusSecret | PersonName | SetupCode


@dataclass(slots=True)
class Batch:
    """One transaction. new_day: status secrets of the day before are erased first, old answers forgotten."""

    events: list[Recorded] = field(default_factory=list)
    answers: list[StoredAnswer] = field(default_factory=list)
    side_rows: list[SideRow] = field(default_factory=list)
    new_day: Instant | None = None


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
