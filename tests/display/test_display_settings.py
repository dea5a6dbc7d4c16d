import argparse
from pathlib import Path

import pytest

from display.settings import DisplaySettings
from display.verbs import register
from smartqueue.board import Layout, Way
from smartqueue.config import load
from smartqueue.errors import SettingsFault


def parsed(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    register(parser.add_subparsers())
    return parser.parse_args(["display", *words])


def settings(tmp_path: Path, text: str = "", **given: object) -> DisplaySettings:
    path = tmp_path / "display.toml"
    path.write_text(f'key = "secret"\ndata = "{tmp_path}"\n{text}\n')
    path.chmod(0o600)
    return load(DisplaySettings, path, given)


def mistakes(tmp_path: Path, text: str, **given: object) -> str:
    with pytest.raises(SettingsFault) as fault:
        settings(tmp_path, text, **given)
    return str(fault.value)


def test_a_real_display_plays_on_the_sound_card(tmp_path):
    assert settings(tmp_path).sounds is None


def test_a_simulated_one_writes_its_sounds_beside_its_data(tmp_path):
    assert settings(tmp_path, "simulate = true").sounds == tmp_path / "announcements"


def test_both_can_be_told_otherwise(tmp_path):
    assert settings(tmp_path, 'audio = "heard"').sounds == Path("heard")
    assert settings(tmp_path, 'simulate = true\naudio = "alsa"').sounds is None


def test_what_is_on_the_command_line_wins(tmp_path):
    given = vars(parsed("--size", "1280x720", "--tv-inches", "55", "--farthest-m", "5.5", "--simulate"))
    chosen = {name: given[name] for name in ("size", "tv_inches", "farthest_m", "simulate")}
    made = settings(tmp_path, 'size = "1920x1080"\ntv_inches = 43', **chosen)
    assert (made.size, made.tv_inches, made.farthest_m, made.simulate) == ("1280x720", 55.0, 5.5, True)


def test_every_mistake_is_told_at_once_with_its_line_and_a_suggestion(tmp_path):
    said = mistakes(tmp_path, 'tv_inch = 55\nlanguage = "en-US"\nsize = "wide"\nhub = "hub.local"')
    assert "4 mistakes" in said
    assert "display.toml:3: tv_inch is not a setting; did you mean tv_inches?" in said
    assert "display.toml:4: language must be one of en, hi, bn" in said
    assert "display.toml:5: size" in said
    assert "display.toml:6: hub" in said


def test_announcements_pass_faster_only_where_nobody_listens(tmp_path):
    assert "speed is for simulated displays" in mistakes(tmp_path, 'speed = 4\naudio = "heard"')
    assert "a sound card plays at speed 1" in mistakes(tmp_path, 'simulate = true\naudio = "alsa"\nspeed = 4')
    assert settings(tmp_path, "simulate = true\nspeed = 4").speed == 4


def test_a_real_display_is_never_headless(tmp_path):
    assert "headless is for simulated displays" in mistakes(tmp_path, "headless = true")


def test_a_key_that_others_can_read_is_refused(tmp_path):
    path = tmp_path / "display.toml"
    path.write_text(f'key = "secret"\ndata = "{tmp_path}"\n')
    path.chmod(0o644)
    with pytest.raises(SettingsFault, match="chmod 600"):
        load(DisplaySettings, path)


def test_the_volume_is_a_table_of_hours(tmp_path):
    assert settings(tmp_path, '[volume]\n7 = 80\n"20:30" = 40').volume == {"7": 80, "20:30": 40}
    assert settings(tmp_path).volume is None


def test_a_volume_with_mistakes_is_refused_with_all_of_them(tmp_path):
    told = mistakes(tmp_path, "[volume]\nnoon = 80\n8 = 400")
    assert "volume: noon is no hour of the day" in told
    assert "8 = 400: from 0 (silent) to 100 percent" in told


def test_voices_and_clips_can_be_chosen(tmp_path):
    chosen = settings(tmp_path, 'clips = "/srv/clips"\nsecond_language = false\n[voices]\nen = "en-us"')
    assert (chosen.clips, chosen.second_language, chosen.voices) == (Path("/srv/clips"), False, {"en": "en-us"})


# --- what is shown -----------------------------------------------------------------------------------


def test_a_display_shows_everything_until_it_is_told_otherwise(tmp_path):
    made = settings(tmp_path)
    assert (made.zone.whole, made.room, made.layout) == (True, None, Layout.RECENT)


def test_departments_rooms_and_ways_come_from_the_file(tmp_path):
    text = 'departments = ["cardiology"]\nrooms = ["room-3"]\n[ways]\nroom-3 = "left"\nwindow-6 = "upstairs"'
    zone = settings(tmp_path, text).zone
    assert (zone.departments, zone.rooms) == ({"cardiology"}, {"room-3"})
    assert zone.ways == {"room-3": Way.LEFT, "window-6": Way.UPSTAIRS}


def test_a_way_that_is_none_is_told_with_those_that_there_are(tmp_path):
    said = mistakes(tmp_path, '[ways]\nroom-3 = "leftish"')
    assert "ways" in said
    assert "`left`" in said
    assert "`upstairs`" in said


def test_a_layout_that_is_none_is_told_with_those_that_there_are(tmp_path):
    said = mistakes(tmp_path, 'layout = "doors"')
    assert "`door`" in said


def test_the_command_line_takes_lists_with_commas(tmp_path):
    given = vars(parsed("--layout", "departments", "--departments", "cardiology, laboratory", "--rooms", "room-3"))
    chosen = {name: given[name] for name in ("layout", "departments", "rooms")}
    made = settings(tmp_path, **chosen)
    assert (made.layout, made.departments, made.rooms) == (
        Layout.DEPARTMENTS,
        ("cardiology", "laboratory"),
        ("room-3",),
    )


def test_a_door_needs_its_one_room(tmp_path):
    assert settings(tmp_path, 'layout = "door"\nrooms = ["room-3"]').room == "room-3"
    wanted = 'layout = "door" needs exactly one of rooms'
    assert wanted in mistakes(tmp_path, 'layout = "door"')
    assert wanted in mistakes(tmp_path, 'layout = "door"\nrooms = ["room-3", "room-4"]')
    assert wanted in mistakes(tmp_path, 'layout = "door"\nrooms = ["room-3"]\ndepartments = ["cardiology"]')
