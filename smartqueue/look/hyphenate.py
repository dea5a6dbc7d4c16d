"""Where a word may be broken at a line's end: careful rather than complete; soft hyphens in the word rule."""

import unicodedata
from collections.abc import Iterator

from smartqueue.look import fonts

SOFT_HYPHEN = "\u00ad"
_VOWELS = frozenset("aeiouyäöüáàâãåæéèêëíìîïóòôõøœúùûÿ")


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text.split())


_STOPS_BEFORE_LIQUIDS = _pairs("tr dr br cr gr pr fr pl bl cl gl fl")
_TOGETHER: dict[str, frozenset[str]] = {
    "en": _STOPS_BEFORE_LIQUIDS | _pairs("ch sh th ph gh wh ck qu st"),
    "es": _STOPS_BEFORE_LIQUIDS | _pairs("ch ll rr qu gu"),
    "fr": _STOPS_BEFORE_LIQUIDS | _pairs("ch th ph gn qu gu vr"),
    "pt": _STOPS_BEFORE_LIQUIDS | _pairs("ch lh nh qu gu vr"),
}
"""Consonants that start a syllable together. Languages that are not here break as English does."""
_OPEN_SYLLABLES = frozenset({"sw"})
"""Every syllable ends with its vowel: all consonants go to the next line."""
_LEAST_BEFORE = 3
_LEAST_AFTER = 3
_JOINERS = frozenset("\u200c\u200d")
_VIRAMAS = frozenset("\u094d\u09cd")
"""In Devanagari and Bengali what follows one joins it; the Tamil dot is seen and joins nothing."""
_TAMIL_DOT = "\u0bcd"
_TAMIL_JOINED = frozenset({"\u0b95\u0bcd\u0bb7", "\u0bb8\u0bcd\u0bb0"})
"""The two pairs that Tamil writes as one shape."""
_DEPENDENT = frozenset("\u09ce")
"""Letters that never start a syllable: the Bengali khanda ta."""


def clusters(text: str) -> Iterator[str]:
    """Letters with the signs and joined letters that belong to them: what a reader takes for one."""
    cluster = ""
    for n, char in enumerate(text):
        if cluster and not _belongs(text, n, char):
            yield cluster
            cluster = ""
        cluster += char
    if cluster:
        yield cluster


def _belongs(text: str, n: int, char: str) -> bool:
    before = text[n - 1]
    if unicodedata.category(char).startswith("M") or char in _JOINERS:
        return True
    if before in _JOINERS or text[n - 2 : n + 1] in _TAMIL_JOINED:
        return unicodedata.category(char) == "Lo"
    return before in _VIRAMAS and unicodedata.category(char) == "Lo"


def points(word: str, language: str) -> tuple[int, ...]:
    """Places in a word (without soft hyphens) where it may be broken, ascending; empty where the script knows none."""
    match fonts.script(language):
        case "latin":
            return _latin_points(word, language.partition("-")[0].lower())
        case "devanagari" | "bengali" | "tamil":
            return _cluster_points(word)
        case _:
            return ()


def soft_points(word: str) -> tuple[str, tuple[int, ...]]:
    """The word without its soft hyphens, and where they stood."""
    places, plain = [], ""
    for char in word:
        if char == SOFT_HYPHEN:
            places.append(len(plain))
        else:
            plain += char
    return plain, tuple(places)


def tail(word: str, place: int) -> str:
    """What follows after `place` letters, its own soft hyphens kept."""
    seen = 0
    for n, char in enumerate(word):
        if char != SOFT_HYPHEN:
            if seen == place:
                return word[n:]
            seen += 1
    return ""


def _latin_points(word: str, language: str) -> tuple[int, ...]:
    low = word.lower()
    breaks = _open_break if language in _OPEN_SYLLABLES else _latin_break
    together = _TOGETHER.get(language, _TOGETHER["en"])
    return tuple(i for i in range(_LEAST_BEFORE, len(word) - _LEAST_AFTER + 1) if breaks(low, i, together))


def _latin_break(low: str, i: int, together: frozenset[str]) -> bool:
    """Between i-1 and i a syllable ends: before a single consonant and vowel, or between two consonants."""
    if not low[i - 1 : i + 1].isalpha() or low[i] in _VOWELS:
        return False
    if not any(char in _VOWELS for char in low[:i]) or not any(char in _VOWELS for char in low[i:]):
        return False
    pair_before, pair_after = low[i - 1 : i + 1], low[i : i + 2]
    if low[i - 1] in _VOWELS:
        return low[i + 1 : i + 2] in _VOWELS or pair_after in together
    return pair_before not in together and (low[i + 1 : i + 2] in _VOWELS or pair_after in together)


def _open_break(low: str, i: int, _together: frozenset[str]) -> bool:
    """After a vowel, where a vowel is still to come."""
    return (
        low[i - 1 : i + 1].isalpha()
        and low[i - 1] in _VOWELS - {"y"}
        and low[i] not in _VOWELS - {"y"}
        and any(char in _VOWELS - {"y"} for char in low[i:])
    )


def _cluster_points(word: str) -> tuple[int, ...]:
    """Between written syllables, no bare letter alone on either side; none starts with a letter without a vowel."""
    found, place = [], 0
    for cluster in clusters(word):
        if 2 <= place <= len(word) - 2 and _starts_syllable(cluster):
            found.append(place)
        place += len(cluster)
    return tuple(found)


def _starts_syllable(cluster: str) -> bool:
    if unicodedata.category(cluster[0]) != "Lo" or cluster[0] in _DEPENDENT:
        return False
    return not cluster.endswith((_TAMIL_DOT, *_VIRAMAS))
