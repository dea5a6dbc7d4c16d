"""The sizes of calls that share the screen: one for all of them, the largest at which every one of them fits."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from typing import Final

from display.board import Call, Place
from display.screens.grid import Grid
from display.screens.sizes import CallSizes, Lines
from display.screens.view import LATIN, View
from smartqueue.i18n import Words
from smartqueue.look import typeset
from smartqueue.look.scene import Weight
from smartqueue.terms import Language

AROUND_UNITS: Final = 20.0
"""Least distance from the arrow's box on each side; its drawing stands as far again inside the box."""
APART_UNITS: Final = 60.0
"""Between label and room where there is no arrow."""
BEFORE_NUMBER: Final = 0.386
"""Between the word and its number, in capitals of the word."""
_BEFORE_WORD: Final = 0.45
"""Between the word in the token's language and the word, in capitals of the first."""
_CLEAR_UNITS: Final = 14.0
"""Between the lowest ink of a word and what stands below it."""
_LAST_RESORTS: Final = (0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5)
"""Of the smallest sizes, for what is wider than any site has it: nothing is ever cut."""
_REFERENCE_PX: Final = 100.0
_MARGIN: Final = 0.015
"""Widths at other sizes differ from the reckoned ones by so much, and by a pixel for each sign, at most."""
_SLACK_PX: Final = 0.5


@dataclass(frozen=True, slots=True)
class Chosen:
    """How calls are set. label, number, word, second: heights of capitals; second: the word for the room in the token's
    language; over: it stands above the other one, not before it; raised: after the label. above: free above and below.
    rise, hang: how far words stand above capitals and hang below the line, at most. fits: without a last resort."""

    lines: Lines
    label: float
    number: float
    word: float
    second: float
    arrow: float
    side: float
    gap: float
    above: float = 0.0
    rise: float = 0.0
    hang: float = 0.0
    fits: bool = True
    centred: bool = False
    over: bool = False
    raised: bool = False


@dataclass(frozen=True, slots=True)
class Saying:
    """What is written of a call. second: the word in the token's language, if that is another one."""

    label: str
    number: str
    word: str
    language: Language
    weight: Weight
    second: str = ""
    second_language: Language = LATIN

    def label_w(self, capital: float) -> float:
        return typeset.width(self.label, capital, typeset.Style(LATIN, 700, tight=True))

    def number_w(self, capital: float) -> float:
        return typeset.width(self.number, capital, typeset.Style(LATIN, 700, tight=True))

    def word_w(self, capital: float) -> float:
        return typeset.width(self.word, capital, typeset.Style(self.language, self.weight))

    def second_w(self, capital: float) -> float:
        """0 where there is none."""
        return typeset.width(self.second, capital, typeset.Style(self.second_language, self.weight))


@lru_cache(maxsize=16)
def _words(language: Language) -> Words:
    return Words(language)


def word(view: View, place: Place) -> str:
    """`Room` or `Window`."""
    return view.words.text(f"display.{place.kind}")


def saying(view: View, call: Call, weight: Weight, *, bare: bool = False) -> Saying:
    """In the display's language, and where the token's is another one in that too: what is spoken is written. bare:
    without."""
    said = Saying(call.label, call.place.number, word(view, call.place), view.words.language, weight)
    if bare or call.language in (None, view.words.language) or not view.letters(call.language):
        return said
    words = _words(call.language)
    return replace(said, second=words.text(f"display.{call.place.kind}"), second_language=words.language)


_Tried = tuple[float, float, float, float]
"""Label, number, arrow, word."""


@dataclass(frozen=True, slots=True)
class _Shares:
    """Widths of the parts of a call, in their capitals. signs: how many there are."""

    label: float
    number: float
    word: float
    second: float
    signs: int


@lru_cache(maxsize=32)
def _shares(one: Saying) -> _Shares:
    at, signs = _REFERENCE_PX, len(one.label) + len(one.number) + len(one.word) + len(one.second)
    second = one.second_w(at) if one.second else 0.0
    return _Shares(one.label_w(at) / at, one.number_w(at) / at, one.word_w(at) / at, second / at, signs)


@lru_cache(maxsize=256)
def _ink(text: str, style: typeset.Style) -> tuple[float, float]:
    """How far ink stands above capitals and below the line, in capitals."""
    block = typeset.block(text, style, (_REFERENCE_PX,))
    rise, hang = -block.y - _REFERENCE_PX, block.y + block.mask.height
    return max(0.0, rise / _REFERENCE_PX), max(0.0, hang / _REFERENCE_PX)


def hang(text: str, style: typeset.Style, capital: float) -> float:
    """How far letters hang below their line: far in some scripts."""
    return _ink(text, style)[1] * capital


