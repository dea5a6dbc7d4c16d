"""A new key for an operator: through the running hub, or through the journal where none runs.

The hub learns only the key's digest. The key itself lies in a file for its owner, until consoles have sessions.
"""

from pathlib import Path

from hub import keys, technician
from hub.domain import checks
from hub.domain.commands import FollowClock
from hub.domain.configuration_checks import IDENTIFIER
from hub.setup_site import key_file, sync, write_private
from hub.site_lock import running_hub
from smartqueue.errors import StartFault
from smartqueue.terms import OperatorId
from smartqueue.wire import DoneAnswer, KeyBody


async def give(directory: Path, operator: OperatorId) -> Path:
    """Where the new key lies; an earlier one is worth nothing any more.

    Raises UnknownOperator, StartFault, JournalFault, HubAway.
    """
    if not IDENTIFIER.fullmatch(operator):
        raise StartFault(f"{operator!r} is not the id of an operator: those have small letters, digits and hyphens.")
    key, path = keys.new_key(operator), key_file(directory, operator)
    waiting = path.with_suffix(".new")
    try:
        waiting.unlink(missing_ok=True)
        write_private(waiting, key)
        await _admit(directory, operator, keys.digest(key))
        waiting.replace(path)
        sync(path.parent)
    except OSError as trouble:
        raise StartFault(
            f"{path} can't be written: {trouble.strerror}. Use the account that the hub runs as."
        ) from trouble
    finally:
        waiting.unlink(missing_ok=True)
    return path


async def _admit(directory: Path, operator: OperatorId, digest: bytes) -> None:
    url = running_hub(directory)
    if url is not None:
        technicians = technician.read_key(key_file(directory, keys.TECHNICIAN))
        body = KeyBody(digest=digest.hex())
        await technician.asked_at(url, technicians, "PUT", f"/operators/{operator}/key", body, DoneAnswer)
        return
    async with technician.opened(directory) as service:
        checks.operator(service.published, operator)
        await technician.obeyed(service, FollowClock(), keys.admitted(operator, digest), DoneAnswer)
