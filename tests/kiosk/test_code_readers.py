"""Readers that type like a keyboard, and readers on a serial line: what reaches the kiosk, and what does not."""

import asyncio
import os
import tty

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.code_reader import CodeCutter, SerialCodes, checked_url
from kiosk.corner import ReaderState
from kiosk.readers import Readers
from kiosk.typed_codes import TypedCodes

ENTER, SHIFT = 40, 225
ADDRESS = "HTTPS://Q.RIVERSIDE.EXAMPLE:8443/S/7H4K2MPX9Q0ZERTYAB12CD34EF?A=1&B=2"
_KEYS = {
    **{char: (4 + at, False) for at, char in enumerate("abcdefghijklmnopqrstuvwxyz")},
    **{char: (4 + at, True) for at, char in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")},
    **{char: (30 + at, False) for at, char in enumerate("1234567890")},
    **{char: (30 + at, True) for at, char in enumerate("!@#$%^&*()")},
    **{"-": (45, False), ".": (55, False), "/": (56, False), "=": (46, False), " ": (44, False)},
    **{":": (51, True), "_": (45, True), "?": (56, True), "+": (46, True)},
}
"""How a reader with the keyboard of the United States writes these: place of the key, with Shift or not."""


def typed(text: str, gap_s: float, end: int = ENTER, reader: TypedCodes | None = None, at: float = 100.0) -> str | None:
    """What comes of typing this at this pace, and the end behind it."""
    keys = reader or TypedCodes()
    for char in text:
        scancode, shift = _KEYS[char]
        if shift:
            assert keys.key(SHIFT, at, shift=True) is None
        assert keys.key(scancode, at, shift=shift) is None
        at += gap_s
    return keys.key(end, at)


# --- like a keyboard ------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["A012", "7H4K2MPX", "7h4k-2mpx", ADDRESS])
@pytest.mark.parametrize("gap_s", [0.001, 0.01, 0.03])
@pytest.mark.parametrize("end", [ENTER, 88, 43], ids=["enter", "keypad-enter", "tab"])
def test_what_a_reader_types_is_a_code(text, gap_s, end):
    assert typed(text, gap_s, end) == text


@given(st.text(list(_KEYS), min_size=4, max_size=80))
def test_every_text_that_a_reader_can_type_comes_through(text):
    assert typed(text, 0.005) == text


@pytest.mark.parametrize("gap_s", [0.08, 0.12, 0.2, 0.6])
def test_what_a_person_types_is_none(gap_s):
    assert typed("7H4K2MPX", gap_s) is None


def test_a_few_keys_are_no_code_however_fast():
    assert typed("A01", 0.001) is None
    assert typed("", 0.001) is None


@pytest.mark.parametrize("late_s", [0.06, 0.3, 0.9])
@pytest.mark.parametrize("at", [1, 4, 7])
def test_a_hiccup_of_the_machine_does_not_tear_a_code(late_s, at):
    """The keys after it come at once, as they do when a loop was busy."""
    keys = TypedCodes()
    for number, char in enumerate("7H4K2MPX"):
        keys.key(_KEYS[char][0], 10.0 + (late_s if number >= at else 0.0) + number * 0.005, shift=_KEYS[char][1])
    assert keys.key(ENTER, 10.05 + late_s) == "7H4K2MPX"


def test_a_person_who_types_some_keys_fast_is_none_all_the_same():
    keys = TypedCodes()
    now = 10.0
    for number, char in enumerate("7h4k2mpx"):
        now += 0.03 if number % 2 else 0.12
        keys.key(_KEYS[char][0], now)
    assert keys.key(ENTER, now + 0.1) is None


def test_what_lay_there_before_does_not_belong_to_a_code():
    keys = TypedCodes()
    keys.key(_KEYS["x"][0], 10.0)
    assert typed("A012", 0.005, reader=keys, at=11.1) == "A012"
    assert typed("K001", 0.005, reader=keys, at=11.5) == "K001"


def test_a_reader_that_ends_its_codes_with_nothing_is_never_mixed_with_the_next_one():
    keys = TypedCodes()
    for number, char in enumerate("A012"):
        keys.key(_KEYS[char][0], 10.0 + number * 0.005)
    assert typed("K001", 0.005, reader=keys, at=13.0) == "K001"


def test_keys_that_no_code_has_end_it():
    keys = TypedCodes()
    for scancode in (_KEYS["a"][0], _KEYS["0"][0], 41, _KEYS["1"][0], _KEYS["2"][0]):
        keys.key(scancode, 10.0)
    assert keys.key(ENTER, 10.0) is None


def test_a_finger_on_a_key_for_hours_keeps_no_memory():
    keys = TypedCodes()
    for number in range(10_000):
        keys.key(_KEYS["a"][0], number * 0.03)
    assert keys.key(ENTER, 300.0) is None


# --- on a serial line -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pieces", "codes"),
    [
        ([b"A012\r\n"], ["A012"]),
        ([b"A0", b"12", b"\r", b"\nK001\n"], ["A012", "K001"]),
        ([b"\x02A012\x03"], ["\x02A012"]),
        ([b"\r\n\r\n"], []),
        ([b"\xff\xfe\n"], ["\ufffd\ufffd"]),
        ([b"x" * 5000 + b"\n"], ["x" * 513]),
    ],
)
def test_a_line_is_cut_into_codes_however_it_arrives(pieces, codes):
    cutter = CodeCutter()
    assert [code for piece in pieces for code in cutter.feed(piece)] == codes
    assert not cutter.begun


