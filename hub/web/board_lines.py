"""Departments on the board: the panel with a line for each, or a card for each with its last calls."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from hub.web.board_calls import row, rows_fit
from hub.web.board_turns import marks, marks_beside, newest_stays, shares
from hub.web.board_view import Sight
from hub.web.document import Page
from hub.web.fitting import bold_em, folded, percent, plain_em
from hub.web.markup import Markup, el, icon
from smartqueue.board import Line, Wait, each_s, history, last_of
from smartqueue.i18n import Words
from smartqueue.wire import CallView, EstimateView

_LINE_EM, _TALL_LINE_EM = 15.2, 21.5
"""A line of the panel, lying and upright, in em of its type of 40 units, without the letter's badge. A little less than
there is."""
_BETWEEN_EM: Final = 0.5
_SHARE: Final = 0.85
"""Of the room beside its range that the last line of a name may take, since a television's letters may be wider."""
_SURELY_WIDER: Final = 1.1
"""Of a line: a name so wide is never on one, though lines are a little wider than they are taken for."""
_BARE_UNITS, _TEXT_UNITS, _FOLDED_UNITS = 12, 46, 12
"""Height of a line of the panel: what it takes anyhow, for each line of text, and where there is more than one."""
_IDLE_UNITS, _CALL_UNITS = (833, 768), (443, 460)
"""Height of the panel without its padding, lying and upright."""
_MARK_UNITS = 26
_FEW, _FEW_ON_CALL, _FEW_UNITS = 4, 2, 150
"""So many have their range below the name, large, where each has this height."""
_ALONE, _COUNTED_UNITS = 2, 220
"""So many say how many people wait, too, where each has this height."""
_STANDING_EM, _ALONE_EM, _CARD_EM = 7.3, 5.4, 18.9
"""Widths in em of their type: a range below the name, one of those few that stand alone, and the head of a card."""
_DEEP = {1: 5, 2: 3, 3: 1}
"""Calls on a card, by how many cards stand one below the other."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A department as it stands in the panel. beside: its range is on the line of its name; shared:
    below, but on the last line of a name that ends early."""

    line: Line
    name: str
    sign: str
    text: str
    beside: bool
    texts: int
    shared: bool = False

    @property
    def units(self) -> int:
        return _BARE_UNITS + self.texts * _TEXT_UNITS + (_FOLDED_UNITS if self.texts > 1 else 0)

    @property
    def standing_em(self) -> float:
        """Width of what is said of the wait."""
        return _standing_em(self.line, self.sign, self.text)

    @property
    def kind(self) -> str:
        if not self.beside:
            return "below shared" if self.shared else "below"
        return "" if self.texts == 1 else "folded"


@dataclass(frozen=True, slots=True)
class _Panel:
    """Its lines as they stand on a lying and on an upright screen, and by which turns."""

    flat: Sequence[Entry]
    tall: Sequence[Entry]
    flat_parts: Sequence[range]
    tall_parts: Sequence[range]

    @property
    def count(self) -> int:
        """Of turns, on whichever screen there are more: they decide how long one stands on both."""
        return max(len(self.flat_parts), len(self.tall_parts))


