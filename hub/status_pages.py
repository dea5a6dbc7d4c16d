"""The patients' capabilities: a secret path or short code that shows one token, a code to check in with."""

import secrets

from hub.journal.records import AppointmentCode, StatusSecret
from hub.private import Private
from smartqueue import capabilities
from smartqueue.terms import AppointmentId, TokenId


def new_id() -> str:
    """Opaque: 128 random bits."""
    return secrets.token_hex(16)


def new_token() -> TokenId:
    return TokenId(new_id())


def new_secret(token: TokenId, private: Private) -> StatusSecret:
    """A capability that no token of today has."""
    while True:
        made = StatusSecret(token, capabilities.new_secret(), capabilities.new_short_code())
        if made.code not in private.tokens_by_code:
            return made


def printed(token: TokenId, secret: str, code: str) -> StatusSecret:
    """A capability that a kiosk made and printed while it was alone."""
    return StatusSecret(token, secret, code)


def new_booking_code(appointment: AppointmentId, private: Private) -> AppointmentCode:
    """Eight characters that no other appointment has."""
    while True:
        made = AppointmentCode(appointment, capabilities.new_short_code())
        if made.code not in private.appointments_by_code:
            return made


def find_appointment(presented: str, private: Private) -> AppointmentId | None:
    """By its booking code, as a person may have typed it."""
    return private.appointments_by_code.get(capabilities.normal(presented))


def find(presented: str, private: Private) -> TokenId | None:
    """By secret or code, as a person may have typed it; None when there is none, or when its clinic day is over."""
    text = capabilities.normal(presented)
    return private.tokens_by_code.get(text) if is_code(text) else private.tokens_by_secret.get(text)


def is_code(presented: str) -> bool:
    """Whether this is a short code rather than a secret; guessing those is limited."""
    return len(capabilities.normal(presented)) <= capabilities.CODE_CHARACTERS
