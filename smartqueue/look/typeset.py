"""Shape, measure, break and draw text with Pillow and RAQM: one engine for screens and tickets.

Sizes are heights of capitals in pixels. Masks are 8 bit (255 = ink), cut to the ink, so nothing is ever clipped.
The prepared fonts of `fonts.py` must be there.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from PIL import Image, ImageDraw, ImageFont

from smartqueue.look import fonts, hyphenate, linebreak

Align = Literal["start", "center", "end"]
Direction = Literal["ltr", "rtl"]

TRACKING_LABEL = -0.03
"""Of tight labels (capitals and digits only), in em."""
TRACKING_NAME = -0.02
"""Of tight names, in em."""
SQUEEZE_LEAST = 0.85
"""A text that does not fit may be set smaller than asked down to this share; a label down to any size."""
LEADING = {"latin": 1.25, "devanagari": 1.5, "arabic": 1.4, "bengali": 1.4, "tamil": 1.4, "chinese": 1.35}
"""Line height in em."""
LEADING_TIGHT = {"latin": 0.93, "devanagari": 1.25, "arabic": 1.3, "bengali": 1.22, "tamil": 1.22, "chinese": 1.1}
_FEATURES = ["tnum", "lnum"]
_HYPHEN = "-"
_ELLIPSIS = "…"
_SLACK_PX = 0.5


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set. Tight tracking works on Latin letters only: other scripts join."""

    language: str
    weight: int = 400
    tight: bool = False

    @property
    def script(self) -> str:
        return fonts.script(self.language)

    @property
    def direction(self) -> Direction:
        return "rtl" if fonts.right_to_left(self.language) else "ltr"


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Set lines. The origin is the left end of the first baseline; the lines share `width_px`.

    mask: ink of all lines, its top left corner at (x, y) from the origin. baselines: of each line, from the first.
    cut: words are missing (an ellipsis stands for them). hyphenated: a word was broken. squeezed: set smaller than
    the smallest size asked for.
    """

    mask: Image.Image
    x: int
    y: int
    width_px: float
    capital_px: float
    lines: tuple[str, ...]
    baselines: tuple[int, ...]
    cut: bool
    hyphenated: bool
    squeezed: bool

    @property
    def height_px(self) -> float:
        """From the top of the first line's capitals to the last baseline."""
        return self.capital_px + (self.baselines[-1] if self.baselines else 0)


@lru_cache(maxsize=96)
def _font(language_script: str, weight: int, size_px: float) -> ImageFont.FreeTypeFont:
    fonts.checked()
    path = fonts.directory() / fonts.file_name(language_script if fonts.ready(language_script) else "latin", weight)
    return ImageFont.truetype(str(path), size_px, layout_engine=ImageFont.Layout.RAQM)


@lru_cache(maxsize=16)
def capital_share(script: str, weight: int) -> float:
    """Height of a capital H in em (0.714 in Noto Sans)."""
    return -_font(script, weight, 1000).getbbox("H", anchor="ls")[1] / 1000


def em_px(capital_px: float, style: Style) -> float:
    """Type size whose capitals are this high."""
    return capital_px / capital_share(style.script, style.weight)


def _sized(capital_px: float, style: Style) -> ImageFont.FreeTypeFont:
    return _font(style.script, style.weight, round(em_px(capital_px, style), 2))


def _tracked(text: str, style: Style) -> bool:
    return style.tight and style.script == "latin" and len(text) > 1


def _is_label(text: str) -> bool:
    """Capitals and digits without a space: never broken and never cut."""
    return text.isascii() and " " not in text and text.upper() == text


def _tracking_px(text: str, capital_px: float, style: Style) -> float:
    return (TRACKING_LABEL if _is_label(text) else TRACKING_NAME) * em_px(capital_px, style)


@lru_cache(maxsize=4096)
def width(text: str, capital_px: float, style: Style) -> float:
    """Advance width of one line in pixels."""
    font = _sized(capital_px, style)
    length = font.getlength(text, direction=style.direction, features=_FEATURES, language=style.language)
    if _tracked(text, style):
        length += _tracking_px(text, capital_px, style) * (sum(1 for _ in hyphenate.clusters(text)) - 1)
    return float(length)


def leading_em(style: Style) -> float:
    """Line height of the language in em."""
    return (LEADING_TIGHT if style.tight else LEADING)[style.script]


