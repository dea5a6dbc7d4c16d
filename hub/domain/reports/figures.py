"""Mean, median and percentiles of durations; shares.

Percentiles are by nearest rank: p90 of n values is the one of rank ceil(0.9 n), so it is a duration that somebody
really had. The median of an even number of values is the mean of the two in the middle, as in a spreadsheet.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spread:
    """Durations in whole seconds; None where there were none."""

    count: int
    mean_s: int | None
    median_s: int | None
    p90_s: int | None
    p95_s: int | None
    max_s: int | None


NOTHING = Spread(0, None, None, None, None, None)


def spread(durations_ms: Iterable[int]) -> Spread:
    ranked = sorted(durations_ms)
    if not ranked:
        return NOTHING
    return Spread(
        count=len(ranked),
        mean_s=_seconds(sum(ranked) / len(ranked)),
        median_s=_seconds(median(ranked)),
        p90_s=_seconds(percentile(ranked, 90)),
        p95_s=_seconds(percentile(ranked, 95)),
        max_s=_seconds(ranked[-1]),
    )


def percentile(ranked: Sequence[int], percent: int) -> int:
    """By nearest rank. ranked: ascending, not empty. percent: 1 to 100."""
    return ranked[-(-len(ranked) * percent // 100) - 1]


def median(ranked: Sequence[int]) -> float:
    """ranked: ascending, not empty."""
    half = len(ranked) // 2
    return ranked[half] if len(ranked) % 2 else (ranked[half - 1] + ranked[half]) / 2


def share(part: int, whole: int) -> float | None:
    """0 to 1, three places; None of nothing."""
    return round(part / whole, 3) if whole else None


def _seconds(duration_ms: float) -> int:
    return int(duration_ms + 500) // 1000
