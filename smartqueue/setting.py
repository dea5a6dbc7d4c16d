"""How a setting is declared, and what can be told about a settings class without reading any file.

Use it by way of `smartqueue.config`.
"""

import dataclasses
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple, Protocol, runtime_checkable

REQUIRED: Any = dataclasses.MISSING
FILE_SUFFIX = "_file"
"""`key_file` names the file that holds the secret `key`."""
_META = "smartqueue.setting"


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


class Field(NamedTuple):
    """One field of a settings class. kind: its type, without None and NewTypes; table: it is a settings class."""

    name: str
    kind: Any
    table: bool
    default: Any
    about: Setting


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


def fields_of(settings_class: type) -> tuple[Field, ...]:
    """The fields in their order. Raises KeyError when one was not made with `setting` or `section`."""
    kinds = typing.get_type_hints(settings_class)
    return tuple(_field(field, kinds[field.name]) for field in dataclasses.fields(settings_class))


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


def allowed_words(about: Setting) -> str:
    """The range or the choices in words; empty when everything of the type is allowed."""
    if about.choices:
        return ", ".join(f"`{choice}`" for choice in about.choices)
    if about.low is not None and about.high is not None:
        return f"{about.low:g} to {about.high:g}"
    if about.low is not None:
        return f"at least {about.low:g}"
    return "" if about.high is None else f"at most {about.high:g}"


def kind_words(kind: Any) -> str:
    """A type in words, as one tells somebody who edits the file."""
    kind = plain_kind(kind)
    if typing.get_origin(kind) is tuple:
        return "a list, each " + kind_words(typing.get_args(kind)[0])
    if typing.get_origin(kind) is dict:
        return "a table, each " + kind_words(typing.get_args(kind)[1])
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return "one of " + ", ".join(f"`{choice}`" for choice in kind)
    return _WORDS.get(kind, "text")


def plain_kind(kind: Any) -> Any:
    """The type without None; a NewType stands for what it is made of."""
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        kind = next(part for part in typing.get_args(kind) if part is not types.NoneType)
    while hasattr(kind, "__supertype__"):
        kind = kind.__supertype__
    return kind


_WORDS = {str: "text", int: "a whole number", float: "a number", bool: "true or false", Path: "a path"}


def _field(field: "dataclasses.Field[Any]", kind: Any) -> Field:
    kind = plain_kind(kind)
    table = isinstance(kind, type) and dataclasses.is_dataclass(kind) and _META in field.metadata
    about: Setting = field.metadata[_META]
    return Field(field.name, kind, table and about.parse is None, field.default, about)


def _rows(settings_class: type, prefix: str) -> Iterator[Row]:
    for field in fields_of(settings_class):
        about, name = field.about, prefix + field.name
        if field.table:
            yield from _rows(field.kind, f"{name}.")
            continue
        words = "text" if about.parse else kind_words(field.kind)
        yield Row(name, words, _default(field.default), allowed_words(about), about.unit, about.doc, about.secret)


def _default(value: Any) -> str:
    if value is REQUIRED:
        return "must be given"
    if value is None or value in ((), ""):
        return "none"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{', '.join(str(part) for part in value) if isinstance(value, tuple) else value}`"


def _markdown_row(row: Row) -> str:
    secret = f" Secret: only from a file with mode 0600; `{row.key}{FILE_SUFFIX}` names one."
    doc = row.doc + (secret if row.secret else "")
    cells = (f"`{row.key}`", row.kind, row.default, row.allowed, row.unit, doc)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
