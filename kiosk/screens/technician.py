"""The technician's corner: a number is asked for, then how the machine is, and what can be done with it."""

from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from kiosk.corner import Facts, ReaderState, SoundState
from kiosk.fronts import Pin, Technician
from kiosk.screens.frame import grid, notice
from kiosk.screens.header import header
from kiosk.screens.keypad import (
    EMPTY,
    ERASE,
    LATIN,
    OFF_ERASE,
    hidden_field,
    low_number_pad,
    number_pad,
    placed,
)
from kiosk.screens.pieces import key
from kiosk.screens.sheet import Sheet
from kiosk.screens.stack import Row, line_ink, put, stacked
from kiosk.screens.typed import desk
from kiosk.terms import Link
from smartqueue.i18n import Words
from smartqueue.look.inline import Part, Sign
from smartqueue.look.inline import Words as InLine
from smartqueue.look.inline import width as width_of
from smartqueue.look.scene import Box
from smartqueue.look.theme import TARGET_MM
from smartqueue.look.typeset import width
from smartqueue.terms import Language, PrinterState

_CLOCK_OFF_S = 2.0
"""A clock that is further off is worth a word."""
_GOOD_PRINTERS = frozenset({PrinterState.OK, PrinterState.UNKNOWN})
_NOTE_ICONS = {
    "test_printed": "check",
    "test_printing": "printer",
    "sound_testing": "speaker",
    "sound_played": "check",
    "restarting": "recall",
}


def draw_pin(sheet: Sheet, front: Pin) -> None:
    header(sheet)
    low = sheet.small and not sheet.screen.portrait
    place = desk(sheet, 72)
    locked = front.locked_until > sheet.view.now
    _pin_words(sheet, place.words, front, locked=locked, low=low)
    hidden_field(sheet, place.field, len(front.typed))
    erase = OFF_ERASE if locked else ERASE
    if low:
        pad, side = place.keys.split_left(4 * sheet.exact_px(TARGET_MM) + 3 * sheet.gap, sheet.gap)
        low_number_pad(sheet, pad, (erase, EMPTY), off=locked)
        bottom = side.split_bottom((place.keys.h - 2 * sheet.gap) / 3)[1]
    elif sheet.screen.portrait:
        pad, bottom = place.keys.split_bottom(sheet.px(24), sheet.gap)
        number_pad(sheet, pad, (EMPTY, erase), off=locked)
    else:
        pad, side = place.keys.split_left(place.keys.w * 0.6, sheet.gap)
        number_pad(sheet, pad, (EMPTY, erase), off=locked)
        bottom = side.split_bottom((place.keys.h - 3 * sheet.gap) / 4)[1]
    words = sheet.view.words
    if front.typed:
        key(sheet, bottom, "done", "check", words.text("kiosk.key.continue"), kind="primary")
    else:
        key(sheet, bottom, "done", "back", words.text("kiosk.key.leave"), directional=True)


def _pin_words(sheet: Sheet, box: Box, front: Pin, *, locked: bool, low: bool) -> None:
    words = sheet.view.words
    problem = ""
    if locked:
        problem = words.text("kiosk.pin.locked", time=span_words(words, front.locked_until - sheet.view.now))
    elif front.wrong and not front.typed:
        problem = words.text("kiosk.pin.wrong")
    upright = sheet.screen.portrait
    title = Row(words.text("kiosk.pin.title"), sheet.steps(7.3, 6.5, 5.8, 5.2, 4.7, 4.4), 700)
    line = Row(words.text("kiosk.pin.line"), sheet.quiet, 400, sheet.theme.quiet, gap=sheet.px(3.4), lines=2)
    share = 1.0 if upright else 0.5 if low else 0.0
    if not problem:
        placed(sheet, box, (title, line), share=share)
    elif low:
        notice(sheet, box, problem)
    else:
        over, under = box.split_top(box.h - sheet.px(16) if upright else sheet.px(9), sheet.px(2))
        placed(sheet, over, (title,), share=share)
        notice(sheet, under, problem)


def span_words(words: Words, seconds: float) -> str:
    """Of some time: seconds below two minutes, else minutes."""
    whole = max(1, ceil(seconds))
    return words.text("kiosk.seconds", n=whole) if whole < 120 else words.text("kiosk.minutes", n=ceil(whole / 60))


