"""A configuration that contradicts itself is refused as a whole, with every mistake named."""

from dataclasses import replace

import pytest
from clinic_script import EN, ClinicScript, department, doctor, room, shift, site, step, visit_type

from hub.domain.clinic import twin
from hub.domain.commands import AdmitUnit, CancelAppointment, CloseRoom, ConfigureSite, OpenRoom, PauseRoom
from hub.domain.configuration import Leave, Rules, Span, Unit
from hub.domain.events import LeaseRevoked, RoomPaused
from smartqueue.terms import Day, Instant, LeaveReason, OperatorId, Priority, RoomId, UnitKind, UnitName


def mistakes(clinic: ClinicScript, *departments, rooms=(), **more) -> list[str]:
    clinic.do(ConfigureSite(site(**more), departments, rooms, ()))
    assert clinic.refused == "invalid_configuration"
    return clinic.refusal.values["errors"]


def test_two_departments_with_one_letter_are_refused():
    assert mistakes(ClinicScript(), department("a", "A"), department("b", "A")) == ["letter 'A' is given 2 times"]


def test_every_mistake_is_named_at_once():
    found = mistakes(
        ClinicScript(),
        department("Eye Clinic", "k", minutes=0),
        rooms=(room("1", "dentist"),),
        zone="Mars/Base",
        public_url="q.example",
    )
    text = "\n".join(found)
    assert len(found) == 6
    for part in (
        "Mars/Base",
        "public_url",
        "an id has",
        "letter 'k'",
        "minutes is 1 to 240",
        "no department 'dentist'",
    ):
        assert part in text


def test_a_department_with_tokens_today_can_not_be_removed(clinic):
    clinic.issue("laboratory")
    found = mistakes(clinic, department("medicine", "A"), rooms=(room("3", "medicine"),))
    assert found == ["department 'laboratory' has tokens today; remove it tomorrow"]


def test_a_department_added_during_the_day_issues_at_once(clinic):
    departments = (*clinic.state.departments.values(), department("eye", "K"))
    clinic.do(ConfigureSite(site(), departments, tuple(clinic.state.rooms.values()), ()))
    assert clinic.issue("eye") == "K001"


def test_a_caller_needs_a_room_that_exists(clinic):
    clinic.do(AdmitUnit(Unit(UnitName("c1"), UnitKind.CALLER)))
    assert clinic.refused == "invalid_configuration"
    clinic.do(AdmitUnit(Unit(UnitName("c1"), UnitKind.CALLER, RoomId("room-9"))))
    assert "no room 'room-9'" in clinic.refusal.values["errors"][0]
    clinic.do(AdmitUnit(Unit(UnitName("c1"), UnitKind.CALLER, RoomId("room-3"))))
    assert clinic.refused is None
    clinic.do(AdmitUnit(Unit(UnitName("c1"), UnitKind.KIOSK)))
    assert clinic.refused == "invalid_configuration"


def test_a_paused_or_closed_room_calls_nobody(clinic):
    clinic.issue()
    clinic.do(PauseRoom(RoomId("room-3"), Instant(clinic.now + 600_000)))
    clinic.press("3")
    assert clinic.refused == "room_paused"
    clinic.do(CloseRoom(RoomId("room-3")))
    clinic.press("3")
    assert clinic.refused == "room_closed"
    clinic.do(OpenRoom(RoomId("room-3")))
    assert clinic.press("3").label == "A001"


def test_pausing_twice_says_nothing_new(clinic):
    clinic.do(PauseRoom(RoomId("room-3")))
    clinic.do(PauseRoom(RoomId("room-3")))
    assert sum(isinstance(event, RoomPaused) for event in clinic.events) == 1


def test_a_return_lies_ahead_by_a_day_at_most(clinic):
    for minutes in (-1, 0, 24 * 60 + 1):
        clinic.do(PauseRoom(RoomId("room-3"), Instant(clinic.now + minutes * 60_000)))
        assert clinic.refused == "bad_return_time"
    clinic.do(PauseRoom(RoomId("room-3"), Instant(clinic.now + 24 * 3600_000)))
    assert clinic.refused is None


def test_a_letter_that_is_on_tickets_today_can_not_be_given_to_another_department(clinic):
    clinic.issue("medicine")
    found = mistakes(
        clinic, department("medicine", "H"), department("laboratory", "A"), rooms=tuple(clinic.state.rooms.values())
    )
    assert found == ["department 'medicine' has tokens with letter 'A' today; change it tomorrow"]


def test_a_room_names_each_department_once():
    found = mistakes(ClinicScript(), department("eye", "K"), rooms=(room("1", "eye", "eye"),))
    assert found == ["room 'room-1': a department is given twice"]


@pytest.mark.parametrize(
    "address",
    ["http://", "http://[x", "http://[::::]", "https://q.example:99999", "http://a b", "javascript:x", "http://u@q/"],
)
def test_an_address_that_leads_nowhere_is_refused(address):
    assert "public_url" in mistakes(ClinicScript(), public_url=address)[0]


