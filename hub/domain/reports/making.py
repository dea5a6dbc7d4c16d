"""Makes a report from the records of its days."""

from collections.abc import Iterable, Iterator

from hub.domain.configuration import Department, Site
from hub.domain.events import (
    AppointmentBooked,
    DayClosed,
    DayOpened,
    LateTokensReported,
    LeaseGranted,
    LeaseRevoked,
    SiteConfigured,
    TokenIssued,
)
from hub.domain.reports import summing
from hub.domain.reports.blocks import Blocks
from hub.domain.reports.content import Report
from hub.domain.reports.hours import hours_of
from hub.domain.reports.period import Period
from hub.domain.reports.records import Lasting, Record
from hub.domain.reports.tallies import Tallies
from hub.domain.reports.visits import Visits
from smartqueue.terms import AppointmentId, Day, DepartmentId


def make_report(period: Period, records: Iterable[Record]) -> Report:
    """records: of the clinic days of the period, in the order of `seq`; may be none at all."""
    making = Making(period)
    for record in records:
        making.take(record)
    return making.report()


class Making:
    """A report that is made while records come in, for those who read them page by page."""

    def __init__(self, period: Period) -> None:
        self._period = period
        self._tallies = Tallies()
        self._lasting, self._visits, self._blocks = Lasting(), Visits(self._tallies), Blocks()
        self._site: Site | None = None
        self._departments: dict[DepartmentId, Department] = {}
        self._days: dict[Day, Site] = {}
        self._closed: set[Day] = set()
        self._booked: dict[AppointmentId, DepartmentId] = {}

    def take(self, record: Record) -> None:
        """The next one by `seq`."""
        for lasting in self._lasting.after(record):
            self._happened(lasting)

    def report(self) -> Report:
        """After the last record; nothing may be taken any more."""
        for lasting in self._lasting.rest():
            self._happened(lasting)
        self._visits.end()
        hours = [sum(column) for column in zip(*(hours_of(day, site) for day, site in self._days.items()), strict=True)]
        return Report(
            period=self._period,
            site=self._site.id if self._site else None,
            zone=self._site.zone if self._site else None,
            days=len(self._days),
            closed=len(self._closed),
            **summing.sections(self._tallies, self._departments, self._site, hours or [0.0] * 24),
        )

    def _happened(self, record: Record) -> None:
        event = record.event
        match event:
            case SiteConfigured():
                self._configure(event.site, event.departments)
            case DayOpened():
                self._day_opened(event)
            case DayClosed():
                self._day_closed(event)
            case AppointmentBooked():
                self._booked[event.appointment] = event.department
            case LateTokensReported():
                for tally in self._tallies.of(event.department):
                    tally.late += len(event.numbers)
            case LeaseGranted() if self._site is not None:
                self._blocks.grant(event, record.day, self._site, self._departments.get(event.department))
            case LeaseRevoked():
                self._burn(self._blocks.revoke(event.lease))
            case TokenIssued() if event.lease is not None:
                self._blocks.use(event.lease)
        self._visits.take(record.at, event)

    def _configure(self, site: Site, departments: tuple[Department, ...]) -> None:
        self._site = site
        self._departments = {department.id: department for department in departments}
        self._visits.departments, self._visits.zone = self._departments, site.zone

    def _day_opened(self, event: DayOpened) -> None:
        self._configure(event.site, event.departments)
        self._days[event.day] = event.site
        self._booked = {known.id: known.department for known in event.appointments}
        self._burn(self._blocks.begin(event))

    def _day_closed(self, event: DayClosed) -> None:
        self._closed.add(event.day)
        self._burn(self._blocks.end())
        for appointment in event.missed:
            for tally in self._tallies.of(self._booked.get(appointment)):
                tally.missed += 1

    def _burn(self, burnt: Iterator[tuple[DepartmentId, int]]) -> None:
        for department, count in burnt:
            for tally in self._tallies.of(department):
                tally.burnt += count
