"""Typed settings: one TOML file for each unit, one frozen dataclass, read once, every mistake told at once.

A settings class is a frozen dataclass whose fields are made with `setting(...)`. Tables are nested settings classes.
Types: str, int, float, bool, Path, StrEnum, `X | None`, `tuple[X, ...]`, `dict[str, X]`, anything with `parse`.
"""

import dataclasses
import difflib
import math
import stat
import tomllib
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar, runtime_checkable

from smartqueue.errors import SettingsFault
from smartqueue.toml_lines import key_lines

T = TypeVar("T")
REQUIRED: Any = dataclasses.MISSING
_META = "smartqueue.setting"
_FILE = "_file"


@dataclasses.dataclass(frozen=True, slots=True)
class Setting:
    """What a field says about itself. low, high: of a number, or of the length of a text or list."""

    doc: str
    unit: str = ""
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    secret: bool = False
    parse: Callable[[str], Any] | None = None
    """Makes the value from a text; raises ValueError with what is wrong."""


class Contradiction(NamedTuple):
    """Settings that can't go together. keys: dotted names, the first one is where the mistake is shown."""

    keys: tuple[str, ...]
    text: str


@runtime_checkable
class Checked(Protocol):
    """A settings class whose fields can contradict each other."""

    def contradictions(self) -> Iterable[Contradiction]: ...


class Row(NamedTuple):
    """One setting as docs/settings.md shows it."""

    key: str
    kind: str
    default: str
    allowed: str
    unit: str
    doc: str
    secret: bool


def setting(
    default: Any = REQUIRED,
    *,
    doc: str,
    unit: str = "",
    low: float | None = None,
    high: float | None = None,
    choices: Sequence[str] = (),
    secret: bool = False,
    parse: Callable[[str], Any] | None = None,
) -> Any:
    """A field of a settings class. Without a default it must be given; a secret is never shown by `repr`."""
    about = Setting(doc, unit, low, high, tuple(choices), secret, parse)
    return dataclasses.field(default=default, metadata={_META: about}, repr=not secret)


def section(settings_class: Any, *, doc: str) -> Any:
    """A field whose value is a table of its own: a nested settings class with a default for everything."""
    return dataclasses.field(default_factory=settings_class, metadata={_META: Setting(doc)})


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
    known = _keys(settings_class, "")
    unknown = [f"--{_flag(key)} is not a setting" for key in given if key not in known]
    if source.mistakes or unknown:
        raise _fault([*source.mistakes, *unknown])
    return typing.cast(T, made)


def describe(settings_class: type) -> tuple[Row, ...]:
    """One row for each setting, tables inside included."""
    return tuple(_rows(settings_class, ""))


def markdown(classes: Iterable[type]) -> str:
    """The settings of these classes as a Markdown document; each class's docstring gives heading and paragraph."""
    parts = ["# Settings\n"]
    for settings_class in classes:
        title, _, rest = (settings_class.__doc__ or settings_class.__name__).strip().partition("\n")
        parts.append(f"## {title.strip().rstrip('.')}\n")
        if rest.strip():
            parts.append(" ".join(rest.split()) + "\n")
        parts.append("| setting | type | default | allowed | unit | what it does |\n|---|---|---|---|---|---|")
        parts.extend(_markdown_row(row) for row in describe(settings_class))
        parts.append("")
    return "\n".join(parts)


def _markdown_row(row: Row) -> str:
    doc = row.doc + (f" Secret: only from a file with mode 0600; `{row.key}{_FILE}` names one." if row.secret else "")
    cells = (f"`{row.key}`", row.kind, row.default, row.allowed, row.unit, doc)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


# --- reading ------------------------------------------------------------------------------------------


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

    def wrong(self, where: tuple[str, ...], text: str) -> None:
        line = next((self._lines[where[:n]] for n in range(len(where), 0, -1) if where[:n] in self._lines), None)
        place = f"{self.path}:{line}" if line else f"{self.path}"
        self.mistakes.append(f"{place}: {text}" if self.path else text)


