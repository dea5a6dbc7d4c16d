"""Which layout a ticket gets: drawn whole wherever the line carries that in a few seconds, else the slim one. Pure."""

from kiosk.native import bytes_of
from kiosk.profiles import Profile
from kiosk.slim_ticket import slim_ticket
from kiosk.strips import Strips, one_picture
from kiosk.ticket import draw_ticket
from kiosk.ticket_facts import TicketFacts
from smartqueue.i18n import Words

WHOLE_S = 5.0
"""A ticket that is drawn whole may be this long on the line."""
SLIM_S = 15.0
"""And a slim one this long, also at 9600 baud."""
_TALK_BYTES = 64
"""Questions and what they cost the line."""


def ticket_strips(facts: TicketFacts, words: Words, profile: Profile, bytes_per_s: float | None = None) -> Strips:
    """The ticket of these facts for this printer. bytes_per_s: of its line, None = fast enough for anything."""
    whole = one_picture(draw_ticket(facts, words, profile.paper))
    if bytes_per_s is None or line_s(whole, profile, bytes_per_s) <= WHOLE_S:
        return whole
    return slim_ticket(facts, words, profile, bytes_per_s * SLIM_S - _TALK_BYTES)


def line_s(strips: Strips, profile: Profile, bytes_per_s: float) -> float:
    """How long these strips are on the line."""
    return (bytes_of(strips, profile) + _TALK_BYTES) / bytes_per_s
