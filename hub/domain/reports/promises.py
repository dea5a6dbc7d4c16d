"""How well promises about the wait were kept (queue-rules, Estimates): coverage and scores, as running sums."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from hub.domain import scoring
from hub.domain.events import Promise
from hub.domain.reports.content import Pinball, PromiseFigures, Scores
from hub.domain.reports.figures import share
from hub.domain.throughput import LEVELS
from smartqueue.terms import EstimateMethod, Instant


class Given(NamedTuple):
    """A promise that still stands. at: when it was made. shown: whether the person was told a range."""

    promise: Promise
    at: Instant
    shown: bool


@dataclass(slots=True)
class PromiseTally:
    """Counts as in `content.PromiseFigures`; the others are sums over the calls, in seconds."""

    made: int = 0
    called: int = 0
    kept: int = 0
    shown: int = 0
    shown_kept: int = 0
    abandoned: int = 0
    late: int = 0
    error_s: float = 0.0
    crps_s: float = 0.0
    pinball_s: tuple[float, ...] = (0.0,) * len(LEVELS)

    def score(self, given: Given, called_at: Instant) -> bool:
        """Counts the call that answers a promise; tells whether it came within q10-q90."""
        promise, actual_s = given.promise, (called_at - given.at) / 1000
        quantiles = scoring.quantiles(promise)
        kept = scoring.covered(promise, actual_s)
        self.called += 1
        self.kept += kept
        self.late += scoring.late(promise, actual_s)
        self.error_s += abs(actual_s - promise.q50)
        self.crps_s += scoring.crps(quantiles, actual_s)
        losses = (scoring.pinball(level, said_s, actual_s) for level, said_s in zip(LEVELS, quantiles, strict=True))
        self.pinball_s = tuple(sum(pair) for pair in zip(self.pinball_s, losses, strict=True))
        if given.shown:
            self.shown += 1
            self.shown_kept += scoring.within_shown(promise, given.at, actual_s)
        return kept


def promise_figures(tallies: Mapping[EstimateMethod, PromiseTally]) -> tuple[PromiseFigures, ...]:
    """All together first, then each method that was used."""
    together = PromiseTally()
    for tally in tallies.values():
        _add(together, tally)
    by_method = (_figures(method, tallies[method]) for method in EstimateMethod if method in tallies)
    return (_figures(None, together), *by_method)


def _add(together: PromiseTally, tally: PromiseTally) -> None:
    for name in ("made", "called", "kept", "shown", "shown_kept", "abandoned", "late", "error_s", "crps_s"):
        setattr(together, name, getattr(together, name) + getattr(tally, name))
    together.pinball_s = tuple(sum(pair) for pair in zip(together.pinball_s, tally.pinball_s, strict=True))


def _figures(method: EstimateMethod | None, tally: PromiseTally) -> PromiseFigures:
    return PromiseFigures(
        method=method,
        made=tally.made,
        called=tally.called,
        kept=tally.kept,
        kept_share=share(tally.kept, tally.called),
        shown=tally.shown,
        shown_kept=tally.shown_kept,
        shown_kept_share=share(tally.shown_kept, tally.shown),
        abandoned=tally.abandoned,
        scores=_scores(tally),
    )


def _scores(tally: PromiseTally) -> Scores | None:
    if not tally.called:
        return None
    q10, q20, q50, q85, q90 = (round(loss_s / tally.called, 1) for loss_s in tally.pinball_s)
    return Scores(
        mae_s=round(tally.error_s / tally.called, 1),
        crps_s=round(tally.crps_s / tally.called, 1),
        late_share=round(tally.late / tally.called, 3),
        pinball_s=Pinball(q10, q20, q50, q85, q90),
    )
