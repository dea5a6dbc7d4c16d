"""Plays the examples of docs/queue-rules.md, and shows that a false one would fail."""

from pathlib import Path

import pytest
from example_script import Example, examples, play

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs/queue-rules.md").read_text("utf-8")
EXAMPLES = list(examples(DOCUMENT))
TITLES = [example.title for example in EXAMPLES]
PROMISED = {
    *("Labels", "The oldest first", "Credit", "Emergencies", "The cap", "Appointments", "Missed the call, and back"),
    *("Parked", "Transferred, and visits with several steps", "One doctor and no other", "A room for two departments"),
    *("Strict", "What these do to each other", "The button Next", "Undo", "Rooms and doctors", "How long it will take"),
    *("The last token of the day", "When a kiosk is alone", "The end of the day"),
}


def named(example: Example) -> str:
    return f"{example.title}, line {example.line}"


def told(example: Example) -> list[int]:
    """Its lines that say what came of them."""
    return [number for number, line in enumerate(example.lines) if "->" in line.partition("#")[0]]


def with_line(example: Example, number: int, line: str) -> Example:
    lines = (*example.lines[:number], line, *example.lines[number + 1 :])
    return example._replace(lines=lines)


def test_every_rule_has_its_example():
    assert sorted(PROMISED - set(TITLES)) == []
    assert len(EXAMPLES) >= 2 * len(PROMISED)


@pytest.mark.parametrize("example", EXAMPLES, ids=named)
def test_the_rules_play_an_example_as_it_is_written(example):
    play(example)


@pytest.mark.parametrize("example", EXAMPLES, ids=named)
def test_no_line_of_an_example_can_say_something_else(example):
    """Controls: a line that promises anything different must fail, and so must one that promises nothing."""
    assert told(example)
    for number in told(example):
        done, _, came = example.lines[number].partition("#")[0].partition("->")
        for other in (f"{done}-> {came.strip()} over X999", f"{done}-> nonsense", f"{done}-> {came.split()[0]}x"):
            with pytest.raises(AssertionError, match=f"line {example.line + number + 1},"):
                play(with_line(example, number, other))


def test_a_call_that_does_not_tell_whom_it_overtook_fails():
    example = Example("", 0, ("09:00 issue medicine -> A001", "09:01 issue medicine high -> A002"))
    lines = example.lines
    play(example._replace(lines=(*lines, "09:02 room 3 next -> A002 credit over A001")))
    with pytest.raises(AssertionError, match="credit over A001"):
        play(example._replace(lines=(*lines, "09:02 room 3 next -> A002 credit")))
    with pytest.raises(AssertionError, match="does not say what came of it"):
        play(example._replace(lines=(*lines, "09:02 room 3 next")))


@pytest.mark.parametrize(
    ("line", "trouble"),
    [
        ("09:00 A001 dance", "nobody understands"),
        ("08:59 issue medicine -> A002", "time does not go back"),
        ("room 4 medicine", "before anything is done"),
        ("09:01 A001 return", "refused impossible_transition"),
        ("09:01 A002 park papers", "StopIteration"),
    ],
)
def test_a_line_that_makes_no_sense_fails(line, trouble):
    with pytest.raises(AssertionError, match=trouble):
        play(Example("", 0, ("09:00 issue medicine -> A001", line)))


def test_a_clinic_that_makes_no_sense_fails():
    for line in ("departement lab H", "rules kindness 3", "rules run_cap 0", "room 4 nowhere"):
        with pytest.raises(AssertionError):
            play(Example("", 0, (line, "09:00 issue medicine -> A001")))


def test_an_example_without_an_end_is_no_example():
    with pytest.raises(AssertionError, match="line 2"):
        list(examples("# One\n```example\n09:00 issue medicine -> A001\n"))
