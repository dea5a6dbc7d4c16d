"""Every screen of the kiosk in every state, as views: what tests check and pictures are painted from."""

from kiosk_worlds import AR, DAY, EN, HI, answer, departments, estimate, site
from msgspec.structs import replace

from kiosk.flow import direct_department
from kiosk.fronts import (
    NO_NUMBER,
    Asking,
    Attract,
    Closed,
    Departments,
    Front,
    HubTrouble,
    IdleWarning,
    Languages,
    OutOfService,
    Printing,
    TakeTicket,
    Unprinted,
)
from kiosk.screens import View
from kiosk.states import State as FlowState
from kiosk.terms import Pending, Phase, Reason, Trouble
from smartqueue.look.screen import Screen
from smartqueue.terms import CommandId, Language
from smartqueue.wire import DepartmentView, SiteView

SCREENS = {
    "7in": Screen(800, 480, 154.0),
    "7in-fine": Screen(1024, 600, 154.0),
    "10in": Screen(1280, 800, 217.0),
    "15in": Screen(1920, 1080, 344.0),
    "15in-upright": Screen(720, 1280, 194.0),
    "15in-upright-fine": Screen(1080, 1920, 194.0),
}
NOW = 1000.0


def pending(language: Language, here: SiteView | None = None, department: DepartmentView | None = None) -> Pending:
    chosen = department or departments()[0]
    return Pending(
        command_id=CommandId("command-1"),
        site=here or site(),
        department=chosen,
        language=language,
        day=DAY,
        phase=Phase.PRINTING,
        answer=answer(department=chosen.id),
    )


def view(front: Front, language: Language, **changes: object) -> View:
    values: dict[str, object] = {
        "front": front,
        "language": language,
        "now": NOW,
        "clock": "09:42",
        "site": site(),
        "departments": departments(),
    }
    values |= changes
    offered: tuple[DepartmentView, ...] = values["departments"]  # type: ignore[assignment]
    state = FlowState(front, link="up", link_since=0, touched_at=0, departments=offered)  # type: ignore[arg-type]
    return View(direct=direct_department(state), **values)  # type: ignore[arg-type]


def fronts(language: Language) -> dict[str, Front]:
    job = pending(language)
    asked = Pending(command_id=job.command_id, site=job.site, department=job.department, language=language, day=DAY)
    closed = departments()[3]
    return {
        "attract": Attract(),
        "languages": Languages(),
        "departments": Departments(),
        "asking": Asking(asked, since=NOW - 4),
        "printing": Printing(job, moved_at=NOW, fraction=0.4),
        "take_ticket": TakeTicket(job, since=NOW - 4, until=NOW + 6, span=10),
        **{f"trouble-{kind}": Unprinted(job, kind, since=NOW, until=NOW + 50, span=60) for kind in Trouble},
        "hub_trouble": HubTrouble(asked, until=NOW + 20, span=30),
        "closed": Closed(closed, "department_closed"),
        "closed-full": Closed(departments()[1], "department_full"),
        "closed-refused": Closed(departments()[1], "too_many_requests"),
        **{f"out-{reason}": OutOfService(reason) for reason in Reason},
        "idle_warning": IdleWarning(Departments(), until=NOW + 13, span=20),
    }


LONG_NAMES = (
    {
        EN: "Physical Medicine and Rehabilitation",
        HI: "भौतिक चिकित्सा एवं पुनर्वास विभाग",
        AR: "الطب الطبيعي وإعادة التأهيل",
    },
    {EN: "Otorhinolaryngology", HI: "कान नाक गला रोग", AR: "الأنف والأذن والحنجرة"},
)
LONG_AREA = {
    EN: "area 12, third floor, west wing",
    HI: "क्षेत्र 12, तीसरी मंज़िल, पश्चिम",
    AR: "منطقة 12، الطابق الثالث، الجناح الغربي",
}


def many(count: int) -> tuple[DepartmentView, ...]:
    """As many departments as wanted, those beyond nine with two letters."""
    known = departments(9)
    more = tuple(replace(one, id=f"{one.id}-2", letter=f"{one.letter}K") for one in known)
    return (known + more)[:count]


