"""Where messages about a token go: an opaque contact; the telephone number lies in a side table."""

from hub.domain import checks, issuing
from hub.domain.clinic import Clinic, Token
from hub.domain.commands import SetContact
from hub.domain.events import ContactSet
from hub.domain.results import Decision, Done
from smartqueue import errors
from smartqueue.terms import TokenState

OVER = (TokenState.SERVED, TokenState.CANCELLED, TokenState.UNSERVED)


def set_contact(clinic: Clinic, command: SetContact) -> Decision:
    """Another one takes the place of the one before. Raises UnknownToken, TokenOver."""
    token = checks.token(clinic, command.token)
    if token.state in OVER:
        raise errors.TokenOver(label=token.label, state=token.state.value)
    language = issuing.language_of(clinic, command.language or token.language)
    event = ContactSet(token.id, command.contact, language)
    same = (token.contact, token.contact_language) == (event.contact, event.language)
    return Decision(() if same else (event,), Done())


def is_set(clinic: Clinic, event: ContactSet) -> None:
    """Part of `evolve`. It moves nobody: whoever takes back a call neither loses it nor is kept from it by it."""
    for token in (clinic.tokens[event.token], *_as_before(clinic, event)):
        token.contact, token.contact_language = event.contact, event.language


def _as_before(clinic: Clinic, event: ContactSet) -> list[Token]:
    """The token as undo commands would bring it back."""
    undos = (desk.undo for desk in clinic.desks.values() if desk.undo is not None)
    return [undo.tokens[event.token] for undo in undos if event.token in undo.tokens]
