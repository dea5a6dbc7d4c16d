"""What a department's card says of waiting there: lines, and the ways to fold or to join them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kiosk.screens.pieces import emphasised, gives, range_words, waiting_words
from kiosk.screens.sheet import Sheet
from kiosk.screens.stack import line_ink
from smartqueue.look.inline import Part, Sign, Words, width
from smartqueue.wire import DepartmentView

MARK_PX = 40.0
"""Capitals at which words are measured, to be known at any size."""
SAFE = 1.002
"""As much longer they may be at that size."""


@dataclass(frozen=True, slots=True)
class Line:
    """length: and the ink over its capitals and under its baseline, px, at MARK_PX."""

    parts: tuple[Part, ...]
    length: float
    over: float
    under: float


Lines = list[Line]


@dataclass(frozen=True, slots=True)
class Facts:
    """each: ways to say one thing, on one line or two, the best first. joined: all of it on one line."""

    each: list[list[Lines]]
    joined: Line

    def told(self, room: float, size: float, *, joined: bool) -> Iterator[Lines]:
        """Ways to say all of it in the width, the page's own first: each thing on its own lines, or all on one."""
        most = room * MARK_PX / size / SAFE
        if len(self.each) == 1 or not joined:
            apart = [next((way for way in ways if all(line.length <= most for line in way)), []) for ways in self.each]
            if all(apart):
                yield [line for way in apart for line in way]
        if len(self.each) > 1 and self.joined.length <= most:
            yield [self.joined]

    def shortest(self) -> Iterator[Lines]:
        """Ways to say the first thing only, whatever room there is."""
        first = self.each[0]
        yield from (first[-1], first[0])


def facts(sheet: Sheet, department: DepartmentView, closed: str, *, signs: bool) -> Facts:
    """closed: key of the words for one that is closed and tells no hour. signs: a picture says that so many wait."""
    ways = [
        [[_line(sheet, parts) for parts in way] for way in thing] for thing in _things(sheet, department, closed, signs)
    ]
    return Facts(ways, _line(sheet, _joined(sheet, [way[0][0].parts for way in ways])))


def _line(sheet: Sheet, parts: Sequence[Part]) -> Line:
    return Line(tuple(parts), width(parts, sheet.view.language, MARK_PX), *line_ink(sheet, parts, MARK_PX))


def _joined(sheet: Sheet, parts: Sequence[Sequence[Part]]) -> list[Part]:
    first, *rest = parts
    return [*first, *(piece for part in rest for piece in (Words("·", sheet.theme.quiet), *part))]


_Thing = list[list[list[Part]]]


def _things(sheet: Sheet, department: DepartmentView, closed: str, signs: bool) -> list[_Thing]:
    words, quiet, text = sheet.view.words, sheet.theme.quiet, sheet.theme.text
    if department.open and not gives(department):
        return [_folded(sheet, [Words(words.text("kiosk.full"), text)])]
    if not department.open:
        at = department.opens_at
        said = words.text("kiosk.opens_at", time=at) if at is not None else words.text(closed)
        return [_folded(sheet, [Sign("clock", text), *emphasised(sheet, said, at or said, text)])]
    if sheet.view.away:
        return [_folded(sheet, [Words(words.text("kiosk.away_wait"), quiet)])]
    counted: list[Part] = [Sign("people", quiet), Words(str(department.waiting), text, 700)]
    things = [_folded(sheet, counted if signs else waiting_words(sheet, department))]
    if department.emergency:
        trouble = sheet.theme.trouble
        ends = (words.text(f"kiosk.emergency{end}") for end in ("", "_short"))
        things.append([[[Sign("emergency", trouble), Words(end, trouble, 700)]] for end in ends])
    elif department.estimate is not None:
        things.append(_folded(sheet, [Words(range_words(sheet, department.estimate), quiet)]))
    return things


def _folded(sheet: Sheet, line: list[Part]) -> _Thing:
    """On one line, or folded where it becomes narrowest."""
    pieces = [piece for part in line for piece in _pieces(part)]
    ends = [n for n in range(1, len(pieces)) if not isinstance(pieces[n - 1], Sign)]
    folded = [[_merged(pieces[:end]), _merged(pieces[end:])] for end in ends]
    return [
        [line],
        *sorted(folded, key=lambda lines: max(width(one, sheet.view.language, MARK_PX) for one in lines))[:1],
    ]


def _pieces(part: Part) -> list[Part]:
    return [part] if isinstance(part, Sign) else [replace(part, text=word) for word in part.text.split(" ")]


def _merged(pieces: list[Part]) -> list[Part]:
    line: list[Part] = []
    for piece in pieces:
        last = line[-1] if line else None
        if isinstance(piece, Words) and isinstance(last, Words) and replace(last, text=piece.text) == piece:
            line[-1] = replace(last, text=f"{last.text} {piece.text}")
        else:
            line.append(piece)
    return line
