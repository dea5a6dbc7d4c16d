"""Whatever happens to a printer at whatever byte: one valid ticket or a clear state, and never two for one token."""

import asyncio
import os
from dataclasses import replace

import pytest
from kiosk_tickets import EN, facts
from printed_paper import PATIENT, QUICK, meant, whole

from kiosk.layout import ticket_strips
from kiosk.link import Answers, LinkLost
from kiosk.printer import Printer, encoded
from kiosk.printer_model import Faults, PrinterModel, Reaction, parse_faults
from kiosk.printer_status import PrintOutcome, PrintResult
from kiosk.printer_url import transport_from_url
from kiosk.profiles import PROFILES
from kiosk.raster import Printed
from kiosk.virtual_printer import VirtualPrinter, VirtualSerialPrinter
from smartqueue.i18n import Words
from smartqueue.terms import Label, PrinterState

DONE, MAYBE, NOT = PrintOutcome.PRINTED, PrintOutcome.MAYBE_PRINTED, PrintOutcome.NOT_PRINTED
WHOLE, SLIM = "generic-80mm", "epson-tm-t20"
"""Profiles: a ticket drawn whole, and one of text, pictures and a QR code of the printer's own."""
STEPS = 24


def ticket(layout: str, label: str = "A012"):
    """The strips of a ticket and the paper that they should become."""
    strips = ticket_strips(
        facts(EN, label=Label(label)), Words(EN), PROFILES[layout], bytes_per_s=None if layout == WHOLE else 960
    )
    return strips, meant(strips, PROFILES[layout])


