"""Words in every language, complete and alike in shape."""

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from babel import Locale
from fontTools.ttLib import TTFont

from smartqueue.errors import (
    DepartmentClosed,
    Fault,
    HubAway,
    InvalidRequest,
    MethodNotAllowed,
    Refusal,
    UnknownRoom,
)
from smartqueue.i18n import (
    PLURAL_FORMS,
    MissingWords,
    Words,
    direction,
    entries,
    own_name,
    pick,
    places,
    shipped,
)
from smartqueue.look import fonts
from smartqueue.terms import LANGUAGES, Language

EN, HI, AR = Language("en"), Language("hi"), Language("ar")
OTHERS = [language for language in LANGUAGES if language != EN]
every_language = pytest.mark.parametrize("language", LANGUAGES)
every_other = pytest.mark.parametrize("language", OTHERS)
DAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 20, 5, tzinfo=UTC)


def plural_keys(language: Language) -> set[str]:
    return {key for key, entry in entries(language).items() if not isinstance(entry, str)}


def forms(language: Language, key: str) -> Mapping[str, str]:
    entry = entries(language)[key]
    assert not isinstance(entry, str)
    return entry


def tree(kind: type) -> Iterator[type]:
    for child in kind.__subclasses__():
        if child.__module__.startswith("smartqueue.errors"):
            yield child
            yield from tree(child)


# --- the files ----------------------------------------------------------------------------------------


@every_other
def test_no_key_is_missing_and_none_is_too_many(language: Language) -> None:
    assert set(entries(language)) == set(entries(EN))
    assert plural_keys(language) == plural_keys(EN)


@every_language
def test_every_count_has_exactly_the_forms_of_its_language(language: Language) -> None:
    needed = set(Locale.parse(language).plural_form.rules) | {"other"}
    for key in plural_keys(language):
        has = set(forms(language, key))
        assert needed <= has, key
        assert has <= needed | {"zero"}, key


def test_a_form_of_its_own_for_nothing_is_there_in_every_language_or_in_none() -> None:
    for key in plural_keys(EN):
        needed = [one for one in LANGUAGES if "zero" not in Locale.parse(one).plural_form.rules]
        assert len({"zero" in forms(language, key) for language in needed}) == 1, key


@every_other
def test_texts_need_the_same_values_in_every_language(language: Language) -> None:
    for key, entry in entries(EN).items():
        theirs = entries(language)[key]
        if isinstance(entry, str) and isinstance(theirs, str):
            assert places(theirs) == places(entry), key


@every_language
def test_plural_forms_need_the_same_values_but_may_leave_out_the_number(language: Language) -> None:
    for key in plural_keys(language):
        wanted = places(forms(EN, key)["other"]) | {"n"}
        assert "n" in places(forms(language, key)["other"]), key
        for form, text in forms(language, key).items():
            assert places(text) | {"n"} == wanted, (key, form)


@every_language
def test_no_text_is_empty_or_has_spaces_at_its_ends(language: Language) -> None:
    for key, entry in entries(language).items():
        for text in (entry,) if isinstance(entry, str) else entry.values():
            assert text.strip(), key
            assert key == "language.comma" or text == text.strip(), key


@every_language
def test_digits_are_latin(language: Language) -> None:
    for key, entry in entries(language).items():
        for text in (entry,) if isinstance(entry, str) else entry.values():
            assert all(character.isascii() for character in text if character.isdigit()), key


@every_language
def test_every_sign_of_the_words_is_in_the_prepared_face(language: Language) -> None:
    face = fonts.face(language, 700)
    if not face.is_file():
        pytest.skip(fonts.remedy(fonts.script(language)))
    with TTFont(face) as font:
        known = {*font.getBestCmap(), ord("\n"), 0x200C, 0x200D}
    texts = [
        text for entry in entries(language).values() for text in ([entry] if isinstance(entry, str) else entry.values())
    ]
    assert sorted({sign for text in texts for sign in text if ord(sign) not in known}) == []


WRONG_MARKS = {
    "hi": r"[\u0900-\u097f]\.(?: |$)|'",
    "bn": r"[\u0980-\u09ff]\.(?: |$)|'",
    "ta": r"'",
    "ar": r"[,;?]|'",
    "es": r"'",
    "fr": r"[^\u202f][;?!]|[^\d\u202f]:|'|[«]\S|\S[»]",
    "pt": r"'",
    "sw": r"'",
    "zh": r"[\u4e00-\u9fff] ?[,:;?!]|[\u4e00-\u9fff]\.(?!\w)|'",
}
"""What is wrong in the typography of each language, outside of code: full stops, question marks and commas of other
scripts, straight apostrophes, French marks without their narrow space."""


