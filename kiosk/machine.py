"""From a pending issue to paper: draws its ticket, then prints it."""

import asyncio
from collections.abc import Callable

from PIL import Image

from kiosk.paper import PAPERS, Paper
from kiosk.printer import Printer
from kiosk.printer_status import PrintResult
from kiosk.states import Pending
from kiosk.ticket import draw_ticket
from kiosk.ticket_facts import ticket_facts
from smartqueue.i18n import Words


class Machine:
    """One printer and its paper."""

    def __init__(self, printer: Printer, paper: str) -> None:
        self._printer = printer
        self._paper = PAPERS[paper]

    async def print(self, pending: Pending, progress: Callable[[float], None]) -> PrintResult:
        """progress: share handed over, 0..1, on the event loop. Whatever printer and link do is in the result."""
        picture = await asyncio.to_thread(drawn, pending, self._paper)
        return await self._printer.print_ticket(picture, progress)


def drawn(pending: Pending, paper: Paper) -> Image.Image:
    """The ticket of an issue that was answered."""
    if pending.answer is None:
        raise ValueError(f"{pending.command_id} has no answer to print")
    facts = ticket_facts(pending.site, pending.department, pending.answer, pending.language)
    return draw_ticket(facts, Words(pending.language), paper)
