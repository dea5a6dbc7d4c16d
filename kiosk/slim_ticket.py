"""A ticket for a slow line: the printer's own text and QR code wherever it has them, pictures only for the rest.

Drawn as a whole a ticket is about 52 kB, which takes 54 s at 9600 baud. Here the label is a picture of doubled dots, a
text is a picture only where no code page of the printer has it, and what is set large is drawn with doubled dots when
bytes get scarce. Pure.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import itemgetter

from PIL import Image

from kiosk.native import INDENT_DOTS, balanced, bytes_of, page_for, plain, wrapped
from kiosk.profiles import Profile
from kiosk.strips import Line, Picture, QrCode, Side, Strip, Strips, gap, height_dots, rule
from kiosk.ticket_facts import TicketFacts
from smartqueue.i18n import Words
from smartqueue.look import qr, typeset
from smartqueue.terms import Language
from smartqueue.wire import Names

QR_LEAST_MM = 20.0
_NEARLY = 1.05
"""So much too long is better than letters that are smaller still."""
_LATIN = Language("en")
_LEFT_TO_RIGHT = "\u200e"
"""Keeps a dot at a line's end where it belongs, also among right-to-left words."""
_INK_FROM = 112
"""Of a mask's 255: darker is ink, as on tickets that are drawn whole."""
_INK_FROM_COARSE = 128


@dataclass(frozen=True, slots=True)
class Thrift:
    """How much is given up. label: from 0, the least height, to 1, the wished one; close: less white, fewer lines;
    drawn: also what the printer could print itself, since drawn lines may stand closer together; text_drawn: of
    that only the small print; low: the short code no larger than the text, beside the address where both fit;
    large_mm, small_mm: capitals of what is drawn; coarse: large ones with doubled dots."""

    label: float
    close: bool = False
    drawn: bool = False
    text_drawn: bool = False
    low: bool = False
    large_mm: float = 3.2
    small_mm: float = 2.1
    coarse: bool = True


_LEVELS = (
    Thrift(1.0, coarse=False),
    Thrift(0.6, close=True, coarse=False),
    Thrift(0.6, close=True),
    Thrift(0.5, close=True, large_mm=3.0, small_mm=2.0),
    Thrift(0.0, close=True, large_mm=2.8, small_mm=1.9),
    Thrift(0.0, close=True, low=True, coarse=False, large_mm=2.8, small_mm=1.9),
    Thrift(0.0, close=True, low=True, large_mm=2.8, small_mm=1.9),
    Thrift(0.0, close=True, low=True, coarse=False, large_mm=2.6, small_mm=1.75),
    Thrift(0.0, close=True, low=True, drawn=True, large_mm=2.6, small_mm=1.75),
    Thrift(0.0, close=True, low=True, text_drawn=True, large_mm=2.6, small_mm=1.75),
    Thrift(0.0, close=True, low=True, drawn=True, large_mm=2.0, small_mm=1.75),
    Thrift(0.0, close=True, low=True, coarse=False, large_mm=2.2, small_mm=1.65),
    Thrift(0.0, close=True, low=True, large_mm=2.0, small_mm=1.65),
)


def slim_ticket(facts: TicketFacts, words: Words, profile: Profile, most_bytes: float) -> Strips:
    """The ticket as strips of at most so many bytes and not too long, if that can be; bytes count more than length."""
    longest = profile.paper.dots(profile.paper.longest_mm)
    cheap: list[tuple[int, Strips]] = []
    for thrift in _LEVELS:
        strips = _Slim(facts, words, profile, thrift).composed()
        if bytes_of(strips, profile) <= most_bytes:
            height = height_dots(strips, profile.line_dots)
            if height <= longest:
                return strips
            cheap.append((height, strips))
    near = next((one for height, one in cheap if height <= longest * _NEARLY), None)
    return near or (min(cheap, key=itemgetter(0))[1] if cheap else strips)


