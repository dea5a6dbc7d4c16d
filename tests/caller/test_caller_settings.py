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
    assert settings.buttons.wired() == {"next": 5, "no_show": 22, "pause": 23}
    assert settings.lamps.wired() == {"green": 6, "white": 19, "amber": 26, "red": 21}


def test_no_two_default_pins_are_the_same():
    settings = load(CallerSettings, None, {"key": "secret"})
    pins = [*settings.buttons.wired().values(), *settings.lamps.wired().values()]
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
