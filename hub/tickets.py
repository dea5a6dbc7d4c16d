"""A ticket of this day, by what somebody types or holds before a reader: its code, its QR code, its label."""

import re
from typing import NamedTuple

from hub import answers, projections, status_pages
from hub.domain import checks, numbering
from hub.domain.clinic import Clinic, Token
from hub.journal.records import StatusSecret
from hub.private import Private
from hub.shown import ShownRanges
from smartqueue import capabilities, wire
from smartqueue.terms import Instant

_PAGE = re.compile(r".*/s/([0-9a-z-]+)/?", re.IGNORECASE | re.ASCII)
"""What stands in the QR code, whoever's address it is."""


class Found(NamedTuple):
    """secret: of who presented the ticket's own code; None by its label, which anybody may have seen."""

    token: Token
    secret: StatusSecret | None


def core(presented: str) -> str:
    """What matters of it: of the address in a QR code its last part."""
    page = _PAGE.fullmatch(presented.strip())
    return page[1] if page else presented


def is_code(core: str) -> bool:
    """Whether this could be the short code of a ticket; guessing those is limited."""
    return len(capabilities.normal(core)) == capabilities.CODE_CHARACTERS


def find(core: str, clinic: Clinic, private: Private) -> Found | None:
    """By code or secret, else by label: where the day before left a token with this label, the newer one is meant."""
    identifier = status_pages.find(core, private)
    if identifier is not None and identifier in clinic.tokens:
        return Found(clinic.tokens[identifier], private.secrets_by_token.get(identifier))
    label = numbering.as_typed(core)
    labelled = next((token for token in reversed(clinic.tokens.values()) if token.label == label), None)
    return Found(labelled, None) if labelled is not None else None


def view(clinic: Clinic, found: Found, at: Instant, ranges: ShownRanges) -> wire.TicketAnswer:
    """No personal data; what leads to the person's page only for who had the ticket in hand."""
    token, secret = found
    ahead, wait = ranges.of(clinic, token, at)
    return wire.TicketAnswer(
        token=token.id,
        label=token.label,
        department=token.department,
        issued_at=projections.when(token.issued_at),
        state=token.state,
        room=token.room,
        ahead=ahead,
        estimate=projections.shown(wait),
        may_return=checks.may(token, "return"),
        status_url=answers.status_url(clinic, secret) or None,
        short_code=(secret.code or None) if secret is not None else None,
    )
