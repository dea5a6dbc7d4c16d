"""How wide a text will be, guessed without its font, so that style sheets can set long ones smaller in steps."""

import math
import unicodedata

WIDE, BROAD = "MW", "HUNGDOQ"
_ARABIC_EM = 0.48
LABEL_EM = 2.45
"""Of a label that is shown in full size, such as A012."""


def bold_em(text: str) -> float:
    """About the width of bold text, in em of its size."""
    return sum(_bold(one) for one in text)


def plain_em(text: str) -> float:
    """The same for text of normal weight."""
    return sum(_plain(one) for one in text)


def _plain(one: str) -> float:
    marked = _marked(one)
    if marked is not None:
        return marked
    if unicodedata.bidirectional(one) == "AL":
        return _ARABIC_EM
    return 0.3 if one in " ,.:|،" else 0.66 if one.isupper() else 0.55


def percent(share: float) -> int:
    """A class `fit-N` of the style sheets: 20 to 100 in steps of five."""
    return max(20, min(100, math.floor(share * 20) * 5))


def label_fit(label: str) -> int:
    """For a label on its own line."""
    return percent(LABEL_EM / bold_em(label))


def _bold(one: str) -> float:
    marked = _marked(one)
    if marked is not None:
        return marked
    if one.isdigit():
        return 0.572
    if one in WIDE or one in BROAD:
        return 0.96 if one in WIDE else 0.78
    if one in " ,.:":
        return 0.3
    return 0.7 if one.isupper() else 0.58


def _marked(one: str) -> float | None:
    """Of what is no letter as wide as others: a mark above or below one is none, a Chinese sign is a whole em."""
    if unicodedata.category(one) == "Mn":
        return 0.0
    return 1.0 if unicodedata.east_asian_width(one) in "WF" else None
