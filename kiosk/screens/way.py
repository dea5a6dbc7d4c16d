"""A number that was called and where its person goes: label, arrow and room on one line, or the room below."""

from dataclasses import dataclass

from kiosk.screens.number_card import LABEL_MM, LATIN, inside, label_width
from kiosk.screens.sheet import OURS, Sheet
from kiosk.screens.stack import Row, stacked
from kiosk.terms import RoomSign
from smartqueue.look.scene import Box
from smartqueue.look.typeset import width
from smartqueue.terms import Label

_ARROW, _AIR = 1.0, 0.3
"""Width of the arrow and of the air on each side of it, in capitals."""
_LINES_APART = 0.55
_WORTH = 1.2
"""As much larger letters must be on two lines."""


@dataclass(frozen=True, slots=True)
class _Said:
    label: Label
    room: str
    size: float
    lines: int


def way_card(sheet: Sheet, box: Box, label: Label, room: RoomSign, *, call: bool) -> None:
    """call: on the ground of a call."""
    colour = sheet.theme.on_call if call else sheet.theme.text
    sheet.panel(box, fill=sheet.theme.call if call else OURS, edge=None if call else OURS)
    inner = inside(sheet, box)
    text = sheet.view.words.text(f"caller.{room.kind}", number=room.number)
    said = max((_fitting(sheet, inner, label, text, lines) for lines in (2, 1)), key=_rank)
    (_on_one_line if said.lines == 1 else _on_two_lines)(sheet, inner, said, colour)


def _rank(said: _Said) -> float:
    return said.size * (_WORTH if said.lines == 1 else 1.0)


def _fitting(sheet: Sheet, inner: Box, label: Label, room: str, lines: int) -> _Said:
    """At the largest capitals at which all ink stays inside."""
    size = float(int(min(sheet.px(LABEL_MM), inner.h / lines)))
    while size > 2 and not _fits(sheet, inner, _Said(label, room, size, lines)):
        size -= 1.0
    return _Said(label, room, size, lines)


def _fits(sheet: Sheet, inner: Box, said: _Said) -> bool:
    arrow, size = _ARROW * said.size, said.size
    first, room = label_width(sheet, said.label, size), _room_width(sheet, said.room, size)
    over, under = _ink(sheet, said.room, size)
    if said.lines == 1:
        wide = first + room + arrow + 2 * _AIR * size
        return wide <= inner.w and size + 2 * max(over, under) <= inner.h
    wide = max(first, arrow + _AIR * size + room)
    return wide <= inner.w and 2 * size + _apart(over, size) + 2 * under <= inner.h


def _apart(over: float, size: float) -> float:
    return max(_LINES_APART * size, over + 0.15 * size)


def _room_width(sheet: Sheet, room: str, size: float) -> float:
    return width(room, size, sheet.style(700, tight=True)) + 4


def _ink(sheet: Sheet, room: str, size: float) -> tuple[float, float]:
    """Over the capitals and under the baseline."""
    made = stacked(sheet, 1e6, (Row(room, (size,), 700, tight=True),))
    return made.rows[0].top, made.height - made.rows[0].top - made.rows[0].set.height_px


def _on_one_line(sheet: Sheet, inner: Box, said: _Said, colour: str) -> None:
    size = said.size
    first, room = label_width(sheet, said.label, size) + 2, _room_width(sheet, said.room, size)
    arrow, air = _ARROW * size, _AIR * size
    line = inner.centred(first + room + arrow + 2 * air, size)
    label_box, rest = line.split_left(first, air)
    arrow_box, room_box = rest.split_left(arrow, air)
    _put_label(sheet, label_box, said, colour)
    _put_room(sheet, arrow_box, room_box, said, colour)


def _on_two_lines(sheet: Sheet, inner: Box, said: _Said, colour: str) -> None:
    size = said.size
    over, _ = _ink(sheet, said.room, size)
    first, room, arrow = label_width(sheet, said.label, size) + 2, _room_width(sheet, said.room, size), _ARROW * size
    both = inner.centred(inner.w, 2 * size + _apart(over, size))
    upper, lower = both.rows(1.0, 1.0, gap=_apart(over, size))
    _put_label(sheet, upper.centred(first, size), said, colour)
    line = lower.centred(arrow + _AIR * size + room, size)
    arrow_box, room_box = line.split_left(arrow, _AIR * size)
    _put_room(sheet, arrow_box, room_box, said, colour)


def _put_label(sheet: Sheet, box: Box, said: _Said, colour: str) -> None:
    sheet.text(box, said.label, (said.size,), weight=700, colour=colour or OURS, tight=True, language=LATIN)


def _put_room(sheet: Sheet, arrow: Box, room: Box, said: _Said, colour: str) -> None:
    sheet.icon(arrow.centred(arrow.w, arrow.w), "arrow-right", colour, directional=True)
    sheet.text(room, said.room, (said.size,), weight=700, colour=colour, tight=True)
