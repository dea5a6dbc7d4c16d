"""Handlers of a kiosk's blocks of numbers: get one, hand over what was issued from it."""

from aiohttp import web

from hub import status_pages
from hub.api.asking import asked, instant, obeyed
from hub.api.context import known_actor
from hub.domain.commands import GrantLease, MergeTokens, OfflineToken
from smartqueue.terms import LeaseId, UnitName
from smartqueue.wire import LeaseBody, MergeBody, OfflineTicket


async def grant_lease(request: web.Request) -> web.Response:
    given = await asked(request, LeaseBody)
    lease, kiosk = LeaseId(status_pages.new_id()), UnitName(known_actor(request).name)
    return await obeyed(request, GrantLease(lease, kiosk, given.body.department, given.body.tomorrow), given)


async def merge_tokens(request: web.Request) -> web.Response:
    """Tokens keep the secret and the short code that the kiosk printed."""
    given = await asked(request, MergeBody)
    tokens = tuple(_token(place, ticket) for place, ticket in enumerate(given.body.tokens))
    command = MergeTokens(
        lease=LeaseId(request.match_info["lease"]),
        kiosk=UnitName(known_actor(request).name),
        last_contact=instant("last_contact", given.body.last_contact),
        tokens=tokens,
    )
    printed = zip(tokens, given.body.tokens, strict=True)
    private = [status_pages.printed(token.token, ticket.secret, ticket.short_code) for token, ticket in printed]
    return await obeyed(request, command, given, private)


def _token(place: int, ticket: OfflineTicket) -> OfflineToken:
    return OfflineToken(
        token=status_pages.new_token(),
        command_id=ticket.command_id,
        number=ticket.number,
        issued_at=instant(f"tokens[{place}].issued_at", ticket.issued_at),
        language=ticket.language,
        needs=tuple(dict.fromkeys(ticket.needs)),
        visit_type=ticket.visit_type,
    )
