"""Reports over HTTP: as JSON, as a table, and what is refused."""

import csv
import io
from datetime import date, timedelta

import pytest
from hub_world import LABORATORY, MEDICINE


async def today(hub):
    return (await hub.get("/api/v1/board")).json["day"]


async def report(hub, path, **more):
    return await hub.get(f"/api/v1/reports/{path}", key="technician", **more)


def department(answer, name):
    (row,) = [row for row in answer.json["departments"] if row["department"] == name]
    return row


async def test_a_report_tells_what_happened_today(hub):
    await hub.issue(MEDICINE)
    await hub.issue(LABORATORY, needs=["wheelchair"])
    called = await hub.post("/api/v1/rooms/room-1/call-next", {"tick": await hub_tick(hub)}, key="desk-1")
    assert called.status == 200, called.body
    answer = await report(hub, "day")
    total = answer.json["total"]
    assert (answer.status, total["arrivals"]["issued"], total["calls"]["calls"]) == (200, 2, 1)
    assert department(answer, MEDICINE)["figures"]["waits"]["count"] == 1
    assert department(answer, LABORATORY)["names"]["en"] == "Laboratory"
    assert [(row["need"], row["arrivals"]) for row in answer.json["needs"]] == [("wheelchair", 1)]
    assert answer.json["period"] == {"kind": "day", "first": await today(hub), "last": await today(hub)}
    assert answer.json["as_of"].endswith("Z")
    assert len(answer.json["hours"]) == 24


async def hub_tick(hub):
    async with hub.feed("desk-1") as feed:
        return (await feed.next("heartbeat"))["tick"]


async def test_day_week_and_month_have_one_shape(hub):
    shapes = [(await report(hub, kind)).json for kind in ("day", "week", "month")]
    assert shapes[0].keys() == shapes[1].keys() == shapes[2].keys()
    assert [shape["period"]["kind"] for shape in shapes] == ["day", "week", "month"]


@pytest.mark.parametrize("path", ["day.csv", "day?format=csv", "day.csv?format=csv"])
async def test_a_table_for_spreadsheets_comes_as_a_file(hub, path):
    await hub.issue(MEDICINE)
    answer = await report(hub, path)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="report-day-{await today(hub)}.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"))))
    assert (rows[0]["group"], rows[0]["issued"]) == ("site", "1")
    assert [row["name"] for row in rows if row["group"] == "department"] == ["General Medicine", "Laboratory"]


@pytest.mark.parametrize("path", ["day", "day.json", "day?format=json"])
async def test_json_is_what_comes_otherwise(hub, path):
    answer = await report(hub, path)
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/json")


async def test_a_day_of_long_ago_is_all_zeros(hub):
    answer = await report(hub, "month?date=2020-02-11")
    assert (answer.status, answer.json["period"]["last"], answer.json["days"]) == (200, "2020-02-29", 0)


async def test_an_earlier_period_may_be_compared_with(hub):
    day = await today(hub)
    yesterday = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
    answer = await report(hub, f"day?date={day}&before={yesterday}")
    assert (answer.json["compared_with"]["first"], answer.json["strict_warnings"]) == (yesterday, [])


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("day?date=2099-01-01", "bad_period"),
        ("day?date=", "bad_period"),
        ("day?date=yesterday", "bad_period"),
        ("day?before=2099-01-01", "bad_period"),
        ("year", "bad_period"),
        ("day.pdf", "invalid_request"),
        ("day.", "invalid_request"),
        ("day?format=xml", "invalid_request"),
        ("day.csv?format=json", "invalid_request"),
    ],
)
async def test_what_makes_no_sense_is_refused(hub, path, code):
    answer = await report(hub, path)
    assert (answer.status, answer.json["code"]) == (422, code)


@pytest.mark.parametrize(("key", "status"), [(None, 401), ("hall", 403), ("desk-1", 403), ("wall", 403)])
async def test_units_and_the_public_get_no_report(hub, key, status):
    assert (await hub.get("/api/v1/reports/day", key=key)).status == status
