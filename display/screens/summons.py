"""A call as people read it: label, arrow, room. On one line or, where there is no width for that, the room below."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

from display.board import Call, Place, Way
from display.screens.grid import CallSizes, Grid
from display.screens.view import LATIN, View
from smartqueue.i18n import Words
from smartqueue.look import typeset
from smartqueue.look.scene import Box, Icon, Item, Text, Weight
from smartqueue.look.theme import NIGHT

_AROUND_UNITS = 17.0
"""Least distance from the arrow's box on each side; its drawing stands as far again inside the box."""
_BEFORE_NUMBER = 0.386
"""Between the word and its number, in capitals of the largest word."""
_TIGHTEST_WORD = 0.85
"""Of the smallest ordinary size of the word, where nothing else gives room (`A1000`, `Room 12B`)."""
_LAST_RESORTS = (0.8, 0.65, 0.5)
"""Of that size again, for words of a language that are longer than any we know: nothing is ever cut."""
_SMALL_ARROW = 0.5
"""An arrow shrinks to this share of its size; where there is not even so much room there is none."""

_WAYS: Final = {
    Way.LEFT: "arrow-left",
    Way.RIGHT: "arrow-right",
    Way.AHEAD: "arrow-up",
    Way.AHEAD_LEFT: "arrow-up-left",
    Way.AHEAD_RIGHT: "arrow-up-right",
    Way.BEHIND: "turn-back",
    Way.UPSTAIRS: "stairs-up",
    Way.DOWNSTAIRS: "stairs-down",
}


@dataclass(frozen=True, slots=True)
class Ink:
    """Colours of a call, and the weight of the word for the room."""

    label: str
    word: str
    arrow: str
    weight: Weight


_ROOMY = 0.5
"""Where the word is no higher than this share of its number, there is room above it."""
_SECOND_UNITS = (52.0, 44.0, 36.0, 28.5)
"""Capitals of the word in the token's language, before they are enlarged for far seats."""

ON_CALL: Final = Ink(NIGHT.on_call, NIGHT.on_call, NIGHT.on_call, 700)
EARLIER: Final = Ink(NIGHT.text, NIGHT.quiet, NIGHT.primary, 400)
STALE: Final = Ink(NIGHT.text, NIGHT.quiet, NIGHT.quiet, 400)


def arrow(place: Place, box: Box, colour: str) -> Icon | None:
    """Which way to go. Where rooms lie is the same for all readers; the arrow that only leads from a label to its room
    turns round with the direction of reading. None where this display points the way, but not to this room."""
    if not place.pointed:
        return Icon(box, "arrow-right", colour, directional=True)
    return Icon(box, _WAYS[place.way], colour) if place.way is not None else None


def has_arrow(place: Place) -> bool:
    return place.way is not None or not place.pointed


def word(view: View, place: Place) -> str:
    """`Room` or `Window`."""
    return view.words.text(f"display.{place.kind}")


@dataclass(frozen=True, slots=True)
class _Chosen:
    """Capitals of label, number and word, width of the arrow, and what stays free on both sides."""

    label: float
    number: float
    word: float
    arrow: float
    side: float


def summons(view: View, grid: Grid, box: Box, call: Call, sizes: CallSizes, ink: Ink) -> Iterator[Item]:
    """The call in the middle of the box, at the largest sizes at which it fits."""
    chosen = _choose(view, grid, box, call, sizes, ink)
    lay = {1: _in_line, 2: _stacked, 3: _in_three}[sizes.lines]
    yield from lay(view, grid, box, call, sizes, chosen, ink)


def _choose(view: View, grid: Grid, box: Box, call: Call, sizes: CallSizes, ink: Ink) -> _Chosen:
    """The largest that leaves room for all."""
    chosen = None
    for chosen in _ways(sizes, has_arrow(call.place)):
        wide = _width(view, grid, call, sizes, chosen, ink) <= box.w - 2 * chosen.side
        if wide and _height(view, grid, call, sizes, chosen, ink) <= box.h - 2 * sizes.above:
            return chosen
    assert chosen is not None
    return chosen


def _width(view: View, grid: Grid, call: Call, sizes: CallSizes, chosen: _Chosen, ink: Ink) -> float:
    label_w, word_w, number_w = _widths(view, call, chosen, ink.weight)
    around = chosen.arrow + grid.px(_AROUND_UNITS) * (2 if sizes.lines == 1 and chosen.arrow else 1)
    if sizes.lines == 3:
        return max(label_w, word_w, number_w + around)
    beside = word_w + _before_number(sizes) + number_w + around
    return label_w + beside if sizes.lines == 1 else max(label_w, beside)


