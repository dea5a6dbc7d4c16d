"""Settings: read once, every mistake at once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartqueue.config import Contradiction, describe, load, markdown, section, setting
from smartqueue.errors import SettingsFault
from smartqueue.terms import Language, RoomId
from smartqueue.toml_lines import key_lines


class Side(StrEnum):
    LEFT = "left"
    RIGHT = "right"


def minutes(text: str) -> int:
    hours, colon, rest = text.partition(":")
    if not colon:
        raise ValueError("is no time such as 04:00")
    return int(hours) * 60 + int(rest)


@dataclass(frozen=True, slots=True)
class Pins:
    """Pins."""

    next: int = setting(17, low=2, high=27, unit="BCM", doc="Button Next.")
    recall: int = setting(27, low=2, high=27, unit="BCM", doc="Button Recall.")

    def contradictions(self) -> Iterable[Contradiction]:
        if self.next == self.recall:
            yield Contradiction(("recall", "next"), f"next and recall are both on pin {self.next}")


@dataclass(frozen=True, slots=True)
class Unit:
    """Test unit.

    Read from a file, then from the command line.
    """

    name: str = setting(low=2, high=20, doc="What it is called.")
    port: int = setting(8080, low=0, high=65535, doc="Port to listen on.")
    volume: float = setting(50.0, low=0, high=100, unit="%", doc="How loud.")
    simulate: bool = setting(False, doc="No real parts.")
    side: Side = setting(Side.LEFT, doc="Which side.")
    data: Path | None = setting(None, doc="Where things are kept.")
    room: RoomId | None = setting(None, doc="Its room.")
    languages: tuple[Language, ...] = setting((), choices=("en", "hi", "ar"), doc="Languages shown.")
    names: dict[str, str] = setting(doc="In each language.", default=None)
    opens: int = setting("04:00", parse=minutes, doc="When the day | begins.")
    key: str | None = setting(None, secret=True, low=8, doc="Key of this unit.")
    pins: Pins = section(Pins, doc="Wiring.")


Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(text: str, mode: int = 0o600, name: str = "unit.toml") -> Path:
        path = tmp_path / name
        path.write_text(text, "utf-8")
        path.chmod(mode)
        return path

    return write


def mistakes(path: Path | None, overrides: dict[str, Any] | None = None) -> list[str]:
    with pytest.raises(SettingsFault) as caught:
        load(Unit, path, overrides)
    return [line.strip() for line in str(caught.value).splitlines()[1:]]


def test_without_a_file_the_defaults_and_the_command_line_stand() -> None:
    unit = load(Unit, None, {"name": "kiosk-1", "port": None, "simulate": True})
    assert (unit.name, unit.port, unit.simulate, unit.pins.next) == ("kiosk-1", 8080, True, 17)


def test_a_file_gives_every_type_of_value(write: Write) -> None:
    path = write(
        'name = "kiosk-1"\nvolume = 70\nside = "right"\ndata = "/srv/x"\nroom = "room-3"\nlanguages = ["hi", "ar"]\n'
        'opens = "05:30"\nkey = "12345678"\n[names]\nen = "North"\n[pins]\nnext = 4\n'
    )
    unit = load(Unit, path)
    assert unit == Unit(
        name="kiosk-1",
        volume=70.0,
        side=Side.RIGHT,
        data=Path("/srv/x"),
        room=RoomId("room-3"),
        languages=(Language("hi"), Language("ar")),
        names={"en": "North"},
        opens=330,
        key="12345678",
        pins=Pins(next=4),
    )


def test_the_command_line_wins_over_the_file(write: Write) -> None:
    path = write('name = "kiosk-1"\nport = 1\n[pins]\nnext = 4\n')
    unit = load(Unit, path, {"port": "9000", "pins.next": 5})
    assert (unit.port, unit.pins.next) == (9000, 5)


def test_every_mistake_is_told_at_once_with_its_line_and_a_suggestion(write: Write) -> None:
    path = write(
        'name = "k"\nprot = 80\nport = 99999\nsimulate = "yes"\nside = "up"\nlanguages = ["en", "hin"]\n'
        '\n[pins]\nnext = "four"\nrecal = 5\n'
    )
    assert mistakes(path) == [
        f"{path}:2: prot is not a setting; did you mean port?",
        f"{path}:1: name must be 2 to 20 long, not 1",
        f"{path}:3: port must be 0 to 65535, not 99999",
        f"{path}:4: simulate must be true or false, not 'yes'",
        f"{path}:5: side must be one of `left`, `right`, not 'up'",
        f"{path}:6: languages must be one of en, hi, ar, not 'hin'; did you mean hi?",
        f"{path}:10: pins.recal is not a setting; did you mean recall?",
        f"{path}:9: pins.next must be a whole number, not 'four'",
    ]


def test_a_missing_setting_is_told_with_what_it_is_for(write: Write) -> None:
    path = write("port = 80\n")
    assert mistakes(path) == [f"{path}: name is missing, say --name or name = ...: What it is called."]


def test_settings_that_contradict_each_other_are_told_at_the_place_of_the_first(write: Write) -> None:
    path = write('name = "kiosk-1"\n[pins]\nnext = 5\nrecall = 5\n')
    assert mistakes(path) == [f"{path}:4: next and recall are both on pin 5"]


def test_a_contradiction_is_told_beside_other_mistakes_but_not_for_wrong_values(write: Write) -> None:
    path = write('name = "kiosk-1"\nport = -1\n[pins]\nnext = 27\n')
    assert mistakes(path) == [
        f"{path}:2: port must be 0 to 65535, not -1",
        f"{path}:3: next and recall are both on pin 27",
    ]
    path = write('name = "kiosk-1"\n[pins]\nnext = 27\nrecall = "27"\n')
    assert mistakes(path) == [f"{path}:4: pins.recall must be a whole number, not '27'"]


def test_mistakes_of_the_command_line_name_the_flag() -> None:
    assert mistakes(None, {"name": "kiosk-1", "port": "many", "volume": "nan", "colour": "red"}) == [
        "--port must be a whole number, not 'many'",
        "--volume must be 0 to 100 %, not nan",
        "--colour is not a setting",
    ]


def test_true_is_no_number(write: Write) -> None:
    path = write('name = "kiosk-1"\nport = true\n')
    assert mistakes(path) == [f"{path}:2: port must be a whole number, not True"]


def test_what_a_reader_of_its_own_refuses_is_told_with_its_words(write: Write) -> None:
    path = write('name = "kiosk-1"\nopens = "early"\n')
    assert mistakes(path) == [f"{path}:2: opens = 'early': is no time such as 04:00"]
    assert mistakes(write('name = "kiosk-1"\nopens = 4\n')) == [f"{path}:2: opens must be text, not 4"]


def test_a_table_must_be_a_table(write: Write) -> None:
    path = write('name = "kiosk-1"\npins = 4\n')
    assert mistakes(path) == [f"{path}:2: pins must be a table: [pins]"]


def test_a_file_that_is_no_toml_says_where(write: Write) -> None:
    (told,) = mistakes(write("name = \n"))
    assert "is not TOML" in told
    assert "line 1" in told


def test_a_file_that_is_not_there_or_no_text_is_told(tmp_path: Path) -> None:
    assert mistakes(tmp_path / "none.toml") == [f"{tmp_path / 'none.toml'}: can't be read: No such file or directory"]
    (tmp_path / "latin.toml").write_bytes(b"name = '\xff'")
    assert mistakes(tmp_path / "latin.toml") == [f"{tmp_path / 'latin.toml'}: is not UTF-8 text"]


# --- secrets ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o660, 0o604])
def test_a_secret_in_a_file_that_others_can_read_is_refused_and_not_repeated(write: Write, mode: int) -> None:
    path = write('name = "kiosk-1"\nkey = "very-secret-key"\n', mode)
    (told,) = mistakes(path)
    assert told == f"{path}:2: key is a secret, but others can read {path} (mode {mode:04o}): chmod 600 {path}"


def test_a_file_without_secrets_may_be_read_by_all(write: Write) -> None:
    assert load(Unit, write('name = "kiosk-1"\n', 0o644)).key is None


def test_a_secret_may_lie_in_a_file_of_its_own(write: Write) -> None:
    write("very-secret-key\n", name="key")
    assert load(Unit, write('name = "kiosk-1"\nkey_file = "key"\n', 0o644)).key == "very-secret-key"


def test_the_secrets_file_may_be_named_on_the_command_line(write: Write) -> None:
    key = write("very-secret-key\n", name="key")
    path = write('name = "kiosk-1"\nkey = "the-key-in-the-file"\n')
    assert load(Unit, path, {"key_file": str(key)}).key == "very-secret-key"


def test_a_secrets_file_that_others_can_read_is_refused(write: Write) -> None:
    key = write("very-secret-key\n", 0o644, name="key")
    path = write('name = "kiosk-1"\nkey_file = "key"\n')
    assert mistakes(path) == [
        f"{path}:2: key_file names a secret, but others can read {key} (mode 0644): chmod 600 {key}"
    ]
    assert mistakes(None, {"name": "kiosk-1", "key_file": key}) == [
        f"--key-file names a secret, but others can read {key} (mode 0644): chmod 600 {key}"
    ]


def test_a_secrets_file_that_is_not_there_is_told(write: Write, tmp_path: Path) -> None:
    path = write('name = "kiosk-1"\nkey_file = "none"\n')
    missing = tmp_path / "none"
    assert mistakes(path) == [
        f"{path}:2: key_file names a secret, but {missing} can't be read: No such file or directory"
    ]


def test_a_wrong_secret_is_never_shown(write: Write) -> None:
    path = write('name = "kiosk-1"\nkey = 123456789\n')
    assert mistakes(path) == [f"{path}:2: key must be text, not what was given"]
    assert "123" not in str(mistakes(write('name = "kiosk-1"\nkey = "123"\n')))


def test_a_secret_is_not_in_what_the_settings_show(write: Write) -> None:
    unit = load(Unit, write('name = "kiosk-1"\nkey = "very-secret-key"\n'))
    assert unit.key == "very-secret-key"
    assert "very-secret" not in repr(unit)


# --- describing ---------------------------------------------------------------------------------------


def test_every_setting_is_described_those_in_tables_too() -> None:
    rows = {row.key: row for row in describe(Unit)}
    names = [field.name for field in fields(Unit) if field.name != "pins"]
    assert list(rows) == [*names, "pins.next", "pins.recall"]
    assert rows["name"].default == "must be given"
    assert rows["name"].allowed == "2 to 20"
    assert rows["side"].kind == "one of `left`, `right`"
    assert rows["languages"].kind == "a list, each text"
    assert rows["simulate"].default == "`false`"
    assert rows["pins.next"] == ("pins.next", "a whole number", "`17`", "2 to 27", "BCM", "Button Next.", False)


def test_the_document_has_one_row_for_each_setting_and_unbroken_cells() -> None:
    text = markdown([Unit, Pins])
    assert "## Test unit\n\nRead from a file, then from the command line.\n" in text
    assert "## Pins\n" in text
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    assert len(rows) == len(describe(Unit)) + len(describe(Pins))
    assert {row.replace("\\|", "").count("|") for row in rows} == {7}


# --- lines --------------------------------------------------------------------------------------------


def test_lines_are_found_in_every_shape_that_toml_has() -> None:
    text = (
        '# port = 1\na = 1\nb.c = 2\n"d e" = 3\n[f]\ng = """\nh = 1\n"""\n[[room]]\nk = 1\n[[room]]\nk = 2 # k = 3\n'
        "[ f . 'x' ]\ny = '''one'''\nz = 1\n"
    )
    assert key_lines(text) == {
        ("a",): 2,
        ("b",): 3,
        ("b", "c"): 3,
        ("d e",): 4,
        ("f",): 5,
        ("f", "g"): 6,
        ("room", "0"): 9,
        ("room", "0", "k"): 10,
        ("room", "1"): 11,
        ("room", "1", "k"): 12,
        ("f", "x"): 13,
        ("f", "x", "y"): 14,
        ("f", "x", "z"): 15,
    }


@given(st.text())
def test_any_text_at_all_gives_lines_within_it(text: str) -> None:
    assert all(1 <= line <= len(text.splitlines()) for line in key_lines(text).values())
