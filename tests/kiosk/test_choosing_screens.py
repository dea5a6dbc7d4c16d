"""Needs, what one comes for, what makes it easier, and the clinic's own look: colour, logo, contrast, night."""

from pathlib import Path

import pytest
from kiosk_gallery import NOW, SCREENS, VISIT_TYPES, contrasts, fronts, special, view
from kiosk_panels import TEN, keys, words
from kiosk_pictures import write as write_pictures
from kiosk_worlds import AR, EN, departments, site
from msgspec.structs import replace
from PIL import Image

from kiosk.fronts import (
    Attract,
    CheckIn,
    Closed,
    Departments,
    Easier,
    IdleWarning,
    Languages,
    Needs,
    OneEach,
    OutOfService,
    Phone,
    VisitTypes,
)
from kiosk.screens import draw
from smartqueue.i18n import Words
from smartqueue.look import theme
from smartqueue.look.paint import paint
from smartqueue.look.scene import Bar, Icon, Panel, Photo, Scene
from smartqueue.look.scene_check import check
from smartqueue.look.theme import LIGHT, contrast
from smartqueue.terms import Need

PURPLE = "#7A1F5C"


def primary(scene: Scene, key: str) -> bool:
    """The key has the ground of the main one."""
    box = scene.target(key).box
    return any(isinstance(item, Panel) and item.box == box and item.fill == "#0A5A52" for item in scene.items)


# --- needs --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("panel", SCREENS)
def test_every_need_has_a_key_on_one_screen(panel):
    assert {f"need:{need}" for need in Need} <= keys(draw(view(Needs(), EN), SCREENS[panel]))


def test_a_need_that_is_chosen_has_a_thick_edge_a_tick_and_colour():
    scene = draw(view(Needs(), EN, needs=(Need.DEAF,)), TEN)
    box = scene.target("need:deaf").box
    panel = next(item for item in scene.items if isinstance(item, Panel) and item.box == box)
    other = next(item for item in scene.items if isinstance(item, Panel) and item.box == scene.target("need:blind").box)
    assert panel.edge_px >= 1.9 * other.edge_px
    assert any(isinstance(item, Icon) and item.name == "check" and box.encloses(item.box) for item in scene.items)
    assert next(text for text in scene.texts() if text.text == "Deaf").colour == theme.LIGHT.primary


def test_the_main_key_says_whether_the_ticket_comes_next():
    with_department = draw(view(Needs(departments()[0]), EN), TEN)
    without = draw(view(Needs(), EN), TEN)
    assert "Get ticket" in words(with_department)
    assert "General Medicine" in words(draw(view(Needs(departments()[0]), EN), SCREENS["15in-upright"]))
    assert "Continue" in words(without)
    assert primary(with_department, "take")


def test_it_is_said_that_needs_are_optional_and_who_sees_them():
    for panel in ("10in", "15in", "15in-upright"):
        assert "only our staff see it" in words(draw(view(Needs(), EN), SCREENS[panel]))


def test_lower_moves_needs_down_too():
    screen = SCREENS["15in-upright"]
    usual, lowered = (draw(view(Needs(), EN, lowered=on), screen).target("need:elderly").box for on in (False, True))
    assert lowered.y > usual.y + screen.px(20)


# --- what one comes for -------------------------------------------------------------------------------


@pytest.mark.parametrize("panel", SCREENS)
def test_everything_one_may_come_for_is_on_one_of_the_pages(panel):
    department, seen = replace(departments()[0], visit_types=VISIT_TYPES), set()
    for page in range(4):
        seen |= keys(draw(view(VisitTypes(department, page), EN), SCREENS[panel]))
    assert {f"visit_type:{one.id}" for one in VISIT_TYPES} <= seen


def test_the_department_stands_above_what_one_comes_for():
    department = replace(departments()[0], visit_types=VISIT_TYPES)
    scene = draw(view(VisitTypes(department), EN), TEN)
    assert any(isinstance(item, Icon) and item.name == department.icon for item in scene.items)


