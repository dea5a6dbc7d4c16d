"""A whole hub inside the test's process: real journal on disk, real HTTP and WebSocket on a free port."""

import asyncio
import itertools
import json
from contextlib import asynccontextmanager
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp

from hub.api.context import Parts
from hub.clock import HubClock
from hub.domain.commands import ConfigureSite
from hub.domain.configuration import Department, Operator, PlanStep, Room, Site, Unit, VisitType
from hub.run import serve
from hub.settings import HubSettings
from hub.setup_site import Plan, key_file, make_site
from smartqueue.service_notify import ServiceNotify
from smartqueue.terms import (
    DepartmentId,
    Language,
    OperatorId,
    Role,
    RoomId,
    RoomKind,
    UnitKind,
    UnitName,
    VisitTypeId,
)

EN, HI, AR = Language("en"), Language("hi"), Language("ar")
MEDICINE, LABORATORY = DepartmentId("medicine"), DepartmentId("laboratory")
CHECK_UP = VisitTypeId("check-up")
DEPARTMENTS = (
    Department(
        MEDICINE,
        "A",
        {EN: "General Medicine", HI: "सामान्य चिकित्सा", AR: "الطب العام"},
        {EN: "area 2"},
        "stethoscope",
        6,
        visit_types=(VisitType(CHECK_UP, {EN: "Check-up"}, (PlanStep((LABORATORY,)),)),),
    ),
    Department(LABORATORY, "H", {EN: "Laboratory", HI: "प्रयोगशाला", AR: "المختبر"}, {}, "flask", 1, minutes=5),
)
ROOMS = (
    Room(RoomId("room-1"), "1", (MEDICINE,)),
    Room(RoomId("room-2"), "2", (MEDICINE, LABORATORY)),
    Room(RoomId("window-3"), "3", (LABORATORY,), RoomKind.WINDOW),
)
UNITS = (
    Unit(UnitName("hall"), UnitKind.KIOSK),
    Unit(UnitName("desk-1"), UnitKind.CALLER, RoomId("room-1")),
    Unit(UnitName("desk-2"), UnitKind.CALLER, RoomId("room-2")),
    Unit(UnitName("wall"), UnitKind.DISPLAY),
)
OPERATORS = (
    Operator(OperatorId("doctor-1"), Role.DOCTOR, (MEDICINE,), RoomId("room-1")),
    Operator(OperatorId("doctor-2"), Role.DOCTOR, (MEDICINE, LABORATORY)),
    Operator(OperatorId("nurse-1"), Role.NURSE, room=RoomId("room-2")),
    Operator(OperatorId("reception-1"), Role.RECEPTION),
    Operator(OperatorId("reception-2"), Role.RECEPTION, supervisor=True),
    Operator(OperatorId("admin-1"), Role.ADMINISTRATOR),
)
_ids = itertools.count(1)


def plan(**changes):
    """Two departments, three rooms, a unit of each kind, an operator of each role; doctor-2 is in no room.

    The clinic day never turns within twelve hours of a test.
    """
    now = datetime.now(UTC)
    site = Site(
        id="clinic",
        names={EN: "Riverside Clinic", HI: "रिवरसाइड क्लिनिक", AR: "عيادة ريفرسايد"},
        languages=(EN, HI, AR),
        default_language=EN,
        zone="UTC",
        reset_minute=(now.hour * 60 + now.minute + 720) % 1440,
    )
    configuration = ConfigureSite(site, DEPARTMENTS, ROOMS, OPERATORS)
    return Plan(**{"configuration": configuration, "units": UNITS, **changes})


@dataclass
class Reply:
    status: int
    headers: dict
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)


