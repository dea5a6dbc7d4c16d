"""A page of paper that grows downwards: lines of words fitted to a width, rules, and what they become in a scene."""

from dataclasses import dataclass, field, fields
from typing import Any

from kiosk.paper import Paper
from kiosk.ticket_facts import TicketFacts
from smartqueue.i18n import Words
from smartqueue.look import typeset
from smartqueue.look.scene import Align, Bar, Box, Item, Text
from smartqueue.terms import Language
from smartqueue.wire import Names

INK = "#000000"
MARGIN = 4
RULE = 4
_LEAST_GAP = 4
_LEADING = {"latin": 1.25, "devanagari": 1.4, "arabic": 1.36, "bengali": 1.3, "tamil": 1.3, "chinese": 1.25}
"""Line height in em: paper is tighter than a screen, and marks still have their room. Else the screen's."""


Sizes = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """What gives way when a ticket gets too long.

    air, leading: shares of the gaps and of the line height; steps: sizes to try before a line more is taken; skip:
    sizes not to try at all, if there are smaller ones.
    """

    label_px: int
    air: float = 1.0
    leading: float = 1.0
    steps: int = 3
    skip: int = 0


@dataclass(frozen=True, slots=True)
class Measures:
    """Heights of capitals and of icons in dots; several = step down in this order."""

    site: Sizes
    date: Sizes
    name: Sizes
    area: Sizes
    ahead: Sizes
    between: Sizes
    small: Sizes
    code: Sizes
    last: Sizes
    mark: Sizes
    site_icon: int
    department_icon: int

    def scaled(self, by: float) -> "Measures":
        """For a printer with other dots."""
        if by == 1.0:
            return self
        scaled: dict[str, Any] = {}
        for one in fields(self):
            value = getattr(self, one.name)
            scaled[one.name] = round(value * by) if isinstance(value, int) else tuple(size * by for size in value)
        return Measures(**scaled)


WIDE = Measures(
    site=(20, 19, 18, 17, 16),
    date=(17,),
    name=(26, 24, 22, 20),
    area=(17, 16),
    ahead=(29, 26, 23),
    between=(20, 19, 18, 17, 16),
    small=(16, 15),
    code=(27,),
    last=(17, 16, 15),
    mark=(21, 19),
    site_icon=44,
    department_icon=60,
)
NARROW = Measures(
    site=(20, 18, 17, 16, 15),
    date=(16,),
    name=(24, 22, 20, 18),
    area=(16, 15),
    ahead=(27, 24, 21),
    between=(18, 17, 16),
    small=(15, 14),
    code=(33,),
    last=(15, 14),
    mark=(20, 17, 14),
    site_icon=40,
    department_icon=52,
)


@dataclass(slots=True)
class Page:
    facts: TicketFacts
    words: Words
    paper: Paper
    measures: Measures
    fit: Fit
    y: int = 0
    items: list[Item] = field(default_factory=list)

    @property
    def width(self) -> int:
        return self.paper.width_dots - 2 * MARGIN

    def gap(self, dots: float) -> None:
        self.y += max(min(round(dots), _LEAST_GAP), round(dots * self.fit.air))

    def rule(self) -> None:
        self.items.append(Bar(Box(MARGIN, self.y, self.width, RULE), INK))
        self.y += RULE

    def named(self, names: Names) -> tuple[str, Language]:
        """A text, and the language it is in."""
        for language in (self.facts.language, self.facts.default_language):
            if names.get(language):
                return names[language], language
        return next(((text, language) for language, text in names.items() if text), ("", self.facts.language))

    def set(self, text: str, language: str, sizes: Sizes, width: float, lines: int = 1) -> "Line":
        """The largest size at which it fits on one line, then on two, and so on; else as `typeset.fit` breaks it."""
        style = typeset.Style(language, 700)
        sizes = sizes[min(self.fit.skip, len(sizes) - 1) :]
        for most in range(1, lines + 1):
            chosen = typeset.fit(text, style, sizes[: self.fit.steps] if most < lines else sizes, width, most)
            whole = not (chosen.cut or chosen.hyphenated or chosen.squeezed)
            if whole:
                break
        widest = max(typeset.width(line, chosen.capital_px, style) for line in chosen.lines)
        leading = _LEADING.get(style.script, typeset.leading_em(style)) * self.fit.leading
        return Line(text, style, chosen.capital_px, len(chosen.lines), whole, widest, leading)

    def put(self, line: "Line", x: float, y: float, width: float, align: Align = "start", colour: str = INK) -> None:
        """A set line or lines, the top of their row at y."""
        self.items.append(line.placed(x, y, width, align, colour))

    def row(self, line: "Line") -> None:
        """Lines of about the same length from the start; the page goes on below them."""
        self.put(line, MARGIN, self.y, line.balanced_width(self.width))
        self.y += line.height

    def centred(self, line: "Line") -> None:
        """The same in the middle."""
        width = line.balanced_width(self.width)
        self.put(line, MARGIN + (self.width - width) / 2, self.y, width, "center")
        self.y += line.height


@dataclass(frozen=True, slots=True)
class Line:
    """Words that were fitted: their size and how many lines they take. whole: nothing is hyphenated or missing."""

    text: str
    style: typeset.Style
    capital_px: float
    lines: int
    whole: bool
    width: float
    leading: float
    """Line height in em."""

    @property
    def pitch(self) -> float:
        return self.leading * typeset.em_px(self.capital_px, self.style)

    @property
    def height(self) -> int:
        """Of the row: room for marks and descenders above and below is part of it."""
        return round(self.lines * self.pitch)

    def balanced_width(self, width: float) -> float:
        """The least width at which it still takes no more lines."""
        if self.lines == 1 or not self.whole:
            return width
        tries = range(int(self.width), int(width / self.lines), -4)
        narrower = (w for w in tries if len(typeset.wrap(self.text, self.capital_px, self.style, w)) > self.lines)
        return min(width, next(narrower, tries[-1] if tries else width) + 4.5)

    def placed(self, x: float, y: float, width: float, align: Align, colour: str) -> Text:
        ink = self.capital_px + (self.lines - 1) * self.pitch
        return Text(
            Box(x, round(y + (self.pitch - self.capital_px) / 2), width, ink),
            self.text,
            self.style.language,
            self.capital_px,
            700,
            colour,
            align,
            "top",
            self.lines,
            leading=self.leading,
        )
