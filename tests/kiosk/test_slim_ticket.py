"""Tickets for slow lines: in time on every line, readable in every language, and on paper what was meant."""

import itertools

import pytest
from kiosk_tickets import AR, EN, HI, TICKETS, facts
from PIL import Image
from printed_paper import meant

from kiosk.layout import SLIM_S, WHOLE_S, line_s, ticket_strips
from kiosk.native import balanced, bytes_of, line_bytes, page_for, plain, qr_bytes, wrapped
from kiosk.printer import encoded
from kiosk.profiles import COMMON_PAGES, PROFILES, Profile
from kiosk.raster import draw
from kiosk.slim_ticket import slim_ticket
from kiosk.strips import Line, Picture, QrCode, Side, Strips, height_dots
from smartqueue.i18n import Words
from smartqueue.look import qr
from smartqueue.terms import LANGUAGES, Label, Language

KINDS = ("generic-80mm", "epson-tm-t20", "epson-tm-t88", "star-escpos", "generic-58mm", "cheap-58mm")
every_ticket = pytest.mark.parametrize(
    ("language", "kind", "changes"),
    [
        pytest.param(language, kind, changes, id=f"{language}-{kind}-{name}")
        for language in LANGUAGES
        for kind in KINDS
        for name, changes in TICKETS.items()
        if language in (EN, HI, AR) or (name == "longest" and kind in ("generic-80mm", "generic-58mm"))
    ],
)
BYTES_AT_9600 = 960 * SLIM_S - 64


def slim(language: Language, kind: str, **changes: object) -> Strips:
    return slim_ticket(facts(language, **changes), Words(language), PROFILES[kind], BYTES_AT_9600)


def data_of(strips: Strips, kind: str) -> bytes:
    return b"".join(encoded(strips, PROFILES[kind]).parts)


# --- time on the line ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("baud", "most_s"), [(9600, SLIM_S), (115_200, WHOLE_S)])
@every_ticket
def test_every_ticket_is_through_in_time_on_a_serial_line(language, kind, changes, baud, most_s):
    """Eight bits with start and stop bit are ten on the line. Counted are the bytes that are really sent."""
    profile = PROFILES[kind]
    strips = ticket_strips(facts(language, **changes), Words(language), profile, bytes_per_s=baud / 10)
    sent = len(data_of(strips, kind))
    questions = 3 * 3 + 3
    assert (sent + questions) * 10 / baud <= most_s
    assert sent == bytes_of(strips, profile)
    assert (sent + questions) * 10 / baud <= line_s(strips, profile, baud / 10)


def test_latin_tickets_take_less_than_half_of_the_time_that_is_allowed():
    for kind in KINDS:
        assert line_s(slim(EN, kind), PROFILES[kind], 960) < SLIM_S / 2


def test_a_line_that_is_fast_enough_gets_the_ticket_drawn_whole():
    for bytes_per_s, whole in ((None, True), (115_200 / 10, True), (57_600 / 10, False), (960, False)):
        strips = ticket_strips(facts(HI), Words(HI), PROFILES["generic-80mm"], bytes_per_s)
        assert (len(strips) == 1) is whole


# --- what stands on it --------------------------------------------------------------------------------------


def test_what_the_printer_can_print_itself_is_text_and_a_code_of_its_own():
    piece = meant(slim(EN, "epson-tm-t20", default_language=EN), PROFILES["epson-tm-t20"])
    for text in (
        "Riverside Clinic",
        "Mon 2 Mar 2026 · 09:42",
        "General Medicine",
        "Area 2, first floor",
        "8 before you",
        "Probably called between 10:20 and 10:50",
        "Missed your call? Show this ticket at the desk within 60 min: you come in after the next 3.",
        "On phone: q.riverside.example",
        "7H4K 2MPX",
        "Watch the screens: they show and say A012.",
    ):
        assert text in " ".join(" ".join(piece.texts).split())
    assert piece.codes == (facts(EN).status_address,)
    pictures = [strip for strip in slim(EN, "epson-tm-t20", default_language=EN) if isinstance(strip, Picture)]
    assert sum(picture.image.width > 100 and picture.image.height > 20 for picture in pictures) == 1


@pytest.mark.parametrize("language", [HI, AR])
def test_what_no_code_page_has_is_drawn(language):
    piece = meant(slim(language, "epson-tm-t20"), PROFILES["epson-tm-t20"])
    assert set(piece.texts) == {"7H4K 2MPX", "Watch the screens: they show and say A012."}


