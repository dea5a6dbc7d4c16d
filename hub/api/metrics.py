"""What Prometheus may read of the hub: counters, gauges and histograms, without personal data."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
COMMIT_SECONDS = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
REQUEST_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 5.0)
BATCH_SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256)


class Counter:
    """Counts by label values, given in the order of `labels`."""

    def __init__(self, name: str, text: str, *labels: str) -> None:
        self._head = _head(name, text, "counter")
        self._name = name
        self._labels = labels
        self._values: dict[tuple[str, ...], int] = defaultdict(int)

    def add(self, *values: str) -> None:
        self._values[values] += 1

    def lines(self) -> Iterator[str]:
        yield self._head
        if not self._labels and not self._values:
            yield f"{self._name} 0"
        for values, count in sorted(self._values.items()):
            yield f"{self._name}{_labels(zip(self._labels, values, strict=True))} {count}"


class Histogram:
    """Counts observations up to each bound."""

    def __init__(self, name: str, text: str, bounds: tuple[float, ...]) -> None:
        self._head = _head(name, text, "histogram")
        self._name = name
        self._bounds = bounds
        self._counts = [0] * (len(bounds) + 1)
        self._sum = 0.0

    def observe(self, value: float) -> None:
        self._counts[bisect_left(self._bounds, value)] += 1
        self._sum += value

    def lines(self) -> Iterator[str]:
        yield self._head
        total = 0
        for bound, count in zip((*map(str, self._bounds), "+Inf"), self._counts, strict=True):
            total += count
            yield f'{self._name}_bucket{{le="{bound}"}} {total}'
        yield f"{self._name}_sum {self._sum:.6f}"
        yield f"{self._name}_count {total}"


@dataclass(frozen=True, slots=True)
class Figure:
    """Counted elsewhere. kind: `gauge` or `counter`. values: by label pair, or by "" for the only one."""

    name: str
    text: str
    kind: str
    values: Mapping[str, float]

    def lines(self) -> Iterator[str]:
        yield _head(self.name, self.text, self.kind)
        for label, value in self.values.items():
            yield f"{self.name}{{{label}}} {value}" if label else f"{self.name} {value}"


class Metrics:
    """All that the hub counts."""

    def __init__(self) -> None:
        self.requests = Counter("smartqueue_requests_total", "HTTP requests answered.", "route", "status")
        self.request_seconds = Histogram("smartqueue_request_seconds", "Time to answer a request.", REQUEST_SECONDS)
        self.commands = Counter("smartqueue_commands_total", "Commands answered.", "command", "status")
        self.refusals = Counter("smartqueue_refusals_total", "Refusals and faults answered, by code.", "code")
        self.batch_size = Histogram("smartqueue_journal_batch_size", "Commands made durable together.", BATCH_SIZES)
        self.commit_seconds = Histogram("smartqueue_journal_commit_seconds", "Time of one commit.", COMMIT_SECONDS)

    def committed(self, commands: int, seconds: float) -> None:
        """One batch has become durable."""
        self.batch_size.observe(commands)
        self.commit_seconds.observe(seconds)

    def text(self, figures: Iterable[Figure]) -> str:
        """figures: what is counted elsewhere."""
        parts: list[str] = []
        for metric in (self.requests, self.request_seconds, self.commands, self.refusals):
            parts.extend(metric.lines())
        for histogram in (self.batch_size, self.commit_seconds):
            parts.extend(histogram.lines())
        for figure in figures:
            parts.extend(figure.lines())
        return "\n".join(parts) + "\n"


def _head(name: str, text: str, kind: str) -> str:
    return f"# HELP {name} {text}\n# TYPE {name} {kind}"


def _labels(pairs: Iterable[tuple[str, str]]) -> str:
    inside = ",".join(f'{name}="{_escaped(value)}"' for name, value in pairs)
    return f"{{{inside}}}" if inside else ""


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
