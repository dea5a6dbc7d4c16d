"""A card with a number on it: department, label as high as fits, and what waiting means. The label and the facts get
their room first; the department's area gives way."""

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.screens.pieces import chip, chip_width, range_words
from kiosk.screens.sheet import OURS, Sheet
from kiosk.screens.stack import Row, Stack, put, stacked
from smartqueue.look.scene import Box
from smartqueue.look.typeset import block, width
from smartqueue.terms import Label, Language
from smartqueue.wire import DepartmentView, EstimateView

LATIN = Language("en")
"""Labels, codes and addresses read from left to right in Latin letters everywhere."""
LABEL_MM = 34.0
_LARGEST_LABEL_MM = 54.0
Fact = tuple[str, str]
"""Icon and words."""


# --- what is said -------------------------------------------------------------------------------------


def waiting_facts(sheet: Sheet, ahead: int, estimate: EstimateView | None) -> list[Fact]:
    facts = [("people", sheet.view.words.count("kiosk.before_you", ahead))]
    if estimate is not None:
        facts.append(("clock", range_words(sheet, estimate)))
    return facts


def away_facts(sheet: Sheet) -> list[Fact]:
    """As on the ticket: nobody knows how many are before."""
    return [("wifi-off", sheet.view.words.text("kiosk.away_wait"))]


