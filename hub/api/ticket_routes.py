"""What a kiosk or the desk asks about a ticket of today that somebody holds in hand."""

import asyncio

from aiohttp import web

from hub import tickets
from hub.api import replies
from hub.api.asking import asked
from hub.api.context import HUB, known_actor
from hub.api.policy import STAFF, Asker
from hub.api.route import Route
from smartqueue import errors, wire
from smartqueue.wire import BASE


async def find_ticket(request: web.Request) -> web.Response:
    """Changes nothing; a code is no part of an address, which others write down. Raises UnknownTicket."""
    given = await asked(request, wire.FindBody)
    hub, who, now = request.app[HUB], known_actor(request).name, asyncio.get_running_loop().time()
    core = tickets.core(given.body.code)
    typed = tickets.is_code(core)
    if typed:
        hub.ticket_tries.check(who, now)
    clinic = hub.service.published
    found = tickets.find(core, clinic, hub.service.private)
    if found is None:
        if typed:
            hub.ticket_tries.failed(who, now)
        raise errors.UnknownTicket
    return replies.view(tickets.view(clinic, found, hub.service.moment().at, hub.shown))


ROUTES: tuple[Route, ...] = (
    Route(
        "POST",
        f"{BASE}/tickets/find",
        find_ticket,
        STAFF | {Asker.KIOSK},
        "A ticket of this day, by its code, its QR code or its label; changes nothing.",
        body=wire.FindBody,
        answer=wire.TicketAnswer,
        command=True,
        errors=(errors.UnknownTicket, errors.TooManyRequests),
    ),
)
