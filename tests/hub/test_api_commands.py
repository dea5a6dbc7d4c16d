"""Commands over HTTP: what units ask and what they are answered."""

import asyncio
import re
from datetime import timedelta, timezone

from hub_world import AR, in_an_hour, new_id

from smartqueue.i18n import Words

TITLE = "refusal.unknown_department.title"


async def test_a_kiosk_issues_a_token_and_gets_label_and_status_page(hub):
    answer = await hub.post("/api/v1/tokens", {"department": "medicine", "language": "hi", "needs": ["blind"]})
    assert answer.status == 201
    assert (answer.json["label"], answer.json["ahead"]) == ("A001", 0)
    assert re.fullmatch(r"/S/[0-9A-Z]{26}", answer.json["status_url"])
    assert re.fullmatch(r"[0-9A-Z]{8}", answer.json["short_code"])


async def test_a_press_of_next_calls_the_first_and_again_nobody(hub):
    first = await hub.issue()
    called = await hub.call_next()
    assert (called["token"], called["label"], called["repeated"]) == (first["token"], "A001", False)
    again = await hub.call_next()
    assert (again["token"], again["repeated"]) == (first["token"], True)


async def test_next_in_an_empty_clinic_answers_null(hub):
    assert (await hub.call_next())["token"] is None


async def test_after_of_another_token_changes_nothing(hub):
    await hub.issue()
    second = await hub.issue()
    await hub.call_next()
    answer = await hub.call_next(after=second["token"])
    assert (answer["label"], answer["repeated"]) == ("A001", True)


async def test_a_token_goes_through_recall_start_and_finish(hub):
    token = (await hub.issue())["token"]
    await hub.call_next()
    for verb, state in (("recall", "called"), ("start", "serving"), ("finish", "served")):
        answer = await hub.post(f"/api/v1/tokens/{token}/{verb}", key="desk-1")
        assert (answer.status, answer.json["state"]) == (200, state)
    detail = (await hub.get(f"/api/v1/tokens/{token}", key="hall")).json
    assert [step["state"] for step in detail["timeline"]] == ["waiting", "called", "called", "serving", "served"]
    assert [step["attempt"] for step in detail["timeline"]] == [0, 1, 2, 0, 0]


async def test_who_did_not_come_is_marked_and_the_room_is_free(hub):
    token = (await hub.issue())["token"]
    await hub.call_next()
    assert (await hub.post(f"/api/v1/tokens/{token}/no-show", key="desk-1")).json["state"] == "no_show"
    assert (await hub.get("/api/v1/board")).json["rooms"][0]["current"] is None


async def test_a_kiosk_takes_back_a_token_that_waits_and_a_repeat_gets_the_same_answer(hub):
    token = (await hub.issue())["token"]
    command_id = new_id()
    first = await hub.post(f"/api/v1/tokens/{token}/cancel", command_id=command_id)
    assert (first.status, first.json["state"]) == (200, "cancelled")
    again = await hub.post(f"/api/v1/tokens/{token}/cancel", command_id=command_id)
    assert (again.status, again.body) == (200, first.body)


async def test_a_room_pauses_with_its_return_closes_and_opens(hub):
    back_at = in_an_hour()
    asked = back_at.astimezone(timezone(timedelta(hours=1))).isoformat()
    paused = await hub.post("/api/v1/rooms/room-1/pause", {"back_at": asked}, key="desk-1")
    assert paused.json == {"room": "room-1", "state": "paused"}
    room = (await hub.get("/api/v1/board")).json["rooms"][0]
    assert (room["state"], room["back_at"]) == ("paused", back_at.isoformat().replace("+00:00", "Z"))
    refused = await hub.post("/api/v1/rooms/room-1/call-next", key="desk-1")
    assert (refused.status, refused.json["code"]) == (409, "room_paused")
    assert (await hub.post("/api/v1/rooms/room-1/close", key="desk-1")).json["state"] == "closed"
    assert (await hub.post("/api/v1/rooms/room-1/open", key="desk-1")).json["state"] == "open"


