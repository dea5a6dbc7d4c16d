"""ConfigureSite and AdmitUnit: a configuration that contradicts itself is refused as a whole, every mistake named."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hub.domain.clinic import Clinic
from hub.domain.commands import AdmitUnit, ConfigureSite
from hub.domain.configuration import Department, Names, Room, Site
from hub.domain.events import SiteConfigured, UnitAdmitted
from hub.domain.results import Decision, Done
from smartqueue import errors
from smartqueue.terms import DepartmentId, UnitKind

IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
LETTER = re.compile(r"[A-Z]{1,2}")
UNIT_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
DAY_MINUTES = 24 * 60


def configure(clinic: Clinic, command: ConfigureSite) -> Decision:
    """Raises InvalidConfiguration."""
    mistakes = list(_mistakes(clinic, command))
    if mistakes:
        raise errors.InvalidConfiguration(errors=mistakes)
    event = SiteConfigured(command.site, command.departments, command.rooms, command.operators)
    return Decision((event,), Done())


def admit(clinic: Clinic, command: AdmitUnit) -> Decision:
    """Raises InvalidConfiguration."""
    unit, mistakes = command.unit, []
    if not UNIT_NAME.fullmatch(unit.name):
        mistakes.append(f"unit {unit.name!r}: a name has 1 to 40 letters, digits, '-' or '_'")
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


def _mistakes(clinic: Clinic, command: ConfigureSite) -> Iterator[str]:
    yield from _site(command.site)
    yield from _twice("department", [d.id for d in command.departments])
    yield from _twice("letter", [d.letter for d in command.departments])
    yield from _twice("room", [r.id for r in command.rooms])
    yield from _twice("operator", [o.id for o in command.operators])
    known = {d.id for d in command.departments}
    for department in command.departments:
        yield from _department(department, command.site)
    for room in command.rooms:
        yield from _room(room, known)
    for operator in command.operators:
        yield from _unknown(f"operator {operator.id!r}", operator.departments, known)
        if operator.room is not None and operator.room not in {r.id for r in command.rooms}:
            yield f"operator {operator.id!r}: no room {operator.room!r}"
    yield from _in_use(clinic, command)


def _site(site: Site) -> Iterator[str]:
    try:
        ZoneInfo(site.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield f"site: no time zone {site.zone!r}; write it as 'Europe/Lisbon' or 'UTC'"
    if site.default_language not in site.languages:
        yield f"site: the default language {site.default_language!r} is not among its languages"
    if not 0 <= site.reset_minute < DAY_MINUTES:
        yield "site: reset_minute is 0 to 1439"
    if site.public_url is not None and not site.public_url.lower().startswith(("http://", "https://")):
        yield f"site: public_url {site.public_url!r} must begin with http:// or https://"
    yield from _names("site", site.names, site)


def _department(department: Department, site: Site) -> Iterator[str]:
    who = f"department {department.id!r}"
    if not IDENTIFIER.fullmatch(department.id):
        yield f"{who}: an id has lower-case letters, digits and '-'"
    if not LETTER.fullmatch(department.letter):
        yield f"{who}: letter {department.letter!r} is not one or two capital letters"
    if not 1 <= department.minutes <= 240:
        yield f"{who}: minutes is 1 to 240"
    if not 1 <= department.target_min <= 24 * 60:
        yield f"{who}: target_min is 1 to 1440"
    if not 0 < department.weight <= 100:
        yield f"{who}: weight is above 0 and at most 100"
    for name, minute in (("opens", department.opens), ("closes", department.closes)):
        if minute is not None and not 0 <= minute <= DAY_MINUTES:
            yield f"{who}: {name} is a minute of the day, 0 to 1440"
    yield from _names(who, department.names, site)


def _room(room: Room, known: set[DepartmentId]) -> Iterator[str]:
    if not IDENTIFIER.fullmatch(room.id):
        yield f"room {room.id!r}: an id has lower-case letters, digits and '-'"
    if len(set(room.departments)) != len(room.departments):
        yield f"room {room.id!r}: a department is given twice"
    if not room.number or len(room.number) > 4:
        yield f"room {room.id!r}: number {room.number!r} has 1 to 4 characters"
    yield from _unknown(f"room {room.id!r}", room.departments, known)


def _unknown(who: str, departments: Iterable[DepartmentId], known: set[DepartmentId]) -> Iterator[str]:
    for department in departments:
        if department not in known:
            yield f"{who}: no department {department!r}; there are: {', '.join(sorted(known)) or 'none'}"


def _names(who: str, names: Names, site: Site) -> Iterator[str]:
    if not names.get(site.default_language, "").strip():
        yield f"{who}: no name in the default language {site.default_language!r}"
    for language, name in names.items():
        if len(name) > 80 or any(ord(character) < 32 for character in name):
            yield f"{who}: the name in {language!r} is over 80 characters or has control characters"


def _twice(what: str, values: Iterable[str]) -> Iterator[str]:
    for value, count in Counter(values).items():
        if count > 1:
            yield f"{what} {value!r} is given {count} times"


def _in_use(clinic: Clinic, command: ConfigureSite) -> Iterator[str]:
    """What today's tokens hold on to can't go away before the day ends."""
    departments = {d.id for d in command.departments}
    for used in sorted({token.department for token in clinic.tokens.values()} - departments):
        yield f"department {used!r} has tokens today; remove it tomorrow"
    for department in command.departments:
        before = clinic.departments.get(department.id)
        if before and before.letter != department.letter and clinic.last_number.get(department.id):
            yield f"department {department.id!r} has tokens with letter {before.letter!r} today; change it tomorrow"
    rooms = {r.id for r in command.rooms}
    busy = {room for room, desk in clinic.desks.items() if desk.current is not None}
    bound = {unit.room for unit in clinic.units.values() if unit.room is not None}
    for used_room in sorted((busy | bound) - rooms):
        yield f"room {used_room!r} is in use; free it first"
