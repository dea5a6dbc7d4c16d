"""The tables of settings and limits in docs/queue-rules.md are those of the code: names, defaults, ranges."""

import re
from dataclasses import MISSING, Field, fields, replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from clinic_script import department, room, site

from hub.domain import appointing, calling, checks, configuration_checks, numbering, rooms
from hub.domain.clinic import Clinic
from hub.domain.commands import ConfigureSite
from hub.domain.configuration import Department, Operator, Rules, Site
from smartqueue.terms import DepartmentId, OperatorId, Role

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs/queue-rules.md").read_text("utf-8")
KINDS: dict[str, type] = {"Rules": Rules, "Departments": Department, "Site": Site, "Operators": Operator}
ELSEWHERE: dict[str, set[str]] = {
    "Rules": set(),
    "Departments": {"id", "names", "areas", "icon", "ground", "rules"},
    "Site": {
        "id",
        "names",
        "languages",
        "default_language",
        "public_url",
        "notices",
        "rules",
        "phone_prefix",
        "colour",
    },
    "Operators": {"id", "role"},
}
"""Names and looks, which are no queue rules."""
WORDS = {True: "yes", False: "no", None: "none", (): "none"}


class Row(NamedTuple):
    kind: str
    setting: str
    default: str
    range: str


def section(title: str) -> str:
    start = DOCUMENT.index(f"\n### {title}\n")
    return DOCUMENT[start : DOCUMENT.find("\n### ", start + 1)]


def rows(kind: str) -> list[Row]:
    found = re.findall(r"^\| `(\w+)` \| (.*?) ?\| (.*?) \| .+ \|$", section(kind), re.MULTILINE)
    return [Row(kind, setting, default.strip(), allowed) for setting, default, allowed in found]


ROWS = [row for kind in KINDS for row in rows(kind)]
RANGED = [row for row in ROWS if re.match(r"(above )?\d+,? to \d+", row.range)]


def field_of(row: Row) -> "Field[Any]":
    return next(field for field in fields(KINDS[row.kind]) if field.name == row.setting)


def mistakes(row: Row, value: object) -> list[str]:
    """What the code says to that value, everything else being right."""
    changed = {row.setting: value}
    plain, one = site(), department("medicine", "A")
    if row.kind == "Rules":
        plain = replace(plain, rules=replace(Rules(), **changed))
    elif row.kind == "Site":
        plain = replace(plain, **changed)
    elif row.kind == "Departments":
        one = replace(one, **changed)
    doctor = Operator(OperatorId("rao"), Role.DOCTOR, departments=(DepartmentId("medicine"),))
    command = ConfigureSite(plain, (one,), (room("3", "medicine"),), (doctor,))
    return list(configuration_checks.mistakes(Clinic(), command))


@pytest.mark.parametrize("kind", KINDS)
def test_every_setting_of_the_rules_has_its_row_and_no_other(kind):
    named = [row.setting for row in ROWS if row.kind == kind]
    assert sorted(named) == sorted({field.name for field in fields(KINDS[kind])} - ELSEWHERE[kind])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.kind} {row.setting}")
def test_the_default_of_a_setting_is_that_of_the_code(row):
    default = field_of(row).default
    if default is MISSING:
        assert row.default == ""
    elif isinstance(default, bool) or default in (None, ()):
        assert row.default == WORDS[default]
    else:
        assert float(row.default) == default


@pytest.mark.parametrize("row", RANGED, ids=lambda row: f"{row.kind} {row.setting}")
def test_the_range_of_a_setting_is_that_of_the_code(row):
    above, least, greatest, none = re.fullmatch(r"(above )?(\d+),? to (\d+)(, or none)?", row.range).groups()
    assert mistakes(row, int(greatest)) == []
    assert mistakes(row, int(greatest) + 1) != []
    assert mistakes(row, int(least) + 0.001 if above else int(least)) == []
    assert mistakes(row, int(least) if above else int(least) - 1) != []
    assert ("None" in str(field_of(row).type)) is bool(none)
    assert not none or mistakes(row, None) == []


def test_every_number_has_a_range():
    """A number whose range no row told would never be tried."""
    numbers = {row.setting for row in ROWS if re.search(r"\b(int|float)\b", str(field_of(row).type))}
    assert numbers - {row.setting for row in RANGED} == {"skip_numbers"}
    for number, right in ((0, False), (1, True), (9999, True), (10_000, False)):
        row = next(row for row in ROWS if row.setting == "skip_numbers")
        assert (mistakes(row, (number,)) == []) is right
    assert row.range == "numbers from 1 to 9999"


def test_the_letters_that_are_refused_are_told():
    row = next(row for row in ROWS if row.setting == "letter")
    told = set(re.search(r"`([A-Z ]+)`", row.range)[1].split())
    assert told == {letter for letter in map(chr, range(65, 91)) if mistakes(row, letter)}
    assert f"(`{' '.join(re.search(r'`([A-Z ]+)`', row.range)[1].split())}`)" in section_of_labels()


def section_of_labels() -> str:
    return DOCUMENT[DOCUMENT.index("\n## Labels\n") : DOCUMENT.index("\n## Who is next\n")]


def test_the_limits_that_nobody_can_set_are_those_of_the_code():
    told = [cells for line in section("What can't be set").splitlines() if len(cells := line.split("|")) == 4]
    numbers = [[int(number) for number in re.findall(r"\d+", cells[2])] for cells in told if cells[2].strip("- ")]
    assert numbers == [
        [calling.SAME_PRESS_MS // 1000],
        [calling.IN_ROOM_MS // 1000],
        [checks.PRESS_LIMIT_MS // 1000],
        [rooms.UNDO_MS // 1000],
        [rooms.LONGEST_PAUSE_H],
        [numbering.BLOCK, numbering.FIRST_LEASED],
        [numbering.LAST_NUMBER],
        [appointing.FURTHEST_MS // 86_400_000],
    ]
