"""Tickets in a row keep no memory: the short version of `tests/bench/bench_tickets.py`."""

import gc
import itertools
import resource
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from kiosk_tickets import FACTS, facts

from kiosk.layout import ticket_strips
from kiosk.printer import encoded
from kiosk.printer_model import PrinterModel
from kiosk.profiles import GENERIC, PROFILES
from kiosk.ticket_facts import TicketFacts
from smartqueue.i18n import Words
from smartqueue.terms import LANGUAGES, Label

WARM, MORE = 60, 120
MOST_BYTES = 3_000_000
"""A ticket is 52 kB of dots: if one in two stayed, it would be more."""


def other(number: int) -> TicketFacts:
    taken = FACTS.taken_at + timedelta(minutes=number)
    return replace(
        facts(LANGUAGES[number % len(LANGUAGES)]),
        label=Label(f"A{number % 999:03}"),
        taken_at=taken,
        ahead=number % 40,
        called_between=(taken + timedelta(minutes=5), taken + timedelta(minutes=15)),
        status_address=f"HTTPS://Q.RIVERSIDE.EXAMPLE/S/{number:026}",
        short_code=f"{number:08}",
    )


def held_bytes() -> int:
    gc.collect()
    return int(Path("/proc/self/statm").read_text("utf-8").split()[1]) * resource.getpagesize()


def test_hundreds_of_different_tickets_drawn_and_printed_keep_no_memory():
    """In both layouts, each through an encoder and a printer model that draws its paper."""
    ways = (("80mm", GENERIC["80mm"], None), ("slim", PROFILES["epson-tm-t20"], 960.0))
    printers = {name: PrinterModel(profile.width_dots) for name, profile, _ in ways}
    before = 0
    for number, (name, profile, line) in zip(range(WARM + MORE), itertools.cycle(ways), strict=False):
        made = other(number)
        strips = ticket_strips(made, Words(made.language), profile, line)
        reaction = printers[name].receive(b"".join(encoded(strips, profile).parts), 0.0)
        assert len(reaction.jobs) == 1
        if number == WARM:
            before = held_bytes()
    assert held_bytes() - before < MOST_BYTES
