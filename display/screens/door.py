"""The layout of a room's door, on a small screen: whom the room is busy with, and who is next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from display.board import PAGE_S, Call, Door, DoorState, Now
from display.screens.away import as_of
from display.screens.band import in_turn, ring_around
from display.screens.breaks import broken_to_fit
from display.screens.grid import Grid
from display.screens.notes import DOOR_SIDE_UNITS, Note, note, standing
from display.screens.parts import scene
from display.screens.summons import hang, word
from display.screens.view import LATIN, View
from smartqueue.i18n import Words as WordsIn
from smartqueue.look import typeset
from smartqueue.look.inline import Part, Sign, Words, common_px, inline, width
from smartqueue.look.scene import Box, Icon, Item, Panel, Scene, Text
from smartqueue.look.theme import NIGHT
from smartqueue.terms import Label, Language

NEXT_UNITS: Final = 112.0
_HEAD_UNITS, _HEAD_PORTRAIT_UNITS = 150.0, 330.0
_FOOT_UNITS, _FOOT_PORTRAIT_UNITS = 230.0, 440.0
_CLOCK_UNITS: Final = 64.0
_SAID_UNITS: Final = (44.0, 36.0, 28.5)
"""Capitals of what is said above the label, before they are enlarged for a door."""
_ICON_UNITS: Final = 230.0
_ABOVE_HEAD_UNITS: Final = 12.0
_AROUND_NAMES_UNITS: Final = 14.0
"""Free above and below two lines of names, at least."""
_COME: Final = ("come", NIGHT.on_call)
_BUSY = (DoorState.CALLED, DoorState.SERVING)
_ICONS: Final = {DoorState.FREE: "ticket", DoorState.PAUSED: "pause", DoorState.CLOSED: "clock"}


def door(view: View, grid: Grid) -> Scene:
    """Needs a board with a door."""
    assert view.board.door is not None
    return scene(view, grid, "display-door", _items(view, grid, view.board.door))


def _items(view: View, grid: Grid, about: Door) -> Iterator[Item]:
    top = grid.margin * 0.6
    whole = Box(grid.margin, top, grid.width_px - 2 * grid.margin, grid.bottom - top)
    above, rest = whole.split_top(grid.px(_HEAD_PORTRAIT_UNITS if grid.portrait else _HEAD_UNITS), grid.gap)
    main, foot = rest.split_bottom(grid.px(_FOOT_PORTRAIT_UNITS if grid.portrait else _FOOT_UNITS), grid.gap)
    now = view.board.now
    yield from _head(view, grid, above, about, None if now is None else _now(view, now))
    if now is not None:
        if now.ring:
            yield ring_around(grid, main)
        yield Panel(main, fill=NIGHT.call, radius_px=grid.radius)
        call = _now(view, now)
        yield from _busy(view, grid, main, call.label, _COME, NIGHT.on_call, _other(view, call))
    else:
        yield Panel(main, fill=NIGHT.card, radius_px=grid.radius)
        yield from _main(view, grid, main, about)
    yield from _foot(view, grid, foot, about)


def _now(view: View, now: Now) -> Call:
    return in_turn(now.calls, view.standing_s or 0.0)


def _other(view: View, call: Call | None) -> WordsIn | None:
    """The words of the token's language, if it is another one: what is spoken is written."""
    if call is None or call.language in (None, view.words.language) or not view.letters(call.language):
        return None
    return WordsIn(call.language)


def _head(view: View, grid: Grid, box: Box, about: Door, call: Call | None) -> Iterator[Item]:
    """`Room 3`, whose room it is, and the clock; of a call the word for the room in the token's language too."""
    line = box if not grid.portrait else box.split_top(grid.px(_HEAD_UNITS))[0]
    time, clock_px = view.words.time(view.clock), grid.px(_CLOCK_UNITS)
    line, clock = line.split_right(typeset.width(time, clock_px, typeset.Style(LATIN, 700)), grid.px(40))
    said, style = word(view, about.place), typeset.Style(view.words.language)
    number_px = grid.px(NEXT_UNITS)
    row = Box(line.x, line.y + grid.px(_ABOVE_HEAD_UNITS), line.w, number_px)
    yield Text(Box(clock.x, row.y, clock.w, row.h), time, LATIN, clock_px, 700, NIGHT.text, "end", "bottom")
    too = _other(view, call)
    if too is not None:
        second, own = too.text(f"display.{about.place.kind}"), typeset.Style(too.language)
        word_box, row = row.split_left(typeset.width(second, grid.word_px(36), own), grid.px(34))
        yield Text(word_box, second, own.language, grid.word_px(36), 400, NIGHT.quiet, valign="bottom")
    word_box, row = row.split_left(typeset.width(said, grid.word_px(36), style), grid.px(34))
    number_w = typeset.width(about.place.number, number_px, typeset.Style(LATIN, 700, tight=True))
    number_box, row = row.split_left(number_w, grid.px(70))
    yield Text(word_box, said, view.words.language, grid.word_px(36), 400, NIGHT.quiet, valign="bottom")
    yield Text(number_box, about.place.number, LATIN, number_px, 700, NIGHT.text, valign="bottom", tight=True)
    if grid.portrait:
        yield from _names(view, grid, box.split_bottom(box.h - line.h - grid.px(44))[1], about)
    else:
        yield from _names(view, grid, row, about, line)


