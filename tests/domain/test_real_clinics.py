"""What goes wrong in real clinics, as far as it is the hub's to decide (queue-rules)."""

from clinic_script import ClinicScript, department, doctor, room

from hub.domain.clinic import Clinic
from hub.domain.commands import CancelToken, SetAvailability
from hub.domain.estimates import newcomer
from hub.domain.evolve import evolve
from hub.journal.codec import KINDS, decode, encode
from smartqueue.terms import (
    CancelReason,
    DepartmentId,
    Instant,
    Need,
    OperatorId,
    Outcome,
    Priority,
    RoomId,
    RoomState,
    Tick,
    TokenState,
)

MINUTE = 60


def after_a_power_cut(clinic: ClinicScript) -> Clinic:
    """What the journal gives back."""
    fresh = Clinic()
    for seq, at, event, command in clinic.journal:
        evolve(fresh, seq, at, decode(KINDS[type(event)], encode(event)), command)
    return fresh


# --- power is cut -------------------------------------------------------------------------------------


def test_after_a_power_cut_the_same_day_goes_on_as_if_nothing_had_been(clinic):
    for priority in (None, Priority.HIGH, Priority.HIGH, Priority.HIGH, None):
        clinic.issue(priority=priority)
    clinic.presses("3", 2)
    clinic.park("A004")
    clinic.press("4", after_s=0)
    clinic.state = after_a_power_cut(clinic)
    assert clinic.state == clinic.replayed()
    assert (clinic.current("3"), clinic.current("4"), clinic.queue()) == ("A003", "A001", ["A005"])
    assert clinic.issue() == "A006", "the series goes on"


def test_a_press_may_still_be_taken_back_after_a_power_cut(clinic):
    clinic.issue()
    clinic.press("3")
    clinic.state = after_a_power_cut(clinic)
    clinic.undo("3")
    assert clinic.queue() == ["A001"]


def test_a_night_without_power_ends_the_old_day_and_begins_the_new_one(clinic):
    clinic.issue()
    clinic.state = after_a_power_cut(clinic)
    clinic.pass_time(24 * 3600)
    assert (clinic.issue(), clinic.day()) == ("A001", "2026-03-03")


# --- the hub is away ----------------------------------------------------------------------------------


def test_a_press_that_comes_late_calls_nobody(clinic):
    """The caller unit was cut off for five seconds and sends what it was told then."""
    clinic.issue()
    clinic.press("3", tick=Tick(clinic.tick - 5000), after_s=0)
    assert clinic.refused == "press_too_old"
    assert (clinic.current("3"), clinic.queue()) == (None, ["A001"])


def test_who_took_a_ticket_at_a_kiosk_that_was_alone_has_their_place_by_the_time_they_came(clinic):
    kiosk = clinic.kiosk()
    lease, contact = clinic.lease(kiosk), clinic.now
    clinic.issue(after_s=2 * MINUTE)
    alone = clinic.offline(501, issued_at=Instant(contact + MINUTE * 1000))
    clinic.issue(after_s=2 * MINUTE)
    clinic.merge(lease, kiosk, alone, last_contact=contact)
    assert clinic.queue() == ["A501", "A001", "A002"]


def test_an_unknown_outcome_is_settled_by_pressing_again(clinic):
    """The answer was lost: the lamp is amber. The press still believes what it saw before the first one."""
    clinic.issue()
    clinic.issue()
    clinic.press("3", after=None)
    again = clinic.press("3", after=None, after_s=20)
    assert (again.label, again.repeated, clinic.queue()) == ("A001", True, ["A002"])


# --- paper out ----------------------------------------------------------------------------------------


def test_a_token_stands_without_a_ticket_and_a_kiosk_takes_back_only_who_still_waits(clinic):
    clinic.issue()
    clinic.press("3")
    clinic.do(CancelToken(clinic.token("A001").id, CancelReason.KIOSK, only_waiting=True))
    assert (clinic.refused, clinic.token("A001").state) == ("not_permitted", TokenState.CALLED)


# --- two calls at once --------------------------------------------------------------------------------


