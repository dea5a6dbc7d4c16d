"""When something breaks behind HTTP: a problem document, one line in the log, nothing of the insides."""

import asyncio
import json
import logging

import aiohttp
from hub_world import make, new_id, parts

from hub import run
from hub.api.application import Runner, make_app
from hub.api.context import Hub
from hub.api.origins import Origins
from hub.api.policy import ANYONE
from hub.api.route import Route
from hub.clock import HubClock
from hub.feed import Feed
from hub.journal.sqlite import SqliteJournal
from hub.service import ClinicService
from smartqueue.errors import JournalFault


class FullDisk(SqliteJournal):
    """Takes nothing any more."""

    async def append(self, batch):
        raise JournalFault("journal.db did not take 1 events: disk full.")


async def served(hub, pages=()):
    """A runner on a free port and its address."""
    runner = Runner(make_app(hub, pages))
    await runner.setup()
    (socket,) = run.listening("127.0.0.1", 0)
    await run.web.SockSite(runner, socket).start()
    return runner, "http://{}:{}".format(*socket.getsockname())


async def ask(url, method="GET", **more):
    async with aiohttp.ClientSession() as session, session.request(method, url, **more) as answer:
        return answer.status, dict(answer.headers), json.loads(await answer.read())


async def test_while_the_journal_is_replayed_everything_is_starting():
    runner, url = await served(Hub("1.2.3", Origins(frozenset(), None)))
    status, _, body = await ask(url + "/healthz")
    assert (status, body) == (503, {"status": "starting", "version": "1.2.3", "seq": 0})
    status, headers, body = await ask(url + "/api/v1/tokens", "POST", headers={"Authorization": "Bearer a.b"})
    assert (status, body["code"], headers["Retry-After"]) == (503, "hub_starting", "2")
    await runner.cleanup()


async def test_an_unexpected_error_is_logged_once_and_tells_nothing_of_its_insides(caplog):
    async def broken(request):
        raise ZeroDivisionError("secret inside")

    route = Route("GET", "/broken", broken, ANYONE, "Breaks.")
    hub = Hub("1.2.3", Origins(frozenset(), None))
    runner, url = await served(hub, [route])
    hub.parts = parts(None, None)
    with caplog.at_level(logging.ERROR):
        status, headers, body = await ask(url + "/broken", headers={"Accept": "text/html"})
    assert (status, headers["Content-Type"], body["code"]) == (500, "application/problem+json", "internal_fault")
    assert "secret" not in json.dumps(body)
    assert len([record for record in caplog.records if record.exc_info]) == 1
    await runner.cleanup()


async def test_a_body_that_does_not_come_is_waited_for_only_so_long(tmp_path):
    await make(tmp_path)
    service = ClinicService(SqliteJournal(tmp_path), HubClock())
    await service.start()
    hub = Hub("1.2.3", Origins(frozenset(), None), body_s=0.05)
    hub.parts = parts(service, Feed(service))
    runner, url = await served(hub)

    async def stalled():
        yield b'{"department":'
        await asyncio.Event().wait()

    key = (tmp_path / "keys" / "hall.key").read_text().strip()
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": new_id()}
    status, _, body = await ask(url + "/api/v1/tokens", "POST", data=stalled(), headers=headers)
    assert (status, body["code"]) == (400, "broken_body")
    await runner.cleanup()
    await service.stop()


async def test_the_log_of_an_unexpected_error_does_not_show_a_patients_address(caplog):
    async def broken(request):
        raise ZeroDivisionError("inside")

    hub = Hub("1.2.3", Origins(frozenset(), None))
    runner, url = await served(hub, [Route("GET", "/secret/{secret}", broken, ANYONE, "Breaks.")])
    hub.parts = parts(None, None)
    await ask(url + "/secret/7H4K2MPX")
    (record,) = caplog.records
    assert record.getMessage() == "unexpected error while answering GET /secret/{secret}"
    assert "7H4K2MPX" not in caplog.text
    await runner.cleanup()


async def test_a_journal_that_fails_answers_503_and_nobody_hears_of_the_event(tmp_path):
    await make(tmp_path)
    service = ClinicService(FullDisk(tmp_path), HubClock())
    await service.start()
    hub = Hub("1.2.3", Origins(frozenset(), None))
    hub.parts = parts(service, Feed(service))
    runner, url = await served(hub)
    key = (tmp_path / "keys" / "hall.key").read_text().strip()
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": new_id()}
    status, _, body = await ask(url + "/api/v1/tokens", "POST", json={"department": "medicine"}, headers=headers)
    assert (status, body["code"]) == (503, "journal_fault")
    assert service.published.tokens == {}
    assert "disk full" in str(service.failed.result())
    await runner.cleanup()
    await service.stop()
