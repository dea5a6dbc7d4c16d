"""The head of the board: the site, the date and the clock; where notes have no place, what everybody has to know."""

from datetime import timedelta
from typing import Final

from hub.web.board_calls import turns_of_calls
from hub.web.board_notes import Note
from hub.web.board_turns import marks
from hub.web.board_view import Sight
from hub.web.document import mark
from hub.web.fitting import bold_em, percent
from hub.web.markup import Markup, el, icon
from smartqueue.board import Layout

_TYPES: Final = {Layout.CALL: (66, 56, 48, 40)}
_TYPE: Final = (40,)
"""For far seats, the largest in which both the name and what has to be known stand there; else one size."""
_MOST_ALONE: Final = 56
"""Type of what has to be known where the name has to go: also of scripts that are higher than Latin it stays above the
band."""
_ROOM_UNITS, _LOGO_UNITS, _DOTS_UNITS = 1430, 240, 120
"""Width beside the clock and the clinic's sign; how much wider a logo is than the sign; what dots take."""
_SIGN_EM, _BETWEEN_EM = 1.6, 1.0


def head(sight: Sight, told: Note | None) -> Markup:
    """told: what has to be known. The date goes for it; so does the name, on a lying screen without room for both."""
    page = sight.page
    which, of = turns_of_calls(sight)
    local = page.now.astimezone(page.zone)
    offset = local.utcoffset() or timedelta()
    clock = el("time", page.time(page.now), id="clock", data_offset_min=int(offset.total_seconds() // 60))
    date = None if told else el("span", page.words.date_day(page.now, page.zone), class_="date")
    size, brief = (0, False) if told is None else _size(sight, told)
    return el(
        "header",
        el("h1", mark(page.site), el("span", page.name(page.site.names)), class_="site"),
        _urgent(sight, told, size) if told else None,
        el("p", date, marks(which, of, "span"), clock, class_="clock"),
        class_=f"top{' brief' if brief else ''}{f' type-{size}' if size else ''}",
        data_part="top",
    )


def _urgent(sight: Sight, told: Note, size: int) -> Markup:
    fit = percent(_room(sight) / (size * _wide_em(told)))
    sign = el("span", icon(told.icon), class_="grave")
    return el("p", sign, el("span", told.text), class_=f"urgent fit-{fit}")


def _size(sight: Sight, told: Note) -> tuple[int, bool]:
    """Units of type, and whether the name has to go."""
    types = _TYPES.get(sight.asked.layout, _TYPE)
    both_em = _wide_em(told) + _BETWEEN_EM + bold_em(sight.page.name(sight.page.site.names))
    fitting = [size for size in types if both_em * size <= _room(sight)]
    return (fitting[0], False) if fitting else (min(types[0], _MOST_ALONE), True)


def _wide_em(told: Note) -> float:
    return _SIGN_EM + bold_em(told.text)


def _room(sight: Sight) -> int:
    logo = _LOGO_UNITS if sight.page.site.logo is not None else 0
    return _ROOM_UNITS - logo - (_DOTS_UNITS if turns_of_calls(sight)[1] > 1 else 0)
