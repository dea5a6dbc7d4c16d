"""`smartqueue display` set up to show a part of the site, as a process of its own with a real window."""

from display_hubs import SmallHub
from PIL import Image
from test_display_process import SIMULATED, unit

from smartqueue.look.theme import NIGHT, rgb


async def test_a_display_with_zone_layout_ways_and_pictures_shows_all_of_it_in_a_real_window(tmp_path):
    hub, folder = SmallHub(), tmp_path / "clinic"
    folder.mkdir()
    Image.new("RGB", (800, 600), "#2040c0").save(folder / "garden.jpg")
    (folder / "broken.jpg").write_bytes(b"no picture")
    settings = tmp_path / "display.toml"
    settings.write_text(f'departments = ["paediatrics"]\npictures = "{folder}"\n[ways]\nroom-2 = "left"\n')
    await hub.start()
    try:
        options = (*SIMULATED, "--config", str(settings), "--layout", "departments")
        async with unit(hub.url, tmp_path, *options) as display:
            await display.says("screen", name="display-departments")
            await hub.call("A012", "room-3")
            await hub.call("K007", "room-2")
            await display.says("frame", label="K007")
            await display.do(do="screenshot", path=str(tmp_path / "call.png"))
            await display.says("announced", label="K007", heard=True)
            await display.says("screen", name="display-departments")
            await display.do(do="quit")
            code, errors = await display.ends()
    finally:
        await hub.stop()
    assert code == 0
    assert [one["label"] for one in display.reports if one["event"] == "announced"] == ["K007"]
    assert [line for line in errors.splitlines() if "picture left out" in line and "broken.jpg" in line]
    assert "Traceback" not in errors
    with Image.open(tmp_path / "call.png") as shot:
        assert shot.convert("RGB").getpixel((640, 100)) == rgb(NIGHT.call)


async def test_a_door_opens_in_a_small_window(tmp_path):
    hub = SmallHub()
    await hub.start()
    try:
        options = ("--simulate", "--headless", "--speed", "8", "--size", "800x480", "--tv-inches", "7")
        door = ("--farthest-m", "1.4", "--layout", "door", "--rooms", "room-3")
        async with unit(hub.url, tmp_path, *options, *door) as display:
            await display.says("screen", name="display-door")
            await hub.call("A012", "room-3")
            await display.says("announced", label="A012")
            await display.do(do="quit")
            assert (await display.ends())[0] == 0
    finally:
        await hub.stop()


async def test_a_layout_that_can_not_be_read_from_the_farthest_seat_names_one_that_can(tmp_path):
    async with unit("http://127.0.0.1:9", tmp_path, *SIMULATED, "--tv-inches", "43", "--farthest-m", "8") as display:
        code, errors = await display.ends()
    assert code == 1
    assert 'set layout = "call", which can be read from 8.2 m' in errors
