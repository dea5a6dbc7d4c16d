"""How good a promise was, once the call has come (queue-rules, Estimates). All in seconds; a smaller loss is better."""

from typing import Final

from hub.domain.events import Promise
from hub.domain.shown_range import shown_range
from hub.domain.throughput import LEVELS, Quantiles
from smartqueue.terms import Instant

CRPS_WEIGHTS: Final = (0.15, 0.2, 0.325, 0.2, 0.125)
"""Share of all levels from 0 to 1 that lies nearest to each of LEVELS."""


def pinball(q: float, predicted_s: float, actual_s: float) -> float:
    """Loss of one quantile: q for each second the call came after it, 1 - q for each second before it."""
    missed_s = actual_s - predicted_s
    return q * missed_s if missed_s >= 0 else (q - 1) * missed_s


def crps(quantiles: Quantiles, actual_s: float) -> float:
    """Continuous ranked probability score, from the quantiles at 0.1, 0.2, 0.5, 0.85 and 0.9.

    It is twice the pinball loss averaged over every level from 0 to 1. Five of them are known; each stands for the
    levels nearest to it (bounds 0.15, 0.35, 0.675, 0.875), hence the weights 0.15, 0.2, 0.325, 0.2, 0.125: the
    trapezium rule, with the outer ones carried on to 0 and 1. Of five equal quantiles it gives exactly the absolute
    error, and as a sum of pinball losses it is smallest on average for the true quantiles.
    """
    scored = zip(CRPS_WEIGHTS, LEVELS, quantiles, strict=True)
    return 2 * sum(weight * pinball(level, predicted_s, actual_s) for weight, level, predicted_s in scored)


def quantiles(promise: Promise) -> Quantiles:
    return promise.q10, promise.q20, promise.q50, promise.q85, promise.q90


def covered(promise: Promise, actual_s: float) -> bool:
    """The call came from q10 to q90, unrounded; of true promises 80 % do."""
    return promise.q10 <= actual_s <= promise.q90


def late(promise: Promise, actual_s: float) -> bool:
    """The call came after the upper end of what was promised, unrounded; of true promises 15 % do."""
    return actual_s > promise.q85


def within_shown(promise: Promise, at: Instant, actual_s: float) -> bool:
    """The call came between the rounded clock times that were shown. at: when it was promised."""
    shown = shown_range(promise.q20, promise.q85, at)
    return shown.earliest <= at + actual_s * 1000 <= shown.latest
