"""Facts of tickets for tests, pictures and benches: the usual one, the longest ones, and those with little on them."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from kiosk.ticket_facts import TicketFacts
from smartqueue.terms import Label, Language
from smartqueue.wire import Names

EN, HI, AR = Language("en"), Language("hi"), Language("ar")
ZONE = ZoneInfo("Asia/Kolkata")
ADDRESS = "HTTP://Q.RIVERSIDE.EXAMPLE/S/7H4K2MPX9Q0WERTYAB12CD34EF"


def names(**texts: str) -> Names:
    return {Language(language): text for language, text in texts.items()}


SITE = names(
    en="Riverside Clinic",
    hi="रिवरसाइड क्लिनिक",
    ar="عيادة ريفرسايد",
    bn="রিভারসাইড ক্লিনিক",
    ta="ரிவர்சைடு மருத்துவமனை",
    es="Clínica Riverside",
    fr="Clinique Riverside",
    pt="Clínica Riverside",
    sw="Kliniki ya Riverside",
    zh="河畔诊所",
)
DEPARTMENT = names(
    en="General Medicine",
    hi="सामान्य चिकित्सा",
    ar="الطب العام",
    bn="সাধারণ চিকিৎসা",
    ta="பொது மருத்துவம்",
    es="Medicina general",
    fr="Médecine générale",
    pt="Clínica geral",
    sw="Tiba ya jumla",
    zh="普通内科",
)
AREA = names(
    en="Area 2, first floor",
    hi="क्षेत्र 2, पहली मंज़िल",
    ar="المنطقة 2، الطابق الأول",
    bn="এলাকা 2, দোতলা",
    ta="பகுதி 2, முதல் மாடி",
    es="Zona 2, primera planta",
    fr="Zone 2, premier étage",
    pt="Área 2, primeiro andar",
    sw="Eneo 2, ghorofa ya kwanza",
    zh="2区，二楼",
)
FACTS = TicketFacts(
    label=Label("A012"),
    language=EN,
    default_language=EN,
    site=SITE,
    department=DEPARTMENT,
    department_icon="stethoscope",
    area=AREA,
    taken_at=datetime(2026, 3, 2, 9, 42, tzinfo=ZONE),
    ahead=8,
    called_between=(datetime(2026, 3, 2, 10, 20, tzinfo=ZONE), datetime(2026, 3, 2, 10, 50, tzinfo=ZONE)),
    status_address=ADDRESS,
    short_code="7H4K2MPX",
)
LONG_SITE = names(
    en="St. Bartholomew's Memorial Hospital and Research Centre",
    hi="संत बार्थोलोम्यू स्मारक अस्पताल एवं अनुसंधान केंद्र",
    ar="مستشفى القديس بارثولوميو التذكاري ومركز الأبحاث",
    bn="সেন্ট বার্থোলোমিউ স্মৃতি হাসপাতাল ও গবেষণা কেন্দ্র",
    ta="புனித பர்த்தலோமேயு நினைவு மருத்துவமனை",
    es="Hospital Conmemorativo y Centro de Investigación San Bartolomé",
    fr="Hôpital commémoratif et centre de recherche Saint-Barthélemy",
    pt="Hospital Memorial e Centro de Pesquisa São Bartolomeu",
    sw="Hospitali ya Kumbukumbu na Kituo cha Utafiti cha Mtakatifu Bartolomayo",
    zh="圣巴塞洛缪纪念医院暨医学研究中心",
)
LONG_DEPARTMENT = names(
    en="Otorhinolaryngology and Audiology",
    hi="कान नाक गला एवं श्रवण विज्ञान विभाग",
    ar="الأنف والأذن والحنجرة والسمعيات",
    bn="নাক কান গলা ও শ্রবণবিদ্যা বিভাগ",
    ta="காது மூக்கு தொண்டை பிரிவு",
    es="Otorrinolaringología y audiología",
    fr="Oto-rhino-laryngologie et audiologie",
    pt="Otorrinolaringologia e audiologia",
    sw="Magonjwa ya masikio, pua na koo",
    zh="耳鼻咽喉头颈外科暨听力学科",
)
LONGEST = {
    "site": LONG_SITE,
    "department": LONG_DEPARTMENT,
    "copy": True,
    "trial": True,
    "status_address": "HTTPS://QUEUE.BARTHOLOMEW-HOSPITAL.EXAMPLE.ORG:8443/S/7H4K2MPX9Q0WERTYAB12CD34EF",
}
BARE = {"called_between": None, "status_address": None, "ahead": None, "area": {}}
AWAY = {"called_between": None, "ahead": None, "away": True}
"""Issued by the kiosk alone."""


def other_default(language: Language) -> Language:
    """A language for the site that makes a ticket carry two."""
    return HI if language == EN else EN


def facts(language: Language, **changes: object) -> TicketFacts:
    values = {"language": language, "default_language": other_default(language), **changes}
    return replace(FACTS, **values)  # type: ignore[arg-type]


TICKETS: dict[str, dict[str, object]] = {
    "usual": {},
    "longest": LONGEST,
    "bare": BARE,
    "copy": {"copy": True},
    "away": AWAY,
}
