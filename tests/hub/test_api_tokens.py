"""Commands on tokens over HTTP: what operators may do with somebody's place, and what they learn of it."""

import pytest
from hub_world import in_an_hour


async def called(hub, room="room-1", key="desk-1", **issue):
    token = (await hub.issue(**issue))["token"]
    assert (await hub.call_next(room, key=key))["token"] == token
    return token


async def states(hub, token):
    return [step["state"] for step in (await hub.read(f"/tokens/{token}"))["timeline"]]


async def test_an_operator_calls_a_chosen_label_and_not_the_next_one(hub):
    await hub.issue()
    second = (await hub.issue())["token"]
    answer = await hub.told(f"/tokens/{second}/call", {"room": "room-1", "reason": "result"})
    assert (answer["token"], answer["label"], answer["room"]) == (second, "A002", "room-1")
    assert (await hub.read("/board"))["rooms"][0]["current"]["label"] == "A002"


async def test_a_chosen_call_needs_a_reason_and_a_room_that_fits(hub):
    token = (await hub.issue())["token"]
    code, problem = await hub.refused(f"/tokens/{token}/call", {"room": "room-1"})
    assert (code, problem["errors"]) == ("invalid_request", ["$.reason: is missing"])
    code, problem = await hub.refused(f"/tokens/{token}/call", {"room": "window-3", "reason": "worse"})
    assert (code, problem["values"]["department"]) == ("token_not_for_room", "medicine")


async def test_who_did_not_come_returns_at_the_kiosk_by_the_label_on_the_ticket(hub):
    token = await called(hub)
    await hub.told(f"/tokens/{token}/no-show", key="desk-1")
    found = await hub.read("/labels/a001", key="hall")
    assert (found["token"], found["state"], found["department"]) == (token, "no_show", "medicine")
    assert (await hub.told(f"/tokens/{token}/return", key="hall"))["state"] == "waiting"
    code, problem = await hub.refused(f"/tokens/{token}/return", key="hall")
    assert (code, problem["values"]["state"]) == ("impossible_transition", "waiting")


async def test_a_label_that_nobody_has_is_told(hub):
    await hub.issue()
    answer = await hub.get("/api/v1/labels/A002", key="hall")
    assert (answer.status, answer.json["code"], answer.json["values"]) == (404, "unknown_label", {"label": "A002"})


async def test_a_token_is_parked_for_an_examination_and_resumed(hub):
    token = await called(hub)
    parked = await hub.told(f"/tokens/{token}/park", {"reason": "examination"}, key="desk-1")
    assert (parked["state"], parked["room"]) == ("parked", None)
    assert (await hub.told(f"/tokens/{token}/resume"))["state"] == "waiting"
    assert await states(hub, token) == ["waiting", "called", "parked", "waiting"]
    code, _ = await hub.refused(f"/tokens/{token}/park", {"reason": "holiday"})
    assert code == "invalid_request"


async def test_a_transfer_keeps_the_label_and_says_in_which_department_it_waits(hub):
    token = await called(hub)
    body = {"department": "laboratory", "plan": [{"departments": ["medicine"], "doctor": "doctor-1"}]}
    assert (await hub.told(f"/tokens/{token}/transfer", body, key="desk-1"))["state"] == "waiting"
    detail = await hub.read(f"/tokens/{token}")
    assert (detail["label"], detail["department"]) == ("A001", "laboratory")
    assert [step["department"] for step in detail["timeline"]] == ["medicine", None, "laboratory"]
    assert detail["staff"]["plan"] == [{"departments": ["medicine"], "doctor": "doctor-1"}]


async def test_a_transfer_without_a_department_goes_to_the_next_planned_step(hub):
    token = (await hub.issue(visit_type="check-up"))["token"]
    await hub.told(f"/tokens/{token}/transfer")
    assert (await hub.read(f"/tokens/{token}"))["department"] == "laboratory"
    assert (await hub.refused(f"/tokens/{token}/transfer"))[0] == "no_planned_step"
    assert (await hub.refused(f"/tokens/{token}/transfer", {"department": "laboratory"}))[0] == "same_department"
    code, problem = await hub.refused(f"/tokens/{token}/transfer", {"department": "surgery"})
    assert (code, problem["values"]["known"]) == ("unknown_department", "laboratory, medicine")


async def test_a_finished_consultation_goes_on_to_its_planned_step(hub):
    token = await called(hub, visit_type="check-up")
    await hub.told(f"/tokens/{token}/start", key="desk-1")
    finished = await hub.told(f"/tokens/{token}/finish", key="desk-1")
    assert (finished["state"], finished["room"]) == ("waiting", None)
    assert (await hub.read(f"/tokens/{token}"))["department"] == "laboratory"


async def test_a_visit_type_that_the_department_does_not_know_is_refused(hub):
    code, problem = await hub.refused("/tokens", {"department": "medicine", "visit_type": "x-ray"}, key="hall")
    assert (code, problem["values"]["known"]) == ("unknown_visit_type", "check-up")


async def test_of_several_services_the_one_with_the_shortest_wait_comes_first(hub):
    for _ in range(6):
        await hub.issue("medicine")
    issued = await hub.issue("medicine", services=["laboratory"])
    assert (issued["department"], issued["label"]) == ("laboratory", "H001")
    plan = (await hub.read(f"/tokens/{issued['token']}"))["staff"]["plan"]
    assert plan == [{"departments": ["medicine"], "doctor": None}]


