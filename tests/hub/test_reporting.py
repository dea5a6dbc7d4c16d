"""Reports of a real site: rules, journal and clock put together, over days that the test lets pass."""

import asyncio
import csv
import io
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from hub import report_table
from hub.clock import HubClock
from hub.domain.commands import (
    CallNext,
    CancelToken,
    ConfigureSite,
    FinishService,
    FollowClock,
    IssueToken,
    StartService,
    TransferToken,
    UndoLast,
)
from hub.domain.configuration import Department, Operator, Room, Rules, Site
from hub.journal import sqlite
from hub.journal.sqlite import SqliteJournal
from hub.reporting import Reporting
from hub.service import Actor, ClinicService
from smartqueue.errors import BadPeriod
from smartqueue.terms import CancelReason, CommandId, Day, DepartmentId, Language, OperatorId, Role, RoomId, TokenId

EN = Language("en")
MEDICINE, LABORATORY = DepartmentId("medicine"), DepartmentId("laboratory")
ROOM_1, ROOM_2 = RoomId("room-1"), RoomId("room-2")
DOCTOR = OperatorId("doctor-1")
MONDAY, TUESDAY, SUNDAY = Day("2026-03-02"), Day("2026-03-03"), Day("2026-03-08")
CLINIC = ConfigureSite(
    Site("clinic", {EN: "Riverside Clinic"}, (EN,), EN, "UTC", rules=Rules(strict=True)),
    (
        Department(MEDICINE, "A", {EN: "=General Medicine"}, {}, "stethoscope", 0),
        Department(LABORATORY, "H", {EN: "Laboratory"}, {}, "flask", 1),
    ),
    (Room(ROOM_1, "1", (MEDICINE,)), Room(ROOM_2, "2", (LABORATORY,))),
    (Operator(DOCTOR, Role.DOCTOR, (MEDICINE,), ROOM_1),),
)


class CountedDays:
    """The journal's days, and which were read."""

    def __init__(self, journal):
        self.journal, self.read = journal, []

    def read_days(self, first, last):
        self.read.append((first, last))
        return self.journal.read_days(first, last)


class Days:
    """A hub without its web application. The clock stands still unless the test lets time pass."""

    def __init__(self, directory):
        self.now = datetime(2026, 3, 2, 8, tzinfo=UTC).timestamp()
        self.journal = SqliteJournal(directory)
        clock = HubClock(lambda: round(self.now * 1000), lambda: self.now, lambda: True)
        self.service = ClinicService(self.journal, clock)
        self.past = CountedDays(self.journal)
        self.reporting = Reporting(self.past, self.service)
        self.commands = 0

    async def do(self, command, *, after_min=0.0):
        """The id of the command, which was obeyed."""
        self.now += after_min * 60
        self.commands += 1
        identifier = CommandId(f"command-{self.commands:05}")
        answer = await self.service.execute(command, by=Actor("site", "test"), command_id=identifier, digest=b"")
        assert answer.status < 300, answer.body
        return identifier

    async def until(self, day, hour=8):
        self.now = datetime.fromisoformat(f"{day}T{hour:02}:00:00+00:00").timestamp()
        await self.do(FollowClock())

    async def issue(self, token, department=MEDICINE, **more):
        await self.do(IssueToken(TokenId(token), department, **more))


@pytest.fixture
async def days(tmp_path):
    """Monday, 8:00: nobody is there yet."""
    sqlite.create(tmp_path, "clinic", "epoch-1")
    days = Days(tmp_path)
    await days.service.start()
    await days.do(CLINIC)
    await days.do(FollowClock())
    yield days
    await days.service.stop()


async def a_visit(days, token="t1", *, wait_min=10.0, minutes=5.0):
    """A trial, which no report counts, stands before it for a moment: so a wait is promised."""
    await days.issue(f"{token}-trial", trial=True)
    await days.issue(token)
    await days.do(CancelToken(TokenId(f"{token}-trial"), CancelReason.OPERATOR))
    await days.do(CallNext(ROOM_1), after_min=wait_min)
    await days.do(StartService(TokenId(token)), after_min=1)
    await days.do(FinishService(TokenId(token)), after_min=minutes)