@dataclass
class HubWorld:
    """keys: bearer key by name of unit or operator, `technician` too."""

    directory: Path
    url: str
    keys: dict
    session: aiohttp.ClientSession

    async def ask(self, method, path, body=None, *, key=None, raw=None, **headers):
        """key: name of a unit or an operator, or a whole key. headers: underscores stand for hyphens."""
        given = {name.replace("_", "-"): value for name, value in headers.items() if value is not None}
        if key is not None:
            given.setdefault("Authorization", f"Bearer {self.keys.get(key, key)}")
        data = raw if raw is not None else json.dumps(body) if body is not None else None
        async with self.session.request(method, self.url + path, data=data, headers=given) as answer:
            return Reply(answer.status, dict(answer.headers), await answer.read())

    async def get(self, path, **more):
        return await self.ask("GET", path, **more)

    async def post(self, path, body=None, *, key="hall", command_id="", **more):
        """command_id: a new one unless given; None sends none."""
        command_id = new_id() if command_id == "" else command_id
        return await self.ask("POST", path, body, key=key, Idempotency_Key=command_id, **more)

    async def issue(self, department=MEDICINE, **body):
        answer = await self.post("/api/v1/tokens", {"department": department, **body})
        assert answer.status == 201, answer.body
        return answer.json

    async def call_next(self, room="room-1", key="desk-1", **body):
        answer = await self.post(f"/api/v1/rooms/{room}/call-next", body, key=key)
        assert answer.status == 200, answer.body
        return answer.json

    async def told(self, path, body=None, *, key="reception-1", method="POST", **more):
        """JSON of a command that is obeyed. path: below /api/v1."""
        command_id = more.pop("command_id", new_id())
        answer = await self.ask(method, f"/api/v1{path}", body, key=key, Idempotency_Key=command_id, **more)
        assert answer.status in (200, 201), answer.body
        return answer.json

    async def refused(self, path, body=None, *, key="reception-1", method="POST", **more):
        """Code and problem document of a command that is refused. path: below /api/v1."""
        answer = await self.ask(method, f"/api/v1{path}", body, key=key, Idempotency_Key=new_id(), **more)
        assert answer.status >= 400, answer.body
        return answer.json["code"], answer.json

    async def read(self, path, key="reception-1"):
        """JSON of what may be read there, below /api/v1."""
        answer = await self.get(f"/api/v1{path}", key=key)
        assert answer.status == 200, answer.body
        return answer.json

    @asynccontextmanager
    async def feed(self, key=None, **query):
        headers = {"Authorization": f"Bearer {self.keys.get(key, key)}"} if key else {}
        async with self.session.ws_connect(
            self.url + "/api/v1/feed", params=query, headers=headers, max_msg_size=0
        ) as socket:
            yield FeedReader(socket)


class FeedReader:
    def __init__(self, socket):
        self.socket = socket

    async def next(self, kind=None):
        """The next message, of this kind if given."""
        while True:
            message = await asyncio.wait_for(self.socket.receive_json(), 10)
            if kind in (None, message["type"]):
                return message

    async def ended(self):
        """Reads on until the hub ends the connection."""
        async with asyncio.timeout(10):
            async for _ in self.socket:
                pass

    async def greeted(self):
        """Hello and what follows it at once."""
        return await self.next("hello"), await self.next()


def in_an_hour():
    """A whole minute about an hour ahead, UTC: a time of return must lie within a day."""
    return datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(hours=1)


def new_id():
    return f"command-{next(_ids):06}"


@asynccontextmanager
async def running(directory, **settings):
    """The hub on this directory until the end of `async with`."""
    said = asyncio.Queue()
    options = {"port": 0, "mdns": False, **settings}
    hub = asyncio.create_task(
        serve(
            HubSettings(data=directory, **options),
            version="0.0.test",
            notify=ServiceNotify(),
            say=said.put_nowait,
        )
    )
    waiting = asyncio.create_task(said.get())
    await asyncio.wait({hub, waiting}, return_when=asyncio.FIRST_COMPLETED, timeout=20)
    try:
        if hub.done():
            hub.result()
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            url = json.loads(waiting.result())["url"]
            keys = {path.stem: path.read_text().strip() for path in key_file(directory, "any").parent.glob("*.key")}
            yield HubWorld(directory, url, keys, session)
    finally:
        hub.cancel()
        waiting.cancel()
        await asyncio.gather(hub, waiting, return_exceptions=True)


def parts(service, feed):
    """What runs of a hub; all the rest of it is missing."""
    return Parts(service, feed, *[None] * (len(fields(Parts)) - 2))


async def make(directory, **changes):
    await make_site(directory, plan(**changes), HubClock())
    return directory