def _height(view: View, grid: Grid, call: Call, sizes: CallSizes, chosen: _Chosen, ink: Ink) -> float:
    """From the top of the label to the lowest ink; on one line that is no question."""
    if sizes.lines == 1:
        return 0.0
    below = _hang(view, call, chosen, ink)
    if sizes.lines == 2:
        return chosen.label + sizes.gap + chosen.number + below
    return chosen.label + sizes.gap + chosen.word + _after_word(grid, sizes, below) + chosen.number


def _hang(view: View, call: Call, chosen: _Chosen, ink: Ink) -> float:
    return hang(word(view, call.place), typeset.Style(view.words.language, ink.weight), chosen.word)


def hang(text: str, style: typeset.Style, capital: float) -> float:
    """How far letters hang below their line: far in some scripts."""
    block = typeset.block(text, style, (capital,))
    return max(0.0, float(block.y + block.mask.height))


def _after_word(grid: Grid, sizes: CallSizes, hang: float) -> float:
    """Between the word for the room and its number, one below the other."""
    return max(sizes.gap * 0.6, hang + grid.px(_AROUND_UNITS))


def _ways(sizes: CallSizes, arrow: bool) -> Iterator[_Chosen]:
    """From the most wanted to the least."""
    pairs = tuple(zip(sizes.label, sizes.number, strict=True))
    arrows = (sizes.arrow, sizes.arrow * _SMALL_ARROW, 0.0) if arrow else (0.0,)
    tightest = sizes.word[-1] * _TIGHTEST_WORD

    def at(pairs: tuple[tuple[float, float], ...], words: tuple[float, ...], arrow_w: float) -> Iterator[_Chosen]:
        for side, (label, number), word_px in product(sizes.sides, pairs, words):
            yield _Chosen(label, number, word_px, arrow_w, side)

    yield from at(pairs, sizes.word, arrows[0])
    if sizes.keep_arrow:
        yield from at(pairs[-1:], (tightest,), arrows[0])
    for smaller in arrows[1:]:
        yield from at(pairs, sizes.word, smaller)
    yield from at(pairs[-1:], (tightest,), arrows[-1])
    yield from at(pairs[-1:], tuple(tightest * share for share in _LAST_RESORTS), 0.0)


def _widths(view: View, call: Call, chosen: _Chosen, weight: Weight) -> tuple[float, float, float]:
    """Of the label, the word for the room, and its number."""
    return (
        typeset.width(call.label, chosen.label, typeset.Style(LATIN, 700, tight=True)),
        typeset.width(word(view, call.place), chosen.word, typeset.Style(view.words.language, weight)),
        typeset.width(call.place.number, chosen.number, typeset.Style(LATIN, 700, tight=True)),
    )


def _before_number(sizes: CallSizes) -> float:
    return sizes.word[0] * _BEFORE_NUMBER


def _in_line(
    view: View, grid: Grid, box: Box, call: Call, sizes: CallSizes, chosen: _Chosen, ink: Ink
) -> Iterator[Item]:
    label_w, word_w, number_w = _widths(view, call, chosen, ink.weight)
    line = box.inset(chosen.side, 0).centred(box.w - 2 * chosen.side, chosen.label)
    label_box, rest = line.split_left(label_w)
    rest, number_box = rest.split_right(number_w, _before_number(sizes))
    rest, word_box = rest.split_right(word_w)
    yield _label(label_box, call, chosen.label, ink)
    arrow_w = min(chosen.arrow, rest.w - grid.px(_AROUND_UNITS))
    yield from _arrow(call, rest.centred(arrow_w, arrow_w), ink)
    yield from _place(view, grid, word_box, number_box, call, chosen, ink)


