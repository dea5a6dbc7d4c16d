"""Scores of promises, against what they are by definition."""

import random
from datetime import UTC, datetime
from itertools import pairwise
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.events import Promise
from hub.domain.scoring import CRPS_WEIGHTS, covered, crps, late, pinball, quantiles, within_shown
from hub.domain.throughput import LEVELS, wait_quantiles
from smartqueue.terms import EstimateMethod, Instant

AT = Instant(int(datetime(2026, 3, 2, 9, 42, tzinfo=UTC).timestamp() * 1000))
PROMISED = Promise(600, 900, 1500, 2700, 3000, EstimateMethod.THROUGHPUT, ahead=6)
"""At 9:42 shown as 9:55 to 10:30."""

seconds = st.integers(0, 20_000)


def outcomes(n: int, k: int, busy_min: float, rate: float, how_many: int, *, seed: int) -> list[float]:
    """How long it takes until the n-th departure in clinics of unknown speed, seconds; the prior mean is 10 minutes."""
    chance = random.Random(seed)
    scale_s = (80 + busy_min) * 60 / rate
    drawn = (chance.betavariate(n, 8 + k) for _ in range(how_many))
    return [scale_s * x / (1 - x) for x in drawn]


def test_each_second_too_late_costs_q_and_each_second_too_early_the_rest():
    assert pinball(0.85, 1000, 1100) == pytest.approx(85)
    assert pinball(0.85, 1000, 900) == pytest.approx(15)
    assert pinball(0.85, 1000, 1000) == 0


@given(seconds, seconds)
def test_at_the_median_it_is_half_the_absolute_error(predicted_s, actual_s):
    assert pinball(0.5, predicted_s, actual_s) == abs(predicted_s - actual_s) / 2


def test_each_level_stands_for_those_nearest_to_it():
    bounds = [0, *((lower + higher) / 2 for lower, higher in pairwise(LEVELS)), 1]
    assert pytest.approx([higher - lower for lower, higher in pairwise(bounds)]) == CRPS_WEIGHTS


@given(seconds, seconds)
def test_of_a_single_time_the_crps_is_the_absolute_error(predicted_s, actual_s):
    assert crps((predicted_s,) * 5, actual_s) == pytest.approx(abs(predicted_s - actual_s))


@pytest.mark.parametrize(("n", "k"), [(1, 0), (4, 6), (12, 30), (40, 40)])
def test_five_quantiles_give_the_crps_of_the_whole_distribution_within_a_twentieth(n, k):
    """By definition it is the mean distance to the outcome less half the mean distance of two that were possible."""
    promised = wait_quantiles(n, k, 10 * k, 10, 2)
    possible, others = (outcomes(n, k, 10 * k, 2, 10_000, seed=seed) for seed in (1, 2))
    between = fmean(abs(one - other) for one, other in zip(possible, others, strict=True))
    actual = outcomes(n, k, 10 * k, 2, 10_000, seed=3)
    whole = fmean(abs(one - outcome) for one, outcome in zip(possible, actual, strict=True)) - between / 2
    assert fmean(crps(promised, outcome) for outcome in actual) == pytest.approx(whole, rel=0.05)


@pytest.mark.parametrize("factors", [(0.7,) * 5, (1.4,) * 5, (1.3, 1.2, 1, 0.8, 0.7), (0.5, 0.7, 1, 1.3, 1.5)])
def test_a_promise_that_is_shifted_or_too_sure_or_too_vague_scores_worse_than_the_true_one(factors):
    actual = outcomes(6, 20, 200, 2, 5000, seed=4)
    true = wait_quantiles(6, 20, 200, 10, 2)
    q10, q20, q50, q85, q90 = (int(factor * one) for factor, one in zip(factors, true, strict=True))
    assert fmean(crps((q10, q20, q50, q85, q90), one) for one in actual) > fmean(crps(true, one) for one in actual)


def test_true_promises_cover_four_calls_in_five_and_are_late_for_three_in_twenty():
    promise = Promise(*wait_quantiles(6, 20, 200, 10, 2), EstimateMethod.THROUGHPUT, ahead=6)
    actual = outcomes(6, 20, 200, 2, 5000, seed=5)
    assert fmean(covered(promise, one) for one in actual) == pytest.approx(0.80, abs=0.02)
    assert fmean(late(promise, one) for one in actual) == pytest.approx(0.15, abs=0.02)


def test_both_ends_of_the_unrounded_range_are_covered():
    assert [covered(PROMISED, actual_s) for actual_s in (599, 600, 3000, 3001)] == [False, True, True, False]


def test_late_is_after_what_was_promised_as_the_upper_end():
    assert [late(PROMISED, actual_s) for actual_s in (0, 2700, 2701)] == [False, False, True]


def test_within_what_was_shown_is_between_the_rounded_clock_times():
    minutes = (12, 13, 48, 49)
    assert [within_shown(PROMISED, AT, minute * 60) for minute in minutes] == [False, True, True, False]


def test_a_promise_is_scored_by_its_five_quantiles():
    assert quantiles(PROMISED) == (600, 900, 1500, 2700, 3000)
    assert crps(quantiles(PROMISED), 1500) == pytest.approx(
        2 * (0.15 * 0.1 * 900 + 0.2 * 0.2 * 600 + 0.2 * 0.15 * 1200 + 0.125 * 0.1 * 1500)
    )
