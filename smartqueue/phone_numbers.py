"""Telephone numbers as somebody types them, in the one form that is kept: E.164, a plus sign and 8 to 15 digits."""

import re

_BETWEEN = re.compile(r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069()./\u2010-\u2015-]")
"""What people write between digits, and the invisible marks that are pasted along with a number."""
_TRUNK = re.compile(r"\(\s*0\s*\)")
"""`+44 (0)20 ...`: the zero is only for who calls from within the country."""
_WHOLE = re.compile(r"\+[1-9][0-9]{7,14}", re.ASCII)


def normal(typed: str) -> str | None:
    """`+` and digits, of any script's digits; None for what is no whole number with its country prefix.

    Whether somebody has the number can't be known here: only its form is looked at (ITU-T E.164).
    """
    text = _BETWEEN.sub("", _TRUNK.sub("", typed))
    plain = "".join(str(int(one)) if one.isdecimal() else one for one in text).replace("\uff0b", "+")
    plain = "+" + plain[2:] if plain.startswith("00") else plain
    return plain if _WHOLE.fullmatch(plain) else None
