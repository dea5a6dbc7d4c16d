"""A sign on a serial line that is plugged in, unplugged and jammed: a pseudo terminal stands for the line."""

import asyncio
import logging
import termios
from contextlib import asynccontextmanager

import pytest
from caller_signs import CustomerDisplay, Peer, alpha_shows, plain_lines

from caller.number_sign import NumberSign
from caller.serial_line import LineLost, SerialLine
from caller.sign import SignText
from caller.sign_protocols import Characters, SignProtocol, driver

CALLED, NEXT = SignText("A012", "waiting 8"), SignText("A013", "waiting 7")


@pytest.fixture
async def peer(tmp_path):
    made = Peer(tmp_path / "sign")
    made.plug_in()
    yield made
    made.unplug()


@asynccontextmanager
async def sign(peer, protocol=SignProtocol.PLAIN, *, refresh_s=60.0):
    kind = driver(protocol)
    line = SerialLine(str(peer.path), 9600, kind.characters)
    made = NumberSign(line, kind, refresh_s=refresh_s, retry_s=0.02)
    work = asyncio.create_task(made.run())
    try:
        yield made
    finally:
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
        assert work.cancelled()


def last_line(peer):
    return (plain_lines(peer.heard) or [None])[-1]


async def test_what_a_sign_is_told_arrives_at_once_and_once(peer):
    async with sign(peer) as shown:
        shown.show(CALLED)
        await peer.until(lambda: last_line(peer) == "A012  waiting 8")
        shown.show(CALLED)
        shown.show(NEXT)
        await peer.until(lambda: last_line(peer) == "A013  waiting 7")
        assert plain_lines(peer.heard).count("A012  waiting 8") == 1


async def test_an_alpha_sign_is_told_in_packets(peer):
    async with sign(peer, SignProtocol.ALPHA) as shown:
        shown.show(CALLED)
        await peer.until(lambda: alpha_shows(peer.heard)[-1:] == [("0", "a", "A012  waiting 8")])


async def test_a_customer_display_is_told_by_lines(peer):
    async with sign(peer, SignProtocol.CD5220) as shown:
        shown.show(CALLED)
        await peer.until(lambda: CustomerDisplay(peer.heard).lines == ["A012".ljust(20), "waiting 8".ljust(20)])
    assert CustomerDisplay(peer.heard).unknown == b""


async def test_a_sign_is_told_again_now_and_then_as_it_may_have_been_switched_off(peer):
    async with sign(peer, refresh_s=0.02) as shown:
        shown.show(CALLED)
        await peer.until(lambda: plain_lines(peer.heard).count("A012  waiting 8") >= 4)


async def test_a_sign_that_is_unplugged_and_plugged_in_again_shows_what_is_true_then(peer, caplog):
    caplog.set_level(logging.INFO, logger="caller")
    async with sign(peer) as shown:
        shown.show(CALLED)
        await peer.until(lambda: last_line(peer) == "A012  waiting 8")
        peer.unplug()
        shown.show(NEXT)
        await peer.until(lambda: "sign lost" in caplog.text, "the loss")
        peer.plug_in()
        await peer.until(lambda: last_line(peer) == "A013  waiting 7")
        await peer.until(lambda: "sign works again" in caplog.text, "the return")


async def test_unplugging_is_noticed_without_anything_to_say(peer, caplog):
    async with sign(peer) as shown:
        shown.show(CALLED)
        await peer.until(lambda: last_line(peer) == "A012  waiting 8")
        peer.unplug()
        await peer.until(lambda: "sign lost" in caplog.text, "the loss")


async def test_a_sign_that_is_not_there_at_the_start_is_told_once_and_awaited(tmp_path, caplog):
    peer = Peer(tmp_path / "sign")
    async with sign(peer) as shown:
        shown.show(CALLED)
        await peer.until(lambda: "can't be opened: No such file" in caplog.text)
        await asyncio.sleep(0.1)
        assert caplog.text.count("can't be opened") == 1
        peer.plug_in()
        await peer.until(lambda: last_line(peer) == "A012  waiting 8")
        peer.unplug()


async def test_it_comes_back_ten_times(peer):
    async with sign(peer) as shown:
        for number in range(10):
            shown.show(SignText(f"A{number:03}", "x"))
            await peer.until(lambda number=number: last_line(peer) == f"A{number:03}  x")
            peer.unplug()
            peer.plug_in()


async def test_what_a_sign_answers_is_read_and_forgotten(peer):
    async with sign(peer) as shown:
        shown.show(CALLED)
        await peer.until(lambda: last_line(peer) == "A012  waiting 8")
        peer.say(b"\x06OK\r\n")
        shown.show(NEXT)
        await peer.until(lambda: last_line(peer) == "A013  waiting 7")


async def test_a_line_that_takes_nothing_is_given_up_and_opened_anew(peer, caplog):
    async with sign(peer, refresh_s=0.0005) as shown:
        peer.stop_reading()
        shown.show(SignText("A012", "w" * 34))
        await peer.until(lambda: "takes no more data" in caplog.text)


async def test_no_old_number_stays_on_a_sign_whose_unit_ends(peer):
    async with sign(peer, SignProtocol.CD5220) as shown:
        shown.show(CALLED)
        await peer.until(lambda: "A012" in CustomerDisplay(peer.heard).lines[0])
    await peer.until(lambda: CustomerDisplay(peer.heard).lines == [" " * 20, " " * 20])


async def test_a_unit_ends_tidily_also_when_its_sign_is_gone(peer, caplog):
    async with sign(peer) as shown:
        shown.show(CALLED)
        await peer.until(lambda: last_line(peer) == "A012  waiting 8")
        peer.unplug()


@pytest.mark.parametrize("characters", list(Characters))
async def test_a_line_has_the_speed_of_its_sign_and_sends_every_byte_as_it_is(peer, characters):
    line = SerialLine(str(peer.path), 2400, characters)
    line.open()
    settings = termios.tcgetattr(line.fileno())
    assert settings[5] == termios.B2400
    assert not settings[1] & termios.OPOST
    assert not settings[3] & (termios.ECHO | termios.ICANON)
    line.write(b"\x00\x0a\x0d\x7f")
    await peer.until(lambda: peer.heard == b"\x00\x0a\x0d\x7f")
    line.close()


async def test_two_programs_can_not_have_the_same_sign(peer):
    line, other = (SerialLine(str(peer.path), 9600, driver(SignProtocol.PLAIN).characters) for _ in range(2))
    line.open()
    with pytest.raises(LineLost, match="can't be opened"):
        other.open()
    line.close()
    other.open()
    other.close()


def test_a_closed_line_takes_nothing_and_may_be_closed_again(tmp_path):
    line = SerialLine(str(tmp_path / "sign"), 9600, driver(SignProtocol.PLAIN).characters)
    with pytest.raises(LineLost, match="not open"):
        line.write(b"x")
    line.close()
