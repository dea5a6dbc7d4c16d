"""What a token goes through, as a report counts it: arrivals, waits, walks, services, endings."""

import pytest
from report_story import LABORATORY, MEDICINE, MONDAY, Story, carried, department, hour, of, operator

from hub.domain.events import (
    AppointmentBooked,
    KnownAppointment,
    KnownLease,
    LateTokensReported,
    LeaseGranted,
    LeaseRevoked,
    PrioritySet,
    SiteConfigured,
)
from hub.domain.reports.figures import NOTHING
from hub.domain.reports.making import make_report
from hub.domain.reports.period import period_of
from smartqueue.terms import (
    AppointmentId,
    CancelReason,
    Day,
    DepartmentId,
    LeaseId,
    Need,
    Priority,
    PriorityReason,
    TokenId,
    UnitName,
)

TUESDAY = Day("2026-03-03")


@pytest.fixture
def story() -> Story:
    """Monday 2026-03-02 in UTC; medicine aims at 30 minutes, the laboratory at 10."""
    return Story().open()


def lease(identifier="lease-1", day=MONDAY, first=501, last=510):
    return LeaseGranted(LeaseId(identifier), UnitName("hall"), DepartmentId("medicine"), day, first, last)


# --- nothing ------------------------------------------------------------------------------------------


def test_a_day_without_any_event_is_all_zeros():
    report = make_report(period_of("day", MONDAY, MONDAY), [])
    assert (report.site, report.days, report.closed) == (None, 0, 0)
    assert report.total.arrivals.issued == 0
    assert report.total.waits == NOTHING
    assert report.total.endings.abandoned_share is None
    assert report.total.fairness.mean is None
    assert [row.hours for row in report.hours] == [0.0] * 24
    assert report.promises[0].scores is None


def test_a_day_on_which_nobody_came_lists_its_departments_with_zeros(story):
    report = story.close().report()
    assert [row.department for row in report.departments] == ["medicine", "laboratory"]
    assert of(report, "medicine").figures == of(report, "laboratory").figures
    assert (report.days, report.closed) == (1, 1)


def test_an_open_day_is_reported_as_far_as_it_has_come(story):
    report = story.at("09:00").issue("A001").report()
    assert (report.days, report.closed, report.total.arrivals.issued) == (1, 0, 1)
    assert report.total.endings.unserved == 0


# --- arrivals -----------------------------------------------------------------------------------------


def test_arrivals_tell_kiosks_that_were_alone_and_appointments_apart(story):
    story.at("08:50").happens(lease()).issue("A501", lease=LeaseId("lease-1"))
    story.at("09:00").issue("A001").issue("A002", appointment=AppointmentId("p1"))
    arrivals = story.report().total.arrivals
    assert (arrivals.issued, arrivals.offline, arrivals.appointments) == (3, 1, 1)


def test_an_appointment_that_nobody_came_for_is_counted_in_its_department(story):
    booked = AppointmentBooked(AppointmentId("p1"), LABORATORY.id, story.now)
    report = story.happens(booked).close(missed=(AppointmentId("p1"),)).report()
    assert (report.total.arrivals.missed, of(report, "laboratory").figures.arrivals.missed) == (1, 1)
    assert of(report, "medicine").figures.arrivals.missed == 0


def test_an_appointment_that_was_booked_on_an_earlier_day_is_known_from_the_day_opened():
    known = KnownAppointment(AppointmentId("p1"), LABORATORY.id, 0, None, None, (), None, "")
    report = Story().open(appointments=(known,)).close(missed=(AppointmentId("p1"),)).report()
    assert of(report, "laboratory").figures.arrivals.missed == 1


def test_numbers_of_a_block_that_nobody_got_are_burnt_when_the_day_ends(story):
    story.happens(lease()).issue("A501", lease=LeaseId("lease-1")).issue("A502", lease=LeaseId("lease-1"))
    assert story.report().total.arrivals.burnt == 0
    assert of(story.close().report(), "medicine").figures.arrivals.burnt == 8


def test_numbers_of_a_revoked_block_are_burnt_at_once(story):
    story.happens(lease()).issue("A501", lease=LeaseId("lease-1")).happens(LeaseRevoked(LeaseId("lease-1")))
    assert story.report().total.arrivals.burnt == 9
    assert story.close().report().total.arrivals.burnt == 9


def test_skipped_numbers_and_labels_that_still_live_were_never_there_to_be_burnt():
    story = Story(skip=(503, 504))
    story.open().at("23:00").issue("A505").close(carried=("A505",))
    story.open(TUESDAY, carried=(carried("A505", issued_at=story.records[1].at),)).happens(lease(day=TUESDAY))
    assert story.close().report(date=TUESDAY).total.arrivals.burnt == 7