def written(language: str) -> Iterator[tuple[str, str]]:
    """Every text with its key, without code and placeholders."""
    for key, entry in entries(Language(language)).items():
        for text in (entry,) if isinstance(entry, str) else entry.values():
            yield key, re.sub(r"`[^`]*`|\(\w+: \w+\)|\{\w+\}|https?://\S+", "0", text)


@pytest.mark.parametrize("language", WRONG_MARKS)
def test_every_language_has_its_own_marks(language: str) -> None:
    assert [(key, text) for key, text in written(language) if re.search(WRONG_MARKS[language], text)] == []


def test_spanish_questions_and_calls_begin_with_their_mark() -> None:
    texts = list(written("es"))
    assert [key for key, text in texts if text.count("?") != text.count("¿")] == []
    assert [key for key, text in texts if text.count("!") != text.count("¡")] == []


@every_language
@pytest.mark.parametrize("area", ["refusal", "fault"])
def test_every_error_code_has_title_and_detail_and_no_other_has(language: Language, area: str) -> None:
    root: type = Refusal if area == "refusal" else Fault
    codes = {kind.code for kind in (root, *tree(root))}
    said = {tuple(key.split(".")[1:]) for key in entries(language) if key.startswith(f"{area}.")}
    assert said == {(code, part) for code in codes for part in ("title", "detail")}


# --- texts --------------------------------------------------------------------------------------------


def test_a_text_takes_values() -> None:
    assert Words(EN).text("refusal.room_paused.detail", room="Room 3") == "Room 3 is paused. Open it before you call."


def test_an_unknown_key_and_a_missing_value_are_mistakes() -> None:
    with pytest.raises(MissingWords, match=r"no text refusal\.tea"):
        Words(EN).text("refusal.tea")
    with pytest.raises(MissingWords, match="needs a value for 'room'"):
        Words(EN).text("refusal.room_paused.detail")
    with pytest.raises(MissingWords, match="no plural forms"):
        Words(EN).count("refusal.room_paused.title", 1)


@pytest.mark.parametrize(
    ("language", "numbers"),
    [
        (EN, {1: "one", 2: "other", 11: "other"}),
        (HI, {1: "one", 2: "other"}),
        (AR, {0: "zero", 1: "one", 2: "two", 5: "few", 11: "many", 100: "other", 103: "few"}),
        (Language("fr"), {1: "one", 2: "other"}),
        (Language("sw"), {1: "one", 2: "other"}),
        (Language("zh"), {1: "other", 2: "other"}),
    ],
)
def test_a_count_takes_the_form_of_its_language(language: Language, numbers: dict[int, str]) -> None:
    key = "kiosk.before_you"
    for n, form in numbers.items():
        assert Words(language).count(key, n) == forms(language, key)[form].format(n=n)


@every_language
def test_a_form_for_nothing_is_taken_in_every_language(language: Language) -> None:
    key = "kiosk.before_you"
    assert Words(language).count(key, 0) == forms(language, key)["zero"].format(n=0)


def test_an_error_says_what_happened_and_what_to_do() -> None:
    refusal = UnknownRoom(room="room-9", known=["room-1", "room-2"])
    assert Words(EN).title(refusal) == "There is no such room."
    assert Words(EN).detail(refusal) == "room-9 is not a room of this site. Use one of: room-1, room-2."
    assert "room-1، room-2" in Words(AR).detail(refusal)
    assert Words(HI).title(HubAway("timeout")) == "हब जवाब नहीं दे रहा है।"


def test_a_refusal_without_its_values_falls_back_to_the_hubs_words() -> None:
    refusal = DepartmentClosed()
    assert Words(EN).detail(refusal) == "This department is closed."
    refusal.detail = "The lab is closed."
    assert Words(EN).detail(refusal) == "The lab is closed."


def test_an_error_without_words_of_its_own_has_those_of_its_tree() -> None:
    class NewRefusal(MethodNotAllowed):
        code = "never_heard_of"

    assert Words(EN).title(NewRefusal()) == "This was refused."
    assert Words(EN).detail(InvalidRequest(errors=["a", "b"])).endswith("a, b")


