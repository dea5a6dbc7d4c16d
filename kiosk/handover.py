"""One ticket that was issued alone joins the hub's queue: exactly once, whatever was asked before and whoever fails.

The merge goes out under the touch's own command id. If the hub had obeyed what it was asked for that touch, it refuses
the id, and what it obeyed is taken back before the ticket joins; if it had not, it never will: the id is used up. So
no touch ever has two places (docs/decisions, 13). Every step can be repeated; nothing needs to be remembered between.
"""

import logging
from enum import StrEnum
from typing import Protocol

from kiosk.lease_book import Ticket
from smartqueue.errors import (
    CommandIdReused,
    ImpossibleTransition,
    InvalidRequest,
    LeaseRevoked,
    NotPermitted,
    Refusal,
    UnknownLease,
    UnknownToken,
    WrongLease,
    rules,
)
from smartqueue.terms import CommandId, LeaseId, TokenId
from smartqueue.wire import IssueBody, IssuedAnswer, MergeAnswer, MergeBody, MergedTicket, TokenAnswer

log = logging.getLogger(__name__)

_NO_PLACE = (UnknownLease, WrongLease, LeaseRevoked, InvalidRequest)
"""Refusals of a merge that asking again does not change."""
_BY_THE_RULES = tuple(
    one for one in vars(rules).values() if isinstance(one, type) and issubclass(one, Refusal) and one is not Refusal
)
"""Answers to what was asked; any other refusal is about the asking, and says nothing of what was obeyed before."""


class Outcome(StrEnum):
    """What the hub said of a ticket."""

    JOINED = "joined"
    """It has its place, under the label that was printed."""
    LATE = "late"
    """Its day was over: it ended unserved, and is in the hub's report."""
    ASTRAY = "astray"
    """It has no place, or not under its label: somebody must look after the person."""


class Hub(Protocol):
    """Of HubClient what is needed here."""

    async def merge(self, lease: LeaseId, body: MergeBody, *, command_id: CommandId) -> MergeAnswer: ...
    async def issue(self, body: IssueBody, *, command_id: CommandId) -> IssuedAnswer: ...
    async def cancel(self, token: TokenId, *, command_id: CommandId) -> TokenAnswer: ...


async def hand_over(hub: Hub, ticket: Ticket) -> Outcome:
    """Raises HubAway, and the Refusal or Fault that says nothing about this ticket: try again later."""
    try:
        try:
            answer = await hub.merge(ticket.lease, ticket.body, command_id=ticket.command_id)
        except CommandIdReused:
            if ticket.asked is not None:
                await _take_back(hub, ticket, ticket.asked)
            answer = await hub.merge(ticket.lease, ticket.body, command_id=_next_id(ticket, "join"))
    except _NO_PLACE as refusal:
        log.error("ticket %s can't join: %s", ticket.label, refusal.code)
        return Outcome.ASTRAY
    return _outcome(ticket, answer)


async def _take_back(hub: Hub, ticket: Ticket, asked: IssueBody) -> None:
    """The hub had obeyed, or refused, what it was asked for this touch: the person has another number in the hand."""
    try:
        issued = await hub.issue(asked, command_id=ticket.command_id)
    except CommandIdReused:  # it was the merge that the hub had obeyed
        return
    except Refusal as refusal:
        if not isinstance(refusal, _BY_THE_RULES):
            raise
        log.info("ticket %s had been refused by the hub: %s", ticket.label, refusal.code)
        return
    log.info("ticket %s stands; %s of the same touch is taken back", ticket.label, issued.label)
    try:
        await hub.cancel(issued.token, command_id=_next_id(ticket, "cancel"))
    except (ImpossibleTransition, NotPermitted, UnknownToken) as refusal:  # nobody waits under it any more
        log.warning("%s was not waiting any more when %s joined: %s", issued.label, ticket.label, refusal.code)


def _outcome(ticket: Ticket, answer: MergeAnswer) -> Outcome:
    merged = next((one for one in answer.tokens if one.command_id == ticket.command_id), None)
    if merged is None or merged.conflict:
        log.error("ticket %s has no place: its number is another's", ticket.label)
        return Outcome.ASTRAY
    if not merged.joined:
        log.warning("ticket %s came when its day was over", ticket.label)
        return Outcome.LATE
    return _joined(ticket, merged)


def _joined(ticket: Ticket, merged: MergedTicket) -> Outcome:
    if merged.label != ticket.label:
        log.error("ticket %s is called as %s: the department has another letter now", ticket.label, merged.label)
        return Outcome.ASTRAY
    log.info("ticket %s has joined", ticket.label)
    return Outcome.JOINED


def _next_id(ticket: Ticket, step: str) -> CommandId:
    """The same for the same step, whenever it is taken."""
    return CommandId(f"{ticket.command_id[:56]}-{step}")
