"""A configuration that contradicts itself is refused as a whole, with every mistake named."""

from clinic_script import ClinicScript, department, room, site

from hub.domain.commands import AdmitUnit, CloseRoom, ConfigureSite, OpenRoom, PauseRoom
from hub.domain.configuration import Unit
from hub.domain.events import RoomPaused
from smartqueue.terms import Instant, RoomId, UnitKind, UnitName


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
