"""A site's configuration in a file, for set-up: the document of `GET /api/v1/admin/configuration`, as JSON."""

from pathlib import Path

import msgspec

from hub.mistakes import mistakes
from smartqueue.errors import StartFault
from smartqueue.wire import Configuration


def read(path: Path) -> Configuration:
    """Raises StartFault with every field that is wrong."""
    try:
        plain = msgspec.json.decode(path.read_bytes())
    except OSError as trouble:
        raise StartFault(f"{path} can't be read: {trouble.strerror}.") from trouble
    except msgspec.DecodeError as trouble:
        raise StartFault(f"{path} is not JSON: {trouble}.") from trouble
    wrong = list(mistakes(plain, Configuration))
    if wrong:
        raise StartFault("\n".join([f"{path} is no configuration. Correct this:", *(f"  {line}" for line in wrong)]))
    return msgspec.convert(plain, Configuration)
