"""Notes below a column: what concerns everybody. Trouble and emergencies stand, the site's notices take turns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from display.board import PAGE_S, Layout
from display.screens.breaks import broken
from display.screens.grid import Grid
from display.screens.parted import parted
from display.screens.parts import dots_in_line, row_dots, row_dots_size
from display.screens.summons import word
from display.screens.view import View
from smartqueue.board import notices
from smartqueue.look import typeset
from smartqueue.look.inline import Part, Sign, Words
from smartqueue.look.scene import Align, Box, Icon, Item, Panel, Text
from smartqueue.look.theme import NIGHT
from smartqueue.terms import Language

DOOR_SIDE_UNITS: Final = 60.0
"""Free at the sides of what stands at the foot of a door."""
_SIDE_UNITS: Final = 27.0
_NOTE_UNITS: Final = 75.0
_MOST_LINES: Final = 2
"""Of a notice at a time: a shorter note that has its turn in the same place does not stand in an empty box."""
_IN_HEAD_UNITS: Final = (370.0, 90.0)
"""What else stands in the line of the head that can tell trouble; upright that line has little else."""
_BEFORE_MARK_UNITS: Final = 18.0
"""Between a notice and the mark of which part it is."""
_LOW_UNITS: Final = 100.0
"""A box so low has no height for dots below each other."""
_SHARE: Final = 0.5
"""Of the column that notes may take."""


@dataclass(frozen=True, slots=True)
class Note:
    """colour: of its icon. language: None = the board's. part: which one, from 0, and of how many."""

    icon: str
    text: str
    colour: str = NIGHT.primary
    language: Language | None = None
    part: tuple[int, int] = (0, 1)


@dataclass(frozen=True, slots=True)
class _Set:
    """A note in its lines, and its height."""

    note: Note
    style: typeset.Style
    lines: tuple[str, ...]
    height: float


def standing(view: View) -> tuple[Note, ...]:
    """What has to be said as long as it is so: what concerns everybody first, then what the technician has to do."""
    said = [*pressing(view)]
    if view.site.insecure_lan:
        said.append(every_note(view)[1])
    if view.board.unknown:
        text = view.words.text("display.unknown", names=list(view.board.unknown))
        said.append(Note("warning", text, NIGHT.trouble))
    return tuple(said)


def pressing(view: View) -> tuple[Note, ...]:
    """What everybody has to know, in few words each."""
    said = [] if view.sound else [every_note(view)[0]]
    if view.board.emergencies:
        text = view.words.text("display.emergency", letters=list(view.board.emergencies))
        said.append(Note("warning", text, NIGHT.trouble))
    return tuple(said)


def turning(view: View) -> tuple[Note, ...]:
    """What takes turns: rooms on a break, the site's notices in all its languages that this machine has the letters
    for. Nothing while the hub is away."""
    if view.board.away_since is not None:
        return ()
    written = [one for one in notices(view.site, view.words.language) if view.letters(one.language)]
    return (*_breaks(view), *(Note("info", one.text, language=one.language) for one in written))


def every_note(view: View) -> tuple[Note, Note]:
    """All trouble that can stand while the hub is away."""
    return (
        Note("bell-off", view.words.text("display.no_sound"), NIGHT.trouble),
        Note("warning", view.words.text("display.insecure"), NIGHT.trouble),
    )


def hint(view: View) -> Note:
    """What is always true, for when there is nothing else to say."""
    return Note("speaker", view.words.text("display.hint"))


def placed_notes(
    view: View, grid: Grid, box: Box, *, calm: bool, brief: bool = False, raised: bool = False
) -> tuple[Box, tuple[Item, ...]]:
    """The notes of the moment at the bottom of the box, one above the other; and what remains of the box above them.

    calm: nobody is called now, so there is room for longer ones. Notices are told in shorter parts, and during a call
    not at all, rather than take the place of what has to stand. brief: only what has to stand. raised: what everybody
    has to know stands in the head.
    """
    fixed, pieces = _told(view, grid, box, calm=calm, raised=raised)
    return place_notes(view, grid, box, fixed, () if brief else pieces)


def least_beside(view: View, grid: Grid, box: Box, *, calm: bool, raised: bool = False) -> Box:
    """What remains of the box while the tallest of the notes stand that take turns."""
    told = _told(view, grid, box, calm=calm, raised=raised)
    fixed, pieces = ([_set(view, grid, box, one) for one in some] for some in told)
    for group in _places(grid, box, fixed, pieces):
        box = box.split_bottom(max(one.height for one in group), grid.gap)[0]
    return box