async def test_somebody_waits_for_one_doctor_until_any_may_call(hub):
    token = (await hub.issue(doctor="doctor-2"))["token"]
    assert (await hub.call_next())["token"] is None
    assert (await hub.told(f"/tokens/{token}/any-doctor"))["state"] == "waiting"
    assert (await hub.call_next("room-1", key="doctor-1"))["token"] == token


async def test_a_doctor_of_another_department_can_not_be_waited_for(hub):
    code, problem = await hub.refused("/tokens", {"department": "laboratory", "doctor": "doctor-1"}, key="hall")
    assert (code, problem["values"]) == ("doctor_elsewhere", {"doctor": "doctor-1", "department": "laboratory"})


async def test_only_an_operator_makes_an_emergency_and_says_why(hub):
    await hub.issue()
    token = (await hub.issue())["token"]
    body = {"priority": "emergency", "reason": "worse"}
    assert (await hub.refused(f"/tokens/{token}/set-priority", body, key="hall"))[0] == "not_permitted"
    assert (await hub.told(f"/tokens/{token}/set-priority", body, key="nurse-1"))["priority"] == "emergency"
    waiting = (await hub.read("/departments/medicine/waiting"))["waiting"]
    assert [(one["label"], one["priority"], one["priority_reason"]) for one in waiting] == [
        ("A002", "emergency", "worse"),
        ("A001", "normal", "none"),
    ]


@pytest.mark.parametrize("reason", ["none", "trial"])
async def test_a_priority_without_a_real_reason_is_refused(hub, reason):
    token = (await hub.issue())["token"]
    code, problem = await hub.refused(f"/tokens/{token}/set-priority", {"priority": "high", "reason": reason})
    assert code == "invalid_request"
    assert problem["errors"][0].startswith("$.reason: say why, one of: need, operator, worse")


async def test_reception_issues_with_a_priority_and_cancels_what_has_been_called(hub):
    issued = await hub.told("/tokens", {"department": "medicine", "priority": "emergency"})
    await hub.call_next()
    assert (await hub.told(f"/tokens/{issued['token']}/cancel"))["state"] == "cancelled"


async def test_only_a_supervisor_puts_the_last_token_of_the_day_aside(hub):
    await hub.issue()
    await hub.told("/departments/medicine/stop-issuing")
    code, problem = await hub.refused("/tokens", {"department": "medicine"}, key="hall")
    assert (code, problem["values"]) == ("last_token_given", {"department": "medicine", "last": "A001"})
    assert (await hub.refused("/tokens", {"department": "medicine", "override": True}))[0] == "not_a_supervisor"
    body = {"department": "medicine", "override": True}
    assert (await hub.told("/tokens", body, key="reception-2"))["label"] == "A002"


async def test_nobody_but_the_technician_makes_trials(hub):
    code, _ = await hub.refused("/tokens", {"department": "medicine", "trial": True}, key="admin-1")
    assert code == "not_permitted"


# --- what operators read ------------------------------------------------------------------------------


async def test_the_waiting_list_is_in_calling_order_with_all_that_a_console_needs(hub):
    await hub.issue()
    await hub.issue(needs=["wheelchair", "deaf"], language="hi", doctor="doctor-1")
    waiting = (await hub.read("/departments/medicine/waiting", key="doctor-1"))["waiting"]
    assert [one["label"] for one in waiting] == ["A002", "A001"]
    first = waiting[0]
    assert (first["needs"], first["language"], first["doctor"]) == (["wheelchair", "deaf"], "hi", "doctor-1")
    assert (first["priority"], first["priority_reason"], first["came_by"]) == ("high", "need", "issue")
    assert [one["grace_s"] for one in waiting] == [120, 60]
    assert (first["any_doctor"], first["returns"], first["since"]) == (False, 0, first["issued_at"])


async def test_the_waiting_list_of_an_empty_and_of_no_department(hub):
    assert await hub.read("/departments/laboratory/waiting") == {"department": "laboratory", "waiting": []}
    answer = await hub.get("/api/v1/departments/surgery/waiting", key="nurse-1")
    assert (answer.status, answer.json["code"]) == (404, "unknown_department")


async def test_a_unit_learns_of_a_token_only_what_it_needs_to_know(hub):
    token = (await hub.issue(needs=["blind"]))["token"]
    for key in ("hall", "desk-1", "wall", "technician"):
        assert (await hub.read(f"/tokens/{token}", key=key))["staff"] is None
    staff = (await hub.read(f"/tokens/{token}", key="nurse-1"))["staff"]
    assert (staff["needs"], staff["priority"], staff["grace_s"], staff["trial"]) == (["blind"], "normal", 120, False)


async def test_operators_read_the_board_as_units_do(hub):
    token = await called(hub)
    assert (await hub.read("/board", key="doctor-1"))["rooms"][0]["current"]["token"] == token


async def test_the_shown_range_starts_from_the_promise_and_does_not_creep(hub):
    for _ in range(4):
        issued = await hub.issue()
    promised = issued["estimate"]
    for _ in range(3):
        detail = await hub.read(f"/tokens/{issued['token']}", key="hall")
        assert (detail["estimate"]["earliest"], detail["estimate"]["latest"]) == (
            promised["earliest"],
            promised["latest"],
        )
    paused = {"back_at": in_an_hour().isoformat()}
    await hub.told("/rooms/room-1/pause", paused, key="desk-1")
    status = (await hub.get("/api/v1/status/" + issued["short_code"])).json
    assert status["estimate"]["latest"] >= promised["latest"]
    for room, key in (("room-2", "desk-2"),):
        await hub.told(f"/rooms/{room}/close", key=key)
    assert (await hub.read(f"/tokens/{issued['token']}", key="hall"))["estimate"] is None