def test_a_block_for_tomorrow_is_burnt_tomorrow():
    known = KnownLease(LeaseId("l2"), UnitName("hall"), MEDICINE.id, TUESDAY, 501, 510, 0, {501: ("touch-01", "t1")})
    story = Story().open().happens(lease("l2", TUESDAY)).close()
    story.open(TUESDAY, leases=(known,)).close()
    assert story.report().total.arrivals.burnt == 0
    assert story.report(date=TUESDAY).total.arrivals.burnt == 9


def test_a_block_that_was_revoked_before_its_day_is_burnt_on_its_day():
    known = KnownLease(LeaseId("l2"), UnitName("hall"), MEDICINE.id, TUESDAY, 501, 510, 0, revoked=True)
    assert Story().open(TUESDAY, leases=(known,)).report(date=TUESDAY).total.arrivals.burnt == 10


def test_numbers_of_an_earlier_day_count_on_the_day_on_which_they_became_known(story):
    late = LateTokensReported(LeaseId("lease-0"), Day("2026-03-01"), MEDICINE.id, (501, 502))
    report = story.happens(late).report()
    assert (report.total.arrivals.late, of(report, "medicine").figures.arrivals.late) == (2, 2)
    assert report.total.arrivals.issued == 0


def test_trials_are_left_out_of_everything(story):
    story.at("09:00").issue("A001", trial=True, needs=(Need.DEAF,)).issue("A002")
    story.at("09:10").call("A001", overtook=("A002",)).call("A002", overtook=("A001",))
    story.at("09:20").start("A001").finish("A001").no_show("A002").issue("A003", trial=True)
    report = story.close("A003").report()
    figures = report.total
    assert (figures.arrivals.issued, figures.calls.calls, figures.consultations, figures.waits.count) == (1, 1, 0, 1)
    assert figures.endings.unserved == 0
    assert figures.fairness.overtaken == 0
    assert sum(row.overtook for row in figures.fairness.reasons) == 0
    assert report.needs == ()
    assert sum(row.arrivals for row in report.hours) == 1


# --- waits --------------------------------------------------------------------------------------------


def test_a_wait_lasts_from_the_ticket_to_the_first_call(story):
    story.at("09:00").issue("A001").issue("A002").issue("A003")
    story.at("09:10").call("A001").at("09:30").call("A002").at("10:00").call("A003")
    waits = story.report().total.waits
    assert (waits.count, waits.mean_s, waits.median_s, waits.p90_s) == (3, 2000, 1800, 3600)


def test_a_recall_ends_no_second_wait(story):
    story.at("09:00").issue("A001").at("09:10").call("A001").at("09:11").call("A001", attempt=2)
    report = story.report()
    assert (report.total.waits.count, report.total.calls.calls, report.total.calls.recalls) == (1, 1, 1)


def test_somebody_who_came_early_waits_from_the_booked_time_on(story):
    booked = story.at("10:00").now
    story.at("09:20").issue("A001", appointment=AppointmentId("p1"), base=booked, entered_at=booked)
    story.at("10:05").call("A001")
    report = story.report()
    assert report.total.waits.mean_s == 300
    assert (hour(report, 9).arrivals, hour(report, 10).arrivals) == (1, 0)


def test_somebody_who_is_called_before_the_booked_time_has_not_waited(story):
    booked = story.at("10:00").now
    story.at("09:20").issue("A001", appointment=AppointmentId("p1"), base=booked, entered_at=booked)
    assert story.at("09:30").call("A001").report().total.waits.max_s == 0


def test_somebody_with_a_ticket_from_a_kiosk_that_was_alone_waits_from_the_touch_on(story):
    touched = story.at("09:00").now
    story.at("09:30").issue("A501", lease=LeaseId("lease-1"), base=touched, entered_at=touched)
    report = story.at("09:40").call("A501").report()
    assert report.total.waits.mean_s == 2400
    assert hour(report, 9).arrivals == 1


def test_time_away_is_no_wait(story):
    story.at("09:00").issue("A001").at("09:10").park("A001").at("09:40").resume("A001").at("09:45").call("A001")
    figures = story.report().total
    assert figures.waits.mean_s == 15 * 60
    assert figures.away.mean_s == 30 * 60


def test_each_department_has_its_own_wait_and_the_visit_has_all_of_them(story):
    story.at("09:00").issue("A001").at("09:10").call("A001").start("A001")
    story.at("09:15").finish("A001", then="laboratory")
    story.at("09:35").call("A001").start("A001").at("09:40").finish("A001", then="medicine")
    story.at("09:43").call("A001").start("A001").at("09:50").finish("A001")
    report = story.report()
    assert of(report, "laboratory").figures.waits.mean_s == 20 * 60
    assert of(report, "medicine").figures.waits.count == 2
    assert report.visit_waits.mean_s == (10 + 20 + 3) * 60
    assert report.visit_waits.count == report.total.endings.served == 1
    assert report.total.consultations == 3
    assert of(report, "laboratory").figures.arrivals.moved_in == 1
    assert of(report, "laboratory").figures.arrivals.issued == 0


