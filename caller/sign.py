"""What a number sign says: pure, from the room as the feed shows it.

A sign hangs where anybody reads it: a label and how many wait, nothing of needs or of what became of a press.
"""

from dataclasses import dataclass

from caller.seen import Seen
from smartqueue.terms import RoomState

_LONGEST = 20


@dataclass(frozen=True, slots=True)
class SignText:
    """label: of whoever is called or in the room, empty without one. note: a few words on the rest."""

    label: str = ""
    note: str = ""

    @property
    def line(self) -> str:
        """All in one line."""
        return "  ".join(part for part in (self.label, self.note) if part)


@dataclass(frozen=True, slots=True)
class SignWords:
    """In ASCII, as most signs know nothing else. waiting: with `{n}`, where the number stands."""

    waiting: str
    paused: str
    closed: str
    away: str


def sign_text(seen: Seen, words: SignWords) -> SignText:
    """While the hub is away the label stays: it was called."""
    return SignText(seen.label or "", _note(seen, words))


def _note(seen: Seen, words: SignWords) -> str:
    if seen.away:
        return words.away
    match seen.state:
        case RoomState.PAUSED:
            return words.paused
        case RoomState.CLOSED:
            return words.closed
        case RoomState.OPEN:
            return words.waiting.replace("{n}", str(seen.waiting))


def plain(text: str) -> str:
    """The words of a setting. Raises ValueError for what a sign can't show."""
    if not 1 <= len(text) <= _LONGEST:
        raise ValueError(f"1 to {_LONGEST} characters")
    if not (text.isascii() and text.isprintable()):
        raise ValueError("a sign shows letters, digits and marks of plain ASCII only")
    return text


def counted(text: str) -> str:
    """The same, for words with a number. Raises ValueError also when its place is missing."""
    if "{n}" not in text:
        raise ValueError("{n} is missing, where the number stands")
    return plain(text)
