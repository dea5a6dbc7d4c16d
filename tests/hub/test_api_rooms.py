"""Commands on rooms, people and departments over HTTP: undo, who works where, who is away, last token of the day."""

from hub_world import in_an_hour, new_id


async def operator(hub, name):
    everybody = (await hub.read("/operators"))["operators"]
    return next(one for one in everybody if one["operator"] == name)


async def room(hub, number=0):
    return (await hub.read("/board", key="wall"))["rooms"][number]


async def test_a_press_by_mistake_is_taken_back_whole(hub):
    first = (await hub.issue())["token"]
    await hub.issue()
    await hub.call_next()
    await hub.told(f"/tokens/{first}/start", key="desk-1")
    command_id = new_id()
    assert (await hub.told("/rooms/room-1/call-next", key="desk-1", command_id=command_id))["label"] == "A002"
    undone = await hub.told("/rooms/room-1/undo", {"command": command_id}, key="desk-1")
    assert undone == {"room": "room-1", "token": first, "label": "A001"}
    assert (await room(hub))["current"]["state"] == "serving"
    assert [call["label"] for call in (await hub.read("/board", key="wall"))["calls"]] == ["A001"]


async def test_what_has_been_taken_back_can_not_be_taken_back_again(hub):
    await hub.issue()
    command_id = new_id()
    await hub.told("/rooms/room-1/call-next", key="desk-1", command_id=command_id)
    answer = await hub.told("/rooms/room-1/undo", {"command": command_id}, key="desk-1")
    assert answer == {"room": "room-1", "token": None, "label": None}
    code, problem = await hub.refused("/rooms/room-1/undo", {"command": command_id}, key="desk-1")
    assert (code, problem["values"]) == ("nothing_to_undo", {"room": "room-1"})


async def test_only_the_last_command_of_the_room_is_taken_back(hub):
    await hub.issue()
    await hub.issue()
    first = new_id()
    await hub.told("/rooms/room-1/call-next", key="desk-1", command_id=first)
    await hub.told("/rooms/room-1/pause", key="desk-1")
    assert (await hub.refused("/rooms/room-1/undo", {"command": first}, key="desk-1"))[0] == "undo_too_late"
    code, problem = await hub.refused("/rooms/room-1/undo", {"command": "x"}, key="desk-1")
    assert (code, len(problem["errors"])) == ("invalid_request", 1)


async def test_an_undo_gives_every_reader_of_the_feed_the_whole_picture(hub):
    await hub.issue()
    command_id = new_id()
    await hub.told("/rooms/room-1/call-next", key="desk-1", command_id=command_id)
    async with hub.feed("wall") as feed:
        await feed.greeted()
        await hub.told("/rooms/room-1/undo", {"command": command_id}, key="desk-1")
        board = (await feed.next("snapshot"))["board"]
    assert (board["calls"], board["rooms"][0]["current"]) == ([], None)


async def test_a_room_works_for_other_departments_until_it_is_said_otherwise(hub):
    body = {"operator": "doctor-2", "departments": ["laboratory"]}
    assert await hub.told("/rooms/room-1/assign", body) == {
        "room": "room-1",
        "operator": "doctor-2",
        "departments": ["laboratory"],
    }
    assert (await room(hub))["departments"] == ["laboratory"]
    await hub.issue("laboratory")
    assert (await hub.call_next())["label"] == "H001"
    await hub.told("/rooms/room-1/assign", {"operator": "doctor-1"})
    assert (await room(hub))["departments"] == ["medicine"]


async def test_a_doctor_who_moves_leaves_the_other_room(hub):
    assert (await operator(hub, "doctor-1"))["room"] == "room-1"
    await hub.told("/rooms/room-2/assign", {"operator": "doctor-1"}, key="doctor-1")
    assert (await operator(hub, "doctor-1"))["room"] == "room-2"
    assert (await operator(hub, "nurse-1"))["room"] is None


