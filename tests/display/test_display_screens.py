from dataclasses import replace

import pytest
from display_clinic import CALLS, NAMES, call, department, picture, site
from display_gallery import LANGUAGES, crowded, view
from msgspec import structs

from display.screens import connecting, draw, grid, refused
from display.screens.away import as_of
from smartqueue.i18n import Words
from smartqueue.look import paint, typeset
from smartqueue.look.scene import Icon, Panel, Scene, Text
from smartqueue.look.theme import NIGHT

HD = grid(1920, 1080)
UPRIGHT = grid(1080, 1920)
ON = ("A012", "room-3")


def texts(scene: Scene) -> list[str]:
    return [item.text for item in scene.items if isinstance(item, Text)]


def text(scene: Scene, wanted: str) -> Text:
    """The largest one with these words."""
    found = [item for item in scene.items if isinstance(item, Text) and item.text == wanted]
    assert found, f"{wanted!r} is not among {texts(scene)}"
    return max(found, key=lambda item: item.capital_px)


def baseline(item: Text) -> int:
    return paint.place(item)[2]


def icons(scene: Scene) -> set[str]:
    return {item.name for item in scene.items if isinstance(item, Icon)}


def is_arrow(item) -> bool:
    return isinstance(item, Icon) and item.name == "arrow-right"


@pytest.mark.parametrize("language", LANGUAGES)
def test_capitals_of_the_label_on_call_are_at_least_18_percent_of_the_height(language):
    for width, size_px in ((1280, 720), (1920, 1080), (3840, 2160), (1366, 768)):
        for on in (ON, ("A1000", "window-12"), ("A1000", "room-12b")):
            scene = draw(view(picture(), language, on=on), grid(width, size_px))
            block, _, _ = paint.place(text(scene, on[0]))
            assert block.capital_px >= 0.18 * size_px


def test_in_portrait_the_label_has_a_line_of_its_own_and_18_percent_of_the_width():
    scene = draw(view(picture(), "en", on=ON), UPRIGHT)
    label, number = text(scene, "A012"), text(scene, "3")
    assert paint.place(label)[0].capital_px >= 0.18 * 1080
    assert label.box.bottom <= number.box.y


@pytest.mark.parametrize("language", LANGUAGES)
def test_label_room_and_number_stand_on_one_baseline(language):
    scene = draw(view(picture(), language, on=ON), HD)
    word = Words(language).text("display.room")
    assert len({baseline(text(scene, wanted)) for wanted in ("A012", word, "3")}) == 1


def test_a_history_row_stands_on_one_baseline_and_numbers_end_below_each_other():
    scene = draw(view(picture(), "en"), HD)
    assert baseline(text(scene, "A012")) == baseline(text(scene, "3"))
    ends = {text(scene, number).box.right for number in ("3", "2", "5", "1", "6")}
    assert len(ends) == 1


def test_digits_are_tabular():
    style = typeset.Style("en", 700, tight=True)
    widths = {typeset.width(f"A{digit * 3}", 200, style) for digit in "0123456789"}
    assert max(widths) - min(widths) < 0.5


def test_a_call_is_in_the_colour_that_nothing_else_has():
    on, off = draw(view(picture(), "en", on=ON), HD), draw(view(picture(), "en"), HD)
    assert [item.fill for item in on.items if isinstance(item, Panel)].count(NIGHT.call) == 1
    assert all(item.fill != NIGHT.call for item in off.items if isinstance(item, Panel))


def test_only_the_ring_pulses_and_the_call_itself_is_steady():
    with_ring = draw(view(picture(), "en", on=ON, for_s=0.1), HD)
    without = draw(view(picture(), "en", on=ON, for_s=0.6), HD)
    extra = set(with_ring.items) - set(without.items)
    assert len(extra) == 1
    assert set(without.items) <= set(with_ring.items)
    assert extra.pop().edge == NIGHT.call


def test_a_call_has_four_rows_below_it_and_an_idle_board_five():
    rows = [str(one.label) for one in CALLS]
    shown = texts(draw(view(picture(), "en", on=ON), HD))
    assert [label for label in rows if label in shown] == rows[:5]
    idle = texts(draw(view(picture(), "en"), HD))
    assert [label for label in rows if label in idle] == rows[:5]


def test_more_calls_than_rows_take_turns():
    calls = tuple(call(40 - n, f"A{n:03}", ago_s=10 * n, played=True) for n in range(8))
    first = texts(draw(view(picture(calls), "en"), HD))
    second = texts(draw(view(picture(calls), "en", at_s=6.0), HD))
    assert {f"A{n:03}" for n in range(8)} <= {*first, *second}


def test_the_history_beside_a_new_call_begins_with_its_first_page_while_departments_go_on():
    about = view(crowded(), "en", on=("A1000", "window-12"), at_s=6.0)
    new = texts(draw(replace(about, standing_s=0.0), HD))
    later = texts(draw(about, HD))
    assert "A999" in new
    assert "A999" in later
    assert "A998" in new
    assert "A998" not in later
    assert [one for one in new if one.endswith(" min")] == [one for one in later if one.endswith(" min")]


def test_departments_show_range_break_and_opening_time():
    shown = texts(draw(view(picture(), "en"), HD))
    assert {"15–35 min", "break until 10:45", "opens 14:00"} <= set(shown)


