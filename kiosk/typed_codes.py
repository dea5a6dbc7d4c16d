"""Codes from readers that type like a keyboard, told apart from people by their speed. Pure.

Works on key positions (USB HID usages, which are SDL's scancodes), not on letters: a reader sends those of a US
keyboard whatever layout the machine has.
"""

from kiosk.codes import LONGEST

LEAST_CHARACTERS = 4
QUICK_GAP_S = 0.05
"""Readers take 1 to 30 ms for a character; nobody types a whole code as fast as that."""
SLOW_SHARE = 0.25
"""So many gaps may be longer: a busy machine hears keys late, and then several at once."""
LONGEST_GAP_S = 1.0
"""More is another beginning."""
_LETTERS = {4 + at: char for at, char in enumerate("abcdefghijklmnopqrstuvwxyz")}
_DIGITS = {30 + at: char for at, char in enumerate("1234567890")}
_SIGNS = {44: " ", 45: "-", 46: "=", 47: "[", 48: "]", 49: "\\", 51: ";", 52: "'", 53: "`", 54: ",", 55: ".", 56: "/"}
_KEYPAD = {84: "/", 85: "*", 86: "-", 87: "+", 99: ".", **{89 + at: char for at, char in enumerate("1234567890")}}
_PLAIN = {**_LETTERS, **_DIGITS, **_SIGNS, **_KEYPAD}
_SHIFTED = {
    **{code: char.upper() for code, char in _LETTERS.items()},
    **{30 + at: char for at, char in enumerate("!@#$%^&*()")},
    **{44: " ", 45: "_", 46: "+", 47: "{", 48: "}", 49: "|", 51: ":", 52: '"', 53: "~", 54: "<", 55: ">", 56: "?"},
    **_KEYPAD,
}
_ENDS = frozenset({40, 43, 88})
"""Enter, Tab, and the Enter of the keypad."""
_MODIFIERS = frozenset({57, *range(224, 232)})
"""Keys that write nothing themselves: they are part of how a reader writes."""


class TypedCodes:
    """Feed it keys as they are pressed; it gives back a code when a reader has ended one."""

    def __init__(self) -> None:
        self._text = ""
        self._slow_gaps = 0
        self._last_at = 0.0

    def key(self, scancode: int, now: float, *, shift: bool = False) -> str | None:
        """The code that this key ends. now: monotonic seconds; shift: held down meanwhile."""
        if scancode in _MODIFIERS:
            return None
        gap_s, self._last_at = now - self._last_at, now
        if gap_s > LONGEST_GAP_S:
            self._text = ""
        self._slow_gaps = self._slow_gaps + (gap_s > QUICK_GAP_S) if self._text else 0
        if scancode in _ENDS:
            return self._ended()
        char = (_SHIFTED if shift else _PLAIN).get(scancode)
        if char is None:
            self._text = ""
        elif len(self._text) <= LONGEST:
            self._text += char
        return None

    def _ended(self) -> str | None:
        text, self._text = self._text, ""
        quick = self._slow_gaps <= SLOW_SHARE * len(text)
        return text if quick and LEAST_CHARACTERS <= len(text) <= LONGEST else None
