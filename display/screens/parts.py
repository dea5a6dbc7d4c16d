"""What several screens have: the head with the clock, page marks, columns."""

from collections.abc import Iterator, Sequence

from display.screens.grid import Grid
from display.screens.view import LATIN, Named, View
from smartqueue.look import typeset
from smartqueue.look.inline import Part, Sign, Words, inline, width
from smartqueue.look.scene import Bar, Box, Icon, Item, Scene, Text
from smartqueue.look.theme import NIGHT


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
    about = view.named(view.site.names)
    box = Box(grid.margin, grid.px(25), grid.width_px - 2 * grid.margin, grid.px(80))
    time = view.words.time(view.clock)
    box, clock_box = box.split_right(typeset.width(time, grid.px(56), typeset.Style(LATIN, 700)), grid.px(40))
    yield Text(clock_box, time, LATIN, grid.px(56), 700, NIGHT.text, "end")
    mark, name_box = box.split_left(grid.px(62), grid.px(18))
    yield Icon(mark.centred(mark.w, mark.w), "clinic", NIGHT.primary)
    parts = list(instead_of_date) or [Words(view.words.date_day(view.clock), NIGHT.quiet)]
    sizes = (grid.rest, grid.word_px(24), grid.word_px(20))
    if grid.portrait:
        below = Box(name_box.x, grid.px(114 if grid.far == 1 else 126), grid.body.right - name_box.x, grid.px(50))
        yield from inline(below, parts, view.words.language, sizes)
    else:
        size = _beside(view, about, parts, sizes, name_box.w - grid.px(40))
        if instead_of_date or size == grid.rest:
            name_box, date_box = name_box.split_right(width(parts, view.words.language, size), grid.px(40))
            yield from inline(date_box, parts, view.words.language, (size,), "end")
    yield Text(name_box, about.text, about.language, sizes[0], 700, NIGHT.text, lines=2, smaller_px=sizes[1:])


def _beside(view: View, about: Named, parts: Sequence[Part], sizes: Sequence[float], room: float) -> float:
    """The largest size at which the site's name has room beside what else is said; else the smallest."""
    style = typeset.Style(about.language, 700)
    for size in sizes:
        if typeset.width(about.text, size, style) + width(parts, view.words.language, size) <= room:
            return size
    return sizes[-1]


def page_mark(view: View, grid: Grid, box: Box, which: int, pages: int) -> Text:
    """`1/2`: there is more, and it comes by itself. which: from 0."""
    return Text(box, page_text(view, which, pages), view.words.language, grid.rest, 400, NIGHT.quiet, "center")


def page_text(view: View, which: int, pages: int) -> str:
    return view.words.text("display.page", page=which + 1, pages=pages)


def rule(grid: Grid, box: Box) -> Bar:
    """A thin line along the top of a row."""
    return Bar(Box(box.x, box.y - grid.px(1), box.w, grid.px(2)), NIGHT.rule)


def away_sign(text: str) -> tuple[Part, ...]:
    """`Board as of 10:58` in the head, with its sign."""
    return Sign("wifi-off", NIGHT.trouble), Words(text, NIGHT.trouble, 700)
