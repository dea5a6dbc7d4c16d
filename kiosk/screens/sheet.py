"""A kiosk screen being laid out: physical measures of the panel, and the few things every screen is made of.

Built for left-to-right; `Sheet.scene` turns it round for right-to-left languages. Measures `*_mm` are those of a
10.1-inch panel; larger panels get them larger, smaller ones the same (experience.md gives minimums).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from kiosk.fronts import (
    Asking,
    Attract,
    Closed,
    Departments,
    Found,
    IdleWarning,
    OneEach,
    OutOfService,
    PhoneKept,
    Pin,
    Printing,
    Seeking,
    Strange,
    TakeTicket,
    Technician,
    Unprinted,
)
from kiosk.screens.view import View
from smartqueue.look import icons, theme
from smartqueue.look.inline import Part, inline
from smartqueue.look.scene import (
    ALL_CORNERS,
    Align,
    Bar,
    Box,
    Corners,
    Icon,
    Item,
    Panel,
    Scene,
    Target,
    Text,
    Valign,
    Weight,
)
from smartqueue.look.screen import Screen
from smartqueue.look.theme import CONTRAST, LIGHT, NIGHT, Theme, lightened
from smartqueue.look.typeset import Style, common_px
from smartqueue.terms import Language

REFERENCE_MM = (217.0, 135.6)
"""The 10.1-inch panel that the measures are written for."""
LARGEST = 1.35
REACH_FROM_MM = 200.0
"""Panels from this height have a key that moves everything within reach."""
SMALL_BELOW_MM = 100.0
_HEADED = Attract | IdleWarning | OneEach | OutOfService | Pin | Seeking | Strange | Technician
"""Screens that have place for a header on every panel."""
_WAITS = Departments | Closed | Asking | Printing | TakeTicket | PhoneKept | Unprinted | Found
"""Screens that say how many wait."""
_REPEAT_MM = 22.0
MISSING_ICON = "clinic"
CORNER = "corner"
"""Key of the clinic's mark."""
REPEAT = "repeat"
"""Key of the sign that the kiosk speaks: it says the screen again."""
OURS = ""
"""Where a colour is asked for: the theme's own for that."""
_LEADING_LINES = 1.03
"""Line height of names set tight on more than two lines, in em."""
_ON_PRIMARY = 4.5
"""Least contrast of the bar on a primary key with the key."""


@cache
def in_colour(ours: Theme, own: str) -> Theme:
    """The theme with the clinic's colour, which is made for light grounds."""
    bar = lightened(own, own, _ON_PRIMARY)
    if ours is LIGHT:
        return replace(ours, primary=own, accent=bar)
    return replace(ours, primary=lightened(own, ours.card, theme.CONTRAST_TEXT), accent=own)


