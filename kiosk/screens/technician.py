"""The technician's corner: a number is asked for, then how the machine is, and what can be done with it."""

from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from kiosk.corner import Facts, ReaderState, SoundState
from kiosk.fronts import Pin, Technician
from kiosk.screens.frame import bar_height
from kiosk.screens.header import header
from kiosk.screens.key_row import Keyed, key_row
from kiosk.screens.keypad import (
    EMPTY,
    ERASE,
    LATIN,
    OFF_ERASE,
    hidden_field,
    low_number_pad,
    number_pad,
)
from kiosk.screens.pad import Pad, low_pad, pad_beside, said_beside
from kiosk.screens.pieces import KEY_MM, key, least_width
from kiosk.screens.sheet import Sheet
from kiosk.screens.stack import Row, line_ink, put, stack, stacked
from kiosk.screens.typed import desk, low, on_line, titled, told, top_line
from kiosk.terms import Link
from smartqueue.i18n import Words
from smartqueue.look.inline import Part, Sign
from smartqueue.look.inline import Words as InLine
from smartqueue.look.inline import width as width_of
from smartqueue.look.scene import Box
from smartqueue.look.typeset import Style, width
from smartqueue.terms import Language, PrinterState

_CLOCK_OFF_S = 2.0
"""A clock that is further off is worth a word."""
_GOOD_PRINTERS = frozenset({PrinterState.OK, PrinterState.UNKNOWN})
_TABLE_MM = ((4.4, 3.6), (4.0, 3.6), (3.6, 3.4), (3.4, 3.2))
_TABLE_SMALL_MM = ((3.8, 3.4), (3.6, 3.2), (3.4, 3.2), (3.2, 3.0), (3.0, 2.8), (2.8, 2.6))
"""Capitals of what is told of the machine, and of what stands under it."""
_NOTE_ICONS = {
    "test_printed": "check",
    "test_printing": "printer",
    "sound_testing": "speaker",
    "sound_played": "check",
    "restarting": "recall",
}
_NARROW_MM = 160.0
"""Upright panels on which words of keys stand under their icons."""


def draw_pin(sheet: Sheet, front: Pin) -> None:
    words, locked = sheet.view.words, front.locked_until > sheet.view.now
    erase, title = OFF_ERASE if locked else ERASE, words.text("kiosk.pin.title")
    problem = _pin_problem(sheet, front, locked=locked)
    if low(sheet):
        line = top_line(sheet)
        on_line(sheet, line, Row(title, sheet.steps(5.8, 5.2, 4.7, 4.4, 4.0), 700))
        place = low_pad(sheet, line)
        low_number_pad(sheet, place.keys, (erase, EMPTY), off=locked)
        _pin_line(sheet, place.said, problem)
    elif sheet.screen.portrait:
        header(sheet)
        over = desk(sheet)
        keys, bar = over.keys.split_bottom(bar_height(sheet), sheet.gap)
        place = Pad(over.words, over.field, keys, bar)
        titled(sheet, place.said, title, [words.text("kiosk.pin.line")], problem)
        number_pad(sheet, place.keys, (EMPTY, erase), off=locked)
    else:
        header(sheet)
        place = pad_beside(sheet)
        said_beside(sheet, place.said, title, words.text("kiosk.pin.line"), problem)
        number_pad(sheet, place.keys, (EMPTY, erase), off=locked)
    hidden_field(sheet, place.field, len(front.typed))
    if front.typed:
        key(sheet, place.bar, "done", "check", words.text("kiosk.key.continue"), kind="primary")
    else:
        key(sheet, place.bar, "done", "back", words.text("kiosk.key.leave"), directional=True)


def _pin_problem(sheet: Sheet, front: Pin, *, locked: bool) -> str:
    words = sheet.view.words
    if locked:
        return words.text("kiosk.pin.locked", time=span_words(words, front.locked_until - sheet.view.now))
    return words.text("kiosk.pin.wrong") if front.wrong and not front.typed else ""


def _pin_line(sheet: Sheet, box: Box, problem: str) -> None:
    """On low panels: what to type, or what did not work, beside the pad."""
    box = box.split_top(sheet.px(1.2))[1]
    if problem:
        told(sheet, box.split_top(sheet.px(30))[0], problem, lines=3, share=0.0)
        return
    line = Row(sheet.view.words.text("kiosk.pin.line"), sheet.quiet, 400, sheet.theme.quiet, lines=4)
    stack(sheet, box, (line,), share=0.0)