async def test_what_the_rules_decide_is_what_a_report_tells(days):
    await a_visit(days)
    answer = await days.reporting.answer("day", MONDAY)
    total = answer.total
    assert (total.arrivals.issued, total.calls.calls, total.consultations, total.endings.served) == (1, 1, 1, 1)
    assert (total.waits.mean_s, total.walks.mean_s, total.services.mean_s) == (600, 60, 300)
    assert answer.visit_waits.mean_s == 600
    assert answer.promises[0].made == 1
    assert [row.operator for row in answer.operators] == [DOCTOR]
    assert (answer.site, answer.zone, answer.days, answer.closed) == ("clinic", "UTC", 1, 0)
    assert answer.as_of == datetime.fromtimestamp(days.now, UTC)


async def test_a_call_that_was_really_undone_is_not_in_the_report(days):
    await days.issue("t1")
    pressed = await days.do(CallNext(ROOM_1), after_min=5)
    await days.do(UndoLast(ROOM_1, pressed), after_min=0.1)
    answer = await days.reporting.answer("day")
    assert (answer.total.calls.calls, answer.total.waits.count) == (0, 0)
    await days.do(CallNext(ROOM_1), after_min=4.9)
    answer = await days.reporting.answer("day")
    assert (answer.total.calls.calls, answer.total.waits.mean_s) == (1, 600)


async def test_next_after_a_while_finishes_by_an_implied_start_and_undo_takes_both_back(days):
    await days.issue("t1")
    await days.issue("t2")
    await days.do(CallNext(ROOM_1), after_min=5)
    pressed = await days.do(CallNext(ROOM_1), after_min=5)
    assert (await days.reporting.answer("day")).total.consultations == 1
    await days.do(UndoLast(ROOM_1, pressed), after_min=0.2)
    figures = (await days.reporting.answer("day")).total
    assert (figures.consultations, figures.calls.calls, figures.services.count) == (0, 1, 0)


async def test_a_transfer_waits_anew(days):
    await days.issue("t1")
    await days.do(TransferToken(TokenId("t1"), LABORATORY), after_min=3)
    await days.do(CallNext(ROOM_2), after_min=7)
    answer = await days.reporting.answer("day")
    assert {row.department: row.figures.waits.mean_s for row in answer.departments} == {MEDICINE: None, LABORATORY: 420}


async def test_trials_are_not_reported(days):
    await days.issue("t1", trial=True)
    await days.do(CallNext(ROOM_1), after_min=5)
    total = (await days.reporting.answer("day")).total
    assert (total.arrivals.issued, total.calls.calls, total.fairness.tokens) == (0, 0, 0)


async def test_whoever_waits_when_the_day_ends_is_unserved(days):
    await days.issue("t1")
    await days.until(TUESDAY)
    answer = await days.reporting.answer("day", MONDAY)
    assert (answer.closed, answer.total.endings.unserved, answer.total.endings.abandoned_share) == (1, 1, 1.0)
    assert (await days.reporting.answer("day", TUESDAY)).total.endings.unserved == 0


async def test_a_week_and_a_month_hold_their_days(days):
    await a_visit(days)
    await days.until(TUESDAY)
    await a_visit(days, wait_min=20)
    await days.until(Day("2026-03-09"))
    await a_visit(days, wait_min=30)
    week, month = await days.reporting.answer("week", SUNDAY), await days.reporting.answer("month", MONDAY)
    assert (week.period.first, week.period.last, week.days) == (MONDAY, SUNDAY, 2)
    assert (week.total.waits.count, week.total.waits.mean_s) == (2, 900)
    assert (month.total.waits.count, month.total.waits.mean_s) == (3, 1200)


async def test_a_period_that_is_over_is_read_once_and_one_that_is_not_each_time(days):
    await a_visit(days)
    await days.until(TUESDAY)
    for _ in range(3):
        await days.reporting.answer("day", MONDAY)
        await days.reporting.answer("day", TUESDAY)
    assert days.past.read.count((MONDAY, MONDAY)) == 1
    assert days.past.read.count((TUESDAY, TUESDAY)) == 3


async def test_a_week_that_is_not_over_is_read_once_a_minute_and_then_for_good(days):
    await a_visit(days)
    for _ in range(3):
        await days.reporting.answer("week", MONDAY)
    assert days.past.read.count((MONDAY, SUNDAY)) == 1
    await a_visit(days, "t2")
    assert (await days.reporting.answer("week", MONDAY)).total.arrivals.issued == 2
    await days.until(Day("2026-03-09"))
    for _ in range(3):
        assert (await days.reporting.answer("week", MONDAY)).closed == 1
    assert days.past.read.count((MONDAY, SUNDAY)) == 3


