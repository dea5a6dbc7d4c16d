"""The band at the top of a notice or a ticket screen: what happened in large words, what to do in smaller ones."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kiosk.screens.sheet import Sheet
from kiosk.screens.stack import Row, Stack, put, stacked
from smartqueue.look.linebreak import joined
from smartqueue.look.scene import Box
from smartqueue.look.typeset import width
from smartqueue.parting import sentences

_LARGE_MM = 6.5
LOW_HEAD_MM = 18.0
"""Height of the band on low panels, where it stands in the header's place."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a band says its words. lines: of the title. apart: only its first sentence is large. whole: the line is in
    its usual size. tight: the line may have two, set tight. alone: there is none."""

    size: float
    lines: int = 1
    apart: bool = False
    whole: bool = False
    tight: bool = False
    alone: bool = False


def head(
    sheet: Sheet,
    box: Box,
    icon: str,
    title: str,
    line: str,
    *,
    trouble: bool = False,
    call: bool = False,
    plain: bool = False,
    second: bool = False,
    family: Sequence[tuple[str, str]] = (),
) -> None:
    """Words beside an icon; a full band in trouble. call: the icon on the ground of a call; plain: on a card, where
    nothing was done. line: may be empty; second: the line says what happened, too: it may be large. family: titles
    and lines that may stand here another time: all are said in the same manner."""
    if trouble:
        sheet.panel(box, fill=sheet.theme.trouble_ground, edge=None)
    square = _square(sheet, box)
    if trouble:
        sheet.icon(square.centred(square.w * 0.62, square.w * 0.62), icon, sheet.theme.on_trouble)
    else:
        square = square.centred(square.w, square.w)
        ground, ink = (sheet.theme.call, sheet.theme.on_call) if call else (sheet.theme.primary, sheet.theme.on_primary)
        if plain:
            ground, ink = sheet.theme.card, sheet.theme.text
        sheet.panel(square, fill=ground, edge=sheet.theme.edge if plain else None)
        sheet.icon(square.centred(square.w * 0.7, square.w * 0.7), icon, ink)
    words = _words_box(sheet, box, trouble=trouble)
    manner = _manner(sheet, words, [(title, line), *family], trouble=trouble, second=second, plain=plain)
    made = _said(sheet, words, title, line, manner, trouble=trouble, second=second)
    put(sheet, _balanced(words, made), made, share=0.0)


def _square(sheet: Sheet, box: Box) -> Box:
    """Of the icon."""
    return box.split_left(min(box.h, sheet.px(23)))[0]


def _words_box(sheet: Sheet, box: Box, *, trouble: bool) -> Box:
    square = _square(sheet, box)
    words = Box(square.right + sheet.px(4), box.y, box.right - square.right - sheet.px(8 if trouble else 4), box.h)
    return words.inset(0, sheet.px((2.4 if sheet.screen.portrait else 1.2 if sheet.small else 0.8) if trouble else 0))


def _balanced(box: Box, made: Stack) -> Box:
    """From the first capitals to the last baseline in the middle, as the eye sees it; all ink stays in the box."""
    last = made.rows[-1]
    middle = box.y + (box.h - made.rows[0].top - last.top - last.set.height_px) / 2
    return Box(box.x, max(min(middle, box.bottom - made.height), box.y), box.w, made.height)


def _manner(
    sheet: Sheet, box: Box, said: Sequence[tuple[str, str]], *, trouble: bool, second: bool, plain: bool
) -> Manner:
    """The first in which all of it fits. plain: keys say what to do."""
    for manner in (one for one in _manners(sheet) if plain or not one.alone):
        made = [_said(sheet, box, title, line, manner, trouble=trouble, second=second) for title, line in said]
        if all(one.whole and one.height <= box.h for one in made):
            return manner
    return manner


def _manners(sheet: Sheet) -> Iterator[Manner]:
    large = sheet.steps(7.3, 6.5, 5.8, 5.2) if not sheet.small else sheet.steps(5.8, 5.2)
    if sheet.small and not sheet.screen.portrait:
        yield from (Manner(size) for size in large)
        yield from (Manner(size, lines=2) for size in large)
        yield from (Manner(size, tight=tight) for size in (*large, *sheet.steps(4.7)) for tight in (True, False))
        yield from (Manner(size, alone=True) for size in large)
        yield from (Manner(size, lines=2, alone=True) for size in large)
        yield from (Manner(size, apart=True) for size in sheet.steps(5.8, 5.2, 4.7, 4.4))
    elif not sheet.screen.portrait:
        yield from (Manner(size, lines=lines) for lines in (1, 2) for size in large[:2])
        yield from (Manner(size, tight=True) for size in large)
        yield from (Manner(size) for size in large[2:])
    else:
        sizes = (*large, *sheet.steps(4.7, 4.4))
        yield from (Manner(size, lines=lines, whole=True) for size in sizes for lines in (1, 2))
    yield from (Manner(size, lines=2) for size in (*large, *sheet.steps(4.7, 4.4)))
    yield from (Manner(size, lines=3) for size in sheet.steps(4.7, 4.4))
    yield from (Manner(size, apart=True) for size in sheet.steps(4.4, 4.0, 3.6))


def _said(
    sheet: Sheet, box: Box, title: str, line: str, manner: Manner, *, trouble: bool, second: bool = False
) -> Stack:
    """In one manner, the line as large as the rest of the box allows."""
    colour, quiet = (
        (sheet.theme.on_trouble, sheet.theme.on_trouble) if trouble else (sheet.theme.text, sheet.theme.quiet)
    )
    title, line = _divided(title, line, manner)
    every = (*sheet.steps(5.8, 5.2, 4.7), *sheet.quiet) if second else sheet.quiet
    sizes = tuple(size for size in every if size <= manner.size) or sheet.quiet[-1:]
    sizes = sizes[:1] if manner.whole else sizes
    close = manner.lines > 1 and not sheet.screen.portrait
    large = Row(title, (manner.size,), 700, colour, lines=manner.lines, tight=close)
    if not line or manner.alone:
        return stacked(sheet, box.w, (large,))
    for size, lines in _smaller(sheet, sizes):
        tight = manner.tight and lines > 1
        small = Row(line, (size,), 400, quiet, lines=lines, tight=tight, gap=sheet.px(2.6 if sheet.small else 3.4))
        made = stacked(sheet, box.w, (large, small))
        if made.whole and made.height <= box.h:
            return made
    return made


def _smaller(sheet: Sheet, sizes: Sequence[float]) -> list[tuple[float, int]]:
    """Of the line: as large as it can be on upright panels, as few lines as it can have on others."""
    if sheet.screen.portrait:
        return [(size, lines) for size in sizes for lines in (1, 2, 3)]
    return [(size, lines) for lines in (1, 2) for size in sizes]


def large_enough(sheet: Sheet, box: Box, title: str) -> bool:
    """On one line of a full band, as large as what happened should be said."""
    return width(title, sheet.capitals(_LARGE_MM), sheet.style(700)) <= _words_box(sheet, box, trouble=True).w


def halves(title: str) -> tuple[str, str]:
    """The first sentence and the others."""
    first, *others = sentences(title)
    return first, joined(others)


def _divided(title: str, line: str, manner: Manner) -> tuple[str, str]:
    said = sentences(title)
    if manner.apart and len(said) > 1:
        return said[0], joined([*said[1:], line])
    if manner.lines == 2 and len(said) == 2:
        return "\n".join(said), line
    return title, line
