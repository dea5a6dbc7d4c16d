"""Undo: the room's last command is taken back whole; the exact earlier states and places come back (queue-rules)."""

from collections.abc import Callable

import pytest
from clinic_script import ClinicScript, department, doctor, room, step, visit_type
from undo_picture import picture

from hub.domain.clinic import Clinic
from hub.domain.commands import SetAvailability, UndoLast
from hub.domain.configuration import Rules
from hub.domain.events import CommandUndone
from hub.domain.results import Undone
from smartqueue.terms import CallReason, CommandId, OperatorId, Outcome, Priority, RoomId, RoomState, Tick, TokenState

MINUTE = 60
MEDICINE = "medicine"


@pytest.fixture
def busy() -> ClinicScript:
    """Somebody of every kind waits; A008 is served in room 3 and goes on to the laboratory; room 4 is empty."""
    clinic = ClinicScript().configure(
        department(MEDICINE, "A", visit_types=(visit_type("both", step("laboratory")),)),
        department("laboratory", "H"),
        rooms=(room("3", MEDICINE), room("4", MEDICINE), room("5", "laboratory")),
        operators=(doctor("ada", "3"), doctor("ben", "4")),
    )
    for _ in range(7):
        clinic.issue()
        clinic.serve("3", service_s=300)
    clinic.issue(visit_type="both")
    clinic.press("3")
    clinic.issue()
    clinic.issue(priority=Priority.HIGH, after_s=MINUTE)
    clinic.issue(doctor="ada")
    clinic.issue(priority=Priority.HIGH)
    clinic.check_in(clinic.book("09:30"))
    for n in range(3):
        clinic.issue("laboratory")
        clinic.transfer(f"H00{n + 1}", MEDICINE, after_s=MINUTE)
    clinic.start("A008", after_s=MINUTE)
    return clinic


def look(clinic: ClinicScript) -> Clinic:
    return picture(clinic.state, clinic.now)


def calls(label: str) -> Callable[[ClinicScript], object]:
    return lambda clinic: clinic.call(label, "4", after_s=0)


THE_ROOMS_COMMANDS: dict[str, Callable[[ClinicScript], object]] = {
    "next: finish, on to the next step, call": lambda clinic: clinic.press("3", after_s=0),
    "a call": lambda clinic: clinic.press("4", after_s=0),
    "a call of somebody with credit": lambda clinic: [clinic.cancel("A009"), clinic.press("4", after_s=0)],
    "a chosen call of a walk-in": calls("A009"),
    "a chosen call of an appointment": calls("A013"),
    "a chosen call of a transfer": calls("H002"),
    "finish, on to the next step": lambda clinic: clinic.finish("A008"),
    "a park": lambda clinic: clinic.park("A008"),
    "a transfer": lambda clinic: clinic.transfer("A008", "laboratory"),
    "a transfer to the planned step": lambda clinic: clinic.transfer("A008"),
    "a transfer back into the same queue": lambda clinic: clinic.transfer("A008", MEDICINE),
    "a pause": lambda clinic: clinic.pause_room("3", back_in_min=10),
    "a closing": lambda clinic: clinic.close_room("3"),
}


@pytest.mark.parametrize("name", THE_ROOMS_COMMANDS)
def test_the_exact_places_come_back(busy, name):
    if name == "a call of somebody with credit":
        busy.cancel("A009")
    before = look(busy)
    done, seq = THE_ROOMS_COMMANDS[name], busy.seq
    done(busy)
    assert busy.seq > seq
    where = "4" if busy.last_command.get(RoomId("room-4")) == busy.command_id else "3"
    busy.undo(where, after_s=15)
    assert busy.refused is None
    assert look(busy) == before
    assert busy.replayed() == busy.state


AFTER_A_CALL: dict[str, Callable[[ClinicScript, str], object]] = {
    "a start": lambda clinic, label: clinic.start(label, after_s=5),
    "a recall": lambda clinic, label: clinic.recall(label, after_s=20),
    "a no-show": lambda clinic, label: clinic.no_show(label, after_s=20),
    "a confirmed no-show": lambda clinic, _: clinic.press("4", after_s=10, outcome=Outcome.NO_SHOW),
    "an implied start": lambda clinic, _: clinic.press("4", after_s=16),
    "an implied start by finish": lambda clinic, label: clinic.finish(label, after_s=5),
    "a park of a called one": lambda clinic, label: clinic.park(label, after_s=5),
    "a transfer of a called one": lambda clinic, label: clinic.transfer(label, "laboratory", after_s=5),
}


@pytest.mark.parametrize("name", AFTER_A_CALL)
def test_the_exact_state_of_a_called_one_comes_back(busy, name):
    called = busy.press("4", after_s=0)
    before = look(busy)
    AFTER_A_CALL[name](busy, called.label)
    busy.undo("4", after_s=10)
    assert busy.refused is None
    assert look(busy) == before