async def test_many_who_ask_at_once_have_a_period_that_is_over_read_once(days):
    await a_visit(days)
    await days.until(TUESDAY)
    answers = await asyncio.gather(*(days.reporting.answer("day", MONDAY) for _ in range(5)))
    assert [answer.total.arrivals.issued for answer in answers] == [1] * 5
    assert days.past.read == [(MONDAY, MONDAY)]


async def test_what_was_reported_of_an_open_day_is_not_taken_for_the_whole_of_it(days):
    await a_visit(days)
    await days.reporting.answer("day", MONDAY)
    await a_visit(days, "t2")
    await days.until(TUESDAY)
    assert (await days.reporting.answer("day", MONDAY)).total.arrivals.issued == 2


async def test_a_strict_department_is_compared_with_an_earlier_day(days):
    await a_visit(days, wait_min=10)
    await days.until(TUESDAY)
    await a_visit(days, wait_min=25)
    answer = await days.reporting.answer("day", TUESDAY, before=MONDAY)
    (warning,) = answer.strict_warnings
    assert (warning.department, warning.before_p95_s, warning.p95_s) == (MEDICINE, 600, 1500)
    assert answer.compared_with.first == MONDAY
    assert (await days.reporting.answer("day", TUESDAY)).strict_warnings == []


@pytest.mark.parametrize("before", [TUESDAY, "2026-03-04", "then"])
async def test_one_compares_with_an_earlier_day_only(days, before):
    await days.until(TUESDAY)
    with pytest.raises(BadPeriod):
        await days.reporting.answer("day", TUESDAY, before=before)


async def test_tomorrow_is_not_reported_yet(days):
    with pytest.raises(BadPeriod):
        await days.reporting.answer("day", TUESDAY)


async def test_a_day_before_the_site_is_all_zeros(days):
    answer = await days.reporting.answer("day", Day("2026-03-01"))
    assert (answer.days, answer.total.arrivals.issued, answer.total.waits.mean_s) == (0, 0, None)


# --- the table ----------------------------------------------------------------------------------------


def table(answer):
    text = report_table.csv_of(answer, EN).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


async def test_the_table_has_a_row_for_each_part_of_the_site(days):
    await a_visit(days)
    rows = table(await days.reporting.answer("day", MONDAY))
    groups = [row["group"] for row in rows]
    assert {group: groups.count(group) for group in dict.fromkeys(groups)} == {
        "site": 1,
        "department": 2,
        "hour": 24,
        "operator": 1,
        "promise": 2,
    }
    site, medicine, laboratory = rows[:3]
    assert (site["issued"], site["waits_mean_s"], site["visit_waits_p90_s"], site["oldest_calls"]) == (
        "1",
        "600",
        "600",
        "1",
    )
    assert (medicine["id"], medicine["target_min"], medicine["within_target_share"]) == ("medicine", "30", "1.0")
    assert (laboratory["name"], laboratory["waits_count"], laboratory["waits_mean_s"]) == ("Laboratory", "0", "")
    assert next(row for row in rows if row["id"] == "08" and row["group"] == "hour")["arrivals"] == "1"


async def test_the_heading_is_the_same_for_an_empty_day_and_a_busy_one(days):
    await a_visit(days)
    empty, busy = await days.reporting.answer("day", Day("2026-03-01")), await days.reporting.answer("day", MONDAY)
    assert table(empty)[0].keys() == table(busy)[0].keys() == set(report_table.COLUMNS)


async def test_every_figure_has_its_column_and_every_column_its_figure(days):
    await a_visit(days)
    rows = table(await days.reporting.answer("day", MONDAY))
    filled = {name for row in rows for name, cell in row.items() if cell}
    assert {name for name in report_table.COLUMNS if name not in filled} == {
        f"away_{figure}_s" for figure in ("mean", "median", "p90", "p95", "max")
    }


async def test_a_name_that_looks_like_a_formula_is_only_a_text(days):
    medicine = table(await days.reporting.answer("day", MONDAY))[1]
    assert medicine["name"] == "'=General Medicine"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＠x"])
async def test_no_cell_begins_like_a_formula(days, text):
    answer = await days.reporting.answer("day", MONDAY)
    renamed = replace(answer.departments[0], names={EN: text})
    rows = table(replace(answer, departments=[renamed]))
    assert rows[1]["name"] == f"'{text}"