def test_calls_at_the_same_instant_are_all_announced_in_their_order(clinic):
    for _ in range(3):
        clinic.issue()
    for number in ("3", "4", "6"):
        clinic.press(number, after_s=0)
    calls = [(clinic.state.tokens[call.token].label, call.room) for call in clinic.state.calls]
    assert calls == [("A001", "room-3"), ("A002", "room-4"), ("A003", "room-6")]
    assert len({call.announcement for call in clinic.state.calls}) == 3


# --- deaf, blind, slow-walking ------------------------------------------------------------------------


def test_needs_stay_with_the_token_wherever_it_goes(clinic):
    needs = (Need.DEAF, Need.SLOW_WALKING)
    clinic.issue(needs=needs)
    clinic.transfer("A001", "laboratory")
    clinic.press("5")
    assert (clinic.token("A001").needs, clinic.token("A001").priority) == (needs, Priority.NORMAL)


# --- doctors ------------------------------------------------------------------------------------------


def test_a_doctor_who_changes_the_room_goes_on_with_the_same_queue(practice):
    for _ in range(2):
        practice.issue(doctor="ada")
    practice.press("3")
    practice.finish("A001", after_s=5 * MINUTE)
    practice.assign("5", "ada")
    assert practice.press("5").label == "A002"


def test_a_doctor_who_leaves_early_takes_the_room_out_of_the_estimate(practice):
    for _ in range(6):
        practice.issue()
    assert newcomer(practice.state, DepartmentId("medicine"), practice.now).q50 == 6 * 600 // 3
    practice.do(SetAvailability(OperatorId("ada"), available=False))
    assert practice.state.desks[RoomId("room-3")].state is RoomState.PAUSED
    assert newcomer(practice.state, DepartmentId("medicine"), practice.now).q50 == 6 * 600 // 2
    practice.press("3")
    assert practice.refused == "room_paused"
    assert practice.press("4").label == "A001", "the queue moves on"
    practice.do(SetAvailability(OperatorId("ada"), available=True))
    assert practice.press("3").label == "A002"


def test_who_was_with_the_doctor_who_left_can_still_be_finished(practice):
    practice.issue()
    practice.press("3")
    practice.do(SetAvailability(OperatorId("ada"), available=False))
    practice.finish("A001", after_s=MINUTE)
    assert (practice.refused, practice.token("A001").state) == (None, TokenState.SERVED)


def test_a_closed_room_stays_closed_when_its_doctor_is_back(practice):
    practice.close_room("3")
    practice.do(SetAvailability(OperatorId("ada"), available=False))
    practice.do(SetAvailability(OperatorId("ada"), available=True))
    assert practice.state.desks[RoomId("room-3")].state is RoomState.CLOSED


def test_a_return_from_an_absence_lies_ahead_and_the_same_again_is_no_news(practice):
    practice.do(SetAvailability(OperatorId("ada"), available=False, back_at=practice.now))
    assert practice.refused == "bad_return_time"
    practice.do(SetAvailability(OperatorId("ada"), available=False))
    seq = practice.seq
    practice.do(SetAvailability(OperatorId("ada"), available=False))
    assert practice.seq == seq


# --- a patient leaves ---------------------------------------------------------------------------------


def test_who_left_without_a_word_is_called_once_all_the_same(clinic):
    clinic.issue()
    clinic.issue()
    assert clinic.press("3").label == "A001"
    assert clinic.press("3", after_s=20, outcome=Outcome.NO_SHOW).label == "A002"
    assert clinic.token("A001").state is TokenState.NO_SHOW
    assert clinic.press("3").token is None


def test_a_room_for_two_departments_goes_on_with_the_one_that_is_open():
    clinic = ClinicScript().configure(
        department("medicine", "A", opens=8 * 60, closes=9 * 60),
        department("laboratory", "H"),
        rooms=(room("3", "medicine", "laboratory"),),
        operators=(doctor("ada", "3"),),
    )
    clinic.issue("medicine")
    clinic.until("09:30")
    clinic.issue("laboratory")
    assert clinic.presses("3", 2) == ["A001", "H001"], "who still waits when it closes is called"