@pytest.mark.parametrize("address", ["HTTPS://q.example", "http://192.0.2.7:8080/queue/", "http://[2001:db8::7]:80"])
def test_an_address_that_leads_somewhere_is_taken(address):
    clinic = ClinicScript()
    clinic.do(ConfigureSite(site(public_url=address), (), (), ()))
    assert clinic.refused is None


def test_texts_that_could_command_a_printer_are_refused_wherever_they_stand():
    wrong = department("eye", "K", areas={EN: "area \x1b@"}, names={EN: "Eyes \x9b"}, icon="\x1d", ground=-1)
    found = mistakes(ClinicScript(), wrong, rooms=(replace(room("1", "eye"), number="\x1b@"),))
    for part in ("eye': the text", "areas", "icon", "ground", "number"):
        assert any(part in one for one in found)


# --- what can't be right ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rules", "named"),
    [
        ({"run_cap": 0}, "run_cap is 1 to 20, not 0"),
        ({"credit_min": 121}, "credit_min is 0 to 120, not 121"),
        ({"credit_min": -1}, "credit_min is 0 to 120, not -1"),
        ({"return_place": 0}, "return_place is 1 to 50, not 0"),
    ],
)
def test_rules_out_of_their_range_are_refused_for_site_and_department(rules, named):
    found = mistakes(ClinicScript(), department("eye", "K", rules=Rules(**rules)), rules=Rules(**rules))
    assert found == [f"site: {named}", f"department 'eye': {named}"]


@pytest.mark.parametrize("letter", ["I", "O", "Q", "S", "Z", "B", "D", "G", "V", "AB", "abc", ""])
def test_letters_that_look_or_sound_like_others_or_are_none_are_refused(letter):
    assert len(mistakes(ClinicScript(), department("eye", letter))) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (shift(0, 8, 12), shift(0, 11, 16)),
        (shift(0, 20, 6), shift(1, 5, 9)),
        (shift(6, 22, 3), shift(0, 2, 8)),
        (shift(2, 8, 8), shift(2, 9, 10)),
    ],
    ids=["on one day", "over midnight", "from Sunday to Monday", "around the clock"],
)
def test_shifts_that_overlap_are_refused(first, second):
    clinic = ClinicScript()
    clinic.do(ConfigureSite(site(), (), (), (doctor("ada", schedule=(first, second)),)))
    (mistake,) = clinic.refusal.values["errors"]
    assert mistake.startswith("operator 'ada': schedule: two of them overlap on weekday")


def test_shifts_that_meet_are_no_overlap():
    clinic = ClinicScript()
    clinic.do(ConfigureSite(site(), (), (), (doctor("ada", schedule=(shift(0, 8, 12), shift(0, 12, 16))),)))
    assert clinic.refused is None


def test_opening_hours_that_overlap_are_refused():
    hours = (Span(0, 480, 720), Span(0, 700, 900))
    assert mistakes(ClinicScript(), department("eye", "K", hours=hours)) == [
        "department 'eye': hours: two of them overlap on weekday 0 (0 = Monday)"
    ]


def test_steps_rooms_and_doctors_that_do_not_exist_are_all_named():
    kind = visit_type("both", step("dentist"), step(), step("eye", doctor="bob"), step("eye", doctor="ada"))
    clinic = ClinicScript()
    ada = doctor("ada", "9", "laboratory")
    departments = (department("eye", "K", visit_types=(kind,)), department("laboratory", "H"))
    clinic.do(ConfigureSite(site(), departments, (room("3", "eye"), room("3", "eye")), (ada, ada)))
    text = "\n".join(clinic.refusal.values["errors"])
    for part in ("no department 'dentist'", "names no department", "no operator 'bob'", "does not work for every"):
        assert part in text
    for part in (
        "room 'room-3' is given 2 times",
        "operator 'ada' is given 2 times",
        "operator 'ada': no room 'room-9'",
    ):
        assert part in text


def test_leave_that_ends_before_it_begins_and_days_that_are_none_are_refused():
    leave = (
        Leave(Day("2026-03-09"), Day("2026-03-02"), LeaveReason.HOLIDAY),
        Leave(Day("2026-13-01"), Day("soon"), LeaveReason.HOLIDAY),
    )
    clinic = ClinicScript()
    clinic.do(ConfigureSite(site(holidays=("2026-3-2",)), (), (), (doctor("ada", leave=leave),)))
    assert len(clinic.refusal.values["errors"]) == 4


def test_a_refused_configuration_changes_nothing(clinic):
    before = twin(clinic.state)
    clinic.reconfigure(department("eye", "A"))
    assert clinic.refused == "invalid_configuration"
    assert clinic.state == before


