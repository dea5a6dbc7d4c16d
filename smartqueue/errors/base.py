"""The roots of both trees."""

from typing import ClassVar

Value = str | int | list[str]


class Refusal(Exception):
    """The rules say no; nothing has changed. Sub-classes are listed in docs/protocol.md."""

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409

    def __init__(self, **values: Value) -> None:
        super().__init__(self.code, values)
        self.values = values
        self.detail = ""
        """The hub's own sentence, when the refusal came over the wire."""


class Fault(Exception):
    """Something broke. `str()` of it is one clear line that says what to do."""

    code: ClassVar[str] = "fault"
    status: ClassVar[int] = 500
