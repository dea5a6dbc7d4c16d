"""What breaks."""

from smartqueue.errors.base import Fault


class InternalFault(Fault):
    code = "internal_fault"


class HubStarting(Fault):
    """The hub still replays its journal."""

    code, status = "hub_starting", 503


class JournalFault(Fault):
    """The journal can't be opened, read or appended to."""

    code, status = "journal_fault", 503


class HubAway(Fault):
    """The hub did not answer in time. sent: it may have obeyed; False = it can't have, nothing has reached it."""

    code, status = "hub_away", 503

    def __init__(self, text: str = "", *, sent: bool = True) -> None:
        super().__init__(text)
        self.sent = sent


class SettingsFault(Fault):
    """A unit's settings can't be used; the text lists every mistake."""

    code = "settings_fault"


class StartFault(Fault):
    """The process can't start: a port in use, a directory not writable, a part missing."""

    code = "start_fault"


class PrinterFault(Fault):
    """The printer did not take a job. `state` says what is known about it."""

    code = "printer_fault"


class SoundFault(Fault):
    """The player or the voice did not work."""

    code = "sound_fault"
