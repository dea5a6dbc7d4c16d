"""A ticket of today that somebody holds in hand: what it says now, and where messages about it go."""

import asyncio
from dataclasses import replace

from aiohttp import web

from hub import phone_numbers, tickets
from hub.api import policy, replies
from hub.api.asking import asked, obeyed, token_of
from hub.api.context import HUB, known_actor
from hub.api.policy import STAFF, Asker
from hub.api.route import Route
from hub.domain.commands import SetContact
from hub.private import PrivateRows
from smartqueue import errors, wire
from smartqueue.terms import ContactId
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


async def set_contact(request: web.Request) -> web.Response:
    """Not over a connection on which others read along. What is kept of the request is no digest to be guessed from."""
    hub = request.app[HUB]
    if hub.insecure_lan and not policy.from_this_machine(request):
        raise errors.InsecureContact
    given, token = await asked(request, wire.ContactBody), token_of(request)
    if not given.body.consent:
        raise errors.ConsentNeeded
    prefix = hub.service.published.configured().phone_prefix
    phone = await asyncio.to_thread(phone_numbers.normal, given.body.phone, prefix)
    if phone is None:
        raise errors.BadPhone
    contacts, contact = hub.running.contacts, ContactId("")
    rows: PrivateRows = ()
    if token in hub.service.published.tokens:
        number = await contacts.keep(phone, hub.service.moment().at)
        rows, contact = (number,), number.contact
    given = replace(given, digest=await contacts.keyed(given.digest))
    return await obeyed(request, SetContact(token, contact, given.body.language), given, rows)


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
    Route(
        "PUT",
        f"{BASE}/tokens/{{token}}/contact",
        set_contact,
        STAFF | {Asker.KIOSK},
        "A telephone number for messages about this token, with consent; nothing about anybody comes back.",
        body=wire.ContactBody,
        answer=wire.DoneAnswer,
        command=True,
        errors=(
            errors.UnknownToken,
            errors.TokenOver,
            errors.BadPhone,
            errors.ConsentNeeded,
            errors.InsecureContact,
            errors.JournalFault,
        ),
    ),
)
