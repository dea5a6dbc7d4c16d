"""The rows of earlier calls: label, arrow, room; their columns stand below each other."""

from collections.abc import Iterator, Sequence

from display.board import Call, page
from display.screens.breaks import broken
from display.screens.grid import Grid, RowSizes
from display.screens.view import LATIN, View
from smartqueue.look import typeset
from smartqueue.look.scene import Box, Icon, Item, Panel, Text
from smartqueue.look.theme import NIGHT

_LEAST_PLACE_EM = 3.4
"""Width of the column of rooms, in sizes of its word: keeps it in its place while numbers change."""
_BEFORE_NUMBER = 0.65
"""Between the word and its number, in capitals of the word."""
_LEAST_BESIDE_ARROW = 0.25
"""On each side of an arrow, in capitals of the word; its own drawing leaves some more."""


def rows(view: View, grid: Grid, box: Box, kind: str, fits: int, *, arrow: str = NIGHT.primary) -> Iterator[Item]:
    """The calls that stand now; what they do not fill stays blank. kind: `call`, `idle` or `away`; box: its top and
    width count."""
    sizes = grid.rows(kind)
    shown, _, _ = page(view.board.history, fits, view.history_s)
    place_w = max((_place_width(view, sizes, call) for call in shown), default=0)
    place_w = max(place_w, _LEAST_PLACE_EM * typeset.em_px(sizes.word, typeset.Style(view.words.language)))
    label_w = max((_label_width(sizes, call) for call in shown), default=0)
    for n, call in enumerate(shown):
        row = Box(box.x, box.y + n * (sizes.height + sizes.gap), box.w, sizes.height)
        yield from _row(view, grid, sizes, row, call, (label_w, place_w, arrow))


def height(sizes: RowSizes, fits: int) -> float:
    return fits * sizes.height + (fits - 1) * sizes.gap


def empty(view: View, grid: Grid, box: Box) -> Iterator[Item]:
    """Nobody has been called today: say where the label will stand."""
    yield Panel(box, fill=NIGHT.card, radius_px=grid.radius)
    icon = grid.px(120)
    middle = box.inset(grid.px(60), 0).centred(box.w - grid.px(120), icon + grid.px(50) + grid.px(160))
    mark, words = middle.split_top(icon, grid.px(50))
    yield Icon(mark.centred(icon, icon), "ticket", NIGHT.primary)
    language, capital = view.words.language, grid.px(36)
    text = broken(view.words.text("display.no_calls"), capital, typeset.Style(language), words.w, 3)
    yield Text(words, text, language, capital, 400, NIGHT.text, "center", "top", lines=3)


def word(view: View, call: Call) -> str:
    """`Room` or `Window`."""
    return view.words.text(f"display.{call.place.kind}")


def _label_width(sizes: RowSizes, call: Call) -> float:
    return typeset.width(call.label, sizes.label, typeset.Style(LATIN, 700, tight=True))


def _number_width(sizes: RowSizes, call: Call) -> float:
    return typeset.width(call.place.number, sizes.label, typeset.Style(LATIN, 700))


def _place_width(view: View, sizes: RowSizes, call: Call) -> float:
    word_w = typeset.width(word(view, call), sizes.word, typeset.Style(view.words.language))
    return word_w + sizes.word * _BEFORE_NUMBER + _number_width(sizes, call)


def _row(
    view: View, grid: Grid, sizes: RowSizes, row: Box, call: Call, columns: tuple[float, float, str]
) -> Iterator[Item]:
    label_w, place_w, arrow_colour = columns
    yield Panel(row, fill=NIGHT.card, radius_px=grid.radius)
    middle = row.inset(sizes.side, 0).centred(row.w - 2 * sizes.side, sizes.label)
    label_box, rest = middle.split_left(label_w)
    yield Text(label_box, call.label, LATIN, sizes.label, 700, NIGHT.text, valign="bottom", tight=True)
    arrow_box, place_box = rest.split_right(place_w)
    arrow = min(sizes.arrow, arrow_box.w - 2 * sizes.word * _LEAST_BESIDE_ARROW)
    yield Icon(arrow_box.centred(arrow, arrow), "arrow-right", arrow_colour, directional=True)
    yield from _place(view, sizes, place_box, call)


def _place(view: View, sizes: RowSizes, box: Box, call: Call) -> Sequence[Text]:
    word_box, number_box = box.split_right(_number_width(sizes, call), sizes.word * _BEFORE_NUMBER)
    language = view.words.language
    return (
        Text(word_box, word(view, call), language, sizes.word, 400, NIGHT.quiet, "end", "bottom"),
        Text(number_box, call.place.number, LATIN, sizes.label, 700, NIGHT.text, "end", "bottom"),
    )
