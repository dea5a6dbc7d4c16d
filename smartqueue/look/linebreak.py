"""Where a line may end: at spaces; in Chinese between any two signs, but not beside marks that belong to one."""

import re
from collections.abc import Callable, Iterator, Sequence

_NOT_FIRST = frozenset("，。、；：？！）》〉」』】〕”’…—～·％℃,.;:?!)]}%")
_NOT_LAST = frozenset("（《〈「『【〔“‘￥第([{")
"""A counter's `第` stays with its number."""

_WORDS = re.compile(
    "工作人员|技术人员|操作人员|服务台|候诊区|打印机|取号机|叫号器|显示屏|医生|科室|诊室|窗口|号码|号票|屏幕|主机|网络|连接|密钥|版本|声音|"
    "语音|信息|时间|等候|叫号|取号|出票|打印|显示|播报|恢复|暂停|休息|重试|选择|其他|询问|检查|有效|没有|无法|可以|现在|今天|今日|之后|"
    "之前|这里|如果|或者|因此|我们|您的|分钟|小时|急诊|优先|普通|内科|外科|儿科|骨科|检验|药房|门诊|次序"
)
"""Words of our own texts and of departments that no line end should part."""

Piece = tuple[str, str]
"""What stands before it in a line (a space or nothing), and letters that are never parted."""


def wide(char: str) -> bool:
    """A sign or mark of Chinese, which is set without spaces."""
    return "\u2e80" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or "\uff00" <= char <= "\uffef"


def pieces(paragraph: str, *, words_whole: bool = True) -> Iterator[Piece]:
    """The paragraph in order; no-break spaces hold together. Joined again it is the same.

    words_whole: known words of Chinese are not parted; for lines that are too narrow for them.
    """
    glue = ""
    for word in paragraph.split(" "):
        start, held = 0, _held(word) if words_whole else frozenset()
        for place in range(1, len(word)):
            if place not in held and _may_part(word[place - 1], word[place]):
                yield glue, word[start:place]
                glue, start = "", place
        yield glue, word[start:]
        glue = " "


def _held(text: str) -> frozenset[int]:
    """Places within known words."""
    if not any(map(wide, text)):
        return frozenset()
    return frozenset(place for found in _WORDS.finditer(text) for place in range(found.start() + 1, found.end()))


def _may_part(before: str, after: str) -> bool:
    """A number stays with the word that counts: `10分钟`."""
    if after in _NOT_FIRST or before in _NOT_LAST:
        return False
    return wide(before) and (wide(after) or after.isalnum())


def line_of(line: Sequence[Piece]) -> str:
    """Pieces as one line, which never starts with a space."""
    return "".join(part for piece in line for part in piece)[len(line[0][0]) if line else 0 :]


def without_single_sign(lines: list[list[Piece]], fits: Callable[[Sequence[Piece]], bool]) -> list[list[Piece]]:
    """A Chinese sign that is alone on the last line gets what stands before it for company, if they fit a line."""
    if len(lines) > 1 and len(lines[-1]) == 1 and len(lines[-2]) > 1:
        word = lines[-1][0][1]
        company = [lines[-2][-1], lines[-1][0]]
        if wide(word[0]) and sum(char not in _NOT_FIRST for char in word) == 1 and fits(company):
            return [*lines[:-2], lines[-2][:-1], company]
    return lines


def joined(parts: Sequence[str]) -> str:
    """Sentences or lines one after the other, with a space where their script has one."""
    text = ""
    for part in parts:
        text += part if not text or wide(text[-1]) else f" {part}"
    return text
