"""Pictures of the clinic: real files in a folder, good and bad, and when they stand on the screen."""

import asyncio
import logging

import pytest
from display_clinic import site
from display_gallery import FLU, eventful, few, ordinary, view
from msgspec import structs
from PIL import Image

from display.board import Layout
from display.pictures import ClinicPictures
from display.screens import draw, grid, photo_box
from display.screens.turns import LINES_S, PICTURE_S, turn
from smartqueue.look.paint import paint
from smartqueue.look.scene import Icon, Panel, Photo, Text
from smartqueue.look.theme import NIGHT, rgb

HD = grid(1280, 720)
BLUE = (20, 60, 200)


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "clinic"
    path.mkdir()
    return path


def photograph(path, size=(1600, 900), colour=BLUE, **about):
    Image.new("RGB", size, colour).save(path, **about)


def pictures(folder, tmp_path, place=(400, 300, 0)) -> ClinicPictures:
    return ClinicPictures(folder, tmp_path / "prepared", lambda: place)


def photo(scene) -> Photo | None:
    return next((item for item in scene.items if isinstance(item, Photo)), None)


# --- files -------------------------------------------------------------------------------------------


async def test_pictures_are_made_ready_in_the_order_of_their_names_and_fit_their_place(folder, tmp_path):
    photograph(folder / "2-garden.jpg")
    photograph(folder / "1-entrance.png", size=(300, 900), colour=(0, 120, 0))
    photograph(folder / "3-small.webp", size=(100, 100))
    (folder / "notes.txt").write_text("not a picture")
    shown = pictures(folder, tmp_path)
    await shown.look()
    sizes = []
    for path in shown.ready:
        with Image.open(path) as made:
            sizes.append(made.size)
    assert sizes == [(100, 300), (400, 225), (200, 200)]


async def test_a_picture_that_a_camera_took_sideways_stands_upright(folder, tmp_path):
    turned = Image.Exif()
    turned[0x0112] = 6
    photograph(folder / "phone.jpg", size=(1600, 900), exif=turned)
    shown = pictures(folder, tmp_path)
    await shown.look()
    with Image.open(shown.ready[0]) as made:
        assert made.height > made.width


async def test_a_broken_file_is_left_out_with_one_line_in_the_log(folder, tmp_path, caplog):
    (folder / "1-broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 not really")
    photograph(folder / "2-good.jpg")
    cut = folder / "3-cut.jpg"
    Image.effect_noise((800, 600), 60).convert("RGB").save(cut)
    cut.write_bytes(cut.read_bytes()[:3000])
    (folder / "4-empty.png").touch()
    shown = pictures(folder, tmp_path)
    with caplog.at_level(logging.WARNING):
        await shown.look()
        await shown.look()
    assert len(shown.ready) == 1
    assert sorted(one.args[0] for one in caplog.records) == ["1-broken.jpg", "3-cut.jpg", "4-empty.png"]


async def test_a_picture_of_absurd_size_is_left_out(folder, tmp_path):
    Image.new("1", (9000, 9000)).save(folder / "huge.png")
    shown = pictures(folder, tmp_path)
    await shown.look()
    assert shown.ready == ()


async def test_a_missing_folder_is_said_once_and_looked_for_again(folder, tmp_path, caplog):
    shown = pictures(tmp_path / "later", tmp_path)
    with caplog.at_level(logging.WARNING):
        await shown.look()
        await shown.look()
    assert len(caplog.records) == 1
    (tmp_path / "later").mkdir()
    photograph(tmp_path / "later" / "one.jpg")
    await shown.look()
    assert len(shown.ready) == 1


async def test_a_picture_that_is_taken_out_goes_and_a_new_one_comes_by_itself(folder, tmp_path):
    told = []
    photograph(folder / "old.jpg")
    shown = ClinicPictures(folder, tmp_path / "prepared", lambda: (400, 300, 8), every_s=0.01)
    shown.on_change = lambda: told.append(shown.ready)
    running = asyncio.create_task(shown.run())
    async with asyncio.timeout(20):
        while not told:  # noqa: ASYNC110 - the disk tells nobody
            await asyncio.sleep(0.01)
        (folder / "old.jpg").unlink()
        photograph(folder / "new.jpg", colour=(200, 0, 0))
        while len(list((tmp_path / "prepared").iterdir())) != 1 or told[-1] == told[0]:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    running.cancel()
    assert len(told[-1]) == 1


