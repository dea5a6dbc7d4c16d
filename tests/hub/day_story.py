"""One day of a small clinic over HTTP: every command once, with successes, refusals and empty results."""

from datetime import timedelta

from hub_world import in_an_hour, new_id


class Story:
    """Commands as they were sent, each with the first answer."""

    def __init__(self, hub):
        self.hub, self.told = hub, []

    async def tell(self, path, body=None, key="reception-1", method="POST", status=200):
        sent = (method, f"/api/v1{path}", body, key, new_id())
        answer = await send(self.hub, *sent)
        assert answer.status == status, (path, answer.body)
        self.told.append((sent, answer))
        return answer.json


async def send(hub, method, path, body, key, command_id):
    return await hub.ask(method, path, body, key=key, Idempotency_Key=command_id)


async def day(hub):
    """A bit of everything: successes, refusals, empty results."""
    tell = Story(hub)
    visit = {"department": "medicine", "visit_type": "check-up", "services": ["laboratory"]}
    await tell.tell("/rooms/room-1/call-next", key="desk-1")
    first = (await tell.tell("/tokens", visit, key="hall", status=201))["token"]
    second = (await tell.tell("/tokens", {"department": "medicine"}, status=201))["token"]
    await tell.tell(f"/tokens/{second}/set-priority", {"priority": "high", "reason": "agreed"})
    await tell.tell(f"/tokens/{second}/call", {"room": "room-1", "reason": "short"})
    await tell.tell(f"/tokens/{second}/recall", key="desk-1")
    await tell.tell(f"/tokens/{second}/no-show", key="desk-1")
    await tell.tell(f"/tokens/{second}/return", key="hall")
    await tell.tell(f"/tokens/{second}/park", {"reason": "papers"})
    await tell.tell(f"/tokens/{second}/resume")
    await tell.tell(f"/tokens/{second}/any-doctor")
    number = {"phone": "+91 98765 43210", "consent": True}
    await tell.tell(f"/tokens/{second}/contact", number, key="hall", method="PUT")
    await tell.tell("/tokens/nobody/contact", number, method="PUT", status=404)
    await tell.tell(f"/tokens/{second}/transfer", {"department": "laboratory"})
    await tell.tell(f"/tokens/{second}/transfer", status=409)
    await tell.tell("/rooms/room-1/call-next", key="desk-1")
    undo = {"command": tell.told[-1][0][-1]}
    await tell.tell("/rooms/room-1/undo", undo, key="desk-1")
    await tell.tell("/rooms/room-1/undo", undo, key="desk-1", status=409)
    await tell.tell(f"/tokens/{first}/cancel")
    await tell.tell(f"/tokens/{first}/contact", number, key="hall", method="PUT", status=409)
    await tell.tell("/rooms/room-1/assign", {"operator": "doctor-2"})
    await tell.tell("/operators/doctor-1/availability", {"available": False})
    await tell.tell("/departments/laboratory/stop-issuing")
    await tell.tell("/departments/laboratory/resume-issuing", key="admin-1")
    await tell.tell("/departments/laboratory/resume-issuing", status=403)
    await appointments_and_leases(tell)
    await tell.tell("/units/desk-2", key="admin-1", method="DELETE")
    await tell.tell("/units/desk-2", key="admin-1", method="DELETE", status=404)
    return tell.told


async def appointments_and_leases(tell):
    at = in_an_hour()
    body = {"department": "medicine", "at": at.isoformat()}
    booked = await tell.tell("/appointments", body, status=201)
    await tell.tell("/appointments", {"department": "surgery", "at": at.isoformat()}, status=422)
    await tell.tell(f"/appointments/{booked['code']}/check-in", key="hall", status=201)
    other = await tell.tell("/appointments", {**body, "reference": "r-1"}, status=201)
    await tell.tell(f"/appointments/{other['appointment']}/cancel")
    lease = (await tell.tell("/leases", {"department": "medicine"}, key="hall"))["lease"]
    ticket = {
        "command_id": "touch-000501",
        "number": 501,
        "issued_at": (at - timedelta(minutes=70)).isoformat(),
        "secret": "A" * 26,
        "short_code": "A" * 8,
    }
    merge = {"last_contact": (at - timedelta(minutes=80)).isoformat(), "tokens": [ticket]}
    await tell.tell(f"/leases/{lease}/tokens", merge, key="hall")
    await tell.tell(f"/leases/{lease}/tokens", {**merge, "tokens": []}, key="hall")
