"""Every screen of the kiosk in every state, as views: what tests check and pictures are painted from."""

from dataclasses import replace as replace_facts

from kiosk_worlds import AR, DAY, EN, HI, answer, departments, estimate, site
from msgspec.structs import replace

from kiosk.codes import Strange as StrangeCode
from kiosk.corner import NOTHING_KNOWN, Facts, ReaderState, SoundState
from kiosk.flow import direct_department
from kiosk.fronts import (
    HUB_AWAY,
    NO_NUMBER,
    Asking,
    Attract,
    CheckIn,
    Closed,
    Departments,
    Easier,
    Found,
    Front,
    HubTrouble,
    IdleWarning,
    Languages,
    Needs,
    OneEach,
    OutOfService,
    Phone,
    PhoneKept,
    Pin,
    Printing,
    Seeking,
    Strange,
    TakeTicket,
    Technician,
    Unprinted,
    VisitTypes,
)
from kiosk.screens import View
from kiosk.states import State as FlowState
from kiosk.terms import Pending, Phase, Reason, RoomSign, Trouble
from smartqueue.look.screen import Screen
from smartqueue.terms import CommandId, Label, Language, Need, PrinterState, RoomKind, TokenState, VisitTypeId
from smartqueue.wire import DepartmentView, SiteView, TicketAnswer, VisitTypeView

SCREENS = {
    "7in": Screen(800, 480, 154.0),
    "7in-fine": Screen(1024, 600, 154.0),
    "10in": Screen(1280, 800, 217.0),
    "15in": Screen(1920, 1080, 344.0),
    "15in-upright": Screen(720, 1280, 194.0),
    "15in-upright-fine": Screen(1080, 1920, 194.0),
}
NOW = 1000.0
VISIT_TYPES = [
    VisitTypeView(id=VisitTypeId(f"type-{number}"), names={EN: en, HI: hi, AR: ar})
    for number, (en, hi, ar) in enumerate(
        [
            ("First visit", "पहली बार", "زيارة أولى"),
            ("Follow-up visit", "दोबारा जाँच", "متابعة"),
            ("Test results", "जाँच के नतीजे", "نتائج الفحوص"),
            ("Prescription", "दवा का पर्चा", "وصفة طبية"),
            ("Certificate for work or school", "काम या स्कूल का प्रमाणपत्र", "شهادة للعمل أو المدرسة"),
            ("Vaccination", "टीका", "تطعيم"),
            ("Dressing", "पट्टी", "ضماد"),
            ("Something else", "कुछ और", "شيء آخر"),
        ]
    )
]
MORE_TYPES = [replace(one, id=VisitTypeId(f"{one.id}-2")) for one in VISIT_TYPES]
GOOD_FACTS = Facts(
    version="1.4.0",
    unit="kiosk-hall",
    addresses=("192.168.10.21", "fd00::21"),
    hub="https://hub.riverside.example:8443",
    hub_version="1.4.0",
    link="up",
    reach_ms=4,
    seq=18204,
    clock_off_s=0.2,
    printer=PrinterState.OK,
    printer_profile="escpos-80",
    printer_address="tcp://192.168.10.30:9100",
    numbers=(("A", 40), ("K", 40), ("R", 38), ("X", 40), ("H", 12), ("M", 40)),
    reader=ReaderState.THERE,
    sound=SoundState.WORKS,
    sound_device="default",
    up_s=93_000,
)
BAD_FACTS = replace_facts(
    GOOD_FACTS,
    addresses=(),
    hub="",
    link="away",
    reach_ms=None,
    clock_off_s=-75.0,
    printer=PrinterState.OUT_OF_PAPER,
    numbers=(("A", 3),),
    unmerged=4,
    astray=("A503", "A504"),
    reader=ReaderState.MISSING,
    sound=SoundState.NO_CARD,
)


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
        "speaks": True,
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
        **_asking(job),
        **_looking_up(),
        **_corner(),
    }