@dataclass(slots=True)
class _Slim:
    facts: TicketFacts
    words: Words
    profile: Profile
    thrift: Thrift
    strips: list[Strip] = field(default_factory=list)

    def composed(self) -> Strips:
        self._head()
        self._marks()
        self._department()
        self._label()
        self._waiting()
        self._missed()
        self._phone()
        self._last_lines()
        return tuple(self.strips)

    # --- from top to bottom -----------------------------------------------------------------------------

    def _head(self) -> None:
        """Who gave it and when: on one line where both fit."""
        name, language = self._named(self.facts.site)
        taken = self.facts.taken_at
        moment = f"{self.words.date_compact(taken)} · {self.words.time(taken)}"
        spare = self._columns(Side.LEFT) - len(name) - len(moment)
        if spare >= 2 and self.words.direction == "ltr" and self._native(name + moment):
            self.strips.append(Line(name + " " * spare + moment, bold=True, close=True))
        else:
            self._text(name, language, bold=True)
            self._text(moment, self.words.language)
        self._rule()

    def _marks(self) -> None:
        """White on black: this is not the first, or not a real one."""
        marks = (("ticket.copy", self.facts.copy), ("ticket.trial", self.facts.trial))
        texts = [self.words.text(key) for key, is_set in marks if is_set]
        for text in ["   ".join(texts)] if texts and self.thrift.close else texts:
            self._text(text, self.words.language, Side.MIDDLE, bold=True, inverse=True)

    def _department(self) -> None:
        name, language = self._named(self.facts.department)
        self._large(name, language, self._start)
        area, language = self._named(self.facts.area)
        if area:
            self._text(area, language)

    def _label(self) -> None:
        """With doubled dots: a quarter of the bytes, and its edges are long enough to stay smooth."""
        wished, least = self.profile.paper.label_mm[0], self.profile.paper.label_mm[1]
        height = self.profile.paper.dots(least + (wished - least) * self.thrift.label)
        style = typeset.Style(_LATIN, 700, tight=True)
        widest = (self.profile.width_dots - 8) / 2 / typeset.width(self.facts.label, 100.0, style) * 100
        block = typeset.block(self.facts.label, style, (min(height / 2, widest),))
        self._gap(10)
        self.strips.append(Picture(_ink(block.mask, _INK_FROM_COARSE), doubled=True))
        self._gap(10)

    def _waiting(self) -> None:
        """How many are before, and when the call will probably come; each only if it is known. Else why it is not."""
        facts, words = self.facts, self.words
        if facts.away:
            self._text(words.text("ticket.away"), words.language, Side.MIDDLE, bold=True)
        if facts.ahead is not None:
            self._large(words.count("ticket.before_you", facts.ahead), words.language, Side.MIDDLE)
        if facts.called_between:
            earliest, latest = (words.time(moment) for moment in facts.called_between)
            between = words.text("ticket.between", earliest=earliest, latest=latest)
            self._text(between, words.language, Side.MIDDLE, bold=True)
        self._rule()

    def _missed(self) -> None:
        within, after = self.facts.return_within_min, self.facts.return_after
        text = self.words.count("ticket.missed", after, minutes=within)
        self._text(text, self.words.language, drawn=self.thrift.text_drawn)

    def _phone(self) -> None:
        address = self.facts.status_address
        if address is None:
            return
        code = self._code(address)
        quiet = gap(self._quiet_dots(address))
        self.strips += [quiet, code, quiet]
        phone = self.words.text("ticket.phone", host=self.facts.host)
        letters = self.facts.short_code
        grouped = " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))
        both = f"{phone}  {grouped}"
        if self.thrift.low and not self.thrift.text_drawn and self._native(both) and self._on_one_line(both):
            self.strips.append(Line(both, Side.MIDDLE, bold=True, close=True))
            return
        self._text(phone, self.words.language, Side.MIDDLE, drawn=self.thrift.text_drawn)
        tall = 1 if self.thrift.low else 2
        self.strips.append(Line(grouped, Side.MIDDLE, bold=True, wide=2, tall=tall, close=True))

    def _last_lines(self) -> None:
        """What to do now, in the person's language and in the site's own."""
        self._rule()
        for language in dict.fromkeys((self.words.language, Words(self.facts.default_language).language)):
            watch = Words(language).text("ticket.watch", label=self.facts.label)
            self._text(watch, language, Side.MIDDLE, drawn=self.thrift.text_drawn)

    # --- what they are made of --------------------------------------------------------------------------

    @property
    def _start(self) -> Side:
        return Side.RIGHT if self.words.direction == "rtl" else Side.LEFT

    def _named(self, names: Names) -> tuple[str, Language]:
        for language in (self.facts.language, self.facts.default_language):
            if names.get(language):
                return names[language], language
        return next(((text, language) for language, text in names.items() if text), ("", self.facts.language))

    def _columns(self, side: Side) -> int:
        """What stands at the left begins a little off the edge."""
        return self.profile.columns - (side is Side.LEFT)

    def _on_one_line(self, text: str) -> bool:
        return len(plain(text)) <= self._columns(Side.MIDDLE)

    def _native(self, text: str) -> bool:
        return not self.thrift.drawn and page_for(text, self.profile.code_pages) is not None

    def _text(
        self,
        text: str,
        language: str,
        side: Side | None = None,
        *,
        bold: bool = False,
        inverse: bool = False,
        drawn: bool = False,
    ) -> None:
        side = self._start if side is None else side
        if self._native(text) and not drawn:
            edge = " " if inverse else ""
            broken = balanced if side is Side.MIDDLE else wrapped
            lines = broken(text, self._columns(side) - 2 * len(edge))
            self.strips += [Line(edge + line + edge, side, bold, inverse=inverse, close=True) for line in lines]
        else:
            style = typeset.Style(language, 700 if bold else 400)
            self.strips += self._drawn(text, style, self.thrift.small_mm, side, inverse=inverse)

    def _large(self, text: str, language: str, side: Side) -> None:
        """Twice as high, and twice as wide where that fits on a line."""
        if self._native(text):
            wide = 2 if len(text) * 2 <= self._columns(side) else 1
            lines = wrapped(text, self._columns(side) // wide)
            self.strips += [Line(line, side, bold=True, wide=wide, tall=2, close=True) for line in lines]
        else:
            style = typeset.Style(language, 700)
            self.strips += self._drawn(text, style, self.thrift.large_mm, side, coarse=self.thrift.coarse)

    def _drawn(
        self,
        text: str,
        style: typeset.Style,
        capital_mm: float,
        side: Side,
        *,
        coarse: bool = False,
        inverse: bool = False,
    ) -> Iterator[Strip]:
        """Each line cut to its ink, with the white between as cheap as can be."""
        share = 2 if coarse else 1
        capital_px = capital_mm * self.profile.paper.dots_per_mm / share
        pitch = (0.9 if self.thrift.close else 1.0) * typeset.leading_em(style) * typeset.em_px(capital_px, style)
        foot = 0.0
        room = (self.profile.width_dots - (32 if inverse else 8) - INDENT_DOTS) / share
        broken = _balanced if side is Side.MIDDLE else _wrapped
        for number, line in enumerate(broken(text, capital_px, style, room)):
            block = typeset.block(line, style, (capital_px,))
            top = round(number * pitch + pitch / 4 + capital_px + block.y - foot)
            yield gap(max(2, top * share))
            image = _ink(block.mask, _INK_FROM_COARSE if coarse else _INK_FROM)
            image = _white_on_black(image) if inverse else image
            yield Picture(_off_the_edge(image, side, INDENT_DOTS // share), side, doubled=coarse)
            foot = number * pitch + pitch / 4 + capital_px + block.y + block.mask.height
        yield gap(4)

    def _module_dots(self, address: str) -> int:
        dots = -(-self.profile.paper.dots(QR_LEAST_MM) // qr.encode(address).modules)
        return dots if self.profile.qr else dots + dots % 2

    def _quiet_dots(self, address: str) -> int:
        """White above and below a code, which readers need; the lines around it bring some of it."""
        return (qr.QUIET_MODULES - (2 if self.thrift.close else 1)) * self._module_dots(address)

    def _code(self, address: str) -> Strip:
        dots = self._module_dots(address)
        if self.profile.qr:
            return QrCode(address, dots)
        around = qr.QUIET_MODULES * dots // 2
        mask = qr.mask(address, dots // 2)
        return Picture(_ink(mask.crop((around, around, mask.width - around, mask.height - around)), 128), doubled=True)

    def _rule(self) -> None:
        self._gap(6)
        self.strips.append(rule(self.profile.width_dots))
        self._gap(6)

    def _gap(self, dots: int) -> None:
        self.strips.append(gap(dots // 2 if self.thrift.close else dots))


def _balanced(text: str, capital_px: float, style: typeset.Style, width: float) -> list[str]:
    """As few lines as `_wrapped` needs, about equally long."""
    lines = list(_wrapped(text, capital_px, style, width))
    for fewer in range(int(width) - 8, int(width / 2), -8):
        tried = list(_wrapped(text, capital_px, style, fewer))
        if len(tried) > len(lines):
            break
        lines = tried
    return lines


def _wrapped(text: str, capital_px: float, style: typeset.Style, width: float) -> Iterator[str]:
    """An address that is too long for a line is broken at its signs."""
    for line in typeset.wrap(text, capital_px, style, width):
        rest = line
        while typeset.width(rest, capital_px, style) > width:
            fits = [at for at in range(1, len(rest)) if typeset.width(rest[:at], capital_px, style) <= width]
            at = max((at for at in fits if rest[at - 1] in ".-:/"), default=max(fits, default=len(rest)))
            yield rest[:at] + _LEFT_TO_RIGHT
            rest = rest[at:]
        yield rest


def _ink(mask: Image.Image, least: int) -> Image.Image:
    """255 of a mask is ink; 0 of the picture is."""
    return mask.point(lambda dark: 255 * (dark < least)).convert("1", dither=Image.Dither.NONE)


def _off_the_edge(image: Image.Image, side: Side, dots: int) -> Image.Image:
    """With white towards the side where it stands."""
    if side is Side.MIDDLE:
        return image
    wider = Image.new("1", (image.width + dots, image.height), 1)
    wider.paste(image, (dots if side is Side.LEFT else 0, 0))
    return wider


def _white_on_black(image: Image.Image) -> Image.Image:
    black = Image.new("1", (image.width + 24, image.height + 8), 0)
    black.paste(1, (12, 4), image.point(lambda value: 255 - value))
    return black
