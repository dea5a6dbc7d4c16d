"""The patients' capabilities: the secret of a status page and its short code, made by the hub or by a kiosk alone."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that is taken for a digit; capitals keep the QR code small. 32 divides 256."""
SECRET_CHARACTERS = 26
"""More than 128 bits."""
CODE_CHARACTERS = 8
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V", "-": None, " ": None})


def new_secret() -> str:
    return _drawn(SECRET_CHARACTERS)


def new_short_code() -> str:
    return _drawn(CODE_CHARACTERS)


def status_path(secret: str) -> str:
    """Of the page, below the hub's address."""
    return f"/S/{secret}"


def normal(text: str) -> str:
    """Lower case, spaces and hyphens, O for 0: all read the same."""
    return text.strip().upper().translate(_READ_AS)


def _drawn(characters: int) -> str:
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in secrets.token_bytes(characters))