def test_without_a_code_of_its_own_the_printer_gets_a_picture_of_it():
    strips = slim(EN, "generic-80mm")
    assert not any(isinstance(strip, QrCode) for strip in strips)
    code = qr.encode(facts(EN).status_address or "")
    (picture,) = (
        strip for strip in strips if isinstance(strip, Picture) and strip.image.width == strip.image.height > 40
    )
    dots = picture.image.width / code.modules
    assert dots == int(dots)
    assert picture.size_dots[0] >= PROFILES["generic-80mm"].paper.dots(20)
    for y, x in itertools.product(range(code.modules), repeat=2):
        at = (int((x + 0.5) * dots), int((y + 0.5) * dots))
        assert (picture.image.getpixel(at) == 0) == bool(code.rows[y][x])


@pytest.mark.parametrize("kind", KINDS)
def test_a_copy_and_a_ticket_of_a_kiosk_that_was_alone_say_so(kind):
    copy = meant(slim(EN, kind, copy=True), PROFILES[kind])
    assert " COPY " in copy.texts
    alone = meant(slim(EN, kind, **TICKETS["away"]), PROFILES[kind])
    assert "waiting time is not known" in " ".join(" ".join(alone.texts).split())
    assert "before you" not in " ".join(alone.texts)


@every_ticket
def test_the_label_is_high_enough_and_the_ticket_is_not_too_long(language, kind, changes):
    profile = PROFILES[kind]
    strips = slim(language, kind, **changes)
    label = max((strip for strip in strips if isinstance(strip, Picture) and not _is_code(strip)), key=_area)
    assert label.size_dots[1] >= profile.paper.dots(profile.paper.label_mm[1]) - 2
    more = {"longest": 1.15, "copy": 1.06}.get(next(name for name, one in TICKETS.items() if one is changes), 1.0)
    assert height_dots(strips, profile.line_dots) <= profile.paper.dots(profile.paper.longest_mm * more)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["epson-tm-t20", "generic-58mm"])
def test_the_usual_ticket_is_as_short_as_one_that_is_drawn_whole_and_keeps_off_the_edges(kind, language):
    """But for rules, which go from edge to edge, and what stands in the middle, which may be as wide."""
    profile = PROFILES[kind]
    strips = slim(language, kind)
    assert height_dots(strips, profile.line_dots) <= profile.paper.dots(profile.paper.longest_mm)
    image, y = meant(strips, profile).image, 0
    for strip in strips:
        below = y + height_dots((strip,), LINE_DOTS)
        if strip.side is not Side.MIDDLE and not (isinstance(strip, Picture) and strip.image.height == 1):
            for edge in ((0, y, 4, below), (profile.width_dots - 4, y, profile.width_dots, below)):
                assert image.crop(edge).getextrema()[0] != 0, strip
        y = below


def _is_code(picture: Picture) -> bool:
    return picture.image.width == picture.image.height


def _area(picture: Picture) -> int:
    width, height = picture.size_dots
    return width * height


