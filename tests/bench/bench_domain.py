"""The rules alone: how long `decide` takes for each kind of command on a busy day, and how fast `evolve` is."""

import time
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain, product
from pathlib import Path

from busy_day import TOKENS, BusyDay
from figures import Figure, at_least, at_most, quantile

from hub.domain.clinic import Clinic
from hub.domain.evolve import evolve
from hub.domain.throughput import wait_quantiles

DAYS = 3
OFTEN = 100
"""A kind of command that was asked so often in all days has quantiles; of others only the longest is told."""
REFUSALS = {"room_paused", "undo_too_late"}
"""Pressed during a break; undone when the person was called elsewhere. Any other would be a mistake of this bench."""


async def run(_directory: Path) -> list[Figure]:
    """The directory stays empty: nothing here is written."""
    days = [BusyDay(seed).go() for seed in range(DAYS)]
    for day in days:
        _check(day)
    return [
        Figure(f"a day of {TOKENS} tokens: most waiting in one queue", max(day.most_waiting for day in days), "tokens"),
        *_decisions(days),
        at_least(f"evolve (median of {DAYS})", sorted(map(_evolve_rate, days))[DAYS // 2], 50_000, "events/s"),
        *_quantiles(),
    ]


def _check(day: BusyDay) -> None:
    refused = {code for _, code in day.refused} - REFUSALS
    if refused or len(day.clinic.tokens) != TOKENS:
        raise RuntimeError(f"the day went otherwise than planned: {len(day.clinic.tokens)} tokens, {day.refused}")


def _decisions(days: list[BusyDay]) -> Iterator[Figure]:
    together: defaultdict[str, list[float]] = defaultdict(list)
    for kind, seconds in chain.from_iterable(day.decide_s.items() for day in days):
        together[kind.__name__] += [second * 1e6 for second in seconds]
    everything = list(chain.from_iterable(together.values()))
    yield from _slowness("all commands", everything)
    yield Figure("decide all commands, longest", max(everything), "us")
    for name, taken_us in sorted(together.items()):
        if len(taken_us) < OFTEN:
            yield Figure(f"decide {name}, seldom asked, longest", max(taken_us), "us")
        else:
            yield from _slowness(name, taken_us)


def _slowness(name: str, taken_us: list[float]) -> tuple[Figure, Figure]:
    return (
        Figure(f"decide {name}, p50", quantile(taken_us, 0.5), "us"),
        at_most(f"decide {name}, p99", quantile(taken_us, 0.99), 1000, "us"),
    )


def _evolve_rate(day: BusyDay) -> float:
    """Events a second, all of the day into an empty state, which must then be the same."""
    clinic = Clinic()
    began = time.perf_counter()
    for entry in day.journal:
        evolve(clinic, *entry)
    taken_s = time.perf_counter() - began
    if clinic != day.clinic:
        raise RuntimeError("the same events gave another state")
    return len(day.journal) / taken_s


def _quantiles() -> Iterator[Figure]:
    """Waits in figures that nobody has asked for yet, as no day of this bench reaches them; then again."""
    asked = list(product(range(501, 541), range(501, 541)))
    first, again = ([_asked_us(n, k) for n, k in asked] for _ in range(2))
    yield at_most("quantiles of a wait, n and k above 500, p50", quantile(first, 0.5), 1000, "us")
    yield Figure("quantiles of a wait, asked for again, p50", quantile(again, 0.5), "us")


def _asked_us(n: int, k: int) -> float:
    began = time.perf_counter()
    wait_quantiles(n, k, 60.0, 10.0, 2.0)
    return (time.perf_counter() - began) * 1e6
