"""How telephone numbers look: in the groups of their country, and what one that is being typed still lacks. Pure.

Only for eyes and for when a key wakes: whether a number is one, the hub says.
"""

from kiosk.phoning import may_be_number

MOST_IN_GROUP = 4
_FILL = "5"
"""Stands for a digit that is not there yet: no country's numbers are dialled with it before them."""
MOBILE = {
    **{"1": (3, 3, 4), "7": (3, 3, 4), "20": (2, 4, 4), "27": (2, 3, 4), "32": (3, 2, 2, 2), "33": (1, 2, 2, 2, 2)},
    **{"34": (3, 3, 3), "44": (4, 6), "48": (3, 3, 3), "51": (3, 3, 3), "52": (2, 4, 4), "55": (2, 5, 4)},
    **{"57": (3, 3, 4), "61": (3, 3, 3), "63": (3, 3, 4), "65": (4, 4), "66": (2, 3, 4), "84": (3, 3, 3)},
    **{"86": (3, 4, 4), "90": (3, 3, 2, 2), "91": (5, 5), "92": (3, 7), "93": (2, 3, 4), "94": (2, 3, 4)},
    **{"212": (3, 6), "213": (3, 2, 2, 2), "216": (2, 3, 3), "221": (2, 3, 2, 2)},
    **{"233": (2, 3, 4), "234": (3, 3, 4), "237": (1, 2, 2, 2, 2), "244": (3, 3, 3), "250": (3, 3, 3)},
    **{"251": (2, 3, 4), "254": (3, 3, 3), "255": (3, 3, 3), "256": (3, 3, 3), "258": (2, 3, 4), "260": (2, 3, 4)},
    **{"263": (2, 3, 4), "351": (3, 3, 3), "852": (4, 4), "880": (4, 6), "962": (1, 4, 4), "964": (3, 3, 4)},
    **{"965": (4, 4), "966": (2, 3, 4), "968": (4, 4), "971": (2, 3, 4), "973": (4, 4), "974": (4, 4)},
    **{"977": (3, 3, 4)},
}
"""Of countries whose mobile numbers all have one length: digits in each group, after the country's code."""
_TWO_DIGITS = frozenset(
    map(str, (20, 27, *range(30, 35), 36, 39, 40, 41, *range(43, 50), *range(51, 59), *range(60, 67), 81, 82, 84, 86))
) | frozenset(map(str, (*range(90, 96), 98)))


def grouped(typed: str, prefix: str = "") -> str:
    """As numbers of the country are written: `+44 7700 900123`; in threes where that is not known. prefix: of the
    country of what has none of its own."""
    code, rest = _parts(typed, prefix)
    parts = [f"+{code}"] if typed.startswith("+") else []
    for size in _sizes(typed, code, rest):
        parts, rest = [*parts, rest[:size]], rest[size:]
    while len(rest) > MOST_IN_GROUP:
        parts, rest = [*parts, rest[:3]], rest[3:]
    return " ".join(part for part in (*parts, rest) if part)


def lacking(typed: str, prefix: str = "") -> str:
    """What comes after it in a whole number, any digit for each that is not there: ` 543210`; empty where that is not
    known."""
    code, rest = _parts(typed, prefix)
    missing = sum(_sizes(typed, code, rest)) - len(rest)
    return grouped(typed + _FILL * missing, prefix)[len(grouped(typed, prefix)) :] if missing > 0 else ""


def may_be_whole(typed: str, prefix: str = "") -> bool:
    return may_be_number(typed) and not lacking(typed, prefix)


def _parts(typed: str, prefix: str) -> tuple[str, str]:
    """The country's code, and what comes after it."""
    digits = typed.removeprefix("+")
    if not typed.startswith("+"):
        return prefix.removeprefix("+"), digits
    code = _country(digits)
    return code, digits[len(code) :]


def _sizes(typed: str, code: str, rest: str) -> list[int]:
    """Of the groups; within a country a zero may be dialled before the first."""
    sizes = list(MOBILE.get(code, ()))
    if sizes and not typed.startswith("+") and rest.startswith("0"):
        sizes[0] += 1
    return sizes


def _country(digits: str) -> str:
    """The country's code at the start of an international number (ITU-T E.164)."""
    if digits[:1] in {"1", "7"}:
        return digits[:1]
    return digits[: 2 if digits[:2] in _TWO_DIGITS else 3]
