"""Printing over real connections to the virtual printer: what arrives, and what is said when it does not."""

import asyncio
import contextlib
import logging
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from printed_paper import PATIENT, QUICK, speckled

from kiosk.print_job import Limits
from kiosk.printer import Printer, encoded
from kiosk.printer_model import Faults, parse_faults
from kiosk.printer_status import PrintOutcome
from kiosk.printer_url import transport_from_url
from kiosk.profiles import GENERIC, Cut, ImageWay, Profile
from kiosk.raster import draw
from kiosk.transports import FileTransport
from kiosk.virtual_printer import VirtualPrinter, VirtualSerialPrinter
from smartqueue.terms import PrinterState

MAYBE, NOT, DONE = PrintOutcome.MAYBE_PRINTED, PrintOutcome.NOT_PRINTED, PrintOutcome.PRINTED


def same_ink(paper: Image.Image, picture: Image.Image) -> bool:
    """`picture` stands at the top of `paper`, in the middle, and nothing else is on it."""
    expected = Image.new("1", paper.size, 1)
    expected.paste(picture, ((paper.width - picture.width) // 2, 0))
    return ImageChops.logical_xor(paper, expected).getbbox() is None


@contextlib.asynccontextmanager
async def printer_at(url: str, profile: Profile = GENERIC["80mm"], limits: Limits = PATIENT):
    printer = Printer(transport_from_url(url), profile, limits)
    try:
        yield printer
    finally:
        await printer.close()


@contextlib.asynccontextmanager
async def both(tmp_path: Path, *faults: str, **options):
    """A virtual printer on TCP and a kiosk's printer that is connected to it."""
    async with (
        VirtualPrinter(tmp_path, faults=parse_faults(faults)) as virtual,
        printer_at(virtual.url, **options) as printer,
    ):
        yield virtual, printer


# --- a healthy printer ----------------------------------------------------------------------------------


async def test_a_ticket_arrives_complete_dot_for_dot(tmp_path):
    picture = speckled(height=683)
    async with both(tmp_path) as (virtual, printer):
        result = await printer.print_ticket(picture)
        saved = await virtual.next_job()
    assert (result.outcome, result.cause, result.confirmed) == (DONE, None, True)
    assert result.bytes_sent == len(saved.job.data)
    assert saved.job.printed.cut
    assert saved.job.printed.problems == ()
    with Image.open(saved.picture_file) as from_bytes:
        assert same_ink(from_bytes, picture)
    (again,) = draw(saved.data_file.read_bytes())
    assert same_ink(again.image, picture)


@pytest.mark.parametrize("way", ImageWay)
@pytest.mark.parametrize("cut", [Cut.FULL, Cut.PARTIAL])
def test_every_way_of_encoding_keeps_every_dot(way, cut):
    picture = speckled(height=100)
    data = b"".join(encoded(picture, Profile("t", image_way=way, cut=cut)).parts)
    (piece,) = draw(data)
    assert piece.cut
    assert piece.problems == ()
    assert same_ink(piece.image, picture)


def test_a_narrow_picture_stands_in_the_middle():
    (piece,) = draw(b"".join(encoded(speckled(384), GENERIC["80mm"]).parts))
    assert same_ink(piece.image, speckled(384))


def test_a_printer_without_cutter_gets_feed_only():
    (piece,) = draw(b"".join(encoded(speckled(), replace(GENERIC["80mm"], cut=Cut.NONE)).parts))
    assert not piece.cut
    assert piece.image.height > 300


def test_the_first_part_moves_paper_and_the_count_and_size_are_right():
    pieces = encoded(speckled(), GENERIC["80mm"])
    parts = list(pieces.parts)
    assert len(parts) == pieces.count
    assert sum(map(len, parts)) == pieces.size
    assert len(parts[0]) < 2000
    (piece,) = draw(parts[0])
    assert piece.image.height == 24


async def test_the_share_that_was_handed_over_grows_to_one(tmp_path):
    shares = []
    async with both(tmp_path) as (_, printer):
        await printer.print_ticket(speckled(), shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len(shares) > 10


async def test_two_tickets_at_once_come_out_one_after_the_other(tmp_path):
    first, second = speckled(seed=1), speckled(seed=2)
    async with both(tmp_path) as (virtual, printer):
        results = await asyncio.gather(printer.print_ticket(first), printer.print_ticket(second))
        jobs = [await virtual.next_job(), await virtual.next_job()]
    assert [result.outcome for result in results] == [DONE, DONE]
    assert same_ink(jobs[0].job.picture, first)
    assert same_ink(jobs[1].job.picture, second)


async def test_status_bytes_inside_a_picture_confuse_nobody(tmp_path):
    picture = Image.frombytes("1", (576, 48), (b"\x10\x04\x01\x10\x04\x02\xef\xfb\xfe\xef\xfb\xfd" * 300)[: 72 * 48])
    async with both(tmp_path) as (virtual, printer):
        result = await printer.print_ticket(picture)
        saved = await virtual.next_job()
    assert result.outcome is DONE
    assert same_ink(saved.job.picture, picture)


async def test_a_picture_wider_than_the_paper_is_a_mistake_of_ours(tmp_path):
    async with both(tmp_path, profile=GENERIC["58mm"]) as (_, printer):
        with pytest.raises(ValueError, match="384 dots"):
            await printer.print_ticket(speckled(576))


async def test_a_printer_that_knows_no_ordered_answer_prints_and_is_not_waited_for_twice(tmp_path):
    async with both(tmp_path, "unordered", limits=replace(PATIENT, finish_s=0.5)) as (virtual, printer):
        first = await printer.print_ticket(speckled())
        second = await printer.print_ticket(speckled())
        assert len(virtual.jobs) == 2
    assert (first.outcome, first.confirmed) == (DONE, False)
    assert (second.outcome, second.confirmed) == (DONE, False)


async def test_low_paper_is_a_warning(tmp_path):
    async with both(tmp_path, "low-paper") as (_, printer):
        result = await printer.print_ticket(speckled())
        assert result.outcome is DONE
        assert result.low_paper
        assert printer.health().state is PrinterState.LOW_PAPER


# --- faults -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "outcome", "cause"),
    [
        ("refuse", NOT, PrinterState.REFUSED),
        ("silent", NOT, PrinterState.SILENT),
        ("out-of-paper", NOT, PrinterState.OUT_OF_PAPER),
        ("cover-open", NOT, PrinterState.COVER_OPEN),
        ("offline", NOT, PrinterState.OFFLINE),
        ("error", NOT, PrinterState.ERROR),
        ("close:5000", MAYBE, PrinterState.CLOSED_MID_JOB),
        ("runs-out:5000", MAYBE, PrinterState.OUT_OF_PAPER),
    ],
)
async def test_each_fault_has_its_result_and_the_next_ticket_prints_when_it_is_mended(tmp_path, fault, outcome, cause):
    async with both(tmp_path, fault, limits=QUICK if fault == "silent" else PATIENT) as (virtual, printer):
        result = await printer.print_ticket(speckled())
        assert (result.outcome, result.cause) == (outcome, cause)
        assert result.reason
        assert printer.health().state is cause
        assert not any(saved.job.printed.cut for saved in virtual.jobs)
        await virtual.set_faults(Faults())
        printer.limits = PATIENT
        assert (await printer.check()).state is PrinterState.OK
        assert (await printer.print_ticket(speckled(seed=9))).outcome is DONE
        last = virtual.jobs[-1].job
        assert last.printed.cut
        assert same_ink(last.picture, speckled(seed=9))


@pytest.mark.parametrize("fault", ["out-of-paper", "cover-open", "offline", "error", "silent", "refuse", "low-paper"])
async def test_a_look_tells_the_state_without_printing(tmp_path, fault):
    async with both(tmp_path, fault, limits=QUICK if fault == "silent" else PATIENT) as (virtual, printer):
        seen = await printer.check()
        assert seen.state == PrinterState(fault.replace("-", "_").replace("refuse", "refused"))
        assert seen == printer.health()
        assert seen.seen_at is not None
        assert virtual.jobs == []


async def test_nobody_has_asked_before_the_first_look(tmp_path):
    async with both(tmp_path) as (_, printer):
        assert printer.health().state is PrinterState.UNKNOWN
        assert printer.health().seen_at is None


async def test_a_jammed_cutter_is_named(tmp_path):
    async with both(tmp_path, "error") as (_, printer):
        assert (await printer.print_ticket(speckled())).reason == "the cutter is jammed"


async def test_a_printer_that_goes_silent_behind_the_data_may_have_printed(tmp_path):
    limits = replace(PATIENT, answer_s=2, finish_s=0.5, stall_s=2)
    async with both(tmp_path, "slow:20000", limits=limits) as (virtual, printer):
        switched = []

        def go_silent(share: float) -> None:
            switched.append(asyncio.ensure_future(virtual.set_faults(Faults(silent=True))))

        result = await printer.print_ticket(speckled(), go_silent)
        await asyncio.gather(*switched)
    assert (result.outcome, result.cause) == (MAYBE, PrinterState.SILENT)


async def test_a_slow_printer_is_waited_for_within_the_limits(tmp_path):
    async with both(tmp_path, "slow:30000") as (virtual, printer):
        result = await printer.print_ticket(speckled(height=150))
        assert (result.outcome, result.confirmed) == (DONE, True)
        assert len(virtual.jobs) == 1


async def test_a_printer_that_takes_nothing_more_is_given_up(tmp_path):
    async with both(tmp_path, "slow:100", limits=QUICK) as (_, printer):
        result = await printer.print_ticket(speckled(height=4000))
    assert result.outcome in (MAYBE, NOT)
    assert result.cause is PrinterState.SILENT


async def test_what_a_torn_job_left_hanging_is_cut_off_before_the_next(tmp_path):
    """Serial: the printer still waits for the rest of an image when the next ticket comes."""
    slow = Faults(bytes_per_s=3000)
    limits = replace(PATIENT, answer_s=2, stall_s=0.3)
    async with VirtualSerialPrinter(tmp_path, baud=4_000_000, faults=slow) as virtual:
        async with printer_at(virtual.url, limits=limits) as printer:
            torn = await printer.print_ticket(speckled(height=2000))
            assert (torn.outcome, torn.cause) == (MAYBE, PrinterState.SILENT)
            await virtual.set_faults(Faults())
            printer.limits = PATIENT
            assert (await printer.print_ticket(speckled(seed=3))).outcome is DONE
        assert len(virtual.jobs) == 2
        assert same_ink(virtual.jobs[1].job.picture, speckled(seed=3))


# --- the other ways -----------------------------------------------------------------------------------------


async def test_a_serial_printer_prints_and_answers(tmp_path):
    async with VirtualSerialPrinter(tmp_path, baud=1_000_000) as virtual:
        async with printer_at(virtual.url) as printer:
            result = await printer.print_ticket(speckled())
        assert (result.outcome, result.confirmed) == (DONE, True)
        assert same_ink((await virtual.next_job()).job.picture, speckled())


@pytest.mark.parametrize(
    ("fault", "outcome", "cause"),
    [
        ("silent", NOT, PrinterState.SILENT),
        ("out-of-paper", NOT, PrinterState.OUT_OF_PAPER),
        ("runs-out:5000", MAYBE, PrinterState.OUT_OF_PAPER),
    ],
)
async def test_faults_of_a_serial_printer(tmp_path, fault, outcome, cause):
    virtual = VirtualSerialPrinter(tmp_path, baud=1_000_000, faults=parse_faults([fault]))
    limits = QUICK if fault == "silent" else PATIENT
    async with virtual, printer_at(virtual.url, limits=limits) as printer:
        result = await printer.print_ticket(speckled())
    assert (result.outcome, result.cause) == (outcome, cause)


async def test_a_serial_printer_that_is_unplugged_in_the_middle_may_have_printed(tmp_path):
    async with VirtualSerialPrinter(tmp_path, baud=115200) as virtual, printer_at(virtual.url) as printer:
        pulled = None

        def pull(share: float) -> None:
            nonlocal pulled
            pulled = pulled or asyncio.ensure_future(virtual.unplug())

        result = await printer.print_ticket(speckled(height=900), pull)
        await pulled
        assert (result.outcome, result.cause) == (MAYBE, PrinterState.CLOSED_MID_JOB)
        assert (await printer.check()).state is PrinterState.REFUSED


async def test_the_device_file_of_a_printer_that_answers_gives_its_state(tmp_path):
    async with VirtualSerialPrinter(tmp_path, baud=1_000_000, faults=Faults(low_paper=True)) as virtual:
        async with printer_at(f"file://{virtual.device}") as printer:
            result = await printer.print_ticket(speckled())
        assert (result.outcome, result.confirmed, result.low_paper) == (DONE, True, True)


async def test_a_device_file_that_never_answers_prints_unconfirmed(tmp_path):
    async with VirtualSerialPrinter(tmp_path, baud=1_000_000, faults=Faults(mute=True)) as virtual:
        printer = Printer(FileTransport(Path(virtual.device)), limits=QUICK)
        result = await printer.print_ticket(speckled())
        assert (result.outcome, result.confirmed) == (DONE, False)
        assert same_ink((await virtual.next_job()).job.picture, speckled())
        assert printer.health().state is PrinterState.UNKNOWN
        await printer.close()


async def test_a_regular_file_keeps_the_ticket(tmp_path):
    target = tmp_path / "paper"
    target.touch()
    async with printer_at(f"file://{target}") as printer:
        result = await printer.print_ticket(speckled())
    assert (result.outcome, result.confirmed) == (DONE, False)
    (piece,) = draw(target.read_bytes())
    assert same_ink(piece.image, speckled())


async def test_a_virtual_printer_keeps_bytes_and_draws_the_paper_from_them(tmp_path):
    async with printer_at(f"virtual:{tmp_path / 'out'}") as printer:
        results = [await printer.print_ticket(speckled(seed=seed)) for seed in (1, 2)]
    assert [(result.outcome, result.confirmed) for result in results] == [(DONE, True)] * 2
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "0001.bin",
        "0001.png",
        "0002.bin",
        "0002.png",
    ]
    with Image.open(tmp_path / "out" / "0002.png") as paper:
        assert same_ink(paper, speckled(seed=2))


@pytest.mark.parametrize(
    ("fault", "outcome", "cause"),
    [
        ("refuse", NOT, PrinterState.REFUSED),
        ("silent", NOT, PrinterState.SILENT),
        ("out-of-paper", NOT, PrinterState.OUT_OF_PAPER),
        ("close:3000", MAYBE, PrinterState.CLOSED_MID_JOB),
        ("runs-out:3000", MAYBE, PrinterState.OUT_OF_PAPER),
    ],
)
async def test_the_virtual_printer_inside_the_kiosk_has_the_same_faults(tmp_path, fault, outcome, cause):
    async with printer_at(f"virtual:{tmp_path}", limits=QUICK if fault == "silent" else PATIENT) as printer:
        printer.transport.model.faults = parse_faults([fault])
        result = await printer.print_ticket(speckled())
        assert (result.outcome, result.cause) == (outcome, cause)
        printer.transport.model.faults = Faults()
        assert (await printer.print_ticket(speckled())).outcome is DONE


async def test_a_directory_that_cannot_be_written_is_a_printer_that_refuses(tmp_path):
    (tmp_path / "file").touch()
    async with printer_at(f"virtual:{tmp_path / 'file' / 'out'}") as printer:
        result = await printer.print_ticket(speckled())
    assert (result.outcome, result.cause) == (NOT, PrinterState.REFUSED)
    assert "cannot keep printed tickets" in result.reason


# --- the driver -------------------------------------------------------------------------------------------


class Broken:
    """A transport whose driver fails in a way that nobody foresaw."""

    url, answers, bytes_per_s = "broken:", "always", None

    def open(self, timeout_s: float):
        raise RuntimeError("no idea")


async def test_a_mistake_in_a_driver_is_a_result_and_not_the_end(caplog):
    printer = Printer(Broken())
    with caplog.at_level(logging.CRITICAL + 1, "kiosk.printer"):
        result = await printer.print_ticket(speckled())
        assert (await printer.check()).state is PrinterState.ERROR
    assert (result.outcome, result.cause) == (NOT, PrinterState.ERROR)
    await printer.close()


def test_the_encoder_leaves_no_directory_behind_and_says_nothing(tmp_path):
    kept = tmp_path / "kept"
    kept.mkdir()
    script = (
        "import asyncio, sys; from PIL import Image; from kiosk.printer import Printer\n"
        "from kiosk.printer_url import transport_from_url\n"
        "async def main():\n"
        "    printer = Printer(transport_from_url('virtual:' + sys.argv[1]))\n"
        "    await printer.warm_up()\n"
        "    print((await printer.print_ticket(Image.new('1', (576, 50), 0))).outcome)\n"
        "    await printer.close()\n"
        "assert 'escpos' not in sys.modules\n"
        "asyncio.run(main())\n"
    )
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "out")],
        env={"TMPDIR": str(temporary), "ESCPOS_CAPABILITIES_PICKLE_DIR": str(kept), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("printed\n", "")
    assert list(temporary.iterdir()) == []
    assert list(kept.iterdir()) == []
