"""Notes on the board: what concerns everybody. An emergency always stands; trouble stands while there is room for it;
breaks and notices take turns."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from hub.web.board_calls import word
from hub.web.board_parts import bound, parted
from hub.web.board_turns import marks
from hub.web.board_view import Sight
from hub.web.fitting import folded
from hub.web.markup import Markup, el, icon
from smartqueue.board import Layout, breaks, notices, shut
from smartqueue.i18n import direction
from smartqueue.terms import Language

_COLUMN_EM, _STRIP_EM = 15.3, 38.0
"""Width of a note's line in em: beside the last calls, and across the whole screen."""
_FAR_STRIP_EM = 22.0
_IDLE_LINES, _CALL_LINES = 3, 2
_MARK_EM, _MARK_UNITS = 6.0, 24
"""What the dots that say which part of a note this is take: of the only line of a strip, or of the height of a note."""
_STANDING = 2
"""So many have a place of their own while departments have room enough. Of trouble the rest takes turns with others."""
_NOTE_UNITS, _LINE_UNITS, _GAP_UNITS = 75, 54, 20


@dataclass(frozen=True, slots=True)
class Note:
    """lines: how many it will take, as far as can be guessed. grave: its icon is in the colour of trouble. part: which
    of how many, from 0."""

    icon: str
    text: str
    lines: int = 1
    grave: bool = False
    part: tuple[int, int] = (0, 1)
    language: Language | None = None

    @property
    def units(self) -> int:
        """Height in the column, with the gap above."""
        marked = _MARK_UNITS if self.part[1] > 1 else 0
        return _GAP_UNITS + _NOTE_UNITS + (self.lines - 1) * _LINE_UNITS + marked


@dataclass(frozen=True, slots=True)
class Notes:
    """standing: now. taken: height in units of the place they take in the column. turns: others wait for theirs. above:
    stands in the head."""

    standing: tuple[Note, ...]
    taken: int
    turns: bool
    above: Note | None = None


def notes(sight: Sight, *, crowded: bool = False) -> Notes:
    """Those of the moment. crowded: what everybody has to know keeps its place, or has one in the head while somebody
    is called, and breaks and notices wait then; all else shares one, since departments have no room for more."""
    calm = not sight.on and not crowded
    column = sight.asked.layout is Layout.RECENT
    above = _urgent(sight, crowded=crowded)
    pressing = [_measured(sight, one) for one in _pressing(sight) if one != above]
    fixed = [*pressing, *(_measured(sight, one) for one in _trouble(sight) if one != above)]
    turning = [piece for one in _turning(sight) for piece in _parts(sight, one, calm=calm)]
    places = max(len(pressing), _STANDING if column and not crowded else 0)
    waits = above is not None if column else bool(pressing)
    alone, rest = fixed[:places], list(_alternating(fixed[places:], () if waits else turning))
    now = alone if not rest else [*alone, rest[sight.turn % len(rest)]]
    taken = sum([one.units for one in alone] + ([max(one.units for one in rest)] if rest else []))
    return Notes(tuple(now), taken if column else 0, len(rest) > 1, above)


def _alternating(fixed: Sequence[Note], others: Sequence[Note]) -> Iterator[Note]:
    """What has to stand has every other turn."""
    for n in range(max(len(fixed), len(others))):
        yield from (some[n % len(some)] for some in (fixed, others) if some)


def _urgent(sight: Sight, *, crowded: bool) -> Note | None:
    """For the head: what has to be known where no note can stand, or where a strip has something else to say, too; and
    where departments would have to take turns, or more of them, for the note below a call."""
    layout, pressing = sight.asked.layout, tuple(_pressing(sight))
    if layout is Layout.DOOR:
        return None
    if (len(sight.on) > 1 and layout is not Layout.CALL) or (sight.on and layout is Layout.DEPARTMENTS):
        return pressing[0] if pressing else next(_insecure(sight), None)
    if layout is Layout.RECENT:
        return pressing[0] if pressing and crowded and sight.on else None
    others = next(_trouble(sight), None) or next(_turning(sight), None)
    return pressing[0] if pressing and others else None


def notes_part(sight: Sight, told: Notes) -> Markup:
    return el("div", [_note(sight, one) for one in told.standing], class_="notes", data_part="notes")


def _note(sight: Sight, note: Note) -> Markup:
    language = note.language if note.language not in (None, sight.page.language) else None
    way = direction(language) if language else None
    kind = f"note{' grave' if note.grave else ''}{' parted' if note.part[1] > 1 else ''}"
    said = el("span", note.text, class_="said")
    return el("p", icon(note.icon), said, marks(*note.part, "span"), class_=kind, lang=language, dir=way)


def _pressing(sight: Sight) -> Iterator[Note]:
    """What everybody has to know."""
    letters = [one.letter for one in sight.lines if one.emergency]
    if letters:
        text = sight.page.words.text("display.emergency", letters=letters)
        yield Note("warning", _together(text, letters), grave=True)


def _trouble(sight: Sight) -> Iterator[Note]:
    """What somebody has to put right."""
    yield from _insecure(sight)
    unknown = sight.zone.unknown(sight.known)
    if unknown:
        yield Note("warning", sight.page.words.text("display.unknown", names=list(unknown)), grave=True)


def _insecure(sight: Sight) -> Iterator[Note]:
    if sight.page.site.insecure_lan:
        yield Note("warning", sight.page.words.text("display.insecure"), grave=True)


def _together(text: str, letters: Sequence[str]) -> str:
    """A line does not end before one of these letters."""
    return re.sub(rf" (?=(?:{'|'.join(map(re.escape, letters))})\b)", "\u00a0", text)


def _turning(sight: Sight) -> Iterator[Note]:
    page = sight.page
    for one in breaks(sight.known, sight.zone, sight.lines, page.now):
        place = f"{word(page, one.place)}\u00a0{one.place.number}"
        if one.back_at is None:
            yield Note("pause", page.words.text("display.room_break", place=place))
        else:
            time = page.time(one.back_at)
            yield Note("pause", page.words.text("display.room_break_until", place=place, time=time))
    if sight.asked.layout is Layout.DEPARTMENTS and not sight.calls and not shut(sight.lines):
        yield Note("ticket", page.words.text("display.no_calls"))
    for told in notices(page.site, page.language):
        yield Note("info", told.text, language=told.language)


def _width_em(sight: Sight) -> float:
    if sight.asked.layout is Layout.RECENT:
        return _COLUMN_EM
    return _STRIP_EM if sight.asked.layout is Layout.DEPARTMENTS else _FAR_STRIP_EM


def _measured(sight: Sight, note: Note) -> Note:
    return _folded(note, note.text, _width_em(sight))


def _folded(note: Note, text: str, width_em: float) -> Note:
    said = bound(text, width_em)
    return replace(note, text=said, lines=len(folded(said, width_em)))


def _parts(sight: Sight, note: Note, *, calm: bool) -> Iterator[Note]:
    """A note of too many lines becomes several, which take turns like others."""
    most = (_IDLE_LINES if calm else _CALL_LINES) if sight.asked.layout is Layout.RECENT else 1
    whole = _measured(sight, note)
    if whole.lines <= most:
        yield whole
        return
    width_em = _width_em(sight) - (_MARK_EM if sight.asked.layout is Layout.DEPARTMENTS else 0)
    texts = parted(note.text, width_em, most)
    for n, text in enumerate(texts):
        yield replace(_folded(note, text, width_em), part=(n, len(texts)))
