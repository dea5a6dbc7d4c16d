"""What several screens have: the head with the clock, page marks, notes at the bottom of a column."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from display.screens.breaks import broken
from display.screens.grid import Grid
from display.screens.view import LATIN, View, named
from smartqueue.look import typeset
from smartqueue.look.inline import Part, Sign, Words, inline, width
from smartqueue.look.scene import Bar, Box, Icon, Item, Panel, Scene, Text
from smartqueue.look.theme import NIGHT

_NOTE_UNITS = 75.0


@dataclass(frozen=True, slots=True)
class Note:
    """One line that concerns everybody. colour: of its icon."""

    icon: str
    text: str
    colour: str = NIGHT.primary


def scene(view: View, grid: Grid, name: str, items: Iterator[Item]) -> Scene:
    """The finished screen, turned round where people read from the right."""
    made = Scene(grid.width_px, grid.height_px, NIGHT.ground, tuple(items), name=name)
    return made.mirrored() if view.words.direction == "rtl" else made


def columns(grid: Grid, box: Box) -> tuple[Box, Box]:
    """The history and what stands beside it (in portrait below it): both as high as the box."""
    list_, beside = box.columns(1060, 740, gap=grid.px(20))
    return list_, beside


def head(view: View, grid: Grid, instead_of_date: Sequence[Part] = ()) -> Iterator[Item]:
    """The site's name, the date and the clock. instead_of_date: what is more important than the date."""
    about = named(view.site.names, view.words, view.site)
    box = Box(grid.margin, grid.px(25), grid.width_px - 2 * grid.margin, grid.px(80))
    time = view.words.time(view.clock)
    box, clock_box = box.split_right(typeset.width(time, grid.px(56), typeset.Style(LATIN, 700)), grid.px(40))
    yield Text(clock_box, time, LATIN, grid.px(56), 700, NIGHT.text, "end")
    mark, name_box = box.split_left(grid.px(62), grid.px(18))
    yield Icon(mark.centred(mark.w, mark.w), "clinic", NIGHT.primary)
    parts = list(instead_of_date) or [Words(view.words.date_day(view.clock), NIGHT.quiet)]
    if grid.portrait:
        below = Box(name_box.x, grid.px(114), grid.width_px - grid.margin - name_box.x, grid.px(50))
        yield from inline(below, parts, view.words.language, (grid.rest, grid.px(24)))
    else:
        parts_w = width(parts, view.words.language, grid.rest)
        name_w = typeset.width(about.text, grid.rest, typeset.Style(about.language, 700))
        if instead_of_date or name_w + grid.px(40) + parts_w <= name_box.w:
            name_box, date_box = name_box.split_right(parts_w, grid.px(40))
            yield from inline(date_box, parts, view.words.language, (grid.rest,), "end")
    yield Text(name_box, about.text, about.language, grid.rest, 700, NIGHT.text, lines=2, smaller_px=(grid.px(24),))


def page_mark(view: View, grid: Grid, box: Box, which: int, pages: int) -> Text:
    """`1/2`: there is more, and it comes by itself. which: from 0."""
    said = view.words.text("display.page", page=which + 1, pages=pages)
    return Text(box, said, view.words.language, grid.rest, 400, NIGHT.quiet, "center")


def notes(view: View, *, hint: bool) -> tuple[Note, ...]:
    """What has to be said at this moment. hint: also what is always true, if there is nothing else to say."""
    no_sound, insecure = every_note(view)
    said = []
    if not view.sound:
        said.append(no_sound)
    elif hint:
        said.append(Note("speaker", view.words.text("display.hint")))
    if view.site.insecure_lan:
        said.append(insecure)
    return tuple(said)


def every_note(view: View) -> tuple[Note, Note]:
    """All notices that can stand at once."""
    return (
        Note("bell-off", view.words.text("display.no_sound"), NIGHT.trouble),
        Note("warning", view.words.text("display.insecure"), NIGHT.trouble),
    )


def placed_notes(view: View, grid: Grid, box: Box, said: Sequence[Note]) -> tuple[Box, tuple[Item, ...]]:
    """The notes at the bottom of the box, one above the other; and what remains of the box above them."""
    items: list[Item] = []
    for note in reversed(said):
        style = typeset.Style(view.words.language)
        icon, side, gap = grid.px(50), grid.px(27), grid.px(20)
        text_w = box.w - 2 * side - icon - gap
        lines = len(typeset.wrap(note.text, grid.rest, style, text_w))
        pitch = typeset.leading_em(style) * typeset.em_px(grid.rest, style)
        height = grid.px(_NOTE_UNITS) + (lines - 1) * pitch
        box, place = box.split_bottom(height, grid.gap)
        inner = place.inset(side, 0)
        mark, words = inner.split_left(icon, gap)
        items.append(Panel(place, edge=NIGHT.edge, edge_px=grid.px(3), radius_px=grid.radius))
        items.append(Icon(mark.centred(icon, icon), note.icon, note.colour))
        text = broken(note.text, grid.rest, style, text_w, lines)
        items.append(
            Text(words.inset(0, grid.px(12)), text, view.words.language, grid.rest, 400, NIGHT.text, lines=lines)
        )
    return box, tuple(items)


def rule(grid: Grid, box: Box) -> Bar:
    """A thin line along the top of a row."""
    return Bar(Box(box.x, box.y - grid.px(1), box.w, grid.px(2)), NIGHT.rule)


def away_sign(text: str) -> tuple[Part, ...]:
    """`Board as of 10:58` in the head, with its sign."""
    return Sign("wifi-off", NIGHT.trouble), Words(text, NIGHT.trouble, 700)
