"""What every message shares: names of the contract, and the base class."""

from msgspec import Struct

from smartqueue.terms import Language

SCHEMA = 1
BASE = "/api/v1"
IDEMPOTENCY_HEADER = "Idempotency-Key"
PROBLEM_TYPE = "application/problem+json"

Names = dict[Language, str]
"""One text in each language of the site; the site's default language is always there."""


class Message(Struct, frozen=True, kw_only=True, omit_defaults=False):
    """Base of every message: immutable, named fields."""