def _asking(job: Pending) -> dict[str, Front]:
    """What a person is asked on the way, and after the ticket."""
    first = departments()[0]
    return {
        "easier": Easier(),
        "visit_types": VisitTypes(replace(first, visit_types=VISIT_TYPES[:3])),
        "needs": Needs(),
        "needs-department": Needs(first),
        "one_each": OneEach(first),
        "phone": Phone(job),
        "phone-typed": Phone(job, typed="9876543210"),
        "phone-foreign": Phone(job, typed="+447700900123", asked=True),
        "phone-bad": Phone(job, typed="987", problem="bad_phone"),
        "phone_kept": PhoneKept(job, since=NOW, until=NOW + 6, span=10),
    }


def ticket(state: TokenState, **changes: object) -> TicketAnswer:
    """Of A012, as it was found by its code."""
    made = answer()
    values: dict[str, object] = {
        "token": made.token,
        "label": made.label,
        "department": made.department,
        "issued_at": made.issued_at,
        "state": state,
        "room": None,
        "ahead": 5 if state is TokenState.WAITING else None,
        "estimate": estimate(20, 40) if state is TokenState.WAITING else None,
        "status_url": made.status_url,
        "short_code": made.short_code,
    }
    return TicketAnswer(**(values | changes))  # type: ignore[arg-type]


def _looking_up() -> dict[str, Front]:
    """Codes that were typed or read."""
    found = {f"found-{state}": Found(ticket(state), NOW + 20, 30) for state in TokenState}
    missed = ticket(TokenState.NO_SHOW, may_return=True)
    return {
        "check_in": CheckIn(),
        "check_in-typed": CheckIn("7H4K2MPX"),
        "check_in-letters": CheckIn("7H4K2", page=1),
        "check_in-more_letters": CheckIn("7H4K2", page=2),
        "check_in-unknown": CheckIn("7H4K2MPX", "unknown_ticket"),
        "check_in-away": CheckIn("7H4K", HUB_AWAY),
        "seeking": Seeking("7H4K2MPX", NOW - 4),
        **found,
        "found-return": Found(missed, NOW + 20, 30),
        "found-back": Found(missed, NOW + 20, 30, came_back=True),
        "found-by_label": Found(ticket(TokenState.WAITING, short_code=None, status_url=None), NOW + 20, 30),
        "found-problem": Found(missed, NOW + 20, 30, problem="too_many_requests"),
        **{f"strange-{what}": Strange(f"code.{what}", NOW + 5, 8) for what in StrangeCode},
    }


def _corner() -> dict[str, Front]:
    return {
        "pin": Pin(),
        "pin-typed": Pin("1234"),
        "pin-wrong": Pin(wrong=1),
        "pin-locked": Pin(wrong=3, locked_until=NOW + 42),
        "technician": Technician(GOOD_FACTS),
        "technician-troubled": Technician(BAD_FACTS, "test_not_printed"),
        "technician-empty": Technician(NOTHING_KNOWN, "restarting"),
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


GIANT_NAME = {
    EN: "Gastroenterology, Hepatology and Clinical Nutrition Outpatient Department",
    HI: "गैस्ट्रोएंटरोलॉजी, यकृत रोग एवं नैदानिक पोषण बहिरंग विभाग",
    AR: "عيادة أمراض الجهاز الهضمي والكبد والتغذية العلاجية الخارجية",
}


def giant(count: int, place: int = 0) -> tuple[DepartmentView, ...]:
    """One of them has a name that no usual card holds."""
    made = list(many(count))
    made[place] = replace(made[place], names=GIANT_NAME, waiting=128, estimate=estimate(150, 240))
    return tuple(made)


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
        **_wishes(language),
    }