def test_a_code_without_an_end_ends_with_a_pause():
    cutter = CodeCutter()
    assert list(cutter.feed(b"A012")) == []
    assert cutter.begun
    assert list(cutter.pause()) == ["A012"]
    assert list(cutter.pause()) == []


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("tcp://10.0.0.7", "a code reader is on a serial line; write it like serial:///dev/ttyACM0?baud=9600"),
        ("/dev/ttyACM0", "did you mean serial:///dev/ttyACM0?"),
        ("serial:///dev/ttyACM0?bauds=9600", "did you mean baud?"),
    ],
)
def test_a_mistake_in_its_address_is_told_with_what_was_meant(url, said):
    with pytest.raises(ValueError) as told:
        checked_url(url)
    assert said in str(told.value)


class Reader:
    """A pseudo-terminal with a code reader at its other end, under a name that stays."""

    def __init__(self, name) -> None:
        self.name = name
        self.url = f"serial://{name}?baud=9600"
        self._ends: tuple[int, int] | None = None

    def plug_in(self) -> None:
        self._ends = os.openpty()
        for end in self._ends:
            tty.setraw(end)
        os.symlink(os.ttyname(self._ends[1]), self.name)

    def unplug(self) -> None:
        if self._ends:
            self.name.unlink()
            for end in self._ends:
                os.close(end)
        self._ends = None

    def send(self, data: bytes) -> None:
        assert self._ends is not None
        os.write(self._ends[0], data)


@pytest.fixture
def reader(tmp_path):
    made = Reader(tmp_path / "reader")
    made.plug_in()
    yield made
    made.unplug()


class Heard:
    """A kiosk's ear at a serial reader."""

    def __init__(self, reader: Reader) -> None:
        self.codes: asyncio.Queue[str] = asyncio.Queue()
        self.ear = SerialCodes(reader.url, self.codes.put_nowait, again_s=0.02)

    async def __aenter__(self) -> "Heard":
        self._running = asyncio.create_task(self.ear.run())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._running.cancel()
        await asyncio.gather(self._running, return_exceptions=True)

    async def next(self) -> str:
        async with asyncio.timeout(20):
            return await self.codes.get()


async def first(reader: Reader, heard: Heard, code: str) -> None:
    """A line is emptied when it is opened, so the first code is sent until somebody listens; it is told once all the
    same."""
    async with asyncio.timeout(20):
        while heard.codes.empty():
            reader.send(code.encode() + b"\n")
            await asyncio.sleep(0.02)
    assert await heard.next() == code


async def test_a_serial_reader_tells_what_it_reads_with_or_without_a_line_end(reader):
    async with Heard(reader) as heard:
        await first(reader, heard, "A012")
        reader.send(b"7H4K2")
        reader.send(b"MPX")
        assert await heard.next() == "7H4K2MPX"
        reader.send(b"K001\r\n")
        assert await heard.next() == "K001"


async def test_a_code_that_stays_before_the_reader_is_told_once(reader):
    async with Heard(reader) as heard:
        await first(reader, heard, "A012")
        reader.send(b"A012\r\nA012\r\nK001\r\n")
        assert await heard.next() == "K001"
        assert heard.codes.empty()


async def test_a_serial_reader_comes_back_after_unplugging_without_a_restart(reader):
    async with Heard(reader) as heard:
        await first(reader, heard, "A012")
        for code in ("K001", "K002"):
            reader.unplug()
            reader.plug_in()
            await first(reader, heard, code)


async def test_a_reader_that_is_not_there_yet_is_waited_for(tmp_path):
    late = Reader(tmp_path / "late")
    try:
        async with Heard(late) as heard:
            await asyncio.sleep(0)
            late.plug_in()
            await first(late, heard, "A012")
    finally:
        late.unplug()


# --- what is told of them -----------------------------------------------------------------------------


def test_a_reader_that_types_is_there_once_it_has_typed():
    """Nobody can know before."""
    heard: list[str] = []
    readers = Readers(None, set_up=True)
    readers.on_code = heard.append
    assert (readers.state(), readers.known()) == (ReaderState.UNHEARD, True)
    readers.heard("A012")
    assert (readers.state(), heard) == (ReaderState.THERE, ["A012"])


async def test_one_that_nobody_has_set_up_is_heard_all_the_same():
    readers = Readers(None, set_up=False)
    assert (readers.state(), readers.known()) == (ReaderState.UNSET, False)
    readers.heard("A012")
    assert (readers.state(), readers.known()) == (ReaderState.THERE, True)
    await readers.run()


async def test_a_serial_reader_is_there_as_long_as_its_line_is(reader):
    codes: asyncio.Queue[str] = asyncio.Queue()
    readers = Readers(reader.url, set_up=True)
    readers.on_code = codes.put_nowait
    assert readers.state() is ReaderState.MISSING
    running = asyncio.create_task(readers.run())
    try:
        async with asyncio.timeout(20):
            while readers.state() is not ReaderState.THERE:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            reader.unplug()
            while readers.state() is not ReaderState.MISSING:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    assert codes.empty()
