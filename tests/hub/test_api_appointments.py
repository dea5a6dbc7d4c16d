"""Appointments over HTTP: book, change, import, cancel, check in by id or by code."""

import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from hub_world import in_an_hour, make, new_id, running

CSV = {"Content_Type": "text/csv; charset=utf-8"}
JSON = {"Content_Type": "application/json"}


def utc(moment):
    return moment.isoformat().replace("+00:00", "Z")


async def book(hub, **more):
    body = {"department": "medicine", "at": utc(in_an_hour()), **more}
    return await hub.told("/appointments", body)


async def appointments(hub):
    return (await hub.read("/appointments"))["appointments"]


async def imported(hub, text, key="reception-1", command_id=None, **headers):
    return await hub.ask(
        "POST",
        "/api/v1/appointments/import",
        key=key,
        raw=text,
        Idempotency_Key=command_id or new_id(),
        **(headers or CSV),
    )


def rows(count, **changes):
    at = in_an_hour()
    made = [
        {"department": "medicine", "at": utc(at + timedelta(minutes=n)), "reference": f"visit-{n}"}
        for n in range(count)
    ]
    return [{**one, **changes} for one in made]


# --- one at a time ------------------------------------------------------------------------------------


async def test_a_booked_appointment_has_a_code_and_stands_in_the_days_list(hub):
    booked = await book(hub, doctor="doctor-1", needs=["wheelchair"], visit_type="check-up", language="hi")
    (found,) = await appointments(hub)
    assert found == {
        "appointment": booked["appointment"],
        "department": "medicine",
        "at": utc(in_an_hour()),
        "doctor": "doctor-1",
        "language": "hi",
        "needs": ["wheelchair"],
        "visit_type": "check-up",
        "reference": "",
        "code": booked["code"],
        "token": None,
        "cancelled": False,
    }
    assert len(booked["code"]) == 8


async def test_a_kiosk_checks_somebody_in_by_the_code_as_it_was_typed(hub):
    booked = await book(hub, language="hi")
    typed = f"{booked['code'][:4].lower()}-{booked['code'][4:].lower()}"
    issued = await hub.told(f"/appointments/{typed}/check-in", {"needs": ["deaf"]}, key="hall")
    assert (issued["label"], issued["department"]) == ("A001", "medicine")
    assert (await hub.get("/api/v1/status/" + issued["short_code"])).json["label"] == "A001"
    staff = (await hub.read(f"/tokens/{issued['token']}"))["staff"]
    assert (staff["came_by"], staff["needs"], staff["language"]) == ("appointment", ["deaf"], "hi")
    assert (await appointments(hub))[0]["token"] == issued["token"]


async def test_reception_checks_in_by_id_and_nobody_checks_in_twice(hub):
    booked = await book(hub)
    await hub.told(f"/appointments/{booked['appointment']}/check-in")
    for which in (booked["appointment"], booked["code"]):
        code, problem = await hub.refused(f"/appointments/{which}/check-in")
        assert (code, problem["values"]) == ("appointment_settled", {"state": "checked_in"})
    assert (await hub.refused(f"/appointments/{booked['appointment']}/cancel"))[0] == "appointment_settled"


async def test_a_cancelled_appointment_does_not_check_in(hub):
    booked = await book(hub)
    for _ in range(2):
        assert await hub.told(f"/appointments/{booked['appointment']}/cancel") == {}
    assert (await appointments(hub))[0]["cancelled"] is True
    code, problem = await hub.refused(f"/appointments/{booked['code']}/check-in", key="hall")
    assert (code, problem["values"]) == ("appointment_settled", {"state": "cancelled"})


async def test_an_appointment_of_another_day_is_told_its_day(hub):
    at = datetime.now(UTC) + timedelta(days=3)
    booked = await book(hub, at=utc(at))
    code, problem = await hub.refused(f"/appointments/{booked['code']}/check-in", key="hall")
    assert code == "appointment_other_day"
    day = problem["values"]["day"]
    found = await hub.read(f"/appointments?date={day}")
    assert (found["day"], [one["code"] for one in found["appointments"]]) == (day, [booked["code"]])
    assert await appointments(hub) == []


async def test_every_mistake_of_an_appointment_is_named(hub):
    body = {"department": "surgery", "at": "2020-03-02T10:00:00Z", "doctor": "doctor-9"}
    code, problem = await hub.refused("/appointments", body)
    assert code == "bad_appointment"
    assert problem["errors"] == [
        "no department 'surgery'; there are: laboratory, medicine",
        "the booked time must lie ahead, within two years",
    ]
    _, problem = await hub.refused("/appointments", {"department": "medicine", "at": "2030-03-02T10:00:00"})
    assert problem["errors"] == ["$.at: expected a time with its offset, e.g. 2026-03-02T10:45:00Z"]


