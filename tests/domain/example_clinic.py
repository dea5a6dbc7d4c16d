"""The clinic of a worked example: lines without a time, such as `room 3 medicine lab`, made into a configuration."""

import re
from dataclasses import fields, replace
from typing import Any

from clinic_script import department, room, site

from hub.domain.commands import AdmitUnit, ConfigureSite
from hub.domain.configuration import Department, Operator, PlanStep, Room, Rules, Shift, Site, Unit, VisitType
from smartqueue.terms import DepartmentId, Language, OperatorId, Role, RoomId, UnitKind, UnitName, VisitTypeId

EN = Language("en")


class ExampleClinic:
    """At first one department, medicine (A), and room 3; everything else as it is where nobody has set anything."""

    def __init__(self) -> None:
        self.site: Site = site()
        self.departments: dict[str, Department] = {"medicine": department("medicine", "A")}
        self.rooms: dict[str, Room] = {"3": room("3", "medicine")}
        self.operators: dict[str, Operator] = {}
        self.kiosks: list[str] = []

    def tell(self, line: str) -> None:
        """Takes one line of set-up. Raises ValueError for one that nobody understands."""
        word, _, rest = line.partition(" ")
        known = {
            "department": self._department,
            "room": self._room,
            "doctor": self._doctor,
            "supervisor": self._supervisor,
            "rules": self._rules,
            "site": self._site,
            "visit": self._visit,
            "kiosk": self.kiosks.append,
        }
        if word not in known:
            raise ValueError(f"no such line of set-up: {line!r}")
        known[word](rest.strip())

    def configuration(self) -> ConfigureSite:
        return ConfigureSite(
            self.site, tuple(self.departments.values()), tuple(self.rooms.values()), tuple(self.operators.values())
        )

    def units(self) -> list[AdmitUnit]:
        return [AdmitUnit(Unit(UnitName(name), UnitKind.KIOSK)) for name in self.kiosks]

    def _department(self, rest: str) -> None:
        name, letter, *pairs = rest.split()
        self.departments[name] = replace(department(name, letter), **settings(Department, pairs))

    def _room(self, rest: str) -> None:
        number, *departments = rest.split()
        self.rooms[number] = room(number, *departments)

    def _doctor(self, rest: str) -> None:
        """`rao`, `rao room 3`, `rao room 3 08:00 12:00` (on every day)."""
        name, *more = rest.split()
        own = RoomId(f"room-{more[1]}") if more[:1] == ["room"] else None
        hours = [minute_of(text) for text in more if ":" in text]
        schedule = tuple(Shift(weekday, hours[0], hours[1]) for weekday in range(7)) if hours else ()
        self.operators[name] = Operator(OperatorId(name), Role.DOCTOR, room=own, schedule=schedule)

    def _supervisor(self, name: str) -> None:
        self.operators[name] = Operator(OperatorId(name), Role.RECEPTION, supervisor=True)

    def _rules(self, rest: str) -> None:
        """`credit_min 30` for the site, `lab credit_min 30` for one department."""
        first, *more = rest.split()
        if first in self.departments:
            rules = replace(self.site.rules, **settings(Rules, more))
            self.departments[first] = replace(self.departments[first], rules=rules)
        else:
            self.site = replace(self.site, rules=replace(self.site.rules, **settings(Rules, [first, *more])))

    def _site(self, rest: str) -> None:
        """`skip_numbers 13 666` or another setting."""
        name, *values = rest.split()
        if name == "skip_numbers":
            self.site = replace(self.site, skip_numbers=tuple(map(int, values)))
        else:
            self.site = replace(self.site, **settings(Site, [name, *values]))

    def _visit(self, rest: str) -> None:
        """`medicine check-up: lab or x-ray, then medicine`."""
        head, _, steps = rest.partition(":")
        name, identifier = head.split()
        known = self.departments[name]
        planned = VisitType(VisitTypeId(identifier), {EN: identifier}, plan(steps))
        self.departments[name] = replace(known, visit_types=(*known.visit_types, planned))


def plan(text: str) -> tuple[PlanStep, ...]:
    """`lab or x-ray, then medicine`: steps one after the other, `or` where the order is free."""
    steps = (re.split(r"\s+or\s+", step.strip()) for step in re.split(r",?\s+then\s+", text.strip()))
    return tuple(PlanStep(tuple(DepartmentId(one) for one in step)) for step in steps)


def settings(kind: type, words: list[str]) -> dict[str, Any]:
    """`credit_min 30 strict yes` as values of that dataclass's fields. Raises ValueError for other names."""
    names, values = words[::2], words[1::2]
    known = {field.name for field in fields(kind)}
    if len(names) != len(values) or not set(names) <= known:
        raise ValueError(f"no such settings of {kind.__name__}: {' '.join(words)}")
    return {name: value_of(text) for name, text in zip(names, values, strict=True)}


def value_of(text: str) -> bool | int | float:
    if text in ("yes", "no"):
        return text == "yes"
    if ":" in text:
        return minute_of(text)
    return float(text) if "." in text else int(text)


def minute_of(text: str) -> int:
    """`12:30` as minute of the day."""
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)
