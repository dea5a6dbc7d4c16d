"""What the demo prints at its end."""

from collections.abc import Callable, Iterable, Sequence

from smartqueue.demo.ledger import Row

HEAD = ("token", "department", "issued", "called", "room", "touch-to-ticket ms", "press-to-frame ms")


def table(rows: Iterable[Row], wall: Callable[[float], str]) -> str:
    """wall: a monotonic time as a clock reads it."""
    return "\n".join(_aligned([HEAD, *(_cells(row, wall) for row in rows)]))


def _cells(row: Row, wall: Callable[[float], str]) -> tuple[str, ...]:
    return (
        row.label,
        row.department,
        wall(row.issued) if row.issued is not None else "-",
        wall(row.frame) if row.frame is not None else "-",
        row.room or "-",
        _milliseconds(row.touch_to_ticket_ms) if row.tickets else "trouble screen",
        _milliseconds(row.press_to_frame_ms),
    )


def _milliseconds(value: float | None) -> str:
    return "-" if value is None else f"{value:.0f}"


def _aligned(lines: Sequence[tuple[str, ...]]) -> Iterable[str]:
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    for line in lines:
        yield "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
