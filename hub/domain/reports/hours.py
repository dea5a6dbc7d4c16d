"""Hours of the local clock: a clinic day has 24 of them, but 23 or 25 when the clocks change."""

from hub.domain import clinic_day
from hub.domain.configuration import Site
from smartqueue.terms import Day, Instant

QUARTER_MS = 15 * 60_000
"""Zones differ from UTC by whole quarters of an hour, and clocks change at one."""
HOUR_MS = 4 * QUARTER_MS


def hours_of(day: Day, site: Site) -> list[float]:
    """For each hour 0 to 23 of the local clock, how many real hours of this clinic day had it: 1, rarely 0 or 2."""
    found_ms = [0] * 24
    at, end = clinic_day.start_of(day, site), clinic_day.end_of(day, site)
    while at < end:
        until = Instant(min(end, (at // QUARTER_MS + 1) * QUARTER_MS))
        found_ms[clinic_day.local_hour(at, site.zone)] += until - at
        at = until
    return [found / HOUR_MS for found in found_ms]
