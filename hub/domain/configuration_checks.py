"""Every mistake of a configuration, one clear line each."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from ipaddress import IPv6Address
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hub.domain.clinic import Appointment, Clinic, Token
from hub.domain.commands import ConfigureSite
from hub.domain.configuration import Department, Names, Operator, PlanStep, Room, Rules, Shift, Site, Span, VisitType
from hub.domain.turning import OPEN_STATES
from smartqueue import colours
from smartqueue.terms import DepartmentId, OperatorId, RoomId, TokenState

IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
ADDRESS = re.compile(
    r"https?://([a-z0-9]([a-z0-9._-]{0,251}[a-z0-9])?\.?|\[(?P<v6>[0-9a-f:.]+)\])(:(?P<port>[0-9]{1,5}))?"
    r"(/[\w.~%/-]{0,200})?",
    re.ASCII | re.IGNORECASE,
)
"""Where phones reach status pages: no user, query or fragment."""
PHONE_PREFIX = re.compile(r"\+[1-9][0-9]{0,3}", re.ASCII)
LETTER = re.compile(r"[A-Z]{1,2}")
UNCLEAR_LETTERS = frozenset("IOQSZBDGV")
"""They look or sound like others (queue-rules, Numbering)."""
RESERVED_NAMES = frozenset({"technician"})
"""Of the key that stays on the hub's own machine."""
DAY_MINUTES = 24 * 60
WEEK_MINUTES = 7 * DAY_MINUTES
_RANGES = {
    "credit_min": (0, 120),
    "run_cap": (1, 20),
    "returns": (0, 10),
    "return_min": (0, DAY_MINUTES),
    "return_place": (1, 50),
    "late_min": (0, 240),
    "early_min": (0, DAY_MINUTES),
    "any_doctor_min": (0, DAY_MINUTES),
    "grace_s": (15, 3600),
    "slow_grace_s": (15, 3600),
}
"""Least and greatest value of each rule."""


def mistakes(clinic: Clinic, command: ConfigureSite) -> Iterator[str]:
    yield from _site(command.site)
    yield from _twice("department", [d.id for d in command.departments])
    yield from _twice("letter", [d.letter for d in command.departments])
    yield from _twice("room", [r.id for r in command.rooms])
    yield from _twice("operator", [o.id for o in command.operators])
    departments, rooms = {d.id for d in command.departments}, {r.id for r in command.rooms}
    operators = {o.id: o for o in command.operators}
    for department in command.departments:
        yield from _department(department, command.site)
        for visit_type in department.visit_types:
            yield from _visit_type(department, visit_type, command.site, departments, operators)
    for room in command.rooms:
        yield from _room(room, departments)
    for operator in command.operators:
        yield from _operator(operator, departments, rooms)
    if clinic.site is not None and clinic.site.id != command.site.id:
        yield f"site: its id is {clinic.site.id!r} for ever; leave it as it is"
    yield from _names_taken(clinic, operators)
    yield from _in_use(clinic, command)
    yield from _waited_for(clinic, set(operators))


def _names_taken(clinic: Clinic, operators: Iterable[OperatorId]) -> Iterator[str]:
    """Units and operators get in by keys that bear their names, so no two may have the same one."""
    units: set[str] = set(clinic.units)
    for identifier in operators:
        if identifier in units:
            yield f"operator {identifier!r}: a unit has this name already; choose another"
        if identifier in RESERVED_NAMES:
            yield f"operator {identifier!r}: this name belongs to the hub itself; choose another"


