"""Choose your language: each by its own name in its own script, six at most on a page."""

from math import ceil

from kiosk.screens.bar import helps, turn_bar
from kiosk.screens.frame import frame, put_title
from kiosk.screens.header import header
from kiosk.screens.pieces import letter_of, tick
from kiosk.screens.sheet import Sheet
from kiosk.screens.stack import Row, Stack, put, stacked
from smartqueue.i18n import Words, own_name, shipped
from smartqueue.look.scene import Align, Box
from smartqueue.look.typeset import width
from smartqueue.terms import Language

PER_PAGE = 6
_AROUND_MM, _OVER_MM = 2.0, 1.8
_TALLEST_MM = 76.0
_LETTERS_MM = (14.0, 12.0, 10.0, 9.1, 8.2, 7.3)
_UNDER_LETTER_MM = 1.6
"""White between the lowest letter and the highest name."""
_AFTER_LETTER_MM = 1.6
_MOST_WORDS = 4
"""In as many languages the word for language stands in the title."""


def draw(sheet: Sheet, page: int) -> None:
    """The keys keep their places from page to page."""
    header(sheet)
    every = sheet.view.languages
    pages = max(1, ceil(len(every) / PER_PAGE))
    page = min(max(page, 0), pages - 1)
    place = frame(sheet)
    _title(sheet, place.question)
    cells = _cells(sheet, place.keys, min(len(every), PER_PAGE))
    keys = _Keys(sheet, cells[0], every)
    for cell, language in zip(cells, every[page * PER_PAGE : (page + 1) * PER_PAGE], strict=False):
        keys.draw(cell, language)
    turn_bar(sheet, place.bar, page, pages, helps(sheet))


def _title(sheet: Sheet, box: Box) -> None:
    """A globe and the word for language, also in scripts that who can't read the present one may read."""
    box = box.inset(0, sheet.px(0.4)).split_bottom(sheet.px(7 if sheet.screen.portrait else 0))[0]
    side = min(sheet.px(9), box.h - sheet.px(0.8))
    icon, rest = box.split_left(side, sheet.px(3))
    here = sheet.view.language
    others = [one for one in sheet.view.languages if one != here and shipped(one) == one.split("-")[0]]
    sizes = sheet.steps(5.8, 5.2, 4.7, 4.4) if sheet.small else sheet.steps(7.3, 6.5, 5.8, 5.2, 4.7)
    first = stacked(sheet, rest.w, (Row(Words(here).text("kiosk.language"), sizes, 700),), rest.h)
    capitals = put_title(sheet, rest, first) + first.rows[0].top
    middle = capitals + first.rows[0].set.capital_px / 2
    sheet.icon(Box(icon.x, max(box.y, middle - side / 2), side, side), "globe", sheet.theme.primary)
    start = rest.x + first.rows[0].set.width_px + sheet.px(5)
    for one in others[: _MOST_WORDS - 1]:
        row = Row(Words(one).text("kiosk.language"), (first.rows[0].set.capital_px,), 400, language=one)
        made = stacked(sheet, max(1.0, rest.right - start), (row,))
        top = capitals - made.rows[0].top
        if not made.whole or made.rows[0].set.width_px + 2 > rest.right - start or top < box.y:
            return
        put(sheet, Box(start, top, made.rows[0].set.width_px + 2, made.height), made, share=0.0)
        start += made.rows[0].set.width_px + sheet.px(5)


def _cells(sheet: Sheet, area: Box, count: int) -> list[Box]:
    """In reading order: two rows, on upright panels as many as needed; they fill the area."""
    columns = (1 if count <= 4 else 2) if sheet.screen.portrait else min(2 if count == 4 else 3, max(count, 1))
    rows, gap = ceil(count / columns), sheet.gap
    high = min(sheet.px(_TALLEST_MM), (area.h - gap * (rows - 1)) / rows)
    block = Box(area.x, area.y, area.w, rows * high + (rows - 1) * gap)
    return [cell for row in block.rows(*[1.0] * rows, gap=gap) for cell in row.columns(*[1.0] * columns, gap=gap)]