def _told(view: View, grid: Grid, box: Box, *, calm: bool, raised: bool) -> tuple[tuple[Note, ...], tuple[Note, ...]]:
    """What has to stand, and the pieces that take turns."""
    fixed = standing(view)[len(pressing(view)) if raised else 0 :]
    pieces = _beside_fixed(view, grid, box, fixed, calm=calm)
    if not fixed and not pieces and calm and view.board.away_since is None and not view.board.shut:
        fixed = (hint(view),)
    return fixed, pieces


def _beside_fixed(view: View, grid: Grid, box: Box, fixed: Sequence[Note], *, calm: bool) -> tuple[Note, ...]:
    """The pieces that take turns below the fixed notes."""
    told = turning(view)
    for lines in range(_MOST_LINES, 0, -1):
        pieces = _pieces(grid, box, told, lines, view)
        if not fixed or _all_alone(view, grid, box, fixed, pieces):
            return pieces
    return _pieces(grid, box, told, 1, view) if calm or not _all_alone(view, grid, box, fixed, ()) else ()


def _all_alone(view: View, grid: Grid, box: Box, fixed: Sequence[Note], pieces: Sequence[Note]) -> bool:
    """Whether every fixed note has a place of its own beside the one for these pieces."""
    groups = _places(
        grid, box, [_set(view, grid, box, one) for one in fixed], [_set(view, grid, box, one) for one in pieces]
    )
    return len(groups) == len(fixed) + bool(pieces)


