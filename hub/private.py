"""What readers may need beside the published state and no event carries: keys, secrets of pages, codes, names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from hub.domain.events import AppointmentBooked, Event, TokenIssued
from hub.journal.records import (
    AppointmentCode,
    Kept,
    KeyForgotten,
    PersonName,
    SideRow,
    StatusSecret,
    UnitKey,
)
from smartqueue.terms import AppointmentId, OperatorId, TokenId, UnitName

PrivateRows = Sequence[SideRow]
"""What a command writes beside its events."""


@dataclass(slots=True)
class Private:
    """Side rows, of this clinic day where they belong to tokens: never in an event, never in a feed."""

    unit_keys: dict[UnitName, bytes] = field(default_factory=dict)
    tokens_by_secret: dict[str, TokenId] = field(default_factory=dict)
    tokens_by_code: dict[str, TokenId] = field(default_factory=dict)
    secrets_by_token: dict[TokenId, StatusSecret] = field(default_factory=dict)
    appointments_by_code: dict[str, AppointmentId] = field(default_factory=dict)
    codes_by_appointment: dict[AppointmentId, str] = field(default_factory=dict)
    names: dict[OperatorId, str] = field(default_factory=dict)

    def add(self, row: SideRow) -> None:
        match row:
            case StatusSecret():
                self.tokens_by_secret[row.secret] = row.token
                if row.code:
                    self.tokens_by_code[row.code] = row.token
                self.secrets_by_token[row.token] = row
            case UnitKey():
                self.unit_keys[row.unit] = row.digest
            case KeyForgotten():
                self.unit_keys.pop(row.unit, None)
            case AppointmentCode():
                self.appointments_by_code[row.code] = row.appointment
                self.codes_by_appointment[row.appointment] = row.code
            case PersonName(name=""):
                self.names.pop(row.operator, None)
            case PersonName():
                self.names[row.operator] = row.name

    def forget_day(self, kept: Kept) -> None:
        """Secrets and codes of what does not live on."""
        secrets = [row for row in self.secrets_by_token.values() if row.token in kept.tokens]
        codes = {one: code for one, code in self.codes_by_appointment.items() if one in kept.appointments}
        for forgotten in (self.tokens_by_secret, self.tokens_by_code, self.secrets_by_token):
            forgotten.clear()
        self.appointments_by_code = {code: appointment for appointment, code in codes.items()}
        self.codes_by_appointment = codes
        for row in secrets:
            self.add(row)


class Known:
    """The private rows of what is published, and before them those of commands that are not durable yet."""

    def __init__(self, published: Private) -> None:
        self._published, self._ahead = published, Private()

    def secret_of(self, token: TokenId) -> StatusSecret | None:
        return self._ahead.secrets_by_token.get(token) or self._published.secrets_by_token.get(token)

    def code_of(self, appointment: AppointmentId) -> str:
        """Empty when there is none."""
        ahead = self._ahead.codes_by_appointment.get(appointment)
        return ahead or self._published.codes_by_appointment.get(appointment, "")

    def admit(self, rows: Sequence[SideRow], events: Iterable[Event]) -> list[SideRow]:
        """The rows of a command that are to be kept, given what it brought about.

        A token or an appointment that was there before keeps what it has. A secret that another token has is dropped;
        where another has the short code, only that.
        """
        if not rows:
            return []
        issued = {event.token for event in events if isinstance(event, TokenIssued)}
        booked = {event.appointment for event in events if isinstance(event, AppointmentBooked)}
        kept: list[SideRow] = []
        for row in rows:
            fitting = self._fitting(row, issued, booked)
            if fitting is not None:
                self._ahead.add(fitting)
                kept.append(fitting)
        return kept

    def published(self) -> None:
        """What was ahead is durable, and in the published rows."""
        self._ahead = Private()

    def _fitting(self, row: SideRow, issued: set[TokenId], booked: set[AppointmentId]) -> SideRow | None:
        if isinstance(row, AppointmentCode):
            return row if row.appointment in booked else None
        if not isinstance(row, StatusSecret):
            return row
        both = (self._ahead, self._published)
        if row.token not in issued or any(row.secret in rows.tokens_by_secret for rows in both):
            return None
        return replace(row, code="") if any(row.code in rows.tokens_by_code for rows in both) else row
