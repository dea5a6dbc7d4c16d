"""A report as a table for spreadsheets: one row for the site, each department, hour, operator, need and method."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator
from types import UnionType
from typing import Any, get_args, get_origin

import msgspec

from smartqueue import wire
from smartqueue.terms import CallReason, Language

Cell = str | int | float | None
Row = dict[str, Cell]
_FORMULA = tuple("=+-@\t\r\n")
"""What a spreadsheet may take for the beginning of a formula, or loses."""
_BYTE_ORDER_MARK = "\ufeff"
"""Spreadsheets then read names in every script."""


def csv_of(answer: wire.ReportAnswer, language: Language) -> bytes:
    """UTF-8, with a heading that is the same for every report. language: of departments' names, where there is one."""
    written = io.StringIO()
    writer = csv.DictWriter(written, COLUMNS, restval="")
    writer.writeheader()
    period = answer.period
    about: Row = {"period": period.kind.value, "first": period.first, "last": period.last}
    for row in _rows(answer, language):
        writer.writerow({name: _safe(cell) for name, cell in (about | row).items()})
    return (_BYTE_ORDER_MARK + written.getvalue()).encode()


def _rows(answer: wire.ReportAnswer, language: Language) -> Iterator[Row]:
    visits = _cells(answer.visit_waits, "visit_waits")
    yield _row("site", answer.site) | _cells(answer.total) | visits
    for one in answer.departments:
        name = one.names.get(language) or next(iter(one.names.values()), "")
        yield _row("department", one.department, name) | {"target_min": one.target_min} | _cells(one.figures)
    for hour in answer.hours:
        yield _row("hour", f"{hour.hour:02}") | _cells(hour)
    for operator in answer.operators:
        yield _row("operator", operator.operator) | _cells(operator)
    for need in answer.needs:
        yield _row("need", need.need.value) | _cells(need)
    for promise in answer.promises:
        yield _row("promise", promise.method.value if promise.method else "all") | _cells(promise)


def _row(group: str, identifier: str | None, name: str = "") -> Row:
    return {"group": group, "id": identifier, "name": name}


def _cells(found: wire.Message, *above: str) -> Row:
    """Figures by the name of their column, which tells the way to them: `waits_p90_s`."""
    cells: Row = {}
    for field in msgspec.structs.fields(found):
        value = getattr(found, field.name)
        if isinstance(value, wire.Message):
            cells |= _cells(value, *_into(field.name, above))
        elif field.name == "reasons":
            for reason in value:
                cells |= {f"{reason.reason}_calls": reason.calls, f"{reason.reason}_overtook": reason.overtook}
        elif (name := "_".join((*above, field.name))) in COLUMNS:
            cells[name] = value
    return cells


def _columns(kind: type[wire.Message], *above: str) -> Iterator[str]:
    """The columns that messages of a kind fill."""
    for field in msgspec.structs.fields(kind):
        inner = _message_in(field.type)
        if inner is not None:
            yield from _columns(inner, *_into(field.name, above))
        elif field.name == "reasons":
            yield from (f"{reason}_{what}" for reason in CallReason for what in ("calls", "overtook"))
        elif field.name not in _KEYS:
            yield "_".join((*above, field.name))


def _into(name: str, above: tuple[str, ...]) -> tuple[str, ...]:
    """The way into a message. What its figures are called is clear without the name of these."""
    return above if name in ("arrivals", "calls", "endings") else (*above, name)


def _message_in(kind: Any) -> type[wire.Message] | None:
    """The message that a field holds, also where it may be null."""
    kinds: Iterable[Any] = get_args(kind) if get_origin(kind) is UnionType else (kind,)
    return next((one for one in kinds if isinstance(one, type) and issubclass(one, wire.Message)), None)


def _safe(cell: Cell) -> Cell:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if isinstance(cell, str) and unicodedata.normalize("NFKC", cell).startswith(_FORMULA):
        return f"'{cell}"
    return cell


_KEYS = ("hour", "operator", "need", "method")
"""Told by `id`."""
COLUMNS: tuple[str, ...] = tuple(
    dict.fromkeys(
        (
            *("period", "first", "last", "group", "id", "name", "target_min", "hours"),
            *_columns(wire.FiguresView),
            *_columns(wire.SpreadView, "visit_waits"),
            *_columns(wire.HourFiguresView),
            *_columns(wire.OperatorFiguresView),
            *_columns(wire.NeedFiguresView),
            *_columns(wire.PromiseFiguresView),
        )
    )
)
"""In the order of the table."""
