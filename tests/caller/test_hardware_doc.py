"""docs/hardware.md says what the unit does: pins, header places, numbers and lamps."""

import re
from itertools import product
from pathlib import Path

import pytest
from gpiozero.pins.mock import MockFactory

from caller import buttons, debounce, lamps
from caller.buttons import Presses, Question, refuse
from caller.lamps import WAITING_PERIODS_S, Lamp
from caller.seen import Seen
from caller.settings import FIRST_PIN, LAST_PIN, ButtonPins, LampPins
from smartqueue.terms import RoomState

TEXT = (Path(__file__).parents[2] / "docs" / "hardware.md").read_text("utf-8")
WIRING = re.findall(r"^\| [^|]+ \| `(\w+)\.(\w+)` \| (\d+) \| (\d+) \| ([^|]+) \|$", TEXT, re.MULTILINE)


def test_the_wiring_table_has_every_default_pin():
    documented = {(table, name): int(pin) for table, name, pin, _, _ in WIRING}
    buttons_there = {("buttons", button.value): pin for button, pin in ButtonPins().wired().items()}
    lamps_there = {("lamps", lamp.value): pin for lamp, pin in LampPins().wired().items()}
    assert documented == buttons_there | lamps_there
    assert f"BCM {FIRST_PIN} to {LAST_PIN}" in TEXT


@pytest.mark.parametrize(("pin", "header"), [(pin, header) for _, _, pin, header, _ in WIRING])
def test_each_pin_lies_where_the_table_says(pin, header):
    [(_, found)] = [place for place in MockFactory().board_info.find_pin(f"GPIO{pin}") if place[0].name == "J8"]
    assert found.number == int(header)


@pytest.mark.parametrize(("number", "name"), [("2", "5V"), ("9", "GND"), ("14", "GND"), ("39", "GND")])
def test_power_and_ground_are_where_the_text_says(number, name):
    assert f"header {number}" in TEXT
    assert MockFactory().board_info.headers["J8"].pins[int(number)].name == name


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
        f"long press of Next ({debounce.LONG_S:g} s)",
        "people wait: " + ", up to ".join(["1", *(str(upto) for upto, _ in WAITING_PERIODS_S[1:2])]),
    ):
        assert number in TEXT
    assert ", ".join(str(upto) for upto, _ in WAITING_PERIODS_S[1:]) in TEXT


def test_every_state_of_the_lamps_is_in_the_table():
    rows = re.findall(r"^\| (on|off|any|blinks) \| (\S+) \| (\S+) \| (\S+) \| [^|]+ \|$", TEXT, re.MULTILINE)
    assert len(rows) == 8
    for away, token, waiting, state in product((False, True), (None, "t-1"), (0, 9), RoomState):
        seen = Seen(away=away, token=token, waiting=waiting, state=state, called=token is not None)
        for presses in (Presses(), Presses(touched_at=0.0), refuse(Presses(), seen, "busy", 0.0), question(token)):
            shown = lamps.lamps(seen, presses, 0.0)
            words = [{"blink": "blinks"}.get(shown.of(lamp).name, shown.of(lamp).name) for lamp in Lamp]
            assert any(all(cell in ("any", word) for cell, word in zip(row, words, strict=True)) for row in rows), words


def question(token: str | None) -> Presses:
    return Presses() if token is None else Presses(question=Question("t-1", 1, 0.0, 10.0))
