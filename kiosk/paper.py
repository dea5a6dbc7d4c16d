"""Sizes of ticket paper."""

from dataclasses import dataclass

DOTS_PER_MM = 8
"""203 dpi."""


@dataclass(frozen=True, slots=True)
class Paper:
    """width_dots: what can be printed on; label_mm: height of the label's capitals, wished and least.

    longest_mm: of a whole ticket (experience.md, Ticket); dots_per_mm: of the printer's head and feed.
    """

    name: str
    width_dots: int
    label_mm: tuple[float, float]
    longest_mm: float
    dots_per_mm: float = DOTS_PER_MM

    @property
    def narrow(self) -> bool:
        return self.width_dots < 60 * self.dots_per_mm

    @property
    def scale(self) -> float:
        """Its dots for each dot of a printer of 203 dpi."""
        return self.dots_per_mm / DOTS_PER_MM

    def dots(self, mm: float) -> int:
        return round(mm * self.dots_per_mm)


PAPER_80 = Paper("80mm", 576, (20.2, 16.0), 90.0)
PAPER_58 = Paper("58mm", 384, (13.0, 11.0), 110.0)
PAPERS = {paper.name: paper for paper in (PAPER_80, PAPER_58)}
