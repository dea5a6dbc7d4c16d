"""Gamma throughput: quantiles of the wait until the n-th departure, against independent ways to find them."""

import random
from decimal import Decimal, localcontext
from itertools import pairwise
from math import atan, comb, cos, exp, inf, lgamma, log, nan, sin, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.throughput import LEVELS, cold_quantiles, wait_quantiles

FINE_MIN = 1e14
"""So long a busy time that its quantiles in whole seconds have twelve digits and more."""

some_departures = st.integers(1, 300)
departures_seen = st.integers(0, 300)
some_minutes = st.floats(0.1, 600)
some_rooms = st.floats(0.05, 50)


def odds(n: int, k: int) -> list[float]:
    """x / (1 - x) at each level, x ~ Beta(n, 8 + k): a wait in very long minutes, made short again."""
    return [wait_s / (FINE_MIN * 60) for wait_s in wait_quantiles(n, k, FINE_MIN, 0, 1)]


def summed(n: int, m: int, bound: float) -> tuple[float, float]:
    """P(x / (1 - x) <= bound) to fifty digits, as P(n or more successes), and how fast it grows with log(bound)."""
    with localcontext() as context:
        context.prec = 50
        trials, chance = n + m - 1, Decimal(bound) / (1 + Decimal(bound))
        shares = [comb(trials, s) * chance**s * (1 - chance) ** (trials - s) for s in range(n, trials + 1)]
        return float(sum(shares)), float(n * shares[0] * (1 - chance))


def integrated(n: int, m: int, bound: float) -> float:
    """P(x / (1 - x) <= bound): the density of Beta(n, m) by Simpson's rule, over the angle whose squared sine is x."""
    pieces, end = 4000, atan(sqrt(bound))
    scale = log(2) + lgamma(n + m) - lgamma(n) - lgamma(m)

    def density(angle: float) -> float:
        return exp(scale + (2 * n - 1) * log(sin(angle)) + (2 * m - 1) * log(cos(angle)))

    step = end / pieces
    inner = sum((4 if index % 2 else 2) * density(index * step) for index in range(1, pieces))
    return (inner + density(end)) * step / 3


@pytest.mark.parametrize(("n", "k"), [(1, 0), (1, 40), (2, 5), (7, 13), (30, 32), (60, 0), (5, 200), (200, 150)])
def test_the_quantiles_are_those_of_the_beta_density(n, k):
    assert [integrated(n, 8 + k, bound) for bound in odds(n, k)] == pytest.approx(LEVELS, rel=1e-9)


@pytest.mark.parametrize(("n", "k"), [(1, 0), (1, 1000), (40, 25), (1000, 0), (3, 1000), (1000, 1000)])
def test_the_quantiles_are_exact_to_nine_digits(n, k):
    for level, bound in zip(LEVELS, odds(n, k), strict=True):
        reached, growth = summed(n, 8 + k, bound)
        assert abs(reached - level) / growth < 1e-9


@pytest.mark.parametrize("k", [0, 5, 12, 100, 1000])
def test_until_the_next_departure_the_quantiles_are_a_power(k):
    shares = [1 - (1 - level) ** (1 / (8 + k)) for level in LEVELS]
    assert odds(1, k) == pytest.approx([share / (1 - share) for share in shares], rel=1e-9)


@pytest.mark.parametrize("m", [8, 9, 60, 1000])
def test_as_many_to_come_as_were_seen_take_the_same_time_at_the_median(m):
    assert odds(m, m - 8)[2] == pytest.approx(1, rel=1e-9)


def test_it_is_what_a_clinic_of_unknown_speed_does():
    """Given 20,000 clinics; when k people have left in b busy room-minutes; then how long the n-th more one takes.

    What is known before says 8 departures in 8 s0: each clinic's rate is drawn from Gamma(8) over 8 s0. Only those
    count in which just k people left in b; then people leave rooms that are all busy, each after a time of its own.
    """
    chance = random.Random(20260302)
    s0, busy_min, k, n, rooms = 10.0, 70.0, 5, 4, 2
    waits_s = []
    for _ in range(20_000):
        per_minute = chance.gammavariate(8, 1 / (8 * s0))
        if _departures_within(chance, per_minute, busy_min) == k:
            waits_s.append(60 * sum(chance.expovariate(per_minute * rooms) for _ in range(n)))
    assert len(waits_s) > 1500
    for level, bound_s in zip(LEVELS, wait_quantiles(n, k, busy_min, s0, rooms), strict=True):
        share = sum(wait_s <= bound_s for wait_s in waits_s) / len(waits_s)
        assert abs(share - level) < 3.5 * sqrt(level * (1 - level) / len(waits_s))