def test_a_transfer_begins_a_new_wait_in_the_other_department(story):
    story.at("09:00").issue("A001").at("09:10").transfer("A001", "laboratory").at("09:25").call("A001")
    report = story.report()
    assert of(report, "medicine").figures.waits.count == 0
    assert of(report, "laboratory").figures.waits.mean_s == 15 * 60


def test_a_transfer_to_another_doctor_of_the_department_is_no_arrival_there(story):
    story.at("09:00").issue("A001").at("09:10").transfer("A001", "medicine")
    assert story.report().total.arrivals.moved_in == 0


def test_a_no_show_who_is_back_has_no_second_first_call(story):
    story.at("09:00").issue("A001").at("09:10").call("A001").at("09:12").no_show("A001")
    story.at("09:20").comes_back("A001").at("09:30").serve("A001", 5)
    report = story.report()
    assert (report.total.waits.count, report.total.waits.mean_s) == (1, 600)
    assert report.visit_waits.mean_s == 1200
    assert (report.total.calls.calls, report.total.calls.no_shows, report.total.calls.returns) == (2, 1, 1)


def test_waits_of_normal_priority_stand_apart(story):
    story.at("09:00").issue("A001").issue("A002", priority=Priority.HIGH).issue("A003")
    story.happens(PrioritySet(TokenId("A003"), Priority.EMERGENCY, PriorityReason.WORSE))
    story.at("09:10").call("A001").call("A002").call("A003")
    assert (story.report().total.waits.count, story.report().total.normal_waits.count) == (3, 1)


def test_a_wait_as_long_as_the_target_is_within_it(story):
    story.at("09:00").issue("A001").issue("A002").issue("H001", "laboratory").issue("H002", "laboratory")
    story.at("09:10").call("H001").at("09:10:01").call("H002").at("09:30").call("A001").at("09:30:01").call("A002")
    report = story.report()
    assert of(report, "medicine").figures.within_target == 1
    assert of(report, "laboratory").figures.within_target_share == 0.5
    assert (report.total.within_target, report.total.within_target_share) == (2, 0.5)


def test_the_target_is_the_one_that_was_configured_when_the_call_came(story):
    story.at("09:00").issue("A001").issue("A002").at("09:10").call("A001")
    story.happens(SiteConfigured(story.site, (department("medicine", "A", target_min=5),), (), ()))
    report = story.at("09:11").call("A002").report()
    assert (report.total.within_target, of(report, "medicine").target_min) == (1, 5)


def test_a_department_that_exists_no_more_keeps_its_figures(story):
    story.at("09:00").issue("H001", "laboratory").at("09:05").call("H001")
    story.happens(SiteConfigured(story.site, (MEDICINE,), (), ()))
    row = of(story.report(), "laboratory")
    assert (row.names, row.target_min, row.figures.waits.count) == ({}, None, 1)


# --- in the room --------------------------------------------------------------------------------------


def test_a_walk_lasts_from_the_call_to_the_start_recalls_within(story):
    story.at("09:00").issue("A001").at("09:10").call("A001").at("09:11").call("A001", attempt=2)
    story.at("09:12").start("A001").at("09:20").finish("A001")
    figures = story.report().total
    assert (figures.walks.mean_s, figures.services.mean_s) == (120, 480)


def test_an_implied_start_tells_neither_walk_nor_service(story):
    story.at("09:00").issue("A001").at("09:10").call("A001")
    story.at("09:20").start("A001", implied=True).finish("A001")
    figures = story.report().total
    assert (figures.walks.count, figures.services.count, figures.consultations) == (0, 0, 1)


def test_a_no_show_walked_nowhere(story):
    story.at("09:00").issue("A001").at("09:10").call("A001").at("09:12").no_show("A001")
    assert story.report().total.walks.count == 0


def test_a_service_ends_when_the_room_is_left_for_whatever_reason(story):
    story.at("09:00").issue("A001").issue("A002")
    story.at("09:10").call("A001").start("A001").at("09:15").park("A001")
    story.at("09:20").call("A002").start("A002").at("09:27").transfer("A002", "laboratory")
    services = story.report().total.services
    assert (services.count, services.mean_s) == (2, 360)


def test_a_service_longer_than_three_times_the_usual_is_left_out(story):
    story.at("09:00")
    for number in range(1, 21):
        story.issue(f"A{number:03}").serve(f"A{number:03}", 10, operator="doctor-1")
    story.issue("A021").serve("A021", 30, operator="doctor-1").issue("A022").serve("A022", 30.1, operator="doctor-1")
    report = story.report()
    assert (report.total.services.count, report.total.services_left_out) == (21, 1)
    assert report.total.services.max_s == 1800
    assert operator(report, "doctor-1").services.count == 21
    assert report.total.consultations == 22


