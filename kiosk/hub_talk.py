"""Asks the hub for what the flow wants, and tells the flow what became of it. No code and no number is logged."""

import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from kiosk.effects import Find, Issue, KeepContact, Return
from kiosk.events import (
    Answered,
    CameBack,
    ContactKept,
    ContactRefused,
    Event,
    IssueRefused,
    NotBack,
    NotFound,
    TicketFound,
    Unreached,
)
from kiosk.states import Rules
from kiosk.terms import Arrival, Link
from smartqueue.client import HubClient
from smartqueue.errors import Fault, HubAway, Refusal
from smartqueue.feed_link import LinkState
from smartqueue.terms import CommandId, DepartmentId, UnitKind
from smartqueue.wire import FindBody, IssuedAnswer

log = logging.getLogger(__name__)

T = TypeVar("T")
Report = Callable[..., None]
"""`report(event, **values)`: tells whoever controls a simulated unit."""
Ask = Callable[[float], Awaitable[IssuedAnswer]]
"""Asks once more; takes the seconds that it may last."""


_LINKS = {
    LinkState.SEEKING: Link.LOOKING,
    LinkState.ONLINE: Link.UP,
    LinkState.AWAY: Link.AWAY,
    LinkState.WRONG_KEY: Link.WRONG_KEY,
    LinkState.OTHER_VERSION: Link.OTHER_VERSION,
}


def link_of(client: HubClient) -> Link:
    """How the kiosk stands with its hub now; the key of another kind of unit is a wrong one."""
    link, unit = _LINKS[client.state], client.unit
    return Link.WRONG_KEY if link is Link.UP and unit is not None and unit.kind is not UnitKind.KIOSK else link


class HubTalk:
    """tell: takes the flow's next step."""

    def __init__(self, client: HubClient, rules: Rules, tell: Callable[[Event], None], report: Report) -> None:
        self._client = client
        self._rules = rules
        self._tell = tell
        self._report = report

    async def issue(self, effect: Issue) -> None:
        await self._until_known(
            effect.command_id,
            lambda limit_s: self._client.issue(effect.body, command_id=effect.command_id, deadline_s=limit_s),
            sent=effect.sent,
            department=effect.body.department,
        )

    async def check_in(self, arrival: Arrival) -> None:
        await self._until_known(
            arrival.command_id,
            lambda limit_s: self._client.check_in(
                arrival.appointment, arrival.body, command_id=arrival.command_id, deadline_s=limit_s
            ),
            sent=arrival.sent,
        )

    async def find(self, effect: Find) -> None:
        ticket = await self._once(
            lambda limit_s: self._client.find_ticket(FindBody(code=effect.code), deadline_s=limit_s),
            lambda problem: NotFound(effect.code, problem),
        )
        if ticket is not None:
            self._tell(TicketFound(effect.code, ticket))

    async def come_back(self, effect: Return) -> None:
        answer = await self._once(
            lambda limit_s: self._client.come_back(effect.token, command_id=effect.command_id, deadline_s=limit_s),
            lambda problem: NotBack(effect.token, problem),
        )
        if answer is not None:
            self._tell(CameBack(answer))

    async def keep_contact(self, effect: KeepContact) -> None:
        done = await self._once(
            lambda limit_s: self._client.keep_contact(
                effect.token, effect.body, command_id=effect.command_id, deadline_s=limit_s
            ),
            lambda problem: ContactRefused(effect.token, problem),
        )
        if done is not None:
            self._tell(ContactKept(effect.token))

    async def _once(self, ask: Callable[[float], Awaitable[T]], refused: Callable[[str], Event]) -> T | None:
        """While its person waits, and no longer; None when it came to nothing, and that has been told."""
        try:
            return await ask(self._rules.seek_s)
        except Refusal as refusal:
            log.info("refused: %s", refusal.code)
            self._report("refusal", code=refusal.code)
            self._tell(refused(refusal.code))
        except Fault as fault:
            log.warning("the hub gave no answer: %s", fault.code)
            self._tell(refused(fault.code))
        return None

    async def _until_known(
        self, command_id: CommandId, ask: Ask, *, sent: bool, department: DepartmentId | None = None
    ) -> None:
        """However long the hub is away; not for long while nothing can have reached it."""
        while True:
            try:
                answer = await ask(self._rules.ask_s if sent else self._rules.reach_s)
            except Refusal as refusal:
                log.info("refused: %s", refusal.code)
                self._report("refusal", code=refusal.code, department=department)
                self._tell(IssueRefused(command_id, refusal.code))
                return
            except HubAway as away:
                sent = sent or away.sent
                if not sent:
                    self._tell(Unreached(command_id))
                    return
                continue
            except Fault as fault:
                log.error("the hub's answer can't be used: %s", fault.code)
                self._tell(IssueRefused(command_id, fault.code))
                return
            self._report("issued", label=answer.label, department=answer.department, command_id=command_id)
            self._tell(Answered(command_id, answer))
            return
