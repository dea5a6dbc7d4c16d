"""The head of the board: the site, the date and the clock; where notes have no place, what everybody has to know."""

from datetime import timedelta
from typing import Final

from hub.web.board_calls import turns_of_calls
from hub.web.board_notes import Note, urgent
from hub.web.board_turns import marks
from hub.web.board_view import Sight
from hub.web.document import mark
from hub.web.fitting import bold_em, percent
from hub.web.markup import Markup, el, icon
from smartqueue.board import Layout

_TYPE: Final = 40
_FAR_TYPE: Final = 66
"""For far seats."""
_ROOM_UNITS, _LOGO_UNITS, _DOTS_UNITS = 1430, 240, 120
"""Width beside the clock and the clinic's sign; how much wider a logo is than the sign; what dots take."""
_SIGN_EM, _BETWEEN_EM = 1.6, 1.0


def head(sight: Sight) -> Markup:
    """The date goes where something has to be known, and on a lying screen the name where there is no room for both."""
    page, told = sight.page, urgent(sight)
    which, of = turns_of_calls(sight)
    local = page.now.astimezone(page.zone)
    offset = local.utcoffset() or timedelta()
    clock = el("time", page.time(page.now), id="clock", data_offset_min=int(offset.total_seconds() // 60))
    date = None if told else el("span", page.words.date_day(page.now, page.zone), class_="date")
    return el(
        "header",
        el("h1", mark(page.site), el("span", page.name(page.site.names)), class_="site"),
        _urgent(sight, told) if told else None,
        el("p", date, marks(which, of, "span"), clock, class_="clock"),
        class_="top" if told is None or _beside_name(sight, told) else "top brief",
        data_part="top",
    )


def _urgent(sight: Sight, told: Note) -> Markup:
    fit = percent(_room(sight) / (_type(sight) * _wide_em(told)))
    sign = el("span", icon(told.icon), class_="grave")
    return el("p", sign, el("span", told.text), class_=f"urgent fit-{fit}")


def _beside_name(sight: Sight, told: Note) -> bool:
    name_em = bold_em(sight.page.name(sight.page.site.names))
    return (_wide_em(told) + _BETWEEN_EM + name_em) * _type(sight) <= _room(sight)


def _wide_em(told: Note) -> float:
    return _SIGN_EM + bold_em(told.text)


def _room(sight: Sight) -> int:
    logo = _LOGO_UNITS if sight.page.site.logo is not None else 0
    return _ROOM_UNITS - logo - (_DOTS_UNITS if turns_of_calls(sight)[1] > 1 else 0)


def _type(sight: Sight) -> int:
    return _FAR_TYPE if sight.asked.layout is Layout.CALL else _TYPE