# --- the card -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Head:
    """Chip, name and area at the top of a card: on one line in capitals of this size, px, or one below the other."""

    height: float
    size: float = 0.0
    lines: Stack | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What an arrangement must reach. label: its least capitals, mm. facts: sizes of theirs, mm, the first that goes.
    whole: the area is told too."""

    label: float
    facts: tuple[float, ...]
    whole: bool = True


_WISHES = (
    Wish(24.0, (7.3,)),
    Wish(24.0, (6.5, 5.8, 5.2, 4.7)),
    Wish(14.0, (5.8, 5.2, 4.7), whole=False),
)
_SMALL_WISHES = (
    Wish(15.0, (5.2, 4.7, 4.4)),
    Wish(14.0, (4.4, 4.0, 3.6)),
    Wish(13.7, (3.6,)),
    Wish(14.0, (4.4, 4.0, 3.6), whole=False),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """label, facts: capitals, px. beside: the facts stand one below the other at the end of the card. bare: without
    their icons, where long words have no room for them."""

    label: float
    facts: float = 0.0
    beside: bool = False
    bare: bool = False


def ticket_card(
    sheet: Sheet,
    box: Box,
    department: DepartmentView | None,
    label: Label | None,
    facts: list[Fact],
    *,
    most_mm: float = _LARGEST_LABEL_MM,
    centred: bool = False,
    colour: str = OURS,
) -> None:
    """department: None where nobody knows it any more. label: None while there is none: its
    letter, and dots for what comes. most_mm: the label's capitals
    are no higher. centred: the label stands in the middle where nothing stands beside it. colour: of the label."""
    sheet.panel(box)
    inner = inside(sheet, box)
    if label is None:
        letter = department.letter if department is not None else ""
        head, plan = _planned(sheet, inner, department, (Label(f"{letter}000"), []), most_mm)
        inner = put_head(sheet, inner, department, head)
        _label(sheet, inner, Label(f"{letter}···"), plan.label, sheet.theme.quiet, centred=centred)
        return
    head, plan = _planned(sheet, inner, department, (label, facts), most_mm)
    inner = put_head(sheet, inner, department, head)
    facts = _bare(facts) if plan.bare else facts
    if facts and plan.beside:
        inner = _facts_beside(sheet, inner, facts, plan.facts)
    elif facts:
        inner = _facts_below(sheet, inner, facts, plan.facts)
    _label(sheet, inner, label, plan.label, colour, centred=centred and not facts)


def inside(sheet: Sheet, box: Box) -> Box:
    return box.inset(sheet.px(5 if not sheet.small else 4), sheet.px(3.2 if not sheet.small else 1.5))


def _planned(
    sheet: Sheet, inner: Box, department: DepartmentView | None, said: tuple[Label, list[Fact]], most_mm: float
) -> tuple[Head, Plan]:
    """The first wish that comes true, with as much of the department as goes with it."""
    known = list(heads(sheet, inner.w, department)) or [Head(0.0)]
    told = [head for head in known if head.size or head.lines is None or len(head.lines.rows) > 1] or known
    for wish in _SMALL_WISHES if sheet.small else _WISHES:
        for head in told if wish.whole else known:
            room = below_head(sheet, inner, head)
            plan = _best(sheet, room, said, wish, most_mm)
            if plan is not None:
                return head, plan
    room = below_head(sheet, inner, known[-1])
    size = sheet.capitals(3.6)
    label, facts = said
    bare = bool(facts) and _widths(sheet, facts, size) > room.w
    facts = _bare(facts) if bare else facts
    if facts and _widths(sheet, facts, size) > room.w:
        wide = room.w - max(_fact_width(sheet, fact, size) for fact in facts) - sheet.px(4)
        return known[-1], Plan(_label_size(sheet, wide, room.h, label, most_mm), size, beside=True, bare=True)
    line = _facts_height(sheet, room, facts, size) if facts else 0.0
    return known[-1], Plan(_label_size(sheet, room.w, room.h - line, label, most_mm), size, bare=bare)


def _best(sheet: Sheet, room: Box, said: tuple[Label, list[Fact]], wish: Wish, most_mm: float) -> Plan | None:
    """In the first size of the facts that leaves the label its height: below or beside, where the label is higher."""
    label, facts = said
    for size in sheet.steps(*wish.facts) if facts else (0.0,):
        plans = [Plan(_label_size(sheet, room.w, room.h, label, most_mm))] if not facts else []
        if facts and _widths(sheet, facts, size) <= room.w:
            high = room.h - _facts_height(sheet, room, facts, size)
            plans.append(Plan(_label_size(sheet, room.w, high, label, most_mm), size))
        if facts and 4 * size <= room.h:
            wide = room.w - max(_fact_width(sheet, fact, size) for fact in facts) - sheet.px(4)
            plans.append(Plan(_label_size(sheet, wide, room.h, label, most_mm), size, beside=True))
        best = max(plans, key=lambda plan: (plan.label, plan.beside), default=None)
        if best is not None and best.label >= sheet.px(min(wish.label, most_mm)) - 1:
            return best
    return None


# --- the department -----------------------------------------------------------------------------------


def heads(sheet: Sheet, wide: float, department: DepartmentView | None) -> Iterator[Head]:
    """Ways to say a department, from the one that says most in the largest letters to the shortest."""
    if department is None:
        return
    usual = sheet.px(11.2 if not sheet.small else 9.6)
    rest = wide - chip_width(sheet, usual, department) - sheet.px(3)
    wished = sheet.steps(4.6, 4.4, 4.0) if sheet.small else sheet.steps(4.6, 4.4)
    one_line = next((size for size in wished if _line_width(sheet, department, size) <= rest), None)
    if one_line is not None:
        yield Head(usual, one_line)
    sizes = sheet.steps(4.4, 4.0, 3.6) if sheet.small else sheet.steps(4.6, 4.4)
    ways = [(sizes, lines, True) for lines in ((1, 1), (2, 1), (2, 2))]
    ways += [(sizes, (1, 1), False), (sizes, (2, 1), False), (sizes[-1:], (2, 1), False)]
    made = [_stacked(sheet, rest, department, sizes, lines, area=area) for sizes, lines, area in ways]
    for one in [one for one in made if one.whole] or made[-1:]:
        yield Head(max(usual, one.height), lines=one)


def _line_width(sheet: Sheet, department: DepartmentView, size: float) -> float:
    name, language = sheet.view.named(department.names)
    area, area_language = sheet.view.named(department.areas)
    end = sheet.px(3) + width(area, size, sheet.style(language=area_language)) + 2 if area else 0.0
    return width(name, size, sheet.style(700, language=language)) + 2 + end


def _stacked(
    sheet: Sheet,
    wide: float,
    department: DepartmentView,
    sizes: tuple[float, ...],
    lines: tuple[int, int],
    *,
    area: bool,
) -> Stack:
    name, language = sheet.view.named(department.names)
    place, area_language = sheet.view.named(department.areas)
    rows = [Row(name, sizes, 700, lines=lines[0], tight=lines[0] > 1, language=language)]
    if area and place:
        under = sheet.steps(4.0, 3.6) if sheet.small else sheet.steps(4.4, 4.0)
        rows.append(Row(place, under, 400, sheet.theme.quiet, lines=lines[1], language=area_language))
    return stacked(sheet, wide, rows)


def below_head(sheet: Sheet, inner: Box, head: Head) -> Box:
    if not head.height:
        return inner
    return inner.split_top(head.height, sheet.px(3.4 if not sheet.small else 1.0))[1]


def put_head(sheet: Sheet, inner: Box, department: DepartmentView | None, head: Head) -> Box:
    """Draws it at the top; gives what is below."""
    if department is None:
        return inner
    line = inner.split_top(sheet.px(11.2 if not sheet.small else 9.6))[0]
    rest = line.split_left(chip(sheet, line, department), sheet.px(3))[1]
    if head.lines is not None:
        put(sheet, Box(rest.x, line.y, rest.w, head.height), head.lines)
        return below_head(sheet, inner, head)
    name, language = sheet.view.named(department.names)
    area, area_language = sheet.view.named(department.areas)
    name_w = width(name, head.size, sheet.style(700, language=language)) + 2
    name_box, area_box = rest.split_left(name_w, sheet.px(3))
    sheet.text(name_box, name, (head.size,), weight=700, language=language)
    if area:
        sheet.text(area_box, area, (head.size,), colour=sheet.theme.quiet, language=area_language)
    return below_head(sheet, inner, head)


# --- the label ----------------------------------------------------------------------------------------


def label_width(sheet: Sheet, label: Label, size: float) -> float:
    return width(label, 100.0, sheet.style(700, tight=True, language=LATIN)) / 99.0 * size


def _label_size(sheet: Sheet, wide: float, high: float, label: Label, most_mm: float) -> float:
    return float(int(max(1.0, min(high, wide / label_width(sheet, label, 1.0), sheet.px(most_mm)))))


def _label(sheet: Sheet, box: Box, label: Label, size: float, colour: str, *, centred: bool) -> None:
    """Letter and digits as one word, never broken. Its ink, not its bearing, stands on the margin."""
    if centred:
        sheet.text(box, label, (size,), weight=700, colour=colour, align="center", tight=True, language=LATIN)
        return
    ink = block(label, sheet.style(700, tight=True, language=LATIN), (size,))
    bearing = ink.x if sheet.view.words.direction == "ltr" else ink.width_px - ink.x - ink.mask.width
    sheet.text(box.moved(-bearing, 0), label, (size,), weight=700, colour=colour, tight=True, language=LATIN)


# --- the facts ----------------------------------------------------------------------------------------


def _bare(facts: list[Fact]) -> list[Fact]:
    return [("", words) for _, words in facts]


def _fact_width(sheet: Sheet, fact: Fact, size: float) -> float:
    icon = size * 1.2 + _beside_icon(sheet) if fact[0] else 0.0
    return icon + width(fact[1], size, sheet.style(700, tight=True)) + 2


def _beside_icon(sheet: Sheet) -> float:
    return sheet.px(1.6 if not sheet.small else 1.2)


def _widths(sheet: Sheet, facts: list[Fact], size: float) -> float:
    return sum(_fact_width(sheet, fact, size) for fact in facts) + sheet.px(3) * (len(facts) - 1)


def _fact(sheet: Sheet, box: Box, fact: Fact, size: float) -> None:
    text_box = box
    if fact[0]:
        icon_box, text_box = box.split_left(size * 1.2, _beside_icon(sheet))
        sheet.icon(icon_box.centred(icon_box.w, icon_box.w), fact[0], sheet.theme.quiet)
    sheet.text(text_box, fact[1], (size,), weight=700, tight=True)


def _facts_ink(sheet: Sheet, wide: float, facts: list[Fact], size: float) -> tuple[float, float]:
    """Over the capitals, and from them to the lowest ink."""
    made = [stacked(sheet, wide, (Row(text, (size,), 700, tight=True),)) for _, text in facts]
    return max(one.rows[0].top for one in made), max(one.height - one.rows[0].top for one in made)


def _facts_height(sheet: Sheet, room: Box, facts: list[Fact], size: float) -> float:
    """Of a line below the label, with its air."""
    over, high = _facts_ink(sheet, room.w, facts, size)
    least, usual = (1.0, 2.0) if sheet.small else (1.6, 3.6)
    return over + high + max(sheet.px(least), sheet.px(usual) - over)


def _facts_below(sheet: Sheet, box: Box, facts: list[Fact], size: float) -> Box:
    """Side by side under the label; gives what is left for the label."""
    over, high = _facts_ink(sheet, box.w, facts, size)
    line = box.split_bottom(over + high)[1]
    for number, fact in enumerate(facts):
        wide = _fact_width(sheet, fact, size)
        place = line.split_left(wide)[0] if number == 0 else line.split_right(wide)[1]
        _fact(sheet, Box(place.x, place.y + over, place.w, size), fact, size)
    return box.split_bottom(_facts_height(sheet, box, facts, size))[0]


def _facts_beside(sheet: Sheet, box: Box, facts: list[Fact], size: float) -> Box:
    """One below the other at the end; gives what is left for the label."""
    wide = max(_fact_width(sheet, fact, size) for fact in facts)
    label_box, column = box.split_right(wide, sheet.px(4))
    places = column.centred(column.w, size * (3.4 if len(facts) > 1 else 1.2)).rows(*[1.0] * len(facts), gap=size)
    for place, fact in zip(places, facts, strict=True):
        _fact(sheet, place, fact, size)
    return label_box
