"""The clinic's logo: looked at before it is taken, whole on disk, served with its digest; what else a site tells."""

import struct
import zlib
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from hub_world import in_an_hour, make, running
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from hub import logo
from hub.logo import NoPicture
from smartqueue.cli import main
from smartqueue.errors import StartFault


def png(width=300, height=120, mode="RGBA", **options):
    made = BytesIO()
    Image.new(mode, (width, height), 1).save(made, "PNG", **options)
    return made.getvalue()


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def by_hand(header, pixels):
    parts = chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(pixels)), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


# --- looking at it ------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
@pytest.mark.parametrize(("width", "height"), [(1, 1), (7, 3), (2000, 5)])
def test_every_kind_of_png_is_taken(mode, width, height):
    body = png(width, height, mode)
    assert logo.checked(body).body == body


@pytest.mark.parametrize(("width", "height"), [(1, 1), (2, 2), (5, 9), (33, 17), (100, 1)])
def test_an_interlaced_png_is_taken(width, height):
    """Rows of its seven passes: a filter byte, then three bytes for each pixel."""
    passes = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
    pixels = b""
    for x, y, step_x, step_y in passes:
        columns, rows = len(range(x, width, step_x)), len(range(y, height, step_y))
        pixels += (b"\0" + bytes(3 * columns)) * rows if columns else b""
    body = by_hand(struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 1), pixels)
    Image.open(BytesIO(body)).load()
    assert logo.checked(body).body == body


def test_the_same_picture_has_the_same_digest_and_another_one_has_not():
    assert logo.checked(png()).digest == logo.checked(png()).digest != logo.checked(png(301)).digest


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "it is no PNG"),
        (b"GIF89a" + bytes(100), "it is no PNG"),
        (png(2001, 1), "it has 2001 x 1 pixels"),
        (png(1, 2001), "it has 1 x 2001 pixels"),
        (png()[:-1], "not whole"),
        (png()[:-12], "not whole"),
        (png() + b"more", "not whole"),
        (png() + bytes(logo.MOST_BYTES), "more than 512 KiB"),
        (by_hand(struct.pack(">IIBBBBB", 0, 1, 8, 2, 0, 0, 0), b""), "it has 0 x 1 pixels"),
        (by_hand(struct.pack(">IIBBBBB", 9, 9, 8, 5, 0, 0, 0), b""), "of a kind that no PNG has"),
        (by_hand(struct.pack(">IIBBBBB", 9, 9, 8, 2, 0, 0, 0), bytes(10)), "its pixels are not all there"),
        (by_hand(struct.pack(">IIBBBBB", 9, 9, 8, 2, 0, 0, 0), bytes(50_000_000)), "its pixels are not all there"),
        (by_hand(b"", b""), "does not begin with its size"),
    ],
)
def test_what_a_screen_could_stumble_over_is_refused_with_the_reason(body, why):
    with pytest.raises(NoPicture, match=why):
        logo.checked(body)


