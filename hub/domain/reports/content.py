"""What a report says: plain numbers, the same shape for a day, a week and a month. Explained in docs/reports.md."""

from dataclasses import dataclass

from hub.domain.configuration import Names
from hub.domain.reports.figures import Spread
from hub.domain.reports.period import Period
from smartqueue.terms import CallReason, DepartmentId, EstimateMethod, Need, OperatorId


@dataclass(frozen=True, slots=True)
class Arrivals:
    """issued: tokens given out, and of them offline: by a kiosk alone, and appointments: that were checked in.

    moved_in: came from another department. missed: appointments that nobody came for. burnt: numbers of kiosks' blocks
    that nobody got. late: numbers that a kiosk had given out on an earlier day and told of only now.
    """

    issued: int
    offline: int
    appointments: int
    moved_in: int
    missed: int
    burnt: int
    late: int


@dataclass(frozen=True, slots=True)
class Calls:
    """calls: without recalls. no_shows: called and did not come; returns: and came back after all."""

    calls: int
    recalls: int
    no_shows: int
    returns: int


@dataclass(frozen=True, slots=True)
class Endings:
    """How visits ended. served; withdrawn: taken back by an operator or a kiosk.

    abandoned: left + unserved + never_returned. left: cancelled by the patient; unserved: still open when the day
    ended; never_returned: called and never came. abandoned_share: of all visits that ended, but for withdrawn ones.
    """

    served: int
    withdrawn: int
    left: int
    unserved: int
    never_returned: int
    abandoned: int
    abandoned_share: float | None


@dataclass(frozen=True, slots=True)
class ReasonFigures:
    """Calls for one reason, and how many others these overtook."""

    reason: CallReason
    calls: int
    overtook: int


@dataclass(frozen=True, slots=True)
class Fairness:
    """The fairness ledger. tokens: of `normal` priority; overtaken: how many of them were, once or oftener.

    mean, p95, most: how often a token was overtaken. capped: calls that the run cap decided.
    """

    tokens: int
    overtaken: int
    mean: float | None
    p95: int | None
    most: int | None
    capped: int
    reasons: tuple[ReasonFigures, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """waits: from entry into the queue until the first call there; normal_waits: of `normal` priority.

    within_target: waits no longer than the department aims at. walks: from the call until the start. services: from the
    start until the room was left; services_left_out: so long that Finish must have been forgotten.
    consultations: how many were finished. away: parked.
    """

    arrivals: Arrivals
    waits: Spread
    normal_waits: Spread
    within_target: int
    within_target_share: float | None
    calls: Calls
    walks: Spread
    consultations: int
    services: Spread
    services_left_out: int
    away: Spread
    endings: Endings
    fairness: Fairness


@dataclass(frozen=True, slots=True)
class DepartmentFigures:
    """names, target_min, strict: as last configured in the period."""

    department: DepartmentId
    names: Names
    target_min: int | None
    strict: bool
    figures: Figures


@dataclass(frozen=True, slots=True)
class HourFigures:
    """One hour of the local clock, of all days together. hours: how many real hours that were.

    arrivals, calls, consultations: when they happened. waits: of those who entered a queue then. promised, kept: calls
    of those who got a ticket then, and how many of them came within q10-q90.
    """

    hour: int
    hours: float
    arrivals: int
    calls: int
    consultations: int
    waits: Spread
    promised: int
    kept: int
    kept_share: float | None


@dataclass(frozen=True, slots=True)
class OperatorFigures:
    """Of who worked in the room when it called; None = nobody in particular."""

    operator: OperatorId | None
    calls: int
    recalls: int
    no_shows: int
    consultations: int
    walks: Spread
    services: Spread


@dataclass(frozen=True, slots=True)
class NeedFigures:
    """Somebody with two needs counts in both."""

    need: Need
    arrivals: int
    waits: Spread


@dataclass(frozen=True, slots=True)
class Pinball:
    """Mean pinball loss of each quantile, in seconds."""

    q10: float
    q20: float
    q50: float
    q85: float
    q90: float


@dataclass(frozen=True, slots=True)
class Scores:
    """Means over calls, in seconds. mae_s: of the median's distance. late_share: called after q85."""

    mae_s: float
    crps_s: float
    late_share: float
    pinball_s: Pinball


@dataclass(frozen=True, slots=True)
class PromiseFigures:
    """What was said about the wait when tokens were issued. method: None = all together.

    made: promises of a wait; "no wait at all" is none (docs/decisions/0010). called: that a call answered. kept: the
    call came within q10-q90. shown: calls of those who were shown a range, shown_kept: that came within it as it was
    shown. abandoned: left or ended before any call.
    The rest of `made` still waits, or came to wait for something else: moved on or parked.
    """

    method: EstimateMethod | None
    made: int
    called: int
    kept: int
    kept_share: float | None
    shown: int
    shown_kept: int
    shown_kept_share: float | None
    abandoned: int
    scores: Scores | None


@dataclass(frozen=True, slots=True)
class Report:
    """days: clinic days of the period that the hub has seen; closed: how many of them are over.

    total: everything; visit_waits: all that a visit waited, of visits that were served. hours: 24 rows. site: None when
    nothing happened at all. promises: all together, then by method.
    """

    period: Period
    site: str | None
    zone: str | None
    days: int
    closed: int
    total: Figures
    visit_waits: Spread
    departments: tuple[DepartmentFigures, ...]
    hours: tuple[HourFigures, ...]
    operators: tuple[OperatorFigures, ...]
    needs: tuple[NeedFigures, ...]
    promises: tuple[PromiseFigures, ...]
