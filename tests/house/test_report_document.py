"""docs/reports.md explains every figure that a report has, and names no column that the table has not."""

import re

import msgspec
from house_imports import ROOT

from hub import report_table
from smartqueue.wire import reports

PAGE = (ROOT / "docs/reports.md").read_text("utf-8")
NAMED = set(re.findall(r"`([a-z0-9_]+)`", PAGE))


def figures() -> set[str]:
    kinds = [kind for kind in vars(reports).values() if isinstance(kind, type) and issubclass(kind, reports.Message)]
    return {field.name for kind in kinds for field in msgspec.structs.fields(kind)}


def test_every_figure_of_a_report_is_explained():
    wrapping = {"figures", "names", "total", "departments"}
    assert len(figures()) > 60
    assert figures() - NAMED - wrapping == set()


def test_the_columns_that_are_named_are_there():
    examples = re.search(r"times with their kind before them: (.*?)\. ", PAGE, re.DOTALL)
    assert examples is not None
    named = re.findall(r"`([a-z0-9_]+)`", examples[1])
    assert len(named) > 5
    assert set(named) <= set(report_table.COLUMNS)
