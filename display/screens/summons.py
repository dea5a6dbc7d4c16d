"""A call as people read it: label, arrow, room. On one line or, where there is no width for that, the room below."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from display.board import Call, Place, Way
from display.screens.fitting import BEFORE_NUMBER, Chosen, Fitting, Saying, hang, saying, word
from display.screens.grid import Grid
from display.screens.sizes import CallSizes, Lines
from display.screens.view import LATIN, View
from smartqueue.look.scene import Align, Box, Icon, Item, Text, Weight
from smartqueue.look.theme import NIGHT

__all__ = ["EARLIER", "ON_CALL", "STALE", "Alike", "Ink", "alike", "arrow", "hang", "has_arrow", "word"]

_WAYS: Final = {
    Way.LEFT: "arrow-left",
    Way.RIGHT: "arrow-right",
    Way.AHEAD: "arrow-up",
    Way.AHEAD_LEFT: "arrow-up-left",
    Way.AHEAD_RIGHT: "arrow-up-right",
    Way.BEHIND: "turn-back",
    Way.UPSTAIRS: "stairs-up",
    Way.DOWNSTAIRS: "stairs-down",
}


@dataclass(frozen=True, slots=True)
class Ink:
    """Colours of a call, and the weight of the word for the room."""

    label: str
    word: str
    arrow: str
    weight: Weight


ON_CALL: Final = Ink(NIGHT.on_call, NIGHT.on_call, NIGHT.on_call, 700)
EARLIER: Final = Ink(NIGHT.text, NIGHT.quiet, NIGHT.primary, 400)
STALE: Final = Ink(NIGHT.text, NIGHT.quiet, NIGHT.quiet, 400)


def arrow(place: Place, box: Box, colour: str) -> Icon | None:
    """Which way to go. Where rooms lie is the same for all readers; the arrow that only leads from a label to its room
    turns round with the direction of reading. None where this display points the way, but not to this room."""
    if not place.pointed:
        return Icon(box, "arrow-right", colour, directional=True)
    return Icon(box, _WAYS[place.way], colour) if place.way is not None else None


def has_arrow(place: Place) -> bool:
    return place.way is not None or not place.pointed


@dataclass(frozen=True, slots=True)
class Alike:
    """How calls are set that share the screen, all alike. fitting: measures them. bare: there is no room for the word
    in the token's language too."""

    fitting: Fitting
    chosen: Chosen
    ink: Ink
    bare: bool = False

    def draw(self, view: View, box: Box, call: Call) -> Iterator[Item]:
        """The call in the middle of its box."""
        said = saying(view, call, self.ink.weight, bare=self.bare)
        inner = box.inset(self.chosen.side, 0)
        high = self.fitting.height(self.chosen)
        block = self._line(inner) if self.chosen.lines is Lines.ONE else inner.centred(inner.w, high)
        lay = {
            Lines.ONE: self._one,
            Lines.CAPTION: self._caption,
            Lines.STACK: self._middle if self.chosen.centred else self._stack,
            Lines.THREE: self._three,
        }[self.chosen.lines]
        yield from lay(block, call, said)

    def _line(self, inner: Box) -> Box:
        """In the middle, or higher where letters would hang too low, or lower where words stand too high."""
        chosen, line = self.chosen, inner.centred(inner.w, self.chosen.label)
        low = inner.bottom - chosen.above - chosen.hang - line.bottom
        high = inner.y + chosen.above + self.fitting.words_h(chosen) - line.bottom
        return line.moved(0, min(low, max(0.0, high)))

    def _one(self, line: Box, call: Call, said: Saying) -> Iterator[Item]:
        words_w = self.fitting.words_w(self.chosen, said)
        label, between = self._label(line, said, words_w + self._number_part(said))
        yield label
        yield from self._arrow(call, between)
        yield from self._place(line, said)

    def _caption(self, block: Box, call: Call, said: Saying) -> Iterator[Item]:
        """The word for the room above its number: both together in the middle of the height, as the label is."""
        chosen = self.chosen
        room_h = self.fitting.room_h(chosen)
        room = block.centred(block.w, room_h)
        word_line = Box(room.x, room.y + self.fitting.words_h(chosen) - chosen.word, room.w, chosen.word)
        wide = max(self.fitting.words_w(chosen, said), said.number_w(chosen.number))
        label, between = self._label(block.centred(block.w, chosen.label), said, wide)
        yield label
        yield from self._arrow(call, between)
        yield from self._words(word_line, said)
        yield self._number(room.split_bottom(chosen.number)[1], said)

    def _stack(self, block: Box, call: Call, said: Saying) -> Iterator[Item]:
        """The label above, arrow and room below it; the word in the token's language may stand after the label."""
        chosen, line, above = self.chosen, self._lower_line(block), block.split_top(self.chosen.label)[0]
        yield self._label_text(above, said)
        if said.second and chosen.raised:
            after = above.split_right(said.second_w(chosen.second))[1]
            yield self._second(after.centred(after.w, chosen.second), said)
        yield from self._arrow(call, line.split_left(chosen.arrow)[0])
        yield from self._place(line, said)

    def _middle(self, block: Box, call: Call, said: Saying) -> Iterator[Item]:
        """As `_stack`, each line in the middle, the arrow right before the word."""
        chosen = self.chosen
        mark = chosen.arrow + self.fitting.around * 1.5 if chosen.arrow and has_arrow(call.place) else 0.0
        wide = mark + self.fitting.words_w(chosen, said) + self._number_part(said)
        line = self._lower_line(block)
        line = line.centred(min(line.w, wide), line.h)
        yield self._label_text(block.split_top(chosen.label)[0], said, "center")
        yield from self._arrow(call, line.split_left(chosen.arrow)[0])
        yield from self._place(line, said)

    def _three(self, block: Box, call: Call, said: Saying) -> Iterator[Item]:
        """The label, the word for the room, and its number with the arrow."""
        chosen = self.chosen
        yield self._label_text(block.split_top(chosen.label)[0], said)
        line = block.split_bottom(chosen.number)[1]
        word_y = line.y - self.fitting.below_word(chosen) - chosen.word
        yield from self._words(Box(block.x, word_y, block.w, chosen.word), said)
        yield from self._arrow(call, line.split_left(chosen.arrow)[0])
        yield self._number(line, said)

    def _lower_line(self, block: Box) -> Box:
        return Box(block.x, block.bottom - self.chosen.hang - self.chosen.number, block.w, self.chosen.number)

    def _number_part(self, said: Saying) -> float:
        return BEFORE_NUMBER * self.chosen.word + said.number_w(self.chosen.number)

    def _label(self, line: Box, said: Saying, room_w: float) -> tuple[Text, Box]:
        """The label at the start of its line, and what lies between it and the room."""
        wide = said.label_w(self.chosen.label)
        return self._label_text(line, said), Box(line.x + wide, line.y, line.w - wide - room_w, line.h)

    def _label_text(self, line: Box, said: Saying, align: Align = "start") -> Text:
        return Text(line, said.label, LATIN, self.chosen.label, 700, self.ink.label, align, "bottom", tight=True)

    def _arrow(self, call: Call, box: Box) -> Iterator[Icon]:
        """In the middle of its box."""
        icon = arrow(call.place, box.centred(self.chosen.arrow, self.chosen.arrow), self.ink.arrow)
        if icon is not None and self.chosen.arrow >= 1:
            yield icon

    def _place(self, line: Box, said: Saying) -> Iterator[Text]:
        """Word and number at the end of a line, on one baseline."""
        rest = line.split_right(self._number_part(said))[0]
        yield from self._words(rest.split_bottom(self.chosen.word)[1], said)
        yield self._number(line, said)

    def _number(self, line: Box, said: Saying) -> Text:
        wide = said.number_w(self.chosen.number)
        box = line.split_right(wide)[1]
        return Text(box, said.number, LATIN, self.chosen.number, 700, self.ink.label, "end", "bottom", tight=True)

    def _words(self, line: Box, said: Saying) -> Iterator[Text]:
        """The word for the room at the end of its line, and before or above it the one in the token's language."""
        chosen, ink = self.chosen, self.ink
        box = line.split_right(said.word_w(chosen.word))[1]
        yield Text(box, said.word, said.language, chosen.word, ink.weight, ink.word, "end", "bottom")
        if not said.second or chosen.raised:
            return
        wide, base = said.second_w(chosen.second), line.bottom
        if chosen.over:
            base, end = line.bottom - self.fitting.second_base(chosen), line.right
        else:
            end = box.x - (self.fitting.words_w(chosen, said) - box.w - wide)
        yield self._second(Box(end - wide, base - chosen.second, wide, chosen.second), said)

    def _second(self, box: Box, said: Saying) -> Text:
        """The word in the token's language."""
        style, ink = said.second_language, self.ink
        return Text(box, said.second, style, self.chosen.second, ink.weight, ink.word, "end", "bottom")


def alike(
    view: View, grid: Grid, box: Box, calls: Sequence[Call], ways: Sequence[CallSizes], ink: Ink, *, force: bool = True
) -> Alike | None:
    """How to set these calls in boxes as large as this one. force: without the words in the tokens' languages, and
    smaller than the ways allow, rather than not."""
    ways, weight = tuple(ways), ink.weight
    for bare in (False, True) if force else (False,):
        said = tuple(saying(view, call, weight, bare=bare) for call in calls)
        fitting, chosen = _fitted(grid, box.w, box.h, said, ways)
        if chosen is not None:
            return Alike(fitting, chosen, ink, bare)
    return Alike(fitting, fitting.forced(ways), ink, bare=True) if force else None


@lru_cache(maxsize=16)
def _fitted(
    grid: Grid, width: float, height: float, said: tuple[Saying, ...], ways: tuple[CallSizes, ...]
) -> tuple[Fitting, Chosen | None]:
    """The same calls are drawn many times while they stand."""
    fitting = Fitting(grid, width, height, said)
    return fitting, fitting.best(ways)
