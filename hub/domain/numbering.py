"""Numbering: letter and number of a label, per department and clinic day (queue-rules, Numbering)."""

from smartqueue.terms import Label

LETTERS = ("A", "K", "R", "X", "H", "M", "L", "W", "U", "F", "T")
"""Letters given out by default, in this order; the others look or sound like one of them."""
LAST_NUMBER = 9999


def label(letter: str, number: int) -> Label:
    """`A001` to `A999`, `A1000` when a day needs it."""
    return Label(f"{letter}{number:03}")


def next_number(last: int) -> int:
    """The number after `last` in a dense series."""
    return last + 1


def default_letters(count: int) -> tuple[str, ...]:
    """Letters for so many departments: single ones first, then pairs of them."""
    pairs = [first + second for first in LETTERS for second in LETTERS]
    return tuple([*LETTERS, *pairs][:count])
