"""What every message shares: names of the contract, and the base class."""

from msgspec import Struct

from smartqueue.terms import Language

SCHEMA = 1
BASE = "/api/v1"
IDEMPOTENCY_HEADER = "Idempotency-Key"
PROBLEM_TYPE = "application/problem+json"
NOTE_CHARACTERS = 2000
COMMAND_ID = "^[A-Za-z0-9_-]{8,64}$"
LONG_CODE = "^[0-9A-HJKMNP-TV-Z]{26}$"
SHORT_CODE = "^[0-9A-HJKMNP-TV-Z]{8}$"
"""Crockford's base 32: the secret of a status page; short codes and booking codes."""

Names = dict[Language, str]
"""One text in each language of the site; the site's default language is always there."""


class Message(Struct, frozen=True, kw_only=True, omit_defaults=False):
    """Base of every message: immutable, named fields."""