async def test_a_known_reference_changes_its_appointment_and_keeps_the_code(hub):
    first = await book(hub, reference="visit-7")
    later = in_an_hour() + timedelta(minutes=30)
    again = await book(hub, reference="visit-7", at=utc(later))
    assert (again["appointment"], again["code"]) == (first["appointment"], first["code"])
    assert [one["at"] for one in await appointments(hub)] == [utc(later)]


async def test_wrong_codes_can_not_be_tried_at_speed(hub):
    booked = await book(hub)
    for guess in range(10):
        assert (await hub.refused(f"/appointments/0000000{guess}/check-in", key="hall"))[0] == "unknown_appointment"
    code, problem = await hub.refused(f"/appointments/{booked['code']}/check-in", key="hall")
    assert (code, problem["status"]) == ("too_many_requests", 429)
    await hub.told(f"/appointments/{booked['code']}/check-in", key="reception-1")


async def test_a_kiosk_checks_somebody_in_by_the_reference_of_today(hub):
    booked, command_id = await book(hub, reference="MRN-77"), new_id()
    await book(hub, reference="mrn-78", at=utc(datetime.now(UTC) + timedelta(days=3)))
    answers = [await hub.told("/appointments/mrn 77/check-in", key="hall", command_id=command_id) for _ in range(2)]
    assert answers[0] == answers[1]
    assert (await appointments(hub))[0]["token"] == answers[0]["token"]
    code, problem = await hub.refused("/appointments/MRN77/check-in", key="hall")
    assert (code, problem["values"]) == ("appointment_settled", {"state": "checked_in"})
    assert (await hub.refused("/appointments/mrn-78/check-in", key="hall"))[0] == "unknown_appointment"
    assert booked["code"] not in str(answers)


async def test_what_fits_two_appointments_is_asked_for_again(hub):
    first = await book(hub, reference="a-1")
    second = await book(hub, reference=first["code"].lower())
    await book(hub, reference="A 1")
    for typed in ("a1", first["code"]):
        code, problem = await hub.refused(f"/appointments/{typed}/check-in", key="hall", Accept_Language="sw")
        assert (code, problem["status"], problem["title"]) == (
            "ambiguous_reference",
            409,
            "Zaidi ya miadi moja inalingana.",
        )
    await hub.told(f"/appointments/{second['code']}/check-in", key="hall")
    await hub.told(f"/appointments/{first['appointment']}/check-in", key="hall")


async def test_references_can_not_be_tried_at_speed(hub):
    booked = await book(hub, reference="MRN-77")
    for guess in range(10):
        assert (await hub.refused(f"/appointments/MRN-{guess}/check-in", key="hall"))[0] == "unknown_appointment"
    for typed in ("MRN-77", booked["code"]):
        assert (await hub.refused(f"/appointments/{typed}/check-in", key="hall"))[0] == "too_many_requests"
    await hub.told(f"/appointments/{booked['appointment']}/check-in", key="hall")


async def test_an_id_that_nobody_gave_out_is_unknown(hub):
    for verb in ("check-in", "cancel"):
        assert (await hub.refused(f"/appointments/{'0' * 32}/{verb}"))[0] == "unknown_appointment"


async def test_codes_and_check_ins_live_through_a_restart(tmp_path):
    await make(tmp_path)
    command_id, booking_id = new_id(), new_id()
    async with running(tmp_path) as hub:
        first, second = await book(hub), await book(hub, reference="visit-2")
        issued = await hub.told(f"/appointments/{first['code']}/check-in", key="hall", command_id=command_id)
        body = {"department": "medicine", "at": utc(in_an_hour())}
        third = await hub.told("/appointments", body, command_id=booking_id)
    async with running(tmp_path) as hub:
        assert await hub.told(f"/appointments/{first['code']}/check-in", key="hall", command_id=command_id) == issued
        assert await hub.told("/appointments", body, command_id=booking_id) == third
        assert len(await appointments(hub)) == 3
        assert (await hub.told(f"/appointments/{second['code']}/check-in", key="hall"))["label"] == "A002"


@pytest.mark.parametrize("date", ["", "today", "2026-13-01", "0001-01-01", "9999-12-31"])
async def test_a_date_that_is_none_is_told(hub, date):
    answer = await hub.get(f"/api/v1/appointments?date={date}", key="reception-1")
    assert (answer.status, answer.json["errors"]) == (422, ["date: write it as 2026-03-02"])


# --- many at once -------------------------------------------------------------------------------------


