"""The last token of the day: closing time, quotas, and who may override them (queue-rules, Next, Close)."""

import pytest
from clinic_script import ClinicScript, department, doctor, room

from hub.domain.commands import FollowClock, ResumeIssuing, StopIssuing
from hub.domain.configuration import Span
from hub.domain.events import DepartmentClosed, IssuingResumed, IssuingStopped, TokenIssued
from smartqueue.terms import DepartmentId, Label, Need, OperatorId, Priority, Role

MINUTE = 60
MEDICINE = DepartmentId("medicine")


@pytest.fixture
def until_noon() -> ClinicScript:
    """Medicine (A, 10 minutes) in room 3, from 08:00 to 12:00; at 11:00."""
    return clinic_with(opens=8 * 60, closes=12 * 60).until("11:00")


def clinic_with(**more: object) -> ClinicScript:
    return ClinicScript().configure(
        department("medicine", "A", **more),
        rooms=(room("3", "medicine"), room("4")),
        operators=(
            doctor("ada", "3"),
            doctor("eve", None, supervisor=True),
            doctor("root", None, role=Role.ADMINISTRATOR),
        ),
    )


def issue_until_refused(clinic: ClinicScript) -> str | None:
    """The last label that was given out."""
    last = None
    while (label := clinic.issue()) is not None:
        last = label
    return last


# --- closing time -------------------------------------------------------------------------------------


def test_no_more_are_issued_once_the_backlogs_q85_no_longer_fits_before_closing(until_noon):
    """Cold start: q85 is twice 10 minutes for each who waits; three of them fill the hour."""
    assert issue_until_refused(until_noon) == "A004"
    assert (until_noon.refused, until_noon.refusal.values) == (
        "last_token_given",
        {"department": "medicine", "last": "A004"},
    )


def test_the_clock_stops_it_even_when_nobody_asks(until_noon):
    for _ in range(3):
        until_noon.issue()
    until_noon.until("11:00")
    assert until_noon.happened(IssuingStopped) == []
    until_noon.do(FollowClock(), after_s=1)
    stopped = IssuingStopped(MEDICINE, Label("A003"), full=True)
    assert until_noon.happened(IssuingStopped) == [stopped], "a fourth would be called at 12:00:01 by q85"
    until_noon.do(FollowClock(), after_s=1)
    assert until_noon.happened(IssuingStopped) == [stopped]


def test_it_stays_stopped_though_there_is_time_again(until_noon):
    for _ in range(4):
        until_noon.issue()
    until_noon.do(FollowClock())
    for label in ("A001", "A002", "A003", "A004"):
        until_noon.cancel(label)
    assert until_noon.issue() is None, "the last label of the day has been shown"


def test_whoever_waits_is_still_called(until_noon):
    last = issue_until_refused(until_noon)
    until_noon.do(FollowClock())
    assert until_noon.presses("3", 4)[-1] == last


def test_a_department_without_hours_never_stops():
    clinic = clinic_with()
    for _ in range(60):
        clinic.issue()
    clinic.until("03:59")
    assert clinic.issue() is not None


def test_before_closing_there_is_the_break_at_noon():
    """Of hours that meet, the later end counts; of a break the beginning."""
    hours = (Span(0, 8 * 60, 12 * 60), Span(0, 12 * 60, 13 * 60), Span(0, 15 * 60, 18 * 60))
    clinic = clinic_with(hours=hours).until("12:00")
    assert issue_until_refused(clinic) == "A004"


def test_closed_it_issues_nothing_and_calls_on(until_noon):
    until_noon.issue()
    until_noon.until("12:00")
    assert isinstance(until_noon.events[-1], DepartmentClosed)
    assert until_noon.issue() is None
    assert until_noon.refused == "department_closed"
    assert until_noon.press("3").label == "A001"


def test_a_room_on_a_break_that_ends_counts_and_one_without_an_end_does_not(until_noon):
    until_noon.pause_room("3", back_in_min=10)
    assert issue_until_refused(until_noon) == "A004"
    other = clinic_with(opens=8 * 60, closes=12 * 60).until("11:00")
    other.pause_room("3")
    for _ in range(10):
        assert other.issue() is not None, "without an estimate nothing is stopped"


def test_a_new_day_begins_to_issue_again(until_noon):
    issue_until_refused(until_noon)
    until_noon.do(FollowClock())
    until_noon.until("04:00").until("08:00")
    assert until_noon.issue() == "A001"


