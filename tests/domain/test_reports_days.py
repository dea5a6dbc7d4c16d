"""Days, weeks and months: clocks that change, tokens that live on, commands that were undone."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_story import MONDAY, Story, carried, department, hour, of, operator

from hub.domain.clinic_day import end_of, start_of
from hub.domain.reports.hours import hours_of
from hub.domain.reports.records import HELD_MS
from hub.domain.rooms import UNDO_MS
from smartqueue.terms import CallReason, Day, TokenState

TUESDAY = Day("2026-03-03")
EMERGENCY = department("medicine", "A", always_open=True)


@pytest.fixture
def story() -> Story:
    return Story().open()


# --- the local clock ----------------------------------------------------------------------------------


def test_hours_are_those_of_the_sites_zone():
    story = Story(zone="Asia/Kolkata").open()
    story.at_instant(datetime(2026, 3, 2, 4, 45, tzinfo=UTC)).issue("A001")
    assert [row.hour for row in story.report().hours if row.arrivals] == [10]


def test_a_day_on_which_clocks_go_forward_has_23_hours():
    saturday = Day("2026-03-28")
    report = Story(zone="Europe/Berlin").open(saturday).close().report(date=saturday)
    assert sum(row.hours for row in report.hours) == 23
    assert [row.hour for row in report.hours if row.hours != 1] == [2]
    assert hour(report, 2).hours == 0


def test_a_day_on_which_clocks_go_back_has_25_hours():
    saturday = Day("2026-10-24")
    story = Story(zone="Europe/Berlin").open(saturday)
    for minute in (30, 90, 150):  # 02:30, 02:30 again, 03:30
        story.at_instant(datetime(2026, 10, 25, minute // 60, minute % 60, tzinfo=UTC)).issue(f"A{minute:03}")
    report = story.close().report(date=saturday)
    assert sum(row.hours for row in report.hours) == 25
    assert (hour(report, 2).hours, hour(report, 2).arrivals) == (2, 2)
    assert (hour(report, 3).hours, hour(report, 3).arrivals) == (1, 1)


def test_a_wait_across_the_change_lasts_as_long_as_it_really_did():
    saturday = Day("2026-10-24")
    story = Story(zone="Europe/Berlin").open(saturday)
    story.at_instant(datetime(2026, 10, 25, 0, 30, tzinfo=UTC)).issue("A001")
    story.at_instant(datetime(2026, 10, 25, 1, 30, tzinfo=UTC)).call("A001")
    assert story.report(date=saturday).total.waits.mean_s == 3600


def test_half_an_hours_change_is_half_an_hour():
    site = Story(zone="Australia/Lord_Howe").site
    assert hours_of(Day("2026-04-04"), site)[1] == 1.5
    assert hours_of(Day("2026-10-03"), site)[2] == 0.5


@given(
    st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"]),
    st.dates(datetime(2020, 1, 1).date(), datetime(2030, 1, 1).date()),
)
def test_the_hours_of_a_day_add_up_to_its_length(zone, day):
    site, name = Story(zone=zone).site, Day(day.isoformat())
    assert sum(hours_of(name, site)) * 3_600_000 == end_of(name, site) - start_of(name, site)


def test_a_week_adds_the_hours_of_the_days_on_which_the_hub_ran():
    story = Story().open().at("09:00").issue("A001").close().open(TUESDAY).at("09:30").issue("A002").close()
    report = story.report("week")
    assert (hour(report, 9).hours, hour(report, 9).arrivals) == (2, 2)


# --- periods ------------------------------------------------------------------------------------------


def test_a_day_a_week_and_a_month_have_one_shape_and_agree_on_one_day(story):
    story.at("09:00").issue("A001").issue("A002").at("09:10").serve("A001", 5).close("A002")
    day, week, month = (story.report(kind) for kind in ("day", "week", "month"))
    assert day.total == week.total == month.total
    assert day.hours == week.hours == month.hours
    assert (week.period.first, week.period.last) == ("2026-03-02", "2026-03-08")


def test_counts_of_a_week_are_those_of_its_days_added_up():
    story = Story().open().at("09:00").issue("A001").issue("A002").serve("A001", 5).close("A002")
    story.open(TUESDAY).at("09:00").issue("A001").issue("A002").issue("A003").cancel("A003").close("A001", "A002")
    days, week = [story.report(date=day) for day in (MONDAY, TUESDAY)], story.report("week")
    assert week.total.arrivals.issued == sum(day.total.arrivals.issued for day in days) == 5
    assert week.total.endings.unserved == sum(day.total.endings.unserved for day in days) == 3
    assert (week.days, week.closed) == (2, 2)


def test_percentiles_of_a_week_are_over_all_its_waits_not_over_its_days():
    story = Story().open().at("09:00").issue("A001").at("10:00").call("A001").close("A001")
    story.open(TUESDAY).at("09:00").issue("A001").issue("A002").at("09:01").call("A001").call("A002")
    assert story.close("A001", "A002").report("week").total.waits.median_s == 60


def test_a_label_of_tuesday_is_not_mondays_token():
    story = Story().open().at("09:00").issue("A001").call("A001").no_show("A001").close()
    story.open(TUESDAY).at("09:00").issue("A001").at("09:10").call("A001").close("A001")
    report = story.report("week")
    assert (report.total.waits.count, report.total.endings.never_returned, report.total.endings.unserved) == (2, 1, 1)


# --- what lives on ------------------------------------------------------------------------------------


def over_midnight(**more) -> Story:
    """A001 comes at 03:30 to a department that never closes; the clinic day turns at 04:00."""
    story = Story(EMERGENCY).open().at("03:30").issue("A001")
    issued_at = story.now
    return story.close(carried=("A001",)).open(TUESDAY, carried=(carried("A001", issued_at=issued_at, **more),))


def test_a_token_that_lives_on_ends_no_visit_on_its_first_day():
    endings = over_midnight().report().total.endings
    assert (endings.unserved, endings.abandoned, endings.served) == (0, 0, 0)


def test_a_token_that_lives_on_is_called_on_the_next_day_after_all_it_waited():
    story = over_midnight().at("04:10").serve("A001", 8)
    monday, tuesday = story.report(), story.report(date=TUESDAY)
    assert (monday.total.arrivals.issued, tuesday.total.arrivals.issued) == (1, 0)
    assert (monday.total.waits.count, tuesday.total.waits.mean_s) == (0, 40 * 60)
    assert (tuesday.total.services.mean_s, tuesday.total.endings.served) == (480, 1)
    assert hour(tuesday, 3).waits.count == 1


def test_the_week_knows_the_whole_wait_of_a_token_that_lived_on():
    story = over_midnight().at("04:10").serve("A001", 8)
    assert story.report("week").visit_waits.mean_s == 40 * 60
    assert story.report("week").total.waits.mean_s == 40 * 60
    assert story.report(date=TUESDAY).visit_waits.count == 0


def test_a_token_that_was_called_before_midnight_walks_into_the_new_day():
    story = Story(EMERGENCY).open().at("03:30").issue("A001")
    issued_at = story.now
    called_at = story.at("03:58").call("A001").now
    token = carried(
        "A001", state=TokenState.CALLED, issued_at=issued_at, called_at=called_at, first_called_at=called_at
    )
    story.close(carried=("A001",)).open(TUESDAY, carried=(token,)).at("04:01").start("A001").at("04:11").finish("A001")
    report = story.report(date=TUESDAY)
    assert (report.total.walks.mean_s, report.total.services.mean_s, report.total.waits.count) == (180, 600, 0)


def test_a_token_that_lives_on_is_in_the_ledger_of_the_day_on_which_it_is_called():
    report = over_midnight().at("04:10").call("A001").report(date=TUESDAY)
    assert of(report, "medicine").figures.fairness.tokens == report.total.fairness.tokens == 1


def test_who_was_away_when_the_day_turned_is_back_with_a_wait_that_nobody_knows():
    token = carried("A001", state=TokenState.PARKED, issued_at=1, called_at=2, first_called_at=2)
    story = Story(EMERGENCY).open(TUESDAY, carried=(token,)).at("04:30").resume("A001").at("04:40").call("A001")
    report = story.report(date=TUESDAY)
    assert (report.total.away.count, report.total.waits.count, report.total.calls.calls) == (0, 0, 1)


def test_what_a_carried_token_did_not_bring_along_is_left_out():
    story = Story(EMERGENCY).open(TUESDAY, carried=(carried("A001", state=TokenState.SERVING, issued_at=1),))
    report = story.at("04:30").finish("A001").report(date=TUESDAY)
    assert (report.total.consultations, report.total.services.count, report.visit_waits.count) == (1, 0, 0)


def test_a_trial_that_lives_on_stays_a_trial():
    story = Story(EMERGENCY).open(TUESDAY, carried=(carried("A001", trial=True, issued_at=1),))
    assert story.at("04:10").serve("A001", 8).report(date=TUESDAY).total.calls.calls == 0


# --- undo ---------------------------------------------------------------------------------------------


def test_a_call_that_was_undone_never_was(story):
    story.at("09:00").issue("A001").issue("A002").at("09:10").call("A001", overtook=("A002",), command="press-01")
    story.at("09:10:05").undo("press-01", "A001").at("09:30").call("A001", operator="doctor-1")
    report = story.report()
    assert (report.total.calls.calls, report.total.waits.mean_s, report.total.fairness.overtaken) == (1, 1800, 0)
    assert [row.operator for row in report.operators] == ["doctor-1"]
    assert [row.hour for row in report.hours if row.calls] == [9]


def test_a_command_that_was_undone_is_undone_whole(story):
    story.at("09:00").issue("A001").issue("A002").at("09:10").call("A001")
    story.at("09:30").start("A001", implied=True, command="press-02").finish("A001", command="press-02")
    story.call("A002", command="press-02").at("09:30:10").undo("press-02", "A001", "A002")
    story.at("09:31").start("A001").at("09:35").finish("A001")
    figures = story.report().total
    assert (figures.calls.calls, figures.consultations) == (1, 1)
    assert (figures.walks.mean_s, figures.services.mean_s) == (21 * 60, 240)


def test_a_no_show_that_was_undone_was_none(story):
    story.at("09:00").issue("A001").at("09:10").call("A001")
    story.at("09:11").no_show("A001", command="press-03").at("09:11:09").undo("press-03", "A001").start("A001")
    figures = story.at("09:20").finish("A001").close().report().total
    assert (figures.calls.no_shows, figures.endings.never_returned, figures.endings.served) == (0, 0, 1)


def test_what_other_rooms_did_meanwhile_stays(story):
    story.at("09:00").issue("A001").issue("A002").at("09:10").call("A001", command="press-04")
    story.at("09:10:03").call("A002", operator="doctor-2").at("09:10:06").undo("press-04", "A001")
    report = story.report()
    assert (report.total.calls.calls, operator(report, "doctor-2").calls) == (1, 1)


def test_an_undo_is_found_however_late_the_rules_allow_one():
    assert HELD_MS >= 10 * UNDO_MS


@given(st.integers(0, HELD_MS // 1000), st.booleans())
def test_an_undo_takes_back_its_own_command_and_no_other(after_s, busy):
    story = Story().open().at("09:00").issue("A001").issue("A002").at("09:10").call("A001", command="press-05")
    moment = story.now
    story.call("A002", command="press-06") if busy else None
    story.now = moment + after_s * 1000
    story.undo("press-05", "A001")
    reasons = {row.reason: row.calls for row in story.report().total.fairness.reasons}
    assert reasons[CallReason.OLDEST] == (1 if busy else 0)


def test_records_keep_their_order_behind_those_that_are_held(story):
    story.at("09:00").issue("A001").at("09:05").call("A001").at("11:00").start("A001").at("11:10").finish("A001")
    report = story.at("12:00").issue("A002").report()
    assert (of(report, "medicine").figures.waits.mean_s, report.total.walks.mean_s) == (300, 115 * 60)
