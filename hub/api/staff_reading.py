"""Handlers that only read, for operators: from the published state, and notes from their own store."""

from datetime import date

from aiohttp import web

from hub import staff_views
from hub.api import replies
from hub.api.context import HUB
from hub.projections import when
from smartqueue.errors import InvalidRequest, UnknownDepartment, UnknownLabel, UnknownToken
from smartqueue.terms import Day, DepartmentId, Label, TokenId
from smartqueue.wire import LabelAnswer, NotesAnswer, NoteView

FIRST_YEAR, LAST_YEAR = 2000, 9000


async def waiting(request: web.Request) -> web.Response:
    service = request.app[HUB].service
    department = DepartmentId(request.match_info["department"])
    if department not in service.published.departments:
        raise UnknownDepartment(department=department, known=sorted(service.published.departments))
    return replies.view(staff_views.waiting(service.published, department, service.moment().at))


async def label(request: web.Request) -> web.Response:
    """As a person may have typed it. Where the day before left a token with this label, the newer one is meant."""
    wanted = Label(request.match_info["label"].strip().upper())
    tokens = request.app[HUB].service.published.tokens.values()
    found = next((token for token in reversed(tokens) if token.label == wanted), None)
    if found is None:
        raise UnknownLabel(label=wanted)
    return replies.view(
        LabelAnswer(token=found.id, label=found.label, department=found.department, state=found.state, room=found.room)
    )


async def notes(request: web.Request) -> web.Response:
    """Of tokens of earlier days too."""
    hub, token = request.app[HUB], TokenId(request.match_info["token"])
    kept = await hub.service.notes(token)
    if not kept and token not in hub.service.published.tokens:
        raise UnknownToken
    texts = [await hub.notes.unseal(note) for note in kept]
    views = [NoteView(at=when(note.at), by=note.by, text=text) for note, text in zip(kept, texts, strict=True)]
    return replies.view(NotesAnswer(token=token, notes=views))


async def appointments(request: web.Request) -> web.Response:
    service = request.app[HUB].service
    return replies.view(staff_views.appointments(service.published, service.private, _day(request)))


async def operators(request: web.Request) -> web.Response:
    return replies.view(staff_views.operators(request.app[HUB].service.published))


def _day(request: web.Request) -> Day:
    """Today, if none is named. Raises InvalidRequest."""
    text = request.query.get("date")
    if text is None:
        return request.app[HUB].service.published.day
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise InvalidRequest(errors=["date: write it as 2026-03-02"])
    return Day(day.isoformat())