@pytest.mark.parametrize("label", ["M999", "A1234", "W8888"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_label_fits(kind, label):
    profile = PROFILES[kind]
    strips = slim(EN, kind, label=Label(label))
    widest = max(strip.size_dots[0] for strip in strips if isinstance(strip, Picture) and strip.image.height > 20)
    assert profile.width_dots * 0.6 < widest <= profile.width_dots


# --- from the printed bytes ---------------------------------------------------------------------------------


def as_meant(strips: Strips, profile: Profile) -> Image.Image:
    """The pictures of a ticket where they should stand on paper; lines of text and codes are left white."""
    paper = Image.new("1", (profile.width_dots, height_dots(strips, LINE_DOTS)), 1)
    y = 0
    for strip in strips:
        if isinstance(strip, Picture):
            width, height = strip.size_dots
            padded = -(-strip.image.width // 8) * 8 * (width // strip.image.width)
            x = max(0, (profile.width_dots - padded) * strip.side // 2)
            paper.paste(strip.image.resize((width, height), Image.Resampling.NEAREST), (x, y))
        y += height_dots((strip,), LINE_DOTS)
    return paper


LINE_DOTS = 34
"""The virtual printer has 203 dpi, whatever printer it stands for."""


@every_ticket
def test_the_paper_shows_every_picture_dot_for_dot_where_it_belongs(language, kind, changes):
    profile = PROFILES[kind]
    strips = slim(language, kind, **changes)
    piece = meant(strips, profile)
    assert piece.problems == ()
    wanted = as_meant(strips, profile)
    shown = piece.image.crop((0, 0, *wanted.size))
    y = 0
    for strip in strips:
        below = y + height_dots((strip,), LINE_DOTS)
        if isinstance(strip, Picture):
            rows = (0, y, profile.width_dots, below)
            assert shown.crop(rows).tobytes() == wanted.crop(rows).tobytes()
        y = below
    assert piece.image.crop((0, y, *piece.image.size)).getextrema()[0] != 0


@every_ticket
def test_every_line_of_text_fits_on_paper_and_comes_out_as_it_went_in(language, kind, changes):
    strips = slim(language, kind, **changes)
    lines = [strip for strip in strips if isinstance(strip, Line)]
    assert all(len(line.text) * line.wide <= PROFILES[kind].columns for line in lines)
    assert meant(strips, PROFILES[kind]).texts == tuple(plain(line.text) for line in lines if line.text)


# --- the printer's own text ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("plain text", ("cp437", 0)),
        ("¿Perdió el turno? Enseñe el tique", ("cp437", 0)),
        ("Atenção: não perca", ("cp850", 2)),
        ("médecin – l’hôpital…", ("cp437", 0)),
        ("cœur", ("cp1252", 16)),
        ("हृदय", None),
        ("مرحبا", None),
        ("两行\n", None),
    ],
)
def test_a_text_goes_out_in_the_first_code_page_that_has_all_of_it(text, page):
    assert page_for(text, COMMON_PAGES) == page
    if page:
        (piece,) = draw(line_bytes(Line(text), COMMON_PAGES) + b"\x1bd\x04\x1dV\x01")
        assert piece.texts == (plain(text),)
        assert piece.problems == ()


def test_a_text_that_no_page_has_is_never_sent_as_rubbish():
    with pytest.raises(ValueError, match="no code page"):
        line_bytes(Line("हृदय"), COMMON_PAGES)


def test_control_bytes_in_a_name_never_reach_the_printer():
    assert page_for("A\x1bp\x00", COMMON_PAGES) is None
    with pytest.raises(ValueError):
        line_bytes(Line("A\x1bp\x00"), COMMON_PAGES)


def test_a_name_with_control_bytes_is_drawn_without_them():
    strips = slim(EN, "generic-80mm", department={EN: "Lab\x1bp\x00oratory"})
    assert b"\x1bp" not in data_of(strips, "generic-80mm")
    assert meant(strips, PROFILES["generic-80mm"]).problems == ()


def test_words_are_wrapped_at_spaces_and_addresses_at_their_signs():
    assert wrapped("one two three", 7) == ("one two", "three")
    assert wrapped("queue.bartholomew-hospital.example", 20) == ("queue.bartholomew-", "hospital.example")
    assert wrapped("x" * 25, 10) == ("x" * 10, "x" * 10, "x" * 5)


def test_lines_in_the_middle_are_about_equally_long():
    assert balanced("Watch the screens: they show and say A012.", 32) == (
        "Watch the screens: they",
        "show and say A012.",
    )
    assert balanced("short", 32) == ("short",)


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("module_dots", [3, 6])
def test_the_printers_own_code_is_drawn_where_and_as_large_as_it_should_be(side, module_dots):
    data = facts(EN).status_address or ""
    (piece,) = draw(qr_bytes(QrCode(data, module_dots, side)) + b"\x1bd\x04\x1dV\x01")
    size = qr.encode(data).modules * module_dots
    left, top, right, bottom = Image.eval(piece.image.convert("L"), lambda grey: 255 - grey).getbbox()
    assert (right - left, bottom - top) == (size, size)
    assert left == (576 - size) * side // 2
    assert piece.codes == (data,)


def test_lines_of_every_look_are_drawn_in_their_size():
    for wide, tall, inverse in itertools.product((1, 2), (1, 2), (False, True)):
        line = Line("Hg8", Side.MIDDLE, bold=True, wide=wide, tall=tall, inverse=inverse)
        (piece,) = draw(line_bytes(line, COMMON_PAGES) + b"\x1bd\x04\x1dV\x01")
        ink = Image.eval(piece.image.convert("L"), lambda grey: 255 - grey).getbbox()
        assert ink[2] - ink[0] <= 36 * wide
        assert (ink[2] - ink[0] == 36 * wide) or not inverse
        inked = piece.image.crop(ink).convert("L").histogram()[0] / (36 * wide * 24 * tall)
        assert 0.5 < inked < 0.9 if inverse else 0.1 < inked < 0.5
        assert ink[3] <= 24 * tall
