"""Which room a caller unit acts for, and how it is moved to another one."""

import pytest

from hub.domain.commands import BindUnit
from hub.domain.configuration import Unit
from hub.domain.events import UnitBound
from smartqueue.terms import RoomId, UnitKind, UnitName

DESK = UnitName("desk")


@pytest.fixture
def desk(clinic):
    clinic.admit(Unit(DESK, UnitKind.CALLER, RoomId("room-3")))
    return clinic


def test_a_unit_that_is_bound_acts_for_its_new_room(desk):
    desk.do(BindUnit(DESK, RoomId("room-4")))
    assert desk.state.units[DESK].room == "room-4"
    assert desk.happened(UnitBound) == [UnitBound(DESK, RoomId("room-4"))]


def test_a_unit_that_acts_for_that_room_already_makes_no_event(desk):
    desk.do(BindUnit(DESK, RoomId("room-3")))
    assert desk.refused is None
    assert desk.happened(UnitBound) == []


def test_two_units_may_act_for_the_same_room(desk):
    desk.admit(Unit(UnitName("door"), UnitKind.CALLER, RoomId("room-4")))
    desk.do(BindUnit(DESK, RoomId("room-4")))
    assert {unit.room for unit in desk.state.units.values()} == {"room-4"}


def test_the_binding_is_kept_over_the_day(desk):
    desk.do(BindUnit(DESK, RoomId("room-4")))
    desk.pass_time(24 * 3600)
    assert desk.state.units[DESK].room == "room-4"
    assert desk.replayed().units[DESK].room == "room-4"


@pytest.mark.parametrize(
    ("unit", "room", "code"),
    [("nobody", "room-3", "unknown_unit"), ("desk", "room-9", "unknown_room"), ("hall", "room-3", "not_a_caller")],
)
def test_what_can_not_be_bound_is_refused_and_stays_as_it_is(desk, unit, room, code):
    desk.admit(Unit(UnitName("hall"), UnitKind.KIOSK))
    before = dict(desk.state.units)
    desk.do(BindUnit(UnitName(unit), RoomId(room)))
    assert desk.refused == code
    assert desk.state.units == before
