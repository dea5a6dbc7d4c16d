"""Settings of a caller unit, and the verb that reads them."""

import subprocess
import sys

import pytest

from caller.settings import CallerSettings
from smartqueue.cli import main
from smartqueue.config import load
from smartqueue.errors import SettingsFault

GOOD = """
key = "secret"
hub = "http://127.0.0.1:8080"

[buttons]
next = 5
recall = 0

[lamps]
green = 6
"""


@pytest.fixture
def file(tmp_path):
    def write(text: str):
        path = tmp_path / "caller.toml"
        path.write_text(text)
        path.chmod(0o600)
        return path

    return write


def mistakes(path, **given):
    with pytest.raises(SettingsFault) as fault:
        load(CallerSettings, path, given)
    return str(fault.value)


def test_pins_come_from_the_file_and_a_button_can_be_left_out(file):
    settings = load(CallerSettings, file(GOOD))
    assert settings.wiring().buttons == {"next": 5, "no_show": 22, "pause": 23}
    assert settings.wiring().leds == {"lamps.green": 6, "lamps.white": 19, "lamps.amber": 26, "lamps.red": 21}


def test_no_two_default_pins_are_the_same():
    settings = load(CallerSettings, None, {"key": "secret"})
    pins = [wire.pin for wire in settings.wiring().wires]
    assert len(set(pins)) == len(pins) == 8


def test_a_pin_that_is_used_twice_names_both(file):
    text = mistakes(file(GOOD.replace("green = 6", "green = 5")))
    assert "lamps.green = 5: pin 5 is taken by buttons.next already" in text
    assert ":10:" in text


@pytest.mark.parametrize("pin", [-1, 1, 28, 40])
def test_a_pin_that_is_not_on_the_header_is_refused(file, pin):
    assert "buttons.next" in mistakes(file(GOOD.replace("next = 5", f"next = {pin}")))


def test_the_pin_of_add_on_boards_is_refused_for_an_optional_button_too(file):
    assert "belongs to add-on boards" in mistakes(file(GOOD.replace("recall = 0", "recall = 1")))


LAYOUT = """
key = "secret"

[buttons]
next = 14
recall = 0
no_show = 0
pause = 0
pull = "down"

[lamps]
kind = "rgb"
lit_by = "low"

[rgb]
red = 5
"""


def test_a_layout_of_one_button_and_one_lamp_of_three_colours(file):
    wired = load(CallerSettings, file(LAYOUT)).wiring()
    assert wired.buttons == {"next": 14}
    assert wired.leds == {"rgb.red": 5, "rgb.green": 13, "rgb.blue": 19}
    assert (wired.kind, wired.pull, wired.lit_by) == ("rgb", "down", "low")


def test_pins_of_lamps_that_are_not_used_are_in_nobodys_way(file):
    assert load(CallerSettings, file(LAYOUT.replace("red = 5", "red = 26")))


def test_a_button_to_3_volts_on_a_pin_that_is_pulled_up_is_refused(file):
    text = mistakes(file(LAYOUT.replace("next = 14", "next = 2")))
    assert "buttons.next = 2: pin 2 is pulled up on the board" in text


def test_a_wiring_that_nobody_knows_names_what_there_is(file):
    text = mistakes(file(LAYOUT.replace('"rgb"', '"rbg"').replace('"down"', '"left"').replace('"low"', '"dim"')))
    assert "3 mistakes" in text
    assert all(part in text for part in ("`single`, `rgb`", "`up`, `down`", "`high`, `low`"))


SIGN = """
key = "secret"

[sign]
device = "/dev/serial0"
"""


def test_a_sign_has_words_and_a_width_of_its_own(file):
    text = SIGN + 'protocol = "alpha"\nwaiting = "{n} en espera"\ncolumns = 16\n'
    sign = load(CallerSettings, file(text)).sign
    assert (sign.protocol, sign.columns, sign.words().waiting) == ("alpha", 16, "{n} en espera")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('waiting = "waiting"', "{n} is missing"),
        ('away = "कोई नहीं"', "plain ASCII"),
        ('away = ""', "1 to 20 characters"),
        ('closed = "closed until tomorrow"', "1 to 20 characters"),
        ('protocol = "morse"', "`plain`, `alpha`, `cd5220`"),
        ("columns = 200", "4 to 40"),
    ],
)
def test_what_a_sign_can_not_show_is_refused(file, line, said):
    assert said in mistakes(file(SIGN + line + "\n"))


@pytest.mark.parametrize("device", ["/dev/serial0", "/dev/ttyAMA0"])
def test_a_sign_on_the_line_of_the_header_and_a_button_on_its_pins_contradict_each_other(file, device):
    text = SIGN.replace("/dev/serial0", device) + "\n[buttons]\npause = 15\n"
    assert f"buttons.pause = 15: pin 15 belongs to the sign's serial line {device}" in mistakes(file(text))
    assert load(CallerSettings, file(text.replace(device, "/dev/ttyUSB0"))).buttons.pause == 15


def test_next_must_be_wired(file):
    assert "buttons.next must be 2 to 27" in mistakes(file(GOOD.replace("next = 5", "next = 0")))


def test_every_mistake_is_told_at_once(file):
    text = mistakes(file(GOOD.replace("next = 5", "next = 99").replace("green", "gren")), size="wide")
    assert all(part in text for part in ("3 mistakes", "buttons.next", "did you mean green?", "size"))


def test_headless_without_simulation_makes_no_sense(file):
    assert "real pins" in mistakes(file(GOOD), headless=True)


def test_the_key_may_lie_in_a_file_that_only_its_owner_reads(tmp_path):
    path = tmp_path / "key"
    path.write_text("secret\n")
    path.chmod(0o600)
    assert load(CallerSettings, None, {"key_file": str(path)}).key == "secret"
    path.chmod(0o644)
    assert "chmod 600" in mistakes(None, key_file=str(path))


def test_the_key_is_never_shown():
    assert "secret" not in repr(load(CallerSettings, None, {"key": "secret"}))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "key is missing"),
        (["--key", "k", "--hub", "ftp://hub", "--simulate", "--headless"], "is not the address of a hub"),
        (["--key", "k", "--hub", "http://127.0.0.1:1", "--headless"], "has no screen"),
        (["--key", "k", "--hub", "http://127.0.0.1:1"], "--simulate"),
    ],
)
def test_what_can_not_work_ends_with_1_and_says_why(arguments, said, capsys):
    assert main(["caller", *arguments]) == 1
    told = capsys.readouterr().err
    assert said in told
    assert "Traceback" not in told


def test_the_verb_loads_nothing_heavy_before_it_runs():
    code = "import sys, caller.verbs; print({'kivy', 'gpiozero', 'aiohttp', 'PIL', 'asyncio'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
