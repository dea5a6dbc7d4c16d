"""How wide a text will be, guessed without its font, so that style sheets can set long ones smaller in steps."""

import math

WIDE, BROAD = "MW", "HUNGDOQ"
LABEL_EM = 2.45
"""Of a label that is shown in full size, such as A012."""


def bold_em(text: str) -> float:
    """About the width of bold text, in em of its size."""
    return sum(_bold(one) for one in text)


def plain_em(text: str) -> float:
    """The same for text of normal weight."""
    return sum(0.3 if one in " ,.:|" else 0.66 if one.isupper() else 0.55 for one in text)


def percent(share: float) -> int:
    """A class `fit-N` of the style sheets: 20 to 100 in steps of five."""
    return max(20, min(100, math.floor(share * 20) * 5))


def label_fit(label: str) -> int:
    """For a label on its own line."""
    return percent(LABEL_EM / bold_em(label))


def _bold(one: str) -> float:
    if one.isdigit():
        return 0.572
    if one in WIDE:
        return 0.96
    if one in BROAD:
        return 0.78
    if one in " ,.:":
        return 0.3
    return 0.7 if one.isupper() else 0.58
