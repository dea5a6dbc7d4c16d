"""The wire contract, version 1: every message between the hub and anybody else, declared once.

JSON over HTTP under `/api/v1` and over the feed (WebSocket). Times are RFC 3339 UTC. Readers ignore unknown keys.
`hub/api/openapi.py` makes the OpenAPI document from these types. Views are projections: nothing here carries needs,
reasons or operators to those who must not know.
"""

from smartqueue.wire.answers import (
    AckAnswer,
    CalledAnswer,
    DepartmentsAnswer,
    Health,
    IssuedAnswer,
    Problem,
    QueueAnswer,
    RoomAnswer,
    SetupReport,
    SetupUnit,
    StatusAnswer,
    TimelineEntry,
    TokenAnswer,
    TokenDetail,
)
from smartqueue.wire.base import (
    BASE,
    IDEMPOTENCY_HEADER,
    PROBLEM_TYPE,
    SCHEMA,
    Message,
    Names,
)
from smartqueue.wire.feed import (
    Change,
    FeedMessage,
    Heartbeat,
    Hello,
    Snapshot,
    UnitView,
)
from smartqueue.wire.requests import (
    AckBody,
    CallNextBody,
    IssueBody,
    PauseBody,
    PressBody,
)
from smartqueue.wire.views import (
    BoardView,
    CallView,
    CurrentView,
    DepartmentView,
    EstimateView,
    RoomView,
    SiteView,
)

__all__ = [
    "BASE",
    "IDEMPOTENCY_HEADER",
    "PROBLEM_TYPE",
    "SCHEMA",
    "AckAnswer",
    "AckBody",
    "BoardView",
    "CallNextBody",
    "CallView",
    "CalledAnswer",
    "Change",
    "CurrentView",
    "DepartmentView",
    "DepartmentsAnswer",
    "EstimateView",
    "FeedMessage",
    "Health",
    "Heartbeat",
    "Hello",
    "IssueBody",
    "IssuedAnswer",
    "Message",
    "Names",
    "PauseBody",
    "PressBody",
    "Problem",
    "QueueAnswer",
    "RoomAnswer",
    "RoomView",
    "SetupReport",
    "SetupUnit",
    "SiteView",
    "Snapshot",
    "StatusAnswer",
    "TimelineEntry",
    "TokenAnswer",
    "TokenDetail",
    "UnitView",
]
