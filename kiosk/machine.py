"""From a pending issue to paper: draws its ticket, then prints it."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from PIL import Image

from kiosk.paper import PAPERS, Paper
from kiosk.printer import Printer
from kiosk.printer_status import PrintResult
from kiosk.states import Pending
from kiosk.ticket import draw_ticket
from kiosk.ticket_facts import ticket_facts
from smartqueue.i18n import Words


class Machine:
    """One printer and its paper. Draws in one thread only: each thread that draws keeps memory of its own."""

    def __init__(self, printer: Printer, paper: str) -> None:
        self._printer = printer
        self._paper = PAPERS[paper]
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ticket")

    async def print(self, pending: Pending, progress: Callable[[float], None]) -> PrintResult:
        """progress: share handed over, 0..1, on the event loop. Whatever printer and link do is in the result."""
        picture = await asyncio.get_running_loop().run_in_executor(self._thread, drawn, pending, self._paper)
        return await self._printer.print_ticket(picture, progress)

    async def close(self) -> None:
        """Waits for the job that runs."""
        await asyncio.to_thread(self._thread.shutdown, cancel_futures=True)
        await self._printer.close()


def drawn(pending: Pending, paper: Paper) -> Image.Image:
    """The ticket of an issue that was answered."""
    if pending.answer is None:
        raise ValueError(f"{pending.command_id} has no answer to print")
    facts = ticket_facts(pending.site, pending.department, pending.answer, pending.language)
    return draw_ticket(facts, Words(pending.language), paper)
