"""The panel of departments: how many stand at once, how soon all have had their turn, and that no name is cut."""

from itertools import pairwise

import pytest
from display_clinic import DEPARTMENTS, ROOMS, estimate, picture, site
from display_gallery import FLU, LONG, LONG_NOTICE, crowded, ordinary, view
from msgspec import structs

from display.board import Layout, turn_of
from display.screens import draw, grid
from display.showing import next_change_s
from hub import demo_names
from smartqueue.look.scene import Icon, Panel, Scene, Text
from smartqueue.look.scene_check import check, ink_box
from smartqueue.look.theme import NIGHT
from smartqueue.picture import Picture
from smartqueue.terms import LANGUAGES, DepartmentId, Language, RoomState

HD, UPRIGHT = grid(1920, 1080), grid(1080, 1920)
ON = ("A012", "room-3")
EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)
LETTERS = ("HK", "GY", "DE", "NE", "UR", "EY", "DT", "PH")
LONGEST = "Otorhinolaryngology – Head and Neck Surgery"


def large(notices=()) -> Picture:
    """Fourteen departments, one of them with an emergency, names of every length, and rooms on a break."""
    names = (demo_names.GENERAL, demo_names.LABORATORY, demo_names.PHARMACY, demo_names.CARDIOLOGY)
    more = [
        structs.replace(
            DEPARTMENTS[0],
            id=DepartmentId(letter),
            letter=letter,
            names={"en": LONGEST} if letter == "HK" else LONG["K"] if letter == "GY" else names[n % 4],
            estimate=estimate(90 + 10 * n, 150 + 10 * n),
            emergency=letter == "GY",
            issuing=letter != "DE",
        )
        for n, letter in enumerate(LETTERS)
    ]
    rooms = [structs.replace(one, state=RoomState.PAUSED) if one.number == "12" else one for one in ROOMS]
    return picture(
        departments=(*DEPARTMENTS, *more), rooms=tuple(rooms), about=structs.replace(site(), notices=notices)
    )


def letters(scene: Scene, known: Picture) -> list[str]:
    """Of the departments that stand, in order: of those in badges."""
    badges = [one.box for one in scene.items if isinstance(one, Panel) and one.edge == NIGHT.quiet]
    own = {one.letter for one in known.departments.values()}
    found = [one for one in scene.texts() if one.text in own and any(box.encloses(one.box, 2) for box in badges)]
    return [one.text for one in sorted(found, key=lambda one: one.box.y)]


def pages(known: Picture, language: str, size, **about) -> list[list[str]]:
    """What stands in each second of half a minute; the seconds in which it is the same count once."""
    seen: list[list[str]] = []
    for second in range(30):
        now = letters(draw(view(known, language, at_s=float(second), **about), size), known)
        if not seen or now != seen[-1]:
            seen.append(now)
    return seen


@EVERY_LANGUAGE
@pytest.mark.parametrize("size", [HD, UPRIGHT], ids=["landscape", "portrait"])
@pytest.mark.parametrize("about", [{}, {"on": ON}], ids=["idle", "call"])
def test_on_an_ordinary_day_all_six_departments_stand_at_once(language, size, about):
    assert len(letters(draw(view(ordinary(), language, **about), size), ordinary())) == 6


@EVERY_LANGUAGE
def test_six_departments_and_a_notice_stand_below_a_call(language):
    """Tamil letters reach far above and below their lines: there they have two turns."""
    told = {**FLU, Language(language): FLU.get(Language(language), FLU["en"])}
    known = picture(about=structs.replace(site(), notices=[told]))
    scene = draw(view(known, language, on=ON), HD)
    assert len(letters(scene, known)) == (6 if language != "ta" else 3)
    assert told[Language(language)] in [one.text for one in scene.texts()]
    assert [str(one) for one in check(scene)] == []


@EVERY_LANGUAGE
def test_during_a_call_a_row_is_taller_only_where_it_has_two_lines(language):
    scene = draw(view(ordinary(), language, on=ON), HD)
    badges = [one.box for one in scene.items if isinstance(one, Panel) and one.edge == NIGHT.quiet]
    steps = sorted(below.centre[1] - above.centre[1] for above, below in pairwise(badges))
    assert steps[2] - steps[0] < 1


@EVERY_LANGUAGE
@pytest.mark.parametrize("about", [{}, {"on": ON}], ids=["idle", "call"])
def test_all_of_fourteen_departments_have_their_turn_in_little_more_than_twenty_seconds(language, about):
    """Also with an emergency, breaks and long notices beside them."""
    known = large([FLU, LONG_NOTICE])
    seen = set()
    for second in range(24):
        seen |= set(letters(draw(view(known, language, at_s=float(second), **about), HD), known))
    assert seen == {one.letter for one in known.departments.values()}


@pytest.mark.parametrize("size", [HD, UPRIGHT], ids=["landscape", "portrait"])
def test_no_page_repeats_a_department_of_another(size):
    known = large()
    count = len(known.departments)
    shown = [letter for one in pages(known, "en", size) for letter in one]
    assert len(set(shown[:count])) == count


def test_between_calls_at_least_five_of_fourteen_stand_at_once():
    assert min(len(one) for one in pages(large(), "hi", HD)) >= 4
    assert max(len(one) for one in pages(large(), "hi", HD)) >= 5


