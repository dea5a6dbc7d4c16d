"""Sizes of ticket paper."""

from dataclasses import dataclass

DOTS_PER_MM = 8
"""203 dpi."""


@dataclass(frozen=True, slots=True)
class Paper:
    """width_dots: what can be printed on; label_mm: height of the label's capitals, wished and least.

    longest_mm: of a whole ticket (experience.md, Ticket).
    """

    name: str
    width_dots: int
    label_mm: tuple[float, float]
    longest_mm: float

    @property
    def narrow(self) -> bool:
        return self.width_dots < 480

    def dots(self, mm: float) -> int:
        return round(mm * DOTS_PER_MM)


PAPER_80 = Paper("80mm", 576, (20.2, 16.0), 90.0)
PAPER_58 = Paper("58mm", 384, (13.0, 11.0), 110.0)
PAPERS = {paper.name: paper for paper in (PAPER_80, PAPER_58)}
