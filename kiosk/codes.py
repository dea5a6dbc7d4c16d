"""What a code that was read means: an appointment, a ticket of this site, a label, or something else. Pure.

Nothing that was read is ever logged or kept: it may be an identity card.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit

from smartqueue.capabilities import ALPHABET, CODE_CHARACTERS, SECRET_CHARACTERS, normal
from smartqueue.terms import Label

LONGEST = 512
"""Characters; more is no code of ours."""
REPEAT_S = 3.0
"""A reader on a stand reads what is held before it again and again."""
_LABEL = re.compile(r"([A-Z]{1,2})[ -]?(\d{3,4})")
_SYMBOLOGY = re.compile(r"^\][A-Za-z][0-9A-Za-z]")
"""What some readers send first, to say what kind of code it was."""
_STATUS_PATH = re.compile(r"/S/([0-9A-Z]+)/?")
_PRODUCT_LENGTHS = (12, 13, 14)


class Strange(StrEnum):
    """What a code is that is not for a kiosk. Each has its sentence in the locales: `code.<value>`."""

    UNREADABLE = "unreadable"
    """Half of a code, or one that holds no letters."""
    OTHER_SITE = "other_site"
    """A ticket of another clinic."""
    ADDRESS = "address"
    """Some web address."""
    PRODUCT = "product"
    """What stands on goods."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ShortCode:
    """Eight characters: of a booked appointment or of a ticket. Ask for the appointment first, then for the ticket."""

    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class TicketSecret:
    """Of the address in a ticket's QR code: shows that one token."""

    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class LabelRead:
    label: Label


@dataclass(frozen=True, slots=True)
class SomethingElse:
    what: Strange

    @property
    def words_key(self) -> str:
        """Of the sentence that says so, in the locales."""
        return f"code.{self.what}"


Reading = ShortCode | TicketSecret | LabelRead | SomethingElse


def understood(text: str, public_url: str | None) -> Reading:
    """What was read. public_url: where phones reach this site's status pages; None = nothing leads there."""
    plain = _SYMBOLOGY.sub("", text.strip().strip("\x02\x03")).strip()
    if not plain or len(plain) > LONGEST or not plain.isprintable():
        return SomethingElse(Strange.UNREADABLE)
    if "://" in plain:
        return _address(plain, public_url)
    label = _LABEL.fullmatch(plain.upper())
    if label:
        return LabelRead(Label(label[1] + label[2]))
    code = normal(plain)
    if _is_ours(code, CODE_CHARACTERS):
        return ShortCode(code)
    if _is_ours(code, SECRET_CHARACTERS):
        return TicketSecret(code)
    return SomethingElse(Strange.PRODUCT if _is_product(plain) else Strange.UNKNOWN)


def _is_ours(code: str, length: int) -> bool:
    return len(code) == length and all(char in ALPHABET for char in code)


def _address(text: str, public_url: str | None) -> Reading:
    try:
        parts, ours = urlsplit(text.upper()), urlsplit((public_url or "").upper())
    except ValueError:
        return SomethingElse(Strange.UNKNOWN)
    found = _STATUS_PATH.fullmatch(parts.path.removeprefix(ours.path.rstrip("/")))
    code = normal(found[1]) if found else ""
    is_ticket = _is_ours(code, SECRET_CHARACTERS) or _is_ours(code, CODE_CHARACTERS)
    if not is_ticket:
        return SomethingElse(Strange.ADDRESS)
    if not ours.netloc or parts.netloc != ours.netloc:
        return SomethingElse(Strange.OTHER_SITE)
    return TicketSecret(code) if len(code) == SECRET_CHARACTERS else ShortCode(code)


def _is_product(text: str) -> bool:
    """The number on goods: its last digit checks the others."""
    if len(text) not in _PRODUCT_LENGTHS or not (text.isascii() and text.isdecimal()):
        return False
    digits = [int(char) for char in reversed(text)]
    return (sum(digits[0::2]) + 3 * sum(digits[1::2])) % 10 == 0


class Fresh:
    """Lets each code through once, and again only after it has not been seen for a while."""

    def __init__(self, repeat_s: float = REPEAT_S) -> None:
        self._repeat_s = repeat_s
        self._last = ""
        self._seen_at = 0.0

    def is_new(self, text: str, now: float) -> bool:
        """now: monotonic seconds."""
        again = text == self._last and now - self._seen_at < self._repeat_s
        self._last, self._seen_at = text, now
        return not again