TICKETS = {layout: (ticket(layout), ticket(layout, "K345")) for layout in (WHOLE, SLIM)}
SIZES = {layout: encoded(first[0], PROFILES[layout]).size for layout, (first, _) in TICKETS.items()}
OFFSETS = [
    pytest.param(layout, at, id=f"{layout}-{at}")
    for layout, size in SIZES.items()
    for at in sorted({1, 2, 5, 11, size - 5, size - 1, size, *range(size // STEPS, size, size // STEPS)})
]


class Pipe:
    """A way straight into a printer model, which keeps its paper: no sockets, no files, no waiting."""

    url, answers, bytes_per_s = "pipe:", Answers.ALWAYS, None

    def __init__(self, width_dots: int = 576) -> None:
        self.model = PrinterModel(width_dots)
        self.pieces: list[Printed] = []

    def open(self, timeout_s: float) -> "PipeLink":
        return PipeLink(self)

    def take(self, reaction: Reaction) -> None:
        self.pieces += [job.printed for job in reaction.jobs]

    def mend(self) -> None:
        """Paper is put in, the plug is put back: it prints what it still has."""
        self.model.faults = Faults()
        self.take(self.model.resume())


class PipeLink:
    def __init__(self, pipe: Pipe) -> None:
        self._pipe = pipe
        self._said = b""
        self._gone = False

    def write(self, data: bytes, timeout_s: float) -> None:
        if self._gone:
            raise LinkLost("it hung up")
        reaction = self._pipe.model.receive(data, 0.0)
        self._pipe.take(reaction)
        self._said += reaction.answers
        self._gone = reaction.hang_up

    def read(self, timeout_s: float) -> bytes:
        if self._gone and not self._said:
            raise LinkLost("it hung up")
        said, self._said = self._said, b""
        return said

    def close(self, wait_s: float) -> None:
        self._pipe.take(self._pipe.model.hang_up())


BRIEF = replace(QUICK, answer_s=0.01, finish_s=0.01)
"""A model in this process answers at once or never."""


def check(result: PrintResult, papers: int) -> None:
    """What was said of a ticket fits what lies in front of the printer."""
    if result.outcome is DONE:
        assert papers == 1
    elif result.outcome is NOT:
        assert papers == 0
    else:
        assert papers <= 1
        assert result.cause is not None


@pytest.mark.parametrize("fault", ["close", "runs-out"])
@pytest.mark.parametrize(("layout", "at"), OFFSETS)
async def test_a_job_that_breaks_off_anywhere_is_never_printed_twice(layout, at, fault):
    """At the byte `at` of the job; then all is well again and somebody else takes a ticket."""
    (first, first_paper), (second, second_paper) = TICKETS[layout]
    pipe = Pipe()
    printer = Printer(pipe, PROFILES[layout], BRIEF)
    pipe.model.faults = parse_faults([f"{fault}:{at}"])
    broken = await printer.print_ticket(first)
    check(broken, whole(pipe.pieces, first_paper))
    pipe.mend()
    after = await printer.print_ticket(second)
    await printer.close()
    assert (after.outcome, after.confirmed) == (DONE, True)
    assert whole(pipe.pieces, first_paper) <= 1
    assert whole(pipe.pieces, second_paper) == 1
    assert sum(piece.cut and not piece.blank for piece in pipe.pieces) <= 2 + (broken.outcome is MAYBE)
    assert all(piece.problems == () for piece in pipe.pieces if piece.cut and whole([piece], second_paper))


@pytest.mark.parametrize("fault", ["refuse", "silent", "out-of-paper", "cover-open", "offline", "error"])
@pytest.mark.parametrize("layout", [WHOLE, SLIM])
async def test_a_ticket_that_was_not_printed_does_not_come_out_later(layout, fault, tmp_path):
    (first, first_paper), (second, second_paper) = TICKETS[layout]
    async with VirtualPrinter(tmp_path, faults=parse_faults([fault])) as virtual:
        limits = QUICK if fault == "silent" else PATIENT
        printer = Printer(transport_from_url(virtual.url), PROFILES[layout], limits)
        assert (await printer.print_ticket(first)).outcome is NOT
        await virtual.set_faults(Faults())
        printer.limits = PATIENT
        assert (await printer.print_ticket(second)).outcome is DONE
        await printer.close()
        pieces = [saved.job.printed for saved in virtual.jobs]
    assert whole(pieces, first_paper) == 0
    assert whole(pieces, second_paper) == 1
    assert len(pieces) == 1


# --- gone and back, without a restart -----------------------------------------------------------------------


async def test_a_printer_on_the_network_that_was_switched_off_prints_when_it_is_back(tmp_path):
    (first, _), (second, second_paper) = TICKETS[WHOLE]
    async with VirtualPrinter(tmp_path) as virtual:
        port = virtual.port
        printer = Printer(transport_from_url(virtual.url), limits=PATIENT)
        assert (await printer.print_ticket(first)).outcome is DONE
    gone = await printer.print_ticket(first)
    assert (gone.outcome, gone.cause) == (NOT, PrinterState.REFUSED)
    assert (await printer.check()).state is PrinterState.REFUSED
    async with VirtualPrinter(tmp_path, port=port) as virtual:
        assert (await printer.check()).state is PrinterState.OK
        assert (await printer.print_ticket(second)).outcome is DONE
        assert whole([saved.job.printed for saved in virtual.jobs], second_paper) == 1
    await printer.close()


async def test_a_printer_on_the_network_that_is_switched_off_in_the_middle_may_have_printed(tmp_path):
    (first, first_paper), (second, second_paper) = TICKETS[WHOLE]
    async with VirtualPrinter(tmp_path, faults=Faults(bytes_per_s=30_000)) as virtual:
        port = virtual.port
        printer = Printer(transport_from_url(virtual.url), limits=PATIENT)
        off = asyncio.Event()
        job = asyncio.create_task(printer.print_ticket(first, lambda _share: off.set()))
        await off.wait()
        await virtual.stop()
        result = await job
        assert (result.outcome, result.cause) == (MAYBE, PrinterState.CLOSED_MID_JOB)
        assert whole([saved.job.printed for saved in virtual.jobs], first_paper) == 0
    async with VirtualPrinter(tmp_path, port=port) as virtual:
        assert (await printer.print_ticket(second)).outcome is DONE
        papers = [saved.job.printed for saved in virtual.jobs]
    assert (whole(papers, first_paper), whole(papers, second_paper), len(papers)) == (0, 1, 1)
    await printer.close()


async def test_a_serial_printer_that_was_unplugged_prints_when_it_is_back(tmp_path):
    """The same name leads to another device each time, as udev's links do."""
    (first, _), (second, second_paper) = TICKETS[SLIM]
    device = tmp_path / "printer"
    printer = Printer(transport_from_url(f"serial://{device}?baud=115200"), PROFILES[SLIM], PATIENT)
    assert (await printer.check()).state is PrinterState.REFUSED
    for number in range(2):
        async with VirtualSerialPrinter(tmp_path / f"out-{number}", baud=1_000_000) as virtual:
            os.symlink(virtual.device, device)
            assert (await printer.check()).state is PrinterState.OK
            assert (await printer.print_ticket(second)).outcome is DONE
            assert whole([saved.job.printed for saved in virtual.jobs], second_paper) == 1
        device.unlink()
        gone = await printer.print_ticket(first)
        assert (gone.outcome, gone.cause) == (NOT, PrinterState.REFUSED)
        assert "plugged in" in gone.reason
    await printer.close()


async def test_a_serial_printer_that_is_unplugged_in_the_middle_starts_afresh_when_it_is_back(tmp_path):
    (first, first_paper), (second, second_paper) = TICKETS[WHOLE]
    device = tmp_path / "printer"
    printer = Printer(transport_from_url(f"serial://{device}?baud=115200"), limits=PATIENT)
    async with VirtualSerialPrinter(tmp_path / "before", baud=115200) as virtual:
        os.symlink(virtual.device, device)
        off = asyncio.Event()
        job = asyncio.create_task(printer.print_ticket(first, lambda _share: off.set()))
        await off.wait()
        await virtual.unplug()
        broken = await job
        assert (broken.outcome, broken.cause) == (MAYBE, PrinterState.CLOSED_MID_JOB)
        assert whole([saved.job.printed for saved in virtual.jobs], first_paper) == 0
    device.unlink()
    async with VirtualSerialPrinter(tmp_path / "after", baud=1_000_000) as virtual:
        os.symlink(virtual.device, device)
        assert (await printer.print_ticket(second)).outcome is DONE
        assert whole([saved.job.printed for saved in virtual.jobs], second_paper) == 1
    await printer.close()


# --- kinds of printers --------------------------------------------------------------------------------------


async def test_a_printer_of_the_kind_that_says_nothing_is_not_taken_for_a_broken_one(tmp_path):
    profile = PROFILES["cheap-58mm"]
    strips = ticket_strips(facts(EN), Words(EN), profile)
    async with VirtualPrinter(tmp_path, width_dots=384, faults=Faults(mute=True)) as virtual:
        printer = Printer(transport_from_url(virtual.url), profile, PATIENT)
        assert (await printer.check()).state is PrinterState.UNKNOWN
        result = await printer.print_ticket(strips)
        assert (result.outcome, result.confirmed) == (DONE, False)
        piece = (await virtual.next_job()).job.printed
        await printer.close()
    assert piece.image.tobytes() == meant(strips, profile).image.tobytes()
    assert not piece.cut


async def test_a_printer_of_the_kind_that_answers_little_is_not_waited_for(tmp_path):
    """With these limits waiting for the ordered answer would take a minute."""
    async with VirtualPrinter(tmp_path, faults=Faults(unordered=True)) as virtual:
        printer = Printer(
            transport_from_url(virtual.url), PROFILES["cheap-80mm"], replace(PATIENT, finish_s=60, close_s=0.1)
        )
        async with asyncio.timeout(30):
            result = await printer.print_ticket(TICKETS[WHOLE][0][0])
        await printer.close()
    assert (result.outcome, result.confirmed) == (DONE, False)
