"""Waiting time in departures: how long until the n-th person ahead has gone (queue-rules, Estimates).

Rooms let people go at a rate that nobody knows: per busy room-minute it is Gamma(8, 8 s0) by what was known before, and
Gamma(8 + k, B), B = 8 s0 + b, once k people left in b busy room-minutes. The busy room-minutes until the n-th departure
are then B x / (1 - x) with x ~ Beta(n, 8 + k); `rate` rooms spend that many of them in each minute.
"""

from functools import lru_cache
from math import exp, inf, lgamma, log, log1p, sqrt
from statistics import NormalDist
from typing import Final

Quantiles = tuple[int, int, int, int, int]
"""Seconds at q10 q20 q50 q85 q90."""

LEVELS: Final = (0.1, 0.2, 0.5, 0.85, 0.9)
PRIOR_STRENGTH: Final = 8
"""Departures that the prior mean is worth."""
COLD_FACTORS: Final = (0.5, 0.5, 1.0, 2.0, 2.0)
"""Cold start: from half the configured time to twice it, as quantiles."""

_NORMAL = tuple(NormalDist().inv_cdf(level) for level in LEVELS)
_NO_WAIT: Final = (0, 0, 0, 0, 0)
_CLOSE = 1e-5
"""A step below this many standard deviations is the last: what is left is about its third power."""
_MOST_STEPS = 12
_NOTHING = 1e-17
"""A term of this share no longer changes the sum."""
_KEPT = 4096
"""Pairs of n and 8 + k; some hundred bytes each."""


def wait_quantiles(n: int, k: int, busy_min: float, prior_mean_min: float, rate: float) -> Quantiles:
    """Seconds until the n-th departure, at q10 q20 q50 q85 q90; n = 0: no wait.

    k: departures in busy_min busy room-minutes. prior_mean_min: busy minutes of one departure as known before. rate: r
    of the rules, in rooms. Raises ValueError where rate isn't above 0 or another one is below 0.
    """
    if n < 0 or k < 0:
        raise ValueError(f"departures can't be negative: n={n}, k={k}")
    if not (0 < rate < inf and 0 <= prior_mean_min < inf and 0 <= busy_min < inf):
        raise ValueError(f"no throughput from rate={rate}, prior_mean_min={prior_mean_min}, busy_min={busy_min}")
    if n == 0:
        return _NO_WAIT
    scale_s = (PRIOR_STRENGTH * prior_mean_min + busy_min) * 60 / rate
    q10, q20, q50, q85, q90 = _unit_quantiles(n, PRIOR_STRENGTH + k)
    return round(q10 * scale_s), round(q20 * scale_s), round(q50 * scale_s), round(q85 * scale_s), round(q90 * scale_s)


def cold_quantiles(ahead: int, minutes: float, rooms: float) -> Quantiles:
    """Seconds until the call while nothing is known but the configured minutes of one consultation.

    rooms: open ones. Raises ValueError where rooms isn't above 0 or another one is below 0.
    """
    if ahead < 0 or not (0 < rooms < inf and 0 <= minutes < inf):
        raise ValueError(f"no cold start from ahead={ahead}, minutes={minutes}, rooms={rooms}")
    middle_s = ahead * minutes * 60 / rooms
    q10, q20, q50, q85, q90 = (round(factor * middle_s) for factor in COLD_FACTORS)
    return q10, q20, q50, q85, q90


@lru_cache(maxsize=_KEPT)
def _unit_quantiles(n: int, m: int) -> tuple[float, float, float, float, float]:
    """x / (1 - x) at LEVELS for x ~ Beta(n, m); n and m from 1 on, relative error below 1e-9."""
    ways = lgamma(n + m) - lgamma(n + 1) - lgamma(m)
    q10, q20, q50, q85, q90 = (exp(_log_odds(n, m, ways, level, z)) for level, z in zip(LEVELS, _NORMAL, strict=True))
    return q10, q20, q50, q85, q90


def _log_odds(n: int, m: int, ways: float, level: float, z: float) -> float:
    """Where the distribution function reaches `level`, by Halley's method. ways: log of (n + m - 1 choose n)."""
    at = _first_guess(n, m, z)
    close = _CLOSE * sqrt(1 / n + 1 / m)
    for _ in range(_MOST_STEPS):
        reached, density = _below(n, m, ways, at)
        newton = (reached - level) / density
        x = 1 / (1 + exp(-at))
        step = newton / (1 - newton * (n * (1 - x) - m * x) / 2)
        at -= step
        if abs(step) < close:
            break
    return at


def _first_guess(n: int, m: int, z: float) -> float:
    """Log-odds near the quantile of the standard normal's z: Wilson and Hilferty's way, as for the F distribution."""
    inverse_n, inverse_m = 1 / (2 * n - 1), 1 / (2 * m - 1)
    spread = 2 / (inverse_n + inverse_m)
    curve = (z * z - 3) / 6
    skew = (inverse_m - inverse_n) * (curve + 5 / 6 - 2 / (3 * spread))
    return log(n / m) + 2 * (z * sqrt(spread + curve) / spread + skew)


def _below(n: int, m: int, ways: float, at: float) -> tuple[float, float]:
    """Distribution function and density of the log-odds of Beta(n, m).

    x <= X is the same as at least n successes in n + m - 1 trials of chance X: the sum of that binomial's upper tail,
    each term from the one before it, all relative to the first, which alone needs a logarithm.
    """
    odds, trials = exp(at), n + m - 1
    term = tail = 1.0
    for successes in range(n + 1, trials + 1):
        term *= odds * (trials + 1 - successes) / successes
        tail += term
        if term < tail * _NOTHING:
            break
    first = exp(ways - n * log1p(1 / odds) - (m - 1) * log1p(odds))
    return first * tail, first * n / (1 + odds)
