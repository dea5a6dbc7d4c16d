"""What became of every patient: pure bookkeeping over the events of all processes, and the verdict.

A demo is good when every token that was issued ended with exactly one ticket (or, with faults, exactly one trouble
screen that shows its number) and exactly one announced call.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from smartqueue.demo.child import Event, Heard


@dataclass(slots=True)
class Row:
    """Times are monotonic seconds. tickets, troubles, calls: how many of each its token ended with."""

    label: str
    department: str
    touched: float | None = None
    issued: float | None = None
    ticket: float | None = None
    pressed: float | None = None
    frame: float | None = None
    room: str = ""
    tickets: int = 0
    troubles: int = 0
    calls: int = 0

    @property
    def touch_to_ticket_ms(self) -> float | None:
        return None if self.touched is None or self.ticket is None else (self.ticket - self.touched) * 1000

    @property
    def press_to_frame_ms(self) -> float | None:
        return None if self.pressed is None or self.frame is None else (self.frame - self.pressed) * 1000


@dataclass(slots=True)
class Ledger:
    """Hears every event once, in the order in which they arrive."""

    rows: dict[str, Row] = field(default_factory=dict)
    touched: float | None = None
    presses: dict[str, float] = field(default_factory=dict)
    """Last press of Next by caller unit."""
    jobs: list[Event] = field(default_factory=list)
    """Complete jobs of the printer, in order."""
    printed: list[str] = field(default_factory=list)
    """Labels whose tickets the kiosk knows to be out, in order."""
    ended: list[str] = field(default_factory=list)

    def hear(self, heard: Heard) -> None:
        take = getattr(self, f"_hear_{heard.kind}", None)
        if take is not None:
            take(heard)

    # --- kiosk and printer ------------------------------------------------------------------------------

    def _hear_touch(self, heard: Heard) -> None:
        """`t` is when the finger was lifted: then the key is pressed."""
        key = str(heard.event.get("key", ""))
        if key.startswith("department:") or key == "one_more":
            self.touched = float(heard.event["t"])

    def _hear_issued(self, heard: Heard) -> None:
        """A token exists and the kiosk knows it."""
        label = str(heard.event["label"])
        row = self.rows.setdefault(label, Row(label, str(heard.event["department"])))
        row.issued, row.touched, self.touched = float(heard.event["t"]), self.touched, None

    def _hear_job(self, heard: Heard) -> None:
        if heard.event.get("cut"):
            self.jobs.append(heard.event)

    def _hear_ticket(self, heard: Heard) -> None:
        """What the printer told the kiosk of a ticket."""
        if heard.event["outcome"] == "printed":
            self.printed.append(str(heard.event["label"]))
            self.rows[self.printed[-1]].tickets += 1

    def _hear_screen(self, heard: Heard) -> None:
        """A trouble screen with the number on it stands in for the ticket."""
        if heard.event.get("screen") == "trouble" and (label := heard.event.get("label")):
            self.rows[str(label)].troubles = 1

    # --- callers and display ----------------------------------------------------------------------------

    def _hear_press(self, heard: Heard) -> None:
        if heard.event.get("button") == "next":
            self.presses[heard.child] = float(heard.event["t"])

    def _hear_answer(self, heard: Heard) -> None:
        """The hub told a caller whom its press called."""
        row = self.rows.get(str(heard.event.get("label") or ""))
        if row is not None and row.pressed is None:
            row.pressed = self.presses.get(heard.child)

    def _hear_frame(self, heard: Heard) -> None:
        row = self.rows.get(str(heard.event.get("label") or ""))
        if row is not None and row.frame is None:
            row.frame = float(heard.event["t"])
            row.room = str(heard.event.get("room", ""))

    def _hear_announced(self, heard: Heard) -> None:
        row = self.rows.get(str(heard.event.get("label") or ""))
        if row is not None:
            row.calls += 1

    def _hear_ended(self, heard: Heard) -> None:
        self.ended.append(str(heard.event["why"]))

    # --- the verdict ------------------------------------------------------------------------------------

    def announced(self) -> bool:
        """Whether everybody has been called and heard."""
        return all(row.calls for row in self.rows.values())

    def settle(self) -> None:
        """Brings tickets and the printer's jobs together: both came in the same order."""
        for label, job in zip(self.printed, self.jobs, strict=False):
            self.rows[label].ticket = float(job["first_byte"])

    def defects(self, patients: int, *, faults: bool) -> Iterator[str]:
        """What is wrong, a line each; nothing when the demo is good."""
        yield from self.ended
        if len(self.rows) != patients:
            yield f"{patients} patients came, {len(self.rows)} got a token"
        if len(self.jobs) != len(self.printed):
            yield f"the printer cut {len(self.jobs)} tickets, the kiosk counts {len(self.printed)}"
        for row in self.rows.values():
            papers = row.tickets + (row.troubles if faults else 0)
            if papers != 1:
                yield f"{row.label}: {row.tickets} tickets and {row.troubles} trouble screens instead of one"
            if row.calls != 1:
                yield f"{row.label}: announced {row.calls} times instead of once"
