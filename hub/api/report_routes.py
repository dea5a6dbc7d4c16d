"""Reports of a day, a week or a month, as JSON and as a table for spreadsheets."""

from aiohttp import hdrs, web

from hub import report_table
from hub.api import replies
from hub.api.context import HUB
from hub.api.policy import KEEPERS
from hub.api.route import Route
from smartqueue import errors, wire
from smartqueue.errors import InvalidRequest
from smartqueue.terms import Language
from smartqueue.wire import BASE

FORMATS = ("json", "csv")


async def report(request: web.Request) -> web.Response:
    hub = request.app[HUB]
    kind, chosen = _wanted(request)
    answer = await hub.reporting.answer(kind, request.query.get("date"), request.query.get("before"))
    if chosen == "csv":
        return _table(answer, hub.service.published.configured().default_language)
    return replies.view(answer)


def _wanted(request: web.Request) -> tuple[str, str]:
    """Kind of period and format: `day.csv`, or `day` with `format=csv`. Raises InvalidRequest."""
    kind, dot, suffix = request.match_info["period"].partition(".")
    chosen = suffix if dot else request.query.get("format", FORMATS[0])
    if chosen not in FORMATS or request.query.get("format", chosen) != chosen:
        raise InvalidRequest(errors=[f"format: expected one of {', '.join(FORMATS)}"])
    return kind, chosen


def _table(answer: wire.ReportAnswer, language: Language) -> web.Response:
    name = f"report-{answer.period.kind}-{answer.period.first}.csv"
    return web.Response(
        body=report_table.csv_of(answer, language),
        content_type="text/csv",
        charset="utf-8",
        headers={hdrs.CONTENT_DISPOSITION: f'attachment; filename="{name}"'},
    )


ROUTES: tuple[Route, ...] = (
    Route(
        "GET",
        f"{BASE}/reports/{{period}}",
        report,
        KEEPERS,
        "The figures of a `day`, a `week` or a `month`; `day.csv` and the like give a table for spreadsheets.",
        answer=wire.ReportAnswer,
        query={
            "date": "A clinic day of the period, e.g. `2026-03-02`; left out = today.",
            "before": "A clinic day of an earlier period of the same kind: `strict` departments are compared with it.",
            "format": "`json` or `csv`, instead of the suffix.",
        },
        errors=(errors.BadPeriod, errors.InvalidRequest, errors.JournalFault),
    ),
)
