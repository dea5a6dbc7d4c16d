"""The sections of a report, from tallies."""

from array import array
from collections.abc import Mapping
from typing import TypedDict

from hub.domain import flows
from hub.domain.configuration import Department, Site
from hub.domain.reports.content import (
    Arrivals,
    Calls,
    DepartmentFigures,
    Endings,
    Figures,
    HourFigures,
    NeedFigures,
    OperatorFigures,
    PromiseFigures,
)
from hub.domain.reports.fairness import fairness
from hub.domain.reports.figures import Spread, percentile, share, spread
from hub.domain.reports.promises import promise_figures
from hub.domain.reports.tallies import OperatorTally, Tallies, Tally
from smartqueue.terms import DepartmentId, Need, OperatorId

Usual = Mapping[DepartmentId, int | None]
"""The longest service of each department that is believed, in ms; None = any."""


class Sections(TypedDict):
    """Fields of `content.Report`."""

    total: Figures
    visit_waits: Spread
    departments: tuple[DepartmentFigures, ...]
    hours: tuple[HourFigures, ...]
    operators: tuple[OperatorFigures, ...]
    needs: tuple[NeedFigures, ...]
    promises: tuple[PromiseFigures, ...]


def sections(
    tallies: Tallies, departments: Mapping[DepartmentId, Department], site: Site | None, hours: list[float]
) -> Sections:
    """departments, site: as configured last. hours: as `hours.hours_of`, of all days together."""
    usual = {identifier: _longest_usual_ms(tally.services) for identifier, tally in tallies.departments.items()}
    services = {identifier: tally.services for identifier, tally in tallies.departments.items()}
    order = [*departments, *(identifier for identifier in tallies.departments if identifier not in departments)]
    return Sections(
        total=_figures(tallies.site, services, usual),
        visit_waits=spread(tallies.visit_waits),
        departments=tuple(_department(one, departments.get(one), site, tallies, usual) for one in order),
        hours=tuple(_hour(hour, hours[hour], tallies) for hour in range(24)),
        operators=tuple(
            _operator(who, tallies.operators[who], usual)
            for who in sorted(tallies.operators, key=lambda one: one or "")
        ),
        needs=tuple(
            NeedFigures(need, tallies.needs[need].arrivals, spread(tallies.needs[need].waits))
            for need in Need
            if need in tallies.needs
        ),
        promises=promise_figures(tallies.promises),
    )


def _department(
    identifier: DepartmentId, configured: Department | None, site: Site | None, tallies: Tallies, usual: Usual
) -> DepartmentFigures:
    tally = tallies.departments.get(identifier) or Tally()
    rules = (configured.rules if configured else None) or (site.rules if site else None)
    return DepartmentFigures(
        department=identifier,
        names=configured.names if configured else {},
        target_min=configured.target_min if configured else None,
        strict=rules.strict if rules else False,
        figures=_figures(tally, {identifier: tally.services}, usual),
    )


def _figures(tally: Tally, services: Mapping[DepartmentId, "array[int]"], usual: Usual) -> Figures:
    believed = _believed(services, usual)
    return Figures(
        arrivals=_arrivals(tally),
        waits=spread(tally.waits),
        normal_waits=spread(tally.normal_waits),
        within_target=tally.within_target,
        within_target_share=share(tally.within_target, len(tally.waits)),
        calls=Calls(tally.calls, tally.recalls, tally.no_shows, tally.returns),
        walks=spread(tally.walks),
        consultations=tally.consultations,
        services=spread(believed),
        services_left_out=sum(map(len, services.values())) - len(believed),
        away=spread(tally.away),
        endings=_endings(tally),
        fairness=fairness(tally),
    )


def _arrivals(tally: Tally) -> Arrivals:
    return Arrivals(
        issued=tally.issued,
        offline=tally.offline,
        appointments=tally.appointments,
        moved_in=tally.moved_in,
        missed=tally.missed,
        burnt=tally.burnt,
        late=tally.late,
    )


def _endings(tally: Tally) -> Endings:
    abandoned = tally.left + tally.unserved + tally.never_returned
    return Endings(
        served=tally.served,
        withdrawn=tally.withdrawn,
        left=tally.left,
        unserved=tally.unserved,
        never_returned=tally.never_returned,
        abandoned=abandoned,
        abandoned_share=share(abandoned, abandoned + tally.served),
    )


def _hour(hour: int, hours: float, tallies: Tallies) -> HourFigures:
    tally = tallies.hours[hour]
    return HourFigures(
        hour=hour,
        hours=hours,
        arrivals=tally.arrivals,
        calls=tally.calls,
        consultations=tally.consultations,
        waits=spread(tally.waits),
        promised=tally.promised,
        kept=tally.kept,
        kept_share=share(tally.kept, tally.promised),
    )


def _operator(operator: OperatorId | None, tally: OperatorTally, usual: Usual) -> OperatorFigures:
    return OperatorFigures(
        operator=operator,
        calls=tally.calls,
        recalls=tally.recalls,
        no_shows=tally.no_shows,
        consultations=tally.consultations,
        walks=spread(tally.walks),
        services=spread(_believed(tally.services, usual)),
    )


def _longest_usual_ms(services: "array[int]") -> int | None:
    """Longer ones are taken for a forgotten Finish; None while too few are known to tell."""
    if len(services) < flows.ENOUGH_SERVICES:
        return None
    return flows.USUAL_TIMES * percentile(sorted(services), 90)


def _believed(services: Mapping[DepartmentId, "array[int]"], usual: Usual) -> list[int]:
    believed: list[int] = []
    for department, found in services.items():
        limit = usual.get(department)
        believed += found if limit is None else [service_ms for service_ms in found if service_ms <= limit]
    return believed
