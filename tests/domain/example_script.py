"""Plays the worked examples of docs/queue-rules.md, read out of the document itself.

An example stands in a block fenced with `example`. Lines without a time set the clinic up (`example_clinic.py`); the
others say when something is done and, after `->`, what must come of it (`example_acts.py`):
`09:10 room 3 next -> A002 credit over A001`.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from example_acts import QUIET, TELLING, World
from example_clinic import ExampleClinic

TIMED = re.compile(r"(?:(?P<day>[A-Z][a-z]{2}) )?(?P<time>\d\d:\d\d(?::\d\d)?)\s+(?P<rest>.*)")


class Example(NamedTuple):
    """title: of the section that it stands in. line: of the document, on which its fence opens."""

    title: str
    line: int
    lines: tuple[str, ...]


def examples(text: str) -> Iterator[Example]:
    """The examples of a document, in order."""
    title, opened = "", 0
    lines: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if opened and line.startswith("```"):
            yield Example(title, opened, tuple(lines))
            opened, lines = 0, []
        elif opened:
            lines.append(line)
        elif line.startswith("#"):
            title = line.lstrip("# ")
        elif line.rstrip() == "```example":
            opened = number
    assert not opened, f"the example of line {opened} has no end"


def play(example: Example) -> None:
    """Raises AssertionError with the line of the document where example and rules part."""
    clinic, world = ExampleClinic(), None
    for number, written in enumerate(example.lines, example.line + 1):
        line = re.sub(r"\s+", " ", written.partition("#")[0]).strip()
        timed = TIMED.fullmatch(line)
        try:
            if timed is not None:
                world = world or World(clinic)
                _done_in(world, timed)
            elif line and world is None:
                clinic.tell(line)
            elif line:
                raise ValueError("a clinic is set up before anything is done in it")
        except (AssertionError, ValueError, KeyError, StopIteration) as trouble:
            raise AssertionError(f"line {number}, {written.strip()!r}: {trouble!r}") from trouble


def _done_in(world: World, timed: re.Match[str]) -> None:
    left, _, expected = (part.strip() for part in timed["rest"].partition("->"))
    world.go_to(timed["day"], timed["time"])
    telling, came = _came_of(world, left)
    if expected:
        assert came == expected, f"what came of it: {came}"
    else:
        assert not telling, f"it does not say what came of it: {came}"
        assert not came.startswith("refused"), came


def _came_of(world: World, left: str) -> tuple[bool, str]:
    """Whether such a line must say what came of it, and what did."""
    for telling, acts in ((True, TELLING), (False, QUIET)):
        for pattern, act in acts.items():
            found = re.fullmatch(pattern, left)
            if found:
                return telling, act(world, *(group or "" for group in found.groups()))
    raise ValueError("nobody understands this")
