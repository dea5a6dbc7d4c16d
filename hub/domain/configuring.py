"""ConfigureSite, AdmitUnit, BindUnit: a configuration that contradicts itself is refused whole, every mistake named."""

import re

from hub.domain import checks, configuration_checks
from hub.domain.clinic import Clinic
from hub.domain.commands import AdmitUnit, BindUnit, ConfigureSite
from hub.domain.events import LeaseRevoked, SiteConfigured, UnitAdmitted, UnitBound
from hub.domain.results import Decision, Done
from smartqueue import errors
from smartqueue.terms import UnitKind

UNIT_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")


def configure(clinic: Clinic, command: ConfigureSite) -> Decision:
    """Blocks of departments that go, or get another letter, are revoked. Raises InvalidConfiguration."""
    mistakes = list(configuration_checks.mistakes(clinic, command))
    if mistakes:
        raise errors.InvalidConfiguration(errors=mistakes)
    letters = {department.id: department.letter for department in command.departments}
    revoked = [
        LeaseRevoked(lease.id)
        for lease in clinic.leases.values()
        if not lease.revoked and letters.get(lease.department) != clinic.departments[lease.department].letter
    ]
    event = SiteConfigured(command.site, command.departments, command.rooms, command.operators)
    return Decision((*revoked, event), Done())


def admit(clinic: Clinic, command: AdmitUnit) -> Decision:
    """Raises InvalidConfiguration."""
    unit, mistakes = command.unit, []
    if not UNIT_NAME.fullmatch(unit.name):
        mistakes.append(f"unit {unit.name!r}: a name has 1 to 40 letters, digits, '-' or '_'")
    taken: set[str] = {*clinic.operators, *configuration_checks.RESERVED_NAMES}
    if unit.name in taken:
        mistakes.append(f"unit {unit.name!r}: an operator or the hub itself has this name; choose another")
    if unit.name in clinic.units:
        mistakes.append(f"unit {unit.name!r}: there is one of this name already")
    if unit.kind is UnitKind.CALLER and unit.room is None:
        mistakes.append(f"unit {unit.name!r}: a caller needs its room, as caller:NAME:ROOM")
    if unit.room is not None and unit.room not in clinic.rooms:
        known = ", ".join(sorted(clinic.rooms)) or "none"
        mistakes.append(f"unit {unit.name!r}: no room {unit.room!r}; there are: {known}")
    if mistakes:
        raise errors.InvalidConfiguration(errors=mistakes)
    return Decision((UnitAdmitted(unit),), Done())


def bind(clinic: Clinic, command: BindUnit) -> Decision:
    """Raises UnknownUnit, NotACaller, UnknownRoom."""
    checks.unit(clinic, command.unit)
    checks.room(clinic, command.room)
    unit = clinic.units[command.unit]
    if unit.kind is not UnitKind.CALLER:
        raise errors.NotACaller(unit=unit.name, kind=unit.kind)
    events = () if unit.room == command.room else (UnitBound(unit.name, command.room),)
    return Decision(events, Done())