def _names_and_notices(language: Language) -> dict[str, View]:
    open_lan = site(insecure_lan=True)
    return {
        "long-names": view(Departments(), language, departments=long_names(6)),
        "long-names-9": view(Departments(), language, departments=long_names(9)),
        "giant-name": view(Departments(), language, departments=giant(6)),
        "giant-name-second": view(Departments(), language, departments=giant(9, 1), checks_in=True),
        "giant-direct": view(Attract(), language, departments=giant(1)),
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
    twice = many(14)[10]
    longest = replace(
        pending(language, None, twice), answer=answer("HK1000", twice.id, ahead=128, estimate=estimate(150, 240))
    )
    made["ticket-longest"] = view(TakeTicket(longest, NOW, NOW + 6, 10), language, asks_phone=True)
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


def _wishes(language: Language) -> dict[str, View]:
    """What a person wants, and what a site has."""
    two = (Need.ELDERLY, Need.SLOW_WALKING)
    first, second, third, *rest = departments()
    ended = replace(first, issuing=False, last_label=Label("A046"), estimate=None)
    urgent = replace(second, emergency=True)
    both = (ended, urgent, replace(third, issuing=False), *rest)
    whole = {"checks_in": True, "reads_codes": True, "asks_phone": True}
    every = site(languages=[EN, HI, AR, "bn", "ta", "es", "fr", "pt", "sw", "zh"], phone_prefix="+91")
    shown: dict[str, tuple[Front, dict[str, object]]] = {
        "needs-chosen": (Needs(first), {"needs": two}),
        "needs-lowered": (Needs(first), {"needs": two, "lowered": True}),
        "easier-on": (Easier(), {"contrast": True, "speech": True, "needs": two, "checks_in": True}),
        "easier-check_in": (Easier(), {"checks_in": True, "lowered": True}),
        "visit_types-8": (VisitTypes(replace(first, visit_types=VISIT_TYPES)), {}),
        "visit_types-more": (VisitTypes(replace(first, visit_types=[*VISIT_TYPES, *MORE_TYPES]), page=1), {}),
        "visit_types-long": (VisitTypes(replace(long_names(6)[0], visit_types=VISIT_TYPES)), {}),
        "check_in-reader": (CheckIn(), {"reads_codes": True}),
        "check_in-long": (CheckIn("APPT20260302RIVERSIDE0042"), {}),
        "phone-prefix": (Phone(pending(language), typed="987654"), {"site": every}),
        "take-message": (TakeTicket(pending(language), NOW, NOW + 6, 10), {"asks_phone": True}),
        "departments-whole": (Departments(), {**whole, "needs": two}),
        "departments-whole-14": (Departments(1), {**whole, "departments": many(14)}),
        "departments-states": (Departments(), {**whole, "departments": both}),
        "attract-whole": (Attract(), whole),
        "attract-every-language": (Attract(), {**whole, "site": every}),
        "attract-direct-whole": (Attract(), {**whole, "site": every, "departments": many(1)}),
        "departments-every-language": (Departments(), {**whole, "site": every}),
        "languages-every": (Languages(), {"site": every}),
        "languages-second": (Languages(page=1), {"site": every}),
        "found-unknown-department": (Found(ticket(TokenState.WAITING, department="gone"), NOW + 5, 30), {}),
        **_expected(),
        "night": (Attract(), {"dim": True}),
        "night-plum": (Attract(), {"dim": True, "site": site(colour="#7A1F5C", insecure_lan=True)}),
        "night-out": (OutOfService(Reason.NO_HUB), {"dim": True}),
        "speech": (Departments(), {"speech": True}),
        "speech-key": (Departments(), {"speech": True, "spoken": "department:cardiology"}),
        "speech-need": (Needs(first), {"speech": True, "spoken": "need:deaf"}),
        "speech-take": (Needs(first), {"speech": True, "spoken": "take", "site": site(insecure_lan=True)}),
        "speech-digit": (CheckIn(), {"speech": True, "spoken": "char:7"}),
        "speech-ticket": (TakeTicket(pending(language), NOW, NOW + 6, 10), {"speech": True, "spoken": "done"}),
        "speech-contrast": (Easier(), {"speech": True, "spoken": "speech", "contrast": True}),
        "contrast": (Departments(), {"contrast": True, "checks_in": True}),
    }
    return {name: view(front, language, **about) for name, (front, about) in shown.items()}


def _expected() -> dict[str, tuple[Front, dict[str, object]]]:
    """Tickets that a room expects."""
    rooms = (RoomSign(RoomKind.ROOM, "3"), RoomSign(RoomKind.WINDOW, "112"))
    states = (TokenState.CALLED, TokenState.SERVING)
    return {
        f"found-{state}-{room.kind}": (Found(ticket(state), NOW + 20, 30), {"room": room})
        for state in states
        for room in rooms
    }


def contrasts(language: Language) -> dict[str, View]:
    """Every screen in high contrast."""
    return {name: view(front, language, contrast=True) for name, front in fronts(language).items()}
