"""Handlers of appointments: book, import, cancel, check in. A handler translates; it never decides."""

import asyncio

from aiohttp import hdrs, web

from hub import status_pages
from hub.api import imports, requests
from hub.api.asking import Asked, asked, asked_nothing, instant, obeyed
from hub.api.context import HUB, known_actor
from hub.domain import appointing
from hub.domain.commands import BookAppointment, CancelAppointment, CheckIn, ImportAppointments
from smartqueue.errors import AmbiguousReference, UnknownAppointment, UnsupportedMedia
from smartqueue.terms import AppointmentId
from smartqueue.wire import BookBody, CheckInBody, Message

JSON, CSV = "application/json", "text/csv"


async def book_appointment(request: web.Request) -> web.Response:
    given = await asked(request, BookBody)
    command = _booking(given.body)
    code = status_pages.new_booking_code(command.appointment, request.app[HUB].service.private)
    return await obeyed(request, command, given, (code,))


async def import_appointments(request: web.Request) -> web.Response:
    """Read in a thread: a long list must not keep those waiting who press a button."""
    command_id, media = requests.command_id(request), _media(request)
    raw = await requests.raw_body(request)
    service = request.app[HUB].service
    if media == CSV:
        rows = await asyncio.to_thread(imports.from_csv, raw, service.published.configured().zone)
    else:
        rows = await asyncio.to_thread(imports.from_json, raw)
    command = ImportAppointments(tuple(map(_booking, rows.bodies)), rows.lines)
    codes = [status_pages.new_booking_code(one.appointment, service.private) for one in command.appointments]
    return await obeyed(request, command, Asked(Message(), command_id, requests.digest(request, raw)), codes)


async def cancel_appointment(request: web.Request) -> web.Response:
    appointment = AppointmentId(request.match_info["appointment"])
    return await obeyed(request, CancelAppointment(appointment), await asked_nothing(request))


async def check_in(request: web.Request) -> web.Response:
    """By the appointment's id, by the code that the person was given, or by the reference of today's."""
    given, service = await asked(request, CheckInBody), request.app[HUB].service
    appointment, token = _appointment(request), status_pages.new_token()
    needs = tuple(dict.fromkeys(given.body.needs))
    private = status_pages.new_secret(token, service.private)
    return await obeyed(request, CheckIn(appointment, token, given.body.language, needs), given, (private,))


def _appointment(request: web.Request) -> AppointmentId:
    """By its id; else by code or reference, which are short enough to be guessed.

    Raises UnknownAppointment, AmbiguousReference; TooManyRequests after wrong ones.
    """
    presented, hub = request.match_info["appointment"], request.app[HUB]
    clinic = hub.service.published
    if presented in clinic.appointments:
        return AppointmentId(presented)
    who, now = known_actor(request).name, asyncio.get_running_loop().time()
    hub.booking_tries.check(who, now)
    coded = status_pages.find_appointment(presented, hub.service.private)
    found: set[AppointmentId] = {*([coded] if coded is not None else ()), *appointing.referred_to(clinic, presented)}
    if not found:
        hub.booking_tries.failed(who, now)
        raise UnknownAppointment
    if len(found) > 1:
        raise AmbiguousReference
    return found.pop()


def _media(request: web.Request) -> str:
    """Raises UnsupportedMedia. Without a Content-Type it is JSON."""
    media = request.content_type if hdrs.CONTENT_TYPE in request.headers else JSON
    if media not in (JSON, CSV):
        raise UnsupportedMedia(kind=media, known=[JSON, CSV])
    return media


def _booking(body: BookBody) -> BookAppointment:
    return BookAppointment(
        appointment=AppointmentId(status_pages.new_id()),
        department=body.department,
        at=instant("at", body.at),
        doctor=body.doctor,
        language=body.language,
        needs=tuple(dict.fromkeys(body.needs)),
        visit_type=body.visit_type,
        reference=body.reference,
    )