async def test_a_json_list_is_taken_over_and_again_changes_nothing(hub):
    answer = await imported(hub, json.dumps(rows(3)), **JSON)
    assert (answer.status, answer.json) == (200, {"booked": 3, "changed": 0, "unchanged": 0})
    before = await appointments(hub)
    assert len({one["code"] for one in before}) == 3
    changed = rows(4)
    changed[1]["department"] = "laboratory"
    answer = await imported(hub, json.dumps(changed), **JSON)
    assert answer.json == {"booked": 1, "changed": 1, "unchanged": 2}
    after = await appointments(hub)
    assert [one["code"] for one in after][:3] == [one["code"] for one in before]
    assert [one["department"] for one in after] == ["medicine", "laboratory", "medicine", "medicine"]


async def test_an_empty_list_is_fine(hub):
    assert (await imported(hub, "[]", **JSON)).json == {"booked": 0, "changed": 0, "unchanged": 0}
    assert (await imported(hub, "department,date,time\n")).json == {"booked": 0, "changed": 0, "unchanged": 0}


async def test_a_csv_file_is_taken_over_in_the_sites_zone(hub):
    at = in_an_hour()
    text = (
        "reference,department,date,time,doctor,language,needs,visit_type\r\n"
        f'visit-1,medicine,{at:%Y-%m-%d},{at:%H:%M},doctor-1,ar,"wheelchair deaf",check-up\r\n'
        "\r\n"
        f"visit-2,laboratory,{at:%Y-%m-%d},{at:%H:%M},,,,\r\n"
    )
    answer = await imported(hub, text)
    assert (answer.status, answer.json["booked"]) == (200, 2)
    first, second = sorted(await appointments(hub), key=lambda one: one["reference"])
    assert (first["at"], first["needs"], first["visit_type"]) == (utc(at), ["wheelchair", "deaf"], "check-up")
    assert (second["doctor"], second["language"], second["needs"]) == (None, None, [])


async def test_mistakes_of_the_rules_name_the_line_and_nothing_is_taken_over(hub):
    at = in_an_hour()
    text = (
        "reference,department,at\n"
        f"visit-1,medicine,{utc(at)}\n"
        "\n"
        f"visit-2,surgery,{utc(at)}\n"
        f"visit-1,medicine,{utc(at)}\n"
    )
    answer = await imported(hub, text)
    assert (answer.status, answer.json["code"]) == (422, "invalid_import")
    assert answer.json["errors"] == [
        "line 4: no department 'surgery'; there are: laboratory, medicine",
        "line 5: reference 'visit-1' is that of line 2, too",
    ]
    assert await appointments(hub) == []


async def test_mistakes_of_a_json_list_name_the_row(hub):
    wrong = [
        {"department": "medicine"},
        {"department": 1, "at": "x"},
        {"department": "medicine", "at": "2030-01-01T00:00:00"},
    ]
    answer = await imported(hub, json.dumps(wrong), **JSON)
    assert answer.json["errors"] == [
        "row 1: at: is missing",
        "row 2: department: expected `str`, got `int`",
        "row 2: at: invalid RFC3339 encoded datetime",
        "row 3: at: expected a time with its offset, e.g. 2026-03-02T10:45:00Z",
    ]


async def test_what_is_neither_json_nor_csv_is_refused(hub):
    answer = await imported(hub, "x", Content_Type="application/vnd.ms-excel")
    assert (answer.status, answer.json["code"]) == (415, "unsupported_media")
    assert answer.json["values"]["known"] == "application/json, text/csv"
    assert (await imported(hub, "{}", **JSON)).json["code"] == "bad_json"


async def test_a_list_may_be_up_to_a_mebibyte_here_and_nowhere_else(hub):
    text = b"department,date,time,reference\n" + b"\n" * (1024 * 1024)
    answer = await imported(hub, io.BytesIO(text[: 1024 * 1024]))
    assert (answer.status, answer.json["booked"]) == (200, 0)
    answer = await imported(hub, io.BytesIO(text[: 1024 * 1024 + 1]))
    assert (answer.status, answer.json["values"]) == (413, {"limit_bytes": 1024 * 1024})
    code, problem = await hub.refused("/appointments", {"department": "x" * 70_000})
    assert (code, problem["values"]) == ("body_too_large", {"limit_bytes": 64 * 1024})


async def test_an_import_that_is_sent_twice_is_one_import_also_across_a_restart(tmp_path):
    await make(tmp_path)
    command_id, text = new_id(), json.dumps(rows(2))
    async with running(tmp_path) as hub:
        first = await imported(hub, text, command_id=command_id, **JSON)
        codes = [one["code"] for one in await appointments(hub)]
    async with running(tmp_path) as hub:
        again = await imported(hub, text, command_id=command_id, **JSON)
        assert (again.status, again.body) == (200, first.body)
        assert [one["code"] for one in await appointments(hub)] == codes
