"""Blocks of numbers for kiosks that are alone, and what comes back from them: each token once, whatever is repeated."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hub_world import DEPARTMENTS, make, new_id, plan, running

from hub.domain.configuration import Unit
from smartqueue.terms import UnitKind, UnitName

ALONE_SINCE = timedelta(minutes=20)


def ticket(number, minutes_ago=10, **changes):
    """As a kiosk keeps it; secret and code differ by number."""
    issued_at = datetime.now(UTC) - timedelta(minutes=minutes_ago)
    made = {
        "command_id": f"touch-{number:06}",
        "number": number,
        "issued_at": issued_at.isoformat(),
        "secret": f"{number:026}",
        "short_code": f"{number:08}",
    }
    return {**made, **changes}


def merge(*tickets, **changes):
    return {"last_contact": (datetime.now(UTC) - ALONE_SINCE).isoformat(), "tokens": list(tickets), **changes}


async def lease(hub, department="medicine", **more):
    return await hub.told("/leases", {"department": department, **more}, key="hall")


async def test_a_kiosk_has_a_block_that_the_main_series_leaves_out(hub):
    block = await lease(hub)
    assert (block["letter"], block["first"], block["last"]) == ("A", 501, 550)
    assert (block["used"], block["skip"], block["department"]) == ([], [], "medicine")
    assert (await lease(hub))["lease"] == block["lease"]
    assert (await hub.issue())["label"] == "A001"


async def test_a_block_for_tomorrow_is_of_the_next_clinic_day(hub):
    today, tomorrow = await lease(hub), await lease(hub, tomorrow=True)
    assert tomorrow["day"] == (datetime.fromisoformat(today["day"]) + timedelta(days=1)).date().isoformat()
    assert tomorrow["lease"] != today["lease"]


async def test_a_block_says_when_its_day_begins_and_ends_and_when_its_department_is_open(tmp_path):
    eye = replace(DEPARTMENTS[0], opens=9 * 60, closes=17 * 60)
    await make(tmp_path, configuration=replace(plan().configuration, departments=(eye, DEPARTMENTS[1])))
    async with running(tmp_path) as hub:
        block = await lease(hub, tomorrow=True)
        begins, ends = (datetime.fromisoformat(block[name]) for name in ("begins", "ends"))
        assert (begins.date().isoformat(), ends - begins) == (block["day"], timedelta(days=1))
        spans = [tuple(datetime.fromisoformat(span[name]) for name in ("begins", "ends")) for span in block["hours"]]
        nine = [datetime(*(begins + timedelta(days=n)).timetuple()[:3], 9, tzinfo=UTC) for n in (-1, 0, 1)]
        opened = [(max(at, begins), min(at + timedelta(hours=8), ends)) for at in nine]
        assert spans == [(first, last) for first, last in opened if first < last]


async def test_what_was_issued_alone_joins_and_keeps_what_was_printed(hub):
    block = await lease(hub)
    answer = await hub.told(
        f"/leases/{block['lease']}/tokens", merge(ticket(501, needs=["deaf"]), ticket(502)), key="hall"
    )
    first, second = answer["tokens"]
    assert (first["label"], first["joined"], first["repeated"]) == ("A501", True, False)
    assert (first["status_url"], first["short_code"]) == (f"/S/{501:026}", "00000501")
    for found in (f"{501:026}", "00000501"):
        assert (await hub.get(f"/api/v1/status/{found}")).json["label"] == "A501"
    waiting = (await hub.read("/departments/medicine/waiting"))["waiting"]
    assert [(one["label"], one["needs"]) for one in waiting] == [("A501", ["deaf"]), ("A502", [])]
    assert second["token"] == waiting[1]["token"]


async def test_who_came_while_the_kiosk_was_alone_is_before_who_came_later(hub):
    block = await lease(hub)
    await hub.issue()
    await hub.told(f"/leases/{block['lease']}/tokens", merge(ticket(501)), key="hall")
    queue = await hub.read("/departments/medicine/queue", key="hall")
    assert queue["waiting"] == ["A501", "A001"]


async def test_the_same_tickets_sent_again_under_another_id_join_once(hub):
    block = await lease(hub)
    path = f"/leases/{block['lease']}/tokens"
    first = (await hub.told(path, merge(ticket(501)), key="hall"))["tokens"][0]
    again, other = (await hub.told(path, merge(ticket(501), ticket(502)), key="hall"))["tokens"]
    assert (again["repeated"], other["repeated"]) == (True, False)
    assert {name: again[name] for name in ("token", "label", "status_url", "short_code")} == {
        name: first[name] for name in ("token", "label", "status_url", "short_code")
    }
    assert [one["label"] for one in (await hub.read("/departments/medicine/waiting"))["waiting"]] == ["A501", "A502"]
    assert (await lease(hub))["used"] == [501, 502]


async def test_tickets_join_once_also_across_a_restart(tmp_path):
    await make(tmp_path)
    command_id, body = new_id(), merge(ticket(501))
    async with running(tmp_path) as hub:
        block = await lease(hub)
        path = f"/leases/{block['lease']}/tokens"
        first = await hub.told(path, body, key="hall", command_id=command_id)
    async with running(tmp_path) as hub:
        assert await hub.told(path, body, key="hall", command_id=command_id) == first
        again = (await hub.told(path, body, key="hall"))["tokens"][0]
        assert (again["repeated"], again["token"]) == (True, first["tokens"][0]["token"])
        assert (await hub.get(f"/api/v1/status/{501:026}")).json["label"] == "A501"
        assert (await hub.get("/api/v1/status/00000501")).json["label"] == "A501"


async def test_a_short_code_that_another_token_has_stays_with_that_one(hub):
    issued = await hub.issue()
    block = await lease(hub)
    clash = ticket(501, short_code=issued["short_code"])
    answer = (await hub.told(f"/leases/{block['lease']}/tokens", merge(clash), key="hall"))["tokens"][0]
    assert (answer["short_code"], answer["status_url"]) == ("", f"/S/{501:026}")
    assert (await hub.get(f"/api/v1/status/{issued['short_code']}")).json["label"] == "A001"
    assert (await hub.get(f"/api/v1/status/{501:026}")).json["label"] == "A501"


async def test_a_secret_that_another_token_has_opens_only_that_ones_page(hub):
    block = await lease(hub)
    twins = merge(ticket(501), ticket(502, secret=f"{501:026}"))
    first, second = (await hub.told(f"/leases/{block['lease']}/tokens", twins, key="hall"))["tokens"]
    assert (first["status_url"], second["status_url"], second["short_code"]) == (f"/S/{501:026}", "", "")
    assert (await hub.get(f"/api/v1/status/{501:026}")).json["label"] == "A501"


async def test_a_ticket_that_can_not_be_taken_over_is_told_and_holds_up_no_other(hub):
    block = await lease(hub)
    path = f"/leases/{block['lease']}/tokens"
    await hub.told(path, merge(ticket(501)), key="hall")
    odd = merge(ticket(499), ticket(502), ticket(501, command_id="touch-of-another", secret=f"{9:026}"))
    outside, fine, taken = (await hub.told(path, odd, key="hall"))["tokens"]
    for one in (outside, taken):
        assert (one["conflict"], one["joined"], one["token"], one["status_url"]) == (True, False, None, "")
    assert (fine["conflict"], fine["joined"], fine["status_url"]) == (False, True, f"/S/{502:026}")
    assert (await lease(hub))["used"] == [501, 502]
    assert (await hub.get(f"/api/v1/status/{9:026}")).status == 404


async def test_what_is_malformed_in_tickets_is_named_one_by_one(hub):
    block = await lease(hub)
    wrong = merge(ticket(501, secret="short"), ticket(0, short_code="0000000O"), {"number": 503})
    code, problem = await hub.refused(f"/leases/{block['lease']}/tokens", wrong, key="hall")
    assert code == "invalid_request"
    assert [line.split(":")[0] for line in problem["errors"]] == [
        "$.tokens[0].secret",
        "$.tokens[1].number",
        "$.tokens[1].short_code",
        "$.tokens[2].command_id",
        "$.tokens[2].issued_at",
        "$.tokens[2].secret",
        "$.tokens[2].short_code",
    ]
    late = merge(ticket(501, issued_at="2026-03-02T10:00:00"))
    _, problem = await hub.refused(f"/leases/{block['lease']}/tokens", late, key="hall")
    assert problem["errors"][0].startswith("$.tokens[0].issued_at: expected a time with its offset")


async def test_a_block_belongs_to_one_kiosk(tmp_path):
    await make(tmp_path, units=(*plan().units, Unit(UnitName("porch"), UnitKind.KIOSK)))
    async with running(tmp_path) as hub:
        block = await lease(hub)
        path = f"/leases/{block['lease']}/tokens"
        assert (await hub.refused(path, merge(ticket(501)), key="porch"))[0] == "wrong_lease"
        other = await hub.told("/leases", {"department": "medicine"}, key="porch")
        assert (other["first"], other["last"]) == (551, 600)
        command_id = new_id()
        await hub.told(path, merge(ticket(501)), key="hall", command_id=command_id)
        reused = await hub.post(f"/api/v1{path}", merge(ticket(501)), key="porch", command_id=command_id)
        assert (reused.status, reused.json["code"]) == (409, "idempotency_key_reused")


async def test_a_block_that_was_never_given_out_is_unknown(hub):
    assert (await hub.refused("/leases/nothing/tokens", merge(ticket(501)), key="hall"))[0] == "unknown_lease"
    assert (await hub.refused("/leases", {"department": "surgery"}, key="hall"))[0] == "unknown_department"


async def test_nothing_at_all_may_come_back_from_a_block(hub):
    block = await lease(hub)
    answer = await hub.told(f"/leases/{block['lease']}/tokens", merge(), key="hall")
    assert answer == {"lease": block["lease"], "tokens": []}


async def test_the_blocks_of_a_forgotten_kiosk_are_revoked(hub):
    block = await lease(hub)
    await hub.told("/units/hall", key="admin-1", method="DELETE")
    answer = await hub.post(f"/api/v1/leases/{block['lease']}/tokens", merge(ticket(501)), key="hall")
    assert (answer.status, answer.json["code"]) == (401, "wrong_key")