class _Keys:
    """Names of all pages in one size and on one line across a row, under letters of their scripts where there is room,
    after them where keys are wide."""

    def __init__(self, sheet: Sheet, cell: Box, every: tuple[Language, ...]) -> None:
        self.sheet, self.every = sheet, every
        self.wide = cell.w > 2.2 * cell.h and len(every) <= PER_PAGE - 2
        self.slot = self._slot() if self.wide else 0.0
        inner = cell.inset(sheet.px(_AROUND_MM), sheet.px(_OVER_MM))
        fitting = self._name_sizes(inner.w - self.slot - sheet.px(1.2))
        for size, letter in (*self._pairs(fitting), (fitting[0], 0.0)):
            self._measure(size, letter)
            if self.high <= inner.h:
                break

    def _slot(self) -> float:
        """Width of the place for a letter and the air behind it."""
        sheet, largest = self.sheet, self.sheet.capitals(_LETTERS_MM[3])
        widths = [width(letter_of(one), largest, sheet.style(700, language=one)) for one in self.every]
        return max(sheet.px(11 if sheet.small else 17), *(wide + sheet.px(_AFTER_LETTER_MM) + 2 for wide in widths))

    def _name_sizes(self, room: float) -> list[float]:
        """All at which the names of all languages fit."""
        sizes = self.sheet.steps(9.1, 8.2, 7.3, 6.5, 5.8, 5.5, 5.2, 4.7, 4.4, 4.0)
        names = [(own_name(one), self.sheet.style(700, language=one)) for one in self.every]
        return [size for size in sizes if all(width(name, size, style) <= room for name, style in names)] or [sizes[-1]]

    def _pairs(self, fitting: list[float]) -> list[tuple[float, float]]:
        """Sizes of names and letters to be tried: letters are no smaller than names, names not much under what fits."""
        letters = self.sheet.steps(*(_LETTERS_MM[3:] if self.wide else _LETTERS_MM))
        names = [one for one in fitting if one >= max(fitting[0] * 0.7, self.sheet.exact_px(5.2))]
        made = [(name, letter) for name in names for letter in letters if letter >= name * (1.0 if self.wide else 1.2)]
        return made

    def _measure(self, size: float, letter: float) -> None:
        """Where letters and names lie, from the top of their ink: letter and name of a language keep apart."""
        self.size, self.letter = size, letter
        names = [self._name(one) for one in self.every]
        self.name_w = max(one.rows[0].set.width_px for one in names) + 2
        self.over, self.step = max(one.rows[0].top for one in names), 0.0
        self.high = self.over + self.size + max(map(_under, names))
        if not letter or self.wide:
            return
        letters = [self._letter(one, letter) for one in self.every]
        apart = max(_under(one) + name.rows[0].top for one, name in zip(letters, names, strict=True))
        self.step = letter + apart + self.sheet.px(_UNDER_LETTER_MM)
        self.high += max(one.rows[0].top for one in letters) + self.step - self.over
        self.over = max(one.rows[0].top for one in letters)

    def _letter(self, language: Language, size: float, colour: str = "") -> Stack:
        row = Row(letter_of(language), (size,), 700, colour, "center", language=language)
        return stacked(self.sheet, self.sheet.screen.width_px, (row,))

    def _name(self, language: Language, colour: str = "") -> Stack:
        align: Align = "start" if self.wide else "center"
        row = Row(own_name(language), (self.size,), 700, colour, align, language=language)
        return stacked(self.sheet, self.sheet.screen.width_px, (row,))

    def draw(self, box: Box, language: Language) -> None:
        sheet, chosen = self.sheet, language == self.sheet.view.language
        colour = sheet.theme.primary if chosen else sheet.theme.text
        sheet.panel(box, edge=sheet.theme.primary if chosen else sheet.theme.edge, thick=2.0 if chosen else 1.0)
        sheet.target(box, f"language:{language}")
        name, inner = self._name(language, colour), box.inset(sheet.px(_AROUND_MM), sheet.px(_OVER_MM))
        if self.wide:
            self._beside(inner, language, name, colour)
        else:
            self._below(inner, language, name, colour)
        if chosen:
            tick(sheet, box)

    def _below(self, inner: Box, language: Language, name: Stack, colour: str) -> None:
        spare = min(max(0.0, inner.h - self.high) * 0.3, self.sheet.px(4)) if self.letter else 0.0
        top = inner.y + (inner.h - self.high - spare) / 2 + self.over
        if self.letter:
            _at(self.sheet, inner, self._letter(language, self.letter, colour), top)
            top += self.step + spare
        _at(self.sheet, inner, name, top)

    def _beside(self, inner: Box, language: Language, name: Stack, colour: str) -> None:
        """Letters and names of all keys begin at the same places, in the middle together."""
        content = inner.centred(min(inner.w, self.slot + self.name_w), inner.h)
        air = self.sheet.px(_AFTER_LETTER_MM)
        letters, names = content.split_left(self.slot - air, air)
        line = inner.y + inner.h / 2 + self.size / 2
        if self.letter:
            _at(self.sheet, letters, self._letter(language, self.letter, colour), line - self.letter)
        _at(self.sheet, names, name, line - self.size)


def _under(made: Stack) -> float:
    return made.height - made.rows[0].top - made.rows[0].set.height_px


def _at(sheet: Sheet, box: Box, made: Stack, capitals: float) -> None:
    """Its capitals at this height."""
    put(sheet, Box(box.x, capitals - made.rows[0].top, box.w, made.height), made, share=0.0)
