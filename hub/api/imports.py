"""Lists of appointments as other systems export them: a JSON list, or CSV with a header row."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from hub.mistakes import mistakes, unknown
from smartqueue.errors import BadJson, InvalidImport
from smartqueue.wire import BookBody

MOST_ROWS = 5000
MOST_MISTAKES = 200
"""More than that are only counted: somebody corrects the first ones and sends the list again."""
COLUMNS = {
    "department": "Id of the department. Required.",
    "date": "Day of the appointment in the site's zone, as `2026-03-02`; with `time`, instead of `at`.",
    "time": "Time of day in the site's zone, as `09:30`.",
    "at": "Date and time with the offset, as `2026-03-02T09:30:00+01:00`; instead of `date` and `time`.",
    "doctor": "Id of the operator; empty = any.",
    "language": "Of the person, e.g. `hi`; empty = the site's default.",
    "needs": "Separated by spaces, e.g. `wheelchair deaf`.",
    "visit_type": "Id of what the person comes for, of that department.",
    "reference": "Key in the system that it comes from, no personal data. A known one changes that appointment.",
}
"""Of a CSV file; the header row names those that are there, in any order."""
_LIST = msgspec.json.Decoder(list[dict[str, Any]])


@dataclass(frozen=True, slots=True)
class Rows:
    """lines: where each stands in the file; empty = they are counted."""

    bodies: tuple[BookBody, ...]
    lines: tuple[int, ...] = ()


def from_json(raw: bytes) -> Rows:
    """Raises BadJson, InvalidImport with every mistake."""
    try:
        plain = _LIST.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BadJson from None
    _refuse(_too_many(len(plain)))
    reader = _Reader()
    for place, one in enumerate(plain, 1):
        reader.take(one, f"row {place}")
    return Rows(reader.bodies())


def from_csv(raw: bytes, zone: str) -> Rows:
    """zone: of the site. Commas or semicolons, quotes as in RFC 4180. Raises InvalidImport with every mistake."""
    header, records = _records(raw)
    _refuse(_header_mistakes(header))
    _refuse(_too_many(len(records)))
    reader = _Reader()
    for line, cells in records:
        try:
            reader.take(_plain(header, cells, zone), f"line {line}")
        except ValueError as mistake:
            reader.wrong.append(f"line {line}: {mistake}")
    return Rows(reader.bodies(), tuple(line for line, _ in records))


class _Reader:
    """Takes rows as plain values; what is wrong with them is told together at the end."""

    def __init__(self) -> None:
        self._bodies: list[BookBody] = []
        self.wrong: list[str] = []

    def take(self, plain: dict[str, Any], where: str) -> None:
        """`line 7: needs[0]: invalid enum value 'tall'`."""
        try:
            body = msgspec.convert(plain, BookBody)
        except msgspec.ValidationError:
            self.wrong += (f"{where}: {line.removeprefix('$.')}" for line in mistakes(plain, BookBody))
            return
        if body.at.tzinfo is None:
            self.wrong.append(f"{where}: at: expected a time with its offset, e.g. 2026-03-02T10:45:00Z")
        self._bodies.append(body)

    def bodies(self) -> tuple[BookBody, ...]:
        """Raises InvalidImport."""
        _refuse(self.wrong)
        return tuple(self._bodies)


def _records(raw: bytes) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Names of the columns; each further row with the line on which it begins. Empty rows are left out."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        line = raw.count(b"\n", 0, trouble.start) + 1
        raise InvalidImport(errors=[f"line {line}: is not UTF-8 text; save the file as CSV UTF-8"]) from None
    first, _, _ = text.partition("\n")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else ",", strict=True)
    rows, begins = [], 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((begins, [cell.strip() for cell in cells]))
            begins = reader.line_num + 1
    except csv.Error as trouble:
        raise InvalidImport(errors=[f"line {begins}: is not CSV: {trouble}"]) from None
    if not rows:
        raise InvalidImport(errors=[f"line 1: a header row is needed, with columns of: {', '.join(COLUMNS)}"])
    return [name.lower() for name in rows[0][1]], rows[1:]


def _header_mistakes(header: list[str]) -> Iterator[str]:
    for name in header:
        if name not in COLUMNS:
            yield f"line 1: column {name!r} {unknown(name, list(COLUMNS))}"
    for name in dict.fromkeys(header):
        if header.count(name) > 1:
            yield f"line 1: column {name!r} is given {header.count(name)} times"
    if "department" not in header:
        yield "line 1: column 'department' is missing"
    if "at" not in header and not {"date", "time"} <= set(header):
        yield "line 1: columns 'date' and 'time' are missing, or 'at' instead of them"


def _plain(header: list[str], cells: list[str], zone: str) -> dict[str, Any]:
    """A row as JSON would have it. Raises ValueError for too many or too few columns, and for what is no time."""
    if len(cells) != len(header):
        raise ValueError(f"has {len(cells)} columns instead of {len(header)}")
    given = {name: text for name, text in zip(header, cells, strict=True) if text}
    date, time = given.pop("date", ""), given.pop("time", "")
    plain: dict[str, Any] = dict(given)
    if "needs" in given:
        plain["needs"] = given["needs"].split()
    if "at" not in given:
        plain["at"] = _local(date, time, zone).isoformat()
    return plain


def _local(date: str, time: str, zone: str) -> datetime:
    """Raises ValueError for what is no time there; of an hour that comes twice it is the first."""
    try:
        naive = datetime.strptime(f"{date} {time}", "%Y-%m-%d %H:%M")  # noqa: DTZ007 - the zone follows
    except ValueError:
        raise ValueError(f"date {date!r} and time {time!r}: write them as 2026-03-02 and 09:30") from None
    local = naive.replace(tzinfo=ZoneInfo(zone))
    if local.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != naive:
        raise ValueError(f"{date} {time}: the clocks skip this time in {zone}")
    return local


def _too_many(count: int) -> list[str]:
    return [f"{count} rows at once; send at most {MOST_ROWS}"] if count > MOST_ROWS else []


def _refuse(found: Iterator[str] | list[str]) -> None:
    """Raises InvalidImport where there is a mistake."""
    lines = list(found)
    if lines:
        more = [f"and {len(lines) - MOST_MISTAKES} more"] if len(lines) > MOST_MISTAKES else []
        raise InvalidImport(errors=[*lines[:MOST_MISTAKES], *more])
