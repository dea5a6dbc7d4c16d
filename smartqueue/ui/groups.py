"""What draws an item of a scene, kept for a while after the item has left the screen: much of it comes back soon."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from kivy.graphics import InstructionGroup, Rectangle

from smartqueue.look.scene import Item, Photo

RESTING: Final = 256
"""Groups of items that left the screen; two or three whole screens."""
RESTING_BYTES: Final = 8 * 1024 * 1024
"""Of their textures."""


class Groups:
    """The groups on the canvas, and behind them those that rest, the longest resting ones to go first.

    make: of an item that is not known. A picture's file may become another one, so photos do not rest.
    """

    def __init__(self, make: Callable[[Item], InstructionGroup]) -> None:
        self._make = make
        self._on: dict[Item, InstructionGroup] = {}
        self._resting: OrderedDict[Item, tuple[InstructionGroup, int]] = OrderedDict()
        self.resting_bytes = 0

    def show(self, items: Iterable[Item]) -> Mapping[Item, InstructionGroup]:
        """Of exactly these items, in their order. All others rest from now on."""
        wanted = dict.fromkeys(items)
        for item in self._on.keys() - wanted.keys():
            self._rest(item, self._on.pop(item))
        self._on = {item: self._on.get(item) or self._taken(item) or self._make(item) for item in wanted}
        self._bound(RESTING, RESTING_BYTES)
        return self._on

    def warm(self, items: Iterable[Item]) -> None:
        """These will be shown soon."""
        for item in items:
            if item not in self._on and item not in self._resting:
                self._rest(item, self._make(item))
        self._bound(RESTING, RESTING_BYTES)

    def drop(self) -> None:
        """All of them: they were made for a scene of another height."""
        for group in self._on.values():
            group.clear()
        self._on = {}
        self._bound(0, 0)

    def _taken(self, item: Item) -> InstructionGroup | None:
        group, size = self._resting.pop(item, (None, 0))
        self.resting_bytes -= size
        return group

    def _rest(self, item: Item, group: InstructionGroup) -> None:
        if isinstance(item, Photo):
            group.clear()
            return
        size = _bytes(group)
        self._resting[item] = group, size
        self.resting_bytes += size

    def _bound(self, most: int, most_bytes: int) -> None:
        """A group and its instructions hold each other: emptied, they go at once, not when somebody collects them."""
        while self._resting and (len(self._resting) > most or self.resting_bytes > most_bytes):
            _, (group, size) = self._resting.popitem(last=False)
            self.resting_bytes -= size
            group.clear()


def _bytes(group: InstructionGroup) -> int:
    """About what its textures hold: two bytes a pixel."""
    drawn = (one for one in group.children if isinstance(one, Rectangle) and one.texture is not None)
    return sum(2 * one.texture.width * one.texture.height for one in drawn)
