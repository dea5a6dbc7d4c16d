"""Typed settings: one TOML file for each unit, one frozen dataclass, read once, every mistake told at once.

A settings class is a frozen dataclass whose fields are made with `setting(...)`. Tables are nested settings classes,
made with `section(...)`. Types: str, int, float, bool, Path, StrEnum, `X | None`, `tuple[X, ...]`, `dict[str, X]`, and
anything that `parse` makes from a text.
"""

import difflib
import stat
import tomllib
import typing
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from smartqueue.errors import SettingsFault
from smartqueue.setting import (
    FILE_SUFFIX,
    REQUIRED,
    Checked,
    Contradiction,
    Field,
    Row,
    describe,
    fields_of,
    markdown,
    section,
    setting,
)
from smartqueue.setting_values import Place, Wrong, flag, from_file, from_flag
from smartqueue.toml_lines import key_lines

T = TypeVar("T")


def load(settings_class: type[T], path: Path | None, overrides: Mapping[str, object] | None = None) -> T:
    """Settings from a file and, over it, from the command line (dotted keys; None = not given).

    A secret `key` may also be given as `key_file`, the path of a file that holds it (relative to the settings file, or
    on the command line to the working directory). Secrets are taken only from files that nobody else can read. Raises
    SettingsFault with every mistake.
    """
    source = _Source(path)
    table = source.read()
    if source.mistakes:
        raise _fault(source.mistakes)
    given = {key: value for key, value in (overrides or {}).items() if value is not None}
    made = _Reader(source, given).table(settings_class, table, ())
    known = _keys(settings_class)
    unknown = [f"{flag(key)} is not a setting" for key in given if key not in known]
    if source.mistakes or unknown:
        raise _fault([*source.mistakes, *unknown])
    return typing.cast(T, made)


class _Source:
    """A settings file: its text, where its keys stand, and the mistakes found in it."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.mistakes: list[str] = []
        self._lines: dict[tuple[str, ...], int] = {}

    def read(self) -> dict[str, Any]:
        if self.path is None:
            return {}
        try:
            text = self.path.read_text("utf-8")
            self._lines = key_lines(text)
            return tomllib.loads(text)
        except OSError as trouble:
            self.mistakes.append(f"{self.path}: can't be read: {trouble.strerror}")
        except UnicodeDecodeError:
            self.mistakes.append(f"{self.path}: is not UTF-8 text")
        except tomllib.TOMLDecodeError as trouble:
            self.mistakes.append(f"{self.path}: is not TOML: {trouble}")
        return {}

    def wrong(self, where: Place, text: str) -> None:
        """Notes a mistake with the line of the key, or of the table around it."""
        line = next((self._lines[where[:n]] for n in range(len(where), 0, -1) if where[:n] in self._lines), None)
        place = f"{self.path}:{line}" if line else f"{self.path}"
        self.mistakes.append(f"{place}: {text}" if self.path and where else text)


class _Reader:
    def __init__(self, source: _Source, overrides: Mapping[str, object]) -> None:
        self._source = source
        self._overrides = overrides

    def table(self, settings_class: type, table: Mapping[str, Any], where: Place) -> object:
        """The settings object, or None when something in it is wrong (told to the source)."""
        self._unknown_keys(settings_class, table, where)
        values: dict[str, Any] = {}
        bad: set[str] = set()
        for field in fields_of(settings_class):
            try:
                values[field.name] = self._value(field, table, where)
            except Wrong as wrong:
                self._source.wrong(wrong.place, wrong.text)
                bad.add(field.name)
        return self._checked(settings_class, values, bad, where)

    def _unknown_keys(self, settings_class: type, table: Mapping[str, Any], where: Place) -> None:
        fields = fields_of(settings_class)
        known = {field.name for field in fields} | {field.name + FILE_SUFFIX for field in fields if field.about.secret}
        for key in table:
            if key not in known:
                near = difflib.get_close_matches(key, known, n=1)
                hint = f"did you mean {near[0]}?" if near else f"known are: {', '.join(sorted(known))}"
                self._source.wrong((*where, key), f"{'.'.join((*where, key))} is not a setting; {hint}")

    def _value(self, field: Field, table: Mapping[str, Any], where: Place) -> Any:
        place = (*where, field.name)
        dotted = ".".join(place)
        if field.table:
            inner = table.get(field.name, {})
            if not isinstance(inner, dict):
                raise Wrong(place, f"{dotted} must be a table: [{dotted}]")
            return self.table(field.kind, inner, place)
        if dotted in self._overrides:
            return from_flag(self._overrides[dotted], field, dotted)
        if field.about.secret:
            return self._secret(field, table, place, dotted)
        if field.name in table:
            return from_file(table[field.name], field, place, dotted)
        return _default(field, place, dotted)

    def _secret(self, field: Field, table: Mapping[str, Any], place: Place, dotted: str) -> Any:
        """From the command line's file, this file, or the file that this one names, in that order."""
        given = self._overrides.get(dotted + FILE_SUFFIX)
        if given is not None:
            return _secret_in(Path(str(given)), field, (), flag(dotted + FILE_SUFFIX))
        if field.name in table:
            _must_be_private(self._source.path, place, f"{dotted} is a secret")
            return from_file(table[field.name], field, place, dotted)
        name = table.get(field.name + FILE_SUFFIX)
        if name is None:
            return _default(field, place, dotted)
        place, dotted = (*place[:-1], field.name + FILE_SUFFIX), dotted + FILE_SUFFIX
        if not isinstance(name, str) or self._source.path is None:
            raise Wrong(place, f"{dotted} must be the path of a file")
        return _secret_in(self._source.path.parent / name, field, place, dotted)

    def _checked(self, settings_class: type, values: dict[str, Any], bad: set[str], where: Place) -> object:
        """Contradictions among the good fields are told too, as long as the bad ones have defaults to stand in."""
        fields = fields_of(settings_class)
        stand_ins = {field.name: field.default for field in fields if field.name in bad}
        broken = any(field.table and values.get(field.name) is None for field in fields)
        if broken or REQUIRED in stand_ins.values():
            return None
        made = settings_class(**values, **stand_ins)
        for keys, text in made.contradictions() if isinstance(made, Checked) else ():
            if not bad.intersection(keys):
                self._source.wrong((*where, *keys[0].split(".")), text)
        return made


