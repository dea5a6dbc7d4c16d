"""HTML as nested calls; every text is escaped, so that no name or id can become markup."""

from collections.abc import Iterable
from html import escape

from smartqueue.look import icon_paths

_VOID = frozenset({"meta", "link", "input", "br", "img"})


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


Child = str | None | Iterable["Child"]
Value = str | int | bool | None


def el(name: str, /, *children: Child, **attributes: Value) -> Markup:
    """An element. `class_` is class, other underscores are hyphens; None and False leave an attribute out."""
    opening = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID:
        return Markup(f"<{name}{opening}>")
    return Markup(f"<{name}{opening}>{join(children)}</{name}>")


def join(children: Child) -> Markup:
    """All children one after the other; None is nothing."""
    if children is None:
        return Markup("")
    if isinstance(children, Markup):
        return children
    if isinstance(children, str):
        return Markup(escape(children))
    return Markup("".join(join(child) for child in children))


def icon(name: str) -> Markup:
    """A pictogram beside its word; one that is not ours is left out."""
    return Markup(icon_paths.svg(name)) if icon_paths.known(name) else Markup("")


def _attribute(key: str, value: Value) -> str:
    name = key.rstrip("_").replace("_", "-")
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