def test_a_wait_is_never_said_to_be_from_zero_minutes():
    shown = texts(draw(view(picture(departments=(department("A", range_=(0, 15)),)), "en"), HD))
    assert "up to 15 min" in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_the_hub_away_the_board_says_of_when_it_is_and_shows_labels_but_no_ranges(language):
    scene = draw(view(picture(), language, away=True, late=9), HD)
    shown = texts(scene)
    assert any("10:31" in one and "9" in one for one in shown)
    assert {"A012", "K007", "H019", "A011", "M004"} <= set(shown)
    assert not any("15–35" in one or "35 دقيقة" in one for one in shown)
    assert "wifi-off" in icons(scene)


def test_the_age_of_the_board_grows_from_minutes_to_hours_to_a_date():
    def said(late: float) -> str:
        return as_of(view(picture(), "en", away=True, late=late))

    assert said(0.5) == "Board as of 10:31"
    assert said(1) == "Board as of 10:31, 1 minute old"
    assert said(9) == "Board as of 10:31, 9 minutes old"
    assert said(60) == "Board as of 10:31, 1 hour old"
    assert said(1440) == "Board of 2\u00a0Mar\u00a02026, 10:31"


def test_an_age_that_the_clocks_contradict_is_not_told():
    assert as_of(view(picture(), "en", away=True, late=-30)) == "Board as of 10:31"


def test_a_call_that_stands_while_the_hub_goes_away_stays_and_says_so():
    scene = draw(view(picture(), "en", on=ON, away=True, late=0.1), HD)
    assert scene.name == "display-call"
    assert "Board as of 10:31" in texts(scene)
    assert "15–35 min" not in texts(scene)


@pytest.mark.parametrize("about", [{}, {"on": ON}, {"away": True, "late": 3}])
def test_a_hub_without_tls_on_the_network_is_said_on_every_board(about):
    scene = draw(view(picture(about=site(insecure_lan=True)), "en", **about), HD)
    assert Words("en").text("display.insecure") in texts(scene)


@pytest.mark.parametrize("about", [{}, {"on": ON}, {"away": True, "late": 3}])
def test_missing_sound_is_said_on_every_board(about):
    scene = draw(view(picture(), "en", sound=False, **about), HD)
    assert Words("en").text("display.no_sound") in texts(scene)
    assert "bell-off" in icons(scene)


@pytest.mark.parametrize("size", [HD, UPRIGHT], ids=["landscape", "portrait"])
def test_arabic_reads_from_the_right_and_the_arrow_turns_round(size):
    english, arabic = (draw(view(picture(), language, on=ON), size) for language in ("en", "ar"))
    left, right = text(english, "A012"), text(arabic, "A012")
    assert left.box.x == pytest.approx(size.width_px - right.box.right)
    arrows = [item for item in arabic.items if isinstance(item, Icon) and item.name == "arrow-right"]
    assert arrows
    assert all(item.flipped for item in arrows)
    assert not any(item.flipped for item in arabic.items if isinstance(item, Icon) and item.name == "clinic")


def test_labels_and_digits_stay_latin_in_every_language():
    for language in LANGUAGES:
        shown = texts(draw(view(picture(), language, on=ON), HD))
        assert {"A012", "3", "10:31"} <= set(shown)


def test_a_name_that_is_not_translated_is_shown_in_the_sites_language_and_set_in_it():
    departments = tuple(
        structs.replace(one, names={"en": NAMES[one.letter][1]}) for one in picture().departments.values()
    )
    scene = draw(view(picture(departments=departments), "ar"), HD)
    assert text(scene, "Paediatrics").language == "en"


def test_the_clock_is_the_sites():
    assert "10:36" in texts(draw(view(picture(), "en", late=5), HD))


def test_a_refused_display_says_that_it_is_out_of_service_and_what_people_do_now():
    scene = refused(Words("en"), HD)
    assert {"This screen is out of service", Words("en").text("display.refused.note")} <= set(texts(scene))
    assert scene.name == "display-refused"
    assert connecting(Words("en"), HD).name == "display-connecting"


# --- where lines end ---------------------------------------------------------------------------------


def lines_of(scene: Scene, beginning: str) -> tuple[str, ...]:
    return next(paint.place(item)[0].lines for item in scene.texts() if item.text.startswith(beginning))


def test_the_age_of_the_board_breaks_after_its_comma():
    scene = draw(view(picture(), "en", away=True, late=9), UPRIGHT)
    assert lines_of(scene, "Board as of") == ("Board as of 10:31,", "9 minutes old")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [HD, UPRIGHT], ids=["landscape", "portrait"])
def test_a_date_never_breaks_inside(size, language):
    scene = draw(view(picture(), language, away=True, late=1500), size)
    placed = [paint.place(item)[0].lines for item in scene.texts() if "2026" in item.text]
    assert placed
    assert all(any("2\u00a0" in line and "2026" in line for line in lines) for lines in placed)


def test_two_sentences_on_two_lines_break_between_them():
    scene = draw(view(picture(calls=()), "hi"), HD)
    assert lines_of(scene, "अभी किसी") == ("अभी किसी को नहीं बुलाया गया।", "आपका नंबर यहाँ दिखेगा।")


def test_no_advice_ends_with_a_word_alone():
    for size in (HD, UPRIGHT, grid(1280, 720)):
        for language in LANGUAGES:
            scene = draw(view(picture(), language, away=True, late=9), size)
            keys = [Words(language).text(f"display.away.{key}") for key in ("valid", "listen", "ranges")]
            for item in scene.texts():
                if item.text.replace("\n", " ") in keys:
                    assert " " in paint.place(item)[0].lines[-1]


# --- departments -------------------------------------------------------------------------------------


def test_every_department_has_its_turn():
    letters = {one.letter for one in crowded().departments.values()}
    shown = {one for n in range(4) for one in texts(draw(view(crowded(), "en", at_s=6.0 * n), HD))}
    assert letters <= shown