def _default(field: Field, place: Place, dotted: str) -> Any:
    if field.default is REQUIRED:
        raise Wrong(place, f"{dotted} is missing, say {flag(dotted)} or {dotted} = ...: {field.about.doc}")
    return field.default


def _secret_in(path: Path, field: Field, place: Place, name: str) -> Any:
    _must_be_private(path, place, f"{name} names a secret")
    try:
        return from_file(path.read_text("utf-8").strip(), field, place, name)
    except OSError as trouble:
        raise Wrong(place, f"{name}: {path} can't be read: {trouble.strerror}") from trouble
    except UnicodeDecodeError as trouble:
        raise Wrong(place, f"{name}: {path} is not UTF-8 text") from trouble


def _must_be_private(path: Path | None, place: Place, what: str) -> None:
    """Nobody but the owner may read it; root's 0440 is how systemd hands credentials over (an ACL names the user)."""
    if path is None:
        return
    try:
        found = path.stat()
    except OSError as trouble:
        raise Wrong(place, f"{what}, but {path} can't be read: {trouble.strerror}") from trouble
    mode = stat.S_IMODE(found.st_mode)
    handed_over = mode == 0o440 and found.st_uid == 0 and found.st_gid == 0
    if mode & 0o077 and not handed_over:
        raise Wrong(place, f"{what}, but others can read {path} (mode {mode:04o}): chmod 600 {path}")


def _keys(settings_class: type) -> set[str]:
    rows = describe(settings_class)
    return {row.key for row in rows} | {row.key + FILE_SUFFIX for row in rows if row.secret}


def _fault(mistakes: Sequence[str]) -> SettingsFault:
    count = "1 mistake" if len(mistakes) == 1 else f"{len(mistakes)} mistakes"
    return SettingsFault(f"{count} in the settings:\n" + "\n".join(f"  {mistake}" for mistake in mistakes))


__all__ = ["Checked", "Contradiction", "Row", "describe", "load", "markdown", "section", "setting"]