def long_names(count: int) -> tuple[DepartmentView, ...]:
    first, second, third, fourth, *rest = many(count)
    first = replace(first, names=LONG_NAMES[0], areas=LONG_AREA)
    return first, second, replace(third, names=LONG_NAMES[1], waiting=128), replace(fourth, names=LONG_NAMES[1]), *rest


def one_open(count: int) -> tuple[DepartmentView, ...]:
    first, *rest = many(count)
    return first, *(replace(one, open=False, opens_at="14:00", estimate=None) for one in rest)


def special(language: Language) -> dict[str, View]:
    """What is rare: many or few departments, long names, notices, other sites."""
    lists = {f"departments-{n}": view(Departments(), language, departments=many(n)) for n in (1, 2, 3, 4, 5, 7, 9, 14)}
    pages = {f"page-{n}": view(Departments(n), language, departments=many(14)) for n in (1, 2)}
    return {
        **lists,
        **pages,
        **_names_and_notices(language),
        **_sites(language),
        **_tickets(language),
        **_away(language),
    }


def _names_and_notices(language: Language) -> dict[str, View]:
    open_lan = site(insecure_lan=True)
    return {
        "long-names": view(Departments(), language, departments=long_names(6)),
        "long-names-9": view(Departments(), language, departments=long_names(9)),
        "closed-long": view(Closed(long_names(6)[0], "department_closed"), language, departments=long_names(6)),
        "lowered": view(Departments(), language, lowered=True),
        "lowered-14": view(Departments(), language, lowered=True, departments=many(14)),
        "notices": view(Departments(), language, picture_age_s=17, site=open_lan),
        "notices-attract": view(Attract(), language, picture_age_s=175, site=open_lan),
    }


def _sites(language: Language) -> dict[str, View]:
    one, six = site(languages=[EN]), site(languages=[EN, HI, AR, "fr", "es", "de"])
    return {
        "direct": view(Attract(), language, departments=many(1)),
        "direct-and-closed": view(Attract(), language, departments=one_open(4)),
        "one-language": view(Departments(), language, site=one),
        "one-language-attract": view(Attract(), language, site=one),
        "six-languages": view(Departments(), language, site=six),
        "six-languages-attract": view(Attract(), language, site=six),
        "six-languages-list": view(Languages(), language, site=six),
        "no-site": view(OutOfService(Reason.STARTING), language, site=None, departments=(), clock=""),
    }


def _tickets(language: Language) -> dict[str, View]:
    long, away = long_names(6)[0], site(public_url=None)
    made: dict[str, View] = {}
    for name, here in (("code", site()), ("no-code", away)):
        job = pending(language, here)
        far = replace(pending(language, here, long), answer=answer("A1000", ahead=128, estimate=estimate(0, 35)))
        next_one = replace(job, answer=answer(ahead=0, estimate=None))
        for kind, one in (("plain", job), ("long", far), ("next", next_one)):
            made[f"ticket-{kind}-{name}"] = view(TakeTicket(one, NOW, NOW + 6, 10), language, site=here)
    secret = replace(pending(language), answer=answer(status_url="/s/7H4K2MPX7H4K2MPX7H4K2MPX00"))
    return {**made, "ticket-secret": view(TakeTicket(secret, NOW, NOW + 6, 10), language)}


def _away(language: Language) -> dict[str, View]:
    """The hub is away, and numbers come from the lease."""
    job = replace(pending(language), away=True, answer=answer("A1000", ahead=0, estimate=None))
    shown: dict[str, Front] = {
        "attract": Attract(),
        "departments": Departments(),
        "ticket": TakeTicket(job, NOW, NOW + 6, 10),
        "trouble": Unprinted(job, Trouble.PAPER_OUT, since=NOW, until=NOW + 50, span=60),
        "closed": Closed(departments()[0], NO_NUMBER),
    }
    views = {f"away-{name}": view(front, language, away=True, picture_age_s=754) for name, front in shown.items()}
    astray = ("A503", "A504", "H510")
    return {
        **views,
        "away-direct": view(Attract(), language, departments=many(1), away=True, picture_age_s=754),
        "astray": view(Attract(), language, astray=astray[:1]),
        "astray-many": view(Departments(), language, astray=astray, site=site(insecure_lan=True), picture_age_s=17),
    }