def _departures_within(chance: random.Random, per_minute: float, minutes: float) -> int:
    seen, at = 0, chance.expovariate(per_minute)
    while at <= minutes:
        seen, at = seen + 1, at + chance.expovariate(per_minute)
    return seen


def test_many_departures_leave_no_doubt_about_the_speed():
    low, _, middle, _, high = wait_quantiles(1000, 10_000, 100_000, 10, 1)
    assert middle == pytest.approx(1000 * 10 * 60, rel=0.01)
    assert (high - low) / middle < 0.1


def test_without_departures_the_prior_mean_speaks():
    assert wait_quantiles(6, 0, 0, 10, 2)[2] == pytest.approx(6 * 10 * 60 / 2, rel=0.05)


def test_where_nobody_has_to_leave_there_is_no_wait():
    assert wait_quantiles(0, 12, 60, 10, 2) == (0, 0, 0, 0, 0)


@given(some_departures, departures_seen, some_minutes, some_minutes, some_rooms)
def test_higher_quantiles_are_never_shorter(n, k, busy_min, prior_min, rate):
    quantiles = wait_quantiles(n, k, busy_min, prior_min, rate)
    assert quantiles[0] >= 0
    assert all(lower <= higher for lower, higher in pairwise(quantiles))


@given(st.integers(0, 300), departures_seen, some_minutes, some_minutes, some_rooms)
def test_one_more_person_ahead_never_shortens_the_wait(n, k, busy_min, prior_min, rate):
    fewer = wait_quantiles(n, k, busy_min, prior_min, rate)
    more = wait_quantiles(n + 1, k, busy_min, prior_min, rate)
    assert all(one <= other for one, other in zip(fewer, more, strict=True))


@given(some_departures, departures_seen, some_minutes, some_minutes, some_rooms, st.floats(1, 5))
def test_more_rooms_never_lengthen_the_wait(n, k, busy_min, prior_min, rate, times):
    one = wait_quantiles(n, k, busy_min, prior_min, rate)
    faster = wait_quantiles(n, k, busy_min, prior_min, rate * times)
    assert all(quick <= slow for quick, slow in zip(faster, one, strict=True))


@given(some_departures, departures_seen, some_minutes, some_minutes, some_rooms)
def test_one_more_departure_in_the_same_time_never_lengthens_the_wait(n, k, busy_min, prior_min, rate):
    slow = wait_quantiles(n, k, busy_min, prior_min, rate)
    quick = wait_quantiles(n, k + 1, busy_min, prior_min, rate)
    assert all(one <= other for one, other in zip(quick, slow, strict=True))


@pytest.mark.parametrize(("n", "k"), [(1, 0), (1, 5000), (5000, 0), (5000, 5000)])
def test_figures_beyond_any_clinic_still_give_a_range(n, k):
    quantiles = wait_quantiles(n, k, 1e5, 600, 1e-3)
    assert all(lower < higher for lower, higher in pairwise(quantiles))


@pytest.mark.parametrize("rate", [0, -1, nan, inf])
def test_without_a_room_that_serves_there_is_no_throughput(rate):
    with pytest.raises(ValueError, match="no throughput from rate="):
        wait_quantiles(3, 5, 60, 10, rate)


@pytest.mark.parametrize(
    ("n", "k", "busy_min", "prior_min"), [(-1, 5, 60, 10), (3, -1, 60, 10), (3, 5, -1, 10), (3, 5, 60, nan)]
)
def test_negative_figures_are_refused(n, k, busy_min, prior_min):
    with pytest.raises(ValueError, match=r"negative|no throughput"):
        wait_quantiles(n, k, busy_min, prior_min, 1)


def test_the_cold_start_is_half_to_twice_the_configured_minutes_per_open_room():
    assert cold_quantiles(6, 10, 3) == (600, 600, 1200, 2400, 2400)


def test_nobody_ahead_is_no_wait_from_the_cold_either():
    assert cold_quantiles(0, 10, 3) == (0, 0, 0, 0, 0)


@pytest.mark.parametrize(("ahead", "minutes", "rooms"), [(6, 10, 0), (-1, 10, 1), (6, -10, 1), (6, inf, 1)])
def test_a_cold_start_needs_an_open_room(ahead, minutes, rooms):
    with pytest.raises(ValueError, match="no cold start"):
        cold_quantiles(ahead, minutes, rooms)
