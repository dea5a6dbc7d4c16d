"""Numbering: letter and number of a label, per department and clinic day (queue-rules, Numbering)."""

import re
from collections.abc import Iterator

from hub.domain.clinic import Clinic, Lease
from smartqueue.terms import DepartmentId, Label

LETTERS = ("A", "K", "R", "X", "H", "M", "L", "W", "U", "F", "T")
"""Letters given out by default, in this order; the others look or sound like one of them."""
LAST_NUMBER = 9999
FIRST_LEASED = 501
"""Blocks for kiosks that are alone begin here, out of the way of an ordinary day's series."""
BLOCK = 50
"""Numbers of one block."""
TYPED = re.compile(r"([A-Za-z]{1,2})([0-9]{1,5})", re.ASCII)


def label(letter: str, number: int) -> Label:
    """`A001` to `A999`, `A1000` when a day needs it."""
    return Label(f"{letter}{number:03}")


def as_typed(text: str) -> Label | None:
    """The label that somebody means who types `a12`, `A-012` or `a 012`; None where it can't be one."""
    found = TYPED.fullmatch(re.sub(r"[\s-]", "", text))
    return label(found[1].upper(), int(found[2])) if found else None


def next_number(clinic: Clinic, department: DepartmentId) -> int:
    """The number after the last one: dense, but for skipped numbers, kiosks' blocks and labels that still live."""
    blocks = list(_blocks(clinic, department))
    skip = set(clinic.configured().skip_numbers)
    letter = clinic.departments[department].letter
    number = clinic.last_number.get(department, 0) + 1
    while True:
        block = next((lease for lease in blocks if lease.first <= number <= lease.last), None)
        if block is not None:
            number = block.last + 1
        elif number in skip or label(letter, number) in clinic.carried:
            number += 1
        else:
            return number


def free_block(clinic: Clinic, department: DepartmentId) -> tuple[int, int] | None:
    """First and last number of a block that nobody has and that the series has not reached; None when all are taken."""
    taken = [lease for lease in clinic.leases.values() if lease.department == department]
    first = FIRST_LEASED
    while first + BLOCK - 1 <= LAST_NUMBER:
        last = first + BLOCK - 1
        reached = clinic.last_number.get(department, 0) >= first
        if not reached and not any(lease.first <= last and first <= lease.last for lease in taken):
            return first, last
        first += BLOCK
    return None


def unusable(clinic: Clinic, lease: Lease) -> tuple[int, ...]:
    """Numbers of a block that must not be given out: skipped ones, and labels of an earlier day that still live."""
    letter, skip = clinic.departments[lease.department].letter, set(clinic.configured().skip_numbers)
    numbers = range(lease.first, lease.last + 1)
    return tuple(number for number in numbers if number in skip or label(letter, number) in clinic.carried)


def default_letters(count: int) -> tuple[str, ...]:
    """Letters for so many departments: single ones first, then pairs of them."""
    pairs = [first + second for first in LETTERS for second in LETTERS]
    return tuple([*LETTERS, *pairs][:count])


def _blocks(clinic: Clinic, department: DepartmentId) -> Iterator[Lease]:
    """Blocks that the series must leave out: today's and tomorrow's; older ones where tokens live on."""
    for lease in clinic.leases.values():
        counts = lease.day >= clinic.day or clinic.departments[department].always_open
        if lease.department == department and counts:
            yield lease
