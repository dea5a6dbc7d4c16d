"""Where a word may be broken at a line's end: careful rather than complete; soft hyphens in the word rule."""

import unicodedata

from smartqueue.look import fonts

SOFT_HYPHEN = "\u00ad"
_VOWELS = frozenset("aeiouyäöüáàâãåæéèêëíìîïóòôõøœúùûÿ")
_KEPT_TOGETHER = frozenset(
    {
        "ch",
        "sh",
        "th",
        "ph",
        "gh",
        "wh",
        "ck",
        "qu",
        "tr",
        "dr",
        "br",
        "cr",
        "gr",
        "pr",
        "fr",
        "pl",
        "bl",
        "cl",
        "gl",
        "fl",
        "st",
    }
)
_LEAST_BEFORE = 3
_LEAST_AFTER = 3
_JOINERS = frozenset("\u094d\u200d\u200c")
"""Virama and joiners: what stands beside one belongs together."""


def points(word: str, language: str) -> tuple[int, ...]:
    """Places in a word (without soft hyphens) where it may be broken, ascending; empty where the script knows none."""
    match fonts.script(language):
        case "latin":
            return _latin_points(word)
        case "devanagari":
            return _syllable_points(word)
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


def _latin_points(word: str) -> tuple[int, ...]:
    low = word.lower()
    found = [i for i in range(_LEAST_BEFORE, len(word) - _LEAST_AFTER + 1) if _latin_break(low, i)]
    return tuple(found)


def _latin_break(low: str, i: int) -> bool:
    """Between i-1 and i a syllable ends: before a single consonant and vowel, or between two consonants."""
    if not low[i - 1 : i + 1].isalpha() or low[i] in _VOWELS:
        return False
    if not any(char in _VOWELS for char in low[:i]) or not any(char in _VOWELS for char in low[i:]):
        return False
    pair_before, pair_after = low[i - 1 : i + 1], low[i : i + 2]
    if low[i - 1] in _VOWELS:
        return low[i + 1 : i + 2] in _VOWELS or pair_after in _KEPT_TOGETHER
    return pair_before not in _KEPT_TOGETHER and (low[i + 1 : i + 2] in _VOWELS or pair_after in _KEPT_TOGETHER)


def _syllable_points(word: str) -> tuple[int, ...]:
    """Before any letter that starts a written syllable: not before a sign, not beside a virama."""
    return tuple(
        i
        for i in range(2, len(word) - 1)
        if unicodedata.category(word[i]) == "Lo" and word[i - 1] not in _JOINERS and word[i] not in _JOINERS
    )
