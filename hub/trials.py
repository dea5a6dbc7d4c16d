"""A token for trials: through the running hub, or through the journal where none runs."""

from pathlib import Path

from hub import keys, status_pages, technician
from hub.domain.commands import IssueToken
from hub.setup_site import key_file
from hub.site_lock import running_hub
from smartqueue.wire import IssueBody, IssuedAnswer


async def issue_in(directory: Path, body: IssueBody) -> IssuedAnswer:
    """Asks the hub that runs on this directory; decides and journals it here when none does."""
    url = running_hub(directory)
    if url is not None:
        return await issue_at(url, technician.read_key(key_file(directory, keys.TECHNICIAN)), body)
    async with technician.opened(directory) as service:
        token = status_pages.new_token()
        command = IssueToken(token, body.department, body.language, tuple(body.needs), body.priority, trial=body.trial)
        private = (status_pages.new_secret(token, service.private),)
        return await technician.obeyed(service, command, private, IssuedAnswer)


async def issue_at(url: str, key: str, body: IssueBody) -> IssuedAnswer:
    """Raises the hub's Refusal, or HubAway."""
    return await technician.asked_at(url, key, "POST", "/tokens", body, IssuedAnswer)