def _names(view: View, grid: Grid, box: Box, about: Door, line: Box | None = None) -> Iterator[Item]:
    """Of its departments, as many as fit in two lines: a door with many is no sign of any. line: of the head, whose
    baseline is the box's; names in two lines stand in its middle."""
    found = [view.named(names) for names in about.departments]
    if not found:
        return
    language = found[0].language
    texts = [one.text for one in found if one.language == language]
    style = typeset.Style(language)
    while len(texts) > 1 and len(typeset.wrap(_joined(view, texts), grid.rest, style, box.w)) > 2:
        texts.pop()
    joined, sizes = _joined(view, texts), (grid.rest, grid.word_px(24), grid.word_px(21))
    if line is not None and typeset.width(joined, sizes[-1], style) <= box.w:
        yield Text(box, joined, language, sizes[0], 400, NIGHT.text, valign="bottom", smaller_px=sizes[1:])
        return
    if line is not None:
        box = Box(box.x, line.y, box.w, line.h).inset(0, grid.px(_AROUND_NAMES_UNITS))
    yield Text(box, joined, language, sizes[0], 400, NIGHT.text, lines=2, smaller_px=sizes[1:])


def _joined(view: View, texts: Sequence[str]) -> str:
    return view.words.text("display.door.departments", names=list(texts))


def _main(view: View, grid: Grid, box: Box, about: Door) -> Iterator[Item]:
    away = view.board.away_since is not None
    if away and about.label is not None:
        yield from _busy(view, grid, box, about.label, ("last", NIGHT.quiet), NIGHT.quiet)
        return
    if away and about.state is DoorState.FREE:
        yield from _said(view, grid, box, view.words.text("display.door.staff"), "speaker")
        return
    if about.state in _BUSY and about.label is not None:
        called = about.state is DoorState.CALLED
        said = ("come", NIGHT.primary) if called else ("inside", NIGHT.quiet)
        yield from _busy(view, grid, box, about.label, said)
        return
    key, sign = about.state.value, _ICONS[about.state]
    text = view.words.text(f"display.door.{key}")
    if about.back_at is not None:
        text = f"{text}\n{view.words.text('display.door.back', time=view.words.time(about.back_at, view.clock.tzinfo))}"
    yield from _said(view, grid, box, text, sign)


def _said(view: View, grid: Grid, box: Box, text: str, sign: str) -> Iterator[Item]:
    """A large sign and, below it, what it means."""
    icon, gap = grid.px(_ICON_UNITS), grid.px(60)
    style = typeset.Style(view.words.language, 700)
    sizes = tuple(grid.word_px(units) for units in _SAID_UNITS)
    inner = box.inset(grid.px(60), grid.px(50))
    room = Box(inner.x, inner.y, inner.w, inner.h - icon - gap)
    most = text.count("\n") + 2
    said, capital = broken_to_fit(text, sizes, style, room, most)
    lines = len(typeset.wrap(said, capital, style, inner.w))
    tall = capital + (lines - 1) * typeset.leading_em(style) * typeset.em_px(capital, style)
    mark, words = inner.centred(inner.w, icon + gap + tall).split_top(icon, gap)
    yield Icon(mark.centred(icon, icon), sign, NIGHT.primary)
    yield Text(words, said, style.language, capital, 700, NIGHT.text, "center", "top", lines=lines)


