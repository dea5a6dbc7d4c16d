"""An order as the request that carries it, and what its answer says. Routes: docs/protocol.md."""

from dataclasses import dataclass

from caller.buttons import Action, Order
from smartqueue.wire import CalledAnswer, CallNextBody, Message, PauseBody, PressBody, RoomAnswer, TokenAnswer

Answer = CalledAnswer | TokenAnswer | RoomAnswer


@dataclass(frozen=True, slots=True)
class Request:
    """A POST under `/api/v1`."""

    path: str
    body: Message
    answer: type[CalledAnswer] | type[TokenAnswer] | type[RoomAnswer]


def request(order: Order) -> Request:
    match order.action:
        case Action.CALL_NEXT:
            body = CallNextBody(after=order.token, tick=order.tick, outcome=order.outcome)
            return Request(f"/rooms/{order.room}/call-next", body, CalledAnswer)
        case Action.RECALL:
            return Request(f"/tokens/{order.token}/recall", PressBody(tick=order.tick), TokenAnswer)
        case Action.MARK_NO_SHOW:
            return Request(f"/tokens/{order.token}/no-show", PressBody(tick=order.tick), TokenAnswer)
        case Action.PAUSE_ROOM:
            return Request(f"/rooms/{order.room}/pause", PauseBody(tick=order.tick), RoomAnswer)
        case Action.OPEN_ROOM:
            return Request(f"/rooms/{order.room}/open", PressBody(tick=order.tick), RoomAnswer)


def found_nobody(answer: Answer) -> bool:
    """Next was obeyed, but nobody waited."""
    return isinstance(answer, CalledAnswer) and answer.label is None and not answer.repeated


def told(answer: Answer) -> dict[str, object]:
    """What a report of the answer says."""
    match answer:
        case CalledAnswer():
            return {"label": answer.label, "repeated": answer.repeated}
        case TokenAnswer():
            return {"label": answer.label, "state": answer.state.value}
        case RoomAnswer():
            return {"state": answer.state.value}
