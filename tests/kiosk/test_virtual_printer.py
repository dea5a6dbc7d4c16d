"""The virtual printer itself: over a plain socket, as a process, with faults that come and go."""

import asyncio
import contextlib
import json
import sys

import pytest

from kiosk.printer_model import FAULT_WORDS, Faults, PrinterModel, parse_faults
from kiosk.virtual_printer import VirtualPrinter
from kiosk.virtual_printer_verb import _address
from smartqueue.errors import StartFault

HELLO = b"\x1b@Hello\n\x1bd\x04\x1dV\x01"


@contextlib.asynccontextmanager
async def connected(printer: VirtualPrinter):
    reader, writer = await asyncio.open_connection("127.0.0.1", printer.port)
    try:
        yield reader, writer
    finally:
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()


async def asked(reader, writer, question: bytes, size: int = 1) -> bytes:
    writer.write(question)
    return await asyncio.wait_for(reader.readexactly(size), 5)


# --- answers ----------------------------------------------------------------------------------------------


async def test_it_answers_what_real_ones_answer(tmp_path):
    async with VirtualPrinter(tmp_path) as printer, connected(printer) as (reader, writer):
        for number in (1, 2, 3, 4):
            assert await asked(reader, writer, bytes((0x10, 4, number))) == b"\x12"
        assert await asked(reader, writer, b"\x1dr\x01") == b"\x00"
        assert (await asked(reader, writer, b"\x1dI\x42", 12))[:6] == b"_Smart"


async def test_a_question_in_two_pieces_is_one_question():
    model = PrinterModel()
    answers = [model.receive(bytes((byte,)), 0).answers for byte in b"\x10\x04\x04\x10\x10\x04\x01"]
    assert answers == [b"", b"", b"\x12", b"", b"", b"", b"\x12"]


async def test_the_ordered_answer_comes_behind_the_data_and_waits_for_paper():
    model = PrinterModel(faults=Faults(out_of_paper=True))
    held = model.receive(HELLO + b"\x1dr\x01" + b"\x10\x04\x04", 1.0)
    assert (held.answers, held.jobs) == (b"\x7e", ())
    assert model.backlog > 0
    model.faults = Faults()
    freed = model.resume()
    assert freed.answers == b"\x00"
    assert [job.data for job in freed.jobs] == [HELLO]


# --- jobs -------------------------------------------------------------------------------------------------


async def test_a_job_is_kept_as_bytes_and_picture_and_told(tmp_path):
    told = []
    async with VirtualPrinter(tmp_path, report=told.append) as printer, connected(printer) as (_, writer):
        writer.write(b"\x10\x04\x01" + HELLO)
        saved = await printer.next_job()
    assert saved.data_file.read_bytes() == HELLO
    assert saved.picture_file.name == "0001.png"
    assert told[0]["event"] == "job"
    assert (told[0]["bytes"], told[0]["cut"], told[0]["problems"]) == (len(HELLO), True, [])
    assert told[0]["first_byte"] <= told[0]["last_byte"]


async def test_a_ticket_in_many_small_pieces_is_one_job(tmp_path):
    async with VirtualPrinter(tmp_path) as printer, connected(printer) as (_, writer):
        for byte in HELLO:
            writer.write(bytes((byte,)))
            await writer.drain()
        assert (await printer.next_job()).job.data == HELLO


async def test_numbers_go_on_from_what_lies_there(tmp_path):
    (tmp_path / "0041.bin").touch()
    async with VirtualPrinter(tmp_path) as printer, connected(printer) as (_, writer):
        writer.write(HELLO)
        assert (await printer.next_job()).data_file.name == "0042.bin"


async def test_a_connection_that_ends_without_cut_leaves_a_ticket_hanging(tmp_path):
    async with VirtualPrinter(tmp_path) as printer:
        async with connected(printer) as (_, writer):
            writer.write(b"Half\n\x1dv0\x00\x48\x00\x10\x00abc")
        saved = await printer.next_job()
    assert not saved.job.printed.cut


async def test_a_connection_that_prints_nothing_is_no_job(tmp_path):
    async with VirtualPrinter(tmp_path) as printer:
        async with connected(printer) as (reader, writer):
            await asked(reader, writer, b"\x1b@\x1dr\x01")
        async with connected(printer) as (_, writer):
            writer.write(HELLO)
        await printer.next_job()
        assert len(printer.jobs) == 1


async def test_blank_paper_that_is_cut_off_is_no_job(tmp_path):
    async with VirtualPrinter(tmp_path) as printer, connected(printer) as (_, writer):
        writer.write(b"\x1b@\x1bd\x04\x1dV\x01" + HELLO)
        await printer.next_job()
        assert len(printer.jobs) == 1