def _busy(
    view: View,
    grid: Grid,
    box: Box,
    label: Label,
    said: tuple[str, str],
    ink: str = NIGHT.text,
    too: WordsIn | None = None,
) -> Iterator[Item]:
    """What is asked of somebody, and of whom. said: which words, and their colour. ink: of the label. too: the words
    of another language in which the same is asked."""
    key, colour = said
    inner = box.inset(grid.call.sides[-1], grid.px(40))
    ways = [(words.text(f"display.door.{key}"), words.language) for words in (view.words, too) if words is not None]
    lines = _asked(grid, ways, inner.w, colour)
    pitch = max(_pitch(language, lines[0].capital) for _, language in ways)
    above_h, gap = lines[0].capital + (len(lines) - 1) * pitch, grid.px(90 if len(lines) == 1 or grid.portrait else 64)
    hung = max(hang(text, typeset.Style(language, 700), lines[-1].capital) for text, language in ways[-1:])
    gap = max(gap, hung + grid.px(30))
    capital = _label_px(grid, label, inner.w, inner.h - above_h - gap)
    block = inner.centred(inner.w, above_h + gap + capital)
    for n, line in enumerate(lines):
        place = Box(block.x, block.y + n * pitch, block.w, line.capital)
        yield from inline(place, line.parts, view.words.language, (line.capital,), "center")
    below = block.split_bottom(capital)[1]
    yield Text(below, label, LATIN, capital, 700, ink, "center", "bottom", tight=True)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A line above the label, and the height of its capitals."""

    parts: tuple[Part, ...]
    capital: float


def _asked(grid: Grid, ways: Sequence[tuple[str, Language]], width_px: float, colour: str) -> Sequence[_Asked]:
    """What is asked in each language, on one line where it has room there, else one below the other."""
    own = ways[0][1]
    whole: list[Part] = []
    for text, language in ways:
        whole += [Words("·", colour, 700)] * bool(whole) + [Words(text, colour, 700, language)]
    sizes = tuple(grid.word_px(units) for units in _SAID_UNITS)
    for size in sizes if len(ways) == 1 else sizes[:2]:
        if width(whole, own, size) <= width_px:
            return (_Asked(tuple(whole), size),)
    apart = [(Words(text, colour, 700, language),) for text, language in ways]
    size = common_px(apart, own, sizes[1:] if len(ways) > 1 else sizes, width_px)
    return [_Asked(parts, size) for parts in apart]


def _pitch(language: Language, capital: float) -> float:
    style = typeset.Style(language, 700)
    return typeset.leading_em(style) * typeset.em_px(capital, style)


def least_label(grid: Grid, labels: Sequence[str]) -> float:
    """The smallest capitals in which any of these is drawn, where nothing else takes room."""
    return min(_label_px(grid, label, _main_width(grid), grid.height_px) for label in labels)


def _main_width(grid: Grid) -> float:
    return grid.width_px - 2 * grid.margin - 2 * grid.call.sides[-1]


def _label_px(grid: Grid, label: str, width_px: float, height_px: float) -> float:
    """The largest that fits."""
    style = typeset.Style(LATIN, 700, tight=True)
    sizes = [one for one in grid.call.label if typeset.width(label, one, style) <= width_px]
    return next((one for one in sizes if one <= height_px), (sizes or grid.call.label)[-1])


def _foot(view: View, grid: Grid, box: Box, about: Door) -> Iterator[Item]:
    """Who is next and how many wait; what else has to be said takes turns with it."""
    notes = standing(view)
    if view.board.away_since is not None:
        notes = (Note("wifi-off", _away(view, about), NIGHT.trouble), *notes)
    turns: tuple[Note | None, ...] = notes if view.board.away_since is not None else (None, *notes)
    told = turns[int(view.at_s // PAGE_S) % len(turns)]
    if told is not None:
        yield from note(view, grid, box, told)
    elif about.next is not None:
        yield from _next(view, grid, box, about, about.next)
    else:
        yield from _waiting(view, grid, box, about)


def _away(view: View, about: Door) -> str:
    """How old the board is, and what people do now where nothing else says it."""
    if view.board.now is None and about.state is DoorState.FREE and about.label is None:
        return as_of(view)
    return f"{as_of(view)}\n{view.words.text('display.door.staff')}"


def _next(view: View, grid: Grid, box: Box, about: Door, label: Label) -> Iterator[Item]:
    yield Panel(box, edge=NIGHT.edge, edge_px=grid.px(3), radius_px=grid.radius)
    inner = box.inset(grid.px(DOOR_SIDE_UNITS), grid.px(24))
    count = None
    if grid.portrait:
        inner, count = inner.rows(6, 4)
    else:
        parts = _count(view, about)
        inner, count = inner.split_right(width(parts, view.words.language, grid.rest), grid.px(60))
    language = view.words.language
    said = view.words.text("display.door.next")
    capital = grid.px(NEXT_UNITS)
    row, gap, style = inner.centred(inner.w, capital), grid.px(50), typeset.Style(language)
    label_w = typeset.width(label, capital, typeset.Style(LATIN, 700, tight=True))
    sizes = [grid.word_px(units) for units in (36, 28.5, 22, 17)]
    size = next((one for one in sizes if typeset.width(said, one, style) + gap + label_w <= row.w), sizes[-1])
    word_box, label_box = row.split_left(typeset.width(said, size, style), gap)
    yield Text(word_box, said, language, size, 400, NIGHT.quiet, valign="bottom")
    yield Text(label_box, label, LATIN, capital, 700, NIGHT.text, valign="bottom", tight=True)
    if not grid.portrait:
        count = Box(count.x, row.bottom - grid.rest, count.w, grid.rest)
    yield from inline(count, _count(view, about), language, (grid.rest,), "start" if grid.portrait else "end")


def _waiting(view: View, grid: Grid, box: Box, about: Door) -> Iterator[Item]:
    yield Panel(box, edge=NIGHT.edge, edge_px=grid.px(3), radius_px=grid.radius)
    inner = box.inset(grid.px(DOOR_SIDE_UNITS), 0)
    yield from inline(inner, _count(view, about), view.words.language, (grid.rest,))


def _count(view: View, about: Door) -> tuple[Part, ...]:
    text = view.words.count("display.waiting", about.waiting)
    return Sign("people", NIGHT.primary), Words(text, NIGHT.quiet)
