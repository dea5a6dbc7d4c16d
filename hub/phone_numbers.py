"""Telephone numbers as somebody types them, in the one form that is kept: E.164, a plus sign and up to 15 digits.

What a country's numbers look like, and which digit before them is only for calls within it (0, 8, 06, or none; in
Italy the 0 belongs to the number), is known to libphonenumber, not to us (docs/decisions, 15).
"""

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

_BETWEEN: Final = re.compile(r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069()./\u2010-\u2015-]")
"""What people write between digits, and the invisible marks that are pasted along with a number."""
_PLAIN: Final = re.compile(r"\+?[0-9]{1,20}", re.ASCII)
_WHOLE: Final = re.compile(r"\+[1-9][0-9]{3,14}", re.ASCII)
_NOWHERE: Final = ("ZZ", "001")
"""What libphonenumber answers for a prefix that is no single country's."""


def normal(typed: str, prefix: str | None = None) -> str | None:
    """`+` and digits; None for what is no number that anybody could have. prefix: of the site's country, e.g. `+39`,
    for numbers written as they are dialled there; None = only those with a country's prefix of their own.

    The first call takes a part of a second: not on the event loop.
    """
    plain = _plain(typed)
    number = _read(plain, prefix) if plain is not None else None
    return _form(number, valid=True) if number is not None else None


def forms(typed: str) -> frozenset[str]:
    """All forms in which a number with its country's prefix may have been kept, also by what was known of numbers
    then: who wants it erased is not told that there is no such number."""
    plain = _plain(typed)
    if plain is None or not plain.startswith("+"):
        return frozenset()
    number = _read(plain, None)
    read = _form(number, valid=False) if number is not None else None
    return frozenset(one for one in (plain, read) if one is not None and _WHOLE.fullmatch(one))


def _plain(typed: str) -> str | None:
    """Digits of any script as ours, `00` as the plus sign; None where there is anything else."""
    text = "".join(str(int(one)) if one.isdecimal() else one for one in _BETWEEN.sub("", typed))
    text = text.replace("\uff0b", "+")
    text = "+" + text[2:] if text.startswith("00") else text
    return text if _PLAIN.fullmatch(text) else None


def _read(plain: str, prefix: str | None) -> "PhoneNumber | None":
    import phonenumbers  # noqa: PLC0415 - takes 0.2 s and 7 MB, and few hubs ever need it

    region = None
    if prefix is not None and not plain.startswith("+"):
        region = phonenumbers.region_code_for_country_code(int(prefix))
        if region in _NOWHERE:
            plain, region = prefix + plain, None
    try:
        return phonenumbers.parse(plain, region)
    except phonenumbers.NumberParseException:
        return None


def _form(number: "PhoneNumber", *, valid: bool) -> str | None:
    """valid: only if its country has given out such numbers."""
    import phonenumbers  # noqa: PLC0415 - as above

    if valid and not phonenumbers.is_valid_number(number):
        return None
    text = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return text if _WHOLE.fullmatch(text) else None
