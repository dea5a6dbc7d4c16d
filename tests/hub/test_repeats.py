"""Every command sent again: the first answer, now and across a restart; no other asker sees it."""

from day_story import day, send
from hub_world import make, running

OTHER = {"reception-1": "admin-1", "desk-1": "desk-2", "hall": "reception-2", "wall": "hall", "admin-1": "technician"}
"""Who sends the id of somebody else's command."""


async def repeated(hub, told):
    """Those that were not answered as the first time."""
    wrong = []
    for sent, first in told:
        again = await send(hub, *sent)
        if (again.status, again.body) != (200 if first.status < 300 else first.status, first.body):
            wrong.append((sent, again.status, again.body))
    return wrong


async def test_every_command_gets_its_first_answer_again_also_after_a_restart(tmp_path):
    await make(tmp_path)
    async with running(tmp_path) as hub:
        told = await day(hub)
        before = [await hub.read("/board", key="wall"), await hub.read("/appointments"), await hub.read("/operators")]
        assert await repeated(hub, told) == []
    async with running(tmp_path) as hub:
        assert await repeated(hub, told) == []
        after = [await hub.read("/board", key="wall"), await hub.read("/appointments"), await hub.read("/operators")]
    for one in (*before[0]["departments"], *after[0]["departments"]):
        one["estimate"] = None
    assert after == before


async def test_nobody_gets_the_answer_to_anothers_command(tmp_path):
    await make(tmp_path)
    async with running(tmp_path) as hub:
        told = await day(hub)
        for (method, path, body, key, command_id), _ in told:
            answer = await send(hub, method, path, body, OTHER[key], command_id)
            assert answer.status in (401, 403, 409), (path, answer.body)
            expected = {401: ("wrong_key",), 403: ("not_permitted",), 409: ("idempotency_key_reused",)}
            assert answer.json["code"] in expected[answer.status]
            other = await send(hub, method, path, {"note": "other"}, key, command_id)
            assert other.json["code"] in ("idempotency_key_reused", "invalid_request"), path