async def test_nobody_unknown_is_assigned(hub):
    for body, code in (
        ({"operator": "doctor-9"}, "unknown_operator"),
        ({"departments": ["surgery"]}, "unknown_department"),
    ):
        assert (await hub.refused("/rooms/room-1/assign", body))[0] == code
    assert (await hub.refused("/rooms/room-9/assign", {}))[0] == "unknown_room"


async def test_a_feed_shows_a_rooms_new_departments_and_never_who_works_there(hub):
    async with hub.feed("wall") as units, hub.feed() as public:
        await units.greeted()
        await public.greeted()
        await hub.told("/rooms/room-1/assign", {"operator": "doctor-2", "departments": ["laboratory"]})
        for reader in (units, public):
            change = await reader.next("change")
            assert change["kind"] == "room_assigned"
            assert change["rooms"][0]["departments"] == ["laboratory"]
            assert "doctor-2" not in str(change)


async def test_somebody_is_away_until_a_time_and_then_there_again(hub):
    back_at = in_an_hour().isoformat().replace("+00:00", "Z")
    body = {"available": False, "back_at": back_at}
    answer = await hub.told("/operators/doctor-1/availability", body, key="doctor-1")
    assert answer == {"operator": "doctor-1", "available": False, "back_at": back_at}
    assert (await operator(hub, "doctor-1"))["back_at"] == back_at
    await hub.told("/operators/doctor-1/availability", {"available": True})
    found = await operator(hub, "doctor-1")
    assert (found["available"], found["back_at"], found["on_shift"]) == (True, None, True)


async def test_a_return_long_ago_or_of_nobody_is_refused(hub):
    body = {"available": False, "back_at": "2020-01-01T00:00:00Z"}
    assert (await hub.refused("/operators/doctor-1/availability", body))[0] == "bad_return_time"
    assert (await hub.refused("/operators/doctor-9/availability", {"available": True}))[0] == "unknown_operator"
    body = {"available": False, "back_at": "2030-01-01T00:00:00"}
    code, problem = await hub.refused("/operators/doctor-1/availability", body)
    assert (code, problem["errors"]) == (
        "invalid_request",
        ["$.back_at: expected a time with its offset, e.g. 2026-03-02T10:45:00Z"],
    )


async def test_the_last_label_of_the_day_is_shown_once_issuing_stops(hub):
    await hub.issue()
    await hub.issue()
    async with hub.feed("hall") as feed:
        await feed.greeted()
        stopped = await hub.told("/departments/medicine/stop-issuing")
        (view,) = (await feed.next("change"))["departments"]
    assert stopped == {"department": "medicine", "issuing": False, "last": "A002"}
    assert (view["issuing"], view["last_label"], view["estimate"], view["open"]) == (False, "A002", None, True)
    assert (await hub.call_next())["label"] == "A001"


async def test_only_a_supervisor_or_an_administrator_resumes_issuing(hub):
    await hub.told("/departments/medicine/stop-issuing", key="doctor-1")
    path = "/departments/medicine/resume-issuing"
    for key in ("reception-1", "doctor-1"):
        code, problem = await hub.refused(path, key=key)
        assert (code, problem["values"]) == ("not_a_supervisor", {"operator": key})
    for key in ("reception-2", "admin-1"):
        answer = await hub.told(path, key=key)
        assert answer == {"department": "medicine", "issuing": True, "last": None}
    assert (await hub.issue())["label"] == "A001"


async def test_a_department_that_is_not_there_neither_stops_nor_resumes(hub):
    for verb in ("stop-issuing", "resume-issuing"):
        assert (await hub.refused(f"/departments/surgery/{verb}", key="admin-1"))[0] == "unknown_department"


async def test_a_kiosk_learns_what_somebody_may_come_for_and_how_to_come_back(hub):
    board = await hub.read("/board", key="hall")
    assert board["departments"][0]["visit_types"] == [{"id": "check-up", "names": {"en": "Check-up"}}]
    assert board["departments"][1]["visit_types"] == []
    assert (board["site"]["return_min"], board["site"]["return_place"]) == (60, 3)
