"""The patients' capabilities: a secret path or a short code that shows one token and nothing else."""

import secrets
from collections.abc import Sequence

from hub.journal.records import SideRow, StatusSecret
from hub.private import Private
from smartqueue.terms import TokenId

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that is taken for a digit; capitals keep the QR code small."""
SECRET_CHARACTERS = 26
"""More than 128 bits."""
CODE_CHARACTERS = 8
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V", "-": None, " ": None})


PrivateRows = Sequence[SideRow]
"""What a command writes beside its events."""


def new_token() -> TokenId:
    """Opaque: 128 random bits."""
    return TokenId(secrets.token_hex(16))


def new_secret(token: TokenId, private: Private) -> StatusSecret:
    """A capability that no token of today has."""
    while True:
        made = StatusSecret(token, _random(SECRET_CHARACTERS), _random(CODE_CHARACTERS))
        if made.code not in private.tokens_by_code:
            return made


def find(presented: str, private: Private) -> TokenId | None:
    """By secret or code, as a person may have typed it; None when there is none, or when its clinic day is over."""
    text = normal(presented)
    return private.tokens_by_code.get(text) if is_code(text) else private.tokens_by_secret.get(text)


def is_code(presented: str) -> bool:
    """Whether this is a short code rather than a secret; guessing those is limited."""
    return len(normal(presented)) <= CODE_CHARACTERS


def normal(text: str) -> str:
    """Lower case, spaces and hyphens, O for 0: all read the same."""
    return text.strip().upper().translate(_READ_AS)


def _random(characters: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(characters))