def test_a_language_without_words_gets_english_ones() -> None:
    assert Words(Language("te")).language == EN
    assert shipped(Language("hi-IN")) == HI
    assert Words(Language("AR")).direction == "rtl"


# --- names and directions -----------------------------------------------------------------------------


def test_a_name_is_picked_in_the_language_or_the_default_or_any() -> None:
    names = {EN: "Laboratory", HI: "प्रयोगशाला"}
    assert pick(names, HI, EN) == "प्रयोगशाला"
    assert pick(names, Language("hi-IN"), EN) == "प्रयोगशाला"
    assert pick(names, AR, EN) == "Laboratory"
    assert pick({HI: "प्रयोगशाला"}, AR, EN) == "प्रयोगशाला"
    assert pick({HI: "प्रयोगशाला", AR: ""}, AR, HI) == "प्रयोगशाला"
    assert pick({}, AR, EN) == ""


@pytest.mark.parametrize(
    ("way", "languages"),
    [
        ("rtl", ["ar", "ar-EG", "he", "ur", "pa-Arab", "uz-Arab-AF"]),
        ("ltr", ["en", "hi", "zh-Hans", "ks-Latn"]),
    ],
)
def test_every_language_has_a_direction(way: str, languages: list[str]) -> None:
    assert {direction(Language(language)) for language in languages} == {way}


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "English"),
        ("hi", "हिन्दी"),
        ("ar", "العربية"),
        ("ta", "தமிழ்"),
        ("bn", "বাংলা"),
        ("zh", "中文"),
        ("te", "తెలుగు"),
        ("xx-nowhere", "xx-nowhere"),
    ],
)
def test_a_language_is_called_by_its_own_name(language: str, name: str) -> None:
    assert own_name(Language(language)) == name


# --- dates --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "short", "compact", "long", "today"),
    [
        ("en", "2 Mar 2026", "Mon 2 Mar 2026", "Monday 2 March 2026", "Monday 2 March"),
        ("hi", "2 मार्च 2026", "सोम 2 मार्च 2026", "सोमवार 2 मार्च 2026", "सोमवार 2 मार्च"),
        ("bn", "2 মার্চ 2026", "সোম 2 মার্চ 2026", "সোমবার 2 মার্চ 2026", "সোমবার 2 মার্চ"),
        ("ta", "2 மார். 2026", "திங். 2 மார். 2026", "திங்கள் 2 மார்ச் 2026", "திங்கள் 2 மார்ச்"),
        ("ar", "2 مارس 2026", "الاثنين 2 مارس 2026", "الاثنين 2 مارس 2026", "الاثنين 2 مارس"),
        ("es", "2 mar 2026", "lun 2 mar 2026", "lunes, 2 de marzo de 2026", "lunes, 2 de marzo"),
        ("fr", "2 mars 2026", "lun. 2 mars 2026", "lundi 2 mars 2026", "lundi 2 mars"),
        ("pt", "2 mar. 2026", "seg. 2 mar. 2026", "segunda-feira, 2 de março de 2026", "segunda-feira, 2 de março"),
        ("sw", "2 Mac 2026", "Jumatatu 2 Mac 2026", "Jumatatu 2 Machi 2026", "Jumatatu 2 Machi"),
        ("zh", "2026年3月2日", "2026年3月2日 周一", "2026年3月2日 星期一", "3月2日 星期一"),
    ],
)
def test_dates_are_written_as_people_do(language: str, short: str, compact: str, long: str, today: str) -> None:
    words = Words(Language(language))
    assert (words.date_short(DAY), words.date_compact(DAY), words.date_long(DAY)) == (short, compact, long)
    assert words.date_day(DAY) == today


def test_a_moment_is_shown_in_the_zone_of_the_site() -> None:
    kolkata = ZoneInfo("Asia/Kolkata")
    assert Words(HI).time(AT) == "20:05"
    assert Words(HI).time(AT, kolkata) == "01:35"
    assert Words(EN).date_short(AT, kolkata) == "3 Mar 2026"


def test_english_problem_texts_need_no_babel() -> None:
    script = (
        "import sys; from smartqueue.i18n import Words; from smartqueue.errors import BadJson; "
        "Words('en').detail(BadJson()); Words('en').title(BadJson()); print('babel' in sys.modules)"
    )
    assert subprocess.check_output([sys.executable, "-c", script], text=True) == "False\n"


def test_the_forms_are_those_of_cldr() -> None:
    assert {form for key in plural_keys(AR) for form in forms(AR, key)} <= PLURAL_FORMS
