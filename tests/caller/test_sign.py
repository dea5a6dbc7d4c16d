"""What a number sign says, and how each kind of sign is told."""

from dataclasses import replace

import pytest
from caller_signs import CustomerDisplay, alpha_shows, plain_lines

from caller.seen import NOTHING, Beat, Seen
from caller.settings import SignLine
from caller.sign import SignText, sign_text
from caller.sign_protocols import SignProtocol, driver
from smartqueue.terms import Care, RoomState

WORDS = SignLine().words()
OPEN = Seen(away=False, beats=(Beat(1.0, 7),), room="room-3", state=RoomState.OPEN, waiting=8)
CALLED = replace(OPEN, token="t-1", label="A012", called=True, attempt=1)


@pytest.mark.parametrize(
    ("seen", "text"),
    [
        (OPEN, SignText("", "waiting 8")),
        (CALLED, SignText("A012", "waiting 8")),
        (replace(CALLED, called=False), SignText("A012", "waiting 8")),
        (replace(CALLED, waiting=0), SignText("A012", "waiting 0")),
        (replace(OPEN, state=RoomState.PAUSED), SignText("", "paused")),
        (replace(CALLED, state=RoomState.CLOSED), SignText("A012", "closed")),
        (replace(CALLED, away=True), SignText("A012", "hub away")),
        (NOTHING, SignText("", "hub away")),
    ],
)
def test_a_sign_says_the_label_and_how_many_wait_or_why_not(seen, text):
    assert sign_text(seen, WORDS) == text


@pytest.mark.parametrize("care", list(Care))
def test_a_sign_that_anybody_reads_tells_nothing_of_needs(care):
    assert sign_text(replace(CALLED, care=care), WORDS) == sign_text(CALLED, WORDS)


def test_plain_lines_are_one_for_each_text():
    sign = driver(SignProtocol.PLAIN)
    heard = sign.begin() + sign.show(SignText("A012", "waiting 8")) + sign.show(SignText("", "hub away"))
    assert plain_lines(heard) == ["A012  waiting 8", "hub away"]


def test_a_plain_line_that_is_too_long_keeps_the_label():
    assert driver(SignProtocol.PLAIN, 8).show(SignText("A012", "waiting 8")) == b"A012\r\n"
    assert driver(SignProtocol.PLAIN, 4).show(SignText("", "hub away")) == b"hub \r\n"


def test_an_alpha_packet_is_written_to_the_priority_file_of_every_sign():
    packet = driver(SignProtocol.ALPHA, 16).show(SignText("A012", "waiting 8"))
    assert packet == b"\0\0\0\0\0\x01Z00\x02A0\x1b bA012  waiting 8\x04"
    assert alpha_shows(packet) == [("0", "b", "A012  waiting 8")]


def test_an_alpha_text_that_does_not_fit_is_scrolled():
    assert alpha_shows(driver(SignProtocol.ALPHA, 14).show(SignText("A012", "waiting 8")))[0][1] == "a"
    assert alpha_shows(driver(SignProtocol.ALPHA, 14).show(SignText("A012", "paused")))[0][1] == "b"


def test_an_alpha_sign_that_shall_show_nothing_shows_a_space():
    """Without any text the priority file would be given up, and the sign would go on with old messages."""
    assert alpha_shows(driver(SignProtocol.ALPHA).show(SignText())) == [("0", "b", " ")]


def test_an_alpha_sign_is_talked_to_with_seven_bits_and_even_parity():
    assert [driver(protocol).characters for protocol in SignProtocol] == ["8N1", "7E1", "8N1"]


def test_a_customer_display_has_the_label_above_and_the_note_below():
    sign = driver(SignProtocol.CD5220)
    display = CustomerDisplay(sign.begin() + sign.show(SignText("A012", "waiting 8")))
    assert display.lines == ["A012".ljust(20), "waiting 8".ljust(20)]
    assert display.unknown == b""


def test_nothing_old_stays_behind_on_a_customer_display():
    sign = driver(SignProtocol.CD5220)
    heard = sign.begin() + sign.show(SignText("AK1012", "waiting 108")) + sign.show(SignText("", "paused"))
    assert CustomerDisplay(heard).lines == [" " * 20, "paused".ljust(20)]


def test_a_customer_display_that_missed_its_beginning_is_right_after_the_next_text():
    sign = driver(SignProtocol.CD5220, 16)
    display = CustomerDisplay(sign.show(SignText("A012", "waiting 8")), 16)
    assert display.lines == ["A012".ljust(16), "waiting 8".ljust(16)]


@pytest.mark.parametrize("protocol", list(SignProtocol))
def test_no_sign_gets_a_byte_that_it_has_no_letter_for(protocol):
    sign = driver(protocol)
    assert all(byte < 128 for byte in sign.begin() + sign.show(SignText("A012", "waiting 8")))