# --- what makes it easier -----------------------------------------------------------------------------


def test_what_is_switched_on_says_so():
    on, off = (draw(view(Easier(), EN, contrast=contrast), TEN) for contrast in (True, False))
    assert [text.text for text in on.texts()].count("on") == 1
    assert [text.text for text in off.texts()].count("off") == 2


def test_what_leads_away_from_a_question_is_not_offered_while_it_waits():
    first = departments()[0]
    assert {"needs", "check_in"} <= keys(draw(view(Easier(), EN, checks_in=True), TEN))
    assert not {"needs", "check_in"} & keys(draw(view(Easier(Needs(first)), EN, checks_in=True), TEN))


def test_a_kiosk_that_cannot_speak_offers_no_speech():
    assert "speech" not in keys(draw(view(Easier(), EN, speaks=False), TEN))


@pytest.mark.parametrize("panel", ["7in-fine", "10in", "15in-upright"])
def test_no_screen_in_high_contrast_has_a_defect_or_another_colour(panel):
    known = {getattr(theme.CONTRAST, name) for name in theme.Theme.__slots__}
    for name, shown in contrasts(AR).items():
        scene = draw(shown, SCREENS[panel])
        assert check(scene, SCREENS[panel]) == [], name
        assert {text.colour for text in scene.texts()} <= known, name
        assert {item.fill for item in scene.items if isinstance(item, Panel) and item.fill} <= known, name


def test_departments_keep_letter_and_icon_in_high_contrast():
    usual, strong = (draw(view(Departments(), EN, contrast=on), TEN) for on in (False, True))
    for kind in (Icon,):
        names = [[item.name for item in scene.items if isinstance(item, kind)] for scene in (usual, strong)]
        assert names[0] == [name for name in names[1] if name != "cross"]
    kept, leave = words(usual).split("English")[0], Words(EN).text("kiosk.key.leave")
    assert words(strong).startswith(kept.strip())
    assert words(strong).endswith(leave)  # what was chosen for one person can be left


# --- the clinic's own look ----------------------------------------------------------------------------


def test_the_clinics_colour_takes_the_place_of_ours():
    scene = draw(view(Attract(), EN, site=site(colour=PURPLE)), TEN)
    box = scene.target("start").box
    assert next(item for item in scene.items if isinstance(item, Panel) and item.box == box).fill == PURPLE
    assert check(scene, TEN) == []


def test_high_contrast_is_the_same_in_every_clinic():
    own, ours = (draw(view(Attract(), EN, contrast=True, site=site(colour=one)), TEN) for one in (PURPLE, None))
    assert own.items == ours.items


@pytest.mark.parametrize("size", [(360, 100), (100, 100), (80, 240), (2000, 100)])
def test_the_clinics_logo_stands_in_place_of_our_mark_undistorted(tmp_path, size):
    logo = tmp_path / "logo.png"
    Image.new("RGB", size, PURPLE).save(logo)
    plain = draw(view(Departments(), EN), TEN)
    scene = draw(view(Departments(), EN, logo=logo), TEN)
    mark = next(item for item in plain.items if isinstance(item, Icon) and item.name == "clinic")
    photo = next(item for item in scene.items if isinstance(item, Photo))
    assert photo.box.x == mark.box.x
    assert photo.box.bottom <= mark.box.bottom + 1
    assert photo.box.w / photo.box.h == pytest.approx(size[0] / size[1], rel=0.05)
    assert TEN.mm(max(photo.box.w, photo.box.h)) >= 9
    assert check(scene, TEN) == []
    assert "clinic" not in {item.name for item in scene.items if isinstance(item, Icon)}


def drawn(path: Path, colour: str) -> Path:
    """A logo of one colour on nothing."""
    picture = Image.new("RGBA", (400, 120))
    picture.paste(Image.new("RGBA", (300, 80), colour), (50, 20))
    picture.save(path)
    return path


