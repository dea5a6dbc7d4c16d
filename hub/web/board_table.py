"""Departments one below the other across the whole width: name, wait, and on the same line the last call.

As on displays: cards only where they leave no hole and are not crowded by a call. Units as in board-layouts.css.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hub.web.board_calls import columns, labels_em, places_em, row
from hub.web.board_lines import Entry, cards, cards_turn, entry_of, entry_parts, heads
from hub.web.board_turns import TURN_S, marks, marks_beside, newest_stays, shares
from hub.web.board_view import Sight
from hub.web.board_wide import Place, wide, wide_parts
from hub.web.fitting import percent, plain_em
from hub.web.markup import Markup, el
from smartqueue.board import each_s, history, last_of
from smartqueue.wire import CallView

_CARDS: Final = (2, 6)
"""So many stand on cards while nobody is called."""
_MOST_HEADS: Final = 2
_WIDE, _NARROW = 1760, 930
"""Width of a line on a lying and on an upright screen."""
_IDLE, _ON_CALL, _PADDING = (747, 1340), (427, 892), 17
"""Height of all lines, with a sign for the turn, lying and upright."""
_TYPES: Final = (64, 56, 48, 40)
_CHIP_EM, _BETWEEN_EM, _BETWEEN_UNITS = 1.75, 0.4, 60
_LEAST, _TEXT, _AIR_UNITS, _FOLDED_UNITS = 62, 1.15, 8, 16
"""Height of a line at least; of a line of text in em; air around one, and around more than one."""
_MOST_SIZE, _SIZE_SHARE, _MOST_WIDTH = 150, 0.8, 880
_MOST_UPRIGHT, _UPRIGHT_SHARE, _CALL_LINE = 130, 0.46, 1.1
"""Type of calls, at most and of the height of a line; their width; and the same on an upright screen, where they stand
below the name."""
_FEW, _FEW_ON_CALL = 4, 2
"""So many lines are high enough for two calls each."""
_STACKED, _MOST_STACKED = (80, 72, 64, 56), 4
_STACKED_BADGE_EM, _STACKED_LINES, _STACKED_UNITS = 2.45, 2.75, 16
"""Type of so many at most on an upright screen, where they stand large with their wait below the name; in em of it the
width of the badge and the height of both lines; air around them."""
_ARROW_EM: Final = 1.6
_ROOMY: Final = 2.1
"""Height of a line in em of its type, from which on the type may be larger than it has to be."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """Lines by turns, and the most of one turn; units of type; percent of full size for calls, and how many stand on a
    line."""

    parts: Sequence[range]
    each: int
    type: int
    fit: int
    deep: int
    entries: Sequence[Entry]


def departments(sight: Sight) -> Markup:
    """On cards, or one line for each; what does not fit takes turns."""
    if _on_cards(sight):
        return cards(sight)
    calls = _calls(sight)
    if sight.lines and not any(calls):
        return el("div", wide(sight, _across(sight)), class_="side across", data_part="cards")
    return _table(sight, calls)


def department_turns(sight: Sight) -> int:
    """In how many parts departments stand; 1 where all fit."""
    if _on_cards(sight) or not sight.lines:
        return 1
    calls = _calls(sight)
    return len(_plan(sight, calls).parts) if any(calls) else wide_parts(sight, _across(sight))


def calls_turn(sight: Sight) -> bool:
    """Whether a department has more calls that have to stand than it has room for."""
    if _on_cards(sight):
        return cards_turn(sight)
    calls = _calls(sight)
    return any(len(own) > _deep(sight, calls) for own in calls)


def turns_each_s(sight: Sight) -> float:
    """How long one of these parts stands."""
    return TURN_S if any(_calls(sight)) else each_s(department_turns(sight))


def _across(sight: Sight) -> Place:
    lying, upright = _ON_CALL if sight.on else _IDLE
    return Place(lying - _PADDING, upright - _PADDING)


def _on_cards(sight: Sight) -> bool:
    plain = not sight.on and bool(sight.calls)
    return plain and len(sight.lines) in _CARDS and heads(sight) <= _MOST_HEADS


def _table(sight: Sight, calls: Sequence[Sequence[CallView]]) -> Markup:
    if not sight.lines:
        return el("ul", class_="depts", data_part="cards")
    plan = _plan(sight, calls)
    which = sight.turn % len(plan.parts)
    made = [_line(sight, plan.entries[n], calls[n], plan.deep) for n in plan.parts[which]]
    ways = [(call, sight.place(call.room)) for own in calls for call in own]
    wide = f" called {columns(sight.page, ways)}" if ways else ""
    large = _stacked(plan, (_ON_CALL if sight.on else _IDLE)[1], called=bool(ways))
    stacked = f" stacked stacked-{large}" if large else ""
    whole = " whole" if len(plan.parts) == 1 and sight.bare and not sight.on else ""
    kind = f"depts each-{plan.each} type-{plan.type} fit-{plan.fit} deep-{plan.deep}{wide}{stacked}{whole}"
    return el("ul", made, marks(which, len(plan.parts), "li"), class_=kind, data_part="cards")


def _stacked(plan: _Plan, upright: int, *, called: bool) -> int:
    """The type of few departments on an upright screen, their wait below the name; 0 where that does not fit."""
    if len(plan.parts) > 1 or plan.each > _MOST_STACKED:
        return 0
    high = upright / plan.each - _below(plan.each, upright, plan.deep, called=called) - _STACKED_UNITS
    wide_em = _STACKED_BADGE_EM + max(max(plain_em(one.name), one.standing_em) for one in plan.entries)
    fitting = (size for size in _STACKED if size * _STACKED_LINES <= high and size * wide_em <= _NARROW)
    return next(fitting, 0)


def _below(each: int, upright: int, deep: int, *, called: bool) -> float:
    """Height of calls below a name on an upright screen."""
    return min(_MOST_UPRIGHT, upright / each * _UPRIGHT_SHARE / deep) * deep * _CALL_LINE if called else 0


def _calls(sight: Sight) -> Sequence[Sequence[CallView]]:
    """Of each department those that take turns at the end of its line."""
    on, now = {call.label for call in sight.on}, sight.page.now
    whole = history(sight.calls, now, rows=len(sight.calls), hidden=(), on=on)
    must = {one.announcement for one in history(sight.calls, now, rows=0, hidden=(), on=on)}
    return [last_of(whole, one.id, 1, must) for one in sight.lines]


def _deep(sight: Sight, calls: Sequence[Sequence[CallView]]) -> int:
    """Calls that stand on a line, where some department has more that have to be seen: the newest never goes."""
    few = len(sight.lines) <= (_FEW_ON_CALL if sight.on else _FEW)
    return 2 if few and any(len(own) > 1 for own in calls) else 1


def _line(sight: Sight, entry: Entry, own: Sequence[CallView], deep: int) -> Markup:
    said = entry_parts(entry.line, entry.name, entry.sign, entry.text)
    calls, which, count = newest_stays(own, deep, sight.turn)
    called = [row(sight.page, one.label, sight.place(one.room), "line") for one in calls]
    return el("li", el("p", said, class_=f"entry {entry.kind}".strip()), el("ol", called, marks_beside(which, count)))


def _plan(sight: Sight, calls: Sequence[Sequence[CallView]]) -> _Plan:
    """As few turns as can be; then the largest type that folds no more names than the least."""
    count = len(sight.lines)
    for turns in range(1, count + 1):
        tried = [_planned(sight, calls, -(-count // turns), size) for size in _TYPES]
        for made in tried:
            if len(made.parts) <= turns and _texts(made) == _texts(tried[-1]):
                return made
    return _planned(sight, calls, 1, _TYPES[-1])


def _texts(plan: _Plan) -> int:
    return sum(one.texts for one in plan.entries)


def _planned(sight: Sight, calls: Sequence[Sequence[CallView]], each: int, size: int) -> _Plan:
    lying, upright = _ON_CALL if sight.on else _IDLE
    ways = [(call, sight.place(call.room)) for own in calls for call in own]
    deep = _deep(sight, calls)
    full = min(_MOST_SIZE, lying / each * _SIZE_SHARE / deep)
    em = labels_em(ways) + 0.5 + _ARROW_EM + places_em(sight.page, ways) if ways else 0
    fit = percent(_MOST_WIDTH / (full * em)) if em else 100
    left = _WIDE - (full * em * fit / 100 + _BETWEEN_UNITS if em else 0)
    width_em = min(left, _NARROW) / size - _CHIP_EM - _BETWEEN_EM
    entries = [entry_of(sight.page, one, width_em) for one in sight.lines]
    air = _ROOMY if size > _TYPES[-1] else 0
    needs = [_needed(one, size, air) for one in entries]
    below = _below(each, upright, deep, called=bool(ways))
    heights = [int(1000 * max(max(one, full * deep) / lying, (one + below) / upright)) for one in needs]
    return _Plan(shares(heights, 1000, 0), each, size, fit, deep, entries)


def _needed(entry: Entry, size: int, air: float) -> float:
    text = entry.texts * size * _TEXT
    return max(_LEAST, text + (_FOLDED_UNITS if entry.texts > 1 else _AIR_UNITS), air * size * entry.texts)
