"""How wide a text will be in Noto Sans, from a table, so that pages can be laid out where no font is.

Where letters join (Arabic) or melt together (Devanagari, Bengali) it is a little more than what will stand there, never
less. A television's own font may be wider: hub/web/static/fit.js looks again, in the page.
"""

import math
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final

from hub.web.advances import BOLD, BOLD_JOINED, PLAIN, PLAIN_JOINED

LABEL_EM: Final = 2.45
"""Of a label that is shown in full size, such as A012."""
_ARABIC: Final = 0x600
_LINKING: Final = "\u094d\u09cd"
_BELOW: Final = "\u0930\u09b0"
"""RA after a linking sign stands below the letter before it."""
_MELTED: Final = 0.75
_UNKNOWN: Final = 0.66


def bold_em(text: str) -> float:
    """Width of bold text, in em of its size."""
    return _width(text, BOLD, BOLD_JOINED)


def plain_em(text: str) -> float:
    """The same for text of normal weight."""
    return _width(text, PLAIN, PLAIN_JOINED)


def percent(share: float) -> int:
    """A class `fit-N` of the style sheets: 20 to 100 in steps of five."""
    return max(20, min(100, math.floor(share * 20 + 0.001) * 5))


def label_fit(label: str) -> int:
    """For a label on its own line."""
    return percent(LABEL_EM / bold_em(label))


def folded(text: str, width_em: float, *, bold: bool = False) -> Sequence[str]:
    """Lines as they will end; a word that is wider than a line has its own, and counts as one."""
    measure = bold_em if bold else plain_em
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and measure(longer) > width_em:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _width(text: str, table: Mapping[int, bytes], joined: Mapping[int, bytes]) -> float:
    around = zip(f" {text}", text, f"{text[1:]} ", strict=False)
    return sum(_advance(before, one, after, table, joined) for before, one, after in around)


def _advance(before: str, one: str, after: str, table: Mapping[int, bytes], joined: Mapping[int, bytes]) -> float:
    if unicodedata.category(one) in ("Mn", "Cf") or (before in _LINKING and one in _BELOW):
        return 0.0
    if _arabic(one) and _arabic(after):
        return _in(joined, one)
    return _in(table, one) * (_MELTED if after in _LINKING else 1.0)


def _in(table: Mapping[int, bytes], one: str) -> float:
    """A Chinese sign is a whole em; of what the table does not have, about."""
    point = ord(one)
    for first, advances in table.items():
        if first <= point < first + len(advances):
            return advances[point - first] / 100 or _UNKNOWN
    return 1.0 if unicodedata.east_asian_width(one) in "WF" else _UNKNOWN


def _arabic(one: str) -> bool:
    return ord(one) >> 8 == _ARABIC >> 8 and unicodedata.category(one) in ("Lo", "Mn")
