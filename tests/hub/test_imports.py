"""Lists of appointments as files: every mistake is named by its line."""

import pytest

from hub.api import imports
from smartqueue.errors import BadJson, InvalidImport

HEADER = "department,date,time,needs,reference"
ROW = "medicine,2026-03-02,09:30,,"


def read(*lines, zone="UTC"):
    return imports.from_csv("\n".join(lines).encode(), zone)


def mistakes(*lines, zone="UTC"):
    with pytest.raises(InvalidImport) as refused:
        read(*lines, zone=zone)
    return refused.value.values["errors"]


def test_a_row_is_read_with_its_line():
    rows = read(HEADER, "medicine,2026-03-02,09:30,deaf  blind,r-1")
    (body,) = rows.bodies
    assert (body.department, body.at.isoformat(), body.needs) == (
        "medicine",
        "2026-03-02T09:30:00Z".replace("Z", "+00:00"),
        ["deaf", "blind"],
    )
    assert (body.reference, body.doctor, rows.lines) == ("r-1", None, (2,))


def test_local_time_is_that_of_the_sites_zone():
    (body,) = read(HEADER, "medicine,2026-07-01,09:30,,", zone="Europe/Lisbon").bodies
    assert body.at.isoformat() == "2026-07-01T09:30:00+01:00"


def test_an_hour_that_comes_twice_is_the_first_and_one_that_does_not_come_is_a_mistake():
    (body,) = read(HEADER, "medicine,2026-10-25,01:30,,", zone="Europe/Lisbon").bodies
    assert body.at.isoformat() == "2026-10-25T01:30:00+01:00"
    assert mistakes(HEADER, "medicine,2026-03-29,01:30,,", zone="Europe/Lisbon") == [
        "line 2: 2026-03-29 01:30: the clocks skip this time in Europe/Lisbon"
    ]


def test_semicolons_quotes_and_a_byte_order_mark_are_fine():
    text = '\ufeffDepartment;"Date";time;reference\r\nmedicine;2026-03-02;09:30;"a;b ""c"""\r\n'
    (body,) = imports.from_csv(text.encode(), "UTC").bodies
    assert body.reference == 'a;b "c"'


def test_a_line_break_inside_quotes_does_not_shift_the_lines():
    lines = [HEADER, 'medicine,2026-03-02,09:30,,"two', 'lines"', "", "medicine,2026-03-02,nine,,"]
    assert mistakes(*lines) == ["line 5: date '2026-03-02' and time 'nine': write them as 2026-03-02 and 09:30"]


def test_columns_that_are_not_known_are_named_with_what_may_be_meant():
    found = mistakes("departement,date,time,color", "x,y,z,w")
    assert found[0] == "line 1: column 'departement' is not known here; did you mean 'department'?"
    assert found[1].startswith("line 1: column 'color' is not known here; there are: department, date, time, at")
    assert found[2] == "line 1: column 'department' is missing"


def test_columns_that_are_missing_or_given_twice_are_named():
    assert mistakes("department,department,date") == [
        "line 1: column 'department' is given 2 times",
        "line 1: columns 'date' and 'time' are missing, or 'at' instead of them",
    ]


@pytest.mark.parametrize("text", ["", "\n\n", ",,\n"])
def test_a_file_without_a_header_row_says_what_it_needs(text):
    assert mistakes(text)[0].startswith("line 1: a header row is needed, with columns of: department, date")


def test_every_row_that_is_wrong_is_named_and_every_mistake_in_it():
    found = mistakes(HEADER, ROW, "medicine,2026-03-02", ROW, ",2026-03-02,09:30,tall,", "medicine,02.03.2026,09:30,,")
    assert found == [
        "line 3: has 2 columns instead of 5",
        "line 5: department: is missing",
        "line 5: needs[0]: invalid enum value 'tall'",
        "line 6: date '02.03.2026' and time '09:30': write them as 2026-03-02 and 09:30",
    ]


def test_a_time_without_its_offset_in_the_column_at_is_a_mistake():
    assert mistakes("department,at", "medicine,2026-03-02T09:30:00") == [
        "line 2: at: expected a time with its offset, e.g. 2026-03-02T10:45:00Z"
    ]


def test_what_is_no_text_or_no_csv_is_told_by_its_line():
    with pytest.raises(InvalidImport) as refused:
        imports.from_csv(f"{HEADER}\n{ROW}\n".encode() + b"m\xe9decine,,,,\n", "UTC")
    assert refused.value.values["errors"] == ["line 3: is not UTF-8 text; save the file as CSV UTF-8"]
    (found,) = mistakes(HEADER, ROW, 'medicine,"2026-03-02"x,09:30,,')
    assert found.startswith("line 3: is not CSV")


def test_more_rows_than_may_come_at_once_are_refused():
    assert mistakes(HEADER, *[ROW] * (imports.MOST_ROWS + 1)) == ["5001 rows at once; send at most 5000"]
    assert len(read(HEADER, *[ROW] * imports.MOST_ROWS).bodies) == imports.MOST_ROWS


def test_of_very_many_mistakes_the_first_are_told_and_the_others_counted():
    found = mistakes(HEADER, *["medicine,,,,"] * 250)
    assert (len(found), found[-1]) == (201, "and 50 more")


@pytest.mark.parametrize("raw", [b"", b"{}", b"[1]", b"\xff", b"[" * 5000])
def test_json_that_is_no_list_of_objects_is_refused(raw):
    with pytest.raises(BadJson):
        imports.from_json(raw)
