"""The kiosk's settings and its verb: every mistake at once, each with what was probably meant."""

import os
from datetime import time

import pytest

from kiosk.night import Night
from kiosk.settings import KioskSettings
from kiosk.terms import AskNeeds
from smartqueue.cli import FAILED, main
from smartqueue.config import load
from smartqueue.errors import SettingsFault
from smartqueue.look.screen import Screen

GOOD = {"key": "k", "data": "/var/lib/smartqueue/kiosk", "printer": "tcp://10.0.0.7"}


def settings(**changes: object) -> KioskSettings:
    return load(KioskSettings, None, GOOD | changes)


def mistakes(text: str, tmp_path) -> str:
    path = tmp_path / "kiosk.toml"
    path.write_text(text, "utf-8")
    path.chmod(0o600)
    with pytest.raises(SettingsFault) as caught:
        load(KioskSettings, path)
    return str(caught.value)


def test_a_key_a_directory_and_a_printer_are_enough():
    made = settings()
    assert made.screen == Screen(1280, 800, 217.0)
    assert made.printer_profile.name == "generic-80mm"
    assert made.rules.idle_s == 30
    assert made.sound


def test_a_printer_is_known_by_its_profile_or_by_its_paper():
    assert settings(paper="58mm").printer_profile.name == "generic-58mm"
    assert settings(profile="epson-tm-t88").printer_profile.width_dots == 512
    assert settings(profile="cheap-58mm", paper="58mm").printer_profile.name == "cheap-58mm"


def test_a_profile_that_nobody_knows_is_told_with_the_nearest():
    with pytest.raises(SettingsFault, match="did you mean epson-tm-t20"):
        settings(profile="epson-tmt20")


def test_a_profile_for_other_paper_is_a_contradiction():
    with pytest.raises(SettingsFault, match="is not for paper of 58mm; those for it are generic-58mm, cheap-58mm"):
        settings(profile="epson-tm-t20", paper="58mm")


def test_the_panels_width_is_measured_or_guessed():
    assert settings(size="1280x800", width_mm="261").screen.width_mm == 261
    assert settings(size="1920x1080").screen.width_mm == 344
    assert settings(size="720x1280").screen.height_mm == pytest.approx(345, abs=1)


def test_every_mistake_is_told_at_once_with_its_line(tmp_path):
    said = mistakes(
        'key = "k"\nprinter = "tpc://10.0.0.7"\nsize = "large"\nlangauge = "en"\nhub = "10.0.0.2"\n'
        "[times]\nidle_s = 1\n",
        tmp_path,
    )
    for wanted in (
        "data is missing",
        "kiosk.toml:2:",
        "did you mean tcp:",
        "kiosk.toml:3:",
        "1280x800",
        "did you mean language?",
        "kiosk.toml:5:",
        "http://127.0.0.1:8080",
        "times.idle_s",
    ):
        assert wanted in said


def test_times_reach_the_rules(tmp_path):
    path = tmp_path / "kiosk.toml"
    path.write_text("[times]\nidle_s = 60\nticket_s = 20\n", "utf-8")
    rules = load(KioskSettings, path, GOOD).rules
    assert (rules.idle_s, rules.warning_s, rules.ticket_s) == (60, 20, 20)


def test_the_key_is_never_shown():
    assert "secret-key" not in repr(settings(key="secret-key"))


def test_a_key_file_that_others_can_read_is_refused(tmp_path):
    key = tmp_path / "key"
    key.write_text("k", "utf-8")
    os.chmod(key, 0o644)
    with pytest.raises(SettingsFault):
        load(KioskSettings, None, {"key_file": str(key), "data": "/d", "printer": "tcp://10.0.0.7"})


def test_what_a_kiosk_asks_reaches_the_rules():
    rules = settings(ask_needs="always", tickets_a_minute=12).rules
    assert (rules.ask_needs, rules.tickets_a_minute, rules.pin) == (AskNeeds.ALWAYS, 12, None)
    assert settings().rules.ask_needs is AskNeeds.BY_KEY


def test_a_reader_types_or_sits_on_a_serial_line():
    assert (settings().reader, settings().serial_reader) == (None, None)
    assert settings(reader="keyboard").serial_reader is None
    assert settings(reader="serial:///dev/ttyACM0?baud=9600").serial_reader == "serial:///dev/ttyACM0?baud=9600"


@pytest.mark.parametrize("reader", ["tcp://10.0.0.7", "keybord", "/dev/ttyACM0"])
def test_a_reader_of_another_kind_is_refused(reader):
    with pytest.raises(SettingsFault, match="reader"):
        settings(reader=reader)


def test_a_night_is_a_span_of_hours():
    assert settings().night_hours is None
    assert settings(night="22:00-06:00").night_hours == Night(time(22), time(6))
    with pytest.raises(SettingsFault, match="write it like 22:00-06:00"):
        settings(night="10pm")


def private(tmp_path, mode=0o600):
    path = tmp_path / "kiosk.toml"
    path.write_text('technician_pin = "24680"\n', "utf-8")
    path.chmod(mode)
    return path


def test_the_technicians_number_reaches_the_rules_and_is_never_shown(tmp_path):
    made = load(KioskSettings, private(tmp_path), GOOD)
    assert made.rules.pin == "24680"
    assert "24680" not in repr(made) + repr(made.rules)


def test_the_technicians_number_in_a_file_that_others_can_read_is_refused(tmp_path):
    with pytest.raises(SettingsFault, match="technician_pin"):
        load(KioskSettings, private(tmp_path, 0o644), GOOD)


@pytest.mark.parametrize("pin", ["123", "123456789", "12a4", "١٢٣٤", ""])
def test_a_number_that_is_none_is_refused_without_showing_it(tmp_path, pin):
    said = mistakes(f'technician_pin = "{pin}"\n', tmp_path)
    assert "4 to 8 digits" in said
    assert not pin or pin not in said.replace("4 to 8", "")


# --- the verb -------------------------------------------------------------------------------------------


def test_a_wrong_printer_is_one_clear_line(capsys):
    assert main(["kiosk", "--key", "k", "--data", "/d", "--printer", "/dev/usb/lp0"]) == FAILED
    said = capsys.readouterr().err
    assert "did you mean file:///dev/usb/lp0?" in said
    assert "Traceback" not in said


def test_mistakes_of_the_command_line_are_told_together(capsys):
    assert main(["kiosk", "--printer", "tcp://10.0.0.7", "--paper", "79mm", "--size", "12"]) == FAILED
    said = capsys.readouterr().err
    assert all(word in said for word in ("key is missing", "data is missing", "80mm", "WIDTHxHEIGHT"))


def test_a_directory_that_cannot_be_used_is_one_clear_line(capsys, tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    where = str(tmp_path / "file" / "data")
    assert main(["kiosk", "--key", "k", "--data", where, "--printer", "tcp://10.0.0.7", "--simulate"]) == FAILED
    said = capsys.readouterr().err
    assert where in said
    assert "Check the directory and its owner." in said


def test_sounds_go_to_the_card_but_into_files_where_the_kiosk_is_simulated(tmp_path):
    assert settings().sounds is None
    assert settings(simulate=True, data=str(tmp_path)).sounds == tmp_path / "sounds"
    assert settings(simulate=True, audio="alsa").sounds is None
    assert settings(audio=str(tmp_path)).sounds == tmp_path
