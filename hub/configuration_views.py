"""The configuration of a site on the wire, and back: the same fields in the same shapes, and people's names beside."""

from typing import Any

import msgspec

from hub import keys
from hub.domain.clinic import Clinic
from hub.domain.commands import ConfigureSite
from hub.journal.records import PersonName
from hub.private import Private, PrivateRows
from smartqueue.wire import Configuration

_OF_THE_SITE = ("site", "departments", "rooms", "operators")


def view(clinic: Clinic, private: Private) -> Configuration:
    """The whole document, as it may be sent back."""
    plain: dict[str, Any] = msgspec.to_builtins(
        {
            "site": clinic.configured(),
            "departments": list(clinic.departments.values()),
            "rooms": list(clinic.rooms.values()),
            "operators": list(clinic.operators.values()),
        }
    )
    for operator in plain["operators"]:
        operator["name"] = private.names.get(operator["id"])
    return msgspec.convert(plain, Configuration)


def command(document: Configuration) -> ConfigureSite:
    plain: dict[str, Any] = msgspec.to_builtins(document)
    return msgspec.convert({name: plain[name] for name in _OF_THE_SITE}, ConfigureSite)


def rows(document: Configuration, clinic: Clinic) -> PrivateRows:
    """Names as the document says; of operators who are gone, neither name nor key stays."""
    said = [PersonName(one.id, one.name) for one in document.operators if one.name is not None]
    gone = sorted(set(clinic.operators) - {one.id for one in document.operators})
    return (*said, *(PersonName(one, "") for one in gone), *keys.forgotten(*gone))
