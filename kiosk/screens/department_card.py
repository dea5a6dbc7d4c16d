"""A department as a card: tile, name, and what waiting there means. All cards of a page say it alike."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf, log

from kiosk.screens.pieces import NAME_SIZES_MM, SMALL_NAME_MM, gives, tile
from kiosk.screens.sheet import Sheet
from kiosk.screens.stack import AIR_MM, Row, Stack, line_ink, put, stacked
from kiosk.screens.stack import below as ink_below
from kiosk.screens.waiting import MARK_PX, SAFE, Facts, Line, Lines, facts
from smartqueue.look.scene import Box, Weight
from smartqueue.look.typeset import Style, block, em_px, fit, leading_em
from smartqueue.terms import DepartmentId
from smartqueue.wire import DepartmentView

_AIR_MM = 3.0
"""From a name's baseline to the capitals under it."""
_LINE_MM = 2.5
"""Between two lines about waiting."""
_AIR_LINES_MM = 0.3
_LEAST_MM = 4.4
"""Capitals of names that have no room at 4.7 mm, not even with a word broken."""
_FACT_MM = (4.4, 4.2, 4.0, 3.8, 3.6)
_STEP = 1.2
"""Between the two sizes of names that a page may have."""
_MOST_LINES = 3
_JOINED, _FOLDED, _TWO_SIZES, _SIGNS, _FACTS = 0.06, 0.04, 0.1, 0.3, 0.45
"""What it is worth to say all on one line, what folded lines, names of two sizes and pictures in place of words cost,
and what large lines about waiting are worth, against the size of names."""
_DEEP, _ABOVE = 0.2, 0.7
"""What a second line of names costs, and as much less names gain that are larger than they must be."""


@dataclass(frozen=True, slots=True)
class How:
    """How a page says its departments. names: the sizes of its names' capitals, px: of most, and of those that are
    too long for that; at most two."""

    names: tuple[float, ...]
    size: float
    """Capitals of the lines about waiting, px."""
    joined: bool = False
    """Who waits and for how long stand on one line."""
    signs: bool = False
    """A picture says of the number that so many wait."""
    closed: str = "kiosk.closed"
    """Words for a department that is closed and tells no time."""
    lead: float = 0.0
    """From a name's last baseline to the capitals under it, px."""
    over: float = 0.0
    """Ink over names' capitals, px: of the name that has most."""
    under: float = 0.0
    """Ink under the last baseline, px: of the line that has most."""
    tile: float = 0.0
    """Width of the tile, px; 0 = as it suits the card."""
    lines: int = _MOST_LINES
    """On as many a name may stand."""


@dataclass(frozen=True, slots=True)
class Saying:
    """What stands in one card. fits: nothing of it is broken, cut or too high; short: the name is cut, or smaller than
    names may be."""

    name: Stack
    lines: Lines
    fits: bool = True
    short: bool = False


# --- the card -----------------------------------------------------------------------------------------


def card(sheet: Sheet, box: Box, department: DepartmentView, how: How) -> None:
    """A department's key: tile, name, and what waiting there means."""
    sheet.panel(
        box, fill=sheet.theme.card if gives(department) else None, edge=sheet.theme.edge, dashed=not gives(department)
    )
    tile(sheet, box.split_left(how.tile or tile_width(sheet, box))[0], department)
    card_words(sheet, words_box(sheet, box, how.tile), department, how)
    sheet.target(box, f"department:{department.id}")


def _narrow(sheet: Sheet, box: Box) -> bool:
    return box.w < sheet.px(70)


def tile_width(sheet: Sheet, box: Box) -> float:
    return sheet.px(12.5 if _narrow(sheet, box) else 17)


def words_box(sheet: Sheet, box: Box, tile: float = 0.0) -> Box:
    """tile: its width, where it is not the card's own."""
    rest = box.split_left(tile or tile_width(sheet, box))[1]
    pad = sheet.px(2.1 if _narrow(sheet, box) else 2.8)
    return Box(rest.x + pad, rest.y + sheet.px(1.3), rest.w - pad - sheet.px(1.6), rest.h - sheet.px(2.6))


