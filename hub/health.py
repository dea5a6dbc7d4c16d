"""What units say of themselves: kept while the hub runs, said in the log when it changes. No event: it is of now."""

import logging
from collections import Counter

from hub.domain.clinic import Clinic
from hub.projections import when
from smartqueue import wire
from smartqueue.terms import Instant, PrinterState, UnitName

log = logging.getLogger(__name__)

FRESH_MS = 180_000
"""A unit speaks every minute; what one said that has been silent for longer is not true of now."""
AWAY = "away"
_LEVELS = {
    PrinterState.OK: logging.INFO,
    PrinterState.UNKNOWN: logging.INFO,
    PrinterState.LOW_PAPER: logging.WARNING,
}
"""Where nothing stands here, somebody waits for a ticket."""


class UnitHealth:
    """By unit; those that have said nothing since the hub's start are not there."""

    def __init__(self) -> None:
        self._said: dict[UnitName, tuple[wire.UnitHealthBody, Instant]] = {}

    def take(self, unit: UnitName, said: wire.UnitHealthBody, at: Instant) -> None:
        before = self._said.get(unit)
        self._said[unit] = said, at
        known = before[0].printer if before else None
        if said.printer is not None and said.printer is not known:
            level = _LEVELS.get(said.printer, logging.ERROR)
            log.log(level, "printer of %s is %s", unit, said.printer.replace("_", " "))

    def views(self, clinic: Clinic) -> list[wire.UnitHealthView]:
        """Of every unit of the site."""
        return [self._view(clinic, name) for name in clinic.units]

    def printers(self, clinic: Clinic, now: Instant) -> Counter[str]:
        """How many ticket printers are in which state; `away` = their kiosk has not spoken for a while."""
        found: Counter[str] = Counter({str(state): 0 for state in (*PrinterState, AWAY)})
        for name, (said, at) in self._said.items():
            if name in clinic.units and said.printer is not None:
                found[said.printer if now - at <= FRESH_MS else AWAY] += 1
        return found

    def _view(self, clinic: Clinic, name: UnitName) -> wire.UnitHealthView:
        said, at = self._said.get(name, (None, None))
        return wire.UnitHealthView(
            unit=name,
            kind=clinic.units[name].kind,
            printer=said.printer if said is not None else None,
            seen_at=when(at) if at is not None else None,
        )