def panel(sight: Sight, taken: int) -> Markup:
    """The departments whose turn it is; in the hand, where a page is as long as it likes, all of them.

    taken: height in units that notes take of the panel's.
    """
    if _is_few(sight, taken):
        return few(sight, counted=_room(sight, taken) >= _COUNTED_UNITS * len(sight.lines))
    made = _panel(sight, taken)
    now = int(sight.at_s // each_s(made.count))
    flat, tall = now % len(made.flat_parts), now % len(made.tall_parts)
    there = zip(made.flat, made.tall, strict=True)
    kinds = [
        f"{_kind(one, other)}{_later(n in made.flat_parts[flat], n in made.tall_parts[tall])}".strip()
        for n, (one, other) in enumerate(there)
    ]
    shown = [_li(one, kind) for one, kind in zip(made.flat, kinds, strict=True)]
    if made.flat_parts == made.tall_parts:
        return el("ul", shown, marks(flat, len(made.flat_parts), "li"), class_="panel many", data_part="panel")
    lying = marks(flat, len(made.flat_parts), "li", "mark flat-only")
    upright = marks(tall, len(made.tall_parts), "li", "mark tall-only")
    return el("ul", shown, lying, upright, class_="panel many", data_part="panel")


def _kind(flat: Entry, tall: Entry) -> str:
    """How a line stands, where it stands otherwise on an upright screen with how it does there."""
    return flat.kind if flat.kind == tall.kind else f"{flat.kind} tall-{tall.kind or 'plain'}"


def _later(flat: bool, tall: bool) -> str:
    """Where it waits for its turn: on both screens, or on one."""
    if flat and tall:
        return ""
    return " tall-only" if tall else " flat-only" if flat else " later"


def few(sight: Sight, *, across: bool = False, counted: bool = True) -> Markup:
    """All ranges in one size, that of the longest; what is said instead of a range in its own.

    across: side by side, over the whole width of a lying screen. counted: with how many wait, where few are alone.
    """
    page, made = sight.page, _made(sight)
    count = len(made)
    alone = count <= _ALONE and counted
    fits = [_few_fit(one, _ALONE_EM if alone and not across else _STANDING_EM) for one in made]
    ranges = min((fit for one, fit in zip(made, fits, strict=True) if not one.sign), default=100)
    each = (fit if one.sign else ranges for one, fit in zip(made, fits, strict=True))
    rows = [_few_li(page, one, fit, alone=alone) for one, fit in zip(made, each, strict=True)]
    wide = "" if not across else " wide" if alone else f" wide in-2 rows-{-(-count // 2)}"
    kind = f"panel few n{count}{' alone' if alone else ''}{wide}"
    return el("ul", rows, class_=kind, data_part="panel")


def _few_fit(one: Entry, width_em: float) -> int:
    return percent(width_em / _standing_em(one.line, one.sign, one.text))


def _few_li(page: Page, one: Entry, fit: int, *, alone: bool) -> Markup:
    waits = alone and one.line.wait is Wait.RANGE
    count = page.words.count("display.waiting", one.line.waiting) if waits else None
    waiting = el("span", icon("people"), count, class_="queue") if count else None
    return el("li", entry_parts(one.line, one.name, one.sign, one.text), waiting, class_=f"fit-{fit}")


def panel_parts(sight: Sight, taken: int) -> int:
    """In how many parts departments take turns; 1 where all fit."""
    return 1 if _is_few(sight, taken) else _panel(sight, taken).count


def _panel(sight: Sight, taken: int) -> _Panel:
    lying, upright = _CALL_UNITS if sight.on else _IDLE_UNITS
    flat = _made(sight)
    tall = [_unshared(entry_of(sight.page, one, _TALL_LINE_EM)) for one in sight.lines]
    parts = (
        shares([one.units for one in made], room - taken, _MARK_UNITS)
        for made, room in ((flat, lying), (tall, upright))
    )
    return _Panel(flat, tall, *parts)


def _unshared(entry: Entry) -> Entry:
    """On an upright screen a range below its name has a line of its own."""
    return replace(entry, shared=False, texts=entry.texts + 1) if entry.shared else entry


def _made(sight: Sight) -> Sequence[Entry]:
    return [entry_of(sight.page, one) for one in sight.lines]


def _room(sight: Sight, taken: int) -> int:
    """On whichever screen it is less."""
    return min(_CALL_UNITS if sight.on else _IDLE_UNITS) - taken


def _is_few(sight: Sight, taken: int) -> bool:
    count = len(sight.lines)
    return 0 < count <= (_FEW_ON_CALL if sight.on else _FEW) and _room(sight, taken) >= _FEW_UNITS * count


def _li(one: Entry, kind: str) -> Markup:
    return el("li", entry_parts(one.line, one.name, one.sign, one.text), class_=kind.strip() or None)


def entry_of(page: Page, line: Line, width_em: float = _LINE_EM) -> Entry:
    """The range beside the name if that takes two lines at most, else below it."""
    name, (sign, text) = page.name(line.names), standing(page, line)
    left = width_em - _BETWEEN_EM - _standing_em(line, sign, text)
    beside = folded(name, left)
    if len(beside) <= 2 and all(plain_em(one) <= left for one in beside):
        return Entry(line, name, sign, text, True, len(beside))
    below = folded(name, width_em)
    whole = sum(math.ceil(plain_em(one) / width_em) for one in below)
    shared = (
        len(below) == whole > 1 and plain_em(name) > width_em * _SURELY_WIDER and plain_em(below[-1]) < left * _SHARE
    )
    return Entry(line, name, sign, text, False, whole + (0 if shared else 1), shared)


def cards(sight: Sight) -> Markup:
    """A card for each department while nobody is called; on each its last calls."""
    shown, (down, deep) = sight.lines, _shape(sight)
    calls = [newest_stays(own, deep, sight.turn) for own in _last(sight, deep)]
    places = [[(call, sight.place(call.room)) for call in some] for some, _, _ in calls]
    fit = min((rows_fit(sight.page, some) for some in places), default=100)
    made = [_card(sight, one, some) for one, some in zip(shown, calls, strict=True)]
    kind = f"cards down-{max(1, down)} across-{len(shown)} deep-{deep} fit-{fit} heads-{heads(sight)}"
    return el("ul", made, class_=kind, data_part="cards")


def cards_turn(sight: Sight) -> bool:
    """Whether a card has more calls that have to stand than it has room for."""
    deep = _shape(sight)[1]
    return any(len(own) > deep for own in _last(sight, deep))


def _shape(sight: Sight) -> tuple[int, int]:
    """How many cards stand one below the other, and how many calls on each: two where more than one have to be seen."""
    down = -(-len(sight.lines) // 2)
    deep = _DEEP.get(down, 1)
    two = deep == 1 and heads(sight) == 1 and any(len(own) > 1 for own in _last(sight, 1))
    return down, 2 if two else deep


def _last(sight: Sight, deep: int) -> Sequence[Sequence[CallView]]:
    """Of each department its last calls."""
    whole = history(sight.calls, sight.page.now, rows=len(sight.calls), hidden=(), on=())
    must = {one.announcement for one in history(sight.calls, sight.page.now, rows=0, hidden=(), on=())}
    return [last_of(whole, one.id, deep, must) for one in sight.lines]


def heads(sight: Sight) -> int:
    """Lines of text in the head of every card."""
    return min(3, max((entry_of(sight.page, one, _CARD_EM).texts for one in sight.lines), default=1))


def _card(sight: Sight, line: Line, turn: tuple[Sequence[CallView], int, int]) -> Markup:
    calls, which, count = turn
    made = entry_of(sight.page, line, _CARD_EM)
    head = el("p", entry_parts(line, made.name, made.sign, made.text), class_=f"head {made.kind}".strip())
    if not calls:
        waiting = sight.page.words.count("display.waiting", line.waiting) if _counted(line) else None
        said = el("p", icon("people"), el("span", waiting), class_="waiting") if waiting else None
        return el("li", head, said, class_="dept")
    lines = [row(sight.page, call.label, sight.place(call.room), "line") for call in calls]
    return el("li", head, el("ol", lines, marks_beside(which, count)), class_="dept")


def _counted(line: Line) -> bool:
    """Whether a card without a call says how many wait: not where its head does, nor where it means nothing."""
    return line.wait is not Wait.WAITING and bool(line.waiting)


def entry_parts(line: Line, name: str, sign: str, text: str) -> tuple[Markup, ...]:
    size = " long" if len(line.letter) > 1 else ""
    return (
        el("span", el("span", line.letter), class_=f"chip ground-{line.ground % 8}{size}"),
        el("span", name, class_="name"),
        el(
            "span",
            el("span", icon("warning"), class_="grave") if line.emergency else None,
            icon(sign),
            text,
            class_="standing quiet" if sign else "standing",
        ),
    )


def _standing_em(line: Line, sign: str, text: str) -> float:
    said = plain_em(text) + 1.3 if sign else bold_em(text)
    return said + 1.3 if line.emergency else said


def standing(page: Page, line: Line) -> tuple[str, str]:
    """An icon and why there is no range; or no icon and the range."""
    words = page.words
    match line.wait:
        case Wait.CLOSED:
            opens = line.opens_at
            return "clock", words.text("display.opens", time=opens) if opens else words.text("display.closed")
        case Wait.PAUSED:
            if line.back_at is None:
                return "pause", words.text("display.break")
            return "pause", words.text("display.break_until", time=page.time(line.back_at))
        case Wait.LAST:
            return "ticket", words.text("display.last", label=line.last) if line.last else words.text("display.no_more")
        case Wait.RANGE:
            return "", _range(words, line.low_min, line.high_min)
        case Wait.WAITING:
            return "people", words.count("display.waiting", line.waiting)


def range_words(words: Words, estimate: EstimateView) -> str:
    """`15–35 min`; never from 0."""
    return _range(words, estimate.low_min, estimate.high_min)


def _range(words: Words, low: int, high: int) -> str:
    return words.text("display.range", low=low, high=high) if low else words.text("display.up_to", high=high)