def place_notes(
    view: View, grid: Grid, box: Box, fixed: Sequence[Note], pieces: Sequence[Note] = ()
) -> tuple[Box, tuple[Item, ...]]:
    """fixed: have a place each at the bottom, as far as there is room; the others take turns with the pieces in the
    place above them, which is as high as the one that stands there."""
    groups = _places(
        grid, box, [_set(view, grid, box, one) for one in fixed], [_set(view, grid, box, one) for one in pieces]
    )
    items: list[Item] = []
    for group in groups:
        told = group[int(view.at_s // PAGE_S) % len(group)]
        box, place = box.split_bottom(told.height, grid.gap)
        items += _drawn(view, grid, place, told)
    return box, tuple(items)


def urgent(view: View) -> tuple[Part, ...]:
    """For the head of a screen: what everybody has to know, one thing at a time; else that nothing is encrypted."""
    fixed = pressing(view) or standing(view)[: view.site.insecure_lan]
    if not fixed:
        return ()
    told = fixed[int(view.at_s // PAGE_S) % len(fixed)]
    return Sign(told.icon, told.colour), Words(told.text, NIGHT.text, 700)


def beside_strip(view: View, grid: Grid) -> tuple[Part, ...]:
    """For the head of a screen with a strip: what has to stand while notices take turns in the strip."""
    return urgent(view) if elsewhere(view) and fits_head(view, grid) else ()


def fits_head(view: View, grid: Grid) -> bool:
    """Whether there is something that everybody has to know, and all of it has room in the head without being set
    smaller: upright below the site's name, else beside it."""
    style, room = typeset.Style(view.words.language, 700), grid.body.w - grid.px(_IN_HEAD_UNITS[grid.portrait])
    if not grid.portrait:
        about = view.named(view.site.names)
        room -= typeset.width(about.text, grid.rest, typeset.Style(about.language, 700))
    sign = 2 * grid.rest
    said = pressing(view)
    return bool(said) and all(typeset.width(one.text, grid.rest, style) + sign <= room for one in said)


def elsewhere(view: View) -> tuple[Note, ...]:
    """What there is to say besides what everybody has to know."""
    return (*standing(view)[len(pressing(view)) :], *turning(view))


def strip(view: View, grid: Grid, box: Box, most: int) -> Iterator[Item]:
    """One note of at most so many lines across the whole width at a time. What everybody has to know stands in the
    head where there is something else to say and room for it there; else it has the strip."""
    fixed = () if beside_strip(view, grid) else pressing(view)
    said = _pieces(grid, box, fixed or elsewhere(view) or _calm(view), most, view)
    if said:
        yield from _drawn(view, grid, box, _set(view, grid, box, said[int(view.at_s // PAGE_S) % len(said)]))


def note(view: View, grid: Grid, box: Box, told: Note) -> Iterator[Item]:
    """One note that fills the box."""
    return _drawn(view, grid, box, _set(view, grid, box, told))


def _calm(view: View) -> tuple[Note, ...]:
    if view.board.away_since is not None:
        return (Note("ticket", view.words.text("display.away.valid")),)
    return () if view.board.shut else (hint(view),)


def _breaks(view: View) -> Iterator[Note]:
    for one in view.board.breaks:
        place = f"{word(view, one.place)}\u00a0{one.place.number}"
        text = view.words.text("display.room_break", place=place)
        if one.back_at is not None:
            time = view.words.time(one.back_at, view.clock.tzinfo)
            text = view.words.text("display.room_break_until", place=place, time=time)
        yield Note("pause", text, NIGHT.quiet)


def words_width(grid: Grid, box: Box) -> float:
    """What a note has in a box for its words."""
    side, icon, gap = _insets(grid)
    return box.w - 2 * side - icon - gap


def _insets(grid: Grid) -> tuple[float, float, float]:
    """Free at the sides, the icon, and between it and the words."""
    side = DOOR_SIDE_UNITS if grid.layout is Layout.DOOR else _SIDE_UNITS
    return grid.px(side), grid.word_px(50), grid.px(20)


def _pieces(grid: Grid, box: Box, said: Sequence[Note], most: int, view: View) -> tuple[Note, ...]:
    """Notes of at most so many lines: a longer one becomes several, which take turns like others."""
    return tuple(piece for note in said for piece in _parted(grid, box, note, most, view))


def _parted(grid: Grid, box: Box, note: Note, most: int, view: View) -> Iterator[Note]:
    style = typeset.Style(note.language or view.words.language)
    if len(typeset.wrap(note.text, grid.rest, style, words_width(grid, box))) <= most:
        yield note
        return
    room = words_width(grid, box) - row_dots_size(grid)[most == 1] - grid.word_px(_BEFORE_MARK_UNITS)
    texts = parted(note.text, grid.rest, style, room, most)
    for n, text in enumerate(texts):
        yield replace(note, text=text, part=(n, len(texts)))


def _set(view: View, grid: Grid, box: Box, note: Note) -> _Set:
    style = typeset.Style(note.language or view.words.language)
    room = words_width(grid, box)
    if note.part[1] > 1:
        room -= row_dots_size(grid)[0] + grid.word_px(_BEFORE_MARK_UNITS)
    lines: list[str] = []
    for paragraph in note.text.split("\n"):
        count = len(typeset.wrap(paragraph, grid.rest, style, room))
        parts = broken(paragraph, grid.rest, style, room, count).split("\n")
        lines += [piece for part in parts for piece in typeset.wrap(part, grid.rest, style, room)]
    pitch = typeset.leading_em(style) * typeset.em_px(grid.rest, style)
    return _Set(note, style, tuple(lines), grid.word_px(_NOTE_UNITS) + (len(lines) - 1) * pitch)


def _places(grid: Grid, box: Box, fixed: Sequence[_Set], pieces: Sequence[_Set]) -> list[Sequence[_Set]]:
    """Which notes share a place: as many fixed ones as fit have one each, the rest take turns in the last."""
    if not fixed and not pieces:
        return []
    for alone in range(len(fixed), -1, -1):
        rest = [*fixed[alone:], *pieces]
        groups: list[Sequence[_Set]] = [*([one] for one in fixed[:alone]), *([rest] if rest else [])]
        tall = sum(max(one.height for one in group) + grid.gap for group in groups)
        if tall <= box.h * _SHARE or alone <= 0:
            return groups
    return []


def _from_start(box: Box, width: float, gap: float, *, turned: bool) -> tuple[Box, Box]:
    """A box of this width where reading begins, and what remains. turned: at the other side."""
    if not turned:
        return box.split_left(width, gap)
    rest, start = box.split_right(width, gap)
    return start, rest


def _beside_dots(grid: Grid, words: Box, told: _Set, *, turned: bool) -> tuple[Iterator[Item], Box]:
    """Which part of a notice stands, at its end: below each other beside two lines, side by side where a box is as low
    as one. turned: its end is where the board's is."""
    (which, count), (side, long) = told.note.part, row_dots_size(grid)
    gap = grid.word_px(_BEFORE_MARK_UNITS)
    wide = max(typeset.width(line, grid.rest, told.style) for line in told.lines)
    low = words.h < grid.word_px(_LOW_UNITS) and wide + gap + long <= words.w
    strip, words = _from_start(words, long if low else side, gap, turned=turned)
    if not low:
        return row_dots(grid, strip, which, count), words
    return dots_in_line(grid, strip, which, count, turned=not turned), words


def _drawn(view: View, grid: Grid, place: Box, told: _Set) -> Iterator[Item]:
    """The icon stands where the note's own readers begin, also where the board is read the other way."""
    side, icon, gap = _insets(grid)
    inner = place.inset(side, 0)
    away = told.style.direction != view.words.direction
    mark, words = _from_start(inner, icon, gap, turned=away)
    yield Panel(place, edge=NIGHT.edge, edge_px=grid.px(3), radius_px=grid.radius)
    yield Icon(mark.centred(icon, icon), told.note.icon, told.note.colour)
    if told.note.part[1] > 1:
        dots, words = _beside_dots(grid, words, told, turned=not away)
        yield from dots
    text = "\n".join(told.lines)
    align: Align = "end" if away else "start"
    box = words.inset(0, grid.px(6))
    yield Text(box, text, told.style.language, grid.rest, 400, NIGHT.text, align, lines=len(told.lines))
