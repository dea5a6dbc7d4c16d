"""Reports for whoever asks: made from the journal's days, one at a time; kept once their period is over."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing
from typing import NamedTuple, Protocol

import msgspec

from hub import projections
from hub.domain.reports.content import Report
from hub.domain.reports.fairness import strict_warnings
from hub.domain.reports.making import Making
from hub.domain.reports.period import Period, period_of
from hub.domain.reports.records import Record
from hub.journal.records import Recorded
from hub.service import ClinicService
from smartqueue import wire
from smartqueue.errors import BadPeriod
from smartqueue.terms import Day, Instant, PeriodKind

KEPT = 64
"""Reports; each is some ten kilobytes."""
FRESH_MS = 60_000
"""For how long a report of a week or month that is not over is told again: its days are many to read."""


class PastDays(Protocol):
    def read_days(self, first: Day, last: Day) -> AsyncGenerator[list[Recorded], None]: ...


class _Made(NamedTuple):
    """at: when it was made. is_over: the period was over then, nothing can change any more."""

    report: Report
    at: Instant
    is_over: bool


class Reporting:
    """Reads a day's events again for each report: none of them is held in memory for it."""

    def __init__(self, journal: PastDays, service: ClinicService) -> None:
        self._journal, self._service = journal, service
        self._made: OrderedDict[Period, _Made] = OrderedDict()
        self._turn = asyncio.Lock()

    async def answer(self, kind: str, day: str | None = None, before: str | None = None) -> wire.ReportAnswer:
        """The report of the period that a day belongs to; None = today. before: of an earlier one to compare with.

        Raises BadPeriod, JournalFault.
        """
        today = self._service.published.day
        period = period_of(kind, today if day is None else day, today)
        if before is None:
            return _message(await self._report(period))
        earlier = period_of(kind, before, today)
        if earlier.first >= period.first:
            raise BadPeriod
        return _compared(await self._report(period), (await self._report(earlier)).report)

    async def _report(self, period: Period) -> _Made:
        made = self._kept(period)
        if made is None:
            async with self._turn:
                made = self._kept(period) or await self._make(period)
        return made

    def _kept(self, period: Period) -> _Made | None:
        made = self._made.get(period)
        if made is None or (not made.is_over and self._service.moment().at - made.at >= FRESH_MS):
            return None
        self._made.move_to_end(period)
        return made

    async def _make(self, period: Period) -> _Made:
        is_over, at = period.last < self._service.published.day, self._service.moment().at
        making = Making(period)
        async with aclosing(self._journal.read_days(period.first, period.last)) as pages:
            async for page in pages:
                await asyncio.to_thread(_take, making, page)
        made = _Made(await asyncio.to_thread(making.report), at, is_over)
        if is_over or period.kind is not PeriodKind.DAY:
            self._made[period] = made
            while len(self._made) > KEPT:
                self._made.popitem(last=False)
        return made


def _take(making: Making, page: Iterable[Record]) -> None:
    for record in page:
        making.take(record)


def _message(made: _Made) -> wire.ReportAnswer:
    answer = msgspec.convert(made.report, wire.ReportAnswer, from_attributes=True)
    return msgspec.structs.replace(answer, as_of=projections.when(made.at))


def _compared(made: _Made, earlier: Report) -> wire.ReportAnswer:
    warnings = strict_warnings(made.report, earlier)
    return msgspec.structs.replace(
        _message(made),
        compared_with=msgspec.convert(earlier.period, wire.PeriodView, from_attributes=True),
        strict_warnings=msgspec.convert(warnings, list[wire.StrictWarningView], from_attributes=True),
    )
