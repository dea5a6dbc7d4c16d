"""The fairness ledger, and whether strict priority has become too hard on all others (queue-rules, Who is next)."""

from collections import Counter
from dataclasses import dataclass

from hub.domain.reports.content import Fairness, ReasonFigures, Report
from hub.domain.reports.tallies import Tally
from smartqueue.terms import CallReason, DepartmentId


@dataclass(frozen=True, slots=True)
class StrictWarning:
    """The 95th percentile of `normal` waits in a strict department is at least twice what it was before."""

    department: DepartmentId
    before_p95_s: int
    p95_s: int


def fairness(tally: Tally) -> Fairness:
    tokens, times = tally.overtaken.total(), sum(times * count for times, count in tally.overtaken.items())
    return Fairness(
        tokens=tokens,
        overtaken=tokens - tally.overtaken[0],
        mean=round(times / tokens, 3) if tokens else None,
        p95=_percentile(tally.overtaken, 95) if tokens else None,
        most=max(tally.overtaken) if tokens else None,
        capped=tally.capped,
        reasons=tuple(ReasonFigures(reason, tally.reasons[reason], tally.overtook[reason]) for reason in CallReason),
    )


def strict_warnings(now: Report, before: Report) -> tuple[StrictWarning, ...]:
    """Of the departments that are strict now. Without `normal` waits on either side there is nothing to compare."""
    earlier = {row.department: row.figures.normal_waits.p95_s for row in before.departments}
    found = []
    for row in now.departments:
        p95_s, before_s = row.figures.normal_waits.p95_s, earlier.get(row.department)
        if row.strict and p95_s and before_s is not None and p95_s >= 2 * before_s:
            found.append(StrictWarning(row.department, before_s, p95_s))
    return tuple(found)


def _percentile(counts: Counter[int], percent: int) -> int:
    """By nearest rank, as in `figures.percentile`. counts: how many had each value; not empty."""
    rank = -(-counts.total() * percent // 100)
    for value in sorted(counts):
        rank -= counts[value]
        if rank <= 0:
            return value
    raise ValueError("no counts")