def _stacked(
    view: View, grid: Grid, box: Box, call: Call, sizes: CallSizes, chosen: _Chosen, ink: Ink
) -> Iterator[Item]:
    """The label above, arrow and room below it."""
    _, word_w, number_w = _widths(view, call, chosen, ink.weight)
    block = _block(view, grid, box, call, sizes, chosen, ink)
    above, below = block.split_top(chosen.label, sizes.gap)
    yield _label(_label_box(above, call, chosen), call, chosen.label, ink)
    below, _ = below.split_top(chosen.number)
    rest, number_box = below.split_right(number_w, _before_number(sizes))
    rest, word_box = rest.split_right(word_w, grid.px(_AROUND_UNITS))
    mark, _ = rest.split_left(min(chosen.arrow, rest.w))
    yield from _arrow(call, mark.centred(mark.w, mark.w), ink)
    yield from _place(view, grid, word_box, number_box, call, chosen, ink)


def _in_three(
    view: View, grid: Grid, box: Box, call: Call, sizes: CallSizes, chosen: _Chosen, ink: Ink
) -> Iterator[Item]:
    """The label, the word for the room, and its number with the arrow."""
    _, word_w, number_w = _widths(view, call, chosen, ink.weight)
    block = _block(view, grid, box, call, sizes, chosen, ink)
    above, below = block.split_top(chosen.label, sizes.gap)
    yield _label(_label_box(above, call, chosen), call, chosen.label, ink)
    middle, below = below.split_top(chosen.word, _after_word(grid, sizes, _hang(view, call, chosen, ink)))
    word_box = middle.split_right(word_w)[1]
    below, _ = below.split_top(chosen.number)
    rest, number_box = below.split_right(number_w, grid.px(_AROUND_UNITS))
    mark, _ = rest.split_left(min(chosen.arrow, rest.w))
    yield from _arrow(call, mark.centred(mark.w, mark.w), ink)
    yield from _place(view, grid, word_box, number_box, call, chosen, ink)


def _block(view: View, grid: Grid, box: Box, call: Call, sizes: CallSizes, chosen: _Chosen, ink: Ink) -> Box:
    """All ink of the call, in the middle of the box."""
    inner = box.inset(chosen.side, 0)
    return inner.centred(inner.w, _height(view, grid, call, sizes, chosen, ink))


def _label_box(line: Box, call: Call, chosen: _Chosen) -> Box:
    wide = typeset.width(call.label, chosen.label, typeset.Style(LATIN, 700, tight=True))
    return line.split_left(min(wide, line.w))[0]


def _arrow(call: Call, box: Box, ink: Ink) -> Iterator[Icon]:
    icon = arrow(call.place, box, ink.arrow)
    if icon is not None and box.w >= 1:
        yield icon


def _label(box: Box, call: Call, capital: float, ink: Ink) -> Text:
    smaller = (capital * 0.85, capital * 0.7)
    return Text(box, call.label, LATIN, capital, 700, ink.label, valign="bottom", tight=True, smaller_px=smaller)


def _place(
    view: View, grid: Grid, word_box: Box, number_box: Box, call: Call, chosen: _Chosen, ink: Ink
) -> Iterator[Text]:
    language, said = view.words.language, word(view, call.place)
    yield Text(word_box, said, language, chosen.word, ink.weight, ink.word, "end", "bottom")
    yield Text(number_box, call.place.number, LATIN, chosen.number, 700, ink.label, "end", "bottom", tight=True)
    yield from _in_their_language(view, grid, word_box, call, chosen, ink)


def _in_their_language(view: View, grid: Grid, word_box: Box, call: Call, chosen: _Chosen, ink: Ink) -> Iterator[Text]:
    """The word for the room above the other, small, in the token's language if that is another one: what is spoken is
    written too. Only where there is room for it."""
    words = Words(call.language) if call.language is not None else view.words
    tight = chosen.word > _ROOMY * chosen.number
    if tight or words.language == view.words.language or not view.letters(words.language):
        return
    text, style = words.text(f"display.{call.place.kind}"), typeset.Style(words.language, ink.weight)
    above = typeset.block(word(view, call.place), typeset.Style(view.words.language, ink.weight), (chosen.word,))
    free = chosen.number + above.y - grid.px(_AROUND_UNITS)
    for capital in (grid.word_px(units) for units in _SECOND_UNITS):
        block = typeset.block(text, style, (capital,))
        if block.mask.height <= free and block.width_px <= word_box.w + grid.px(_AROUND_UNITS):
            baseline = word_box.bottom + above.y - grid.px(_AROUND_UNITS) - (block.y + block.mask.height)
            box = Box(word_box.right - block.width_px, baseline - capital, block.width_px, capital)
            yield Text(box, text, words.language, capital, ink.weight, ink.word, "end", "bottom")
            return