@given(st.data())
def test_one_wrong_byte_is_always_found(data):
    body = bytearray(png(20, 10))
    place = data.draw(st.integers(0, len(body) - 1))
    body[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(NoPicture):
        logo.checked(bytes(body))


# --- set-up -------------------------------------------------------------------------------------------


def written(tmp_path, body=None, name="our-logo.png"):
    path = tmp_path / name
    path.write_bytes(png() if body is None else body)
    return str(path)


def setup(site, *words):
    return main(["setup", "--data", str(site), *words])


def test_a_site_is_made_with_its_logo(tmp_path, capsys):
    assert setup(tmp_path / "site", "--demo-data", "--logo", written(tmp_path)) == 0
    assert logo.load(tmp_path / "site").body == png()
    assert capsys.readouterr().err == ""


def test_a_site_that_there_is_gets_another_logo_and_loses_it(tmp_path, capsys):
    site = tmp_path / "site"
    assert setup(site, "--demo-data") == 0
    before = (site / "journal.db").read_bytes()
    for body in (png(), png(50, 50)):
        assert setup(site, "--logo", written(tmp_path, body)) == 0
        assert logo.load(site).body == body
    assert "shows it after a restart" in capsys.readouterr().out
    assert setup(site, "--no-logo", "--json") == 0
    assert capsys.readouterr().out == '{"logo": null}\n'
    assert logo.load(site) is None
    assert setup(site, "--no-logo") == 0
    assert (site / "journal.db").read_bytes() == before
    assert [path.name for path in site.iterdir() if "logo" in path.name] == []


def test_a_logo_that_is_none_makes_no_site_and_changes_none(tmp_path, capsys):
    site = tmp_path / "site"
    wrong = written(tmp_path, b"no picture", "wrong.png")
    assert setup(site, "--demo-data", "--logo", wrong, "--unit", "toaster:x") == 1
    said = capsys.readouterr().err
    assert "it is no PNG; save it as PNG" in said
    assert "toaster" in said
    assert not (site / "journal.db").exists()
    assert setup(site, "--demo-data", "--logo", written(tmp_path)) == 0
    for path in (wrong, str(tmp_path / "nowhere.png")):
        assert setup(site, "--logo", path) == 1
    assert "it can't be read" in capsys.readouterr().err
    assert logo.load(site).body == png()


def test_other_options_with_a_site_that_there_is_are_refused_as_before(tmp_path, capsys):
    site = tmp_path / "site"
    setup(site, "--demo-data")
    assert setup(site, "--demo-data", "--logo", written(tmp_path)) == 1
    assert "never overwritten" in capsys.readouterr().err
    assert setup(site, "--demo-data", "--no-logo") == 1
    assert setup(tmp_path / "nothing", "--no-logo") == 1
    assert logo.load(site) is None


def test_where_it_can_not_be_written_it_is_told(tmp_path):
    (tmp_path / logo.FILE).mkdir()
    with pytest.raises(StartFault, match="can't be written"):
        logo.change(tmp_path, logo.checked(png()))


# --- a hub that runs ----------------------------------------------------------------------------------


@pytest.fixture
async def branded(tmp_path):
    """The hub of a site with a logo."""
    await make(tmp_path)
    logo.write(tmp_path, logo.checked(png()))
    async with running(tmp_path) as world:
        yield world


async def test_everybody_may_have_the_logo_and_asks_only_whether_it_is_still_the_same(branded):
    digest = logo.checked(png()).digest
    answer = await branded.get("/api/v1/site/logo")
    assert (answer.status, answer.body, answer.headers["Content-Type"]) == (200, png(), "image/png")
    assert (answer.headers["Etag"], answer.headers["Cache-Control"]) == (f'"{digest}"', "no-cache")
    again = await branded.get("/api/v1/site/logo", If_None_Match=f'"{digest}"')
    assert (again.status, again.body, again.headers["Etag"]) == (304, b"", f'"{digest}"')
    assert (await branded.get("/api/v1/site/logo", If_None_Match='"other"')).status == 200


async def test_screens_learn_of_the_logo_with_the_board(branded):
    digest = logo.checked(png()).digest
    assert (await branded.get("/api/v1/board")).json["site"]["logo"] == digest
    async with branded.feed("hall") as feed:
        _, snapshot = await feed.greeted()
    assert snapshot["board"]["site"]["logo"] == digest


async def test_without_a_logo_it_is_404(hub):
    answer = await hub.get("/api/v1/site/logo")
    assert (answer.status, answer.json["code"]) == (404, "no_logo")
    assert (await hub.get("/api/v1/board")).json["site"]["logo"] is None


async def test_a_logo_that_was_damaged_on_disk_does_not_keep_the_hub_from_starting(tmp_path):
    await make(tmp_path)
    (tmp_path / logo.FILE).write_bytes(png()[:-3])
    async with running(tmp_path) as hub:
        assert (await hub.get("/api/v1/site/logo")).status == 404


# --- what else a site tells ---------------------------------------------------------------------------


async def changed(hub, **site_fields):
    document = await hub.read("/admin/configuration", key="admin-1")
    document["site"] |= site_fields
    return await hub.told("/admin/configuration", document, key="admin-1", method="PUT")


async def test_prefix_and_colour_go_by_the_configuration_to_every_screen(hub):
    async with hub.feed("hall") as feed:
        await feed.greeted()
        await changed(hub, phone_prefix="+91", colour="#0b4f8a")
        site = (await feed.next("snapshot"))["board"]["site"]
    assert (site["phone_prefix"], site["colour"]) == ("+91", "#0b4f8a")
    document = await hub.read("/admin/configuration", key="admin-1")
    assert (document["site"]["phone_prefix"], document["site"]["colour"]) == ("+91", "#0b4f8a")
    document["site"] |= {"colour": "#ffd400", "phone_prefix": "91"}
    code, problem = await hub.refused("/admin/configuration", document, key="admin-1", method="PUT")
    assert (code, len(problem["errors"])) == ("invalid_configuration", 2)


async def test_a_hub_that_listens_in_the_open_lets_no_kiosk_ask_for_a_number(tmp_path):
    await make(tmp_path)
    async with running(tmp_path) as hub:
        await changed(hub, phone_prefix="+91")
    async with running(tmp_path, host="0.0.0.0", insecure_lan=True) as hub:
        assert (await hub.get("/api/v1/board")).json["site"]["phone_prefix"] is None


async def test_with_the_first_appointment_kiosks_offer_to_check_in_at_once(hub):
    async def book(at):
        body = {"department": "medicine", "at": at.isoformat()}
        return await hub.told("/appointments", body)

    async with hub.feed("hall") as feed:
        _, snapshot = await feed.greeted()
        assert snapshot["board"]["site"]["books"] is False
        await book(datetime.now(UTC) + timedelta(days=5))
        assert (await feed.next())["type"] == "change"
        await book(in_an_hour())
        assert (await feed.next("snapshot"))["board"]["site"]["books"] is True
        await book(in_an_hour())
        assert (await feed.next("change"))["kind"] == "appointment_booked"