@pytest.mark.parametrize("colour", ["#FFFFFF", "#101820", PURPLE, "#FFE14D"])
@pytest.mark.parametrize("about", [{}, {"contrast": True}, {"dim": True}])
def test_a_logo_stands_on_a_plate_where_it_would_vanish(tmp_path, colour, about):
    logo = drawn(tmp_path / "logo.png", colour)
    scene = draw(view(Attract(), EN, logo=logo, **about), TEN)
    photo = next(item for item in scene.items if isinstance(item, Photo))
    plates = [item.fill for item in scene.items if isinstance(item, Panel) and item.box.encloses(photo.box)]
    assert contrast(colour, plates[0] if plates else scene.ground) >= 2
    assert bool(plates) == (contrast(colour, scene.ground) < 2)


def test_the_bar_of_time_follows_the_clinics_colour_and_is_seen_on_it():
    scene = draw(view(fronts(EN)["take_ticket"], EN, site=site(colour=PURPLE)), TEN)
    box = scene.target("done").box
    bar = next(item for item in scene.items if isinstance(item, Bar) and box.encloses(item.box))
    assert bar.colour not in {LIGHT.accent, PURPLE}
    assert contrast(bar.colour, PURPLE) >= 3


def test_a_logo_that_is_no_picture_leaves_our_mark(tmp_path):
    broken = tmp_path / "logo.png"
    broken.write_bytes(b"no picture")
    for logo in (broken, Path("/nowhere/logo.png")):
        scene = draw(view(Departments(), EN, logo=logo), TEN)
        assert any(isinstance(item, Icon) and item.name == "clinic" for item in scene.items)


@pytest.mark.parametrize("panel", SCREENS)
def test_the_clinics_mark_can_be_touched_where_it_leads_anywhere_and_covers_no_other_key(panel):
    screen = SCREENS[panel]
    for name, front in fronts(EN).items():
        scene = draw(view(front, EN), screen)
        corner = next((target.box for target in scene.targets if target.key == "corner"), None)
        if isinstance(front, Attract | Departments | OutOfService):
            assert corner is not None, name
            assert min(screen.mm(corner.w), screen.mm(corner.h)) >= 19.8, name
        others = [target.box for target in scene.targets if target.key != "corner"]
        assert corner is None or not any(corner.overlaps(box, 1.0) for box in others), name


def test_at_night_a_screen_is_much_darker_and_says_the_same():
    day, night = draw(view(Attract(), EN), TEN), draw(special(EN)["night"], TEN)
    assert (day.targets, words(day)) == (night.targets, words(night))
    bright, dark = (sum(paint(scene).getpixel((TEN.width_px // 2, 2))) for scene in (day, night))
    assert dark < bright * 0.4
    assert check(night, TEN) == []


# --- are you still there ------------------------------------------------------------------------------


@pytest.mark.parametrize("panel", SCREENS)
def test_every_screen_that_waits_can_be_warned_over(panel):
    first, made = departments()[0], fronts(EN)
    phone = made["phone"]
    assert isinstance(phone, Phone)
    under = (
        *(
            Languages(),
            Departments(),
            Easier(),
            VisitTypes(first),
            Needs(first),
            CheckIn("7H4K"),
            OneEach(first),
            phone,
        ),
        Closed(first, "department_closed"),
    )
    for one in under:
        shown = view(IdleWarning(one, until=NOW + 13, span=20), EN)
        assert check(draw(shown, SCREENS[panel]), SCREENS[panel]) == []
        assert keys(draw(shown, SCREENS[panel])) == {"more_time"}


# --- pictures to be looked at -------------------------------------------------------------------------


def test_one_command_makes_a_picture_of_every_screen(tmp_path):
    made = write_pictures(tmp_path, ["needs-department"], ["10in", "15in-upright"])
    assert {path.relative_to(tmp_path).as_posix() for path in made} >= {
        "10in/needs-department-ar.png",
        "15in-upright/contrast-needs-department-hi.png",
    }
    with Image.open(made[0]) as picture:
        assert picture.size == (TEN.width_px, TEN.height_px)
