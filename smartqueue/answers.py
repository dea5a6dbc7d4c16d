"""What an HTTP answer of the hub means: the value asked for, a Refusal, or no answer yet."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Generic, TypeVar, cast

import msgspec

from smartqueue.errors import HubStarting, InternalFault, Refusal, Value

T = TypeVar("T")


class NoAnswer(Exception):
    """Ask again. sent: the hub may have obeyed all the same."""

    def __init__(self, text: str, *, sent: bool) -> None:
        super().__init__(text)
        self.sent = sent


class _AnyProblem(msgspec.Struct):
    """A problem document as any version of the hub may write it."""

    code: str = ""
    detail: str = ""
    title: str = ""
    errors: list[str] = []
    values: dict[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Call(Generic[T]):
    """One request, the same for every attempt. path: with `/api/v1`. answer_type: `bytes` = as it comes."""

    method: str
    path: str
    headers: Mapping[str, str]
    payload: bytes | None
    answer_type: type[T]

    def answer(self, status: int, text: bytes) -> T:
        """The value of a 2xx. Raises the Refusal of a 4xx, NoAnswer for the rest, InternalFault for nonsense."""
        if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            return self._value(text)
        problem = _problem(text)
        if HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
            raise refusal(problem.code, problem.values, problem.errors, problem.detail or f"HTTP status {status}")
        raise NoAnswer(problem.detail or f"HTTP status {status}", sent=problem.code != HubStarting.code)

    def _value(self, text: bytes) -> T:
        if self.answer_type is bytes:
            return cast(T, text)
        try:
            return msgspec.json.decode(text, type=self.answer_type)
        except msgspec.MsgspecError as trouble:
            raise InternalFault(
                f"The hub's answer to {self.method} {self.path} was not understood ({trouble}): "
                "update the unit and the hub to the same version."
            ) from trouble


def refusal(code: str, values: Mapping[str, Any], errors: list[str], detail: str) -> Refusal:
    """The Refusal with this code; one of no code that we know is a plain Refusal with the hub's own sentence."""
    made = _by_code().get(code, Refusal)(**_plain(values), **({"errors": errors} if errors else {}))
    made.detail = detail
    return made


def _by_code() -> dict[str, type[Refusal]]:
    return {kind.code: kind for kind in _tree(Refusal)}


def _tree(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _tree(child)


def _plain(values: Mapping[str, Any]) -> dict[str, Value]:
    """Only what a Refusal may carry; the rest of a foreign document is dropped."""
    kept: dict[str, Value] = {}
    for name, value in values.items():
        if isinstance(value, str | int):
            kept[name] = value
        elif isinstance(value, list):
            kept[name] = [str(one) for one in value]
    kept.pop("errors", None)
    return kept


def _problem(text: bytes) -> _AnyProblem:
    try:
        return msgspec.json.decode(text, type=_AnyProblem)
    except msgspec.MsgspecError:
        return _AnyProblem()
