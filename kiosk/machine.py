"""From a pending issue to paper: lays its ticket out for this printer, then prints it."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from kiosk.layout import ticket_strips
from kiosk.printer import Printer
from kiosk.printer_status import PrintResult
from kiosk.profiles import Profile
from kiosk.strips import Strips
from kiosk.terms import Pending
from kiosk.ticket_facts import TicketFacts, ticket_facts
from smartqueue.i18n import Words


class Machine:
    """One printer. Draws in one thread only: each thread that draws keeps memory of its own."""

    def __init__(self, printer: Printer, logo: Callable[[str | None], Path | None] = lambda _digest: None) -> None:
        """logo: the clinic's picture of this digest."""
        self.logo = logo
        self._printer = printer
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ticket")

    async def print(self, pending: Pending, progress: Callable[[float], None]) -> PrintResult:
        """progress: share handed over, 0..1, on the event loop. Whatever printer and link do is in the result."""
        return await self.print_facts(replace(facts_of(pending), logo=self.logo(pending.site.logo)), progress)

    async def print_facts(self, facts: TicketFacts, progress: Callable[[float], None]) -> PrintResult:
        """Any ticket: a copy, a trial, one that the kiosk issued alone."""
        line = self._printer.transport.bytes_per_s
        strips = await asyncio.get_running_loop().run_in_executor(
            self._thread, laid_out, facts, self._printer.profile, line
        )
        return await self._printer.print_ticket(strips, progress)

    async def close(self) -> None:
        """Waits for the job that runs."""
        await asyncio.to_thread(self._thread.shutdown, cancel_futures=True)
        await self._printer.close()


def facts_of(pending: Pending) -> TicketFacts:
    """What stands on the ticket of an issue that was answered, or on a copy, which tells only what is known now."""
    if pending.answer is None:
        raise ValueError(f"{pending.command_id} has no answer to print")
    facts = ticket_facts(
        pending.site,
        pending.department,
        pending.answer,
        pending.language,
        copy=pending.copy is not None,
        away=pending.away,
    )
    return facts if pending.copy is None else replace(facts, ahead=pending.copy.ahead)


def laid_out(facts: TicketFacts, profile: Profile, bytes_per_s: float | None) -> Strips:
    return ticket_strips(facts, Words(facts.language), profile, bytes_per_s)