class Fitting:
    """Calls that are to be set alike in boxes of one size."""

    def __init__(self, grid: Grid, width: float, height: float, all_said: Sequence[Saying]) -> None:
        said = tuple(dict.fromkeys(all_said))
        self._grid, self._width, self._height, self._said = grid, width, height, said
        inks = [_ink(one.word, typeset.Style(one.language, one.weight)) for one in said]
        self._rise, self._hang = max(ink[0] for ink in inks), max(ink[1] for ink in inks)
        self.around, self._apart = grid.px(AROUND_UNITS), grid.px(APART_UNITS)
        self._clear = grid.px(_CLEAR_UNITS)
        seconds = [_ink(one.second, typeset.Style(one.second_language, one.weight)) for one in said if one.second]
        self._second_rise = max((ink[0] for ink in seconds), default=0.0)
        self._second_hang = max((ink[1] for ink in seconds), default=0.0)
        self._two = bool(seconds)
        self._shares = [_shares(one) for one in said]
        self._labels: dict[tuple[float, float], float] = {}
        self._below: dict[tuple[Lines | float, ...], float] = {}

    def best(self, ways: Sequence[CallSizes]) -> Chosen | None:
        """The first way, and of it the largest sizes, at which all calls fit; None where there is none."""
        for sizes in ways:
            sides = sorted(sizes.sides, reverse=True)
            for one in self._candidates(sizes):
                free = (self._width + _SLACK_PX - self._wide(one)) / 2
                side = next((side for side in sides if side <= free), None)
                if side is not None:
                    return replace(one, side=side)
        return None

    def forced(self, ways: Sequence[CallSizes]) -> Chosen:
        """Smaller than the last of the ways: the number first, then everything."""
        sizes = ways[-1]
        least = self._chosen(sizes, sizes.label[-1], min((*sizes.number, sizes.label[-1])), sizes.word[-1], 0.0)
        least = replace(least, side=min(sizes.sides), fits=False)
        for share in _LAST_RESORTS:
            one = replace(least, number=least.number * share)
            if self._fits(one):
                return one
        for share in _LAST_RESORTS:
            few = replace(one, label=least.label * share, word=least.word * share)
            few = replace(few, rise=least.rise * share, hang=least.hang * share)
            if self._fits(few):
                break
        return few

    def _candidates(self, sizes: CallSizes) -> Iterator[Chosen]:
        """All sizes that are not too high and may be narrow enough, the most wanted first."""
        room = self._width - 2 * min(sizes.sides) + _SLACK_PX
        seconds = {word_px: self._seconds(sizes, word_px) for word_px in sizes.word}
        for label in sizes.label:
            if max(one.label_w(label) for one in self._said) > room:
                continue
            numbers = [one for one in sizes.number if one <= label] or [label]
            least = (label, min(numbers), min(sizes.arrow), min(sizes.word))
            if not self._about(sizes, room, least, seconds):
                continue
            for number, arrow, word_px in product(numbers, sizes.arrow, sizes.word):
                for second in seconds[word_px]:
                    if not self._narrow(sizes, room, (label, number, arrow, word_px), second):
                        continue
                    one = self._tried(sizes, (label, number, arrow, word_px), second)
                    if self._low(one):
                        yield one

    def _about(
        self, sizes: CallSizes, room: float, least: _Tried, seconds: Mapping[float, Sequence[tuple[float, bool]]]
    ) -> bool:
        """Whether it is worth trying any sizes as large as these."""
        return any(self._narrow(sizes, room, least, second) for second in seconds[least[3]])

    def _narrow(self, sizes: CallSizes, room: float, tried: _Tried, second: tuple[float, bool]) -> bool:
        """Whether calls may be narrow enough: reckoned from their widths at one size, with a margin, since measuring
        every size takes long."""
        label, number, arrow, word_px = tried
        second_px, over = second
        for own in self._shares:
            words, after = own.word * word_px, 0.0
            if own.second and sizes.raised:
                after = 2 * self.around + own.second * second_px
            elif own.second:
                two = own.second * second_px
                words = max(words, two) if over else two + _BEFORE_WORD * word_px + words
            beside = words + BEFORE_NUMBER * word_px + own.number * number
            mark = arrow + self.around if arrow else 0.0
            match sizes.lines:
                case Lines.ONE:
                    wide = own.label * label + (mark + self.around if arrow else self._apart) + beside
                case Lines.CAPTION:
                    wide = own.label * label + (mark + self.around if arrow else self._apart)
                    wide += max(words, own.number * number)
                case Lines.THREE:
                    wide = max(own.label * label, words, mark + own.number * number)
                case Lines.STACK:
                    wide = max(own.label * label + after, beside + mark)
            if wide * (1 - _MARGIN) - own.signs > room:
                return False
        return True

    def _tried(self, sizes: CallSizes, tried: _Tried, second: tuple[float, bool]) -> Chosen:
        label, number, arrow, word_px = tried
        second_px, over = second
        one = self._chosen(sizes, label, number, word_px, arrow)
        return replace(one, second=second_px, over=over, hang=self._lowest(word_px, second_px, over=over))

    def _seconds(self, sizes: CallSizes, word_px: float) -> Sequence[tuple[float, bool]]:
        """How the word in the token's language may be set: never smaller than the smallest of the other words."""
        if not self._two:
            return ((0.0, False),)
        return tuple(product(dict.fromkeys((word_px, min(sizes.word))), (True,) if sizes.raised else (True, False)))

    def _chosen(self, sizes: CallSizes, label: float, number: float, word_px: float, arrow: float) -> Chosen:
        return Chosen(
            lines=sizes.lines,
            label=label,
            number=number,
            word=word_px,
            second=0.0,
            arrow=arrow,
            side=sizes.sides[0],
            gap=sizes.gap,
            above=sizes.above,
            rise=self._rise * word_px,
            hang=self._hang * word_px,
            centred=sizes.centred,
            raised=sizes.raised,
        )

    def _lowest(self, word_px: float, second_px: float, *, over: bool) -> float:
        """How far both words for the room hang below their line."""
        return max(self._hang * word_px, 0.0 if over else self._second_hang * second_px)

    def _fits(self, one: Chosen) -> bool:
        return self._low(one) and self._wide(one) <= self._width - 2 * one.side + _SLACK_PX

    def _low(self, one: Chosen) -> bool:
        return self.height(one) <= self._height - 2 * one.above + _SLACK_PX

    def _wide(self, one: Chosen) -> float:
        """Of the widest call."""
        if one.lines in (Lines.ONE, Lines.CAPTION):
            return max(said.label_w(one.label) + self._beside(one, said) for said in self._said)
        key = (one.lines, one.number, one.word, one.arrow, one.second, one.over, one.raised)
        if key not in self._below:
            self._below[key] = max(self._under(one, said) for said in self._said)
        label = one.label, one.second if one.raised else 0.0
        if label not in self._labels:
            self._labels[label] = max(self._above(one, said) for said in self._said)
        return max(self._labels[label], self._below[key])

    def _above(self, one: Chosen, said: Saying) -> float:
        """Of the label, with the word in the token's language where that stands after it."""
        after = 2 * self.around + said.second_w(one.second) if one.raised and said.second else 0.0
        return said.label_w(one.label) + after

    def _beside(self, one: Chosen, said: Saying) -> float:
        between = one.arrow + 2 * self.around if one.arrow else self._apart
        words, number = self.words_w(one, said), said.number_w(one.number)
        if one.lines is Lines.CAPTION:
            return between + max(words, number)
        return between + words + BEFORE_NUMBER * one.word + number

    def _under(self, one: Chosen, said: Saying) -> float:
        mark = self._mark(one)
        words, number = self.words_w(one, said), said.number_w(one.number)
        if one.lines is Lines.THREE:
            return max(words, mark + number)
        return mark + words + BEFORE_NUMBER * one.word + number

    def _mark(self, one: Chosen) -> float:
        """For the arrow, with what is free beside it."""
        return one.arrow + self.around if one.arrow else 0.0

    def words_w(self, one: Chosen, said: Saying) -> float:
        """Of the word, with the one in the token's language where that stands before or above it."""
        wide = said.word_w(one.word)
        if not said.second or one.raised:
            return wide
        second = said.second_w(one.second)
        return max(wide, second) if one.over else second + _BEFORE_WORD * one.word + wide

    def second_base(self, one: Chosen) -> float:
        """The line of the word in the token's language above the other's."""
        return one.word + one.rise + self._clear + self._second_hang * one.second

    def words_h(self, one: Chosen) -> float:
        """From the line of the word for the room to the highest ink of both."""
        if one.raised:
            return one.word + one.rise
        second = (1 + self._second_rise) * one.second
        return self.second_base(one) + second if one.over else max(one.word + one.rise, second)

    def height(self, one: Chosen) -> float:
        """From the highest ink to the lowest."""
        if one.lines is Lines.ONE:
            return max(one.label, self.words_h(one)) + one.hang
        if one.lines is Lines.CAPTION:
            return max(one.label, self.room_h(one))
        if one.lines is Lines.STACK:
            return one.label + one.gap + max(one.number, self.words_h(one)) + one.hang
        return one.label + one.gap + self.words_h(one) - one.rise * (not one.over) + self.below_word(one) + one.number

    def room_h(self, one: Chosen) -> float:
        """Of the word for the room above its number."""
        return self.words_h(one) + self.below_word(one) + one.number

    def below_word(self, one: Chosen) -> float:
        """Between the word for the room and its number, one below the other."""
        return max(one.gap * (0.6 if one.lines is Lines.THREE else 1.0), one.hang + self._clear)
