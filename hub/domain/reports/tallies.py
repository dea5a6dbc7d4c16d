"""Counters and durations, kept small while a month of events goes by: for the site and each of its parts."""

from array import array
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from hub.domain.reports.promises import PromiseTally
from smartqueue.terms import CallReason, DepartmentId, EstimateMethod, Need, OperatorId

K = TypeVar("K")
V = TypeVar("V")
_durations = partial(array, "q")


@dataclass(slots=True)
class Tally:
    """What happened at the site or in one department. Fields as in `content.Figures` and its parts; durations in ms.

    services: of departments only. overtaken: how many tokens of `normal` priority were overtaken so many times.
    reasons, overtook: calls by reason, and how many others these overtook.
    """

    issued: int = 0
    offline: int = 0
    appointments: int = 0
    moved_in: int = 0
    missed: int = 0
    burnt: int = 0
    late: int = 0
    calls: int = 0
    recalls: int = 0
    no_shows: int = 0
    returns: int = 0
    consultations: int = 0
    served: int = 0
    withdrawn: int = 0
    left: int = 0
    unserved: int = 0
    never_returned: int = 0
    within_target: int = 0
    capped: int = 0
    waits: "array[int]" = field(default_factory=_durations)
    normal_waits: "array[int]" = field(default_factory=_durations)
    walks: "array[int]" = field(default_factory=_durations)
    services: "array[int]" = field(default_factory=_durations)
    away: "array[int]" = field(default_factory=_durations)
    overtaken: Counter[int] = field(default_factory=Counter)
    reasons: Counter[CallReason] = field(default_factory=Counter)
    overtook: Counter[CallReason] = field(default_factory=Counter)


@dataclass(slots=True)
class HourTally:
    """Fields as in `content.HourFigures`."""

    arrivals: int = 0
    calls: int = 0
    consultations: int = 0
    promised: int = 0
    kept: int = 0
    waits: "array[int]" = field(default_factory=_durations)


@dataclass(slots=True)
class OperatorTally:
    """Fields as in `content.OperatorFigures`. services: by department, each of which has its own usual time."""

    calls: int = 0
    recalls: int = 0
    no_shows: int = 0
    consultations: int = 0
    walks: "array[int]" = field(default_factory=_durations)
    services: dict[DepartmentId, "array[int]"] = field(default_factory=dict)


@dataclass(slots=True)
class NeedTally:
    arrivals: int = 0
    waits: "array[int]" = field(default_factory=_durations)


@dataclass(slots=True)
class Tallies:
    """All of a report. visit_waits: in ms, of visits that were served."""

    site: Tally = field(default_factory=Tally)
    departments: dict[DepartmentId, Tally] = field(default_factory=dict)
    hours: list[HourTally] = field(default_factory=lambda: [HourTally() for _ in range(24)])
    operators: dict[OperatorId | None, OperatorTally] = field(default_factory=dict)
    needs: dict[Need, NeedTally] = field(default_factory=dict)
    promises: dict[EstimateMethod, PromiseTally] = field(default_factory=dict)
    visit_waits: "array[int]" = field(default_factory=_durations)

    def of(self, department: DepartmentId | None) -> tuple[Tally, ...]:
        """Where everything is counted twice: the site and the department, if it is known."""
        if department is None:
            return (self.site,)
        return self.site, _part(self.departments, department, Tally)

    def operator(self, operator: OperatorId | None) -> OperatorTally:
        return _part(self.operators, operator, OperatorTally)

    def need(self, need: Need) -> NeedTally:
        return _part(self.needs, need, NeedTally)

    def promise(self, method: EstimateMethod) -> PromiseTally:
        return _part(self.promises, method, PromiseTally)

    def serve(self, department: DepartmentId, operator: OperatorId | None, service_ms: int) -> None:
        """Counts the time of one service."""
        _part(self.departments, department, Tally).services.append(service_ms)
        _part(self.operator(operator).services, department, _durations).append(service_ms)


def _part(parts: dict[K, V], key: K, make: Callable[[], V]) -> V:
    """As `setdefault`, which would make a new one each time."""
    found = parts.get(key)
    if found is None:
        found = parts[key] = make()
    return found