@EVERY_LANGUAGE
@pytest.mark.parametrize("known", [large(), crowded()], ids=["large", "crowded"])
def test_no_name_is_cut_and_nothing_touches(known, language):
    for on in (None, ON):
        for second in range(0, 24, 3):
            scene = draw(view(known, language, on=on, at_s=float(second)), HD)
            assert [str(one) for one in check(scene)] == []
            assert not any("…" in one.text for one in scene.texts())


def test_a_word_that_is_wider_than_the_panel_is_hyphenated():
    known = picture(
        departments=tuple(structs.replace(one, names={"en": "Otorhinolaryngological" * 2}) for one in DEPARTMENTS)
    )
    scene = draw(view(known, "en"), HD)
    said = [one.text for one in scene.texts()]
    assert any(one.endswith("-") for one in said)
    assert [one.kind for one in check(scene)] == []


@EVERY_LANGUAGE
@pytest.mark.parametrize("on", [None, ON])
def test_what_is_written_of_a_department_stays_inside_the_panel(language, on):
    known = large()
    for second in range(0, 18, 3):
        scene = draw(view(known, language, on=on, at_s=float(second)), HD)
        badges = [one.box for one in scene.items if isinstance(one, Panel) and one.edge == NIGHT.quiet]
        panels = [one.box for one in scene.items if isinstance(one, Panel) and one.fill == NIGHT.card]
        panel = next(box for box in panels if any(box.encloses(badge) for badge in badges))
        inside = [one for one in scene.items if isinstance(one, Text | Icon) and panel.overlaps(one.box)]
        assert all(panel.encloses(ink_box(one)) for one in inside)
        dots = [one.box for one in scene.items if isinstance(one, Panel) and one.box.w == 2 * one.radius_px]
        marks = [dot.y for dot in dots if panel.encloses(dot)]
        if 1 < len(marks) <= 3:
            assert min(marks) - max(ink_box(one).bottom for one in inside) < 70


def test_rows_of_one_line_are_of_one_height_on_every_page_and_badges_are_square():
    steps = set()
    for second in range(0, 18, 6):
        scene = draw(view(ordinary(), "en", at_s=float(second)), HD)
        badges = [one.box for one in scene.items if isinstance(one, Panel) and one.edge == NIGHT.quiet]
        assert all(one.w == one.h for one in badges)
        steps |= {round(below.y - above.y, 3) for above, below in pairwise(badges)}
    assert len(steps) == 1


def test_departments_keep_their_places_while_notes_of_different_height_take_turns():
    told = picture(
        about=structs.replace(site(), notices=[FLU, {Language("en"): "Please keep your mask on in the halls."}])
    )
    scenes = [draw(view(told, "en", at_s=6.0 * n), HD) for n in range(2)]
    heights = [
        {one.box.h for one in scene.items if isinstance(one, Panel) and one.edge == NIGHT.edge} for scene in scenes
    ]
    places = [
        [one.box for one in scene.items if isinstance(one, Panel) and one.edge == NIGHT.quiet] for scene in scenes
    ]
    assert heights[0] != heights[1]
    assert places[0] == places[1]


def test_a_page_stands_the_shorter_the_more_there_are_and_the_screen_is_drawn_in_time():
    for pages_ in range(1, 12):
        turns = [turn_of(pages_, second / 2) for second in range(120)]
        assert set(turns) == set(range(pages_))
        for half, (before, after) in enumerate(pairwise(turns)):
            assert before == after or next_change_s(half / 2 + 0.25, None, None, 14) <= 0.25


def test_by_department_too_every_name_is_whole():
    scene = draw(view(crowded(), "en", Layout.DEPARTMENTS), grid(1920, 1080, Layout.DEPARTMENTS))
    assert not any("…" in one.text for one in scene.texts())


@pytest.mark.parametrize("layout", [Layout.RECENT, Layout.DEPARTMENTS])
@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920)], ids=str)
def test_a_page_is_marked_by_dots_of_which_one_is_filled_and_never_by_a_number(layout, size):
    known, seen = large(), []
    for at_s in (0.0, 6.0):
        scene = draw(view(known, "en", layout, at_s=at_s, on=ON), grid(*size, layout))
        dots = [
            one for one in scene.items if isinstance(one, Panel) and one.radius_px == one.box.w / 2 == one.box.h / 2
        ]
        seen.append([dot.fill is not None for dot in sorted(dots, key=lambda dot: dot.box.x)])
        assert not any("/" in one.text for one in scene.texts())
    assert len(seen[0]) == len(seen[1]) > 1
    assert [sum(one) for one in seen] == [1, 1]
    assert seen[0] != seen[1]


@pytest.mark.parametrize("layout", [Layout.RECENT, Layout.DEPARTMENTS])
@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920)], ids=str)
def test_a_badge_of_two_letters_is_as_large_as_one_of_one_letter_and_both_are_square(layout, size):
    shapes: dict[int, set[tuple[float, float]]] = {1: set(), 2: set()}
    for n in range(12):
        scene = draw(view(large(), "en", layout, at_s=6.0 * n), grid(*size, layout))
        letters_ = {one.letter for one in large().departments.values()}
        for badge in (one.box for one in scene.items if isinstance(one, Panel) and one.edge == NIGHT.quiet):
            for item in scene.texts():
                if item.text in letters_ and badge.encloses(item.box, 2):
                    shapes[len(item.text)].add((badge.w, badge.h))
                    assert badge.inset(2).encloses(ink_box(item))
    assert shapes[1]
    assert shapes[2]
    assert all(w <= h * 1.12 for w, h in shapes[1] | shapes[2])
    assert {w for w, _ in shapes[2]} & {w for w, _ in shapes[1]}
