"""Whether calls are heard: displays say how their sound is, staff ask what was not announced."""

from aiohttp import web

from hub.api import replies
from hub.api.asking import asked
from hub.api.context import HUB, Hub, known_actor
from hub.api.metrics import Figure
from hub.api.policy import STAFF, Asker
from hub.api.route import Route
from hub.projections import when
from hub.unheard import Open
from smartqueue import wire
from smartqueue.terms import UnitName
from smartqueue.wire import BASE


async def tell(request: web.Request) -> web.Response:
    """No event: it is of now, and the display says it again when it comes back."""
    given = await asked(request, wire.SoundBody)
    request.app[HUB].running.sounds.take(UnitName(known_actor(request).name), given.body)
    return replies.view(wire.DoneAnswer())


async def unheard(request: web.Request) -> web.Response:
    hub = request.app[HUB]
    calls = [_view(one) for one in hub.running.unheard.late]
    displays = hub.running.sounds.views(hub.service.published, hub.feed.displays())
    departments = hub.running.coverage.views()
    return replies.view(wire.UnheardAnswer(calls=calls, displays=displays, departments=departments))


def figures(hub: Hub) -> list[Figure]:
    """For Prometheus, without names."""
    unheard, views = hub.running.unheard, hub.running.sounds.views(hub.service.published, hub.feed.displays())
    counts = {f'outcome="{outcome}"': float(count) for outcome, count in unheard.counts.items()}
    away, silent = (sum(not view.connected for view in views), sum(view.works is False for view in views))
    return [
        Figure("smartqueue_announcements_total", "Heard, only shown, or not acknowledged in time.", "counter", counts),
        Figure("smartqueue_calls_unheard", "Open calls that no display announced.", "gauge", {"": len(unheard.late)}),
        Figure(
            "smartqueue_departments_unannounced",
            "Open departments whose calls no display announces.",
            "gauge",
            {"": len(hub.running.coverage.gaps)},
        ),
        Figure("smartqueue_displays_away", "Displays that do not read the feed.", "gauge", {"": away}),
        Figure("smartqueue_displays_silent", "Displays whose sound does not work.", "gauge", {"": silent}),
    ]


def _view(one: Open) -> wire.UnheardView:
    return wire.UnheardView(announcement=one.announcement, label=one.label, room=one.room, at=when(one.at))


ROUTES: tuple[Route, ...] = (
    Route(
        "POST",
        f"{BASE}/sound",
        tell,
        frozenset({Asker.DISPLAY}),
        "A display says whether it is heard, what is wrong with its sound, and whose calls it announces.",
        body=wire.SoundBody,
        answer=wire.DoneAnswer,
        command=True,
    ),
    Route(
        "GET",
        f"{BASE}/announcements/unheard",
        unheard,
        STAFF | {Asker.TECHNICIAN},
        "Open calls that no display announced in time, departments that none announces, and how displays are heard.",
        answer=wire.UnheardAnswer,
    ),
)
