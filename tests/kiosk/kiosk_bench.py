"""A kiosk on a bench: only its decisions, with a clock turned by hand."""

from kiosk_worlds import DAY, HI, answer, departments, site

from kiosk import flow
from kiosk.effects import Effect
from kiosk.events import Event, HallChanged, LinkChanged, Restored, TimePassed, Touched
from kiosk.states import Rules, State
from kiosk.terms import Link, Pending, Phase
from smartqueue.terms import CommandId

RULES = Rules()


class Bench:
    """A kiosk on a bench: a clock that is turned by hand, and everything it wanted to have done."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.state: State = flow.start(self.now)
        self.effects: list[Effect] = []
        self.ids = 0

    def tell(self, *events: Event) -> "Bench":
        self.effects = []
        for event in events:
            self.state, effects = flow.step(self.state, event, self.now, RULES)
            self.effects += effects
        return self

    def touch(self, key: str) -> "Bench":
        self.ids += 1
        return self.tell(Touched(key, CommandId(f"command-{self.ids}")))

    def wait(self, seconds: float) -> "Bench":
        """Lets time pass as the application does: waking exactly when the flow has asked for it."""
        end, self.effects = self.now + seconds, []
        while (due := flow.deadline(self.state, RULES)) is not None and due <= end:
            self.now = max(due, self.now)
            self.state, effects = flow.step(self.state, TimePassed(), self.now, RULES)
            self.effects += effects
        self.now = end
        return self

    @property
    def screen(self) -> str:
        return self.state.front.name

    def did(self, kind: type) -> list[Effect]:
        return [effect for effect in self.effects if isinstance(effect, kind)]


ID = CommandId("command-2")


def pending(phase: Phase, command_id: str = "command-old", label: str = "A007") -> Pending:
    return Pending(
        command_id=CommandId(command_id),
        site=site(),
        department=departments()[0],
        language=HI,
        day=DAY,
        phase=phase,
        answer=None if phase is Phase.ASKED else answer(label),
    )


def restarted(*pendings: Pending) -> Bench:
    return Bench().tell(HallChanged(DAY, site(), departments()), LinkChanged(Link.UP), Restored(pendings))