def _site(site: Site) -> Iterator[str]:
    try:
        ZoneInfo(site.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield f"site: no time zone {site.zone!r}; write it as 'Europe/Lisbon' or 'UTC'"
    if site.default_language not in site.languages:
        yield f"site: the default language {site.default_language!r} is not among its languages"
    if not 0 <= site.reset_minute < DAY_MINUTES:
        yield "site: reset_minute is 0 to 1439"
    if site.public_url is not None and not _is_address(site.public_url):
        yield f"site: public_url {site.public_url!r} is no address; write it as http://queue.example or https://..."
    yield from _names("site", site.names, site)
    for number in site.skip_numbers:
        if not 1 <= number <= 9999:
            yield f"site: skip_numbers has {number}; labels have numbers from 1 to 9999"
    for day in site.holidays:
        yield from _date("site: holidays", day)
    for place, notice in enumerate(site.notices, 1):
        yield from _names(f"site: notice {place}", notice, site, longest=200)
    yield from _rules("site", site.rules)
    if site.phone_prefix is not None and not PHONE_PREFIX.fullmatch(site.phone_prefix):
        yield f"site: phone_prefix {site.phone_prefix!r} is no country's; write a plus sign and 1 to 4 digits, as '+91'"
    if site.colour is not None:
        yield from _colour(site.colour)


def _colour(colour: str) -> Iterator[str]:
    if not colours.is_colour(colour):
        yield f"site: colour {colour!r} is none; write it as '#0B4F8A'"
    elif not colours.is_readable(colour):
        against_white = colours.contrast(colour, colours.WHITE)
        yield (
            f"site: colour {colour!r} can't be read well enough, {against_white:.1f}:1 against white; it takes 7:1 on "
            f"our light ground too. The nearest that can is '{colours.nearest_readable(colour)}'"
        )


def _is_address(text: str) -> bool:
    """What a QR code leads to, and what the hub answers to as its own name: a wrong one would keep it from starting."""
    found = ADDRESS.fullmatch(text)
    if found is None or int(found["port"] or 1) not in range(1, 65_536):
        return False
    try:
        return found["v6"] is None or bool(IPv6Address(found["v6"]))
    except ValueError:
        return False


def _rules(who: str, rules: Rules) -> Iterator[str]:
    for name, (least, greatest) in _RANGES.items():
        value = getattr(rules, name)
        if value is not None and not least <= value <= greatest:
            yield f"{who}: {name} is {least} to {greatest}, not {value}"


def _department(department: Department, site: Site) -> Iterator[str]:
    who = f"department {department.id!r}"
    yield from _identifier(who, department.id)
    if not LETTER.fullmatch(department.letter):
        yield f"{who}: letter {department.letter!r} is not one or two capital letters"
    elif unclear := UNCLEAR_LETTERS.intersection(department.letter):
        yield f"{who}: letter {sorted(unclear)[0]!r} looks or sounds like others; take one of A K R X H M L W U F T"
    yield from _identifier(f"{who}: icon", department.icon)
    if not 0 <= department.ground <= 99:
        yield f"{who}: ground is 0 to 99"
    if not 1 <= department.minutes <= 240:
        yield f"{who}: minutes is 1 to 240"
    if not 1 <= department.target_min <= DAY_MINUTES:
        yield f"{who}: target_min is 1 to 1440"
    if not 0 < department.weight <= 100:
        yield f"{who}: weight is above 0 and at most 100"
    if department.quota is not None and not 1 <= department.quota <= 9999:
        yield f"{who}: quota is 1 to 9999, or none at all"
    for name, minute in (("opens", department.opens), ("closes", department.closes)):
        if minute is not None and not 0 <= minute <= DAY_MINUTES:
            yield f"{who}: {name} is a minute of the day, 0 to 1440"
    yield from _spans(f"{who}: hours", department.hours)
    yield from _names(who, department.names, site)
    yield from _texts(f"{who}: areas", department.areas)
    yield from _twice(f"{who}: visit type", [one.id for one in department.visit_types])
    if department.rules is not None:
        yield from _rules(who, department.rules)


def _visit_type(
    department: Department,
    visit_type: VisitType,
    site: Site,
    departments: set[DepartmentId],
    operators: dict[OperatorId, Operator],
) -> Iterator[str]:
    who = f"department {department.id!r}: visit type {visit_type.id!r}"
    yield from _identifier(who, visit_type.id)
    yield from _names(who, visit_type.names, site)
    for step in visit_type.steps:
        yield from _step(who, step, departments, operators)


def _step(
    who: str, step: PlanStep, departments: set[DepartmentId], operators: dict[OperatorId, Operator]
) -> Iterator[str]:
    if not step.departments:
        yield f"{who}: a step names no department"
    yield from _unknown(who, step.departments, departments)
    if step.doctor is None:
        return
    doctor = operators.get(step.doctor)
    if doctor is None:
        yield f"{who}: no operator {step.doctor!r}"
    elif doctor.departments and not set(step.departments) <= set(doctor.departments):
        yield f"{who}: operator {step.doctor!r} does not work for every department of that step"


def _room(room: Room, known: set[DepartmentId]) -> Iterator[str]:
    yield from _identifier(f"room {room.id!r}", room.id)
    if len(set(room.departments)) != len(room.departments):
        yield f"room {room.id!r}: a department is given twice"
    if not room.number.strip() or len(room.number) > 4 or _has_control_characters(room.number):
        yield f"room {room.id!r}: number {room.number!r} has 1 to 4 characters, none of them a control character"
    yield from _unknown(f"room {room.id!r}", room.departments, known)


def _operator(operator: Operator, departments: set[DepartmentId], rooms: set[RoomId]) -> Iterator[str]:
    who = f"operator {operator.id!r}"
    yield from _identifier(who, operator.id)
    yield from _unknown(who, operator.departments, departments)
    for room in [operator.room, *(shift.room for shift in operator.schedule)]:
        if room is not None and room not in rooms:
            yield f"{who}: no room {room!r}"
    yield from _spans(f"{who}: schedule", operator.schedule)
    for leave in operator.leave:
        wrong = [*_date(f"{who}: leave", leave.first), *_date(f"{who}: leave", leave.last)]
        yield from wrong
        if not wrong and leave.last < leave.first:
            yield f"{who}: leave ends on {leave.last}, before it begins on {leave.first}"


def _spans(who: str, spans: Sequence[Span | Shift]) -> Iterator[str]:
    """Hours that end before they begin run over midnight; none may overlap another."""
    minutes: list[tuple[int, int]] = []
    for span in spans:
        if not (0 <= span.weekday <= 6 and 0 <= span.begins < DAY_MINUTES and 0 <= span.ends <= DAY_MINUTES):
            yield f"{who}: weekday is 0 (Monday) to 6, begins 0 to 1439, ends 0 to 1440"
            return
        begins = span.weekday * DAY_MINUTES + span.begins
        length = (span.ends - span.begins) % DAY_MINUTES or DAY_MINUTES
        minutes.append((begins, begins + length))
    minutes.sort()
    following = [*minutes[1:], *((begins + WEEK_MINUTES, ends) for begins, ends in minutes[:1])]
    for (begins, ends), (after, _) in zip(minutes, following, strict=True):
        if ends > after:
            yield f"{who}: two of them overlap on weekday {begins // DAY_MINUTES % 7} (0 = Monday)"


def _identifier(who: str, identifier: str) -> Iterator[str]:
    if not IDENTIFIER.fullmatch(identifier):
        yield f"{who}: an id has lower-case letters, digits and '-'"


def _date(who: str, text: str) -> Iterator[str]:
    try:
        right = date.fromisoformat(text).isoformat() == text
    except ValueError:
        right = False
    if not right:
        yield f"{who}: {text!r} is no date; write it as 2026-03-02"


def _unknown(who: str, departments: Iterable[DepartmentId], known: set[DepartmentId]) -> Iterator[str]:
    for department in departments:
        if department not in known:
            yield f"{who}: no department {department!r}; there are: {', '.join(sorted(known)) or 'none'}"


def _names(who: str, names: Names, site: Site, longest: int = 80) -> Iterator[str]:
    if not names.get(site.default_language, "").strip():
        yield f"{who}: no name in the default language {site.default_language!r}"
    yield from _texts(who, names, longest)


def _texts(who: str, texts: Names, longest: int = 80) -> Iterator[str]:
    for language, text in texts.items():
        if len(text) > longest or _has_control_characters(text):
            yield f"{who}: the text in {language!r} is over {longest} characters or has control characters"


def _has_control_characters(text: str) -> bool:
    """Those of a printer among them. What joins letters in Arabic and Hindi is none."""
    return any(unicodedata.category(character) == "Cc" for character in text)


def _twice(what: str, values: Iterable[str]) -> Iterator[str]:
    for value, count in Counter(values).items():
        if count > 1:
            yield f"{what} {value!r} is given {count} times"


def _in_use(clinic: Clinic, command: ConfigureSite) -> Iterator[str]:
    """What today's tokens and coming appointments hold on to can't go away before."""
    departments = {d.id for d in command.departments}
    used = {token.department for token in _everybody(clinic)}
    used.update(identifier for identifier, count in clinic.issued.items() if count)
    planned = {identifier for token in _to_be_seen(clinic) for step in token.plan for identifier in step.departments}
    for identifier in sorted((used | planned) - departments):
        yield f"department {identifier!r} has tokens today; remove it tomorrow"
    booked = Counter(known.booked.department for known in _to_come(clinic))
    for identifier in sorted(set(booked) - departments - used - planned):
        yield f"department {identifier!r} has {booked[identifier]} appointments; cancel them first"
    for department in command.departments:
        before = clinic.departments.get(department.id)
        if before and before.letter != department.letter and clinic.issued.get(department.id):
            yield f"department {department.id!r} has tokens with letter {before.letter!r} today; change it tomorrow"
    yield from _rooms_in_use(clinic, {r.id for r in command.rooms})


def _rooms_in_use(clinic: Clinic, rooms: set[RoomId]) -> Iterator[str]:
    busy = {room for room, desk in clinic.desks.items() if desk.current is not None}
    bound = {unit.room for unit in clinic.units.values() if unit.room is not None}
    for used_room in sorted((busy | bound) - rooms):
        yield f"room {used_room!r} is in use; free it first"


def _waited_for(clinic: Clinic, operators: set[OperatorId]) -> Iterator[str]:
    """Somebody who waits for a doctor, or has an appointment with one, would wait for ever."""
    doctors = {
        (token.id, one)
        for token in _to_be_seen(clinic)
        for one in (token.doctor, *(step.doctor for step in token.plan))
        if one is not None
    }
    waiting = Counter(doctor for _, doctor in doctors)
    waiting.update(known.booked.doctor for known in _to_come(clinic) if known.booked.doctor is not None)
    for doctor in sorted(set(waiting) - operators):
        yield f"operator {doctor!r} is waited for by {waiting[doctor]}, with appointments; give them to others first"


def _everybody(clinic: Clinic) -> Iterator[Token]:
    """Tokens as they are, and as an undo would have them."""
    yield from clinic.tokens.values()
    for desk in clinic.desks.values():
        if desk.undo is not None:
            yield from desk.undo.tokens.values()


def _to_be_seen(clinic: Clinic) -> Iterator[Token]:
    """Those who wait for something, or may come back to do so."""
    return (token for token in _everybody(clinic) if token.state in (*OPEN_STATES, TokenState.NO_SHOW))


def _to_come(clinic: Clinic) -> Iterator[Appointment]:
    """Appointments that have neither checked in nor been cancelled."""
    return (known for known in clinic.appointments.values() if known.token is None and not known.cancelled)
