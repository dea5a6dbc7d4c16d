"""Turning what a settings file or the command line gives into a value of the declared type, or saying what is wrong."""

import difflib
import math
import typing
from enum import StrEnum
from pathlib import Path
from typing import Any

from smartqueue.setting import Field, Setting, allowed_words, kind_words, plain_kind

Place = tuple[str, ...]
"""Path of a key in the file; empty for the command line."""


class Wrong(Exception):
    """One mistake and where it stands."""

    def __init__(self, place: Place, text: str) -> None:
        super().__init__(text)
        self.place = place
        self.text = text


def flag(dotted: str) -> str:
    """How a setting is called on the command line."""
    return "--" + dotted.replace("_", "-")


def from_flag(value: object, field: Field, dotted: str) -> Any:
    """A value of the command line: already typed, or a text that is read as the field's type. Raises Wrong."""
    if isinstance(value, str) and field.about.parse is None and field.kind in (int, float):
        try:
            value = field.kind(value)
        except ValueError:
            raise Wrong((), f"{flag(dotted)} must be {kind_words(field.kind)}, not {value!r}") from None
    return from_file(value, field, (), flag(dotted))


def from_file(value: Any, field: Field, place: Place, name: str) -> Any:
    """The value of the field. Raises Wrong with its name, what is allowed, and what was given."""
    return _Converter(field.about, place, name).convert(value, field.kind)


class _Converter:
    def __init__(self, about: Setting, place: Place, name: str) -> None:
        self._about = about
        self._place = place
        self._name = name

    def convert(self, value: Any, kind: Any) -> Any:
        if self._about.parse is not None:
            return self._parsed(value, self._about.parse)
        made = self._typed(value, kind)
        for part in made if isinstance(made, tuple) else (made,):
            self._check_choice(part)
        self._check_range(made)
        return made

    def _parsed(self, value: Any, parse: typing.Callable[[str], Any]) -> Any:
        """A text is read by the field's own reader; what the command line has read already is taken as it is."""
        if isinstance(value, bool | int | float | list | dict):
            raise self._wrong("text", value)
        if not isinstance(value, str):
            return value
        try:
            return parse(value)
        except ValueError as trouble:
            raise Wrong(self._place, f"{self._name} = {self._shown(value)}: {trouble}") from trouble

    def _typed(self, value: Any, kind: Any) -> Any:
        kind = plain_kind(kind)
        origin = typing.get_origin(kind)
        if origin is tuple and isinstance(value, list | tuple):
            return tuple(self._typed(part, typing.get_args(kind)[0]) for part in value)
        if origin is dict and isinstance(value, dict):
            return {key: self._typed(part, typing.get_args(kind)[1]) for key, part in value.items()}
        if origin is None and issubclass(kind, StrEnum) and value in list(kind):
            return kind(value)
        if kind is Path and isinstance(value, str | Path):
            return Path(value)
        if kind is float and type(value) is int:
            return float(value)
        if origin is None and (type(value) is kind or (kind is str and isinstance(value, str))):
            return value
        raise self._wrong(kind_words(kind), value)

    def _check_choice(self, value: Any) -> None:
        choices = self._about.choices
        if choices and value not in choices:
            near = difflib.get_close_matches(str(value), choices, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise Wrong(
                self._place, f"{self._name} must be one of {', '.join(choices)}, not {self._shown(value)}{hint}"
            )

    def _check_range(self, value: Any) -> None:
        about = self._about
        if isinstance(value, bool) or (about.low is None and about.high is None and not isinstance(value, float)):
            return
        number = isinstance(value, int | float)
        size = value if number else len(value)
        low, high = -math.inf if about.low is None else about.low, math.inf if about.high is None else about.high
        if low <= size <= high and math.isfinite(size):
            return
        unit = f" {about.unit}" if about.unit else ""
        raise self._wrong((allowed_words(about) or "a finite number") + unit + ("" if number else " long"), size)

    def _wrong(self, allowed: str, value: Any) -> Wrong:
        return Wrong(self._place, f"{self._name} must be {allowed}, not {self._shown(value)}")

    def _shown(self, value: object) -> str:
        return "what was given" if self._about.secret else repr(value)