def test_what_is_usual_is_each_departments_own(story):
    story.at("09:00")
    for number in range(1, 21):
        story.issue(f"A{number:03}").serve(f"A{number:03}", 20)
        story.issue(f"H{number:03}", "laboratory").serve(f"H{number:03}", 2)
    report = story.issue("H021", "laboratory").serve("H021", 7).report()
    assert (of(report, "laboratory").figures.services_left_out, of(report, "medicine").figures.services_left_out) == (
        1,
        0,
    )
    assert report.total.services_left_out == 1
    assert report.total.services.max_s == 1200


def test_few_services_are_all_believed(story):
    story.at("09:00").issue("A001").serve("A001", 60)
    for number in range(2, 10):
        story.issue(f"A{number:03}").serve(f"A{number:03}", 1)
    report = story.report()
    assert (report.total.services.count, report.total.services_left_out) == (9, 0)
    report = story.issue("A010").serve("A010", 1).report()
    assert (report.total.services.count, report.total.services_left_out) == (9, 1)


def test_what_is_still_in_a_room_when_the_day_ends_is_no_service_time(story):
    story.at("17:00").issue("A001").call("A001").start("A001")
    figures = story.close("A001").report().total
    assert (figures.services.count, figures.endings.unserved) == (0, 1)


def test_who_cancels_while_away_was_away_until_then(story):
    story.at("09:00").issue("A001").at("09:10").park("A001").at("09:30").cancel("A001")
    figures = story.report().total
    assert (figures.away.mean_s, figures.endings.left) == (20 * 60, 1)


# --- endings ------------------------------------------------------------------------------------------


def test_visits_end_in_many_ways(story):
    story.at("09:00")
    for number in range(1, 8):
        story.issue(f"A00{number}")
    story.at("09:10").serve("A001", 5)
    story.cancel("A002").cancel("A003", CancelReason.OPERATOR).cancel("A004", CancelReason.KIOSK)
    story.call("A005").no_show("A005").call("A006").no_show("A006").comes_back("A006")
    endings = story.close("A006", "A007").report().total.endings
    assert (endings.served, endings.withdrawn, endings.left) == (1, 2, 1)
    assert (endings.unserved, endings.never_returned) == (2, 1)
    assert (endings.abandoned, endings.abandoned_share) == (4, 0.8)


def test_a_no_show_may_still_come_back_while_the_day_lasts(story):
    story.at("09:00").issue("A001").call("A001").no_show("A001")
    assert story.report().total.endings.never_returned == 0
    assert story.close().report().total.endings.never_returned == 1


# --- by hour, operator, need --------------------------------------------------------------------------


def test_each_hour_has_what_happened_in_it(story):
    story.at("09:50").issue("A001").at("10:05").call("A001").start("A001").at("11:00").finish("A001")
    report = story.report()
    assert [(row.hour, row.arrivals) for row in report.hours if row.arrivals] == [(9, 1)]
    assert [(row.hour, row.calls) for row in report.hours if row.calls] == [(10, 1)]
    assert [(row.hour, row.consultations) for row in report.hours if row.consultations] == [(11, 1)]
    assert hour(report, 9).waits.mean_s == 15 * 60


def test_a_call_belongs_to_who_worked_in_the_room(story):
    story.at("09:00").issue("A001").issue("A002").issue("A003")
    story.at("09:10").serve("A001", 5, operator="doctor-1").serve("A002", 9, operator="doctor-2")
    story.call("A003", operator="doctor-2").call("A003", attempt=2, operator="doctor-2").no_show("A003")
    report = story.report()
    first, second = operator(report, "doctor-1"), operator(report, "doctor-2")
    assert (first.calls, first.consultations, first.services.mean_s, first.no_shows) == (1, 1, 300, 0)
    assert (second.calls, second.recalls, second.consultations, second.no_shows) == (2, 1, 1, 1)
    assert (second.services.mean_s, second.walks.count) == (540, 1)


def test_a_call_from_a_room_without_an_operator_belongs_to_nobody(story):
    report = story.at("09:00").issue("A001").serve("A001", 5).report()
    assert [row.operator for row in report.operators] == [None]


def test_needs_tell_counts_and_waits_and_no_token(story):
    story.at("09:00").issue("A001", needs=(Need.DEAF, Need.ELDERLY)).issue("A002", needs=(Need.DEAF,)).issue("A003")
    report = story.at("09:10").call("A001").call("A003").report()
    assert [(row.need, row.arrivals, row.waits.count) for row in report.needs] == [
        (Need.ELDERLY, 1, 1),
        (Need.DEAF, 2, 1),
    ]
    assert "A001" not in repr(report)
