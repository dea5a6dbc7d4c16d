"""Reports of a day, a week or a month. What each figure means: docs/reports.md. No person is named anywhere."""

from datetime import datetime

from smartqueue.terms import CallReason, Day, DepartmentId, EstimateMethod, Need, OperatorId, PeriodKind
from smartqueue.wire.base import Message, Names


class PeriodView(Message, frozen=True, kw_only=True):
    """first, last: clinic days, both included."""

    kind: PeriodKind
    first: Day
    last: Day


class SpreadView(Message, frozen=True, kw_only=True):
    """Durations in whole seconds, null where there were none. Percentiles by nearest rank."""

    count: int
    mean_s: int | None
    median_s: int | None
    p90_s: int | None
    p95_s: int | None
    max_s: int | None


class ArrivalsView(Message, frozen=True, kw_only=True):
    """issued: tokens; of them offline: by a kiosk alone, appointments: checked in. moved_in: from other departments.

    missed: appointments. burnt: numbers of kiosks' blocks that nobody got. late: numbers of an earlier day that a kiosk
    told of only now.
    """

    issued: int
    offline: int
    appointments: int
    moved_in: int
    missed: int
    burnt: int
    late: int


class CallsView(Message, frozen=True, kw_only=True):
    """calls: without recalls."""

    calls: int
    recalls: int
    no_shows: int
    returns: int


class EndingsView(Message, frozen=True, kw_only=True):
    """How visits ended. withdrawn: by an operator or a kiosk. abandoned: left + unserved + never_returned.

    abandoned_share: 0 to 1, of all visits that ended but for withdrawn ones.
    """

    served: int
    withdrawn: int
    left: int
    unserved: int
    never_returned: int
    abandoned: int
    abandoned_share: float | None


class ReasonView(Message, frozen=True, kw_only=True):
    """Calls for one reason, and how many others these overtook."""

    reason: CallReason
    calls: int
    overtook: int


class FairnessView(Message, frozen=True, kw_only=True):
    """tokens: of `normal` priority; overtaken: of them, at least once. mean, p95, most: how often one was overtaken.

    capped: calls that the run cap decided.
    """

    tokens: int
    overtaken: int
    mean: float | None
    p95: int | None
    most: int | None
    capped: int
    reasons: list[ReasonView]


class FiguresView(Message, frozen=True, kw_only=True):
    """Of the site or one department."""

    arrivals: ArrivalsView
    waits: SpreadView
    normal_waits: SpreadView
    """Of `normal` priority."""
    within_target: int
    within_target_share: float | None
    calls: CallsView
    walks: SpreadView
    consultations: int
    services: SpreadView
    services_left_out: int
    """So long that Finish must have been forgotten."""
    away: SpreadView
    endings: EndingsView
    fairness: FairnessView


class DepartmentFiguresView(Message, frozen=True, kw_only=True):
    """names, target_min, strict: as last configured in the period; none where the department exists no more."""

    department: DepartmentId
    names: Names
    target_min: int | None
    strict: bool
    figures: FiguresView


class HourFiguresView(Message, frozen=True, kw_only=True):
    """One hour of the local clock, all days together. hours: how many real hours that were.

    promised, kept: calls of those who got a ticket then, and how many of them came within q10-q90.
    """

    hour: int
    hours: float
    arrivals: int
    calls: int
    consultations: int
    waits: SpreadView
    promised: int
    kept: int
    kept_share: float | None


class OperatorFiguresView(Message, frozen=True, kw_only=True):
    """Of who worked in the room when it called; null = nobody in particular."""

    operator: OperatorId | None
    calls: int
    recalls: int
    no_shows: int
    consultations: int
    walks: SpreadView
    services: SpreadView


class NeedFiguresView(Message, frozen=True, kw_only=True):
    need: Need
    arrivals: int
    waits: SpreadView


class PinballView(Message, frozen=True, kw_only=True):
    """Mean pinball loss of each promised quantile, in seconds."""

    q10: float
    q20: float
    q50: float
    q85: float
    q90: float


class ScoresView(Message, frozen=True, kw_only=True):
    """Means over calls, in seconds; smaller is better. late_share: called after q85."""

    mae_s: float
    crps_s: float
    late_share: float
    pinball_s: PinballView


class PromiseFiguresView(Message, frozen=True, kw_only=True):
    """What tickets promised about the wait. method: null = all together. kept: the call came within q10-q90.

    shown: calls of those who were told a range, shown_kept: that came within it. abandoned: ended before any call.
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
    scores: ScoresView | None


class StrictWarningView(Message, frozen=True, kw_only=True):
    """With `strict` priority the 95th percentile of `normal` waits is at least twice what it was before."""

    department: DepartmentId
    before_p95_s: int
    p95_s: int


class ReportAnswer(Message, frozen=True, kw_only=True):
    """`GET /reports/{period}`. days: clinic days of the period that the hub has seen; closed: of them, those over.

    hours: 24 rows. promises: all methods together, then each. as_of: when the report was made. compared_with,
    strict_warnings: only with `before`.
    """

    period: PeriodView
    site: str | None
    zone: str | None
    days: int
    closed: int
    total: FiguresView
    visit_waits: SpreadView
    """All that a visit waited, of visits that were served."""
    departments: list[DepartmentFiguresView]
    hours: list[HourFiguresView]
    operators: list[OperatorFiguresView]
    needs: list[NeedFiguresView]
    promises: list[PromiseFiguresView]
    as_of: datetime | None = None
    compared_with: PeriodView | None = None
    strict_warnings: list[StrictWarningView] = []
