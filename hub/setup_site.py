"""Makes a site: its journal with configuration, units and keys. Whole or not at all, and never over another site."""

import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from hub import keys, status_pages
from hub.clock import HubClock
from hub.domain import clinic_day
from hub.domain.commands import AdmitUnit, BookAppointment, Command, ConfigureSite, FollowClock, IssueToken
from hub.domain.configuration import Unit
from hub.journal import sqlite
from hub.journal.records import PersonName, SetupCode, SideRow
from hub.logo import Logo
from hub.logo import write as write_logo
from hub.service import Actor, ClinicService, new_command_id
from hub.site_lock import SiteLock
from smartqueue import capabilities
from smartqueue.errors import InvalidConfiguration, StartFault
from smartqueue.terms import Instant, OperatorId, RoomId, UnitKind, UnitName
from smartqueue.wire import Problem, SetupOperator, SetupReport, SetupUnit

KEYS = "keys"
_BUILDING = ".setup"
_SETUP = Actor("site", "setup")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_CODE_GROUPS, _CODE_GROUP = 4, 4


@dataclass(frozen=True, slots=True)
class Plan:
    """What set-up makes. mistakes: what is already known to be wrong, told together with all others. appointments: of
    the first clinic day, for the time and that day's end."""

    configuration: ConfigureSite
    units: tuple[Unit, ...] = ()
    operator_names: dict[OperatorId, str] = field(default_factory=dict)
    waiting: tuple[IssueToken, ...] = ()
    mistakes: tuple[str, ...] = ()
    logo: Logo | None = None
    appointments: Callable[[Instant, Instant], Iterable[BookAppointment]] = lambda _now, _ends: ()


def key_file(directory: Path, name: str) -> Path:
    return directory / KEYS / f"{name}.key"


def parse_units(texts: Sequence[str]) -> tuple[tuple[Unit, ...], tuple[str, ...]]:
    """`KIND:NAME[:ROOM]` each; units and mistakes."""
    units: list[Unit] = []
    mistakes: list[str] = []
    for text in texts:
        kind, _, rest = text.partition(":")
        name, _, room = rest.partition(":")
        if kind not in set(UnitKind) or not name:
            mistakes.append(f"--unit {text}: write KIND:NAME or KIND:NAME:ROOM, KIND one of {', '.join(UnitKind)}")
            continue
        units.append(Unit(UnitName(name), UnitKind(kind), RoomId(room) if room else None))
    return tuple(units), tuple(mistakes)


async def make_site(directory: Path, plan: Plan, clock: HubClock) -> SetupReport:
    """Everything is made aside and moved into place last.

    Raises StartFault when there is a site already or nothing can be written, InvalidConfiguration with every mistake.
    """
    try:
        _claim(directory)
        with SiteLock(directory):
            return await _made_aside(directory, plan, clock)
    except OSError as trouble:
        where = trouble.filename or directory
        raise StartFault(f"{where} can't be written: {trouble.strerror}. Check its owner and permissions.") from trouble


def _claim(directory: Path) -> None:
    if (directory / sqlite.FILE).exists():
        raise StartFault(f"{directory} holds a site already, which is never overwritten. Choose another --data.")
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)


async def _made_aside(directory: Path, plan: Plan, clock: HubClock) -> SetupReport:
    building = directory / _BUILDING
    _empty(building)
    try:
        report, given = await _journalled(building, plan, clock)
        _move_in(directory, given, plan.logo)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return report


def _empty(building: Path) -> None:
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(mode=0o700)


def _move_in(directory: Path, given: dict[str, str], logo: Logo | None) -> None:
    """The journal last: where it is, there is a site."""
    building = directory / _BUILDING
    _write_keys(building / KEYS, given)
    shutil.rmtree(directory / KEYS, ignore_errors=True)
    (building / KEYS).rename(directory / KEYS)
    if logo is not None:
        write_logo(directory, logo)
    (building / sqlite.FILE).chmod(0o600)
    (building / sqlite.FILE).rename(directory / sqlite.FILE)
    sync(directory)


async def _journalled(building: Path, plan: Plan, clock: HubClock) -> tuple[SetupReport, dict[str, str]]:
    site = plan.configuration.site.id
    sqlite.create(building, site, secrets.token_hex(8))
    service = ClinicService(sqlite.SqliteJournal(building), clock)
    await service.start()
    try:
        return await _commanded(service, plan)
    finally:
        await service.stop()