@dataclass(slots=True)
class Sheet:
    view: View
    screen: Screen
    items: list[Item] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    corner: Box | None = None
    """Of the clinic's mark: as much of it is a target as other targets leave."""
    repeat: Box | None = None
    """Of the key that says the screen again: likewise where it stands in the header."""
    again: Box | None = None
    """In the header, that a key is to be touched again, where the key has no room for it."""
    limit: float = LARGEST
    """How much larger things may be drawn at most: less where much has to be in a small place."""

    def limited(self, limit: float) -> "Sheet":
        """The same screen for a place where things may not grow so much."""
        return replace(self, limit=min(self.limit, limit))

    # --- colours ------------------------------------------------------------------------------------------

    @property
    def theme(self) -> Theme:
        """Ours in the clinic's colour, dark at night while nobody is there; black and white and yellow for who needs
        it."""
        if self.view.contrast:
            return CONTRAST
        ours = NIGHT if self.view.dim else LIGHT
        own = self.view.site.colour if self.view.site else None
        return in_colour(ours, own) if own else ours

    # --- measures -----------------------------------------------------------------------------------------

    @property
    def growth(self) -> float:
        """How much larger than on a 10.1-inch panel things are drawn; never smaller."""
        long_mm, short_mm = REFERENCE_MM
        w, h = self.screen.width_mm, self.screen.height_mm
        share = min(w / short_mm, h / long_mm) if self.screen.portrait else min(w / long_mm, h / short_mm)
        return max(1.0, min(share, self.limit))

    @property
    def small(self) -> bool:
        return self.screen.height_mm < SMALL_BELOW_MM

    def px(self, mm: float) -> float:
        """Pixels of a measure that grows with the panel."""
        return float(self.screen.px(mm * self.growth))

    def exact_px(self, mm: float) -> float:
        return float(self.screen.px(mm))

    def capitals(self, mm: float) -> float:
        return float(self.screen.capital_px(mm * self.growth))

    def steps(self, *mm: float) -> tuple[float, ...]:
        return tuple(self.capitals(each) for each in mm)

    @property
    def quiet(self) -> tuple[float, ...]:
        """Sizes of the quiet line: grown, a step smaller, and its least height; under it only on small panels."""
        sizes = {self.capitals(4.4), self.capitals(4.0), self.exact_px(4.4), self.exact_px(3.6 if self.small else 4.0)}
        return tuple(sorted(sizes, reverse=True))

    @property
    def margin(self) -> float:
        return self.px(theme.MARGIN_MM)

    @property
    def gap(self) -> float:
        return self.px(theme.GAP_MM)

    @property
    def radius(self) -> float:
        return self.px(theme.RADIUS_MM)

    @property
    def edge(self) -> float:
        return float(self.screen.near_px(theme.EDGE_MM * self.growth))

    @property
    def inner(self) -> Box:
        """The panel without its margins, and on upright panels without the key that says the screen again."""
        whole = Box(0, 0, self.screen.width_px, self.screen.height_px).inset(self.margin)
        return whole.split_bottom(self.exact_px(_REPEAT_MM), self.gap)[0] if self.repeats_below else whole

    @property
    def repeats_below(self) -> bool:
        """What says the screen again is a key at the lower edge: who sits reaches it, who can't see finds it."""
        return self.view.speech and self.screen.portrait

    @property
    def below(self) -> Box:
        """Place of that key."""
        inner, high = self.inner, self.exact_px(_REPEAT_MM)
        return Box(inner.x, inner.bottom + self.gap, inner.w, high)

    @property
    def old_waits(self) -> bool:
        """It shows how many wait, as it was when the hub was last heard."""
        view = self.view
        shows = isinstance(view.front, _WAITS) or (isinstance(view.front, Attract) and view.direct is not None)
        return shows and view.picture_age_s is not None and not view.away

    @property
    def unheaded(self) -> bool:
        """Low panels have no place for two lines over the keys: what is asked or what happened stands in the header's,
        as long as that has nothing to say but the clinic's name and the hour."""
        view = self.view
        open_lan = view.site is not None and view.site.insecure_lan
        speaks = view.speech or open_lan or view.astray or self.old_waits
        return self.small and not self.screen.portrait and not isinstance(view.front, _HEADED) and not speaks

    @property
    def header(self) -> Box:
        """Of no height where there is none."""
        return self.inner.split_top(0.0 if self.unheaded else self.px(6.2 if self.small else 8.0))[0]

    @property
    def body(self) -> Box:
        """What is below the header."""
        if self.unheaded:
            return self.inner
        return self.inner.split_top(self.header.h, self.px(1.5 if self.small else 3.0))[1]

    # --- words --------------------------------------------------------------------------------------------

    def style(self, weight: Weight = 400, *, tight: bool = False, language: Language | None = None) -> Style:
        return Style(language or self.view.language, weight, tight)

    def text(
        self,
        box: Box,
        text: str,
        sizes: tuple[float, ...],
        *,
        weight: Weight = 400,
        colour: str = OURS,
        align: Align = "start",
        valign: Valign = "middle",
        lines: int = 1,
        tight: bool = False,
        language: Language | None = None,
    ) -> None:
        """Words that step down through the sizes until they fit."""
        self.items.append(
            Text(
                box=box,
                text=text,
                language=language or self.view.language,
                capital_px=sizes[0],
                smaller_px=sizes[1:],
                weight=weight,
                colour=colour or self.theme.text,
                align=align,
                valign=valign,
                lines=lines,
                tight=tight,
                leading=self.leading(language, lines) if lines > 1 and tight else 0.0,
            )
        )

    def leading(self, language: Language | None = None, lines: int = 2) -> float:
        """Line height of names set tight, in em, less tight on more than two lines; 0 = the language's own."""
        latin = self.style(language=language).script == "latin"
        return (theme.LEADING_NAME if lines <= 2 else _LEADING_LINES) if latin else 0.0

    def line(self, box: Box, parts: Sequence[Part], size: float) -> None:
        """Words of several weights and icons, in reading order from the start of the box."""
        self.items.extend(inline(box, parts, self.view.language, (size,)))

    def shared_size(self, texts: Iterable[str], style: Style, sizes: tuple[float, ...], width_px: float) -> float:
        """The largest size at which every one of the texts fits on one line; the smallest if none does."""
        return common_px(texts, style, sizes, width_px)

    # --- things -------------------------------------------------------------------------------------------

    def panel(
        self,
        box: Box,
        *,
        fill: str | None = OURS,
        edge: str | None = OURS,
        thick: float = 1.0,
        dashed: bool = False,
        corners: Corners = ALL_CORNERS,
        radius: float | None = None,
    ) -> None:
        """fill, edge: None = it has none."""
        fill = self.theme.card if fill == OURS else fill
        edge = self.theme.edge if edge == OURS else edge
        self.items.append(
            Panel(
                box,
                fill=fill,
                edge=edge,
                edge_px=self.edge * thick if edge else 0.0,
                radius_px=self.radius if radius is None else radius,
                dashed=dashed,
                corners=corners,
            )
        )

    def icon(self, box: Box, name: str, colour: str = OURS, *, directional: bool = False) -> None:
        shown = name if icons.known(name) else MISSING_ICON
        self.items.append(Icon(box, shown, colour or self.theme.text, directional=directional))

    def bar(self, box: Box, colour: str, *, dashed: bool = False) -> None:
        self.items.append(Bar(box, colour, dashed=dashed))

    def target(self, box: Box, key: str) -> None:
        self.targets.append(Target(box, key))

    def _in_header(self) -> tuple[Target, ...]:
        """Each above the first target that lies under it; where there is no header, only where a finger has room."""
        places = ((self.corner, CORNER), (self.repeat, REPEAT))
        made = [
            Target(place, key) if place.y > self.header.bottom else self._above(place, key)
            for place, key in places
            if place is not None
        ]
        least = self.exact_px(theme.TARGET_MM) - 1.0 if self.unheaded else 0.0
        return tuple(one for one in made if one.box.h >= least)

    def _above(self, place: Box, key: str) -> Target:
        near = [one.box.y for one in self.targets if one.box.x < place.right and place.x < one.box.right]
        return Target(place.split_top(min([place.h, *near]))[0], key)

    def scene(self) -> Scene:
        scene = Scene(
            width_px=self.screen.width_px,
            height_px=self.screen.height_px,
            ground=self.theme.ground,
            items=tuple(self.items),
            targets=(*self.targets, *self._in_header()),
            name=self.view.front.name,
        )
        return scene.mirrored() if self.view.words.direction == "rtl" else scene
