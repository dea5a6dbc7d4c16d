"""Where a line may end: at spaces; in Chinese between any two signs, but not beside marks that belong to one."""

import re
from collections.abc import Iterator, Sequence

_NOT_FIRST = frozenset("，。、；：？！）》〉」』】〕”’…—～·％℃,.;:?!)]}%")
_NOT_LAST = frozenset("（《〈「『【〔“‘￥第([{")
"""A counter's `第` stays with its number."""
_WIDE_ENDS = "。！？"
_SENTENCE = re.compile(rf"(?<=[.?!।؟]) |(?<=[{_WIDE_ENDS}])(?=.)")

Piece = tuple[str, str]
"""What stands before it in a line (a space or nothing), and letters that are never parted."""


def wide(char: str) -> bool:
    """A sign or mark of Chinese, which is set without spaces."""
    return "\u2e80" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or "\uff00" <= char <= "\uffef"


def pieces(paragraph: str) -> Iterator[Piece]:
    """The paragraph in order; no-break spaces hold together. Joined again it is the same."""
    glue = ""
    for word in paragraph.split(" "):
        start = 0
        for place in range(1, len(word)):
            if _may_part(word[place - 1], word[place]):
                yield glue, word[start:place]
                glue, start = "", place
        yield glue, word[start:]
        glue = " "


def _may_part(before: str, after: str) -> bool:
    """A number stays with the word that counts: `10分钟`."""
    if after in _NOT_FIRST or before in _NOT_LAST:
        return False
    return wide(before) and (wide(after) or after.isalnum())


def line_of(line: Sequence[Piece]) -> str:
    """Pieces as one line, which never starts with a space."""
    return "".join(part for piece in line for part in piece)[len(line[0][0]) if line else 0 :]


def without_single_sign(lines: list[list[Piece]]) -> list[list[Piece]]:
    """A Chinese sign that is alone on the last line gets the one before it for company."""
    if len(lines) > 1 and len(lines[-1]) == 1 and len(lines[-2]) > 2:
        word = lines[-1][0][1]
        if wide(word[0]) and sum(char not in _NOT_FIRST for char in word) == 1:
            return [*lines[:-2], lines[-2][:-1], [lines[-2][-1], lines[-1][0]]]
    return lines


def sentences(text: str) -> list[str]:
    """Parted after full stops, question and exclamation marks; Chinese has no space there."""
    return _SENTENCE.split(text)


def joined(parts: Sequence[str]) -> str:
    """Sentences or lines one after the other, with a space where their script has one."""
    text = ""
    for part in parts:
        text += part if not text or wide(text[-1]) else f" {part}"
    return text
