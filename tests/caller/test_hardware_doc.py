"""docs/hardware.md and its drawings say what the unit does: pins, header places, numbers, lamps and signs."""

import re
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest
from gpiozero.pins.mock import MockFactory

from caller import buttons, debounce, lamps, number_sign, pins
from caller.buttons import Presses, Question, refuse
from caller.lamps import WAITING_PERIODS_S, Lamp
from caller.seen import Seen
from caller.settings import LampPins, SignLine, wiring
from caller.sign_protocols import SignProtocol, driver
from caller.wiring import LampKind
from smartqueue.terms import Care, RoomState

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "hardware.md").read_text("utf-8")
WIRING = re.findall(r"^\| [^|]+ \| `(\w+)\.(\w+)` \| (\d+) \| (\d+) \| ([^|]+) \|$", TEXT, re.MULTILINE)


def test_the_wiring_table_has_every_default_pin_and_no_other():
    documented = {f"{table}.{name}": int(pin) for table, name, pin, _, _ in WIRING}
    both = (*wiring().wires, *wiring(lamps=LampPins(kind=LampKind.RGB)).wires)
    assert documented == {wire.setting: wire.pin for wire in both}
    assert f"BCM {pins.FIRST} to {pins.LAST}" in TEXT


@pytest.mark.parametrize(("pin", "header"), [(pin, header) for _, _, pin, header, _ in WIRING])
def test_each_pin_lies_where_the_table_says(pin, header):
    [(_, found)] = [place for place in MockFactory().board_info.find_pin(f"GPIO{pin}") if place[0].name == "J8"]
    assert found.number == int(header)


@pytest.mark.parametrize(
    ("number", "name"), [("2", "5V"), ("1", "3V3"), ("17", "3V3"), ("9", "GND"), ("14", "GND"), ("39", "GND")]
)
def test_power_and_ground_are_where_text_and_drawings_say(number, name):
    drawn = "".join(path.read_text("utf-8") for path in (ROOT / "docs" / "hardware").glob("*.svg"))
    assert f"header {number}" in TEXT or f"header {number}" in drawn or f"header 1 or {number}" in drawn
    assert MockFactory().board_info.headers["J8"].pins[int(number)].name == name


def test_the_drawings_are_fresh():
    script = ROOT / "scripts" / "wiring_drawings.py"
    done = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (0, ""), f"run make docs\n{done.stdout}{done.stderr}"


def test_the_drawn_header_names_every_default_pin_at_its_place():
    header = (ROOT / "docs" / "hardware" / "header.svg").read_text("utf-8")
    shown = re.findall(r">([^<>]+) · BCM (\d+)<", header)
    assert {int(pin) for _, pin in shown} == {wire.pin for wire in wiring().wires}
    assert all(f"(hardware/{path.name})" in TEXT for path in (ROOT / "docs" / "hardware").glob("*.svg"))


def test_what_else_a_pin_is_for_is_in_the_table():
    for pin in range(pins.FIRST, pins.LAST + 1):
        if use := pins.other_use(pin):
            assert re.search(rf"^\| [\d, to]+ \| {use} \|", TEXT, re.MULTILINE), use


def test_the_numbers_are_those_of_the_code():
    for number in (
        f"| {debounce.PRESS_SETTLE_S * 1000:.0f} ms |",
        f"| {debounce.RELEASE_SETTLE_S * 1000:.0f} ms |",
        f"| {debounce.POLL_S * 1000:.0f} ms |",
        f"| {debounce.LONG_S:g} s |",
        f"| {debounce.STUCK_S:g} s |",
        f"open for {debounce.QUIET_S:g} s",
        f"| {debounce.CHATTER_PRESSES} in {debounce.CHATTER_S:g} s |",
        f"amber for {buttons.ACKNOWLEDGE_S:g} s",
        f"later than {buttons.PRESS_LIFE_S:g} s",
        f"within {buttons.ASK_UNTIL_AGE_S:g} s amber asks",
        f"long press of Next ({debounce.LONG_S:g} s)",
        f"{lamps.CARE_S:g} s after the call",
        f"which unit this is; {lamps.IDENTIFY_S:g} s",
        f"every {number_sign.REFRESH_S:g} s, so that",
        f"tried every {number_sign.RETRY_S:g} s",
        "people wait: " + ", up to ".join(["1", *(str(upto) for upto, _ in WAITING_PERIODS_S[1:2])]),
    ):
        assert number in TEXT
    assert ", ".join(str(upto) for upto, _ in WAITING_PERIODS_S[1:]) in TEXT


@pytest.mark.parametrize("protocol", list(SignProtocol))
def test_what_is_usual_for_each_kind_of_sign_is_in_the_table(protocol):
    kind = driver(protocol)
    usual = f"{SignLine().baud} baud, {kind.characters}, {kind.columns} characters"
    assert re.search(rf"^\| `{protocol}` \| [^|]+ \| {usual} \|", TEXT, re.MULTILINE)


WORDS = {"blink": "blinks", "wink": "winks", "wink_twice": "winks twice", "turn": "in turn"}
ROWS = re.findall(r"^\| ([a-z ]+) \| ([a-z ]+) \| ([a-z ]+) \| ([a-z ]+) \| [^|]+ \|$", TEXT, re.MULTILINE)[1:]
"""Of the table of lamps, without its head."""


def test_every_state_of_the_lamps_is_in_the_table():
    assert len(ROWS) == 11
    for away, token, waiting, state, care in product((False, True), (None, "t-1"), (0, 9), RoomState, (None, *Care)):
        seen = Seen(away=away, token=token, waiting=waiting, state=state, called=token is not None, care=care)
        for presses in (Presses(), Presses(touched_at=0.0), refuse(Presses(), seen, "busy", 0.0), question(token)):
            for identify_until in (-1.0, 9.0):
                must_be_in_the_table(lamps.lamps(seen, presses, 0.0, identify_until=identify_until))


def must_be_in_the_table(shown):
    words = [WORDS.get(shown.of(lamp).name, shown.of(lamp).name) for lamp in Lamp]
    assert any(all(cell in ("any", word) for cell, word in zip(row, words, strict=True)) for row in ROWS), words


def question(token: str | None) -> Presses:
    return Presses() if token is None else Presses(question=Question("t-1", 1, 0.0, 10.0))


def test_what_was_never_tried_on_a_real_device_is_said_plainly():
    section = TEXT.partition("## What was never tried on a real device")[2]
    rows = re.findall(r"^\| ([^|]+) \|", section, re.MULTILINE)[1:]
    untried = (
        "lgpio",
        "number signs",
        "ticket printers",
        "code readers",
        "sound cards",
        "touch panels",
        "Raspberry Pi",
    )
    assert [any(word in row for row in rows) for word in untried] == [True] * len(untried)