class _Reader:
    def __init__(self, source: _Source, overrides: Mapping[str, object]) -> None:
        self._source = source
        self._overrides = overrides

    def table(self, settings_class: type, table: Mapping[str, Any], where: tuple[str, ...]) -> object:
        """The settings object, or None when something in it is wrong (told to the source)."""
        self._unknown_keys(settings_class, table, where)
        values: dict[str, Any] = {}
        bad: set[str] = set()
        for field, kind in _fields(settings_class):
            try:
                values[field.name] = self._field(field, kind, table, where)
            except _Wrong as wrong:
                wrong.tell(self._source)
                bad.add(field.name)
        return self._checked(settings_class, values, bad, where)

    def _unknown_keys(self, settings_class: type, table: Mapping[str, Any], where: tuple[str, ...]) -> None:
        known = {field.name for field, _ in _fields(settings_class)}
        known |= {field.name + _FILE for field, _ in _fields(settings_class) if _about(field).secret}
        for key in table:
            if key not in known:
                near = difflib.get_close_matches(key, known, n=1)
                hint = f"did you mean {near[0]}?" if near else f"known are: {', '.join(sorted(known))}"
                self._source.wrong((*where, key), f"{_dotted(where, key)} is not a setting; {hint}")

    def _field(self, field: dataclasses.Field[Any], kind: Any, table: Mapping[str, Any], where: tuple[str, ...]) -> Any:
        about, place = _about(field), (*where, field.name)
        dotted = ".".join(place)
        if dataclasses.is_dataclass(kind) and isinstance(kind, type):
            inner = table.get(field.name, {})
            if not isinstance(inner, dict):
                raise _Wrong(place, f"{dotted} must be a table: [{dotted}]")
            return self.table(kind, inner, place)
        if dotted in self._overrides:
            return _from_flag(self._overrides[dotted], kind, about, dotted)
        if about.secret and dotted + _FILE in self._overrides:
            return self._secret(Path(str(self._overrides[dotted + _FILE])), kind, about, (), dotted)
        if field.name in table:
            if about.secret:
                _must_be_private(self._source.path, place, f"{dotted} is a secret")
            return _converted(table[field.name], kind, about, place, dotted)
        if about.secret and field.name + _FILE in table:
            return self._secret_file(table[field.name + _FILE], kind, about, (*where, field.name + _FILE))
        if field.default is REQUIRED:
            raise _Wrong(place, f"{dotted} is missing: {about.doc}")
        return field.default

    def _secret_file(self, name: Any, kind: Any, about: Setting, place: tuple[str, ...]) -> Any:
        dotted = ".".join(place)
        if not isinstance(name, str) or self._source.path is None:
            raise _Wrong(place, f"{dotted} must be the path of a file")
        return self._secret(self._source.path.parent / name, kind, about, place, dotted)

    def _secret(self, path: Path, kind: Any, about: Setting, place: tuple[str, ...], dotted: str) -> Any:
        _must_be_private(path, place, f"{dotted} names a secret")
        try:
            return _converted(path.read_text("utf-8").strip(), kind, about, place, dotted)
        except (OSError, UnicodeDecodeError) as trouble:
            raise _Wrong(place, f"{dotted}: {path} can't be read: {trouble}") from trouble

    def _checked(self, settings_class: type, values: dict[str, Any], bad: set[str], where: tuple[str, ...]) -> object:
        """Contradictions among the good fields are told too, as long as the bad ones have defaults to stand in."""
        defaults = {
            f.name: f.default for f, _ in _fields(settings_class) if f.name in bad and f.default is not REQUIRED
        }
        if bad - defaults.keys() or any(value is None and _is_table(settings_class, n) for n, value in values.items()):
            return None
        made = settings_class(**values, **defaults)
        for keys, text in made.contradictions() if isinstance(made, Checked) else ():
            if not bad.intersection(keys):
                self._source.wrong((*where, *keys[0].split(".")), text)
        return made