def card_words(sheet: Sheet, box: Box, department: DepartmentView, how: How) -> None:
    """Name over one or two quiet lines, together in the middle of the box from the first capitals to the last
    baseline."""
    saying = _saying(sheet, box, department, how)
    name, lines = saying.name, saying.lines
    over, under = name.rows[0].top, line_ink(sheet, lines[-1].parts, how.size)[1]
    deep, high = name.rows[0].set.height_px, _high(sheet, lines, how.size)
    least = _lead(sheet, saying, how.size)
    lead = max(least, min(how.lead, box.h - how.over - deep - high - how.under))
    y = box.y + (box.h - deep - lead - high) / 2
    y = max(min(y, box.bottom - how.under - high - lead - deep), box.y + how.over)
    y = max(min(y, box.bottom - under - high - lead - deep), box.y + over)
    put(sheet, Box(box.x, y - over, box.w, name.height), name, share=0.0)
    y += deep + lead
    for line, after in zip(lines, [*lines[1:], None], strict=True):
        sheet.line(Box(box.x, y, box.w, how.size), line.parts, how.size)
        y += _pitch(sheet, line, after, how.size) if after is not None else 0.0


def _lead(sheet: Sheet, saying: Saying, size: float) -> float:
    over = line_ink(sheet, saying.lines[0].parts, size)[0]
    return max(sheet.px(_AIR_MM), ink_below(saying.name.rows[-1].set) + sheet.px(AIR_MM) + over)


def _high(sheet: Sheet, lines: Lines, size: float) -> float:
    """Of lines about waiting, from the first capitals to the last baseline."""
    return size + sum(_pitch(sheet, one, other, size) for one, other in pairwise(lines))


def _pitch(sheet: Sheet, upper: Line, lower: Line, size: float) -> float:
    """From baseline to baseline, so that the ink of one never touches that of the other."""
    ink = line_ink(sheet, upper.parts, size)[1] + sheet.px(_AIR_LINES_MM) + line_ink(sheet, lower.parts, size)[0]
    return size + max(sheet.px(_LINE_MM), ink)


# --- how a page says it -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Way:
    """A size of lines about waiting, and what it leaves. failing: cards in which not all can stand whole."""

    how: How
    failing: int
    worth: float


def how_said(
    sheet: Sheet,
    departments: tuple[DepartmentView, ...],
    box: Box,
    closed: str = "kiosk.closed",
    *,
    most: float = inf,
    tile: float = 0.0,
    lines: int = _MOST_LINES,
) -> How:
    """box: of the words in a card. Names as large as all allow, before lines about waiting are; in one size, or two.
    most: capitals that names may have, px; tile: its width, where it is not the card's own; lines: as
    many as a name may have."""
    steps = tuple(size for size in _name_steps(sheet) if size <= most) or _name_steps(sheet)[-1:]
    asked = [_Asked(sheet, each, box, closed, lines) for each in departments]
    ways: list[_Way] = []
    for joined, signs in ((True, False), (False, False), (True, True)):
        if signs and any(not way.failing and way.how.names[-1] >= sheet.exact_px(5.8) for way in ways):
            continue
        sizes = _fact_sizes(sheet)
        ways += (_way(sheet, asked, steps, How((), size, joined, signs, closed, lines=lines)) for size in sizes)
    for way in sorted(ways, key=lambda way: (way.failing, -way.worth)):
        sayings = [_saying(sheet, box, each, way.how) for each in departments]
        if sum(not saying.fits for saying in sayings) <= way.failing:
            break
    how = way.how
    return replace(
        how,
        tile=tile,
        lead=max(_lead(sheet, saying, how.size) for saying in sayings),
        over=max(saying.name.rows[0].top for saying in sayings),
        under=max(line_ink(sheet, saying.lines[-1].parts, how.size)[1] for saying in sayings),
    )


def too_long(sheet: Sheet, departments: tuple[DepartmentView, ...], box: Box) -> frozenset[DepartmentId]:
    """Those whose names have no room in such a box, not even with a word broken, or make those of all others small."""
    doubtful = [each for each in departments if not _on_two_lines(sheet, each, box)]
    others = tuple(each for each in departments if each not in doubtful)
    if not doubtful:
        return frozenset()
    every = how_said(sheet, departments, box)
    usual = how_said(sheet, others, box) if others else every
    if usual.names[-1] > every.names[-1] * _STEP:
        return frozenset(each.id for each in doubtful)
    return frozenset(each.id for each in doubtful if _saying(sheet, box, each, every).short)


def stands(sheet: Sheet, department: DepartmentView, box: Box, how: How) -> bool:
    """Its name is there, unbroken and no smaller than names may be."""
    return _saying(sheet, box, department, how).fits


def _on_two_lines(sheet: Sheet, department: DepartmentView, box: Box) -> bool:
    row = _name_row(sheet, department, (sheet.capitals(SMALL_NAME_MM if sheet.small else NAME_SIZES_MM[-1]),))
    return stacked(sheet, box.w, (replace(row, lines=2),)).whole


