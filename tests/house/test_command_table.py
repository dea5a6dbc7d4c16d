"""The table "What a command brings about" says of each command who may give it, and what the code makes of it."""

import dataclasses
import re
from typing import get_args

import pytest
from house_decisions import Decisions, Place, askers
from house_imports import ROOT

from hub.api.policy import STAFF, Asker
from hub.api.route import Route
from hub.api.routes import ROUTES
from hub.domain.commands import Command
from hub.domain.events import Event
from smartqueue import errors

TEXT = (ROOT / "docs/commands-and-events.md").read_text("utf-8")
TABLE = TEXT[TEXT.index("## What a command brings about") : TEXT.index("### Next, in a room")]
COMMANDS = [command.__name__ for command in get_args(Command)]
EVENTS = {event.__name__ for event in get_args(Event)}
BY_CLOCK = Place("turning", "due")
"""The service asks it before every command; `FollowClock` asks for nothing else."""
CANNOT = {"MergeTokens": {"unknown_visit_type"}, "CheckIn": {"unknown_visit_type"}}
"""Refusals of functions that a command reaches only after it has made sure that they won't come."""
OF_EVERY_ROUTE = {"CancelToken": {"not_permitted"}, "ResumeIssuing": {"unknown_operator"}}
"""Said for all routes; or of the operator who asks, and so is known."""
NOT_BY_API = {"AdmitUnit", "FollowClock"}
"""Given by set-up and by the hub itself."""
DECISIONS = Decisions()


def cells(command: str) -> list[str]:
    """who gives it, events, refusals."""
    (row,) = re.findall(rf"^\| `{command}` \| (.+) \| (.+) \| (.+) \|$", TABLE, re.MULTILINE)
    return list(row)


def brought_about(command: str) -> tuple[set[str], set[str]]:
    places = DECISIONS.commands()[command]
    made, raised = DECISIONS.of(*places, *([BY_CLOCK] if command == "FollowClock" else []))
    return made & EVENTS, {getattr(errors, name).code for name in raised}


def told(text: str) -> set[str]:
    return set(re.findall(r"`(\w+)`", text)) - set(COMMANDS)


def test_every_command_has_one_row():
    assert sorted(re.findall(r"^\| `(\w+)` \|", TABLE, re.MULTILINE)) == sorted(COMMANDS)
    assert sorted(DECISIONS.commands()) == sorted(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_row_tells_the_events_that_the_code_makes(command):
    assert told(cells(command)[1]) == brought_about(command)[0]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_row_tells_the_refusals_that_the_code_raises(command):
    cannot = CANNOT.get(command, set())
    assert told(cells(command)[2]) | cannot == brought_about(command)[1]
    assert told(cells(command)[2]).isdisjoint(cannot)


def who(command: str) -> set[str]:
    words = set(re.findall(r"[a-z]+", cells(command)[0]))
    return (words & set(Asker)) | (set(map(str, STAFF)) if "staff" in words else set())


@pytest.mark.parametrize("command", sorted(set(COMMANDS) - NOT_BY_API))
def test_a_row_tells_who_may_give_the_command(command):
    assert who(command) == askers(ROUTES, {command})[command]


def unsaid(command: str, routes: tuple[Route, ...]) -> list[tuple[str, set[str]]]:
    """Routes whose handlers make a command, with the refusals of it that they don't say."""
    may = brought_about(command)[1] - CANNOT.get(command, set()) - OF_EVERY_ROUTE.get(command, set())
    of_it = [route for route in routes if command in askers([route], {command}) and not _of_a_list(route, command)]
    said = [(route.path, {error.code for error in route.errors}) for route in of_it]
    return [(path, may - codes) for path, codes in said if may - codes]


def _of_a_list(route: Route, command: str) -> bool:
    """An import makes bookings only to hand them on; it is refused as a whole."""
    return command == "BookAppointment" and "ImportAppointments" in askers([route], {"ImportAppointments"})


@pytest.mark.parametrize("command", sorted(set(COMMANDS) - NOT_BY_API))
def test_a_route_says_every_refusal_of_its_command(command):
    assert unsaid(command, ROUTES) == []


def test_a_refusal_that_a_route_does_not_say_is_found():
    """A control."""
    (route,) = [one for one in ROUTES if one.path.endswith("/undo")]
    forgetful = dataclasses.replace(route, errors=tuple(one for one in route.errors if one is not errors.UndoTooLate))
    assert unsaid("UndoLast", (forgetful,)) == [(route.path, {"undo_too_late"})]


def test_functions_are_followed_to_where_events_and_refusals_are(tmp_path):
    """A control: a refusal two calls away is found, one that nobody calls is not, nor a variable of that name."""
    (tmp_path / "decide.py").write_text(
        "from hub.domain import rooms\n"
        "def decide(command):\n    match command:\n"
        "        case OpenRoom():\n            return rooms.open_room(command)\n"
    )
    (tmp_path / "rooms.py").write_text(
        "from hub.domain.checks import room\nfrom smartqueue import errors\n"
        "def open_room(command):\n    room(command)\n    return RoomOpened(command)\n"
        "def never(close):\n    raise errors.Never()\n"
    )
    (tmp_path / "checks.py").write_text(
        "from smartqueue import errors\n"
        "def room(command, other=None):\n    other = _missing\n    return _missing(other)\n"
        "def _missing(one):\n    raise errors.UnknownRoom(one)\n"
        "def other():\n    raise errors.Other()\n"
    )
    decisions = Decisions(tmp_path)
    made, raised = decisions.of(*decisions.commands()["OpenRoom"])
    assert (made & {"RoomOpened"}, raised) == ({"RoomOpened"}, {"UnknownRoom"})