class _Wrong(Exception):
    def __init__(self, place: tuple[str, ...], text: str) -> None:
        super().__init__(text)
        self.place = place
        self.text = text

    def tell(self, source: _Source) -> None:
        if self.place:
            source.wrong(self.place, self.text)
        else:
            source.mistakes.append(self.text)


def _must_be_private(path: Path | None, place: tuple[str, ...], what: str) -> None:
    """Nobody but the owner may read it; root's 0440 is how systemd hands credentials over (an ACL names the user)."""
    try:
        found = path.stat() if path else None
    except OSError as trouble:
        raise _Wrong(place, f"{what}, but {path} can't be read: {trouble.strerror}") from trouble
    if found is None:
        return
    mode = stat.S_IMODE(found.st_mode)
    handed_over = mode == 0o440 and found.st_uid == 0 and found.st_gid == 0
    if mode & 0o077 and not handed_over:
        raise _Wrong(place, f"{what}, but others can read {path} (mode {mode:04o}): chmod 600 {path}")


# --- converting ---------------------------------------------------------------------------------------


def _from_flag(value: object, kind: Any, about: Setting, dotted: str) -> Any:
    """A value of the command line: already typed, or a text that is read as the field's type."""
    name = "--" + _flag(dotted)
    kind = _without_none(kind)
    if isinstance(value, str) and about.parse is None and kind in (int, float):
        try:
            value = kind(value)
        except ValueError:
            raise _Wrong((), f"{name} must be {_kind_words(kind)}, not {value!r}") from None
    if isinstance(value, list):
        value = tuple(value)
    return _converted(value, kind, about, (), name)


