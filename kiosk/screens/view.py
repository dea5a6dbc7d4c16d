"""What a screen is drawn from: the flow's state and what only a clock knows. Plain data."""

from dataclasses import dataclass
from pathlib import Path

from kiosk.flow import direct_department, language_of
from kiosk.fronts import (
    Asking,
    Found,
    Front,
    HubTrouble,
    IdleWarning,
    PhoneKept,
    Pin,
    Seeking,
    Strange,
    TakeTicket,
    Unprinted,
)
from kiosk.standing import is_alone
from kiosk.states import Rules, State
from kiosk.terms import RoomSign
from smartqueue.i18n import Words
from smartqueue.terms import Label, Language, Need
from smartqueue.wire import DepartmentView, Names, SiteView


@dataclass(frozen=True, slots=True)
class View:
    """now: monotonic seconds; 0 where nothing on the screen runs, so that equal views are equal pictures.

    clock: `09:42` of the site. picture_age_s: set while the hub is away. away: numbers come from the kiosk's lease, and
    nobody knows how many wait. astray: tickets whose persons are asked to the desk. dim: night, and nobody is there.
    checks_in: appointments can be checked in here; reads_codes: there is a code reader; asks_phone: for a telephone
    number, after the ticket; speaks: it can be heard in this language. logo: the clinic's, as a file that never
    changes under its name; None = ours. room: where the ticket that was found is expected; None = not known.
    spoken: in speech mode, the key that was said: touched again, it is meant.
    """

    front: Front
    language: Language
    now: float
    clock: str
    site: SiteView | None = None
    departments: tuple[DepartmentView, ...] = ()
    direct: DepartmentView | None = None
    lowered: bool = False
    needs: tuple[Need, ...] = ()
    contrast: bool = False
    speech: bool = False
    spoken: str | None = None
    dim: bool = False
    checks_in: bool = False
    reads_codes: bool = False
    asks_phone: bool = False
    speaks: bool = False
    logo: Path | None = None
    picture_age_s: int | None = None
    away: bool = False
    astray: tuple[Label, ...] = ()
    room: RoomSign | None = None
    rules: Rules = Rules()  # noqa: RUF009 - frozen

    @property
    def words(self) -> Words:
        return Words(self.language)

    @property
    def languages(self) -> tuple[Language, ...]:
        return tuple(self.site.languages) if self.site else ()

    def named(self, names: Names) -> tuple[str, Language]:
        """The text in the language of the screen, else the site's, else any; and the language it is in."""
        default = self.site.default_language if self.site else self.language
        for one in (self.language, Language(self.language.split("-")[0]), default, *names):
            if names.get(one):
                return names[one], one
        return "", self.language


def runs(front: Front) -> bool:
    """Something on its screen moves with time."""
    if isinstance(front, Pin):
        return front.locked_until > 0
    timed = TakeTicket | Unprinted | HubTrouble | IdleWarning | Found | Strange | PhoneKept
    return isinstance(front, Asking | Seeking | timed)


def view_of(state: State, now: float, clock: str, picture_age_s: int | None, rules: Rules) -> View:
    return View(
        front=state.front,
        language=language_of(state),
        now=now if runs(state.front) else 0.0,
        clock=clock,
        site=state.site,
        departments=state.departments,
        direct=direct_department(state),
        lowered=state.lowered,
        needs=state.needs,
        contrast=state.contrast,
        speech=state.speech,
        spoken=state.spoken if state.speech and now < state.spoken_at + rules.say_again_s else None,
        picture_age_s=picture_age_s,
        away=is_alone(state, now, rules),
        astray=state.astray,
        rules=rules,
    )
