"""How labels and numbers are said, as SSML: letters and digits one by one, a room's number as people say it. Pure.

espeak-ng reads `012` as twelve and a lone `A` as the article: so digits go separated, letters marked as letters.
"""

from typing import Final
from xml.sax.saxutils import escape

from smartqueue.i18n import ENGLISH
from smartqueue.terms import Language

_ENGLISH_LETTERS: Final = frozenset({Language("zh")})
"""Where the voice says a letter like a digit (E like 1): English letters are said by the English voice there."""


def spelled(label: str, language: Language = ENGLISH) -> str:
    """SSML that says a label: letters by name, digits one by one.

    `A012` -> A, zero, one, two.
    """
    letter = '<say-as interpret-as="characters">{}</say-as>'
    if language in _ENGLISH_LETTERS:
        letter = f'<voice xml:lang="en">{letter}</voice>'
    return " ".join(letter.format(escape(sign)) if sign.isalpha() else escape(sign) for sign in label)


def numbered(room: str, language: Language = ENGLISH) -> str:
    """SSML that says a room's number as people do: `12` -> twelve, `12B` -> twelve B."""
    digits = "".join(sign for sign in room if sign.isdigit())
    if digits and room.startswith(digits):
        return f"{digits} {spelled(room[len(digits) :], language)}".rstrip()
    return spelled(room, language)
