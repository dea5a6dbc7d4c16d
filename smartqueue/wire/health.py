"""What units say of themselves, and what staff may know of it."""

from datetime import datetime

from smartqueue.terms import PrinterState, UnitKind, UnitName
from smartqueue.wire.base import Message


class UnitHealthBody(Message, frozen=True, kw_only=True):
    """`POST /units/health`: how a unit is. It says so whenever that changes, and every minute.

    printer: of a kiosk's ticket printer; null where a unit has none.
    """

    printer: PrinterState | None = None


class UnitHealthView(Message, frozen=True, kw_only=True):
    """A unit. seen_at: when it last said how it is; null = not since the hub's start."""

    unit: UnitName
    kind: UnitKind
    printer: PrinterState | None
    seen_at: datetime | None


class UnitsHealthAnswer(Message, frozen=True, kw_only=True):
    """`GET /units/health`: all units of the site."""

    units: list[UnitHealthView]
