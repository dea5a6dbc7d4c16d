"""A kiosk on a bench: only its decisions, with a clock turned by hand."""

from kiosk_worlds import DAY, HI, answer, departments, site

from kiosk import flow
from kiosk.codes import Reading
from kiosk.effects import Effect
from kiosk.events import CodeScanned, Event, HallChanged, LinkChanged, Restored, TimePassed, Touched
from kiosk.states import Rules, State
from kiosk.terms import Link, Pending, Phase
from smartqueue.terms import CommandId

RULES = Rules()


class Bench:
    """A kiosk on a bench: a clock that is turned by hand, and everything it wanted to have done."""

    def __init__(self, rules: Rules = RULES) -> None:
        self.now = 1000.0
        self.rules = rules
        self.state: State = flow.start(self.now)
        self.effects: list[Effect] = []
        self.ids = 0

    def tell(self, *events: Event) -> "Bench":
        self.effects = []
        for event in events:
            self.state, effects = flow.step(self.state, event, self.now, self.rules)
            self.effects += effects
        return self

    def touch(self, key: str) -> "Bench":
        self.ids += 1
        return self.tell(Touched(key, CommandId(f"command-{self.ids}")))

    def then(self, *keys: str) -> "Bench":
        """Touches by somebody who looks before touching."""
        for key in keys:
            self.wait(1).touch(key)
        return self

    def scan(self, reading: Reading) -> "Bench":
        self.ids += 1
        return self.tell(CodeScanned(reading, CommandId(f"command-{self.ids}")))

    def wait(self, seconds: float) -> "Bench":
        """Lets time pass as the application does: waking exactly when the flow has asked for it."""
        end, self.effects = self.now + seconds, []
        while (due := flow.deadline(self.state, self.rules)) is not None and due <= end:
            self.now = max(due, self.now)
            self.state, effects = flow.step(self.state, TimePassed(), self.now, self.rules)
            self.effects += effects
        self.now = end
        return self

    @property
    def screen(self) -> str:
        return self.state.front.name

    def did(self, kind: type) -> list[Effect]:
        return [effect for effect in self.effects if isinstance(effect, kind)]


def at_work(rules: Rules = RULES, **of_the_site: object) -> Bench:
    """With its hub, nobody there."""
    return Bench(rules).tell(HallChanged(DAY, site(**of_the_site), departments()), LinkChanged(Link.UP))


def types(bench: Bench, text: str) -> Bench:
    for char in text:
        bench.touch(f"char:{char}")
    return bench


def looks_up(bench: Bench, text: str) -> Bench:
    return types(bench.touch("check_in"), text).touch("look_up")


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