def _converted(value: Any, kind: Any, about: Setting, place: tuple[str, ...], name: str) -> Any:
    kind = _without_none(kind)
    if about.parse is not None and isinstance(value, str):
        try:
            return about.parse(value)
        except ValueError as trouble:
            raise _Wrong(place, f"{name} = {_shown(value, about)}: {trouble}") from trouble
    made = _typed(value, kind, about, place, name)
    parts = made if isinstance(made, tuple) else (made,)
    for part in parts:
        if about.choices and part not in about.choices:
            near = difflib.get_close_matches(str(part), about.choices, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise _Wrong(place, f"{name} must be one of {', '.join(about.choices)}, not {_shown(part, about)}{hint}")
    _in_range(made, about, place, name)
    return made


def _typed(value: Any, kind: Any, about: Setting, place: tuple[str, ...], name: str) -> Any:  # noqa: PLR0911
    origin = typing.get_origin(kind)
    if origin is tuple and isinstance(value, list | tuple):
        inner = typing.get_args(kind)[0]
        return tuple(_typed(part, inner, about, place, name) for part in value)
    if origin is dict and isinstance(value, dict):
        inner = typing.get_args(kind)[1]
        return {key: _typed(part, inner, about, (*place, key), f"{name}.{key}") for key, part in value.items()}
    if isinstance(kind, type) and issubclass(kind, StrEnum) and isinstance(value, str):
        if value not in list(kind):
            raise _Wrong(place, f"{name} must be one of {', '.join(kind)}, not {_shown(value, about)}")
        return kind(value)
    if kind is Path and isinstance(value, str | Path):
        return Path(value)
    if kind is float and type(value) in (int, float):
        return float(value)
    if isinstance(kind, type) and origin is None and (type(value) is kind or (kind is str and isinstance(value, str))):
        return value
    if about.parse is not None and not isinstance(value, str | int | float | list):
        return value
    raise _Wrong(place, f"{name} must be {_kind_words(kind)}, not {_shown(value, about)}")


def _in_range(value: Any, about: Setting, place: tuple[str, ...], name: str) -> None:
    if isinstance(value, bool) or (about.low is None and about.high is None and not isinstance(value, float)):
        return
    size = value if isinstance(value, int | float) else len(value)
    low, high = -math.inf if about.low is None else about.low, math.inf if about.high is None else about.high
    if not low <= size <= high or (isinstance(size, float) and not math.isfinite(size)):
        what = "" if isinstance(value, int | float) else " long"
        raise _Wrong(
            place, f"{name} must be {_allowed(about)} {about.unit}".rstrip() + f"{what}, not {_shown(size, about)}"
        )


def _shown(value: object, about: Setting) -> str:
    return "what was given" if about.secret else repr(value)


# --- the shape of a settings class --------------------------------------------------------------------


def _fields(settings_class: type) -> Iterator[tuple[dataclasses.Field[Any], Any]]:
    kinds = typing.get_type_hints(settings_class)
    for field in dataclasses.fields(settings_class):
        yield field, _plain(kinds[field.name])


def _plain(kind: Any) -> Any:
    """A NewType stands for what it is made of."""
    while hasattr(kind, "__supertype__"):
        kind = kind.__supertype__
    return kind


def _about(field: dataclasses.Field[Any]) -> Setting:
    about: Setting = field.metadata[_META]
    return about


def _is_table(settings_class: type, name: str) -> bool:
    return any(f.name == name and dataclasses.is_dataclass(kind) for f, kind in _fields(settings_class))


def _without_none(kind: Any) -> Any:
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        rest = [part for part in typing.get_args(kind) if part is not types.NoneType]
        return _plain(rest[0])
    return _plain(kind)


def _keys(settings_class: type, prefix: str) -> set[str]:
    rows = tuple(_rows(settings_class, prefix))
    return {row.key for row in rows} | {row.key + _FILE for row in rows if row.secret}


def _rows(settings_class: type, prefix: str) -> Iterator[Row]:
    for field, kind in _fields(settings_class):
        about = _about(field)
        if dataclasses.is_dataclass(kind) and isinstance(kind, type):
            yield from _rows(kind, f"{prefix}{field.name}.")
            continue
        words = "text" if about.parse else _kind_words(_without_none(kind))
        yield Row(prefix + field.name, words, _default(field), _allowed(about), about.unit, about.doc, about.secret)


def _default(field: dataclasses.Field[Any]) -> str:
    value = field.default
    if value is REQUIRED:
        return "must be given"
    if value is None or value in ((), ""):
        return "none"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{', '.join(str(part) for part in value) if isinstance(value, tuple) else value}`"


def _allowed(about: Setting) -> str:
    if about.choices:
        return ", ".join(f"`{choice}`" for choice in about.choices)
    if about.low is not None and about.high is not None:
        return f"{about.low:g} to {about.high:g}"
    if about.low is not None:
        return f"at least {about.low:g}"
    return "" if about.high is None else f"at most {about.high:g}"


_WORDS = {str: "text", int: "a whole number", float: "a number", bool: "true or false", Path: "a path"}


def _kind_words(kind: Any) -> str:
    kind = _plain(kind)
    if typing.get_origin(kind) is tuple:
        return "a list, each " + _kind_words(typing.get_args(kind)[0])
    if typing.get_origin(kind) is dict:
        return "a table, each " + _kind_words(typing.get_args(kind)[1])
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return "one of " + ", ".join(f"`{choice}`" for choice in kind)
    return _WORDS.get(kind, "text")


def _dotted(where: tuple[str, ...], key: str) -> str:
    return ".".join((*where, key))


def _flag(dotted: str) -> str:
    return dotted.replace("_", "-")


def _fault(mistakes: Sequence[str]) -> SettingsFault:
    count = "1 mistake" if len(mistakes) == 1 else f"{len(mistakes)} mistakes"
    return SettingsFault(f"{count} in the settings:\n" + "\n".join(f"  {mistake}" for mistake in mistakes))