# --- how the machine is -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of the machine. state: in words; good: None = neither; more: lines of addresses and numbers
    in Latin letters, what is between two spaces may be left out; said: more in words."""

    icon: str
    name: str
    state: str
    good: bool | None = None
    more: tuple[str, ...] = ()
    said: str = ""


def draw_technician(sheet: Sheet, front: Technician) -> None:
    words = sheet.view.words
    header(sheet)
    body, bar = sheet.body.split_bottom(sheet.px(24 if sheet.screen.portrait else 20), sheet.gap)
    title, rest = body.split_top(sheet.px(14 if sheet.screen.portrait else 8 if sheet.small else 12), sheet.px(2))
    _title(sheet, title, front)
    lines = facts_lines(words, front.facts)
    columns = 1 if sheet.screen.portrait else 2
    rows = ceil(len(lines) / columns)
    table = rest.split_top(min(sheet.px(26) * rows, rest.h))[0]
    places = grid(table, columns, rows, 0.0, apart=sheet.px(5))
    size = _size(sheet, places[0].w - sheet.px(11), lines)
    for box, line in zip(places, lines, strict=False):
        _line(sheet, box, line, size)
    test, sound, restart, done = bar.columns(1.0, 1.0, 1.0, 1.0, gap=sheet.gap)
    key(sheet, test, "test_print", "printer", words.text("kiosk.key.test_print"))
    key(sheet, sound, "test_sound", "speaker", words.text("kiosk.key.test_sound"))
    key(sheet, restart, "restart", "recall", words.text("kiosk.key.restart"))
    key(sheet, done, "done", "check", words.text("kiosk.done"), kind="primary")


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


def _size(sheet: Sheet, room: float, lines: list[Line]) -> float:
    """Of names and states: the largest at which every line fits."""
    sizes = sheet.steps(3.6, 3.4, 3.2, 3.0, 2.8) if sheet.small else sheet.steps(4.4, 4.0, 3.6)
    language, parts = sheet.view.language, [_state_parts(sheet, line) for line in lines]
    fits = (size for size in sizes if all(width_of(one, language, size) <= room for one in parts))
    return next(fits, sizes[-1])


def _line(sheet: Sheet, box: Box, line: Line, size: float) -> None:
    """Its picture; name and state on one line, addresses and numbers below; the state alone where there is no room for
    its name. A thin rule ends it."""
    thin = max(1.0, sheet.px(0.25))
    sheet.bar(Box(box.x, box.bottom - thin, box.w, thin), sheet.theme.rule)
    side = min(sheet.px(8), box.h * 0.55)
    icon, rest = box.inset(0, sheet.px(0.6)).split_left(side, sheet.px(3))
    sheet.icon(icon.centred(side, side), line.icon, sheet.theme.quiet)
    low = min(size, sheet.capitals(2.8 if sheet.small else 3.6))
    parts = _state_parts(sheet, line)
    under: list[tuple[str, Language | None]] = [(line.said, None)] if line.said else []
    under += [(text, LATIN) for text in line.more if text]
    if width_of(parts, sheet.view.language, size) > rest.w:
        below: list[tuple[list[Part], float]] = [(parts[:1], size), (parts[-1:], low)]
        if _deep(sheet, below, _pitches(sheet, below)) + line_ink(sheet, parts, size)[0] > rest.h:
            parts = parts[1:]
        else:
            parts, under = parts[:1], [(line.state, None), *under]
    lines: list[tuple[list[Part], float]] = [(parts, size)]
    lines += [([InLine(text, "")], low) for text, _ in under]
    pitches = _pitches(sheet, lines)
    while under and _deep(sheet, lines, pitches) + line_ink(sheet, parts, size)[0] > rest.h:
        del under[-1], lines[-1], pitches[-1]
    content = rest.centred(rest.w, _deep(sheet, lines, pitches))
    sheet.line(Box(content.x, content.y, content.w, size), parts, size)
    baseline = content.y + size
    for (text, language), pitch in zip(under, pitches, strict=True):
        baseline += pitch
        _more(sheet, Box(content.x, baseline - low, content.w, low), text, low, language)


def _deep(sheet: Sheet, lines: list[tuple[list[Part], float]], pitches: list[float]) -> float:
    """From the first capitals to the end of all ink."""
    last, size = lines[-1]
    return lines[0][1] + sum(pitches) + line_ink(sheet, last, size)[1]


def _pitches(sheet: Sheet, lines: list[tuple[list[Part], float]]) -> list[float]:
    """From each baseline to the next, px: ink never touches ink."""
    air, usual = sheet.px(0.5), sheet.px(1.6 if sheet.small else 2.4)
    return [
        other + max(usual, line_ink(sheet, upper, one)[1] + air + line_ink(sheet, lower, other)[0])
        for (upper, one), (lower, other) in pairwise(lines)
    ]


def _more(sheet: Sheet, box: Box, text: str, size: float, language: Language | None) -> None:
    """As many of its parts as there is room for."""
    style = sheet.style(language=language)
    while width(text, size * 0.8, style) > box.w and "  " in text:
        text = text.rpartition("  ")[0]
    steps = (size, size * 0.9, size * 0.8, size * 0.7)
    sheet.text(box, text, steps, colour=sheet.theme.quiet, language=language)


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