# --- overrides ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["eve", "root"])
def test_a_supervisor_may_issue_all_the_same(until_noon, who):
    issue_until_refused(until_noon)
    assert until_noon.issue(override=who) == "A005"
    assert until_noon.happened(TokenIssued)[-1].override == who
    assert until_noon.issue() is None, "for that one only"


def test_nobody_else_may(until_noon):
    issue_until_refused(until_noon)
    assert until_noon.issue(override="ada") is None
    assert (until_noon.refused, until_noon.refusal.values) == ("not_a_supervisor", {"operator": "ada"})
    until_noon.issue(override="nobody")
    assert until_noon.refused == "unknown_operator"


def test_an_emergency_is_always_issued(until_noon):
    issue_until_refused(until_noon)
    assert until_noon.issue(priority=Priority.EMERGENCY) == "A005"
    assert until_noon.issue(needs=(Need.PREGNANT,)) is None


def test_a_supervisor_may_resume_issuing_for_the_rest_of_the_day(until_noon):
    issue_until_refused(until_noon)
    until_noon.do(FollowClock())
    until_noon.do(ResumeIssuing(MEDICINE, OperatorId("ada")))
    assert until_noon.refused == "not_a_supervisor"
    until_noon.do(ResumeIssuing(MEDICINE, OperatorId("eve")))
    assert [until_noon.issue() for _ in range(3)] == ["A005", "A006", "A007"]
    until_noon.do(FollowClock(), after_s=MINUTE)
    until_noon.do(ResumeIssuing(MEDICINE, OperatorId("eve")))
    assert (len(until_noon.happened(IssuingStopped)), len(until_noon.happened(IssuingResumed))) == (1, 1)


def test_issuing_can_be_stopped_by_hand_and_says_which_was_the_last():
    clinic = clinic_with()
    clinic.issue()
    clinic.issue()
    assert clinic.do(StopIssuing(MEDICINE)).last == "A002"
    assert clinic.happened(IssuingStopped) == [IssuingStopped(MEDICINE, Label("A002"), full=False)]
    assert clinic.issue() is None
    assert clinic.do(StopIssuing(MEDICINE)).last == "A002"
    assert len(clinic.happened(IssuingStopped)) == 1, "again is no news"
    clinic.do(ResumeIssuing(MEDICINE))
    assert clinic.issue() == "A003"


def test_stopping_before_anybody_came_names_no_label():
    clinic = clinic_with()
    clinic.do(StopIssuing(MEDICINE))
    clinic.issue()
    assert clinic.refusal.values["last"] == "-"


def test_stopping_by_hand_ends_a_resumption(until_noon):
    until_noon.do(ResumeIssuing(MEDICINE, OperatorId("eve")))
    until_noon.do(StopIssuing(MEDICINE))
    assert until_noon.issue() is None


# --- quotas -------------------------------------------------------------------------------------------


def test_a_quota_is_for_a_day_and_counts_everybody():
    clinic = clinic_with(quota=2)
    clinic.issue()
    clinic.cancel("A001")
    clinic.check_in(clinic.book("09:00"))
    assert clinic.issue() is None
    assert (clinic.refused, clinic.refusal.values) == ("quota_reached", {"department": "medicine", "quota": 2})
    clinic.until("04:00").until("08:00")
    assert clinic.issue() == "A001"


def test_a_supervisor_an_emergency_and_an_appointment_are_beyond_the_quota():
    clinic = clinic_with(quota=1)
    booked = clinic.book("09:00")
    clinic.issue()
    assert clinic.issue(override="eve") == "A002"
    assert clinic.issue(priority=Priority.EMERGENCY) == "A003"
    assert clinic.check_in(booked) == "A004"
    assert clinic.issue() is None


def test_resumed_issuing_keeps_to_the_quota():
    clinic = clinic_with(quota=1)
    clinic.issue()
    clinic.do(StopIssuing(MEDICINE))
    clinic.do(ResumeIssuing(MEDICINE))
    assert clinic.issue() is None
    assert clinic.refused == "quota_reached"


def test_a_transfer_is_beyond_quota_and_closing():
    clinic = ClinicScript().configure(
        department("medicine", "A"),
        department("laboratory", "H", quota=1, opens=8 * 60, closes=9 * 60),
        rooms=(room("3", "medicine"), room("5", "laboratory")),
    )
    clinic.issue("laboratory")
    clinic.issue("medicine")
    clinic.until("10:00")
    clinic.transfer("A001", "laboratory")
    assert clinic.presses("5", 2) == ["H001", "A001"]