def wrap(text: str, capital_px: float, style: Style, width_px: float) -> tuple[str, ...]:
    """Lines broken where `linebreak` allows it and at line feeds; what is too long to be broken stands alone."""
    lines: list[str] = []
    for paragraph in text.replace(hyphenate.SOFT_HYPHEN, "").split("\n"):
        lines += _wrapped(paragraph, capital_px, style, width_px + _SLACK_PX)
    return tuple(lines)


def _wrapped(paragraph: str, capital_px: float, style: Style, most_px: float) -> list[str]:
    def fits(line: Sequence[linebreak.Piece]) -> bool:
        return width(linebreak.line_of(line), capital_px, style) <= most_px

    lines = _filled(linebreak.pieces(paragraph), fits)
    if style.script == "chinese" and not all(map(fits, lines)):
        lines = _filled(linebreak.pieces(paragraph, words_whole=False), fits)
    return [linebreak.line_of(line) for line in linebreak.without_single_sign(lines, fits)]


def _filled(
    pieces: Iterable[linebreak.Piece], fits: Callable[[Sequence[linebreak.Piece]], bool]
) -> list[list[linebreak.Piece]]:
    lines: list[list[linebreak.Piece]] = [[]]
    for piece in pieces:
        if lines[-1] and not fits([*lines[-1], piece]):
            lines.append([piece])
        else:
            lines[-1].append(piece)
    return lines


def _fits(lines: tuple[str, ...], most: int, capital_px: float, style: Style, width_px: float) -> bool:
    return len(lines) <= most and all(width(line, capital_px, style) <= width_px + _SLACK_PX for line in lines)


def _most_lines(lines: int, capital_px: float, style: Style, leading: float, height_px: float | None) -> int:
    if height_px is None:
        return lines
    pitch = (leading or leading_em(style)) * em_px(capital_px, style)
    return max(1, min(lines, 1 + int((height_px + _SLACK_PX - capital_px) / pitch)))


def _broken_word(word: str, capital_px: float, style: Style, width_px: float) -> tuple[str, str] | None:
    plain, soft = hyphenate.soft_points(word)
    for place in reversed(soft or hyphenate.points(plain, style.language)):
        head = plain[:place] + _HYPHEN
        if width(head, capital_px, style) <= width_px + _SLACK_PX:
            return head, hyphenate.tail(word, place)
    return None


def _hyphenated(text: str, capital_px: float, style: Style, width_px: float) -> tuple[str, ...]:
    """Like wrap, but words are broken where they do not fit."""
    lines, line = [], ""
    words = list(linebreak.pieces(text.replace("\n", " ")))
    while words:
        glue, word = words.pop(0)
        plain = word.replace(hyphenate.SOFT_HYPHEN, "")
        longer = f"{line}{glue}{plain}" if line else plain
        if width(longer, capital_px, style) <= width_px + _SLACK_PX:
            line = longer
            continue
        before = f"{line}{glue}" if line else ""
        room = width_px - (width(before, capital_px, style) if before else 0)
        pair = _broken_word(word, capital_px, style, room)
        if pair is None:
            lines.extend([line] if line else [])
            line = ""
            pair = _broken_word(word, capital_px, style, width_px)
            if pair is None or width(plain, capital_px, style) <= width_px + _SLACK_PX:
                line = plain
                continue
            before = ""
        lines.append(before + pair[0])
        words.insert(0, ("", pair[1]))
        line = ""
    return (*lines, line) if line else tuple(lines)


def _ellipsis(line: str, capital_px: float, style: Style, width_px: float) -> str:
    clusters = list(hyphenate.clusters(line))
    while clusters and width("".join(clusters).rstrip() + _ELLIPSIS, capital_px, style) > width_px + _SLACK_PX:
        clusters.pop()
    return "".join(clusters).rstrip() + _ELLIPSIS


def _cut(text: str, most: int, capital_px: float, style: Style, width_px: float) -> tuple[str, ...]:
    lines = _hyphenated(text, capital_px, style, width_px)
    kept = [
        line if width(line, capital_px, style) <= width_px + _SLACK_PX else _ellipsis(line, capital_px, style, width_px)
        for line in lines[:most]
    ]
    if len(lines) > most and not kept[-1].endswith(_ELLIPSIS):
        kept[-1] = _ellipsis(linebreak.joined(lines[most - 1 : most + 1]), capital_px, style, width_px)
    return tuple(kept)


def _squeezed(text: str, style: Style, size: float, width_px: float, lines: int) -> "Fit | None":
    """The text at the largest size below `size` at which it fits, unless it would get too small."""
    least = 1.0 if _is_label(text) else size * SQUEEZE_LEAST
    while size > least:
        size = max(least, size * 0.98)
        broken = wrap(text, size, style, width_px)
        if _fits(broken, lines, size, style, width_px):
            return Fit(size, broken, squeezed=True)
    return None


