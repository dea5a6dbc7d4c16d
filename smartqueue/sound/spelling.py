"""How labels and numbers are said, as SSML: letters and digits one by one, a room's number as people say it. Pure.

espeak-ng reads `012` as twelve and a lone `A` as the article: so digits go separated, letters marked as letters.
"""

import re
from typing import Final
from xml.sax.saxutils import escape

from smartqueue.i18n import ENGLISH
from smartqueue.terms import Language

_ENGLISH_LETTERS: Final = frozenset({Language("zh")})
"""Where the voice says a letter like a digit (E like 1): English letters are said by the English voice there."""
_SIGNS = re.compile(
    r"(?P<phone>\+\d[\d ]*\d)(?!\w)"
    r"|(?<!\w)(?:"
    r"(?P<apart>[A-Z0-9](?: [A-Z0-9])+)"
    r"|(?P<time>\d{1,2}:\d{2})"
    r"|(?P<range>\d+[–-]\d+)"
    r"|(?P<room>\d{1,3}[A-Z])"
    r"|(?P<label>(?=[0-9]*[A-Z])(?=[A-Z]*[0-9])[A-Z0-9]{2,})"
    r"|(?P<digits>\d{5,}|0\d+)"
    r")(?!\w)",
    re.ASCII,
)
"""What in a sentence is not said as a voice would read it."""
_PAUSE: Final = '<break time="150ms"/>'


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


def as_said(text: str, language: Language = ENGLISH) -> str:
    """SSML that says a sentence as people read it: labels, codes, telephone numbers and rooms in it as they are said
    by themselves, times and all other numbers as the voice reads them. `A 0 1 2` is the same as `A012`."""
    if len(text.strip()) == 1:
        return spelled(text.strip(), language)
    said, end = [], 0
    for sign in _SIGNS.finditer(text):
        said += [_plain(text[end : sign.start()]), _sign(sign, language)]
        end = sign.end()
    return "".join((*said, _plain(text[end:]))).strip()


def _sign(sign: "re.Match[str]", language: Language) -> str:
    match sign.lastgroup:
        case "time":
            return sign[0]
        case "range":
            return _PAUSE.join(re.split("[–-]", sign[0]))
        case "room":
            return numbered(sign[0], language)
        case "label":
            return spelled(sign[0], language)
    return spelled(sign[0].replace(" ", ""), language)


def _plain(text: str) -> str:
    return escape(re.sub(r"\s+", " ", text))
