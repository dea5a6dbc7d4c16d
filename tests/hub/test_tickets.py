"""A ticket that somebody holds in hand: found by its code, its QR code or its label, and back after a missed call."""

import pytest
from hub_world import make, new_id, running

FIND = "/tickets/find"


async def find(hub, code, key="hall"):
    return await hub.told(FIND, {"code": code}, key=key)


async def missed(hub):
    """A token of room 1 that was called and did not come."""
    issued = await hub.issue()
    await hub.call_next()
    await hub.told(f"/tokens/{issued['token']}/no-show", key="desk-1")
    return issued


async def test_a_ticket_is_found_by_its_code_however_it_is_typed(hub):
    issued = await hub.issue(language="hi")
    code = issued["short_code"]
    for typed in (code, code.lower(), f" {code[:4]}-{code[4:]} ", f"{code[:4]} {code[4:]}"):
        found = await find(hub, typed)
        assert {name: found[name] for name in issued} == issued | {"estimate": found["estimate"]}
        assert (found["state"], found["room"], found["may_return"]) == ("waiting", None, False)


async def test_a_ticket_is_found_by_what_stands_in_its_qr_code(tmp_path):
    await make(tmp_path)
    async with running(tmp_path, public_url="http://queue.example/clinic") as hub:
        issued = await hub.issue()
        assert issued["status_url"].startswith("http://queue.example/clinic/S/")
        for held in (issued["status_url"], issued["status_url"].upper(), issued["status_url"].rpartition("/")[2]):
            found = await find(hub, held)
            assert (found["token"], found["status_url"]) == (issued["token"], issued["status_url"])


async def test_by_its_label_nobody_learns_the_way_to_the_persons_page(hub):
    issued = await hub.issue()
    for typed in ("A001", "a1", "a-01", " A 001 "):
        found = await find(hub, typed)
        assert (found["token"], found["label"]) == (issued["token"], "A001")
        assert (found["status_url"], found["short_code"]) == (None, None)
    for code in (issued["short_code"], issued["status_url"].rpartition("/")[2]):
        assert code.encode() not in (await hub.post(f"/api/v1{FIND}", {"code": "A001"})).body


async def test_who_is_called_learns_where_to_go_and_who_waits_how_many_are_before(hub):
    first, second = await hub.issue(), await hub.issue()
    await hub.call_next()
    assert (await find(hub, first["label"]))["room"] == "room-1"
    found = await find(hub, second["short_code"])
    assert (found["state"], found["ahead"]) == ("waiting", 0)


async def test_a_ticket_whose_visit_is_over_is_found_all_the_same(hub):
    issued = await hub.issue()
    await hub.told(f"/tokens/{issued['token']}/cancel")
    for held in (issued["label"], issued["short_code"]):
        found = await find(hub, held)
        assert (found["state"], found["ahead"], found["estimate"]) == ("cancelled", None, None)


async def test_after_a_missed_call_a_kiosk_brings_the_person_back_into_the_queue(hub):
    issued = await missed(hub)
    assert (await find(hub, issued["label"]))["may_return"] is True
    again = new_id()
    answers = [await hub.told(f"/tokens/{issued['token']}/return", key="hall", command_id=again) for _ in range(2)]
    assert answers[0] == answers[1] == {**answers[0], "state": "waiting", "label": "A001"}
    found = await find(hub, issued["label"])
    assert (found["state"], found["may_return"]) == ("waiting", False)
    code, problem = await hub.refused(f"/tokens/{issued['token']}/return", key="hall")
    assert (code, problem["values"]["state"]) == ("impossible_transition", "waiting")


@pytest.mark.parametrize(
    "code", ["A999", "K001", "4006381333931", "http://other.example/S/" + "0" * 26, "?", "ক১", "\x00"]
)
async def test_what_is_no_ticket_of_today_is_told_in_words(hub, code):
    await hub.issue()
    answer = await hub.post(f"/api/v1{FIND}", {"code": code}, Accept_Language="hi")
    assert (answer.status, answer.json["code"]) == (404, "unknown_ticket")
    assert answer.json["title"] == "आज का ऐसा कोई टिकट नहीं मिला।"
    assert answer.json["values"] == {}


async def test_codes_of_tickets_can_not_be_guessed_at_speed_but_labels_may_be_wrong(hub):
    issued = await hub.issue()
    for guess in range(10):
        assert (await hub.refused(FIND, {"code": f"x/s/0000000{guess}"}, key="hall"))[0] == "unknown_ticket"
    for held in (issued["short_code"], "HTTP://X/S/" + issued["short_code"]):
        code, problem = await hub.refused(FIND, {"code": held}, key="hall")
        assert (code, problem["status"]) == ("too_many_requests", 429)
    for _ in range(12):
        assert (await hub.refused(FIND, {"code": "A777"}, key="hall"))[0] == "unknown_ticket"
    assert (await find(hub, "A001"))["token"] == issued["token"]
    assert (await find(hub, issued["short_code"], key="reception-1"))["token"] == issued["token"]


async def test_a_code_that_is_empty_or_endless_is_refused(hub):
    for code in ("", "x" * 513):
        assert (await hub.refused(FIND, {"code": code}, key="hall"))[0] == "invalid_request"
