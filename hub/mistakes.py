"""Every mistake of a message, one line each: msgspec alone stops at the first."""

from collections.abc import Iterator
from difflib import get_close_matches
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import msgspec
from msgspec import Struct, UnsetType


def mistakes(plain: Any, kind: Any, where: str = "$") -> Iterator[str]:
    """plain: as JSON gives it. kind: a message, or the type of a field. Nothing, when it fits."""
    inside = list(_inside(plain, _bare(kind), where))
    if inside:
        yield from inside
        return
    try:
        msgspec.convert(plain, kind)
    except msgspec.ValidationError as mistake:
        yield _line(where, mistake)


def unknown(name: str, known: list[str]) -> str:
    """What to say of a name that is not known, with what may have been meant."""
    close = get_close_matches(name, known, n=1)
    return (
        f"is not known here; did you mean {close[0]!r}?"
        if close
        else f"is not known here; there are: {', '.join(known)}"
    )


def _inside(plain: Any, kind: Any, where: str) -> Iterator[str]:
    if isinstance(plain, dict) and isinstance(kind, type) and issubclass(kind, Struct):
        yield from _fields(plain, kind, where)
    elif isinstance(plain, list) and get_origin(kind) is list:
        for place, one in enumerate(plain):
            yield from mistakes(one, get_args(kind)[0], f"{where}[{place}]")


def _fields(plain: dict[str, Any], kind: type[Struct], where: str) -> Iterator[str]:
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    for name, field in fields.items():
        if name in plain:
            yield from mistakes(plain[name], field.type, f"{where}.{name}")
        elif field.required:
            yield f"{where}.{name}: is missing"
    if kind.__struct_config__.forbid_unknown_fields:
        yield from (f"{where}.{name}: {unknown(name, list(fields))}" for name in plain if name not in fields)


def _bare(kind: Any) -> Any:
    """Without the limits of its annotation and without null: what its inside looks like."""
    if get_origin(kind) is Annotated:
        return _bare(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        others = [one for one in get_args(kind) if one not in (NoneType, UnsetType)]
        return _bare(others[0]) if len(others) == 1 else kind
    return kind


def _line(where: str, mistake: msgspec.ValidationError) -> str:
    """`$.needs[1]: invalid enum value 'tall'` of msgspec's own words, which end in ` - at `$[1]``."""
    text, _, path = str(mistake).partition(" - at `")
    inside = path.rstrip("`").removeprefix("$")
    return f"{where}{inside}: {text[:1].lower()}{text[1:]}"
