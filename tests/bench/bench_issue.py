"""Durable issue over HTTP at 1, 16 and 64 clients: speed, CPU, duplicates, gaps, refusals; and without a store."""

import sys
from collections import defaultdict
from pathlib import Path

from figures import Figure, at_least, at_most, quantile
from http_load import Answered, load, post
from hubs import HubProcess, Site, make_site, running_hub

DEPARTMENTS = ("general-medicine", "paediatrics", "cardiology", "laboratory", "pharmacy")
TOTAL = 2000
PROMISED_CLIENTS = 16
WITHOUT_STORE = (sys.executable, str(Path(__file__).with_name("hub_without_store.py")))


async def run(directory: Path) -> list[Figure]:
    figures = []
    site = await make_site(directory / "durable", "kiosk:hall")
    async with running_hub(site) as hub:
        for clients in (1, 16, 64):
            figures += await _issue(hub, site, clients)
    return [*figures, await _against_no_store(directory)]


async def _issue(hub: HubProcess, site: Site, clients: int) -> list[Figure]:
    before = hub.cpu_s()
    answered = await load(hub.port, clients, TOTAL, lambda number: _request(site, f"c{clients}", number))
    cpu_ms = (hub.cpu_s() - before) * 1000 / TOTAL
    duplicates, gaps = _series(answered)
    refusals = sum(status != 201 for status in answered.statuses)
    what = f"durable issue, {clients} clients"
    return [
        Figure(f"{what}: tokens a second", TOTAL / answered.wall_s, "1/s"),
        Figure(f"{what}: median answer", quantile(answered.seconds, 0.5) * 1000, "ms"),
        Figure(f"{what}: p99 answer", quantile(answered.seconds, 0.99) * 1000, "ms"),
        _cpu(f"{what}: hub CPU per token", cpu_ms, clients),
        at_most(f"{what}: duplicates + gaps + refusals of {TOTAL}", duplicates + gaps + refusals, 0, ""),
    ]


def _cpu(what: str, cpu_ms: float, clients: int) -> Figure:
    """The promise is made for 16 clients."""
    return at_most(what, cpu_ms, 1.0, "ms") if clients == PROMISED_CLIENTS else Figure(what, cpu_ms, "ms")


def _series(answered: Answered) -> tuple[int, int]:
    """Duplicates and gaps among the labels of this run, each department's numbers being one dense series."""
    numbers = defaultdict(list)
    for body in answered.bodies:
        if "label" in body:
            numbers[body["department"]].append(int(body["label"][1:]))
    duplicates = sum(len(found) - len(set(found)) for found in numbers.values())
    gaps = sum(max(found) - min(found) + 1 - len(set(found)) for found in numbers.values())
    return duplicates, gaps


async def _against_no_store(directory: Path) -> Figure:
    """The same handler with and without a store, at 64 clients, in turn; the median of three ratios."""
    durable_site = await make_site(directory / "ratio-durable", "kiosk:hall")
    fast_site = await make_site(directory / "ratio-fast", "kiosk:hall")
    ratios = []
    async with running_hub(durable_site) as durable, running_hub(fast_site, *WITHOUT_STORE) as fast:
        for turn in range(3):
            one = await load(durable.port, 64, TOTAL, lambda n, t=turn: _request(durable_site, f"d{t}", n))  # type: ignore[misc]
            two = await load(fast.port, 64, TOTAL, lambda n, t=turn: _request(fast_site, f"f{t}", n))  # type: ignore[misc]
            ratios.append(two.wall_s / one.wall_s)
    return at_least("durable / without a store, 64 clients (median of 3)", sorted(ratios)[1], 0.7, "x")


def _request(site: Site, run: str, number: int) -> bytes:
    body = {"department": DEPARTMENTS[number % len(DEPARTMENTS)]}
    return post("/api/v1/tokens", site.keys["hall"], f"{run}-{number:08}", body)