async def test_a_display_acknowledges_a_call_and_the_board_says_so(hub):
    await hub.issue()
    await hub.call_next()
    call = (await hub.get("/api/v1/board")).json["calls"][0]
    assert call["played"] is False
    answer = await hub.post(f"/api/v1/announcements/{call['announcement']}/ack", {"heard": True}, key="wall")
    assert answer.json == {"announcement": call["announcement"]}
    assert (await hub.get("/api/v1/board")).json["calls"][0]["played"] is True


async def test_a_press_with_a_tick_of_long_ago_is_too_old(hub):
    answer = await hub.post("/api/v1/rooms/room-1/call-next", {"tick": 1}, key="desk-1")
    assert (answer.status, answer.json["code"]) == (409, "press_too_old")


async def test_the_same_id_gets_the_first_answer_with_200(hub):
    command_id = new_id()
    body = {"department": "medicine"}
    first = await hub.post("/api/v1/tokens", body, command_id=command_id)
    again = await hub.post("/api/v1/tokens", body, command_id=command_id)
    assert (first.status, again.status, again.body) == (201, 200, first.body)
    assert (await hub.issue())["label"] == "A002"


async def test_the_same_id_sent_by_many_at_once_makes_one_token(hub):
    command_id = new_id()
    sends = [hub.post("/api/v1/tokens", {"department": "medicine"}, command_id=command_id) for _ in range(16)]
    answers = await asyncio.gather(*sends)
    assert {answer.body for answer in answers} == {answers[0].body}
    assert sorted(answer.status for answer in answers) == [200] * 15 + [201]


async def test_a_refusal_is_repeated_too(hub):
    command_id = new_id()
    sends = [await hub.post("/api/v1/tokens", {"department": "x"}, command_id=command_id) for _ in range(2)]
    assert [answer.status for answer in sends] == [404, 404]
    assert sends[0].body == sends[1].body


async def test_the_same_id_for_another_command_or_from_another_unit_shows_nothing(hub):
    command_id = new_id()
    first = await hub.post("/api/v1/rooms/room-1/pause", key="desk-1", command_id=command_id)
    assert first.status == 200
    for path, key in (("/api/v1/rooms/room-1/open", "desk-1"), ("/api/v1/rooms/room-2/pause", "desk-2")):
        answer = await hub.post(path, key=key, command_id=command_id)
        assert (answer.status, answer.json["code"]) == (409, "idempotency_key_reused")


async def test_a_refusal_speaks_the_language_that_was_asked_for(hub):
    answer = await hub.post("/api/v1/tokens", {"department": "x"}, Accept_Language="de, ar-EG;q=0.8, en;q=0.5")
    assert (answer.json["code"], answer.json["title"]) == ("unknown_department", Words(AR).text(TITLE))


async def test_sixteen_kiosks_issue_without_gap_or_double(hub):
    answers = await asyncio.gather(*(hub.issue() for _ in range(64)))
    assert sorted(answer["label"] for answer in answers) == [f"A{number:03}" for number in range(1, 65)]
    assert len({answer["token"] for answer in answers}) == 64


async def test_public_and_units_read_the_same_board_but_for_token_ids(hub):
    token = (await hub.issue())["token"]
    await hub.call_next()
    public, unit = (await hub.get("/api/v1/board")).json, (await hub.get("/api/v1/board", key="wall")).json
    assert public["rooms"][0]["current"]["token"] == ""
    assert unit["rooms"][0]["current"]["token"] == token
    public["rooms"][0]["current"]["token"] = token
    assert public == unit


async def test_a_queue_shows_labels_in_the_order_of_calling(hub):
    for _ in range(2):
        await hub.issue("laboratory")
    await hub.issue("laboratory", needs=["elderly"])
    await hub.call_next("room-2", key="desk-2")
    queue = (await hub.get("/api/v1/departments/laboratory/queue", key="hall")).json
    assert (queue["called"], queue["waiting"], queue["serving"]) == (["H003"], ["H001", "H002"], [])


async def test_departments_are_listed_for_everybody(hub):
    await hub.issue()
    found = (await hub.get("/api/v1/departments")).json["departments"]
    assert [(one["id"], one["letter"], one["open"], one["waiting"]) for one in found] == [
        ("medicine", "A", True, 1),
        ("laboratory", "H", True, 0),
    ]
