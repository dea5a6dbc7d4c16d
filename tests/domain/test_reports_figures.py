"""Percentiles, medians and shares, and which days a report is about."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.reports.figures import NOTHING, percentile, share, spread
from hub.domain.reports.period import Period, period_of
from smartqueue.errors import BadPeriod
from smartqueue.terms import Day, PeriodKind

TODAY = Day("2026-03-12")


def test_a_percentile_is_the_value_of_the_nearest_rank_above():
    ten = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100]
    assert percentile(ten, 90) == 90
    assert percentile(ten, 91) == 100
    assert percentile(ten, 95) == 100
    assert percentile(ten, 10) == 10
    assert percentile([7], 90) == 7


@given(st.lists(st.integers(0, 10_000), min_size=1).map(sorted), st.integers(1, 100))
def test_at_least_that_share_of_values_lies_at_or_below_a_percentile_and_none_lower_would_do(ranked, percent):
    found = percentile(ranked, percent)
    assert found in ranked
    assert sum(value <= found for value in ranked) * 100 >= percent * len(ranked)
    assert sum(value < found for value in ranked) * 100 < percent * len(ranked)


def test_durations_are_told_in_whole_seconds():
    told = spread([1_499, 2_500, 60_000])
    assert (told.count, told.mean_s, told.median_s, told.p90_s, told.p95_s, told.max_s) == (3, 21, 3, 60, 60, 60)


def test_the_median_of_an_even_number_lies_between_the_two_in_the_middle():
    assert spread([60_000, 120_000, 240_000, 600_000]).median_s == 180


def test_of_no_durations_nothing_is_told():
    assert spread([]) == NOTHING
    assert NOTHING.mean_s is None


def test_a_share_of_nothing_is_none():
    assert share(0, 0) is None
    assert share(1, 3) == 0.333


def test_a_week_runs_from_monday_to_sunday():
    week = Period(PeriodKind.WEEK, Day("2026-03-02"), Day("2026-03-08"))
    for day in ("2026-03-02", "2026-03-05", "2026-03-08"):
        assert period_of("week", day, TODAY) == week


def test_a_week_may_lie_in_two_years():
    assert period_of("week", "2026-01-01", TODAY) == Period(PeriodKind.WEEK, Day("2025-12-29"), Day("2026-01-04"))


@pytest.mark.parametrize(("day", "last"), [("2026-02-11", "2026-02-28"), ("2024-02-29", "2024-02-29")])
def test_a_month_has_the_days_that_it_has(day, last):
    period = period_of("month", day, TODAY)
    assert (period.first, period.last) == (day[:8] + "01", last)


def test_the_current_week_may_be_asked_for_though_it_is_not_over():
    assert period_of("week", TODAY, TODAY).last == "2026-03-15"


@pytest.mark.parametrize(
    ("kind", "day"),
    [
        ("day", "2026-03-13"),
        ("week", "9999-12-31"),
        ("month", "9999-12-31"),
        ("day", ""),
        ("day", "yesterday"),
        ("day", "20260302"),
        ("day", "2026-W10-1"),
        ("day", "2026-02-30"),
        ("day", "2026-3-2"),
        ("day", "0000-01-01"),
        ("day", "２０２６-03-02"),
        ("year", "2026-03-02"),
        ("DAY", "2026-03-02"),
    ],
)
def test_what_is_no_period_or_lies_ahead_is_refused(kind, day):
    with pytest.raises(BadPeriod):
        period_of(kind, day, TODAY)


@given(st.sampled_from(sorted(PeriodKind)), st.dates(max_value=date(2200, 1, 1)))
def test_every_day_is_in_its_own_period(kind, day):
    period = period_of(kind, day.isoformat(), Day("2200-01-01"))
    assert period.first <= day.isoformat() <= period.last
