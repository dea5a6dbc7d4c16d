"""How units are: they say it themselves, staff and technicians read it."""

from aiohttp import web

from hub.api import replies
from hub.api.asking import asked
from hub.api.context import HUB, Hub, known_actor
from hub.api.metrics import Figure
from hub.api.policy import STAFF, UNITS, Asker
from hub.api.route import Route
from smartqueue import wire
from smartqueue.terms import UnitName
from smartqueue.wire import BASE


async def tell_health(request: web.Request) -> web.Response:
    """No event, and no idempotency: the last word counts."""
    given = await asked(request, wire.UnitHealthBody)
    hub = request.app[HUB]
    hub.running.health.take(UnitName(known_actor(request).name), given.body, hub.service.moment().at)
    return replies.view(wire.DoneAnswer())


async def read_health(request: web.Request) -> web.Response:
    hub = request.app[HUB]
    return replies.view(wire.UnitsHealthAnswer(units=hub.running.health.views(hub.service.published)))


def figures(hub: Hub) -> list[Figure]:
    """For Prometheus, without names."""
    counts = hub.running.health.printers(hub.service.published, hub.service.moment().at)
    values = {f'state="{state}"': float(count) for state, count in counts.items()}
    return [Figure("smartqueue_printers", "Ticket printers, by what their kiosks say of them.", "gauge", values)]


ROUTES: tuple[Route, ...] = (
    Route(
        "POST",
        f"{BASE}/units/health",
        tell_health,
        UNITS,
        "A unit says how it is: a kiosk of its ticket printer.",
        body=wire.UnitHealthBody,
        answer=wire.DoneAnswer,
        command=True,
    ),
    Route(
        "GET",
        f"{BASE}/units/health",
        read_health,
        STAFF | {Asker.TECHNICIAN},
        "How every unit is, as it said last.",
        answer=wire.UnitsHealthAnswer,
    ),
)
