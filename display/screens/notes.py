"""Notes below a column: what concerns everybody. Trouble and emergencies stand, the site's notices take turns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from display.board import PAGE_S
from display.screens.breaks import broken
from display.screens.grid import Grid
from display.screens.summons import word
from display.screens.view import View
from smartqueue.board import notices
from smartqueue.look import typeset
from smartqueue.look.scene import Box, Icon, Item, Panel, Text
from smartqueue.look.theme import NIGHT
from smartqueue.terms import Language

_NOTE_UNITS: Final = 75.0
_ELLIPSIS: Final = "…"
_IDLE_LINES, _CALL_LINES = 3, 2
_SHARE: Final = 0.5
"""Of the column that notes may take."""


@dataclass(frozen=True, slots=True)
class Note:
    """colour: of its icon. language: None = the board's."""

    icon: str
    text: str
    colour: str = NIGHT.primary
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class _Set:
    """A note in its lines, and its height."""

    note: Note
    style: typeset.Style
    lines: tuple[str, ...]
    height: float


def standing(view: View) -> tuple[Note, ...]:
    """What has to be said as long as it is so."""
    no_sound, insecure = every_note(view)
    said = []
    if not view.sound:
        said.append(no_sound)
    if view.site.insecure_lan:
        said.append(insecure)
    if view.board.unknown:
        said.append(Note("warning", view.words.text("display.unknown", names=list(view.board.unknown)), NIGHT.trouble))
    if view.board.emergencies:
        text = view.words.text("display.emergency", letters=list(view.board.emergencies))
        said.append(Note("emergency", text, NIGHT.trouble))
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


def placed_notes(view: View, grid: Grid, box: Box, *, calm: bool) -> tuple[Box, tuple[Item, ...]]:
    """The notes of the moment at the bottom of the box, one above the other; and what remains of the box above them.

    calm: nobody is called now, so there is room for longer ones.
    """
    fixed = standing(view)
    pieces = _pieces(grid, box, turning(view), _IDLE_LINES if calm else _CALL_LINES, view)
    if not fixed and not pieces and calm and view.board.away_since is None:
        fixed = (hint(view),)
    return place_notes(view, grid, box, fixed, pieces)


def place_notes(
    view: View, grid: Grid, box: Box, fixed: Sequence[Note], pieces: Sequence[Note] = ()
) -> tuple[Box, tuple[Item, ...]]:
    """fixed: have a place each, as far as there is room; the others take turns with the pieces in the last place."""
    groups = _places(
        grid, box, [_set(view, grid, box, one) for one in fixed], [_set(view, grid, box, one) for one in pieces]
    )
    items: list[Item] = []
    for group in reversed(groups):
        tall = max(one.height for one in group)
        box, place = box.split_bottom(tall, grid.gap)
        items += _drawn(grid, place, group[int(view.at_s // PAGE_S) % len(group)])
    return box, tuple(items)


def strip(view: View, grid: Grid, box: Box, most: int) -> Iterator[Item]:
    """One note of at most so many lines across the whole width at a time: what has to stand has every other turn."""
    fixed, others = (_pieces(grid, box, some, most, view) for some in (standing(view), turning(view)))
    said = tuple(alternating(fixed, others)) or _pieces(grid, box, _calm(view), most, view)
    if said:
        yield from _drawn(grid, box, _set(view, grid, box, said[int(view.at_s // PAGE_S) % len(said)]))


def alternating(fixed: Sequence[Note], others: Sequence[Note]) -> Iterator[Note]:
    """One of the first, one of the second, and so on until each had its turn."""
    for n in range(max(len(fixed), len(others))):
        yield from (some[n % len(some)] for some in (fixed, others) if some)


def note(view: View, grid: Grid, box: Box, told: Note) -> Iterator[Item]:
    """One note that fills the box."""
    return _drawn(grid, box, _set(view, grid, box, told))


def _calm(view: View) -> tuple[Note, ...]:
    if view.board.away_since is not None:
        return (Note("ticket", view.words.text("display.away.valid")),)
    return (hint(view),)


def _breaks(view: View) -> Iterator[Note]:
    for one in view.board.breaks:
        place = f"{word(view, one.place)}\u00a0{one.place.number}"
        text = view.words.text("display.room_break", place=place)
        if one.back_at is not None:
            time = view.words.time(one.back_at, view.clock.tzinfo)
            text = view.words.text("display.room_break_until", place=place, time=time)
        yield Note("pause", text, NIGHT.quiet)


def _text_width(grid: Grid, box: Box) -> float:
    side, icon, gap = _insets(grid)
    return box.w - 2 * side - icon - gap


def _insets(grid: Grid) -> tuple[float, float, float]:
    """Free at the sides, the icon, and between it and the words."""
    return grid.px(27), grid.word_px(50), grid.px(20)


def _pieces(grid: Grid, box: Box, said: Sequence[Note], most: int, view: View) -> tuple[Note, ...]:
    """Notes of at most so many lines: a longer one becomes several, which take turns like others."""
    return tuple(piece for note in said for piece in _parted(grid, box, note, most, view))


def _parted(grid: Grid, box: Box, note: Note, most: int, view: View) -> Iterator[Note]:
    style = typeset.Style(note.language or view.words.language)
    lines = typeset.wrap(note.text, grid.rest, style, _text_width(grid, box) - 1.4 * grid.rest)
    if len(lines) <= most:
        yield note
        return
    pieces = -(-len(lines) // most)
    ends = [round(len(lines) * n / pieces) for n in range(pieces + 1)]
    for first, end in pairwise(ends):
        text = " ".join(lines[first:end])
        yield replace(note, text=text if end == len(lines) else text + _ELLIPSIS)


def _set(view: View, grid: Grid, box: Box, note: Note) -> _Set:
    style = typeset.Style(note.language or view.words.language)
    room = _text_width(grid, box)
    count = len(typeset.wrap(note.text, grid.rest, style, room))
    lines = tuple(broken(note.text, grid.rest, style, room, count).split("\n"))
    pitch = typeset.leading_em(style) * typeset.em_px(grid.rest, style)
    lines = tuple(piece for line in lines for piece in typeset.wrap(line, grid.rest, style, room))
    return _Set(note, style, lines, grid.word_px(_NOTE_UNITS) + (len(lines) - 1) * pitch)


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


def _drawn(grid: Grid, place: Box, told: _Set) -> Iterator[Item]:
    side, icon, gap = _insets(grid)
    mark, words = place.inset(side, 0).split_left(icon, gap)
    yield Panel(place, edge=NIGHT.edge, edge_px=grid.px(3), radius_px=grid.radius)
    yield Icon(mark.centred(icon, icon), told.note.icon, told.note.colour)
    text = "\n".join(told.lines)
    box = words.inset(0, grid.px(6))
    yield Text(box, text, told.style.language, grid.rest, 400, NIGHT.text, lines=len(told.lines))