def _way(sheet: Sheet, asked: "Sequence[_Asked]", steps: tuple[float, ...], how: How) -> _Way:
    """Names are no smaller than what stands under them."""
    steps = tuple(size for size in steps if size >= how.size) or steps[:1]
    largest = [next((size for size in steps if one.fits(size, how)), 0.0) for one in asked]
    whole = [size for size in largest if size]
    if not whole:
        return _Way(replace(how, names=steps[-1:]), len(asked), log(how.size))
    kept = [(one, size) for one, size in zip(asked, largest, strict=True) if size]
    names = max(_sizes(sheet, whole, steps), key=lambda sizes: _worth(sheet, kept, sizes))
    folded = sum(one.folded(how) for one in asked) / len(asked)
    worth = _worth(sheet, kept, names) + _FACTS * log(how.size) + _JOINED * how.joined
    worth -= _FOLDED * folded + _SIGNS * how.signs
    return _Way(replace(how, names=names), len(asked) - len(whole), worth)


def _sizes(sheet: Sheet, largest: list[float], steps: tuple[float, ...]) -> list[tuple[float, ...]]:
    """Sizes for all; and where these are small, one for most and one, a step smaller, for those that are too long for
    it: who reads a list takes size for importance."""
    every = min(largest)
    found: list[tuple[float, ...]] = [(size,) for size in steps if every / _STEP <= size <= every]
    if every < sheet.exact_px(5.8):
        most = [size for size in steps if every < size <= every * _STEP]
        found += [(size, every) for size in most if 2 * sum(one >= size for one in largest) >= len(largest)]
    return found


def _worth(sheet: Sheet, asked: "Sequence[tuple[_Asked, float]]", names: tuple[float, ...]) -> float:
    """Of names in these sizes; asked: with the largest at which each fits."""
    usual = sheet.exact_px(NAME_SIZES_MM[0])
    worth = -_TWO_SIZES if len(names) > 1 else 0.0
    for one, largest in asked:
        size = next((each for each in names if each <= largest), names[-1])
        gained = log(size) - _ABOVE * max(0.0, log(size / usual))
        worth += (gained - _DEEP * (one.name_lines(size) - 1)) / len(asked)
    return worth


def _name_steps(sheet: Sheet) -> tuple[float, ...]:
    if sheet.small:
        return tuple(map(sheet.exact_px, (5.8, 5.6, 5.4, 5.2, 5.0, 4.8, 4.6, SMALL_NAME_MM)))
    every = {*sheet.steps(*NAME_SIZES_MM), *map(sheet.exact_px, NAME_SIZES_MM)}
    return tuple(sorted(every, reverse=True))


def _least_name(sheet: Sheet) -> float:
    return _name_steps(sheet)[-1]


def _fact_sizes(sheet: Sheet) -> tuple[float, ...]:
    return tuple(sorted({*sheet.steps(*_FACT_MM), *map(sheet.exact_px, _FACT_MM)}, reverse=True))


class _Asked:
    """A department of which is asked what fits: measured without drawing."""

    def __init__(self, sheet: Sheet, department: DepartmentView, box: Box, closed: str, lines: int) -> None:
        self._sheet, self._box = sheet, box
        self._facts: dict[bool, Facts] = {}
        self._department, self._closed, self._most_lines = department, closed, lines
        self._least, self._air, self._between, self._apart = map(sheet.px, (_AIR_MM, AIR_MM, _LINE_MM, _AIR_LINES_MM))
        row = _name_row(sheet, department, (MARK_PX,))
        self._language = row.language or sheet.view.language
        self._text, self._style = row.text, Style(self._language, row.weight, tight=True)
        setting = block(self._text, self._style, (MARK_PX,))
        self._over = max(0.0, -setting.y - MARK_PX) / MARK_PX
        self._under = ink_below(setting) / MARK_PX
        self._deep: dict[float, float] = {}
        self._lines: dict[float, int] = {}
        self._ways: dict[tuple[float, bool, bool], list[Lines]] = {}

    def fits(self, size: float, how: How) -> bool:
        """The name at this size, and all about waiting."""
        deep = self._name(size)
        if not deep:
            return False
        return any(deep + self._waiting(size, lines, how.size) <= self._box.h for lines in self._told(how))

    def folded(self, how: How) -> bool:
        """A thing is said on two lines."""
        return any(
            len(lines) > (1 if how.joined else len(self._facts[how.signs].each)) for lines in self._told(how)[:1]
        )

    def name_lines(self, size: float) -> int:
        """As many lines as it takes."""
        self._name(size)
        return self._lines[size]

    def _told(self, how: How) -> list[Lines]:
        key = (how.size, how.joined, how.signs)
        if how.signs not in self._facts:
            self._facts[how.signs] = facts(self._sheet, self._department, self._closed, signs=how.signs)
        if key not in self._ways:
            self._ways[key] = list(self._facts[how.signs].told(self._box.w, how.size, joined=how.joined))
        return self._ways[key]

    def _name(self, size: float) -> float:
        """From the top of its ink to its last baseline; 0 where it is not whole."""
        if size not in self._deep:
            made = fit(self._text, self._style, (MARK_PX,), self._box.w * MARK_PX / size / SAFE, self._most_lines)
            lines, em = len(made.lines), em_px(size, self._style)
            pitch = (self._sheet.leading(self._language, lines) or leading_em(self._style)) * em
            self._lines[size] = lines
            whole = not (made.cut or made.hyphenated or made.squeezed)
            self._deep[size] = self._over * size + size + round((lines - 1) * pitch) if whole else 0.0
        return self._deep[size]

    def _waiting(self, name: float, lines: Lines, size: float) -> float:
        """From the name's last baseline to the end of all ink."""
        share = size / MARK_PX
        lead = max(self._least, self._under * name + self._air + lines[0].over * share)
        between = ((one.under + other.over) * share + self._apart for one, other in pairwise(lines))
        return lead + size + sum(size + max(self._between, each) for each in between) + lines[-1].under * share