# --- what is in use -----------------------------------------------------------------------------------


def without(clinic: ClinicScript, name: str) -> list[str]:
    """The mistakes of a configuration that no longer has this department."""
    state = clinic.state
    kept = tuple(one for one in state.departments.values() if one.id != name)
    rooms = tuple(
        replace(one, departments=tuple(d for d in one.departments if d != name)) for one in state.rooms.values()
    )
    clinic.do(ConfigureSite(site(), kept, rooms, tuple(state.operators.values())))
    return clinic.refusal.values["errors"] if clinic.refused else []


def test_a_department_whose_labels_are_out_stays_until_tomorrow(clinic):
    """A001 is alive in the laboratory: another department with the letter A would give it out again."""
    clinic.issue("medicine")
    clinic.transfer("A001", "laboratory")
    assert without(clinic, "medicine") == ["department 'medicine' has tokens today; remove it tomorrow"]
    clinic.until("04:00")
    assert without(clinic, "medicine") == []


def test_a_department_that_somebody_goes_on_to_stays(clinic):
    clinic.issue("medicine", services=("laboratory",))
    assert without(clinic, "laboratory") == ["department 'laboratory' has tokens today; remove it tomorrow"]


def test_a_department_to_which_an_undo_leads_back_stays():
    clinic = ClinicScript().configure(
        department("emergency", "W", always_open=True),
        department("medicine", "A"),
        department("laboratory", "H"),
        rooms=(room("1", "emergency"), room("3", "medicine"), room("5", "laboratory")),
    )
    clinic.issue("emergency")
    clinic.until("04:00")
    clinic.transfer("W001", "medicine")
    clinic.press("3")
    clinic.transfer("W001", "laboratory", after_s=20)
    assert without(clinic, "medicine") == ["department 'medicine' has tokens today; remove it tomorrow"]
    clinic.undo("3")
    assert (clinic.refused, clinic.current("3")) == (None, "W001")


def test_a_department_with_appointments_stays_until_they_are_cancelled(clinic):
    booked = clinic.book("09:00")
    assert without(clinic, "medicine") == ["department 'medicine' has 1 appointments; cancel them first"]
    clinic.do(CancelAppointment(booked))
    assert without(clinic, "medicine") == []


def test_a_room_that_is_in_use_stays(clinic):
    clinic.issue()
    clinic.press("3")
    clinic.reconfigure(rooms=(room("4", "medicine"),))
    assert clinic.refusal.values["errors"] == ["room 'room-3' is in use; free it first"]


@pytest.mark.parametrize("state", ["waiting", "parked", "no-show", "planned", "booked"])
def test_a_doctor_somebody_waits_for_or_will_wait_for_stays(practice, state):
    if state == "booked":
        practice.book("09:00", doctor=OperatorId("ada"))
    elif state == "planned":
        practice.issue()
        practice.transfer("A001", "medicine", doctor="ben", plan=(step("medicine", doctor="ada"),))
    else:
        practice.issue(doctor="ada")
    if state == "parked":
        practice.park("A001")
    if state == "no-show":
        practice.press("3")
        practice.no_show("A001", after_s=30)
    practice.reconfigure(operators=(doctor("ben", "4"),))
    assert practice.refused == "invalid_configuration"
    assert "operator 'ada' is waited for by 1" in practice.refusal.values["errors"][0]


def test_a_block_of_a_department_that_goes_or_changes_its_letter_is_revoked(clinic):
    kiosk = clinic.kiosk()
    ours, other = clinic.lease(kiosk, "medicine"), clinic.lease(kiosk, "laboratory")
    clinic.reconfigure(department("medicine", "K"))
    assert [event.lease for event in clinic.happened(LeaseRevoked)] == [ours.lease]
    assert without(clinic, "laboratory") == []
    assert [event.lease for event in clinic.happened(LeaseRevoked)] == [ours.lease, other.lease]
    clinic.merge(ours, kiosk, clinic.offline(501))
    assert clinic.refused == "lease_revoked"


def test_the_letter_of_labels_that_live_on_is_not_given_out_twice():
    clinic = ClinicScript().configure(
        department("emergency", "W", always_open=True), department("medicine", "A"), rooms=(room("1", "emergency"),)
    )
    clinic.issue("emergency")
    clinic.issue("emergency")
    clinic.until("04:00")
    clinic.reconfigure(department("emergency", "K"), department("medicine", "W"))
    issued = [clinic.issue("medicine"), clinic.issue("emergency")] if clinic.refused is None else []
    assert not {"W001", "W002"} & set(issued)


def test_a_new_configuration_moves_nobody_who_waits(clinic):
    for priority in (None, Priority.HIGH, Priority.EMERGENCY, None):
        clinic.issue(priority=priority)
    before = clinic.queue()
    clinic.reconfigure(department("medicine", "A", minutes=20, target_min=60))
    assert clinic.queue() == before