def test_an_undone_no_show_is_called_and_awaited_again(busy):
    first = busy.press("4", after_s=0).label
    busy.press("4", outcome=Outcome.NO_SHOW, after_s=10)
    busy.undo("4")
    assert (busy.current("4"), busy.token(first).state) == (first, TokenState.CALLED)
    busy.start(first, after_s=1)
    assert busy.refused is None


def test_the_answer_says_who_is_in_the_room_again(busy):
    assert busy.press("3", after_s=0).label != "A008"
    done = busy.undo("3")
    assert done == Undone(RoomId("room-3"), busy.token("A008").id, "A008")
    assert isinstance(busy.events[-1], CommandUndone)


def test_an_undone_call_is_no_longer_among_the_announcements(busy):
    known = [call.announcement for call in busy.state.calls]
    busy.press("4", after_s=0)
    busy.undo("4")
    assert [call.announcement for call in busy.state.calls] == known


# --- the cap ------------------------------------------------------------------------------------------


def capped(normals: int = 1, **rules: object) -> ClinicScript:
    """So many normal ones, behind them five of high priority; five rooms."""
    rooms = tuple(room(number, MEDICINE) for number in "34567")
    clinic = ClinicScript().configure(department(MEDICINE, "A", rules=Rules(**rules)), rooms=rooms)
    for _ in range(normals):
        clinic.issue()
    for _ in range(5):
        clinic.issue(priority=Priority.HIGH)
    return clinic


def test_the_caps_counter_comes_back():
    clinic = capped()
    clinic.press("3")
    clinic.press("4", after_s=0)
    clinic.undo("4")
    assert clinic.press("4", after_s=0).label == "A003", "only one overtake counts"
    assert clinic.press("5", after_s=0).label == "A001"


def test_a_capped_call_that_is_taken_back_is_due_again():
    clinic = capped()
    clinic.presses("3", 2)
    assert clinic.press("4", after_s=0).label == "A001"
    clinic.undo("4")
    assert clinic.press("5", after_s=0).label == "A001"
    assert clinic.last_call().capped


def test_what_other_rooms_called_in_between_stays_counted():
    clinic = capped()
    clinic.press("3", after_s=0)
    clinic.press("4", after_s=1)
    clinic.undo("3", after_s=1)
    assert clinic.press("5", after_s=1).label == "A002"
    assert clinic.press("6", after_s=1).label == "A001", "A003 and A002 have overtaken it in a row"


def test_a_count_that_began_anew_meanwhile_is_not_lost():
    """Room 3 overtakes, the oldest is called, two overtake the next oldest; room 3's call never was."""
    clinic = capped(run_cap=1)
    clinic.press("3", after_s=0)
    assert clinic.press("4", after_s=1).label == "A001"
    clinic.issue()
    clinic.set_priority("A007", Priority.NORMAL)
    clinic.issue(priority=Priority.HIGH)
    clinic.call("A003", "6", after_s=1)
    for label in ("A004", "A005", "A006"):
        clinic.cancel(label)
    assert clinic.press("5", after_s=1).label == "A008"
    clinic.undo("3", after_s=1)
    assert clinic.queue() == ["A002", "A007"]
    assert clinic.press("7", after_s=1).label == "A007", "A008 has overtaken it"


def test_a_reset_that_is_taken_back_did_not_happen_for_later_calls_either():
    clinic = capped(normals=2)
    called = [clinic.press(number, after_s=1).label for number in ("3", "4", "5", "6")]
    assert called == ["A003", "A004", "A001", "A005"]
    clinic.undo("5", after_s=1)
    assert clinic.press("7", after_s=1).label == "A001", "three have overtaken it in a row"


def test_two_rooms_may_both_take_their_calls_back():
    clinic = capped()
    before = dict(clinic.state.runs)
    clinic.press("3", after_s=0)
    clinic.press("4", after_s=1)
    clinic.undo("3", after_s=1)
    clinic.undo("4", after_s=1)
    assert clinic.state.runs.get(MEDICINE, 0) == before.get(MEDICINE, 0)
    assert clinic.presses("3", 3) == ["A002", "A003", "A001"]


# --- refused ------------------------------------------------------------------------------------------


def test_after_fifteen_seconds_it_is_too_late(busy):
    busy.press("4", after_s=0)
    busy.undo("4", after_s=15.001)
    assert (busy.refused, busy.refusal.values) == ("undo_too_late", {"room": "room-4", "limit_s": 15})


MOVES: dict[str, Callable[[ClinicScript], object]] = {
    "called elsewhere": lambda clinic: clinic.press("5", after_s=1),
    "parked": lambda clinic: clinic.park("A008"),
    "transferred": lambda clinic: clinic.transfer("A008", MEDICINE),
    "cancelled": lambda clinic: clinic.cancel("A008"),
    "given priority": lambda clinic: clinic.set_priority("A008", Priority.HIGH),
    "called, and that taken back": lambda clinic: [clinic.press("5", after_s=1), clinic.undo("5", after_s=1)],
}


