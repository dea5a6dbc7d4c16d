"""What each display says of its sound: kept while the hub runs, said in the log when it changes."""

import logging

from hub.domain.clinic import Clinic
from smartqueue import wire
from smartqueue.terms import UnitKind, UnitName

log = logging.getLogger(__name__)


class Sounds:
    """By display; those that have said nothing since the hub's start are not there."""

    def __init__(self) -> None:
        self._said: dict[UnitName, wire.SoundBody] = {}
        self._works: dict[UnitName, bool] = {}
        """What was logged last."""

    def take(self, display: UnitName, said: wire.SoundBody) -> None:
        before = self._said.get(display, wire.SoundBody(works=True))
        self._said[display] = said
        if said.works is not None and said.works is not self._works.get(display, True):
            self._works[display] = said.works
            log.log(
                logging.INFO if said.works else logging.WARNING,
                "display %s %s",
                display,
                "is heard again" if said.works else "is not heard: its sound does not work",
            )
        if said.self_test is False and before.self_test is not False:
            log.warning("display %s: the chime at the opening was not heard", display)
        for trouble in said.troubles:
            if trouble not in before.troubles:
                log.warning("display %s: %s", display, trouble)

    def said(self, display: UnitName) -> wire.SoundBody | None:
        return self._said.get(display)

    def views(self, clinic: Clinic, connected: frozenset[UnitName]) -> list[wire.DisplaySoundView]:
        """Of every display of the site."""
        names = [unit.name for unit in clinic.units.values() if unit.kind is UnitKind.DISPLAY]
        return [_view(name, self._said.get(name), connected=name in connected) for name in names]


def _view(name: UnitName, said: wire.SoundBody | None, *, connected: bool) -> wire.DisplaySoundView:
    return wire.DisplaySoundView(
        display=name,
        connected=connected,
        works=said.works if said is not None else None,
        self_test=said.self_test if said is not None else None,
        troubles=said.troubles if said is not None else [],
        departments=said.departments if said is not None else [],
        rooms=said.rooms if said is not None else [],
    )