@dataclass(frozen=True, slots=True)
class Fit:
    """What `fit` chose."""

    capital_px: float
    lines: tuple[str, ...]
    cut: bool = False
    hyphenated: bool = False
    squeezed: bool = False


def fit(
    text: str,
    style: Style,
    sizes_px: tuple[float, ...],
    width_px: float,
    lines: int = 1,
    height_px: float | None = None,
    leading: float = 0.0,
) -> Fit:
    """The largest of the sizes (descending) at which the text fits on so many lines unbroken; else, at the smallest,
    with words hyphenated; else a little smaller; else cut with an ellipsis (labels never are).

    height_px: room from the first capitals' top to the last baseline. leading: line height in em (0: the language's).
    """
    for size in sizes_px:
        broken = wrap(text, size, style, width_px)
        if _fits(broken, _most_lines(lines, size, style, leading, height_px), size, style, width_px):
            return Fit(size, broken)
    size = sizes_px[-1]
    most = _most_lines(lines, size, style, leading, height_px)
    broken = _hyphenated(text, size, style, width_px)
    if _fits(broken, most, size, style, width_px):
        return Fit(size, broken, hyphenated=True)
    squeezed = _squeezed(text, style, size, width_px, most)
    if squeezed is not None:
        return squeezed
    return Fit(size, _cut(text, most, size, style, width_px), cut=True)


def common_px(
    texts: Iterable[str], style: Style, sizes_px: tuple[float, ...], width_px: float, lines: int = 1
) -> float:
    """The largest of the sizes at which every one of the texts fits unbroken, so that a group looks like one; else
    the smallest."""
    kept = tuple(texts)
    for size in sizes_px:
        if all(_fits(wrap(text, size, style, width_px), lines, size, style, width_px) for text in kept):
            return size
    return sizes_px[-1]


def _draw_line(draw: ImageDraw.ImageDraw, x: float, y: int, line: str, capital_px: float, style: Style) -> None:
    font = _sized(capital_px, style)
    if not _tracked(line, style):
        draw.text(
            (x, y), line, 255, font, anchor="ls", direction=style.direction, features=_FEATURES, language=style.language
        )
        return
    shift, so_far = _tracking_px(line, capital_px, style), ""
    for n, cluster in enumerate(hyphenate.clusters(line)):
        so_far += cluster
        at = font.getlength(so_far, features=_FEATURES) - font.getlength(cluster, features=_FEATURES)
        draw.text((x + at + n * shift, y), cluster, 255, font, anchor="ls", features=_FEATURES)


@lru_cache(maxsize=256)
def block(
    text: str,
    style: Style,
    sizes_px: tuple[float, ...],
    width_px: float | None = None,
    lines: int = 1,
    height_px: float | None = None,
    leading: float = 0.0,
    align: Align = "start",
) -> Block:
    """The text set and drawn. width_px None: as wide as it gets. See `fit` for the rest."""
    if width_px is None:
        chosen = Fit(sizes_px[0], tuple(text.split("\n")))
    else:
        chosen = fit(text, style, sizes_px, width_px, lines, height_px, leading)
    return _drawn(chosen, style, leading, align)


def _drawn(chosen: Fit, style: Style, leading: float, align: Align) -> Block:
    size = chosen.capital_px
    em = em_px(size, style)
    pitch = (leading or leading_em(style)) * em
    widths = [width(line, size, style) for line in chosen.lines]
    widest = max(widths)
    baselines = tuple(round(n * pitch) for n in range(len(widths)))
    margin = round(em * 1.5) + 2
    canvas = Image.new("L", (round(widest) + 2 * margin, baselines[-1] + 2 * margin), 0)
    draw = ImageDraw.Draw(canvas)
    share = {"start": 0.0, "center": 0.5, "end": 1.0}[align]
    for line, baseline, wide in zip(chosen.lines, baselines, widths, strict=True):
        _draw_line(draw, margin + (widest - wide) * share, margin + baseline, line, size, style)
    ink = canvas.getbbox() or (margin, margin, margin + 1, margin + 1)
    return Block(
        mask=canvas.crop(ink),
        x=ink[0] - margin,
        y=ink[1] - margin,
        width_px=widest,
        capital_px=size,
        lines=chosen.lines,
        baselines=baselines,
        cut=chosen.cut,
        hyphenated=chosen.hyphenated,
        squeezed=chosen.squeezed,
    )