async def _commanded(service: ClinicService, plan: Plan) -> tuple[SetupReport, dict[str, str]]:
    """The report and every key by name."""
    operators = plan.configuration.operators
    given = {name: keys.new_key(name) for name in (keys.TECHNICIAN, *(operator.id for operator in operators))}
    code = _setup_code()
    rows: list[SideRow] = [
        SetupCode(hashlib.sha256(code.encode()).digest()),
        *(row for name, key in given.items() for row in keys.admitted(name, keys.digest(key))),
        *(PersonName(operator, name) for operator, name in plan.operator_names.items()),
    ]
    mistakes = [*plan.mistakes, *_unit_mistakes(plan), *await _refused(service, plan.configuration, rows)]
    if mistakes:
        raise InvalidConfiguration(errors=mistakes)
    await _obey(service, FollowClock())
    for unit in plan.units:
        given[unit.name] = keys.new_key(unit.name)
        await _obey(service, AdmitUnit(unit), keys.admitted(unit.name, keys.digest(given[unit.name])))
    for issue in plan.waiting:
        await _obey(service, issue, [status_pages.new_secret(issue.token, service.private)])
    ends = clinic_day.end_of(service.published.day, service.published.configured())
    for booked in plan.appointments(service.moment().at, ends):
        await _obey(service, booked)
    return _report(service.site, code, plan, given), given


def _report(site: str, code: str, plan: Plan, given: dict[str, str]) -> SetupReport:
    return SetupReport(
        site=site,
        setup_code=code,
        units=[SetupUnit(name=unit.name, kind=unit.kind, room=unit.room, key=given[unit.name]) for unit in plan.units],
        operators=[
            SetupOperator(operator=operator.id, role=operator.role, key=given[operator.id])
            for operator in plan.configuration.operators
        ],
    )


async def _refused(service: ClinicService, command: Command, rows: Sequence[SideRow] = ()) -> list[str]:
    """Obeys, or tells what is wrong."""
    answer = await service.execute(command, by=_SETUP, command_id=new_command_id(), digest=b"", private=rows)
    if not answer.problem:
        return []
    problem = msgspec.json.decode(answer.body, type=Problem)
    return problem.errors or [problem.detail]


async def _obey(service: ClinicService, command: Command, rows: Sequence[SideRow] = ()) -> None:
    if mistakes := await _refused(service, command, rows):
        raise InvalidConfiguration(errors=mistakes)


def _unit_mistakes(plan: Plan) -> Iterator[str]:
    rooms = {room.id for room in plan.configuration.rooms}
    known = ", ".join(sorted(rooms)) or "none yet"
    seen: set[str] = {keys.TECHNICIAN, *(operator.id for operator in plan.configuration.operators)}
    for unit in plan.units:
        who = f"unit {unit.name!r}"
        if not _NAME.fullmatch(unit.name):
            yield f"{who}: a name has 1 to 40 letters, digits, '-' or '_'"
        if unit.name in seen:
            yield f"{who}: the name is taken"
        seen.add(unit.name)
        if unit.kind is UnitKind.CALLER and unit.room is None:
            yield f"{who}: a caller needs its room, as caller:{unit.name}:ROOM; there are: {known}"
        if unit.kind is not UnitKind.CALLER and unit.room is not None:
            yield f"{who}: only a caller has a room; write {unit.kind}:{unit.name}"
        elif unit.room is not None and unit.room not in rooms:
            yield f"{who}: no room {unit.room!r}; there are: {known}"


def _setup_code() -> str:
    """80 random bits, in groups that are easy to type."""
    letters = (secrets.choice(capabilities.ALPHABET) for _ in range(_CODE_GROUPS * _CODE_GROUP))
    text = "".join(letters)
    return "-".join(text[start : start + _CODE_GROUP] for start in range(0, len(text), _CODE_GROUP))


def _write_keys(directory: Path, given: dict[str, str]) -> None:
    directory.mkdir(mode=0o700)
    for name, key in given.items():
        write_private(directory / f"{name}.key", key)
    sync(directory)


def write_private(path: Path, key: str) -> None:
    """A new file on disk that only its owner may read."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key + "\n")
        file.flush()
        os.fsync(file.fileno())


def sync(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