async def test_a_second_connection_waits_for_the_first(tmp_path):
    async with VirtualPrinter(tmp_path) as printer, connected(printer) as (first, first_writer):
        await asked(first, first_writer, b"\x10\x04\x01")
        async with connected(printer) as (second, second_writer):
            second_writer.write(b"\x10\x04\x01")
            await asked(first, first_writer, b"\x10\x04\x01")
            first_writer.close()
            assert await asyncio.wait_for(second.readexactly(1), 5) == b"\x12"


# --- faults -----------------------------------------------------------------------------------------------


async def test_refusing_and_accepting_again_on_the_same_port(tmp_path):
    async with VirtualPrinter(tmp_path) as printer:
        url = printer.url
        await printer.set_faults(Faults(refuse=True))
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection("127.0.0.1", printer.port)
        await printer.set_faults(Faults())
        assert printer.url == url
        async with connected(printer) as (reader, writer):
            assert await asked(reader, writer, b"\x10\x04\x01") == b"\x12"


async def test_it_hangs_up_in_the_middle_when_told(tmp_path):
    async with (
        VirtualPrinter(tmp_path, faults=Faults(close_after=10)) as printer,
        connected(printer) as (reader, writer),
    ):
        writer.write(HELLO)
        with pytest.raises((ConnectionResetError, asyncio.IncompleteReadError)):
            await asyncio.wait_for(reader.readexactly(1), 5)


async def test_a_slow_one_takes_its_time(tmp_path):
    async with VirtualPrinter(tmp_path, faults=Faults(bytes_per_s=400)) as printer, connected(printer) as (_, writer):
        writer.write(b"x" * 100 + HELLO)
        job = (await printer.next_job()).job
    assert job.last_byte - job.first_byte > 0.1


def test_every_fault_has_a_word_and_is_read_back():
    words = [word.replace(":N", ":77") for word in FAULT_WORDS]
    faults = parse_faults(words)
    assert sorted(faults.names) == sorted(words)
    assert parse_faults(faults.names) == faults
    assert parse_faults(["out_of_paper"]) == parse_faults(["out-of-paper"])


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("out-of-papper", "out-of-paper"),
        ("slow", "needs a number above 0"),
        ("close:0", "needs a number"),
        ("closd:5", "close"),
    ],
)
def test_a_fault_that_nobody_knows_is_told_with_the_nearest(word, hint):
    with pytest.raises(ValueError, match=hint):
        parse_faults([word])


async def test_a_port_in_use_is_one_clear_line(tmp_path):
    async with VirtualPrinter(tmp_path) as printer:
        with pytest.raises(StartFault, match=f"cannot listen on 127.0.0.1:{printer.port}"):
            await VirtualPrinter(tmp_path, port=printer.port).start()


def test_a_directory_that_cannot_be_made_is_one_clear_line(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StartFault, match="cannot keep printed tickets"):
        VirtualPrinter(tmp_path / "file")


# --- as a process -----------------------------------------------------------------------------------------


@contextlib.asynccontextmanager
async def process(*arguments: str):
    running = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "smartqueue",
        "virtual-printer",
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield running
    finally:
        if running.returncode is None:
            running.kill()
        await running.communicate()


async def line(running) -> dict:
    return json.loads(await asyncio.wait_for(running.stdout.readline(), 20))


async def test_the_process_prints_obeys_and_ends_with_its_input(tmp_path):
    async with process("--listen", "127.0.0.1:0", "--out", str(tmp_path / "out")) as running:
        ready = await line(running)
        reader, writer = await asyncio.open_connection("127.0.0.1", ready["port"])
        writer.write(HELLO)
        job = await line(running)
        assert (job["event"], job["bytes"], job["cut"]) == ("job", len(HELLO), True)
        running.stdin.write(b'{"do":"faults","faults":["out-of-paper"]}\n')
        assert (await line(running))["faults"] == ["out-of-paper"]
        assert await asked(reader, writer, b"\x10\x04\x04") == b"\x7e"
        running.stdin.write(b'{"do":"faults","faults":["out-of-papper"]}\n')
        assert "did you mean out-of-paper" in (await line(running))["why"]
        writer.close()
        running.stdin.close()
        assert await asyncio.wait_for(running.wait(), 10) == 0
        assert (tmp_path / "out" / "0001.png").exists()


async def test_the_process_says_what_is_wrong_with_a_fault(tmp_path):
    async with process("--out", str(tmp_path), "--fault", "silnt") as running:
        _, said = await running.communicate()
        assert b"did you mean silent" in said
        assert running.returncode == 2


def test_an_address_needs_host_and_port():
    assert _address("[::1]:9100") == ("::1", 9100)
    assert _address("0.0.0.0:0") == ("0.0.0.0", 0)
    for wrong in ("9100", "host", "host:x", "host:70000", ":9100"):
        with pytest.raises(Exception, match="HOST:PORT"):
            _address(wrong)