# --- what stands in one card --------------------------------------------------------------------------


def _saying(sheet: Sheet, box: Box, department: DepartmentView, how: How) -> Saying:
    """In the first of the page's sizes that fits. A word that is too long for its card is broken at last, and a name
    of more words than it holds set smaller."""
    every = _told(sheet, box, department, how)
    for size in how.names:
        for lines in every:
            row = replace(_name_row(sheet, department, (size,)), lines=how.lines)
            saying = _tried(sheet, box, lines, row, how)
            if saying.fits:
                return saying
    return _hyphenated(sheet, box, department, how) or _smaller(sheet, box, department, how)


def _told(sheet: Sheet, box: Box, department: DepartmentView, how: How) -> list[Lines]:
    return list(facts(sheet, department, how.closed, signs=how.signs).told(box.w, how.size, joined=how.joined))


def _hyphenated(sheet: Sheet, box: Box, department: DepartmentView, how: How) -> Saying | None:
    every = _told(sheet, box, department, how)
    for lines in every:
        for size in dict.fromkeys((*how.names, _least_name(sheet))):
            saying = _tried(sheet, box, lines, _name_row(sheet, department, (size,)), how, broken=True)
            if saying.fits:
                return replace(saying, fits=False)
    return None


def _smaller(sheet: Sheet, box: Box, department: DepartmentView, how: How) -> Saying:
    """With as much about waiting as there is room for."""
    shortest = facts(sheet, department, how.closed, signs=how.signs).shortest()
    for lines in (*_told(sheet, box, department, how), *shortest):
        for size in (_least_name(sheet), *map(sheet.exact_px, (_LEAST_MM, 4.0, 3.6))):
            row = replace(_name_row(sheet, department, (size,)), lines=_MOST_LINES + 1)
            saying = _tried(sheet, box, lines, row, how, broken=True)
            if saying.fits:
                return replace(saying, fits=False, short=True)
    return replace(saying, fits=False, short=True)


def _tried(sheet: Sheet, box: Box, lines: Lines, row: Row, how: How, *, broken: bool = False) -> Saying:
    """broken: a word may be broken, where it would be broken in a bold name: the same word the same way."""
    made = stacked(sheet, box.w, (row,))
    whole = made.whole
    if broken and made.rows[0].set.hyphenated:
        bold = stacked(sheet, box.w, (replace(row, weight=700),)).rows[0].set
        made = stacked(sheet, box.w, (replace(row, text="\n".join(bold.lines)),))
        whole = not bold.cut and not bold.squeezed
    saying = Saying(made, lines)
    deep = made.rows[0].top + made.rows[0].set.height_px
    high = (
        _lead(sheet, saying, how.size) + _high(sheet, lines, how.size) + line_ink(sheet, lines[-1].parts, how.size)[1]
    )
    return replace(saying, fits=whole and deep + high <= box.h + 0.5)


def _name_row(sheet: Sheet, department: DepartmentView, sizes: tuple[float, ...]) -> Row:
    name, language = sheet.view.named(department.names)
    weight: Weight = 700 if gives(department) else 400
    colour = sheet.theme.text if gives(department) else sheet.theme.quiet
    return Row(name, sizes, weight, colour, lines=_MOST_LINES, tight=True, language=language)
