"""How units are: what a kiosk says of its printer, who may read it, what the log and the figures make of it."""

import logging

from hub.domain.clinic import Clinic
from hub.domain.configuration import Unit
from hub.health import AWAY, FRESH_MS, UnitHealth
from smartqueue import wire
from smartqueue.terms import Instant, PrinterState, RoomId, UnitKind, UnitName

HALL, DESK = UnitName("hall"), UnitName("desk-1")
TEN = Instant(1_772_445_600_000)


def clinic() -> Clinic:
    made = Clinic()
    made.units = {HALL: Unit(HALL, UnitKind.KIOSK), DESK: Unit(DESK, UnitKind.CALLER, RoomId("room-1"))}
    return made


def said(printer: PrinterState | None) -> wire.UnitHealthBody:
    return wire.UnitHealthBody(printer=printer)


def test_a_unit_that_has_said_nothing_is_there_and_nothing_is_known_of_it():
    views = UnitHealth().views(clinic())
    assert [(view.unit, view.kind, view.printer, view.seen_at) for view in views] == [
        (HALL, UnitKind.KIOSK, None, None),
        (DESK, UnitKind.CALLER, None, None),
    ]


def test_the_last_word_of_a_unit_counts():
    health = UnitHealth()
    health.take(HALL, said(PrinterState.OK), TEN)
    health.take(HALL, said(PrinterState.LOW_PAPER), Instant(TEN + 60_000))
    view = health.views(clinic())[0]
    assert view.printer is PrinterState.LOW_PAPER
    assert view.seen_at is not None
    assert view.seen_at.isoformat() == "2026-03-02T10:01:00+00:00"
    assert health.printers(clinic(), Instant(TEN + 60_000))["low_paper"] == 1


def test_what_was_said_long_ago_is_not_true_of_now():
    health = UnitHealth()
    health.take(HALL, said(PrinterState.OK), TEN)
    assert health.printers(clinic(), Instant(TEN + FRESH_MS))["ok"] == 1
    late = health.printers(clinic(), Instant(TEN + FRESH_MS + 1))
    assert (late["ok"], late[AWAY]) == (0, 1)


def test_a_unit_without_a_printer_and_one_that_was_forgotten_are_not_counted():
    health = UnitHealth()
    health.take(DESK, said(None), TEN)
    health.take(UnitName("gone"), said(PrinterState.OK), TEN)
    assert sum(health.printers(clinic(), TEN).values()) == 0


def test_the_log_says_a_state_once_by_what_it_means(caplog):
    caplog.set_level(logging.INFO, "hub.health")
    health = UnitHealth()
    for state in (PrinterState.OK, PrinterState.OK, PrinterState.LOW_PAPER, PrinterState.OUT_OF_PAPER, PrinterState.OK):
        health.take(HALL, said(state), TEN)
    assert [(one.levelname, one.message) for one in caplog.records] == [
        ("INFO", "printer of hall is ok"),
        ("WARNING", "printer of hall is low paper"),
        ("ERROR", "printer of hall is out of paper"),
        ("INFO", "printer of hall is ok"),
    ]


# --- over HTTP ------------------------------------------------------------------------------------------


async def read(hub, key="technician"):
    answer = await hub.get("/api/v1/units/health", key=key)
    assert answer.status == 200, answer.body
    return {unit["unit"]: unit for unit in answer.json["units"]}


async def test_a_kiosk_tells_and_staff_and_technicians_read(hub):
    assert (await read(hub))["hall"]["seen_at"] is None
    answer = await hub.post("/api/v1/units/health", {"printer": "low_paper"}, key="hall")
    assert (answer.status, answer.json) == (200, {})
    for key in ("technician", "reception-1", "admin-1"):
        hall = (await read(hub, key))["hall"]
        assert (hall["kind"], hall["printer"]) == ("kiosk", "low_paper")
        assert hall["seen_at"].endswith("Z")
    text = (await hub.get("/metrics", key="technician")).body.decode()
    assert 'smartqueue_printers{state="low_paper"} 1.0\n' in text
    assert 'smartqueue_printers{state="ok"} 0.0\n' in text
    assert "hall" not in text.split("smartqueue_printers")[1].split("# HELP")[0]


async def test_no_unit_reads_it_and_nobody_else_tells(hub):
    assert (await hub.get("/api/v1/units/health", key="hall")).status == 403
    assert (await hub.post("/api/v1/units/health", {"printer": "ok"}, key="reception-1")).status == 403
    assert (await hub.post("/api/v1/units/health", {"printer": "ok"}, key=None)).status == 401


async def test_a_state_that_does_not_exist_is_refused(hub):
    answer = await hub.post("/api/v1/units/health", {"printer": "on fire"}, key="hall")
    assert (answer.status, answer.json["code"]) == (422, "invalid_request")


async def test_nothing_of_it_is_an_event(hub):
    before = (await hub.get("/healthz")).json["seq"]
    await hub.post("/api/v1/units/health", {"printer": "ok"}, key="hall")
    assert (await hub.get("/healthz")).json["seq"] == before
