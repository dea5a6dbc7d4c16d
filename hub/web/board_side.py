"""Departments beside the last calls, or across the whole width where no other call stands."""

from hub.web.board_calls import is_first
from hub.web.board_lines import panel, panel_parts
from hub.web.board_view import Sight
from hub.web.board_wide import Place, wide, wide_parts
from hub.web.markup import Markup

_LYING, _UPRIGHT = 440, 905
"""Height of the panel below a call, without its padding."""


def side(sight: Sight, taken: int) -> Markup:
    """taken: height in units that notes take of the panel's."""
    return wide(sight, _place(taken)) if is_first(sight) else panel(sight, taken)


def side_parts(sight: Sight, taken: int) -> int:
    """In how many parts departments take turns; 1 where all fit."""
    return wide_parts(sight, _place(taken)) if is_first(sight) else panel_parts(sight, taken)


def _place(taken: int) -> Place:
    return Place(_LYING - taken, _UPRIGHT - taken)
