"""What the screens need to know, and which one stands."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from display.board import Board
from smartqueue.i18n import Words
from smartqueue.terms import Language
from smartqueue.wire import Names, SiteView

LATIN = Language("en")
"""Labels, numbers and times are set in Latin letters and digits in every language."""


@dataclass(frozen=True, slots=True)
class View:
    """clock: the hub's time in the site's zone. at_s: monotonic seconds, for what takes turns. sound: can be heard.

    standing_s: for how long the call that is on has stood; the history beside it begins with its first page.
    pictures: of the clinic, for between calls.
    """

    board: Board
    site: SiteView
    clock: datetime
    words: Words
    at_s: float = 0.0
    sound: bool = True
    standing_s: float | None = None
    pictures: tuple[Path, ...] = ()

    @property
    def history_s(self) -> float:
        """What decides which page of the history stands."""
        return self.at_s if self.standing_s is None else self.standing_s


@dataclass(frozen=True, slots=True)
class Named:
    """A name and the language that it is really in."""

    text: str
    language: Language


def named(names: Names, words: Words, site: SiteView) -> Named:
    """A name in the display's language, else in the site's, else in any."""
    for language in (words.language, site.default_language, *names):
        if names.get(language):
            return Named(names[language], language)
    return Named("", LATIN)