async def test_corners_are_rounded_on_the_screen_s_own_ground(folder, tmp_path):
    photograph(folder / "one.png", size=(400, 300))
    shown = pictures(folder, tmp_path, (400, 300, 20))
    await shown.look()
    with Image.open(shown.ready[0]) as made:
        corner, middle = made.getpixel((1, 1)), made.getpixel((200, 150))
    assert max(abs(a - b) for a, b in zip(corner, rgb(NIGHT.ground), strict=True)) < 25
    assert max(abs(a - b) for a, b in zip(middle, BLUE, strict=True)) < 25


# --- turns -------------------------------------------------------------------------------------------


def test_a_picture_stands_after_the_departments_had_their_time():
    assert turn(2, 0.0) == (0.0, None)
    assert turn(2, LINES_S - 0.1)[1] is None
    assert turn(2, LINES_S) == (LINES_S, 0)
    assert turn(2, LINES_S + PICTURE_S) == (LINES_S, None)
    assert turn(2, 2 * LINES_S + PICTURE_S)[1] == 1
    assert turn(2, 3 * LINES_S + 2 * PICTURE_S)[1] == 0


def test_without_pictures_time_just_goes_on():
    assert turn(0, 1234.5) == (1234.5, None)


def test_departments_go_on_after_a_picture_where_they_were():
    before, after = turn(1, LINES_S - 0.5)[0], turn(1, LINES_S + PICTURE_S)[0]
    assert after == pytest.approx(before + 0.5)


@pytest.fixture
async def ready(folder, tmp_path):
    photograph(folder / "one.jpg", size=(1600, 900))
    box = photo_box(HD)
    shown = pictures(folder, tmp_path, (round(box.w), round(box.h), 14))
    await shown.look()
    return shown.ready


def shown_at(ready, layout=Layout.RECENT, at_s=LINES_S, known=None, **about):
    about = view(known or ordinary(), "en", layout, at_s=at_s, pictures=ready, **about)
    return draw(about, grid(1280, 720, layout))


async def test_between_calls_a_picture_stands_beside_the_last_calls(ready):
    scene = shown_at(ready)
    box = photo(scene).box
    assert photo_box(HD).encloses(box)
    assert "A012" in [item.text for item in scene.items if isinstance(item, Text)]
    assert not any(box.overlaps(item.box, 1) for item in scene.items if isinstance(item, Text | Panel | Icon))
    drawn = paint(scene).getpixel((round(box.centre[0]), round(box.centre[1])))
    assert max(abs(a - b) for a, b in zip(drawn, BLUE, strict=True)) < 25


@pytest.mark.parametrize("layout", [Layout.RECENT, Layout.CALL, Layout.DEPARTMENTS])
async def test_no_picture_stands_during_a_call_or_while_the_hub_is_away(ready, layout):
    known = few(1)
    assert photo(shown_at(ready, layout, known=known, late=10)) is not None
    assert photo(shown_at(ready, layout, known=known, late=10, on=("A012", "room-3"))) is None
    assert photo(shown_at(ready, layout, known=known, late=10, away=True)) is None


@pytest.mark.parametrize("layout", [Layout.CALL, Layout.DEPARTMENTS])
async def test_where_a_picture_covers_the_last_calls_it_waits_until_nobody_looks_for_them(ready, layout):
    assert photo(shown_at(ready, layout, late=2.9)) is None
    assert photo(shown_at(ready, layout, late=3.1)) is not None


@pytest.mark.parametrize("layout", [Layout.RECENT, Layout.CALL, Layout.DEPARTMENTS])
@pytest.mark.parametrize("size", [(1280, 720), (720, 1280)], ids=["landscape", "portrait"])
async def test_trouble_and_emergencies_stand_beside_every_picture_and_notices_go_on(ready, layout, size):
    told = structs.replace(eventful(), site=structs.replace(site(), notices=[FLU]))
    seen = ""
    for n in range(6):
        at_s = LINES_S + n * PICTURE_S / 6
        scene = draw(view(told, "en", layout, at_s=at_s, late=10, pictures=ready), grid(*size, layout))
        said = " ".join(item.text for item in scene.texts()).replace("\n", " ")
        assert photo(scene) is not None
        assert "An emergency goes first in A" in said
        seen += said
    assert FLU["en"] in seen or layout is Layout.CALL


async def test_a_prepared_picture_that_has_gone_costs_only_itself(ready):
    scene = shown_at(ready)
    ready[0].unlink()
    assert paint(scene).size == (1280, 720)
