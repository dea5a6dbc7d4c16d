"""What the screens need to know, and which one stands."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from display.board import Board
from smartqueue.i18n import Words
from smartqueue.look import fonts
from smartqueue.terms import Language
from smartqueue.wire import Names, SiteView

LATIN = Language("en")
"""Labels, numbers and times are set in Latin letters and digits in every language."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name and the language that it is really in."""

    text: str
    language: Language


@dataclass(frozen=True, slots=True)
class View:
    """clock: the hub's time in the site's zone. at_s: monotonic seconds, for what takes turns. sound: can be heard.

    standing_s: for how long the call that is on has stood; the history beside it begins with its first page.
    pictures: of the clinic, for between calls. letters: whether this machine has those of a language.
    """

    board: Board
    site: SiteView
    clock: datetime
    words: Words
    at_s: float = 0.0
    sound: bool = True
    standing_s: float | None = None
    pictures: tuple[Path, ...] = ()
    letters: Callable[[str], bool] = fonts.drawable

    @property
    def history_s(self) -> float:
        """What decides which page of the history stands."""
        return self.at_s if self.standing_s is None else self.standing_s

    def named(self, names: Names) -> Named:
        """A name in the display's language, else in the site's, else in any that this machine has the letters for."""
        for language in (self.words.language, self.site.default_language, *names):
            if names.get(language) and self.letters(language):
                return Named(names[language], language)
        return Named("", LATIN)