def span_words(words: Words, seconds: float) -> str:
    """Of some time: seconds below two minutes, else minutes."""
    whole = max(1, ceil(seconds))
    return words.text("kiosk.seconds", n=whole) if whole < 120 else words.text("kiosk.minutes", n=ceil(whole / 60))


# --- how the machine is -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of the machine. state: in words; good: None = neither; more: lines of addresses and numbers
    in Latin letters, which may be parted between two spaces; said: more in words."""

    icon: str
    name: str
    state: str
    good: bool | None = None
    more: tuple[str, ...] = ()
    said: str = ""


def draw_technician(sheet: Sheet, front: Technician) -> None:
    words, gap = sheet.view.words, sheet.gap
    rest, bar = sheet.body.split_bottom(sheet.px(24 if sheet.screen.portrait else 20), gap)
    if low(sheet):
        title = top_line(sheet)
    else:
        header(sheet)
        title, rest = rest.split_top(sheet.px(14 if sheet.screen.portrait else 12), sheet.px(2))
    _title(sheet, title, front)
    _table(sheet, rest, facts_lines(words, front.facts))
    row = [
        Keyed("test_print", "printer", words.text("kiosk.key.test_print")),
        Keyed("test_sound", "speaker", words.text("kiosk.key.test_sound")),
        Keyed("restart", "recall", words.text("kiosk.key.restart")),
        Keyed("done", "check", words.text("kiosk.done"), primary=True),
    ]
    narrow = sheet.screen.portrait and sheet.screen.width_mm < _NARROW_MM
    if not low(sheet) and not sheet.screen.portrait:
        key_row(sheet, bar, row)
        return
    least = [max(sheet.exact_px(KEY_MM), least_width(sheet, one.word)) if narrow else 0.0 for one in row]
    spare = max(0.0, bar.w - gap * (len(row) - 1) - sum(least)) / len(row)
    for place, one in zip(bar.columns(*[one + spare for one in least], gap=gap), row, strict=True):
        key(sheet, place, one.name, one.icon, one.word, kind="primary" if one.primary else "plain", mm=4.4)


def _title(sheet: Sheet, box: Box, front: Technician) -> None:
    """What came of the last action at the end of the line; before it what this is, and its name."""
    box = _note(sheet, box, front.note) if front.note else box
    sizes = sheet.steps(5.8, 5.2, 4.7, 4.4, 4.0, 3.6) if sheet.small else sheet.steps(7.3, 6.5, 5.8, 4.7, 4.4, 4.0)
    made = stacked(
        sheet, box.w - sheet.px(2), (Row(sheet.view.words.text("kiosk.technician.title"), sizes, 700),), box.h
    )
    put(sheet, box, made)
    shown, unit = made.rows[0].set, front.facts.unit
    rest = box.split_left(shown.width_px, sheet.px(4))[1]
    size = min(shown.capital_px, sheet.capitals(4.4 if not sheet.small else 3.6))
    if unit and width(unit, size, sheet.style(language=LATIN)) <= rest.w:
        sheet.text(rest, unit, (size,), colour=sheet.theme.quiet, language=LATIN)


def _note(sheet: Sheet, box: Box, note: str) -> Box:
    """Gives what is left of the box."""
    text, icon = sheet.view.words.text(f"kiosk.technician.note.{note}"), _NOTE_ICONS.get(note, "warning")
    colour = sheet.theme.trouble if icon == "warning" else sheet.theme.primary
    parts: list[Part] = [Sign(icon, colour), InLine(text, colour, 700)]
    language, sizes = sheet.view.language, sheet.steps(4.4, 4.0, 3.6, 3.2, 2.8)
    size = next((one for one in sizes if width_of(parts, language, one) <= box.w * 0.55), sizes[-1])
    rest, place = box.split_right(width_of(parts, language, size) + 1, sheet.px(4))
    sheet.line(place, parts, size)
    return rest


# --- the table ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """A line as it is set: its rows, from the first to the last."""

    icon: str
    rows: tuple[tuple[tuple[Part, ...], float], ...]
    pitches: tuple[float, ...]
    high: float
    """Of all ink, with air to the rules."""


def _table(sheet: Sheet, area: Box, lines: list[Line]) -> None:
    """In one column or in two of which neither is much longer, at the largest size at which all is said; where even the
    smallest is too large, the last rows are left out."""
    columns = area.columns(*[1.0] * (1 if sheet.screen.portrait else 2), gap=sheet.px(5))
    side = sheet.px(8 if not sheet.small else 6)
    for size, under in _TABLE_SMALL_MM if sheet.small else _TABLE_MM:
        sizes = sheet.capitals(size), sheet.capitals(under)
        told = [_told(sheet, line, columns[0].w - side - sheet.px(3), *sizes) for line in lines]
        parts = _parted(told, len(columns), area.h)
        if all(sum(one.high for one in part) <= area.h for part in parts):
            break
    for column, part in zip(columns, parts, strict=True):
        _column(sheet, column, _shortened(sheet, part, area.h), side)


def _parted(told: list[Told], columns: int, room: float) -> list[list[Told]]:
    """In the middle where that fits, so that things keep their places; else where no column is much longer."""
    if columns == 1:
        return [told]

    def longest(end: int) -> float:
        return max(sum(one.high for one in part) for part in (told[:end], told[end:]))

    middle = len(told) // 2
    end = middle if longest(middle) <= room else min(range(1, len(told)), key=longest)
    return [told[:end], told[end:]]


def _shortened(sheet: Sheet, part: list[Told], room: float) -> list[Told]:
    """Without the last rows of the longest ones."""
    part = list(part)
    while sum(one.high for one in part) > room and any(len(one.rows) > 1 for one in part):
        most = max(range(len(part)), key=lambda at: len(part[at].rows))
        part[most] = _spaced(sheet, part[most].icon, part[most].rows[:-1])
    return part


def _told(sheet: Sheet, line: Line, room: float, size: float, less: float) -> Told:
    """Name and state on one row where they have room, addresses and numbers below."""
    language, parts = sheet.view.language, tuple(_state_parts(sheet, line))
    rows: list[tuple[tuple[Part, ...], float]] = [(parts, size)]
    if width_of(parts, language, size) > room:
        rows = [(parts[:1], less), (parts[1:], size)]
    for text, other in ((line.said, language), *((each, LATIN) for each in line.more)):
        for row in _broken(text, room, less, sheet.style(language=other)):
            fitting = less * min(1.0, room / max(1.0, width(row, less, sheet.style(language=other))))
            rows.append(((InLine(row, sheet.theme.quiet, language=other),), fitting))
    return _spaced(sheet, line.icon, tuple(rows))


def _broken(text: str, room: float, size: float, style: Style) -> list[str]:
    """In rows: parted between two spaces, what is longer between words."""
    rows: list[str] = []
    for part in text.split("  "):
        whole = width(part, size, style) <= room
        for number, piece in enumerate([part] if whole else part.split(" ")):
            joined = f"{rows[-1]}{' ' if number else '  '}{piece}" if rows else piece
            if rows and width(joined, size, style) <= room:
                rows[-1] = joined
            else:
                rows.append(piece)
    return [row for row in rows if row]


def _spaced(sheet: Sheet, icon: str, rows: tuple[tuple[tuple[Part, ...], float], ...]) -> Told:
    """From each baseline to the next so far that ink never touches ink."""
    air, usual = sheet.px(0.5), sheet.px(1.4 if sheet.small else 2.4)
    ink = [line_ink(sheet, parts, size) for parts, size in rows]
    pitches = tuple(
        size + max(usual, upper[1] + air + lower[0])
        for (upper, lower), (_, size) in zip(pairwise(ink), rows[1:], strict=True)
    )
    high = ink[0][0] + rows[0][1] + sum(pitches) + ink[-1][1] + 2 * sheet.px(0.6 if sheet.small else 1.2)
    return Told(icon, rows, pitches, high)


def _column(sheet: Sheet, box: Box, part: list[Told], side: float) -> None:
    """One below the other, apart by what is left; a thin rule ends each."""
    spare = min((box.h - sum(one.high for one in part)) / len(part), sheet.px(9))
    thin, y = max(1.0, sheet.px(0.25)), box.y
    for one in part:
        place = Box(box.x, y, box.w, one.high + spare)
        sheet.bar(Box(place.x, place.bottom - thin, place.w, thin), sheet.theme.rule)
        icon, rest = place.split_left(side, sheet.px(3))
        sheet.icon(icon.centred(side, min(side, place.h * 0.8)), one.icon, sheet.theme.quiet)
        over, under = (line_ink(sheet, *row) for row in (one.rows[0], one.rows[-1]))
        deep = one.rows[0][1] + sum(one.pitches)
        top = rest.centred(rest.w, over[0] + deep + under[1]).y + over[0]
        baseline = top + one.rows[0][1]
        for (parts, size), pitch in zip(one.rows, (*one.pitches, 0.0), strict=True):
            row, only = Box(rest.x, baseline - size, rest.w, size), parts[0]
            if len(parts) == 1 and isinstance(only, InLine):
                language = Language(only.language) if only.language else None
                sheet.text(row, only.text, (size,), weight=only.weight, colour=only.colour, language=language)
            else:
                sheet.line(row, parts, size)
            baseline += pitch
        y = place.bottom


def _state_parts(sheet: Sheet, line: Line) -> list[Part]:
    colour = sheet.theme.trouble if line.good is False else sheet.theme.text
    parts: list[Part] = [InLine(line.name, sheet.theme.quiet)]
    if line.good is not None:
        parts.append(Sign("check" if line.good else "warning", sheet.theme.primary if line.good else colour))
    return [*parts, InLine(line.state, colour, 700)]


def facts_lines(words: Words, facts: Facts) -> list[Line]:
    """What a technician is told, in the order in which it is looked at."""
    return [
        _network(words, facts),
        _printer(words, facts),
        _hub(words, facts),
        _reader(words, facts),
        _sound(words, facts),
        _clock(words, facts),
        _numbers(words, facts),
        Line(
            "info",
            words.text("kiosk.technician.software"),
            facts.version or words.text("kiosk.technician.not_known"),
            said=words.text("kiosk.technician.up", time=_long_span(words, facts.up_s)),
        ),
    ]


def _long_span(words: Words, seconds: int) -> str:
    hours = seconds // 3600
    return words.text("kiosk.technician.hours", n=hours) if hours else words.text("kiosk.minutes", n=seconds // 60)


def _network(words: Words, facts: Facts) -> Line:
    name = words.text("kiosk.technician.network")
    if not facts.addresses:
        return Line("network", name, words.text("kiosk.technician.no_address"), good=False)
    return Line("network", name, facts.addresses[0], good=True, more=("  ".join(facts.addresses[1:]),))


def _hub(words: Words, facts: Facts) -> Line:
    links = {one.value for one in Link}
    state = words.text(f"kiosk.technician.link.{facts.link}") if facts.link in links else facts.link
    reach = f"{facts.reach_ms} ms" if facts.reach_ms is not None else ""
    seq = f"#{facts.seq}" if facts.seq is not None else ""
    more = facts.hub, "  ".join(part for part in (facts.hub_version, reach, seq) if part)
    known = state or words.text("kiosk.technician.not_known")
    return Line("hub", words.text("kiosk.technician.hub"), known, good=facts.link == Link.UP, more=more)


def _clock(words: Words, facts: Facts) -> Line:
    off, name = facts.clock_off_s, words.text("kiosk.technician.clock")
    if off is None:
        return Line("clock", name, words.text("kiosk.technician.not_known"))
    if abs(off) < _CLOCK_OFF_S:
        return Line("clock", name, words.text("kiosk.technician.right"), good=True)
    way = "ahead" if off > 0 else "behind"
    return Line("clock", name, words.text(f"kiosk.technician.{way}", n=round(abs(off))), good=False)


def _printer(words: Words, facts: Facts) -> Line:
    return Line(
        "printer",
        words.text("kiosk.technician.printer"),
        words.text(f"kiosk.technician.printer_state.{facts.printer}"),
        good=None if facts.printer is PrinterState.UNKNOWN else facts.printer in _GOOD_PRINTERS,
        more=("  ".join(part for part in (facts.printer_profile, facts.printer_address) if part),),
    )


def _numbers(words: Words, facts: Facts) -> Line:
    said = []
    if facts.unmerged:
        said.append(words.text("kiosk.technician.unmerged", n=facts.unmerged))
    if facts.astray:
        said.append(words.text("kiosk.technician.astray", labels=" ".join(facts.astray)))
    each = "  ".join(f"{letter} {count}" for letter, count in facts.numbers)
    left = str(sum(count for _, count in facts.numbers)) if each else words.text("kiosk.technician.none")
    good = False if said else bool(each) or None
    return Line("ticket", words.text("kiosk.technician.numbers"), left, good=good, said="  ".join(said), more=(each,))


def _reader(words: Words, facts: Facts) -> Line:
    state = facts.reader
    name, text = words.text("kiosk.technician.reader"), words.text(f"kiosk.technician.reader_state.{state}")
    good = {ReaderState.THERE: True, ReaderState.MISSING: False}.get(state)
    return Line("barcode", name, text, good=good)


def _sound(words: Words, facts: Facts) -> Line:
    state = facts.sound
    good = {SoundState.WORKS: True, SoundState.NO_CARD: False, SoundState.NO_VOICE: False}.get(state)
    return Line(
        "speaker",
        words.text("kiosk.technician.sound"),
        words.text(f"kiosk.technician.sound_state.{state}"),
        good=good,
        said=words.text(f"kiosk.technician.sound_help.{state}") if good is False else "",
        more=(facts.sound_device,),
    )