@pytest.mark.parametrize("name", MOVES)
def test_it_is_too_late_once_somebody_has_moved_on(busy, name):
    """A008 has gone on to the laboratory."""
    busy.finish("A008")
    finished = busy.command_id
    MOVES[name](busy)
    busy.undo("3", command=finished, after_s=1)
    assert busy.refused == "undo_too_late"


def test_it_is_refused_whole_when_only_one_of_its_tokens_has_moved(busy):
    called = busy.press("3", after_s=0)
    busy.press("5", after_s=1)
    before = look(busy)
    busy.undo("3", after_s=1)
    assert busy.refused == "undo_too_late"
    assert look(busy) == before
    assert busy.current("3") == called.label


def test_only_the_rooms_last_command_is_undone(busy):
    busy.press("3", after_s=0)
    first = busy.command_id
    busy.start(busy.current("3"), after_s=2)
    busy.undo("3", command=first, after_s=1)
    assert busy.refused == "undo_too_late"
    busy.undo("3", command="never-sent", after_s=1)
    assert busy.refused == "undo_too_late"


def test_an_undo_can_not_be_undone_and_reaches_one_level_only(busy):
    busy.press("4", after_s=0)
    called = busy.command_id
    busy.start(busy.current("4"), after_s=1)
    busy.undo("4", after_s=1)
    taken_back = busy.command_id
    for command in (called, taken_back, None):
        busy.undo("4", command=command, after_s=1)
        assert busy.refused == "nothing_to_undo"


def test_a_room_that_did_nothing_has_nothing_to_undo(busy):
    busy.undo("5")
    assert busy.refused == "nothing_to_undo"
    busy.press("5")
    busy.undo("5", command=busy.command_id)
    assert busy.refused == "nothing_to_undo", "nobody waited: there were no events"


def test_commands_without_events_do_not_count(busy):
    called = busy.press("4", after_s=0)
    assert busy.press("4", after_s=1).repeated
    busy.press("4", after_s=5)
    assert busy.refused == "confirm_no_show"
    busy.undo("4", after_s=1)
    assert (busy.refused, busy.token(called.label).state) == (None, TokenState.WAITING)


def test_an_undo_is_a_press_and_may_be_too_old(busy):
    busy.press("4", after_s=0)
    busy.do(UndoLast(RoomId("room-4"), busy.command_id, Tick(busy.tick - 3001)))
    assert busy.refused == "press_too_old"
    busy.do(UndoLast(RoomId("room-9"), CommandId("any")))
    assert busy.refused == "unknown_room"


# --- others stay --------------------------------------------------------------------------------------


def test_what_other_rooms_did_in_between_stays(busy):
    first = busy.press("4", after_s=0).label
    other = busy.press("3", after_s=1).label
    busy.issue()
    busy.undo("4", after_s=1)
    assert (busy.current("3"), busy.current("4")) == (other, None)
    assert busy.token("A008").department == "laboratory"
    assert (busy.queue()[0], "A014" in busy.queue()) == (first, True)


def test_after_an_undo_the_same_press_calls_the_same_one_for_the_same_reason(busy):
    first = busy.press("4", after_s=0)
    reason, overtaken = busy.last_call().reason, busy.overtaken()
    busy.undo("4")
    again = busy.press("4", after_s=0)
    assert (again.label, busy.last_call().reason, busy.overtaken()) == (first.label, reason, overtaken)
    assert isinstance(reason, CallReason)


def test_new_rules_hold_also_for_somebody_who_comes_back_by_undo(busy):
    busy.cancel("A009")
    assert busy.press("4", after_s=0).label == "A010"
    busy.reconfigure(department(MEDICINE, "A", rules=Rules(credit_min=0)))
    busy.undo("4", after_s=1)
    assert busy.token("A010").credit_ms == 0


def test_an_absence_is_taken_back_with_the_rooms_pause(busy):
    before = look(busy)
    busy.do(SetAvailability(OperatorId("ada"), available=False))
    assert busy.state.desks[RoomId("room-3")].state is RoomState.PAUSED
    busy.undo("3")
    assert busy.refused is None
    assert look(busy) == before


def test_a_pause_that_is_taken_back_brings_nobody_back_who_has_gone_meanwhile(busy):
    first = busy.press("4", after_s=0).label
    busy.pause_room("4", after_s=3)
    busy.cancel(first, after_s=1)
    done = busy.undo("4", after_s=1)
    assert done == Undone(RoomId("room-4"), None, None)
    assert busy.current("4") is None
    assert busy.press("4") is not None
